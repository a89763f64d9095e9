"""Rounds against the clock: what a round has is said once, then exactly the time runs, and nothing is counted."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioguide.compose.composer import compose
from audioguide.compose.other_doses import texts_of_other_doses
from audioguide.errors import FileError, RequestError
from audioguide.export.plan.plan_json import to_json
from audioguide.export.plan.plan_reader import from_json
from audioguide.export.player.blocks import blocks_of, exercise_count
from audioguide.languages.en.spoken import SPOKEN as ENGLISH
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import BeepRole, EventKind, HoldRole, SpeechRole
from audioguide.model.plan import Plan
from audioguide.model.timeline import Event, Timeline
from audioguide.model.units import FRAME_MS
from audioguide.model.voice import VoiceSettings
from audioguide.prescribe.fit import WITHIN_MS
from tests.cases import case, spoken, timeline_of_case
from tests.english import HANDOUT
from tests.helpers import layer, parsed, session_of, timed
from tests.prescribe.test_fit import fitted
from tests.strategies import exercises, profiles

AMRAP = "stations/amrap"
STATIONS = ["8 push-ups.", "10 squats.", "5 lunges on each side.", "Plank, for 30 seconds."]


def time_of(timeline: Timeline) -> Event:
    """Return the one stretch of time of the rounds."""
    (block,) = timeline.of_kind(EventKind.HOLD)
    assert block.role is HoldRole.ROUNDS
    return block


def texts(timeline: Timeline, *roles: SpeechRole) -> list[str | None]:
    return [event.text for event in spoken(timeline, *roles)]


def seconds_left(timeline: Timeline) -> list[tuple[str, float]]:
    """Return each call of the time in the block, and how much of it is left then."""
    block = time_of(timeline)
    return [
        (event.text or event.role, round((block.end_ms - event.start_ms) / 1000, 1))
        for event in timeline.sounds()
        if block.start_ms < event.start_ms <= block.end_ms
        and (event.role is SpeechRole.TIME or event.role in (BeepRole.COUNTDOWN, BeepRole.HALF, BeepRole.END))
    ]


def test_what_a_round_has_is_said_once_and_how_it_is_done_before_the_clock_runs():
    timeline = timeline_of_case(AMRAP)
    before = [event for event in spoken(timeline) if event.end_ms <= time_of(timeline).start_ms]
    assert [event.text for event in before][3:] == [
        "Stop if you feel dizzy.",
        "Now get these ready: mat. You have 10 seconds. Pause if you need longer.",
        "Settle in, and take one slow breath.",
        "Let's begin.",
        "You need: mat.",
        "As many rounds as you can in 12 minutes.",
        "8 push-ups.",
        "Hands under your shoulders.",
        "Not with a sore wrist.",
        "10 squats.",
        "5 lunges on each side.",
        "Step forward with your left foot.",
        "Plank, for 30 seconds.",
        "In case of pregnancy, leave this out.",
        ENGLISH.check,
        "Ready.",
    ]
    assert texts(timeline, SpeechRole.STATION) == STATIONS
    assert not texts(timeline, SpeechRole.COUNT)
    assert not timeline.of_kind(EventKind.REP)


def test_the_time_runs_exactly_from_beep_to_beep_and_is_called():
    timeline = timeline_of_case(AMRAP)
    block = time_of(timeline)
    assert block.duration_ms == 720_000
    beeps = {event.role: event.start_ms for event in timeline.of_kind(EventKind.BEEP)}
    assert (beeps[BeepRole.START], beeps[BeepRole.END]) == (block.start_ms, block.end_ms)
    assert seconds_left(timeline) == [
        ("10 minutes left.", 600),
        ("Halfway.", 360),
        ("5 minutes left.", 300),
        ("2 minutes left.", 120),
        ("1 minute left.", 60),
        ("Ten seconds.", 10),
        ("countdown", 3),
        ("countdown", 2),
        ("countdown", 1),
        ("end", 0),
    ]
    assert [chapter.title for chapter in timeline.chapters] == ["Start", "Fetch what you need", "Rounds", "Closing"]


@pytest.mark.parametrize(
    ("minutes", "cues", "calls"),
    [
        # Halfway is five minutes left, and is said once.
        (10, {}, ["Halfway.", "2 minutes left.", "1 minute left.", "Ten seconds."]),
        (10, {"halfway": False}, ["5 minutes left.", "2 minutes left.", "1 minute left.", "Ten seconds."]),
        (10, {"ten_seconds": False}, ["Halfway."]),
        (1, {}, ["Halfway.", "Ten seconds."]),
        (0.5, {}, ["Ten seconds."]),
        (2.5, {}, ["2 minutes left.", "Halfway.", "1 minute left.", "Ten seconds."]),
        (1, {"halfway": False, "ten_seconds": False}, []),
    ],
)
def test_the_calls_follow_the_time_and_the_person_s_cues(minutes, cues, calls):
    text = f'[[phase]]\ntitle = "R"\nexercises = ["a"]\ncircuit = {{ minutes = {minutes} }}\n'
    session = session_of(parsed(text + '[exercise.a]\nname = "A"\nreps = 3\n'), layer("anna", cues=cues))
    _, timeline = timed(session)
    ready, *called = texts(timeline, SpeechRole.TIME)
    assert (ready, called) == ("Ready.", calls)
    assert abs(time_of(timeline).duration_ms - minutes * 60_000) <= FRAME_MS / 2


def test_coaching_stands_in_the_time_with_the_name_of_its_exercise():
    timeline = timeline_of_case(AMRAP)
    (tip,) = spoken(timeline, SpeechRole.COACHING)
    assert tip.text == "About Push-ups: Keep your body straight."
    assert tip.start_ms > time_of(timeline).start_ms


@pytest.mark.parametrize("detail", ["full", "brief", "minimal"])
def test_each_level_of_detail_names_the_exercises_the_time_and_the_cautions(detail):
    timeline = timeline_of_case(AMRAP, layer(detail=detail))
    assert texts(timeline, SpeechRole.STATION) == STATIONS
    assert texts(timeline, SpeechRole.CAUTION) == ["Not with a sore wrist.", "In case of pregnancy, leave this out."]
    assert texts(timeline, SpeechRole.PHASE) == ["As many rounds as you can in 12 minutes."]
    assert time_of(timeline).duration_ms == 720_000
    if detail == "minimal":
        assert ("half", 360) in seconds_left(timeline)


def test_a_person_s_reps_and_holds_change_what_is_announced():
    own = layer(exercise={"push-ups": {"reps": 1}, "squats": {"reps": 15}, "plank": {"hold_s": 45.0}})
    assert texts(timeline_of_case(AMRAP, own), SpeechRole.STATION) == [
        "Push-ups, once.",
        "15 squats.",
        "5 lunges on each side.",
        "Plank, for 45 seconds.",
    ]
    without = layer(skip=["lunges"], avoid=["pregnancy"])
    assert texts(timeline_of_case(AMRAP, without), SpeechRole.STATION) == ["8 push-ups.", "10 squats."]
    with pytest.raises(RequestError, match="no sets or rests of its own"):
        session_of(case(AMRAP), layer(exercise={"squats": {"rest_s": 5.0}}))


def test_other_doses_are_spoken_ahead():
    usual, other = session_of(case(AMRAP)), session_of(case(AMRAP), layer(exercise={"squats": {"reps": 12}}))
    said = {*compose(usual, 800_000).texts(), *texts_of_other_doses(usual, 800_000)}
    assert set(compose(other, 800_000).texts()) <= said
    assert "10 times." not in said


def test_a_cap_with_a_range_grows_over_the_weeks_and_is_fitted_to_minutes():
    protocol = case(AMRAP)
    grown = protocol.model_validate(protocol.model_dump() | {"programme": {"grow_until_week": 8}})
    lengths = []
    for week in (1, 4, 8, 9):
        session = session_of(grown, layer(week=week))
        assert session.phases[0].circuit
        assert session.phases[0].circuit.cap
        lengths.append(session.phases[0].circuit.cap.length_ms / 60_000)
    assert lengths == [8, 11, 15, 15]
    assert session.changes[-1].what == "minutes"
    for minutes in (9, 12, 14):
        found = fitted(protocol, minutes)
        assert found.reach is None
        assert abs(found.best.length_ms - minutes * 60_000) <= WITHIN_MS
    (change,) = fitted(protocol, 14).best.session.changes
    assert (change.exercise, change.what, change.before, change.by) == ("Rounds", "minutes", "12", "fit to 14 minutes")
    assert fitted(protocol, 40).reach
    assert "from " in fitted(protocol, 40).warnings[0]


def test_a_cap_without_a_range_stays_and_no_dose_moves_in_its_rounds():
    text = '[[phase]]\ntitle = "R"\nexercises = ["a"]\ncircuit = { minutes = 6 }\n'
    protocol = parsed(text + '[exercise.a]\nname = "A"\nreps = { default = 3, min = 1, max = 9 }\n')
    found = fitted(protocol, 20)
    assert "none of its doses has a range" in found.warnings[0]
    assert not found.best.session.changes


def test_rounds_against_the_clock_stand_beside_other_phases():
    text = """
