"""The page to print: what it says, in which order, and that no text breaks out of its place."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from msgspec.structs import replace

from audioguide.export.handout.handout_page import Handout, to_html
from audioguide.export.handout.printed_texts import Breaks, PrintedTexts, printed_texts
from audioguide.export.handout.week_table import Head, Weeks, heads, rows, start
from audioguide.library.builtin import exercises
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import Day
from audioguide.model.plan import Change, Plan
from audioguide.model.protocol import Programme, Protocol
from audioguide.model.session import Omission, Prescription, Rounds
from audioguide.model.voice import VoiceSettings
from audioguide.prescribe.layers import Layer
from audioguide.prescribe.training_days import session_dates, training_days
from tests.english import ENGLISH, HANDOUT, NO_ADVICE
from tests.helpers import HEAD, HOLD, REPS, layer, parsed, session_of, timed

MONDAY = date(2026, 10, 5)
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Reads a page: its tags, the words under each heading, and whether all that opens closes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag in ("h1", "h2", "h3"):
            self.headings.append((tag, ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.pieces.append(data)
        if {"h1", "h2", "h3"} & set(self.open):
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.pieces).split())


def html_of(protocol: Protocol, *layers: Layer, weeks: Weeks | None = None) -> str:
    session = session_of(protocol, *layers)
    timeline = timed(session)[1]
    plan = Plan(session.protocol, session.title, session.profile, VoiceSettings(), timeline)
    days = training_days(protocol.programme) if protocol.programme else ()
    weeks = weeks or weeks_of(protocol.programme or Programme())
    return to_html(Handout(session, plan, protocol.programme, days, weeks, texts=printed_texts(protocol)))


def weeks_of(programme: Programme, count: int = 4, chosen: tuple[Day, ...] = ()) -> Weeks:
    return Weeks(MONDAY, True, frozenset(session_dates(programme, MONDAY, count, chosen)), count=count)


def item(text: str, *layers: Layer) -> Prescription:
    return session_of(parsed(text), *layers).prescriptions()[0]


def doses(found: Prescription) -> list[str]:
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in HANDOUT.dose(found)]


@pytest.mark.parametrize(
    ("ms", "words"),
    [(20_000, "20 s"), (2_500, "2.5 s"), (90_000, "90 s"), (120_000, "2 min"), (3_725_000, "1 h 2 min 5 s")],
)
def test_a_length_reads_as_people_write_it(ms: int, words: str):
    assert HANDOUT.length(ms).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_hold_says_its_seconds_for_each_side():
    assert doses(item(HOLD)) == ["45 s on each side", "Range: 30–60 s"]
    assert HANDOUT.order(item(HOLD)) == "Left side first, then right"


def test_own_holds_are_named_by_side_in_the_persons_order():
    own = layer(first_side="right", exercise={"reach": {"hold_s": {"left": 60, "right": 45}, "sets": 2, "rest_s": 10}})
    assert doses(item(HOLD, own)) == ["2 sets: right 45 s, left 60 s", "Range: 30–60 s", "10 s rest between sets"]
    assert HANDOUT.order(item(HOLD, own)) == "Right side first, then left"


def test_the_last_set_of_who_ends_with_the_first_side_is_said():
    twice = replace(item(HOLD, layer(exercise={"reach": {"sets": 2}})), ends_with_first=True)
    assert HANDOUT.order(twice) == "Left side first, then right; in the last set, right first"


def test_reps_say_sets_tempo_and_rest():
    assert doses(item(REPS)) == ["2 sets of 4", "Each rep: lift 1 s, hold 3 s, lower 2 s", "20 s rest between sets"]
    assert HANDOUT.order(item(REPS)) == ""
    once = layer(exercise={"bridge": {"reps": 1, "sets": 1}})
    assert doses(item(REPS, once))[0] == "Once"


def test_sides_in_turn_are_counted_a_side():
    bug = next(found for found in session_of(load_protocol("hip-flexor")).prescriptions() if found.id == "dead-bug")
    assert doses(bug) == [
        "3 sets of 8 on each side",
        "Range: 8–10 reps, 1*–3 sets",
        "Each rep: left or right arm slowly out 3 s*, return 2 s*",
        "30 s* rest between sets",
    ]
    assert HANDOUT.order(bug) == "Sides in turn, left first"


def test_breaths_are_no_reps():
    breath = session_of(load_protocol("box-breathing")).prescriptions()[0]
    assert doses(breath) == [
        "16 times",
        "Range: 4–40 times",
        "Each time: breathe in 4 s, hold 4 s, breathe out 4 s, hold 4 s",
    ]


def test_a_part_without_a_word_says_its_time():
    silent = REPS.replace('{ say = "Hold", s = 3 }', "{ s = 3 }").replace('"Lift"', '"ABS in"')
    assert doses(item(silent))[1] == "Each rep: ABS in 1 s, 3 s, lower 2 s"


@pytest.mark.parametrize(
    ("circuit", "words"),
    [
        (Rounds(1, 10_000, 10_000), "Once through, with a rest of 10 s between exercises."),
        (
            Rounds(3, 10_000, 60_000),
            "3 rounds of these exercises, with a rest of 10 s between exercises and 60 s between rounds.",
        ),
        (Rounds(2, 0, 0), "2 rounds of these exercises, without a rest."),
    ],
)
def test_a_circuit_says_its_rounds_and_rests(circuit: Rounds, words: str):
    assert HANDOUT.rounds(circuit).replace("\N{NO-BREAK SPACE}", " ") == words


def test_who_asked_for_leaving_out_is_not_printed():
    assert HANDOUT.why_left_out(Omission("x", "X", skipped_by="command line")) == "skipped"
    assert HANDOUT.why_left_out(Omission("x", "X", avoided=("abdominal-condition",))) == "avoided: abdominal condition"


def test_the_days_are_a_sentence():
    programme, days = Programme(daily_days=14), (Day.MONDAY, Day.WEDNESDAY, Day.FRIDAY)
    assert HANDOUT.when(programme, days) == "Every day for the first 14 days, then on Monday, Wednesday and Friday."
    assert HANDOUT.when(programme, days, first_week=3) == "On Monday, Wednesday and Friday."
    assert HANDOUT.when(programme, tuple(Day)) == "Every day."
    ranged = Programme.model_validate({"daily_days": 14, "times_a_week": {"default": 3, "min": 3, "max": 4}})
    assert HANDOUT.when(ranged, days) == (
        "Every day for the first 14 days, then 3 to 4 days a week, here on Monday, Wednesday and Friday."
    )
    assert HANDOUT.when(ranged, days, first_week=3) == "3 to 4 days a week, here on Monday, Wednesday and Friday."
    assert HANDOUT.when(None, ()) == ""


def test_weeks_are_daily_at_first_and_then_on_the_days():
    found = list(rows(weeks_of(Programme(daily_days=8), chosen=(Day.TUESDAY, Day.SUNDAY), count=2), ENGLISH.formats))
    assert [[cell.due for cell in row.cells] for row in found] == [
        [True] * 7,
        [True, True, False, False, False, False, True],
    ]
    assert [cell.date for cell in found[1].cells][:2] == ["12 Oct", "13 Oct"]


def test_a_week_begins_on_the_day_that_the_programme_does():
    weeks = Weeks(date(2026, 10, 1), True, frozenset(), first=3, count=2)
    assert heads(weeks, ENGLISH.formats)[0] == Head("Thu", "rsday", "")
    assert [row.number for row in rows(weeks, ENGLISH.formats)] == [3, 4]
    assert next(rows(weeks, ENGLISH.formats)).cells[0].date == "15 Oct"
    assert start(weeks, ENGLISH.formats) == "Thursday 15 October 2026"


def test_without_a_start_there_are_no_dates():
    weeks = replace(weeks_of(Programme()), dated=False)
    assert {cell.date for row in rows(weeks, ENGLISH.formats) for cell in row.cells} == {""}
    assert "Week 1 begins on:" in Page(html_of(parsed(HEAD + HOLD), weeks=weeks)).words


def test_the_page_says_all_in_order():
    words = Page(html_of(load_protocol("hip-flexor"), layer(name="Anna", avoid=["pregnancy"]))).words
    parts = [
        "Hip flexor release For Anna Takes about",
        "You need foam roller, mat",
        "Safety: when to stop Discomfort should stay mild to moderate.",
        "Before you begin See a professional first if: You feel numbness",
        "Release Release always comes before stretching.",
        "1. Foam roll, quads and rectus femoris 2 min on each side Range: 60 s*–2 min Left side first, then right",
        "Works on: rectus femoris and vastus intermedius",
        "Shift your weight onto one thigh.",
        "Tips: On a tender spot",
        "Caution: Stay on the muscle. Never roll over the hip bone.",
        "2. Half-kneeling",
        "Mind: Ribs over your pelvis.",
        "5. Glute bridge with hold 3 sets of 12 Range: 12–15 reps, 1*–3 sets",
        "Each rep: lift 1 s*, hold 5 s, lower 3 s 30 s* rest between sets",
        "Why in this way Release first: stretching a muscle full of trigger points works less.",
        "Common mistakes Stretching before releasing.",
        "Left out today Psoas ball release (avoided: pregnancy)",
        "Every day for the first 14 days, then 3 to 4 days a week, here on Monday, Wednesday and Friday.",
        "Week 1 begins on Monday 5 October 2026.",
        "Week 4 to do 26 Oct rest 27 Oct",
        "What to expect Days 1 to 7: less tension. Some soreness from new exercises is normal.",
        "When to see a professional See a physiotherapist, sports physician or orthopaedic specialist later if:",
        "Our own suggestions Every number or text with a * behind it, and: Doses that grow",
        ENGLISH.printed.notes.handout,
    ]
    at = 0
    for part in parts:
        assert part in words[at:], part
        at = words.index(part, at) + len(part)


def test_conditions_stand_by_the_exercise():
    assert "Not in: pregnancy or abdominal condition" in Page(html_of(load_protocol("hip-flexor"))).words
    assert ENGLISH.printed.notes.handout.endswith(NO_ADVICE)


@pytest.mark.parametrize("protocol", builtin_ids())
def test_every_exercise_and_heading_is_there(protocol: str):
    page = Page(html_of(load_protocol(protocol)))
    session = session_of(load_protocol(protocol))
    numbered = [f"{number}. {found.exercise.name}" for number, found in enumerate(session.prescriptions(), 1)]
    assert [words for level, words in page.headings if level == "h3"] == numbered
    levels = [int(level[1]) for level, _ in page.headings]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(("scope", scope) in page.attributes for scope in ("col", "row"))
    assert ("lang", "en") in page.attributes
    assert "{" not in page.words


SHARP = "<script>alert(1)</script> \"'> & {{ 7 * 7 }} 🧘 \u202eשלום"
LONG = "W" * 120


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


@pytest.mark.parametrize("text", [SHARP, LONG], ids=["sharp", "long"])
def test_no_text_breaks_out_of_its_place(text: str):
    said = escaped(text)
    protocol = (
        HEAD.replace("Test session", said) + f'summary = "{said}"\nsafety = "{said}"\nsee_professional = "{said}"'
    )
    for key in ("why", "mistakes", "suggestions", "red_flags", "read_red_flags", "read_see_professional"):
        protocol += f'\n{key} = "{said}"'
    protocol += f'\n[programme]\nexpect = "{said}"\n' + HOLD.replace('"Stretch"', f'"{said}"\nsay = "{said}"')
    for sentence in ("Reach", "Look ahead.", "Breathe out.", "Don't arch.", "Stay off the bone."):
        protocol = protocol.replace(f'"{sentence}"', f'"{said}"')
    protocol = protocol.replace('sides = "each"', f'sides = "each"\nequipment = ["{said}"]')
    page = Page(html_of(parsed(protocol), layer(name=text)))
    plain = Page(html_of(parsed(HEAD + HOLD)))
    assert set(page.tags) <= set(plain.tags) | {"ul", "li"}
    assert "script" not in page.tags
    assert page.words.count(" ".join(text.split())) >= 12


def test_the_page_loads_nothing():
    html = html_of(load_protocol("hip-flexor"))
    assert set(re.findall(r"https?://[^\"' )]*", html)) == {"http://www.w3.org/2000/svg"}
    assert not {name for name, _ in Page(html).attributes} & {"src", "href", "srcset", "style", "onload"}
    assert not re.search(r"url\(|@import", html)


def drawn(html: str) -> list[str]:
    return re.findall(r'<svg class="figure"[^>]*><title>(.*?)</title>', html)


def test_each_exercise_has_its_figure_on_the_side_that_works_first():
    protocol = load_protocol("hip-flexor")
    assert [words.split(",")[0] for words in drawn(html_of(protocol))][2:4] == [
        "Kneeling on the left knee",
        "Facing away from a wall",
    ]
    assert len(drawn(html_of(protocol))) == 8
    assert "Kneeling on the right knee" in drawn(html_of(protocol, layer(first_side="right")))[2]


def test_an_exercise_without_a_figure_leaves_no_room_for_one():
    assert drawn(html_of(parsed(HOLD))) == []
    assert 'class="drawn"' not in html_of(parsed(HOLD))


def test_a_figure_goes_where_it_makes_the_page_no_longer():
    beside_dose = r'<div class="dose">(?:(?!</div>).)*?class="drawn"'
    roll = html_of(load_protocol("hip-flexor")).split("<article>")[1]
    assert re.search(beside_dose, roll, re.DOTALL), "the words take more lines than dose and figure"
    jacks = html_of(load_protocol("interval")).split("<article>")[1]
    assert not re.search(beside_dose, jacks, re.DOTALL), "the words are few, and go round it"
    assert 'class="drawn"' in jacks


MARKED = """
why = ["Slowly, as it is new."]
suggestions = ["The cushion."]
[[phase]]
title = "Stretch"
exercises = [{ use = "reach", sets = { default = 2, min = 1, max = 4 }, suggested = ["sets.min"] }, "squat"]
[exercise.reach]
name = "Reach"
sides = "each"
hold_s = { default = 45, min = 30, max = 150 }
sets = { default = 3, min = 2, max = 3 }
rest_s = 10
setup = ["When I say reach, lift your {side} arm."]
coaching = ["Reach with your {side} hand."]
read = ["Lift one arm.", "Then change sides."]
read_tips = "Reach far."
suggested = ["hold_s.min", "sets.max", "rest_s", "setup"]
[exercise.squat]
name = "Squat"
reps = { default = 8, min = 6, max = 10 }
sets = 2
rest_s = 0
tempo = [{ say = "Down", s = 2, suggested = true }, { say = "Up", s = 2 }]
setup = "Go down when I say down."
coaching = "Heels down."
suggested = ["reps"]
"""


def test_what_is_a_suggestion_is_marked_where_the_persons_dose_is_that_one():
    reach, squat = session_of(parsed(MARKED)).prescriptions()
    # What the place states anew has the marks of the place.
    assert doses(reach) == [
        "2 sets of 45 s on each side",
        "Range: 30 s*–2 min 30 s, 1*–4 sets",
        "10 s* rest between sets",
    ]
    assert doses(squat)[:3] == ["2 sets of 8*", "Range: 6*–10* reps", "Each rep: down 2 s*, up 2 s"]
    own = layer(exercise={"reach": {"hold_s": 30, "sets": 1}, "squat": {"reps": 7, "tempo": "3-0-3"}})
    reach, squat = session_of(parsed(MARKED), own).prescriptions()
    assert doses(reach)[0] == "30 s on each side*"
    assert doses(squat)[:3] == ["2 sets of 7", "Range: 6*–10* reps", "Each rep: down 3 s, up 3 s"]
    rest = layer(exercise={"reach": {"rest_s": 20}})
    assert doses(item(MARKED, rest))[2] == "20 s rest between sets"


def test_a_circuit_has_only_the_ranges_that_it_moves():
    rounds_of = MARKED.replace('"squat"]', '"squat"]\ncircuit = { rounds = 2, work_s = 45 }')
    rounds_of = rounds_of.replace('sets = { default = 2, min = 1, max = 4 }, suggested = ["sets.min"] }, "squat"', "}")
    rounds_of = rounds_of.replace('"reach", }', '"reach" }')
    [reach] = session_of(parsed(rounds_of)).prescriptions()
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in HANDOUT.dose(reach, in_circuit=True)] == [
        "45 s on each side"
    ]


def test_texts_for_reading_take_the_place_of_the_spoken_ones_where_they_are_given():
    words = Page(html_of(parsed(MARKED))).words
    assert "Lift one arm. Then change sides.* Tips: Reach far." in words
    assert "Go down when I say down. Tips: Heels down." in words, "without them the spoken ones are printed"
    assert "When I say reach" not in words
    assert "Why in this way Slowly, as it is new." in words
    assert "Our own suggestions Every number or text with a * behind it, and: The cushion." in words
    assert 'content: "* our own suggestion"' in html_of(parsed(MARKED))


def test_nothing_is_printed_that_the_file_does_not_say():
    words = Page(html_of(parsed(HEAD + HOLD))).words
    for heading in ("Why", "Common mistakes", "suggestion", "Before you begin", "professional", "expect", "Works on"):
        assert heading not in words


LEAD = """
red_flags = "See somebody first."
see_professional = ["See somebody.", "Pain grows."]
"""


def test_red_flags_are_a_list_or_what_is_spoken():
    page = Page(html_of(parsed(HEAD + LEAD + HOLD)))
    assert "Before you begin See somebody first." in page.words
    assert page.tags.count("li") == 0
    read = 'read_red_flags = ["First if:", "It clicks.", "Now if:", "It burns."]\nread_see_professional = "It grows."\n'
    page = Page(html_of(parsed(HEAD + LEAD + read + HOLD)))
    assert "Before you begin First if: It clicks. Now if: It burns." in page.words
    assert "When to see a professional It grows." in page.words
    assert page.tags.count("li") == 3


def test_breaks_stand_behind_the_exercises_without_numbers():
    session = session_of(parsed(HEAD + HOLD))
    rest = session_of(parsed(HEAD + REPS))
    plan = Plan(session.protocol, session.title, None, VoiceSettings(), timed(session)[1])
    breaks = Breaks("Break", ("Each hour.",), ("Stop if dizzy.",), rest.phases)
    made = Handout(session, plan, None, (), weeks_of(Programme()), texts=replace(PrintedTexts(), breaks=breaks))
    page = Page(to_html(made))
    assert "Break Each hour. Stop if dizzy. Bridge 2 sets of 4" in page.words
    assert [words for level, words in page.headings if level == "h3"] == ["1. Reach", "Bridge"]


@pytest.mark.parametrize("protocol", builtin_ids())
def test_what_is_built_in_reads_as_text_for_both_sides(protocol: str):
    everything = {**load_protocol(protocol).exercise, **(exercises() if protocol == "hip-flexor" else {})}
    for name, exercise in everything.items():
        spoken = " ".join(line.say for line in (*exercise.setup, *exercise.load, *exercise.coaching))
        if "side}" in spoken or re.search(r"\bI (say|call)\b", spoken):
            assert exercise.read, f"{name}: what is spoken is no text for reading"
        assert (
            not exercise.read or exercise.read_tips or "side}" not in " ".join(line.say for line in exercise.coaching)
        ), name
        printed = " ".join(
            (*exercise.read, *(tip.text for tip in exercise.read_tips), *exercise.mistake, *exercise.caution)
        )
        assert not re.search(r"\bI (say|call)\b|\b(left|right)\b|Don't", printed), name


def test_what_a_person_is_told_first_stands_before_all_else_and_what_the_recording_leaves_unsaid_is_said():
    session = session_of(parsed(HOLD))
    lowered = Change("session", "detail", side=None, before="full", after="minimal", by="fit to 9 minutes")
    plan = Plan(session.protocol, session.title, None, VoiceSettings(), timed(session)[1])
    plan = replace(plan, notices=("Today is <b>eased</b>.", "Not cleared."), changes=(lowered,))
    page = Page(to_html(Handout(session, plan, None, (), weeks_of(Programme()))))
    assert "For you, before you begin Today is <b>eased</b>. Not cleared." in page.words
    assert page.words.index("Not cleared.") < page.words.index("Stretch")
    assert "Recording says less than usual (minimal instead of full detail)" in page.words
    assert "less than usual" not in Page(html_of(parsed(HOLD))).words
