"""The player page as text: blocks that cover the session, words for them, and nothing that breaks out of the page."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from audioguide.export.plan.picture import COLOURS, REST
from audioguide.export.player.blocks import Block, blocks_of, chapters_of, exercise_count
from audioguide.export.player.player_page import Entry, player_html, sessions_html
from audioguide.languages.registry import find
from audioguide.model.kinds import EventKind, Side
from audioguide.model.plan import ExerciseFigure, Plan
from audioguide.model.script import Place
from audioguide.model.timeline import Chapter, Event, Timeline
from audioguide.model.voice import VoiceSettings
from tests.english import NO_ADVICE
from tests.export.plans import plans, sample_plan
from tests.helpers import HEAD, HOLD, REPS, timeline_of

SHARP = '</script><!--<script> "it\'s" & 🧘 שלום \u2028 {{ 7 * 7 }} <b>'

SETS = REPS.replace("reps = 4", 'reps = 4\nsides = "alternating"')


def planned(timeline: Timeline) -> Plan:
    return Plan("test", "Test session", None, VoiceSettings(), timeline)


def described(text: str) -> list[str]:
    return [" | ".join((block.label, block.where, block.next)) for block in blocks_of(planned(timeline_of(text)))]


class Parsed(HTMLParser):
    """A page as a browser reads it: its elements, and the text in each script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: dict[str, str] = {}
        self.inside: str | None = None
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = str(dict(attrs).get("id", "code")) if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside is None:
            self.words.append(data)
        else:
            self.scripts[self.inside] = self.scripts.get(self.inside, "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


# Blocks


def assert_covers(blocks: tuple[Block, ...], plan: Plan) -> None:
    assert blocks[0].start_ms == 0
    assert blocks[-1].end_ms == plan.timeline.duration_ms
    assert all(one.end_ms == two.start_ms for one, two in pairwise(blocks))
    assert all(block.start_ms < block.end_ms for block in blocks)
    assert all(0 <= block.chapter < len(chapters_of(plan)) for block in blocks)


@given(plans)
def test_blocks_cover_any_session_without_gaps(plan: Plan):
    blocks = blocks_of(plan)
    assert_covers(blocks, plan)
    for event in plan.timeline.events:
        if event.kind is EventKind.HOLD:
            assert any((block.start_ms, block.end_ms) == (event.start_ms, event.end_ms) for block in blocks)
    reps = {(rep.start_ms, rep.end_ms) for block in blocks for rep in block.reps}
    assert reps == {(event.start_ms, event.end_ms) for event in plan.timeline.of_kind(EventKind.REP)}


def test_blocks_of_holds_on_each_side():
    assert described(HOLD) == [
        "Listen |  | Reach",
        "Get ready | Left side | hold 45 s, left side",
        "Hold | Left side | right side",
        "Switch sides | Right side | hold 45 s, right side",
        "Hold | Right side | Closing",
        "Listen |  | ",
    ]


def test_blocks_of_sets():
    assert described(REPS) == [
        "Listen |  | Bridge",
        "Get ready | Set 1 of 2 | 4 reps, set 1 of 2",
        "Get ready | Set 1 of 2 | 4 reps, set 1 of 2",
        "Reps | Set 1 of 2 | rest 20 s",
        "Rest | Set 2 of 2 | 4 reps, set 2 of 2",
        "Get ready | Set 2 of 2 | 4 reps, set 2 of 2",
        "Reps | Set 2 of 2 | Closing",
        "Listen |  | ",
    ]


def test_reps_have_their_numbers_and_parts():
    block = next(block for block in blocks_of(planned(timeline_of(REPS))) if block.reps)
    assert [rep.label for rep in block.reps] == [f"Rep {number} of 4" for number in (1, 2, 3, 4)]
    first = block.reps[0]
    lengths = [end - start for start, end in pairwise((*first.parts_ms, first.end_ms))]
    assert lengths == pytest.approx([1000, 3000, 2000], abs=24)


def test_reps_on_alternating_sides_are_one_block():
    block = next(block for block in blocks_of(planned(timeline_of(SETS))) if block.reps)
    assert block.activity == "rep"
    assert [rep.activity for rep in block.reps[:2]] == ["rep-left", "rep-right"]
    assert block.reps[1].where == "Right side · Set 1 of 2"
    assert block.say == "Bridge, set 1 of 2, 4 reps on each side"


def test_a_block_tells_whose_figure_belongs_to_it():
    blocks = blocks_of(planned(timeline_of(HOLD)))
    assert [(block.exercise, block.side) for block in blocks] == [
        (None, None),
        *[("reach", Side.LEFT)] * 2,
        *[("reach", Side.RIGHT)] * 2,
        (None, None),
    ]
    turns = next(block for block in blocks_of(planned(timeline_of(SETS))) if block.reps)
    assert (turns.exercise, turns.side) == ("bridge", None)
    assert [rep.side for rep in turns.reps[:2]] == [Side.LEFT, Side.RIGHT]


def test_what_is_said_after_the_last_effort_of_a_chapter_belongs_to_it():
    hold = Event(EventKind.HOLD, EventKind.HOLD, 5_000, 9_000, Place("reach", Side.LEFT))
    timeline = Timeline((hold,), (Chapter(0, 20_000, "Reach"),), (), 20_000)
    assert [block.exercise for block in blocks_of(planned(timeline))] == ["reach"] * 3


def with_figures(text: str, *figures: ExerciseFigure) -> Plan:
    return replace(planned(timeline_of(text)), figures=figures)


def test_each_figure_is_on_the_page_once_for_each_side():
    plan = with_figures(HOLD, ExerciseFigure("reach", "half-kneeling", None))
    page = Parsed(player_html(plan, "a.mp3"))
    assert len([drawn for drawn in page.all("svg") if drawn.get("class") == "figure"]) == 2
    assert [group["id"] for group in page.all("g")] == ["half-kneeling-0"]
    blocks = json.loads(page.scripts["plan"])["blocks"]
    assert [block.get("figure") for block in blocks] == [None, 0, 0, 1, 1, None]


def test_reps_in_turn_have_the_figure_of_their_side():
    plan = with_figures(SETS, ExerciseFigure("bridge", "dead-bug", None))
    blocks = json.loads(Parsed(player_html(plan, "a.mp3")).scripts["plan"])["blocks"]
    block = next(block for block in blocks if block["reps"])
    assert block["reps"][0]["figure"] != block["reps"][1]["figure"] != block["figure"]


@pytest.mark.parametrize(
    "figures",
    [(), (ExerciseFigure("reach", "of-a-newer-program", None),), (ExerciseFigure("reach", "lost.png", "A reach."),)],
    ids=["none", "unknown", "not in the file"],
)
def test_what_has_no_figure_leaves_no_room_for_one(figures: tuple[ExerciseFigure, ...]):
    page = Parsed(player_html(with_figures(HOLD, *figures), "a.mp3"))
    assert not [element for _, element in page.elements if element.get("id") in ("figures", "positions")]
    assert "--figure" not in "".join(page.words)


def test_what_a_screen_reader_says():
    assert [block.say for block in blocks_of(planned(timeline_of(HOLD)))] == [
        "Start",
        "Get ready: Reach, left side",
        "Reach, left side, hold 45 seconds",
        "Switch sides, right side",
        "Reach, right side, hold 45 seconds",
        "Closing",
    ]


def test_a_long_hold_is_in_minutes():
    long = HOLD.replace("default = 45, min = 30, max = 60", "default = 150, min = 30, max = 300")
    assert "Get ready | Left side | hold 2:30 min, left side" in described(long)
    assert "hold 2 minutes 30 seconds" in blocks_of(planned(timeline_of(long)))[2].say


def test_a_session_without_chapters_is_one():
    plan = sample_plan(chapters=(), title="Quiet")
    assert chapters_of(plan) == (Chapter(0, plan.timeline.duration_ms, "Quiet"),)
    assert_covers(blocks_of(plan), plan)


def listed(text: str) -> list[tuple[str, str]]:
    data = json.loads(Parsed(player_html(planned(timeline_of(text)), "a.mp3")).scripts["plan"])
    return [(chapter["phase"], chapter["name"]) for chapter in data["chapters"]]


def test_a_colon_in_an_exercises_name_makes_no_phase():
    colon = HOLD.replace('name = "Reach"', 'name = "Plank: on the elbows"')
    assert listed(colon) == [("", "Start"), ("", "Plank: on the elbows"), ("", "Closing")]
    assert described(colon)[0] == "Listen |  | Plank: on the elbows"


def test_the_phases_of_a_session_that_has_several_are_named_whatever_their_signs():
    two = HOLD.replace('title = "Stretch"', 'title = "Part 1: legs"') + REPS
    assert listed(two)[1:3] == [("Part 1: legs", "Reach"), ("Strengthen", "Bridge")]
    assert described(two)[0] == "Listen |  | Reach"


def test_exercises_are_counted_by_chapter():
    assert exercise_count(planned(timeline_of(HOLD))) == 1
    assert (
        exercise_count(planned(timeline_of(HEAD + "[[phase]]\ntitle = 'A'\nexercises = ['dead-bug', 'bird-dog']"))) == 2
    )


# The page


def test_the_page_holds_the_plan_and_names_its_recording():
    plan = planned(timeline_of(HOLD))
    page = Parsed(player_html(plan, "session one.mp3?x=1&y=2"))
    data = json.loads(page.scripts["plan"])
    assert data["key"] == f"test:{plan.timeline.duration_ms}"
    assert data["duration"] == plan.timeline.duration_ms
    assert [(block["start"], block["end"]) for block in data["blocks"]] == [
        (block.start_ms, block.end_ms) for block in blocks_of(plan)
    ]
    assert [cue[2] for cue in data["cues"]] == [event.text for event in plan.timeline.of_kind(EventKind.SPEECH)]
    assert page.all("audio")[0]["src"] == "session one.mp3?x=1&y=2"
    assert "Test session" in page.words


def data_of(plan: Plan) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Parsed(player_html(plan, "a.mp3")).scripts["plan"])
    return found


