"""Getting into position: each step has time to be done before the next, and the break is no longer for it."""

from itertools import pairwise

import pytest

from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import BeepRole, Detail, EventKind, RestRole, SpeechRole
from audioguide.model.script import Break, ChapterTitle, Line, Place, Rep, RepSet, Script
from audioguide.model.timeline import Event, Timeline
from audioguide.model.units import FRAME_MS
from audioguide.schedule.lead_tones import SILENCE_MS
from audioguide.schedule.pauses import KEPT_MS, LOAD_PAUSE_MS, pauses_ms
from audioguide.schedule.placer import LINE_GAP_MS
from audioguide.schedule.scheduler import schedule
from tests.helpers import BEEP_MS, layer, parsed, session_of, speech_ms, timed, timeline_of, without_pauses

KNEEL = """
[[phase]]
title = "Stretch"
exercises = ["kneel"]
[exercise.kneel]
name = "Kneel"
sides = "each"
side_role = "{side} knee down"
setup_s = SETTLE
switch_s = 12
hold_s = 45
setup = ["Put the mat down.", "Kneel on your {side} knee.", "Step forward."]
setup_brief = ["Kneel on your {side} knee.", "Step forward."]
load = ["Squeeze your glutes.", "Reach up."]
caution = ["Stay off the bone."]
"""


def before_hold(timeline: Timeline, number: int = 0) -> list[Event]:
    """Return what is said between the hold before and this one, counted from 0."""
    holds = timeline.of_kind(EventKind.HOLD)
    from_ms = holds[number - 1].end_ms if number else 0
    return [event for event in timeline.of_kind(EventKind.SPEECH) if from_ms <= event.start_ms < holds[number].start_ms]


def silence_behind_ms(said: list[Event]) -> dict[str | None, int]:
    """Return the silence between each text and the next one."""
    return {earlier.text: later.start_ms - earlier.end_ms for earlier, later in pairwise(said)}


