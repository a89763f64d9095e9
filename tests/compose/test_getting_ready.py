"""From the first word to the first beep of an effort: what is said in which order, and which side it is."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from audioguide.errors import FileError
from audioguide.library.builtin import exercises
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import BeepRole, Detail, EventKind, Side, SpeechRole, Units
from audioguide.model.protocol import Exercise
from audioguide.model.timeline import Event, Timeline
from audioguide.model.units_of_texts import exercise_in_units, in_units
from tests.helpers import layer, parsed, session_of, timed

ONE = """
[[phase]]
title = "Stretch"
exercises = ["kneel"]
[exercise.kneel]
name = "Kneel"
sides = "each"
setup_s = 10
setup = ["Kneel on your {side} knee."]
load = ["Squeeze your glutes.", "Reach up."]
side_role = "{side} knee down"
"""
HOLD = ONE + "hold_s = 45\n"

TICKS = "Low ticks: left arm for 3 seconds, then return. High ticks: the same on the right."
REP_TICKS = "High tick: lift. Low ticks: hold for 5 seconds."

BUILT_IN = {name: exercise for id_ in builtin_ids() for name, exercise in load_protocol(id_).exercise.items()}
ALL = BUILT_IN | exercises()

FETCH, PLACE, LIE, LOAD = range(4)
TOLD = r"when i|i call|left arm means|(slowly )?reach the arm|rest as you like"
"""What explains the reps: it may be heard in any position that takes no effort."""

STEPS = (
    (FETCH, r"fetch|take your phone|take the ball|fix the band"),
    (PLACE, r"put the (roller|balls|cushion)|feel for|go about"),
    (LIE, r"lie|kneel|sit|stand|come (in|on)to|step|on your|push-up|hands"),
    (LOAD, r"squeeze|tuck|lift|press|reach|lower your weight|roll slowly|brace"),
)
"""The order on the floor, and words by which a line is known: each line of a setup is the first that it matches."""


def step_of(line: str) -> int | None:
    if re.match(TOLD, line.lower()):
        return None
    return next((step for step, words in STEPS if re.match(rf"(now |then |{{\w+}} )?({words})", line.lower())), None)


def spoken(timeline: Timeline) -> list[Event]:
    return timeline.of_kind(EventKind.SPEECH)


def test_what_takes_effort_is_said_when_the_person_is_in_position_and_just_before_ready():
    _, timeline = timed(session_of(parsed(HOLD)))
    for hold in timeline.of_kind(EventKind.HOLD):
        before = [event for event in spoken(timeline) if event.end_ms <= hold.start_ms][-5:]
        assert [event.text for event in before][2:] == ["Squeeze your glutes.", "Reach up.", "Ready."]
        # The time to get into position is silent, but for what takes effort, with a pause behind each, and "Ready".
        ready_ms = hold.start_ms - before[4].start_ms
        silences_ms = [later.start_ms - earlier.end_ms for earlier, later in pairwise(before)]
        assert sum(silences_ms) >= 10_000 - ready_ms - 24
        assert silences_ms[1] >= 3_000
        assert 2_000 <= silences_ms[3] < 4_000


@pytest.mark.parametrize(("detail", "times"), [("full", 2), ("brief", 1), ("minimal", 0)])
def test_levels_say_it_with_the_instructions_that_they_give(detail, times):
    _, timeline = timed(session_of(parsed(HOLD), layer(detail=detail)))
    assert [event.text for event in spoken(timeline)].count("Reach up.") == times


def test_without_time_to_get_into_position_it_is_still_said_before_the_beep():
    text = HOLD.replace("setup_s = 10", "setup_s = 0\nswitch_s = 0\nrest_s = 0")
    _, timeline = timed(session_of(parsed(text)))
    for hold in timeline.of_kind(EventKind.HOLD):
        assert [event.text for event in spoken(timeline) if event.end_ms <= hold.start_ms][-1] == "Reach up."


def test_in_the_short_rests_of_a_circuit_it_is_said_where_there_is_room_and_no_rest_grows():
    text = HOLD.replace('["kneel"]', '["kneel", "other"]\ncircuit = { rounds = 2, rest_s = 12 }') + (
        '[exercise.other]\nname = "Other"\nhold_s = 20\n'
    )
    _, timeline = timed(session_of(parsed(text)))
    rests = [event.duration_ms for event in timeline.of_kind(EventKind.REST) if event.role == "rest"]
    assert all(abs(rest_ms - 12_000) <= 24 for rest_ms in rests)
    listed = [drop.text for drop in timeline.dropped]
    assert [event.text for event in spoken(timeline)].count("Reach up.") + listed.count("Reach up.") >= 3


@pytest.mark.parametrize("detail", list(Detail))
def test_a_side_is_called_by_its_role_wherever_it_is_named(detail):
    _, timeline = timed(session_of(parsed(HOLD + "sets = 2\n"), layer(detail=detail)))
    said = [event.text or "" for event in spoken(timeline)]
    assert not [text for text in said if re.search(r"\b(left|right) side\b", text.lower())]
    assert any("ight knee down" in text for text in said)
    if detail is Detail.MINIMAL:
        assert "Left knee down to begin." in said
        assert "Switch. Right knee down." in said


@pytest.mark.parametrize("name", sorted(name for name, exercise in ALL.items() if exercise.sides == "each"))
def test_every_built_in_exercise_on_each_side_says_what_the_side_means(name: str):
    levels = (ALL[name].setup_minimal, ALL[name].brief, ALL[name].again)
    said = [" ".join(line.say for line in lines[:2]) for lines in levels]
    assert ALL[name].side_role is not None or all("{side}" in text for text in said), name


def test_a_role_without_the_side_is_one_line():
    with pytest.raises(FileError, match=r"exercise.kneel.side_role: does not name the side; write \{side\} in it"):
        parsed(HOLD.replace("{side} knee down", "knee down"))


def test_the_ticks_of_alternating_sides_differ():
    text = (
        ONE.replace('"each"', '"alternating"')
        .replace('side_role = "{side} knee down"\n', "")
        .replace('load = ["Squeeze your glutes.", "Reach up."]\n', "")
        .replace('setup = ["Kneel on your {side} knee."]\n', "")
    )
    text += 'reps = 4\ntempo = [{ say = "{side} arm", s = 2 }, { say = "Return", s = 2 }]\n'
    _, timeline = timed(session_of(parsed(text), layer(detail="minimal")))
    ticks = [event for event in timeline.of_kind(EventKind.BEEP) if event.role in (BeepRole.REP, BeepRole.REP_LEFT)]
    assert {(tick.role, tick.place.side) for tick in ticks} == {
        (BeepRole.REP_LEFT, Side.LEFT),
        (BeepRole.REP, Side.RIGHT),
    }
    first = [tick.place.side for tick in ticks if tick.place.rep == 2]
    assert first == [Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT]


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        ("both", "After a few reps, I only count. The number means lift. The tick means lower."),
        ("alternating", "After a few reps, I only count, and name the side."),
    ],
)
def test_what_the_number_means_is_said_once_where_the_words_fade(sides, said):
    text = (
        ONE.replace('"each"', f'"{sides}"')
        .replace('side_role = "{side} knee down"\n', "")
        .replace('setup = ["Kneel on your {side} knee."]\n', "")
        + 'reps = REPS\nsets = 3\nrest_s = 20\ntempo = [{ say = "Lift", s = 2 }, { say = "Lower", s = 2 }]\n'
    )
    told = [event.text for event in spoken(timed(session_of(parsed(text.replace("REPS", "10"))))[1])]
    assert told.count(said) == 1
    # Four in words, and one in each later set: then the count.
    assert told.count("Lower.") == (4 + 1 + 1) * (2 if sides == "alternating" else 1)
    few = [event.text for event in spoken(timed(session_of(parsed(text.replace("REPS", "3"))))[1])]
    assert not [text for text in few if "I only count" in text]


@pytest.mark.parametrize("protocol", builtin_ids())
@pytest.mark.parametrize("detail", list(Detail))
def test_stop_rules_and_red_flags_come_before_anything_is_done(protocol, detail):
    loaded = load_protocol(protocol)
    _, timeline = timed(session_of(loaded, layer(detail=detail)))
    effort = next(event for event in timeline.events if event.kind in (EventKind.HOLD, EventKind.REP))
    before = {event.text for event in spoken(timeline) if event.end_ms < effort.start_ms}
    assert {*loaded.safety, *loaded.red_flags} <= before
    assert loaded.safety


def test_the_closing_is_not_listened_to_in_the_last_position():
    said = [event.text for event in spoken(timed(session_of(load_protocol("hip-flexor")))[1])]
    done = said.index("Well done. You gave your hips their time.")
    assert said[done + 1] == "Rest now, in any position you like."
    alone = [event.text for event in spoken(timed(session_of(parsed(HOLD)))[1])]
    assert alone[-2:] == ["Well done. The session is over.", "See you next time."]
    own = [event.text for event in spoken(timed(session_of(parsed('done = "That was it."\n' + HOLD)))[1])]
    assert own[-2:] == ["That was it.", "See you next time."]


@pytest.mark.parametrize("name", sorted(ALL))
def test_setup_goes_from_the_thing_to_the_floor_to_the_effort(name: str):
    exercise = ALL[name]
    steps = [step for line in exercise.setup if (step := step_of(line.say)) is not None]
    assert all(earlier <= later for earlier, later in pairwise(steps)), exercise.setup
    # In a circuit one short sentence is all there is room for.
    if len(exercise.setup) > 1:
        assert LOAD not in steps, exercise.setup


HOMONYMS = re.compile(r"\b(right (?:angle|away|now)|left out|let go|back(?! (?:knee|leg|foot))\b)", re.IGNORECASE)


@pytest.mark.parametrize("name", sorted(ALL))
def test_no_word_of_a_tempo_can_be_taken_for_a_part_of_the_body_or_a_side(name: str):
    for part in ALL[name].tempo:
        assert not HOMONYMS.search(part.say or "")


def test_a_measure_in_two_units_is_said_in_one():
    text = HOLD.replace("Kneel on your {side} knee.", "Go {5 centimetres|2 inches} to the {side}.")
    protocol = parsed(text)

    def said(**profile: object) -> list[str]:
        _, timeline = timed(session_of(protocol, layer(**profile)))
        return [event.text for event in spoken(timeline) if event.role is SpeechRole.SETUP and "Go" in event.text]

    assert said() == said(units="imperial")
    assert said()[0] == "Go 2 inches to the left."
    assert said(units="metric")[0] == "Go 5 centimetres to the left."
    with pytest.raises(FileError, match=r"setup 1: \{5 cm\|\} lacks a form; write both"):
        parsed(text.replace("{5 centimetres|2 inches}", "{5 cm|}"))


def test_texts_without_measures_stay_the_objects_they_are():
    plain: Exercise = exercises()["glute-bridge"]
    assert exercise_in_units(plain, Units.METRIC) is plain
    protocol = parsed(HOLD)
    assert in_units(protocol, None) is protocol


@pytest.mark.parametrize("detail", Detail)
def test_how_to_come_out_is_said_before_the_sides_change_where_that_takes_care(detail):
    # How the last one is left is said before the closing.
    for key, following in (("leave", "Well done."), ("leave_between", "Switch")):
        text = HOLD + f'{key} = "Hands down."\n'
        said = [event.text or "" for event in spoken(timed(session_of(parsed(text), layer(detail=detail)))[1])]
        assert said.count("Hands down.") == 1
        assert said[said.index("Hands down.") + 1].startswith(following)


def test_a_line_that_is_said_once_is_not_said_on_the_second_side_or_in_later_sets():
    text = HOLD + 'sets = 2\ncoaching = ["Breathe.", { say = "Lean.", once = true }]\n'
    for once, times in (("true", 1), ("false", 2)):
        session = session_of(parsed(text.replace("once = true", f"once = {once}")))
        said = [event.text for event in spoken(timed(session)[1])]
        assert said.count("Lean.") == times
        assert said.count("Breathe.") == 4


@pytest.mark.parametrize(
    ("thing", "setup", "asked"),
    [
        ("cushion for the knee", "Kneel on your {side} knee.", True),
        ("cushion for the knee", "Put the cushion under your {side} knee.", False),
        ("wall or couch", "Stand by the wall, {side} foot in front.", False),
        ("resistance band", "Band round your {side} ankle.", False),
        ("box", "Stand on the box, {side} foot in front.", False),
    ],
)
def test_a_thing_is_asked_for_where_its_own_word_is_not_in_the_instructions(thing, setup, asked):
    text = HOLD.replace("Kneel on your {side} knee.", setup) + f'equipment = ["{thing}"]\n'
    said = [event.text for event in spoken(timed(session_of(parsed(text), layer(gather_s=30)))[1])]
    assert (f"You need: {thing}." in said) is asked


def test_who_knows_the_position_by_heart_is_not_called_into_it_before_it_is_said():
    text = HOLD.replace('exercises = ["kneel"]', 'exercises = ["plank", "kneel"]') + (
        'load_minimal = ["Squeeze."]\n[exercise.plank]\nname = "Plank"\nhold_s = 30\nrest_s = 60\n'
    )
    called = {}
    for detail in Detail:
        said = [event.text for event in spoken(timed(session_of(parsed(text), layer(detail=detail)))[1])]
        called[detail] = "Get into position." in said
    assert called == {Detail.FULL: True, Detail.BRIEF: True, Detail.MINIMAL: False}


@pytest.mark.parametrize(
    ("sides", "tempo", "told"),
    [
        (
            "both",
            '"Lift", s = 1 }, { say = "Hold", s = 5',
            ["From rep 2 on, only ticks. In later sets, only ticks.", REP_TICKS],
        ),
        ("both", '"Lift", s = 2 }, { say = "Lower", s = 2', []),
        (
            "alternating",
            '"{side} arm", s = 3 }, { say = "Return", s = 2',
            ["From rep 2 on, only ticks. In later sets, only ticks.", TICKS],
        ),
    ],
)
def test_who_hears_only_ticks_is_told_once_how_long_a_part_lasts_and_which_tick_is_which(sides, tempo, told):
    text = (
        ONE.replace('"each"', f'"{sides}"')
        .replace('side_role = "{side} knee down"\n', "")
        .replace("{side} knee", "knee")
        + f"reps = 8\nsets = 2\nrest_s = 20\ntempo = [{{ say = {tempo} }}]\n"
    )
    for detail in (Detail.BRIEF, Detail.MINIMAL):
        said = [event.text for event in spoken(timed(session_of(parsed(text), layer(detail=detail)))[1])]
        of_a_rep = [text for text in said if text in (TICKS, REP_TICKS) or "only ticks" in text]
        assert of_a_rep == (told if detail is Detail.MINIMAL else [])


def test_how_long_the_rest_is_is_not_said_behind_words_that_shorten_it():
    plank = '[exercise.plank]\nname = "Plank"\nhold_s = 30\nrest_s = 60\n'
    text = HOLD.replace('exercises = ["kneel"]', 'exercises = ["plank", "kneel"]') + plank
    for leave, times in (("", 1), ('leave = "Lie down."\n', 0)):
        said = [event.text for event in spoken(timed(session_of(parsed(text + leave)))[1])]
        assert said.count("1 minute until the next exercise.") == times


def test_a_second_side_hears_what_it_loads_in_its_own_words_and_nothing_where_nothing_is_new():
    again = HOLD + 'setup_again = []\nload_again = "Glutes, and reach."\n'
    for detail, loads in ((Detail.FULL, ["Glutes, and reach."]), (Detail.BRIEF, []), (Detail.MINIMAL, [])):
        _, timeline = timed(session_of(parsed(again), layer(detail=detail)))
        first, second = timeline.of_kind(EventKind.HOLD)
        between = [event.text for event in spoken(timeline) if first.end_ms <= event.start_ms < second.start_ms]
        assert between[1:] == [*loads, "Ready."]


def test_who_comes_back_from_another_exercise_is_brought_into_position_even_where_a_second_side_would_stay_in_it():
    plank = '[exercise.plank]\nname = "Plank"\nsides = "both"\nhold_s = 30\n'
    flow = HOLD.replace('exercises = ["kneel"]', 'sides = "each"\nexercises = ["kneel", "plank"]')
    _, timeline = timed(session_of(parsed(flow + "setup_again = []\n" + plank)))
    holds = [event for event in timeline.of_kind(EventKind.HOLD) if event.place.exercise == "kneel"]
    before = [event.text for event in spoken(timeline) if holds[0].end_ms < event.start_ms < holds[1].start_ms]
    assert "Kneel on your right knee." in before, before


def test_a_side_in_which_both_are_stated_has_the_words_of_the_second_only_there():
    _, timeline = timed(session_of(parsed(HOLD + 'load_again = "Glutes, and reach."\n')))
    texts = [event.text for event in spoken(timeline)]
    assert texts.index("Reach up.") < texts.index("Glutes, and reach.")
    assert texts.count("Squeeze your glutes.") == 1


ROLL = (
    ONE.replace("kneel", "roll")
    .replace('load = ["Squeeze your glutes.", "Reach up."]', "")
    .replace("knee down", "thigh")
)
ROLL += 'hold_s = 45\ncaution = "Stay on the muscle, and off the bone."\ncaution_brief = "Off the bone."\n'


def between_sides(text: str, detail: Detail = Detail.FULL) -> list[str | None]:
    """Return what is said between the holds of the first two sides."""
    _, timeline = timed(session_of(parsed(text), layer(detail=detail)))
    first, second = timeline.of_kind(EventKind.HOLD)[:2]
    return [event.text for event in spoken(timeline) if first.end_ms <= event.start_ms < second.start_ms]


def test_on_a_second_side_a_caution_comes_right_before_the_step_that_loads_that_side():
    loads = '["Shift to the {other_side}.", "Weight onto your {side} thigh."]'
    for detail, key in ((Detail.FULL, "load"), (Detail.FULL, "load_again"), (Detail.MINIMAL, "load_minimal")):
        said = between_sides(f"{ROLL}{key} = {loads}\n", detail)
        assert said[-4:] == ["Shift to the left.", "Off the bone.", "Weight onto your right thigh.", "Ready."]


@pytest.mark.parametrize("loads", ['["Press.", "Breathe."]', '["Press your {side} thigh.", "Breathe."]'])
def test_a_caution_comes_before_all_that_loads_where_its_first_step_loads_the_side(loads):
    said = between_sides(f"{ROLL}load = {loads}\n")
    assert said.index("Off the bone.") < min(index for index, text in enumerate(said) if text.startswith("Press"))


def test_where_a_phase_goes_by_sides_a_caution_comes_before_the_step_that_loads_the_second():
    text = ROLL.replace('title = "Stretch"', 'title = "Stretch"\nsides = "each"')
    said = between_sides(text + 'load = ["Shift to the {other_side}.", "Weight onto your {side} thigh."]\n')
    assert said[-4:] == ["Shift to the left.", "Off the bone.", "Weight onto your right thigh.", "Ready."]


def test_in_a_circuit_whose_rests_have_no_room_for_what_loads_a_caution_of_a_second_side_is_said():
    loads = 'load = ["Shift to the {other_side}.", "Weight onto your {side} thigh.", "Off the bone."]\n'
    circuit = 'title = "Stretch"\nsides = "each"\ncircuit = { rounds = 1, rest_s = 5, work_s = 30 }'
    text = ROLL.replace('title = "Stretch"', circuit).replace('exercises = ["roll"]', 'exercises = ["roll", "plank"]')
    text += loads + '[exercise.plank]\nname = "Plank"\nsides = "both"\nhold_s = 30\n'
    _, timeline = timed(session_of(parsed(text)))
    roles = [
        event.role for event in spoken(timeline) if event.place.side is Side.RIGHT and event.text == "Off the bone."
    ]
    assert SpeechRole.CAUTION in roles


def test_a_caution_that_is_a_step_of_what_loads_is_said_there_alone():
    loads = 'load = ["Shift to the {other_side}.", "Weight onto your {side} thigh.", "Off the bone."]\n'
    assert between_sides(ROLL + loads)[-3:] == ["Weight onto your right thigh.", "Off the bone.", "Ready."]
    assert between_sides(ROLL + loads).count("Off the bone.") == 1
    # The first time has its own words before, and a later set has no step that says it.
    said = [event.text for event in spoken(timed(session_of(parsed(ROLL + loads + "sets = 2\nrest_s = 20\n")))[1])]
    assert said.count("Stay on the muscle, and off the bone.") == 1
    assert said.count("Off the bone.") == 4


@pytest.mark.parametrize(
    ("detail", "first", "second"),
    [
        (Detail.FULL, "We begin with the left leg at the wall.", "Switch sides. Next, the right leg at the wall."),
        (Detail.BRIEF, "We begin with the left leg at the wall.", "Switch sides. Next, the right leg at the wall."),
        (Detail.MINIMAL, "We begin with the left leg at the wall.", "Switch. Next, the right leg at the wall."),
    ],
)
def test_a_side_that_a_step_of_what_loads_brings_into_place_is_announced_and_not_commanded(detail, first, second):
    text = HOLD.replace("Kneel on your {side} knee.", "Kneel by the wall.").replace("Reach up.", "{side} shin up.")
    text = text.replace("{side} knee down", "the {side} leg at the wall")
    text += 'setup_again = []\nload_minimal = "{side} shin up."\n'
    said = [event.text for event in spoken(timed(session_of(parsed(text), layer(detail=detail)))[1])]
    assert [said.count(each) for each in (first, second)] == [1, 1]
    # Where no step names the side, its words are what brings it into place.
    plain = text.replace("{side} shin up.", "Shin up.").replace("the {side} leg at the wall", "{side} leg up")
    said = [event.text or "" for event in spoken(timed(session_of(parsed(plain), layer(detail=detail)))[1])]
    assert "Left leg up to begin." in said
    assert next(text for text in said if text.startswith("Switch")).endswith(("Right leg up now.", "Right leg up."))


def test_brief_has_its_own_words_for_what_loads():
    text = HOLD + 'load_brief = "Glutes, and up."\nload_minimal = "Glutes."\n'
    loads = {"Squeeze your glutes.", "Glutes, and up.", "Glutes."}
    for detail, told in (
        (Detail.FULL, ["Squeeze your glutes."] * 2),
        (Detail.BRIEF, ["Glutes, and up.", "Glutes."]),
        (Detail.MINIMAL, ["Glutes."] * 2),
    ):
        said = [event.text for event in spoken(timed(session_of(parsed(text), layer(detail=detail)))[1])]
        assert [text for text in said if text in loads] == told


@pytest.mark.parametrize("detail", list(Detail))
def test_on_a_second_side_a_pulse_under_the_ball_is_told_once_and_on_the_ball(detail):
    _, timeline = timed(session_of(load_protocol("hip-flexor"), layer(detail=detail)))
    _, second = (hold for hold in timeline.of_kind(EventKind.HOLD) if hold.place.exercise == "psoas-ball")
    change = [event for event in spoken(timeline) if second.start_ms - 90_000 < event.start_ms < second.start_ms]
    said = [event.text or "" for event in change if event.place == second.place]
    [told] = [index for index, text in enumerate(said) if "pulse" in text]
    lowered = next(index for index, text in enumerate(said) if "until the ball rests on the floor" in text)
    assert lowered < told == len(said) - 2


@pytest.mark.parametrize(("detail", "times"), [(Detail.FULL, 2), (Detail.BRIEF, 0), (Detail.MINIMAL, 0)])
def test_a_set_of_reps_has_a_few_words_past_its_middle_in_place_of_a_tick(detail, times):
    text = ONE.replace('"each"', '"both"').replace("{side} ", "").replace('side_role = "knee down"\n', "")
    text += 'reps = 10\nsets = 2\nrest_s = 20\nmid_set = "Slowly."\n'
    text += 'tempo = [{ say = "Lift", s = 1 }, { say = "Hold", s = 3 }, { say = "Lower", s = 2 }]\n'
    _, timeline = timed(session_of(parsed(text), layer(detail=detail)))
    said = [event for event in spoken(timeline) if event.text == "Slowly."]
    assert [event.place.rep for event in said] == [6] * times
    starts = {(rep.place.set, rep.place.rep): rep.start_ms for rep in timeline.of_kind(EventKind.REP)}
    assert all(abs(event.start_ms - starts[event.place.set, 6] - 1_000) <= 24 for event in said)


@pytest.mark.parametrize("tempo", ["Out|3|Return|2", "Out|3"])
def test_the_words_for_the_middle_of_a_set_follow_the_count_where_the_first_part_is_the_longest(tempo):
    words = tempo.split("|")
    parts = [f'{{ say = "{{side}} {say}", s = {s} }}' for say, s in zip(words[::2], words[1::2], strict=True)]
    text = ONE.replace('"each"', '"alternating"').replace("{side} ", "").replace('side_role = "knee down"\n', "")
    text += f'reps = 10\nmid_set = "Slowly."\ntempo = [{", ".join(parts)}]\n'
    _, timeline = timed(session_of(parsed(text)))
    [said] = [event for event in spoken(timeline) if "Slowly." in (event.text or "")]
    assert (said.text, said.role, said.place.rep) == ("6, left. Slowly.", SpeechRole.COACHING, 6)
    reps = [rep for rep in timeline.of_kind(EventKind.REP) if rep.place == said.place]
    assert [abs(said.start_ms - rep.start_ms) <= 24 for rep in reps] == [True]
    assert timeline.dropped == ()


def test_the_words_for_the_middle_of_a_set_that_have_no_room_behind_the_count_are_listed():
    text = ONE.replace('"each"', '"both"').replace("{side} ", "").replace('side_role = "knee down"\n', "")
    text += 'reps = 10\nmid_set = "Slowly, and with all of your attention on the lower back."\n'
    text += 'tempo = [{ say = "Out", s = 2 }, { say = "Return", s = 1 }]\n'
    _, timeline = timed(session_of(parsed(text)))
    [counted] = [event for event in spoken(timeline) if event.place.rep == 6]
    assert (counted.text, counted.role) == ("6.", SpeechRole.COUNT)
    assert [(cue.text[:10], cue.why) for cue in timeline.dropped] == [("6. Slowly,", "no room in the tempo")]


@pytest.mark.parametrize(("reps", "said_in"), [(10, 6), (8, 5), (6, 5), (5, 5), (4, None)])
def test_the_words_for_the_middle_of_a_first_set_wait_until_its_parts_only_tick(reps, said_in):
    text = ONE.replace('"each"', '"both"').replace("{side} ", "").replace('side_role = "knee down"\n', "")
    text += f'reps = {reps}\nmid_set = "Slowly."\n'
    text += 'tempo = [{ say = "Lift", s = 1 }, { say = "Hold", s = 3 }, { say = "Lower", s = 2 }]\n'
    said = [event for event in spoken(timed(session_of(parsed(text)))[1]) if event.text == "Slowly."]
    assert [event.place.rep for event in said] == ([] if said_in is None else [said_in])
