import pytest

from audioguide.compose.composer import compose
from audioguide.library.protocol_files import load_protocol
from audioguide.model.kinds import Detail, EventKind, RestRole, Side, SpeechRole
from audioguide.model.script import Break, Hold, Script
from tests.helpers import HEAD, HOLD, REPS, layer, parsed, session_of, timed


def script_of(text: str, **table: object) -> Script:
    return compose(session_of(parsed(text), layer(**table)), 600_000)


def texts(script: Script, *roles: SpeechRole) -> list[str]:
    return [line.text for line in script.lines() if line.role in roles]


def test_the_intro_says_what_how_long_with_what_and_when_to_stop():
    script = compose(session_of(load_protocol("hip-flexor")), 35 * 60_000 + 20_000)
    intro = texts(script, SpeechRole.INTRO, SpeechRole.SAFETY)
    assert intro[:2] == ["Hello, and welcome.", "Hip flexor release."]
    assert "It takes about 35 minutes." in intro
    assert "Stop an exercise at once if you feel sharp or burning pain, numbness or tingling." in intro
    assert (
        intro.index("Stop an exercise at once if you feel sharp or burning pain, numbness or tingling.")
        < len(intro) - 3
    )
    assert intro[-7].startswith("Before you begin, see a professional if you have numbness")
    assert intro[-3] == (
        "Now get these ready: foam roller, massage ball, mat and cushion for the knee. "
        "Put the mat by the wall or couch. Lay everything within reach. You have 30 seconds. Pause if you need longer."
    )


@pytest.mark.parametrize(
    ("profile", "said", "gather_s"),
    [
        ({}, "Now get these ready: mat. You have 10 seconds.", 10),
        ({"gather_s": 90}, "Now get these ready: mat. You have 90 seconds.", 90),
        ({"gather_s": 0}, "You need: mat. Pause if you need time to get ready.", None),
        ({"detail": "minimal"}, "You need: mat. Pause if you need time to get ready.", None),
        ({"detail": "minimal", "gather_s": 20}, "Now get these ready: mat. You have 20 seconds.", 20),
    ],
)
def test_what_is_needed_is_named_with_time_to_fetch_it_as_a_chapter_of_its_own(profile, said, gather_s):
    script, timeline = timed(session_of(parsed(HOLD + 'equipment = ["mat"]\n'), layer(**profile)))
    if gather_s is not None:
        said += " Pause if you need longer."
    assert said in texts(script, SpeechRole.INTRO)
    gathers = [chapter for chapter in timeline.chapters if chapter.title == "Fetch what you need"]
    assert len(gathers) == (gather_s is not None)
    for chapter in gathers:
        heard = [event for event in timeline.events_in(chapter) if event.kind is EventKind.SPEECH]
        assert [event.text for event in heard] == [said, "Take one slow breath, and settle in.", "Let's begin."]
        (rest,) = [event for event in timeline.events_in(chapter) if event.kind is EventKind.REST]
        assert abs(rest.end_ms - heard[0].end_ms - gather_s * 1000) <= 24


def test_nothing_is_fetched_where_nothing_is_needed():
    script = script_of(HOLD, gather_s=60)
    assert not [text for text in texts(script, SpeechRole.INTRO) if "fetch" in text or "need" in text]


def test_the_stop_rule_and_cautions_are_said_at_every_level_of_detail():
    for detail in ("full", "brief", "minimal"):
        script = compose(session_of(load_protocol("hip-flexor"), layer(detail=detail)))
        assert "Stop an exercise at once if you feel sharp or burning pain, numbness or tingling." in texts(
            script, SpeechRole.SAFETY
        )
        cautions = " ".join(texts(script, SpeechRole.CAUTION))
        assert "feel a pulse, lift off" in cautions
        assert "In case of pregnancy or abdominal condition, leave this out" in cautions


def test_whom_an_exercise_may_harm_hears_so_before_getting_into_position():
    session = session_of(load_protocol("hip-flexor"))
    lines = [line for line in compose(session).lines() if line.place.exercise == "psoas-ball"]
    roles = [line.role for line in lines]
    assert "In case of" in lines[roles.index(SpeechRole.CAUTION)].text
    assert roles.index(SpeechRole.CAUTION) < roles.index(SpeechRole.SETUP)