def test_the_page_has_where_sets_and_breaks_are():
    plan = planned(timeline_of(HOLD))
    data = data_of(plan)
    [one] = data["sets"]
    left, right = (event for event in plan.timeline.of_kind(EventKind.HOLD))
    assert one["end"] == right.end_ms
    assert data["breaks"] == [left.start_ms, right.start_ms]
    assert [side["sided"] for side in one["sides"]] == [True, True]
    assert one["ready"] == one["sides"][0]["ready"] < left.start_ms


def test_a_log_belongs_to_a_protocol_and_to_a_person():
    plan = planned(timeline_of(HOLD))
    assert data_of(plan)["logKey"] == data_of(planned(timeline_of(HOLD.replace("45", "50"))))["logKey"] == "test"
    assert data_of(replace(plan, week=3, seed=7))["logKey"] == "test"
    assert data_of(replace(plan, profile="anna"))["logKey"] == "test:anna"


def test_every_word_of_the_log_and_the_transcript_is_on_the_page_in_its_language():
    plan, printed = replace(planned(timeline_of(HOLD)), language="de"), find("de").printed
    shown = unescape(player_html(plan, "a.mp3")) + json.dumps(data_of(plan), ensure_ascii=False)
    for table in (printed.log, printed.transcript):
        for name in table.__struct_fields__:
            assert getattr(table, name) in shown, name


