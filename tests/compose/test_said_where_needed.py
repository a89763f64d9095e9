"""What a listener would miss: lengths of long rests, both sides' positions, a dose after rounds against the clock."""

from __future__ import annotations

import pytest

from audioguide.errors import FileError
from audioguide.model.kinds import EventKind, RestRole, Side, SpeechRole
from tests.helpers import layer, parsed, session_of, timed


def said(text: str, side: Side | None = None, **profile: object) -> list[str]:
    events = timed(session_of(parsed(text), layer(**profile)))[1].of_kind(EventKind.SPEECH)
    return [event.text or "" for event in events if side is None or event.place.side is side]


REST = """
[[phase]]
title = "A"
exercises = [{ use = "squat", rest_s = SECONDS }, "plank"]
[exercise.squat]
name = "Squat"
hold_s = 20
[exercise.plank]
name = "Plank"
hold_s = 20
setup_s = 10
setup = ["On your elbows."]
load = ["Lift up."]
"""


def test_a_long_rest_between_exercises_is_told_and_the_person_is_called_back():
    texts = said(REST.replace("SECONDS", "120"))
    rest = texts[texts.index("2 minutes until the next exercise.") :]
    assert rest[1:] == [
        "Last exercise: Plank.",
        "For 20 seconds.",
        "On your elbows.",
        "Get into position.",
        "Lift up.",
        "Ready.",
        "Well done. The session is over.",
        "See you next time.",
    ]


def test_a_rest_that_its_words_make_longer_is_not_said_to_be_shorter():
    long = "On your elbows, and then your toes, as straight as a board from head to heel. " * 5
    texts = said(REST.replace("SECONDS", "31").replace("On your elbows.", long.strip()))
    assert not [text for text in texts if text.endswith("until the next exercise.")]


def test_in_a_circuit_a_longer_rest_between_rounds_is_told_and_ends_with_ready():
    texts = said(
        REST.replace('[{ use = "squat", rest_s = SECONDS }, "plank"]', '["squat", "plank"]').replace(
            "[exercise.squat]", "circuit = { rounds = 2, rest_s = 15, round_rest_s = 120 }\n[exercise.squat]", 1
        ),
        encouragement=False,
    )
    assert texts.count("Rest. 2 minutes.") == 1
    after = texts[texts.index("Rest. 2 minutes.") :]
    assert after[1:4] == ["Next: Squat.", "Round 2 of 2.", "Ready."]


SIDES = """
[[phase]]
title = "A"
PHASE
exercises = ["figure"]
[exercise.figure]
name = "Figure four"
sides = "each"
hold_s = 30
setup = ["Lie down.", "Cross your {side} ankle over your {other_side} knee.", "Look {other_side}."]
"""


def test_the_second_side_hears_all_that_differs_there():
    assert "Cross your right ankle over your left knee." in said(SIDES.replace("PHASE", ""), Side.RIGHT)
    assert "Look left." in said(SIDES.replace("PHASE", ""), Side.RIGHT)
    assert "Lie down." not in said(SIDES.replace("PHASE", ""), Side.RIGHT)


def test_in_a_phase_by_sides_the_other_side_s_positions_are_never_dropped_the_first_time():
    text = SIDES.replace("PHASE", 'sides = "each"\ncircuit = { rounds = 2, rest_s = 2 }')
    texts = said(text, Side.RIGHT)
    assert texts.count("Look left.") >= 1
    assert texts.count("Cross your right ankle over your left knee.") >= 1


def test_the_role_of_a_side_is_said_in_a_phase_by_sides_too():
    text = SIDES.replace("PHASE", 'sides = "each"').replace("hold_s", 'side_role = "{side} ankle on top"\nhold_s')
    text = text[: text.index("setup = ")]
    assert "Left ankle on top." in said(text, Side.LEFT)
    assert "Right ankle on top." in said(text, Side.RIGHT)


def test_sets_that_differ_are_told_on_each_side():
    text = SIDES.replace("PHASE", 'sides = "each"').replace("hold_s = 30", "hold_s = [10, 20]")
    assert "2 sets: 10 and 20 seconds." in said(text, Side.LEFT)
    assert "2 sets: 10 and 20 seconds." in said(text, Side.RIGHT)


def test_after_rounds_against_the_clock_another_dose_is_said_again():
    text = """
[[phase]]
title = "Warm up"
exercises = [{ use = "push", reps = 3 }]
[[phase]]
title = "Rounds"
exercises = ["push"]
circuit = { minutes = 1 }
[[phase]]
title = "Rounds again"
exercises = ["push"]
circuit = { minutes = 1 }
[[phase]]
title = "Finish"
exercises = [{ use = "push", reps = 3 }]
[exercise.push]
name = "Push-ups"
reps = 8
tempo = "1-0-1"
"""
    texts = said(text)
    assert texts.count("3 times.") == 2
    assert texts.count("8 push-ups.") == 2


@pytest.mark.parametrize(
    ("exercise", "use"),
    [
        ('reps = 3\nsides = "alternating"\ntempo = [{ say = "{side} leg", s = 2 }]', '{ use = "a", sides = "both" }'),
        ('hold_s = 30\nsides = "each"\ncalls = [{ at_s = 9, say = "{side} hip." }]', '{ use = "a", sides = "both" }'),
    ],
)
def test_a_side_is_never_spoken_as_its_placeholder(exercise: str, use: str):
    text = f'[[phase]]\ntitle = "A"\nexercises = [{use}]\n[exercise.a]\nname = "A"\n{exercise}\n'
    with pytest.raises(FileError, match=r"exercises 1.sides: 'a' names \{side\} in its texts"):
        parsed(text)