@pytest.mark.parametrize(
    ("silence_s", "steps", "loads", "pauses"),
    [
        (30, 3, 2, (4_464, 3_840)),
        (12, 2, 0, (4_464, 0)),
        (9, 2, 2, (1_800, 1_200)),
        (9, 0, 2, (0, 2_976)),
        (4, 1, 0, (960, 0)),
        (3, 4, 2, (0, 0)),
        (0, 1, 1, (0, 0)),
        (20, 0, 0, (0, 0)),
    ],
)
def test_the_silence_is_shared_and_a_sixth_of_it_stays(silence_s, steps, loads, pauses):
    silence_ms = silence_s * 1000
    step_ms, load_ms = pauses_ms(silence_ms, silence_ms, steps=steps, loads=loads)
    assert (step_ms if steps else 0, load_ms if loads else 0) == pytest.approx(pauses, abs=FRAME_MS * 2)
    assert step_ms % FRAME_MS == load_ms % FRAME_MS == 0
    assert load_ms <= LOAD_PAUSE_MS
    kept_ms = silence_ms - steps * step_ms - loads * load_ms
    assert kept_ms >= min(silence_ms, max(silence_ms // 6, KEPT_MS))


def test_each_step_is_followed_by_time_to_do_it_and_names_doses_and_things_are_not():
    said = before_hold(timeline_of(KNEEL.replace("SETTLE", "24")))
    silence_ms = silence_behind_ms(said)
    for step in ("Put the mat down.", "Kneel on your left knee.", "Step forward."):
        assert 3_000 <= silence_ms[step] < SILENCE_MS
    for text in ("First: Kneel.", "45 seconds on each side."):
        assert silence_ms.get(text, LINE_GAP_MS) < LINE_GAP_MS + FRAME_MS
    # What comes last has the longest silence before it, and time to do it behind it.
    assert silence_ms["Stay off the bone."] >= 4_000
    assert silence_ms["Squeeze your glutes."] >= 1_700
    assert 2_500 <= silence_ms["Reach up."] < 4_000


def test_both_sides_have_their_pauses_and_the_second_one_has_them_behind_its_steps_only():
    timeline = timeline_of(KNEEL.replace("SETTLE", "24"))
    said = before_hold(timeline, 1)
    silence_ms = silence_behind_ms(said)
    assert silence_ms["Switch sides."] < 2_000, "the step that names the side comes next"
    assert silence_ms["Kneel on your right knee."] >= 1_500 + LINE_GAP_MS
    assert silence_ms["Step forward."] >= 1_500 + LINE_GAP_MS
    loaded = next(index for index, event in enumerate(said) if event.text == "Squeeze your glutes.")
    assert said[loaded].start_ms - said[loaded - 1].end_ms >= 3_000
    by_role = KNEEL.replace('setup_brief = ["Kneel on your {side} knee.", "Step', 'setup_brief = ["Step')
    silence_ms = silence_behind_ms(before_hold(timeline_of(by_role.replace("SETTLE", "24")), 1))
    assert silence_ms["Switch sides. Right knee down now."] >= 2_000, "the role is a step"


@pytest.mark.parametrize("settle_s", [0, 1, 3, 4])
def test_a_short_time_to_get_into_position_stays_in_one_piece(settle_s):
    said = before_hold(timeline_of(KNEEL.replace("SETTLE", str(settle_s)).replace("load", "coaching")))
    silence_ms = silence_behind_ms(said)
    assert silence_ms["Put the mat down."] < LINE_GAP_MS + (FRAME_MS if settle_s <= 3 else 1_000)


@pytest.mark.parametrize("rest_s", [30, 60, 240])
def test_in_a_long_rest_the_steps_have_their_pauses_and_the_call_into_position_keeps_its_time(rest_s):
    two = KNEEL.replace('["kneel"]', '["walk", "kneel"]').replace("SETTLE", "10")
    walk = f'[exercise.walk]\nname = "Walk"\nhold_s = 30\nrest_s = {rest_s}\n'
    script, timeline = timed(session_of(parsed(two + walk)))
    said = before_hold(timeline, 1)
    plain = without_pauses(script)
    assert timeline.of_kind(EventKind.REST) == plain.of_kind(EventKind.REST)
    called = [event for event in said if event.text == "Get into position."]
    assert called == [event for event in before_hold(plain, 1) if event.text == "Get into position."] != []
    silence_ms = silence_behind_ms(said)
    assert silence_ms["Get into position."] >= KEPT_MS
    if rest_s > 30:
        # Else it is called as soon as all is said.
        assert silence_ms["Kneel on your left knee."] == pytest.approx(4_464 + LINE_GAP_MS, abs=2 * FRAME_MS)


def test_what_explains_the_count_comes_when_all_is_explained_and_has_no_pause():
    text = """
[[phase]]
title = "Strengthen"
exercises = ["bridge"]
[exercise.bridge]
name = "Bridge"
reps = 10
setup_s = 20
tempo = [ { say = "Lift", s = 2 }, { say = "Lower", s = 2 } ]
setup = ["Lie on your back.", "Bend your knees."]
"""
    said = [event for event in timeline_of(text).of_kind(EventKind.SPEECH) if event.place.rep is None]
    texts = [event.text or "" for event in said]
    dose, *steps, explained = texts[texts.index("10 times.") :][:4]
    assert (dose, steps) == ("10 times.", ["Lie on your back.", "Bend your knees."])
    assert explained.startswith("After a few reps, I only count.")
    assert silence_behind_ms(said)["Lie on your back."] >= 3_000


def test_what_explains_the_pacers_tone_is_heard_before_anybody_moves():
    text = KNEEL.replace("SETTLE", "24") + "breath = true\n"
    texts = [event.text for event in before_hold(timeline_of(text, layer(breath={"on": True})))]
    explained = texts.index("Breathe in while the tone rises, and out while it falls.")
    assert explained < texts.index("Put the mat down.")


def test_what_a_round_has_is_told_without_pauses_as_nobody_does_it_yet():
    text = """
[[phase]]
title = "Round"
exercises = ["squat", "row"]
circuit = { minutes = 5 }
[exercise.squat]
name = "Squat"
reps = 8
setup_s = 20
setup = ["Stand tall.", "Feet apart."]
[exercise.row]
name = "Row"
reps = 8
setup = ["Hold the bar.", "Lean back."]
"""
    silence_ms = silence_behind_ms(before_hold(timeline_of(text)))
    assert all(silence_ms[step] < LINE_GAP_MS + FRAME_MS for step in ("Stand tall.", "Feet apart.", "Hold the bar."))


def test_a_tip_that_comes_later_for_the_pauses_takes_no_place_from_the_next_one():
    """A single quick rep is over before the next tip may come, so the pauses behind the steps give way."""

    def tip(text: str) -> Line:
        return Line(SpeechRole.COACHING, text)

    place = Place("jump", set=1)
    steps = tuple(Line(SpeechRole.SETUP, text, moves=True) for text in ("Stand.", "Bend."))
    reps = RepSet(place, (Rep(place, (1_000,), (BeepRole.REP,)),), lead_ms=1_000)
    title = ChapterTitle("Jump")
    script = Script(
        (
            Break(RestRole.SETUP, place, (*steps, tip("Land softly.")), settle_ms=9_500, chapter=title),
            reps,
            Break(RestRole.REST, place, (tip("Look ahead."),), settle_ms=3_000),
            reps,
        )
    )
    paused = schedule(script, {text: speech_ms(text) for text in script.texts()}, BEEP_MS)
    plain = without_pauses(script)
    assert not plain.dropped
    assert not paused.dropped
    assert paused.duration_ms == plain.duration_ms
    first, second = (
        [event.start_ms for event in timeline.of_kind(EventKind.SPEECH)][1:3] for timeline in (plain, paused)
    )
    assert all(later >= earlier for earlier, later in zip(first, second, strict=True))


@pytest.mark.parametrize("protocol", builtin_ids())
def test_in_built_in_sessions_each_step_has_time_before_the_next(protocol):
    script, timeline = timed(session_of(load_protocol(protocol), layer(detail=Detail.FULL)))
    steps = {
        (line.text, line.place)
        for step in script.steps
        if isinstance(step, Break) and not step.exact and step.settle_ms >= 10_000
        for line in step.lines
        if line.moves
    }
    said = timeline.of_kind(EventKind.SPEECH)
    for event, later in pairwise(said):
        if (event.text, event.place) in steps:
            assert later.start_ms - event.end_ms >= LINE_GAP_MS + 500


def test_an_instruction_has_the_time_that_it_states_and_the_break_is_longer_by_it():
    stated = KNEEL.replace('"Put the mat down."', '{ say = "Put the mat down.", give_s = 7 }')
    stated = stated.replace('"Squeeze your glutes."', '{ say = "Squeeze your glutes.", give_s = 5 }')
    plain, timeline = (timeline_of(text.replace("SETTLE", "24")) for text in (KNEEL, stated))
    silence_ms = silence_behind_ms(before_hold(timeline))
    assert 7_000 <= silence_ms["Put the mat down."] - LINE_GAP_MS <= 7_000 + 2 * FRAME_MS
    assert 5_000 <= silence_ms["Squeeze your glutes."] - LINE_GAP_MS <= 5_000 + 2 * FRAME_MS
    first, longer = (made.of_kind(EventKind.HOLD)[0].start_ms for made in (plain, timeline))
    assert abs(longer - first - 12_000) <= 4 * FRAME_MS
    # The others share what they shared before, among fewer.
    assert silence_ms["Step forward."] >= silence_behind_ms(before_hold(plain))["Step forward."]


def test_in_a_break_of_exact_length_no_instruction_has_time_of_its_own():
    circuit = KNEEL.replace(
        'exercises = ["kneel"]', 'exercises = ["kneel", "walk"]\ncircuit = { rounds = 2, rest_s = 20 }'
    )
    circuit += '[exercise.walk]\nname = "Walk"\nhold_s = 30\nsetup_s = 0\nsetup = { say = "Stand up.", give_s = 9 }\n'
    rests = timeline_of(circuit.replace("SETTLE", "0")).of_kind(EventKind.REST)
    assert {event.duration_ms for event in rests if event.place.exercise == "walk"} == {19_992}


def test_who_rests_at_the_end_has_a_moment_of_it_before_the_closing_words():
    timeline = timed(session_of(load_protocol("hip-flexor")))[1]
    silence_ms = silence_behind_ms(timeline.of_kind(EventKind.SPEECH))
    assert silence_ms["Rest now, in any position you like."] >= 8_000
    assert silence_ms["Take one slow breath, and settle in."] >= 5_000


@pytest.mark.parametrize("give_s", [0, 3, 6, 10, 20])
@pytest.mark.parametrize("rest_s", [40, 60, 120])
def test_a_call_into_position_comes_before_what_loads_however_long_that_takes(give_s, rest_s):
    text = f"""
[[phase]]
title = "Strengthen"
exercises = ["sit", "kneel"]
[exercise.sit]
name = "Wall sit"
hold_s = 20
rest_s = {rest_s}
[exercise.kneel]
name = "Kneel"
hold_s = 20
setup = [{{ say = "Kneel down.", give_s = 4 }}, "Look ahead."]
load = [{{ say = "Step your foot forward.", give_s = {give_s} }}, "Squeeze."]
"""
    said = [event.text for event in before_hold(timeline_of(text), 1)]
    assert said.index("Look ahead.") < said.index("Step your foot forward.") < said.index("Squeeze.")
    if "Get into position." in said:
        assert said.index("Look ahead.") < said.index("Get into position.") < said.index("Step your foot forward.")
    assert "Get into position." in said or give_s + 4 + 10 + 20 > rest_s


@pytest.mark.parametrize("rest_s", [30, 40, 50, 60, 90, 120])
@pytest.mark.parametrize("detail", [*Detail])
def test_rests_of_any_length_before_what_has_time_of_its_own_overlap_nothing(rest_s, detail):
    rests = {name: {"rest_s": rest_s} for name in ("dead-bug", "glute-bridge", "half-kneeling", "couch-stretch")}
    assert timed(session_of(load_protocol("hip-flexor"), layer(detail=detail, exercise=rests)))[1].duration_ms
