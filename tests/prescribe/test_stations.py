"""Stations of a circuit with work, rest and time to get into position of their own."""

import pytest

from audioguide.errors import FileError, RequestError
from audioguide.model.kinds import EventKind, SpeechRole
from audioguide.model.timeline import Timeline
from tests.cases import case, timeline_of_case
from tests.english import HANDOUT
from tests.helpers import layer, parsed, session_of, timeline_of
from tests.prescribe.test_fit import fitted

TABATA = """
[[phase]]
title = "Tabata"
exercises = ["squat", STATION, "climb"]
circuit = { rounds = 2, work_s = 20, rest_s = 10 ROUND }
[exercise.squat]
name = "Squat"
hold_s = 30
[exercise.plank]
name = "Plank"
hold_s = { default = 30, min = 20, max = 60 }
setup = ["On your forearms."]
[exercise.burpee]
name = "Burpee"
reps = { default = 6, min = 4, max = 8 }
tempo = [{ say = "Down", s = 2 }, { say = "Up", s = 2 }]
[exercise.climb]
name = "Climber"
hold_s = 30
"""


def tabata(station: str, round_rest: str = "") -> str:
    return TABATA.replace("STATION", station).replace("ROUND", round_rest)


def work_s(timeline: Timeline) -> list[tuple[str | None, float]]:
    """Return exercise and seconds of each hold, as asked and not as it lies on the grid of frames."""
    holds = timeline.of_kind(EventKind.HOLD)
    return [(event.place.exercise, round(event.duration_ms / 1000, 1)) for event in holds]


def rests_s(timeline: Timeline) -> list[float]:
    """Return the seconds of each rest after the first, which is not the circuit's."""
    return [round(event.duration_ms / 1000, 1) for event in timeline.of_kind(EventKind.REST)[1:]]


def said(timeline: Timeline, role: SpeechRole) -> list[str | None]:
    return [event.text for event in timeline.of_kind(EventKind.SPEECH) if event.role is role]


def test_mixed_intervals_keep_the_work_and_rest_of_each_station():
    timeline = timeline_of_case("wanted/mixed")
    assert work_s(timeline) == [("squats", 30), ("plank", 60), ("rope", 20)] * 3
    assert rests_s(timeline) == [30, 45, 10, 30, 45, 10, 30, 45]
    assert said(timeline, SpeechRole.REST) == [
        "Rest. 30 seconds.",
        "Rest. 45 seconds.",
        "Rest. 10 seconds.",
        "Round 2 of 3.",
        "Rest. 30 seconds.",
        "Rest. 45 seconds.",
        "Rest. 10 seconds.",
        "Round 3 of 3.",
        "Rest. 30 seconds.",
        "Rest. 45 seconds.",
    ]


@pytest.mark.parametrize("key", ["work_s", "hold_s"])
def test_a_tabata_may_have_one_longer_station(key):
    timeline = timeline_of(tabata(f'{{ use = "plank", {key} = 40 }}'))
    assert work_s(timeline) == [("squat", 20), ("plank", 40), ("climb", 20)] * 2
    assert rests_s(timeline) == [10] * 5
    # The one for all is said again behind the longer one, and each is known in the second round.
    doses = [text for text in said(timeline, SpeechRole.EXERCISE) if text and text.startswith("For")]
    assert doses == ["For 20 seconds.", "For 40 seconds.", "For 20 seconds."]


def test_a_station_with_reps_of_its_own_is_counted_in_a_circuit_by_time():
    timeline = timeline_of(tabata('{ use = "burpee", reps = 5 }'))
    assert len(timeline.of_kind(EventKind.REP)) == 10
    assert work_s(timeline) == [("squat", 20), ("climb", 20)] * 2


def test_a_station_s_rest_and_setup_are_its_own():
    timeline = timeline_of(tabata('{ use = "plank", setup_s = 15, rest_s = 0 }', ", round_rest_s = 30"))
    _first, *rests = timeline.of_kind(EventKind.REST)
    # No rest leads from the plank to the climber; all is said before the plank, and then come its 15 s.
    assert [rest.place.exercise for rest in rests] == ["plank", "squat", "plank"]
    setup = min(event.end_ms for event in timeline.of_kind(EventKind.SPEECH) if event.text == "On your forearms.")
    assert rests[0].end_ms - setup == pytest.approx(15_000, abs=48)
    assert rests[1].duration_ms == pytest.approx(30_000, abs=24)