def test_phases_have_the_colours_of_the_picture():
    page = player_html(planned(timeline_of(HOLD)), "session.mp3")
    assert f'[data-phase="hold-left"] {{ --phase: {COLOURS[EventKind.HOLD, "left"]} }}' in page
    assert f'[data-phase="rest"] {{ --phase: {REST} }}' in page
    assert f'fill="{COLOURS[EventKind.HOLD, "right"]}"' in page


def test_a_recording_in_the_page_is_no_address():
    page = Parsed(player_html(planned(timeline_of(HOLD)), "data:audio/mpeg;base64,SUQz+/8="))
    assert page.scripts["recording"] == "SUQz+/8="
    assert "src" not in page.all("audio")[0]


def test_a_nonce_stands_for_a_policy():
    plan = planned(timeline_of(HOLD))
    for html in (player_html(plan, "a.mp3", "abc"), sessions_html([Entry(plan, "a", date(2026, 1, 2))], "abc")):
        page = Parsed(html)
        assert {style.get("nonce") for style in page.all("style")} == {"abc"}
        assert all(script.get("nonce") == "abc" or script.get("type") for script in page.all("script"))
        assert "Content-Security-Policy" not in html
    for html in (player_html(plan, "a.mp3"), sessions_html([])):
        assert "default-src 'none'" in html
        assert "nonce" not in html


def test_nothing_in_the_page_points_outside_or_is_a_policys_exception():
    plan = planned(timeline_of(HOLD))
    for html in (player_html(plan, "a.mp3", "abc", "list"), sessions_html([Entry(plan, "a", date(2026, 1, 2))], "abc")):
        page = Parsed(html)
        links = [value for _, found in page.elements for name, value in found.items() if name in ("src", "href")]
        assert all(link and (link.startswith("data:") or link in ("a.mp3", "list", "a")) for link in links)
        assert not [
            found for _, found in page.elements if "style" in found or any(key.startswith("on") for key in found)
        ]
        assert not re.search(r"url\(|@import", html)


def test_a_way_home_is_there_only_where_there_is_a_home():
    plan = planned(timeline_of(HOLD))
    assert Parsed(player_html(plan, "a.mp3")).all("a") == []
    assert [link["href"] for link in Parsed(player_html(plan, "a.mp3", home="../")).all("a")] == ["../", "../"]