def test_what_is_left_out_is_said_at_the_start():
    session = session_of(load_protocol("hip-flexor"), layer(avoid=["pregnancy"]))
    assert "Not in today's session: Psoas ball release." in texts(compose(session), SpeechRole.INTRO)


def test_equipment_is_only_what_the_session_uses():
    session = session_of(load_protocol("hip-flexor"), layer(skip=["quad-foam-roll"]))
    assert not any("foam roller" in line.text for line in compose(session).lines())


def test_instructions_are_in_full_once_and_brief_on_the_second_side():
    assert texts(script_of(HOLD), SpeechRole.SETUP) == [
        "Kneel on your left knee.",
        "Look ahead.",
        "Kneel on your right knee.",
    ]
    assert texts(script_of(HOLD, detail="brief"), SpeechRole.SETUP) == ["Kneel on your left knee."]
    assert texts(script_of(HOLD, detail="minimal"), SpeechRole.SETUP) == ["Left side to begin."]


@pytest.mark.parametrize(
    ("first_side", "setup"),
    [
        ("right", "Sit upright."),
        ("right", "Both knees make a right angle."),
        ("left", "Use the hand that is left over."),
    ],
)
def test_a_word_that_only_looks_like_a_side_does_not_stand_for_its_announcement(first_side, setup):
    script = script_of(HOLD.replace('"Kneel on your {side} knee.", "Look ahead."', f'"{setup}"'), first_side=first_side)
    assert texts(script, SpeechRole.SETUP)[:2] == [f"{first_side.capitalize()} side to begin.", setup]


@pytest.mark.parametrize("detail", ["full", "brief", "minimal"])
def test_both_forms_of_a_side_are_said_as_its_placeholder_is(detail):
    forms = HOLD.replace("{side}", "{left|right}").replace("{other_side}", "{other:left|right}")
    said = [line.text for line in script_of(HOLD, detail=detail).lines()]
    assert [line.text for line in script_of(forms, detail=detail).lines()] == said


def test_sides_switch_in_the_person_s_order():
    script = script_of(HOLD, first_side="right")
    assert [step.place.side for step in script.steps if isinstance(step, Hold)] == [Side.RIGHT, Side.LEFT]
    # The side is named by the next words, where there is no better name for it.
    assert texts(script, SpeechRole.SWITCH) == ["Switch sides."]
    sided = [line for line in script.lines() if line.role is SpeechRole.SETUP and line.place.side is Side.LEFT]
    assert "left" in sided[0].text


def test_unequal_holds_are_announced_as_such():
    script = script_of(HOLD, exercise={"reach": {"hold_s": {"left": 60, "right": 45}}})
    assert "1 minute on the left, 45 seconds on the right." in texts(script, SpeechRole.EXERCISE)


def test_a_rest_between_sets_says_what_comes():
    assert texts(script_of(REPS), SpeechRole.REST) == ["Rest. 20 seconds.", "Then the last set."]


def test_alternating_reps_count_a_pair_and_name_each_side():
    session = session_of(load_protocol("hip-flexor"), layer(exercise={"dead-bug": {"reps": 3, "sets": 1}}))
    script = compose(session)
    counts = [line for line in script.lines() if line.role is SpeechRole.COUNT and line.place.exercise == "dead-bug"]
    openings = [line.text for line in counts if line.place.rep and line.place.rep > 1]
    assert [text for text in openings if "Return" not in text] == ["2, left.", "Right.", "Last, left.", "Last, right."]


@pytest.mark.parametrize("detail", [*Detail])
def test_breathing_is_guided_by_words_alone_and_told_where_half_is_done_and_one_is_left(detail):
    session = session_of(load_protocol("box-breathing"), layer(detail=detail))
    counts = [line.text for line in compose(session).lines() if line.role is SpeechRole.COUNT]
    assert len(counts) == 16 * 4
    assert counts[:4] == ["Breathe in.", "Hold.", "Breathe out.", "Hold."]
    assert counts.pop(15 * 4 - 1) == "Hold. One more."
    assert counts.pop(8 * 4 - 1) == "Hold. Halfway."
    assert set(counts) == {"Breathe in.", "Hold.", "Breathe out."}


BREATHS = """
[[phase]]
title = "Breathe"
exercises = ["breath"]
[exercise.breath]
name = "Breath"
reps = 3
count = false
tempo = [{ s = 4, say = "In", breath = "in" }, { s = 6, breath = "out" }]
"""