def test_a_rest_after_the_last_station_is_the_one_between_rounds_unless_that_is_stated():
    text = TABATA.replace('"climb"]', '{ use = "climb", rest_s = 25 }]').replace("STATION", '"plank"')
    assert rests_s(timeline_of(text.replace("ROUND", ""))) == [10, 10, 25, 10, 10]
    assert rests_s(timeline_of(text.replace("ROUND", ", round_rest_s = 40"))) == [10, 10, 40, 10, 10]


@pytest.mark.parametrize("rest_s", [0, 10])
def test_rounds_without_a_rest_between_them_follow_exactly(rest_s):
    timeline = timeline_of(
        tabata('"plank"', ", round_rest_s = 0").replace("rest_s = 10", f"rest_s = {rest_s}").replace("setup =", "#")
    )
    holds = timeline.of_kind(EventKind.HOLD)
    assert holds[3].start_ms == holds[2].end_ms
    assert holds[-1].end_ms - holds[0].start_ms == pytest.approx(6 * 20_000 + 4 * rest_s * 1000, abs=24)
    assert "Round 2 of 2." in said(timeline, SpeechRole.REST) or any(
        drop.text == "Round 2 of 2." for drop in timeline.dropped
    )


def test_a_station_s_own_range_moves_and_the_circuit_s_time_does_not():
    ranged = parsed(tabata('{ use = "plank", work_s = { default = 30, min = 20, max = 60 } }'))
    grown = ranged.model_validate(ranged.model_dump() | {"programme": {"grow_until_week": 5}})
    efforts = [item.efforts[0].hold_ms for item in session_of(grown, layer(week=5)).prescriptions()]
    assert efforts == [20_000, 60_000, 20_000]
    longer = fitted(ranged, 4)
    assert not longer.reach
    assert [item.efforts[0].hold_ms for item in longer.best.session.prescriptions()][::2] == [20_000, 20_000]


def test_a_person_s_rest_replaces_a_station_s_own_and_is_refused_elsewhere():
    own = parsed(tabata('{ use = "plank", rest_s = 30 }'))
    session = session_of(own, layer(exercise={"plank": {"rest_s": 20.0}}))
    assert session.prescriptions()[1].station.rest_ms == 20_000
    assert [(change.before, change.after) for change in session.changes] == [("30", "20")]
    with pytest.raises(RequestError, match="in a circuit"):
        session_of(own, layer(exercise={"squat": {"rest_s": 20.0}}))


def test_the_page_to_print_states_rests_that_differ_with_each_exercise():
    phase = session_of(case("wanted/mixed")).phases[0]
    assert phase.circuit is not None
    assert (
        HANDOUT.rounds(phase.circuit, phase.prescriptions)
        == "3 rounds of these exercises, with the rest stated after each."
    )
    lines = [
        HANDOUT.rest_after(phase.circuit, phase.prescriptions, number).replace("\N{NO-BREAK SPACE}", " ")
        for number in range(3)
    ]
    assert lines == ["30 s rest after it", "45 s rest after it", "10 s rest before the next round"]


@pytest.mark.parametrize(
    ("station", "problem"),
    [
        ('{ use = "plank", work_s = 40, hold_s = 40 }', "has both hold_s and work_s, which mean the same here"),
        ('{ use = "burpee", work_s = 40 }', "work_s: 'burpee' is done by reps; state reps instead"),
        ('"burpee"', "'burpee' counts reps, and the circuit works by time; state its reps here"),
        ('{ use = "plank", sets = 2 }', "sets: has no place in a circuit"),
    ],
)
def test_what_a_station_can_t_have_is_refused(station, problem):
    with pytest.raises(FileError) as error:
        parsed(tabata(station))
    assert problem in str(error.value)


def test_work_s_is_refused_outside_a_circuit():
    text = tabata('{ use = "plank", work_s = 40 }')
    with pytest.raises(FileError, match="work_s: belongs to a circuit"):
        parsed("\n".join(line for line in text.splitlines() if "circuit" not in line))


TO_THE_PARK = """
[[phase]]
title = "Warm up"
exercises = [{ use = "walk", hold_s = 300, rest_s = 0 }]
[[phase]]
title = "Intervals"
exercises = [{ use = "run", setup_s = 0 }, { use = "walk", hold_s = 90 }]
circuit = { rounds = 8, rest_s = 0 }
[[phase]]
title = "Cool down"
SAY
exercises = [{ use = "walk", hold_s = 300, setup_s = 0 }]
[exercise.run]
name = "Run"
hold_s = 60
[exercise.walk]
name = "Walk"
hold_s = 60
"""