[[phase]]
title = "Warm up"
exercises = ["a"]
[[phase]]
title = "Rounds"
exercises = ["a", "b"]
circuit = { minutes = 3 }
[[phase]]
title = "Again"
exercises = ["a", "b"]
[exercise.a]
name = "March"
hold_s = 30
setup = ["Stand tall."]
[exercise.b]
name = "Squats"
reps = 4
tempo = [{ say = "Down", s = 1 }, { say = "Up", s = 1 }]
setup = ["Feet apart."]
"""
    _, timeline = timed(session_of(parsed(text)))
    titles = [chapter.title for chapter in timeline.chapters]
    assert titles == ["Start", "Warm up: March", "Rounds", "Again: March", "Again: Squats", "Closing"]
    # How to do an exercise is said before it comes up first, and in later phases as a reminder.
    chapters: dict[str | None, list[str]] = {text: [] for text in ("Stand tall.", "Feet apart.")}
    for chapter in timeline.chapters:
        for event in timeline.events_in(chapter):
            if event.text in chapters:
                chapters[event.text].append(chapter.title)
    assert chapters == {
        "Stand tall.": ["Warm up: March", "Again: March"],
        "Feet apart.": ["Rounds", "Again: Squats"],
    }
    assert len(timeline.of_kind(EventKind.REP)) == 4


def plan_of(*layers: Any) -> Plan:
    session = session_of(case(AMRAP), *layers)
    return Plan(session.protocol, session.title, None, VoiceSettings(), timed(session)[1])


def test_the_player_page_counts_the_block_down_and_lists_the_round():
    plan = plan_of()
    (block,) = [block for block in blocks_of(plan) if block.activity == "hold"]
    assert (block.label, block.end_ms - block.start_ms) == ("Rounds", 720_000)
    assert block.where == " ".join(STATIONS)
    assert block.say == f"Rounds, as many rounds as you can in 12 minutes. {block.where}"
    assert [before.next for before in blocks_of(plan) if before.end_ms == block.start_ms] == [
        "as many rounds as you can in 12:00 min"
    ]
    assert exercise_count(plan) == 1


def test_the_plan_is_read_back_from_its_json():
    plan = plan_of()
    assert from_json(to_json(plan)) == plan


def test_the_page_to_print_says_the_time_and_no_tempo():
    phase = session_of(case(AMRAP)).phases[0]
    assert phase.circuit
    assert HANDOUT.rounds(phase.circuit, phase.prescriptions).replace("\N{NO-BREAK SPACE}", " ") == (
        "As many rounds of these exercises as you can in 12 min."
    )
    doses = [
        " ".join(HANDOUT.dose(item, paced=False)).replace("\N{NO-BREAK SPACE}", " ") for item in phase.prescriptions
    ]
    assert doses == ["8 times", "10 times", "5 times on each side", "30 s"]


ROUNDS = '[[phase]]\ntitle = "R"\nexercises = [{}]\ncircuit = {{ minutes = {} }}\n[exercise.a]\nname = "A"\nreps = 3\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ROUNDS.format('"a"', "12, rounds = 3"), "phase 1.circuit.rounds: does not go with minutes; the time ends"),
        (ROUNDS.format('"a"', "12, rest_s = 0"), "phase 1.circuit.rest_s: does not go with minutes"),
        (ROUNDS.format('{ use = "a", rest_s = 3 }', 12), "rest_s: has no place in rounds against the clock"),
        (ROUNDS.format('{ use = "a", sets = 3 }', 12), "sets: has no place in rounds against the clock"),
        (ROUNDS.format('"a", { use = "a", setup_s = 3 }', 12), "exercises 2.setup_s: has no place in rounds"),
        (ROUNDS.format('"a"', 0.1), "circuit.minutes: 0.1 is out of bounds; use a number of at least 0.5"),
        (ROUNDS.format('"a"', '"12"'), "circuit.minutes: '12' does not belong here; write 12, without quotes"),
        (ROUNDS.format('"a"', "{ default = 12, max = 10 }"), "12 is above the max of 10"),
        # Where it also stands in a phase whose reps are paced, it needs its tempo.
        (ROUNDS.format('"a"', 12) + '[[phase]]\ntitle = "S"\nexercises = ["a"]\n', "has reps without a tempo"),
        (ROUNDS.format('"a"', 12) + "tempo = []\n", "has reps without a tempo"),
        (ROUNDS.format('"a"', 12) + "tempo = [{ s = 0 }]\n", "takes no time"),
    ],
)
def test_what_rounds_against_the_clock_can_t_have_is_refused(text, problem):
    with pytest.raises(FileError) as error:
        parsed(text)
    assert problem in str(error.value)


@st.composite
def protocols(draw: st.DrawFn) -> dict[str, Any]:
    """A protocol with rounds against the clock, before a phase that may have the same exercises."""
    known = {f"e{index}": table for index, table in enumerate(draw(st.lists(exercises(), min_size=1, max_size=3)))}
    names = st.lists(st.sampled_from(sorted(known)), min_size=1, max_size=3)
    minutes = draw(st.integers(1, 60).map(lambda halves: halves / 2))
    timed_phase = {"title": "Rounds", "exercises": draw(names), "circuit": {"minutes": minutes}}
    phases = draw(st.permutations([timed_phase, {"title": "Other", "exercises": draw(names)}]))
    return {"format": 1, "id": "random", "title": "Random", "phase": phases, "exercise": known}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(protocols(), profiles())
def test_whatever_the_protocol_the_time_is_kept_and_each_exercise_of_a_round_said(
    protocol: dict[str, Any], profile: dict[str, Any]
):
    session = session_of(parse_protocol(protocol, "random.toml"), layer("profile anna", **profile))
    _, timeline = timed(session)
    (asked,) = [phase for phase in protocol["phase"] if "circuit" in phase]
    (block,) = [event for event in timeline.events if event.role is HoldRole.ROUNDS]
    assert abs(block.duration_ms - asked["circuit"]["minutes"] * 60_000) <= FRAME_MS / 2
    said = [event for event in timeline.of_kind(EventKind.SPEECH) if event.role is SpeechRole.STATION]
    assert [event.place.exercise for event in said] == asked["exercises"]
    assert all(event.end_ms < block.start_ms for event in said)
    counted = [event for event in timeline.events if event.kind is EventKind.REP or event.role is SpeechRole.COUNT]
    assert not [event for event in counted if block.start_ms <= event.start_ms < block.end_ms]