def test_a_breath_without_a_word_at_its_end_has_the_progress_alone_and_reps_without_breaths_have_none():
    assert texts(script_of(BREATHS), SpeechRole.COUNT) == ["In.", "Halfway.", "In.", "One more.", "In."]
    other = BREATHS.replace(', breath = "in"', "").replace(', breath = "out"', "")
    assert texts(script_of(other), SpeechRole.COUNT) == ["In.", "In.", "In."]
    once = BREATHS.replace("reps = 3", "reps = 1")
    assert texts(script_of(once), SpeechRole.COUNT) == ["In."]


def test_the_next_exercise_is_announced_while_resting():
    session = session_of(load_protocol("hip-flexor"))
    breaks = [step for step in compose(session).steps if isinstance(step, Break) and step.role is RestRole.SETUP]
    assert len(breaks) == 1 + 8
    assert all(any(line.role is SpeechRole.EXERCISE for line in step.lines) for step in breaks[1:])


def test_without_tips_a_hold_keeps_its_time_calls_and_cautions():
    script = script_of(HOLD, cues={"tips": False})
    assert not texts(script, SpeechRole.COACHING, SpeechRole.MISTAKE)
    assert "Stay off the bone." in texts(script, SpeechRole.CAUTION)
    assert "Halfway." in texts(script, SpeechRole.TIME)


def test_without_tips_reps_are_not_coached_either():
    session = session_of(load_protocol("hip-flexor"), layer(cues={"tips": False}))
    assert not texts(compose(session), SpeechRole.COACHING, SpeechRole.MISTAKE)


CIRCUIT = """
[[phase]]
title = "Round"
exercises = ["pigeon", "psoas-ball"]
circuit = { rounds = 2, work_s = 5, rest_s = 4 }
"""


def test_a_circuit_says_its_cautions_before_it_begins():
    script = compose(session_of(parsed(CIRCUIT)))
    approach = next(step for step in script.steps if isinstance(step, Break) and step.place.exercise)
    cautions = [line.text for line in approach.lines if line.role is SpeechRole.CAUTION]
    assert cautions[0] == "About Psoas ball release:"
    assert "In case of pregnancy" in cautions[1]
    assert "feel a pulse, lift off" in cautions[2]
    _, timeline = timed(session_of(parsed(CIRCUIT)))
    first_hold = timeline.of_kind(EventKind.HOLD)[0]
    assert set(cautions) <= {event.text for event in timeline.events if event.end_ms < first_hold.start_ms}


def test_doses_are_announced_in_whole_sentences():
    def said(text: str, **own: object) -> list[str]:
        return texts(script_of(text, exercise={"reach" if "reach" in text else "bridge": own}), SpeechRole.EXERCISE)

    both = HOLD.replace('sides = "each"', "").replace("{side}", "left").replace("{other_side}", "right")
    assert "2 sets of 45 seconds." in said(both, sets=2)
    assert "For 45 seconds." in said(both)
    assert "3 sets of 45 seconds on each side." in said(HOLD, sets=3)
    assert "59.6 seconds on each side." in said(HOLD, hold_s=59.6)
    assert "2 sets of 4." in said(REPS)
    assert "Once." in said(REPS, sets=1, reps=1)
    assert "5 times." in said(REPS, sets=1, reps=5)


def test_whom_to_see_is_said_at_every_level_of_detail():
    for detail in ("full", "brief", "minimal"):
        session = session_of(load_protocol("hip-flexor"), layer(detail=detail))
        assert set(session.see_professional) <= set(texts(compose(session), SpeechRole.CLOSING))


def test_a_long_rest_calls_back_into_position_before_it_ends():
    _, timeline = timed(session_of(load_protocol("hip-flexor")))
    positions = {
        "Lower back pressed into the floor. If it lifts, reach less far.",
        "Arms up, one leg up, then the other.",
        *(line.say for line in load_protocol("hip-flexor").exercise["bird-dog"].load_minimal),
        *(line.say for line in load_protocol("hip-flexor").exercise["glute-bridge"].setup_minimal),
    }
    calls = [event for event in timeline.events if event.role is SpeechRole.TIME and event.text in positions]
    # Between bridges nobody is told to come out of the position, and stays in it.
    assert len(calls) == 0 + 2 * 2 + 2
    starts = [event.start_ms for event in timeline.events if event.role == "start"]
    assert all(min(start for start in starts if start > call.end_ms) - call.start_ms > 5_000 for call in calls)
    # The last call says what takes 3 s to do, and "Ready" comes behind that.
    last = [call for call in calls if call.text.startswith("Arms up")]
    assert all(min(start for start in starts if start > call.end_ms) - call.end_ms > 4_000 for call in last)


