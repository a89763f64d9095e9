"""The exact search, beside trying everything."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from audioguide.prescribe.knapsack import Group, Option, cheapest

options = st.builds(Option, st.integers(0, 30), st.integers(0, 10**12))


@st.composite
def groups(draw: st.DrawFn) -> list[Group]:
    phases = sorted(draw(st.lists(st.integers(0, 2), min_size=1, max_size=4)))
    return [
        Group(
            phase,
            (
                *draw(st.lists(options, min_size=1, max_size=4)),
                *draw(st.sampled_from([(), (Option(0, 10**15, False),)])),
            ),
        )
        for phase in phases
    ]


def allowed(found: list[Group], chosen: tuple[int, ...]) -> bool:
    kept = {group.phase for group, option in zip(found, chosen, strict=True) if group.options[option].kept}
    return kept == {group.phase for group in found}


def weighed(found: list[Group], chosen: tuple[int, ...], wish_s: float, within_s: float) -> tuple[float, ...]:
    seconds = sum(group.options[option].seconds for group, option in zip(found, chosen, strict=True))
    cost = sum(group.options[option].cost for group, option in zip(found, chosen, strict=True))
    off_s = abs(seconds - wish_s)
    return (0, cost, off_s) if off_s <= within_s else (1, off_s, cost)


@given(groups(), st.integers(0, 120), st.sampled_from([0, 3, 12]))
def test_it_finds_what_trying_everything_finds(found, wish_s, within_s):
    everything = product(*(range(len(group.options)) for group in found))
    best = min(weighed(found, chosen, wish_s, within_s) for chosen in everything if allowed(found, chosen))
    chosen = cheapest(found, wish_s, within_s)
    assert allowed(found, chosen)
    assert weighed(found, chosen, wish_s, within_s) == best


def test_nothing_to_choose_is_nothing_chosen():
    assert cheapest([], 100, 10) == ()