def test_sharp_texts_stay_texts():
    plan = sample_plan(chapters=(Chapter(0, 3_730_008, SHARP),), title=SHARP)
    page = Parsed(player_html(replace(plan, profile=SHARP, protocol=SHARP), SHARP, home=SHARP))
    assert set(page.scripts) == {"plan", "code"}
    assert page.all("audio")[0]["src"] == SHARP
    data = json.loads(page.scripts["plan"])
    assert data["chapters"][0]["name"] == SHARP
    assert data["title"] == f"{SHARP} ({SHARP})"
    assert page.words.count(SHARP) >= 2
    assert page.all("b") == [{"id": "resumed-at"}, {"id": "left"}]
    listed = Parsed(sessions_html([Entry(plan, SHARP, date(2026, 1, 2), SHARP)], feed=SHARP))
    assert listed.scripts == {}
    assert {link["href"] for link in listed.all("a")} == {SHARP}


# Without a deadline: the first page loads and compiles the templates, which a busy machine takes long for.
@settings(deadline=None)
@given(plans)
def test_any_plan_makes_a_page_that_can_be_written(plan: Plan):
    page = Parsed(player_html(plan, "a.mp3").encode().decode())
    assert json.loads(page.scripts["plan"])["duration"] == plan.timeline.duration_ms
    assert len(page.all("script")) == 2


def test_half_a_surrogate_pair_can_be_written():
    assert player_html(sample_plan(title="broken \ud83e"), "a.mp3").encode()


def test_the_page_is_small():
    plan = planned(timeline_of(HOLD))
    page = player_html(plan, "a.mp3", "abc", "list")
    assert len(page) - len(Parsed(page).scripts["plan"]) < 75_000


def test_pages_say_that_they_are_no_advice():
    plan = planned(timeline_of(HOLD))
    assert NO_ADVICE in player_html(plan, "a.mp3")
    assert NO_ADVICE in sessions_html([])


# The list


def test_the_list_has_what_one_chooses_by():
    plan = planned(timeline_of(HOLD))
    page = Parsed(
        sessions_html([Entry(replace(plan, profile="Anna"), "s/1", date(2026, 11, 5), "s/1.mp3")], feed="http://h/f")
    )
    words = " ".join(" ".join(page.words).split())
    assert "Test session (Anna)" in words
    assert f"{round(plan.timeline.duration_ms / 60_000)} min · 1 exercise · 5 Nov 2026" in words
    assert "http://h/f" in words
    assert [link["href"] for link in page.all("a")] == ["s/1", "s/1.mp3"]
    assert len(page.all("svg")) == 1


def test_an_empty_list_says_so():
    page = sessions_html([])
    assert "There is no session here yet." in page
    assert "podcast" not in page


def test_a_repeated_hold_says_which_of_how_many_it_is():
    text = HOLD.replace('sides = "each"', 'sides = "left"\nrepeat = 3\nrelax_s = 4')
    assert described(text)[2:8] == [
        "Hold | Left side · Hold 1 of 3 | rest 4 s",
        "Rest | Left side · Hold 2 of 3 | hold 45 s, left side, hold 2 of 3",
        "Hold | Left side · Hold 2 of 3 | rest 4 s",
        "Rest | Left side · Hold 3 of 3 | hold 45 s, left side, hold 3 of 3",
        "Hold | Left side · Hold 3 of 3 | Closing",
        "Listen |  | ",
    ]


def test_sets_that_differ_show_what_each_has():
    text = REPS.replace("reps = 4\nsets = 2", "reps = [3, 1]")
    assert "hold" not in " ".join(described(text)).lower().replace("get ready", "")
    assert [line for line in described(text) if line.startswith("Rest")] == ["Rest | Set 2 of 2 | 1 rep, set 2 of 2"]


BY_SIDE = """
[[phase]]
title = "Flow"
sides = "each"
exercises = ["lunge"]
[exercise.lunge]
name = "Lunge"
hold_s = 30
"""


def test_a_phase_by_sides_shows_its_side_and_says_it_once():
    blocks = [block for block in blocks_of(planned(timeline_of(BY_SIDE))) if block.activity.startswith("hold")]
    assert [(block.activity, block.where) for block in blocks] == [
        ("hold-left", "Left side"), ("hold-right", "Right side"),
    ]  # fmt: skip
    assert [block.say for block in blocks] == [
        "Lunge, left side, hold 30 seconds", "Lunge, right side, hold 30 seconds",
    ]  # fmt: skip


def test_the_page_tells_weeks_and_orders_of_one_protocol_apart():
    plan = sample_plan()
    pages = [replace(plan, week=week, seed=seed) for week, seed in ((None, None), (3, None), (3, 7), (3, 8))]
    assert "Hip flexor release, week 3" in player_html(pages[1], "x.mp3")
    # By its key a page knows where its listener was.
    assert len({player_html(page, "x.mp3") for page in pages}) == 4