def test_phases_that_ask_for_no_time_between_them_follow_exactly_and_name_themselves_as_they_begin():
    timeline = timeline_of(TO_THE_PARK.replace("SAY", ""))
    holds = timeline.of_kind(EventKind.HOLD)
    assert holds[-1].end_ms - holds[0].start_ms == pytest.approx(1_000 * (300 + 8 * 150 + 300), abs=24)
    assert said(timeline, SpeechRole.PHASE) == [
        "Part 1 of 3: Warm up.",
        "Part 2 of 3: Intervals.",
        "Part 3 of 3: Cool down.",
    ]
    assert not timeline.dropped


def test_what_a_phase_has_to_say_takes_its_time_before_it():
    timeline = timeline_of(TO_THE_PARK.replace("SAY", 'say = "Slow down, and let your arms hang."'))
    holds = timeline.of_kind(EventKind.HOLD)
    said_ms = next(event.end_ms for event in timeline.events if event.text == "Slow down, and let your arms hang.")
    assert holds[-2].end_ms < said_ms < holds[-1].start_ms


HANG = """
[[phase]]
title = "Hang"
exercises = ["climb", STATION]
circuit = { rounds = 2, rest_s = 10 WORK }
[exercise.climb]
name = "Climber"
hold_s = 30
[exercise.hang]
name = "Hang"
hold_s = 7
repeat = 3
relax_s = 3
[exercise.ladder]
name = "Ladder"
hold_s = [20, 30]
"""


def hang(station: str, work: str = ", work_s = 20") -> str:
    return HANG.replace("STATION", station).replace("WORK", work)


def test_a_repeated_hold_of_its_own_stands_in_a_circuit_by_time():
    timeline = timeline_of(hang('{ use = "hang", hold_s = 5 }'))
    assert work_s(timeline) == [("climb", 20), *[("hang", 5)] * 3] * 2
    with pytest.raises(FileError, match="repeats its hold, and the circuit works by time; state its hold_s here"):
        parsed(hang('"hang"'))
    with pytest.raises(FileError, match="repeats its hold, and the circuit works by time"):
        parsed(hang('{ use = "hang", work_s = 5 }', work=""))


def test_a_list_of_sets_is_one_time_of_work_in_a_circuit():
    assert work_s(timeline_of(hang('{ use = "ladder", work_s = 40 }', work=""))) == [("climb", 30), ("ladder", 40)] * 2
    assert work_s(timeline_of(hang('{ use = "ladder", hold_s = 40 }'))) == [("climb", 20), ("ladder", 40)] * 2
    for station, problem in (
        (
            '{ use = "ladder", hold_s = [10, 20] }',
            "exercises 2.hold_s: lists 2 sets, and a circuit's rounds are its sets",
        ),
        (
            '{ use = "climb", rest_s = [10, 20] }',
            "exercises 2.rest_s: lists rests, and a circuit's rounds are its sets",
        ),
    ):
        with pytest.raises(FileError) as error:
            parsed(hang(station))
        assert problem in str(error.value)
        assert len(error.value.problems) == 1


def test_a_person_s_list_of_rests_is_not_used_at_a_station():
    text, listed = hang('{ use = "climb", rest_s = 15 }'), {"climb": {"rest_s": [5.0, 6.0]}}
    session = session_of(parsed(text.replace('["climb", ', "[")), layer("anna", exercise=listed))
    assert session.prescriptions()[0].station.rest_ms == 15_000
    assert session.warnings == (
        "anna: 'climb' is in a circuit, whose rounds are its sets; a list of doses is not used",
    )
    with pytest.raises(RequestError, match="whose rounds are its sets; state one number for it"):
        session_of(parsed(text.replace('["climb", ', "[")), layer(exercise=listed))


@pytest.mark.parametrize(
    ("station", "work", "beyond"),
    [
        ('{ use = "climb", work_s = 90, every_s = 60 }', ", work_s = 20", False),
        ('{ use = "climb", work_s = { default = 50, max = 90 }, every_s = 60 }', ", work_s = 20", False),
        ('{ use = "climb", hold_s = 90, every_s = 60 }', ", work_s = 20", False),
        ('{ use = "climb", every_s = 60 }', ", work_s = 90", False),
        ('{ use = "climb", work_s = 40, every_s = 60 }', ", work_s = 90", True),
        ('{ use = "climb", work_s = { default = 40, max = 60 }, every_s = 60 }', "", True),
    ],
)
def test_calls_at_a_station_lie_in_its_own_work(station, work, beyond):
    if not beyond:
        said_here = said(timeline_of(hang(station, work)), SpeechRole.TIME)
        assert said_here.count("1 minute done.") == (0 if "default" in station else 2)
        return
    with pytest.raises(FileError, match="every_s: 60 s are not reached 10 s before a hold of"):
        parsed(hang(station, work))
