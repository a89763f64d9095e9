"""Timers of TimeR Machine: read and written as the app does, made of sessions, made into protocols that do the same."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.errors import FileError, RequestError
from audioguide.languages.registry import FOLDERS
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.protocol import Protocol
from audioguide.sheets.timer_export import timer_of
from audioguide.sheets.timer_file import (
    Behaviour,
    BehaviourKind,
    Group,
    Step,
    StepKind,
    Timer,
    read_timers,
    timers_text,
)
from audioguide.sheets.timer_import import import_timer
from tests.helpers import HEAD, HOLD, layer, parsed, session_of

GOLDEN = Path(__file__).parent / "golden"

texts = st.text(max_size=12)
behaviours = st.builds(
    lambda kind, label, content, loop: Behaviour(
        kind, label, content, loop if kind in (BehaviourKind.MUSIC, BehaviourKind.BEEP) else True
    ),
    st.sampled_from(BehaviourKind),
    texts,
    texts,
    st.booleans(),
)
steps = st.builds(
    Step, texts, st.integers(0, 86_400_000), st.lists(behaviours, max_size=3).map(tuple), st.sampled_from(StepKind)
)
groups = st.recursive(
    steps,
    lambda parts: st.builds(Group, texts, st.integers(1, 1000), st.lists(parts, min_size=1, max_size=3).map(tuple)),
    max_leaves=6,
)
timers = st.builds(
    Timer,
    st.integers(0, 99),
    texts,
    st.integers(1, 1000),
    st.lists(groups, min_size=1, max_size=3).map(tuple),
    st.none() | steps,
    st.none() | steps,
    st.sampled_from([1, 7]),
)


@given(st.lists(timers, max_size=3).map(tuple))
def test_timers_come_back_from_the_file_as_they_were_written(written: tuple[Timer, ...]):
    assert read_timers(timers_text(written), "timers.json") == written


KEYS = st.sampled_from(["timers", "steps", "step_type", "label", "length", "loop", "name", "behaviour", "type"])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=4),
        max_leaves=12,
    )
)
def test_no_json_breaks_the_reader(data: Any):
    # What is no backup is a problem of the file, and nothing else is raised.
    with contextlib.suppress(FileError):
        read_timers(json.dumps(data), "timers.json")


def test_a_built_in_protocol_is_the_timer_that_its_golden_file_has():
    path = GOLDEN / "movement-break.json"
    text = timers_text((timer_of(session_of(load_protocol("movement-break"))),))
    if os.environ.get("AUDIOGUIDE_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def work(part: Timer | Group | Step, times: int = 1) -> list[tuple[str, int]]:
    """Return each step of work with its name and length, loops written out."""
    if isinstance(part, Step):
        # Only work beeps.
        return [(part.label, part.length_ms)] if part.of(BehaviourKind.BEEP) else []
    return [one for inside in part.steps for one in work(inside)] * part.loop


@pytest.mark.parametrize("name", builtin_ids())
def test_a_session_comes_back_from_a_timer_with_the_same_work(name: str, tmp_path: Path):
    for code in FOLDERS if name == "movement-break" else ("en",):
        timer = timer_of(session_of(load_protocol(name, language=code)))
        back = timer_of(session_of(imported((timer,), tmp_path, code)))
        assert work(back) == work(timer)


def imported(timers: tuple[Timer, ...], folder: Path, language: str | None = None, name: str | None = None) -> Protocol:
    path = folder / "backup.json"
    path.write_text(timers_text(timers), encoding="utf-8")
    target = folder / "made.toml"
    target.write_text(import_timer(path, language, name).text, encoding="utf-8")
    return load_protocol(target)


def test_stop_rules_cautions_conditions_and_notes_are_said_by_the_timer_and_come_back(tmp_path: Path):
    protocol = parsed(
        HEAD + 'safety = ["Stop if it burns."]\n' + HOLD.replace("caution = [", 'avoid_if = ["pregnancy"]\ncaution = [')
    )
    timer = timer_of(
        session_of(protocol, layer(exercise={"reach": {"note": "Mind your knee."}})), ["Not cleared for pregnancy."]
    )
    said = timers_text((timer,))
    for text in (
        "Stop if it burns.",
        "Stay off the bone.",
        "pregnancy",
        "Mind your knee.",
        "Not cleared for pregnancy.",
    ):
        assert text in said
    back = imported((timer,), tmp_path)
    exercises = [
        text
        for exercise in back.exercise.values()
        for text in (*(line.say for line in exercise.setup), *exercise.caution)
    ]
    told = " ".join(map(str, (*back.safety, *back.summary, *exercises)))
    for text in (
        "Stop if it burns.",
        "Stay off the bone.",
        "In case of pregnancy",
        "Mind your knee.",
        "Not cleared for pregnancy.",
    ):
        assert text in told


def step(label: str, seconds: float, *kinds: BehaviourKind, **more: Any) -> Step:
    return Step(label, round(seconds * 1000), tuple(Behaviour(kind) for kind in kinds), **more)


def timer(*steps: Step | Group, loop: int = 1, **more: Any) -> Timer:
    return Timer(1, "Mine", loop, steps, **more)


def doses(protocol: Protocol) -> list[Any]:
    found = []
    for phase in protocol.phase:
        circuit = phase.circuit and (phase.circuit.rounds, phase.circuit.round_rest_s)
        items = [
            (item.use, item.hold_s and item.hold_s.default, item.sets and item.sets.default, item.rest_s, item.setup_s)
            for item in phase.exercises
        ]  # type: ignore[union-attr]
        found.append((circuit, items))
    return found


def test_a_loop_of_one_step_is_sets_and_of_several_a_circuit(tmp_path: Path):
    made = imported(
        (timer(step("Prepare", 10), Group("Abs", 3, (step("Crunch", 30), step("Rest", 15))),
               Group("Legs", 4, (step("Squat", 20), step("Rest", 10), step("Lunge", 25), step("Pause", 40)))),),
        tmp_path,
    )  # fmt: skip
    assert doses(made) == [
        (None, [("crunch", 30, 3, 15, 10)]),
        ((4, 40), [("squat", 20, None, 10, 15), ("lunge", 25, None, 40, None)]),
    ]


def test_a_rest_that_opens_each_round_is_before_each_of_them(tmp_path: Path):
    made = imported((timer(step("Get ready", 5), step("Crunch", 30), step("Plank hold", 20), loop=3),), tmp_path)
    assert doses(made) == [((3, 5), [("crunch", 30, None, 0, 5), ("plank-hold", 20, None, 0, None)])]


def test_loops_around_groups_are_written_out(tmp_path: Path):
    made = imported(
        (timer(Group("A", 2, (step("Crunch", 30), step("Rest", 5))), step("Walk on", 60), loop=2),), tmp_path
    )
    assert doses(made) == [(None, [("crunch", 30, 2, 5, None)]), (None, [("walk-on", 60, 1, 0, 5)])] * 2


def test_rests_between_loops_and_before_them_are_as_long_as_in_the_timer(tmp_path: Path):
    inner = Group("A", 2, (step("Crunch", 30), step("Rest", 5)))
    made = imported(
        (timer(step("Prepare", 9), Group("All", 3, (inner, step("Walk on", 60), step("Rest", 20)))),), tmp_path
    )
    rounds = [(None, [("crunch", 30, 2, 5, None)]), (None, [("walk-on", 60, 1, 20, None)])] * 3
    assert [(circuit, [item[:4] for item in items]) for circuit, items in doses(made)] == [
        (circuit, [item[:4] for item in items]) for circuit, items in rounds
    ]
    assert [items[0][4] for _, items in doses(made)] == [9, 5, 20, 5, 20, 5]


def test_what_a_step_does_is_kept_or_told(tmp_path: Path):
    path = tmp_path / "backup.json"
    plank = step(
        "Plank hold",
        30,
        BehaviourKind.VOICE,
        BehaviourKind.BEEP,
        BehaviourKind.HALF,
        BehaviourKind.COUNT,
        BehaviourKind.VIBRATION,
    )
    quiet = step("Bridge", 20)
    path.write_text(timers_text((timer(plank, quiet),)), encoding="utf-8")
    found = import_timer(path)
    told = "\n".join(found.told)
    assert "beeps at its start and end, not each second" in told
    assert "not counted from 5" in told
    assert "its vibration is left out" in told
    assert '{ use = "plank-hold", hold_s = 30, rest_s = 0 }' in found.text
    assert "hold_s = 20, rest_s = 0, cues = { halfway = false, countdown = false } }" in found.text


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ((step("Plank", 30, BehaviourKind.HALT),), "waits until you go on"),
        ((step("Plank", 0.5),), "lasts less than a second"),
        ((step("…", 30),), "has no name"),
        ((step("Rest", 30),), "has rests only"),
        ((Step("Plank", 9_000, (Behaviour(BehaviourKind.VOICE, content="{TRemaining}"),)),), "what only the app knows"),
        ((step("x" * 130, 30),), "over 120 characters"),
        ((Group("A", 900, (Group("B", 1, (step("a", 5), step("b", 5))), step("c", 5))),), "over 500 steps"),
    ],
)  # fmt: skip
def test_what_a_protocol_can_t_have_is_named(steps: tuple[Step | Group, ...], problem: str, tmp_path: Path):
    with pytest.raises(FileError, match=problem):
        imported((timer(*steps),), tmp_path)


def test_a_voice_s_caution_is_one_and_its_other_words_are_said(tmp_path: Path):
    spoken = Step(
        "Bridge", 30_000, (Behaviour(BehaviourKind.VOICE, content="{SName}. Lift slowly. Stop if it hurts."),)
    )
    made = imported((timer(spoken),), tmp_path).exercise["bridge"]
    assert [line.say for line in made.setup] == ["Bridge.", "Lift slowly."]
    assert made.caution == ("Stop if it hurts.",)


def test_of_several_timers_one_is_named_and_those_in_the_trash_are_gone(tmp_path: Path):
    several = (
        timer(step("Bridge", 30)),
        Timer(2, "Other", 1, (step("Squat hold", 20),)),
        Timer(3, "Old", 1, (step("a", 9),), folder=2),
    )
    with pytest.raises(RequestError, match="has the timers 'Mine' and 'Other'"):
        imported(several, tmp_path)
    with pytest.raises(RequestError, match="no timer 'Old'"):
        imported(several, tmp_path, name="Old")
    assert imported(several, tmp_path, name="Other").title == "Other"


def test_a_file_of_the_app_without_kinds_of_steps_and_with_other_data_is_read(tmp_path: Path):
    # As older versions of the app wrote it: steps without step_type, behaviours without fields of theirs.
    music = {"type": "MUSIC", "label": "a", "content": "content://a", "loop": False}
    run = {"label": "Run", "length": 60000, "behaviour": [music]}
    rest = {"label": "Rest", "length": 30000, "type": "NOTIFIER"}
    timer = {"id": 3, "name": "Old", "loop": 2, "steps": [run, rest], "more": {"showNotif": False}}
    old = {"timers": [timer], "timerStamps": [], "schedulers": [], "prefs": {"a": "b"}, "notifier": None}
    path = tmp_path / "old.json"
    path.write_text(json.dumps(old), encoding="utf-8")
    assert '{ use = "run", hold_s = 60, sets = 2, rest_s = 30' in import_timer(path).text


@pytest.mark.parametrize("name", [None, "Morning"])
def test_a_backup_without_timers_is_said_to_have_none(tmp_path: Path, name: str | None):
    path = tmp_path / "backup.json"
    path.write_text('{"timers": []}')
    with pytest.raises(FileError, match="has no timers; make one in the app"):
        import_timer(path, name=name)


def test_half_a_sign_in_a_name_is_refused_as_no_file_can_hold_it(tmp_path: Path):
    path = tmp_path / "backup.json"
    text = timers_text((Timer(id=1, name="T", loop=1, steps=(Step("PlankX", 30_000),)),))
    path.write_text(text.replace("PlankX", "Plank \\ud83d"), encoding="utf-8")
    with pytest.raises(RequestError, match=r"the text 'Plank \?' holds half of a sign"):
        import_timer(path, "en")