def test_alternating_sides_keep_the_side_in_their_tempo():
    use = '{ use = "a", sides = "alternating" }'
    exercise = 'reps = 3\nsides = "each"\ntempo = [{ say = "{side} leg", s = 2 }]'
    assert "Left leg." in said(f'[[phase]]\ntitle = "A"\nexercises = [{use}]\n[exercise.a]\nname = "A"\n{exercise}\n')


PRESS, LIFT = "Lower back pressed into the floor. If it lifts, reach less far.", "Arms up, one leg up, then the other."
BUG = f"""
[[phase]]
title = "Strengthen"
encouragement = ["You are doing the part that many leave out, and you do it slowly and with care. Well done."]
exercises = ["bug"]
[exercise.bug]
name = "Bug"
reps = 8
sets = 3
rest_s = 30
setup_s = 9
tempo = "3-0-2"
load = ["Lie down."]
load_minimal = ["{PRESS}", "{LIFT}"]
leave_between = "One foot down, then the other. Rest your arms."
"""


@pytest.mark.parametrize("detail", ["full", "minimal"])
def test_a_call_of_two_sentences_has_time_behind_the_first_and_what_takes_effort_just_before_ready(detail):
    _, timeline = timed(session_of(parsed(BUG), layer(detail=detail)))
    rests = [event for event in timeline.of_kind(EventKind.REST) if event.role is RestRole.REST]
    for rest in rests:
        said = {e.text: e for e in timeline.of_kind(EventKind.SPEECH) if rest.start_ms <= e.start_ms < rest.end_ms}
        assert list(said)[-3:] == [PRESS, LIFT, "Ready."]
        assert 3_000 <= said[LIFT].start_ms - said[PRESS].end_ms <= 3_100
        assert 5_000 <= rest.end_ms - said[LIFT].start_ms <= 6_000
        assert 1_500 <= said["Ready."].start_ms - said[LIFT].end_ms <= 1_600
    assert len(rests) == 2


def test_a_call_of_two_sentences_without_time_between_is_said_in_one_go():
    text = (
        BUG.replace("rest_s = 30", "rest_s = 19") + 'coaching = ["Breathe.", "Feel your belly hold your back down."]\n'
    )
    _, timeline = timed(session_of(parsed(text)))
    said = [event for event in timeline.of_kind(EventKind.SPEECH) if event.place.set == 3]
    [press, lift] = [event for event in said if event.text in (PRESS, LIFT)]
    assert 0 < lift.start_ms - press.end_ms < 1_000


def test_encouragement_that_would_take_the_time_of_a_call_into_position_waits_for_another_rest():
    coaching = "Feel your belly hold the lower back down, and reach only as far as it stays down, with every breath."
    _, timeline = timed(session_of(parsed(BUG + f'coaching = "{coaching}"\n')))
    praise = [event.place.set for event in timeline.events if event.role is SpeechRole.ENCOURAGEMENT]
    called = [event.place.set for event in timeline.events if event.text == LIFT]
    assert (praise, called) == ([3], [2, 3])


def test_before_the_last_set_of_the_session_it_is_said_that_it_is_the_last_of_all():
    squat = '[exercise.squat]\nname = "Squat"\nsets = 2\nhold_s = 20\nrest_s = 20\n'
    both = f'[[phase]]\ntitle = "A"\nexercises = ["squat", "plank"]\n{squat}' + squat.replace("squat", "plank")
    assert [text for text in said(both) if "last set" in text] == [
        "Then the last set.",
        "Then the last set of the session.",
    ]
    for other in (
        both.replace('["squat", "plank"]', '["squat"]'),
        both.replace("[exercise.squat]", "circuit = { rounds = 2 }\n[exercise.squat]", 1),
    ):
        assert not [text for text in said(other) if "of the session" in text and "last" in text]


@pytest.mark.parametrize(
    ("things", "asked"),
    [
        ('["ball", "cushion"]', True),
        ('["ball"]', False),
        ('["mat", "wall"]', False),
        ('["ball", "mat", "wall"]', False),
    ],
)
def test_several_things_without_a_place_of_their_own_are_laid_within_reach(things, asked):
    text = 'put_by = { mat = "wall" }\n[[phase]]\ntitle = "A"\nexercises = ["a"]\n'
    text += f'[exercise.a]\nname = "A"\nhold_s = 30\nequipment = {things}\n'
    assert any("Lay everything within reach." in each for each in said(text)) is asked


def test_a_call_into_position_that_takes_long_comes_earlier_and_is_not_lost():
    position = "Lower back pressed into the floor, arms to the ceiling, one leg up and then the other."
    text = f"""
[[phase]]
title = "Strengthen"
exercises = ["bug"]
[exercise.bug]
name = "Bug"
reps = 4
sets = 2
rest_s = 30
setup_s = 2
tempo = "2-0-2"
load = ["Lie down."]
load_minimal = "{position}"
leave_between = "Feet down."
"""
    texts = said(text)
    assert texts[texts.index("Then the last set.") :].count(position) == 1
