"""The exact search, beside trying everything."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from audioguide.prescribe.knapsack import Place, Way, cheapest

ways = st.builds(Way, st.integers(0, 30), st.integers(0, 10**12))


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    phases = sorted(draw(st.lists(st.integers(0, 2), min_size=1, max_size=4)))
    return [
        Place(
            phase,
            (*draw(st.lists(ways, min_size=1, max_size=4)), *draw(st.sampled_from([(), (Way(0, 10**15, False),)]))),
        )
        for phase in phases
    ]


def allowed(found: list[Place], chosen: tuple[int, ...]) -> bool:
    kept = {place.phase for place, way in zip(found, chosen, strict=True) if place.ways[way].kept}
    return kept == {place.phase for place in found}


def weighed(found: list[Place], chosen: tuple[int, ...], wish_s: float, within_s: float) -> tuple[float, ...]:
    seconds = sum(place.ways[way].seconds for place, way in zip(found, chosen, strict=True))
    cost = sum(place.ways[way].cost for place, way in zip(found, chosen, strict=True))
    off_s = abs(seconds - wish_s)
    return (0, cost, off_s) if off_s <= within_s else (1, off_s, cost)


@given(places(), st.integers(0, 120), st.sampled_from([0, 3, 12]))
def test_it_finds_what_trying_everything_finds(found, wish_s, within_s):
    everything = product(*(range(len(place.ways)) for place in found))
    best = min(weighed(found, chosen, wish_s, within_s) for chosen in everything if allowed(found, chosen))
    chosen = cheapest(found, wish_s, within_s)
    assert allowed(found, chosen)
    assert weighed(found, chosen, wish_s, within_s) == best


def test_nothing_to_choose_is_nothing_chosen():
    assert cheapest([], 100, 10) == ()