def test_the_session_s_length_is_said_as_it_comes_out():
    session = session_of(load_protocol("movement-break"))
    _, timeline = timed(session, None)
    script, timeline = timed(session, timeline.duration_ms)
    minutes = round(timeline.duration_ms / 60_000)
    assert f"It takes about {minutes} minutes." in texts(script, SpeechRole.INTRO)


@pytest.mark.parametrize(("week", "daily"), [(None, True), (1, True), (2, True), (3, False), (8, False)])
def test_the_closing_says_how_often_as_it_holds_in_this_week(week: int | None, daily: bool):
    wish = {} if week is None else {"week": week}
    said = texts(compose(session_of(load_protocol("hip-flexor"), layer(**wish))), SpeechRole.CLOSING)
    assert ("Do this every day for the first 14 days." in said) == daily
    assert ("After that, do it three or four times a week." in said) == daily
    assert ("Do this three or four times a week." in said) != daily


def test_a_closing_line_of_some_weeks_may_be_all_that_differs():
    text = HEAD + 'closing = ["Bye.", { text = "See you in week 2.", weeks = 1 }]\n' + HOLD
    closings = [session_of(parsed(text), layer(week=week)).closing for week in (1, 2)]
    assert closings == [("Bye.", "See you in week 2."), ("Bye.",)]
    assert session_of(parsed(text), layer(week=2)).warnings == ()


PLACED = """
[[phase]]
title = "Release"
exercises = ["tfl-foam-roll", "spinal-double-ball", "psoas-ball", "dead-bug"]
"""


def lowered(other_side: str) -> list[str]:
    return [
        f"With as little pressure as you can, lower slowly, {other_side} leg sliding back, "
        "until the ball rests on the floor.",
        "Slide your hand out. Both forearms carry you.",
    ]


def test_minimal_says_names_doses_sides_and_what_keeps_a_person_safe():
    script = compose(session_of(parsed(PLACED), layer(detail="minimal")))
    said = [line.text for line in script.lines()]
    assert texts(script, SpeechRole.SETUP) == [
        "Left hip on the roller to begin.",
        "Roller just below the bony point of your outer hip.",
        "Roller just below the bony point of your outer hip.",
        "Balls level with your navel, one on each side of your spine.",
        "Ball in hand. From the bony point at the front of your left hip, about 2 inches towards your feet "
        "and inward. Hold it there with your left hand, from the outer side.",
        "Right forearm and knees, hips high, left knee out.",
        *lowered("right"),
        "A pulse? Lift off, and move the ball outward. Numbness or tingling? Come off the ball, and rest.",
        "Come off the ball, and kneel up.",
        "Ball in hand. From the bony point at the front of your right hip, about 2 inches towards your feet "
        "and inward. Hold it there with your right hand, from the outer side.",
        "Left forearm and knees, hips high, right knee out.",
        *lowered("left"),
        "A pulse? Lift off, and move the ball outward. Numbness or tingling? Come off the ball, and rest.",
        "Come off the ball, and put it aside.",
        "On your back, feet flat, with room to stretch arms and legs.",
        "From rep 2 on, only ticks. In later sets, only ticks.",
        "Low ticks: left arm slowly out for 3 seconds, then return. High ticks: the same on the right.",
        "Lower back pressed into the floor. If it lifts, reach less far.",
        "Arms up, one leg up, then the other.",
        *["One foot down, then the other. Rest your arms."] * 3,
    ]
    assert {"First: TFL foam roll.", "1 minute on each side.", "3 sets of 8 on each side."} <= set(said)
    rolled = compose(session_of(load_protocol("hip-flexor"), layer(detail="minimal")))
    cautions = texts(rolled, SpeechRole.CAUTION)
    assert cautions[:2] == [
        "Stay on the muscle. Never roll over the hip bone.",
        "Stay on the muscle, never over the hip bone.",
    ]


def test_brief_says_on_both_sides_where_a_ball_lies():
    setup = texts(compose(session_of(parsed(PLACED), layer(detail="brief"))), SpeechRole.SETUP)
    assert len([text for text in setup if "towards your feet" in text]) == 2
