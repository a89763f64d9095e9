"""Random protocols and profiles, as a user might write them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

WORDS = st.sampled_from(
    ["Kneel", "Breathe out", "Reach up and hold the line", "Look ahead", "Let go", "Press the floor away"]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: ", ".join(words) + ".")
SENTENCES = st.lists(SENTENCE, max_size=3)
SECONDS = st.one_of(st.integers(1, 150), st.floats(1, 150).map(lambda value: round(value, 2)))
WEEKS = st.sampled_from(["1-3", "4", "5-", "1,3,5", 2, [1, 4]])
SIDES = ["each", "alternating", "both", "left"]


@st.composite
def tempos(draw: st.DrawFn) -> list[dict[str, Any]]:
    parts = draw(
        st.lists(st.tuples(st.floats(0.5, 5).map(lambda s: round(s, 2)), st.none() | WORDS), min_size=1, max_size=4)
    )
    return [{"s": seconds} | ({"say": word} if word else {}) for seconds, word in parts]


@st.composite
def calls(draw: st.DrawFn, hold_s: float) -> dict[str, Any]:
    """Calls and switches of a hold's own."""
    times = st.lists(st.integers(1, int(hold_s) - 11), max_size=3, unique=True)
    return {
        "calls": [{"at_s": at_s, "say": draw(SENTENCE)} for at_s in draw(times)],
        "every_s": draw(st.integers(10, int(hold_s) - 11)),
        "cues": draw(st.dictionaries(st.sampled_from(["halfway", "countdown", "start"]), st.booleans())),
    }


@st.composite
def coaching(draw: st.DrawFn, hold_s: float) -> list[Any]:
    """Lines of coaching, some of which say when they make sense."""
    sizes = st.integers(0, int(hold_s / 2) - 1)
    tables = st.fixed_dictionaries(
        {"say": SENTENCE},
        optional={"again": SENTENCE, "from_s": sizes, "left_s": sizes, "feel": st.booleans()},
    )
    lines: list[Any] = draw(st.lists(SENTENCE | tables, max_size=4))
    for number, line in enumerate(lines):
        if isinstance(line, dict) and draw(st.booleans()):
            line["after" if number and draw(st.booleans()) else "repeat_s"] = draw(st.integers(12, 60))
    return lines


@st.composite
def exercises(draw: st.DrawFn) -> dict[str, Any]:
    table: dict[str, Any] = {
        "name": draw(WORDS),
        "setup": draw(SENTENCES),
        "load": draw(st.just([]) | SENTENCES),
        "coaching": draw(SENTENCES),
        "caution": draw(SENTENCES),
        "mistake": draw(SENTENCES),
        "equipment": draw(st.lists(st.sampled_from(["mat", "wall", "ball"]), max_size=2, unique=True)),
        "sets": draw(st.integers(1, 3)),
        "rest_s": draw(st.sampled_from([0, 0, 0.5, 2, 5]) | st.integers(0, 40)),
        "setup_s": draw(st.just(0) | st.integers(0, 15)),
        "avoid_if": draw(st.lists(st.just("pregnancy"), max_size=1)),
        "cues": draw(st.dictionaries(st.sampled_from(["tips", "start"]), st.booleans())),
    }
    if draw(st.booleans()):
        del table["rest_s"]
    if draw(st.booleans()):
        hold_s = draw(SECONDS)
        table |= {"sides": draw(st.sampled_from(["each", "both", "right"])), "hold_s": hold_s}
        if table["sides"] != "both" and draw(st.booleans()):
            table["side_role"] = "{side} knee down"
        return table | ({"coaching": draw(coaching(hold_s))} | draw(calls(hold_s)) if hold_s > 25 else {})
    reps = {"reps": draw(st.integers(1, 6)), "tempo": draw(tempos()), "count": draw(st.booleans())}
    return table | {"sides": draw(st.sampled_from(SIDES))} | reps


def _places(name: str, exercise: dict[str, Any], in_circuit: bool) -> st.SearchStrategy[Any]:
    """An exercise as a phase uses it, with a dose of the place or without; in a circuit also with times of its own."""
    doses = [{"hold_s": SECONDS}] if "hold_s" in exercise else [{"reps": st.integers(1, 6)}]
    times: dict[str, Any] = {}
    if in_circuit:
        doses += [{"work_s": SECONDS}] if "hold_s" in exercise else []
        times = {"rest_s": st.just(0) | st.integers(0, 40), "setup_s": st.just(0) | st.integers(0, 15)}
    ways = (st.fixed_dictionaries({"use": st.just(name)} | dose, optional=times) for dose in doses)
    return st.just(name) | st.one_of(*ways)


@st.composite
def protocols(draw: st.DrawFn, own_doses: bool = False) -> dict[str, Any]:
    """A protocol of up to three phases, some of them circuits; with ``own_doses`` places state some of their own."""
    known = {
        f"e{index}": exercise for index, exercise in enumerate(draw(st.lists(exercises(), min_size=1, max_size=4)))
    }
    phases = []
    for number in range(draw(st.integers(1, 3))):
        used = draw(st.lists(st.sampled_from(sorted(known)), min_size=1, max_size=4))
        phase: dict[str, Any] = {"title": f"Phase {number}", "exercises": used}
        if draw(st.booleans()):
            phase["circuit"] = {"rounds": draw(st.integers(1, 3)), "rest_s": draw(st.just(0) | st.integers(0, 20))}
            if all("hold_s" in known[name] for name in used) and draw(st.booleans()):
                phase["circuit"]["work_s"] = draw(SECONDS)
        if own_doses:
            phase["exercises"] = [draw(_places(name, known[name], "circuit" in phase)) for name in used]
        if draw(st.booleans()) and all(known[name]["sides"] in ("each", "both") for name in used):
            phase["sides"] = "each"
        if len(used) > 1:
            phase["shuffle"] = draw(st.booleans())
        # The first phase is done every week, so that no week is empty.
        if number and draw(st.booleans()):
            phase["weeks"] = draw(WEEKS)
        phases.append(phase)
    return {
        "format": 1,
        "id": "random",
        "title": "Random",
        "summary": draw(SENTENCES),
        "safety": draw(SENTENCES),
        "red_flags": draw(st.just([]) | SENTENCES),
        "phase": phases,
        "exercise": known,
    }


@st.composite
def profiles(draw: st.DrawFn) -> dict[str, Any]:
    """A profile that changes doses of exercises e0 to e3 where they are holds."""
    table: dict[str, Any] = {
        "name": "anna",
        "detail": draw(st.sampled_from(["full", "brief", "minimal"])),
        "first_side": draw(st.sampled_from(["left", "right"])),
        "cues": {
            name: draw(st.booleans())
            for name in ("halfway", "ten_seconds", "countdown", "tips", "start")
            if draw(st.booleans())
        },
    }
    if draw(st.booleans()):
        table["scale"] = draw(st.floats(0.5, 2).map(lambda value: round(value, 2)))
    return table
