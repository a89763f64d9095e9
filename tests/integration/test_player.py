"""The player page in a real browser of a phone's size: in step with the plan, and usable by hand, key and ear."""

from __future__ import annotations

import gzip
import io
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image, ImageColor
from playwright.sync_api import Browser, Page

from audioguide.cli import run
from audioguide.export.figures.figure_table import words_of
from audioguide.export.player.player_page import Entry, player_html, sessions_html
from audioguide.export.tags.id3 import read_plan
from audioguide.model.kinds import BeepRole, EventKind, SpeechRole
from audioguide.model.plan import PersonNote, Plan
from audioguide.model.timeline import Chapter, Event
from tests.english import ENGLISH
from tests.integration.browser import LANDSCAPE, NONCE, PORTRAIT, SMALL, Watched, needs_browser, served
from tests.integration.playing import (
    DENIED,
    SPY,
    go,
    hurry,
    now_ms,
    paused,
    played_to,
    problems,
    problems_of_schemes,
    settled,
    until,
)

pytestmark = [
    pytest.mark.real,
    needs_browser,
]

HTML, MP3 = "text/html; charset=utf-8", "audio/mpeg"
SHARP = "</script><script>document.title='broken'</script> \"it's\" & 🧘 <!-- שלום עולם \u2028 {{ 7 * 7 }}"
NOTE = "Mind your left knee."

Opened = tuple[Page, Watched]
Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def mp3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("session") / "hip-flexor.mp3"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOGUIDE_CACHE", "off")
        assert run(["build", "--engine", "fake", "--quiet", "-o", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def plan(mp3: Path) -> Plan:
    return read_plan(mp3)


@pytest.fixture(scope="module")
def files(mp3: Path, plan: Plan) -> dict[str, tuple[str, bytes]]:
    entries = [Entry(plan, "session", date(2026, 11, 25), "session.mp3")]
    noted = replace(plan, notes=(PersonNote("couch-stretch", NOTE),))
    return {
        "noted": (HTML, player_html(noted, "session.mp3", NONCE, "list").encode()),
        "session.mp3": (MP3, mp3.read_bytes()),
        "session": (HTML, player_html(plan, "session.mp3", NONCE, "list").encode()),
        "list": (HTML, sessions_html(entries, NONCE, "http://127.0.0.1:1/token/feed.xml").encode()),
    }


@pytest.fixture(scope="module")
def base(files: dict[str, tuple[str, bytes]]) -> Iterator[str]:
    with served(files) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, base: str) -> Iterator[Open]:
    """Open a page as a phone does; at the end, hold that it asked for nothing outside and complained of nothing."""
    contexts = []
    watched = []

    def call(
        page: str = "session", size: tuple[int, int] = PORTRAIT, script: str = "", calm: bool = True, **options: Any
    ) -> Opened:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True, **options)
        contexts.append(context)
        context.add_init_script(script)
        opened = context.new_page()
        watched.append(Watched(opened))
        opened.goto(f"{base}/{page}")
        if page != "list" and calm:
            until(opened, "document.getElementById('audio').readyState > 0")
        return opened, watched[-1]

    yield call
    for context in contexts:
        context.close()
    for seen in watched:
        assert seen.left_the_machine() == []
        assert seen.complaints == []


# In step with the plan


def stretch_at(plan: Plan, ms: float) -> Event:
    kinds = (EventKind.HOLD, EventKind.REP, EventKind.REST)
    return next(event for event in plan.timeline.events if event.kind in kinds and event.start_ms <= ms < event.end_ms)


def left_ms(plan: Plan, ms: float) -> float:
    """Return how long the hold, the rest, or the part of the rep at ``ms`` still lasts."""
    stretch = stretch_at(plan, ms)
    marks = [
        event.start_ms
        for event in plan.timeline.events
        if event.role in (SpeechRole.COUNT, BeepRole.REP, BeepRole.REP_LEFT) and ms < event.start_ms < stretch.end_ms
    ]
    return min([stretch.end_ms, *(marks if stretch.kind is EventKind.REP else [])]) - ms


def shown_seconds(text: str) -> int:
    minutes, _, seconds = text.rpartition(":")
    return 60 * int(minutes or 0) + int(seconds)


WATCH = """ms => new Promise(done => {
    const seen = [], end = performance.now() + ms, audio = document.getElementById("audio");
    const look = () => {
        seen.push([audio.currentTime * 1000, document.getElementById("number").textContent,
                   document.getElementById("name").textContent, document.getElementById("where").textContent]);
        performance.now() < end ? requestAnimationFrame(look) : done(seen);
    };
    requestAnimationFrame(look);
})"""


def error_ms(plan: Plan, ms: float, text: str) -> float:
    """Return by how much a countdown that shows ``text`` at ``ms`` is off: n stands for what is over n-1 up to n s."""
    left, shown = left_ms(plan, ms), shown_seconds(text) * 1000
    return max(left - shown, shown - 1000 - left, 0.0)


@pytest.mark.parametrize(("speed", "times"), [("1", 5), ("1.5", 4)])
def test_the_countdown_is_in_step_at_random_times(visit: Open, plan: Plan, speed: str, times: int):
    page, _ = visit()
    page.select_option("#speed", speed)
    page.click("#play")
    chance, worst, steps = random.Random(f"countdown {speed}"), 0.0, 0
    efforts = [event for event in plan.timeline.events if event.kind in (EventKind.HOLD, EventKind.REP, EventKind.REST)]
    long_enough = [event for event in efforts if event.duration_ms > 4000]
    for number, event in enumerate(chance.sample(long_enough, times)):
        # One right after its start, one towards its end, the others anywhere.
        first, last = event.start_ms + 20, event.end_ms - 1500
        go(page, (first, last)[number] if number < 2 else chance.uniform(first, last - 1000))
        settled(page)
        seen = page.evaluate(WATCH, 900 / float(speed))
        steps += sum(one[1] != two[1] for one, two in pairwise(seen))
        for ms, number, name, where in seen:
            worst = max(worst, error_ms(plan, ms, number))
            place = stretch_at(plan, ms).place
            assert (place.side or "") in where.lower()
            chapter = next(item for item in reversed(plan.timeline.chapters) if item.start_ms <= event.end_ms - 1)
            assert chapter.title.endswith(name)
    print(f"\nlargest countdown error at speed {speed}: {worst:.1f} ms in {steps} steps")
    assert steps >= times * 0.75, "it was watched while it stepped"
    assert worst <= 100


def test_the_countdown_is_right_at_once_after_the_screen_was_off(visit: Open, plan: Plan):
    page, _ = visit()
    hold = plan.timeline.of_kind(EventKind.HOLD)[0]
    page.click("#play")
    go(page, hold.start_ms + 1000)
    settled(page)
    page.evaluate("""() => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    chapter = plan.timeline.chapters[3]
    go(page, chapter.start_ms - 500)
    hurry(page)
    played_to(page, chapter.start_ms + 700)
    assert page.evaluate("navigator.mediaSession.metadata.title") in chapter.title, "the lock screen goes along"
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    ms, number, name, _ = page.evaluate(WATCH, 0)[0]
    assert error_ms(plan, ms, number) <= 100
    assert name in chapter.title


def test_a_new_block_flashes_unless_motion_is_unwanted(visit: Open, plan: Plan):
    hold = plan.timeline.of_kind(EventKind.HOLD)[0]
    for wish, expected in (("no-preference", "flash"), ("reduce", "none")):
        page, _ = visit(reduced_motion=wish)
        go(page, hold.start_ms + 100)
        settled(page)
        assert page.evaluate("getComputedStyle(document.getElementById('stage')).animationName") == expected


def test_a_screen_reader_is_told_of_changes_and_not_of_seconds(visit: Open, plan: Plan):
    page, _ = visit()
    page.evaluate("""() => {
        window.told = [];
        new MutationObserver(() => told.push(document.getElementById("say").textContent))
            .observe(document.getElementById("say"), { childList: true, characterData: true, subtree: true });
    }""")
    hold = plan.timeline.of_kind(EventKind.HOLD)[0]
    page.click("#play")
    go(page, hold.start_ms - 1000)
    hurry(page)
    played_to(page, hold.start_ms + 2500)
    told = page.evaluate("told")
    assert told == [
        "Get ready: Foam roll, quads and rectus femoris, left side",
        "Foam roll, quads and rectus femoris, left side, hold 2 minutes",
    ]
    rep = next(event for event in plan.timeline.of_kind(EventKind.REP) if event.place.rep == 2)
    go(page, rep.end_ms - 700)
    played_to(page, rep.end_ms + 800)
    assert page.evaluate("told.length") == 3, "reps of a set are not told one by one"


# Chapters and the seek bar


def test_chapter_buttons_land_on_their_chapters(visit: Open, plan: Plan):
    page, _ = visit()
    worst = 0.0
    for chapter in (*plan.timeline.chapters[1:], plan.timeline.chapters[0]):
        page.click("#list")
        button = page.locator(f'.chapter[data-start="{chapter.start_ms}"]')
        assert chapter.title.split(": ")[-1] in button.inner_text()
        button.click()
        settled(page)
        worst = max(worst, abs(now_ms(page) - chapter.start_ms))
        assert page.inner_text("#name") in chapter.title
        assert not page.is_visible("dialog")
    print(f"\nlargest chapter error: {worst:.1f} ms")
    assert worst <= 100


def test_buttons_go_to_the_next_and_the_previous_exercise(visit: Open, plan: Plan):
    starts = [chapter.start_ms for chapter in plan.timeline.chapters]
    page, _ = visit()
    page.click("#following")
    page.click("#following")
    assert now_ms(page) == pytest.approx(starts[2], abs=1)
    go(page, starts[2] + 4000)
    page.click("#previous")
    assert now_ms(page) == pytest.approx(starts[2], abs=1), "over 3 s in, it begins again"
    page.click("#previous")
    assert now_ms(page) == pytest.approx(starts[1], abs=1)
    page.click("#forward")
    assert now_ms(page) == pytest.approx(starts[1] + 10_000, abs=1)
    page.click("#back")
    page.click("#back")
    assert now_ms(page) == pytest.approx(starts[1] - 10_000, abs=1)


def test_the_picture_seeks_by_finger(visit: Open, plan: Plan):
    page, _ = visit()
    box = page.locator("#seek").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert now_ms(page) == pytest.approx(plan.timeline.duration_ms / 2, rel=0.01)
    page.mouse.move(box["x"] + 10, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] - 60, steps=4)
    assert page.inner_text("#bubble").startswith(f"{plan.timeline.duration_ms // 4 // 60_000}:")
    page.mouse.up()
    assert now_ms(page) == pytest.approx(plan.timeline.duration_ms / 4, rel=0.02)


def test_keys(visit: Open, plan: Plan):
    starts = [chapter.start_ms for chapter in plan.timeline.chapters]
    page, _ = visit()
    page.keyboard.press("Space")
    until(page, "!document.getElementById('audio').paused")
    page.keyboard.press("Space")
    assert paused(page)
    for key, expected in (("n", starts[1]), ("n", starts[2]), ("ArrowRight", starts[2] + 10_000), ("p", starts[2])):
        page.keyboard.press(key)
        assert now_ms(page) == pytest.approx(expected, abs=20), key
    page.focus("#seek")
    for key, expected in (
        ("ArrowLeft", starts[2] - 10_000),
        ("Home", 0),
        ("PageUp", starts[1]),
        ("ArrowUp", starts[1] + 10_000),
        ("End", plan.timeline.duration_ms - 50),
    ):
        page.keyboard.press(key)
        assert now_ms(page) == pytest.approx(expected, abs=20), key
    assert str(page.get_attribute("#seek", "aria-valuetext")).endswith(", Closing")


def test_space_on_a_button_does_what_the_button_does(visit: Open):
    page, _ = visit()
    page.focus("#forward")
    page.keyboard.press("Space")
    assert now_ms(page) == pytest.approx(10_000, abs=1)
    assert paused(page)
    page.focus("#list")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")
    assert page.evaluate("document.activeElement.id") == "list"


# What the phone's lock screen and headset do


def test_the_lock_screen_has_handlers_that_do_what_they_say(visit: Open, plan: Plan):
    starts = [chapter.start_ms for chapter in plan.timeline.chapters]
    page, _ = visit(script=SPY)
    assert set(page.evaluate("Object.keys(handlers)")) == {
        *("play", "pause", "previoustrack", "nexttrack", "seekto", "seekbackward", "seekforward"),
    }
    page.evaluate("handlers.nexttrack({ action: 'nexttrack' })")
    assert now_ms(page) == pytest.approx(starts[1], abs=1)
    page.evaluate("handlers.seekto({ seekTime: 600 })")
    assert now_ms(page) == pytest.approx(600_000, abs=1)
    page.evaluate("handlers.seekbackward({})")
    page.evaluate("handlers.seekforward({ seekOffset: 30 })")
    assert now_ms(page) == pytest.approx(620_000, abs=1)
    number = max(number for number, start_ms in enumerate(starts) if start_ms <= 617_000)
    page.evaluate("handlers.previoustrack({})")
    assert now_ms(page) == pytest.approx(starts[number], abs=1)
    page.evaluate("handlers.previoustrack({})")
    assert now_ms(page) == pytest.approx(starts[number - 1], abs=1)
    page.evaluate("registered.length = 0")
    page.evaluate("handlers.play({})")
    until(page, "registered.length >= 6")
    for name in ("seekto", "seekbackward", "seekforward"):
        assert [again for of, again in page.evaluate("registered") if of == name] == [False, True]
    assert page.evaluate("navigator.mediaSession.playbackState") == "playing"
    metadata = page.evaluate(
        "(({ title, artist, artwork }) => [title, artist, artwork[0].src])(navigator.mediaSession.metadata)"
    )
    phase, _, name = plan.timeline.chapters[number - 1].title.partition(": ")
    assert metadata[:2] == [name, f"Hip flexor release · {phase}"]
    assert metadata[2].startswith("data:image/png;base64,") or metadata[2].startswith("blob:")
    page.evaluate("handlers.pause({})")
    assert paused(page)


def test_android_keeps_previous_and_next(visit: Open):
    page, _ = visit(
        script=SPY, user_agent="Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile"
    )
    assert set(page.evaluate("Object.keys(handlers)")) == {"play", "pause", "previoustrack", "nexttrack", "seekto"}


# From the first to the last second


def test_it_plays_to_the_finish_and_starts_again(visit: Open, plan: Plan):
    page, _ = visit()
    go(page, plan.timeline.duration_ms - 1200)
    hurry(page)
    page.click("#play")
    page.wait_for_selector("#finish:not([hidden])")
    assert page.inner_text("#done") == "Done"
    assert "8 exercises" in page.inner_text("#finish")
    assert page.evaluate("document.activeElement.id") == "done"
    assert page.inner_text("#left") == "0:00"
    page.click("#again")
    until(page, "!document.getElementById('audio').paused")
    assert now_ms(page) < 2000
    assert not page.is_visible("#finish")


def test_it_resumes_where_i_was(visit: Open):
    page, _ = visit()
    page.select_option("#speed", "1.25")
    page.click("#play")
    go(page, 700_000)
    page.wait_for_timeout(500)
    page.reload()
    until(page, "document.getElementById('audio').currentTime > 699")
    assert paused(page)
    assert page.inner_text("#resumed-at") == "11:40"
    assert page.evaluate("document.getElementById('audio').playbackRate") == 1.25
    page.click("#from-start")
    until(page, "!document.getElementById('audio').paused")
    assert now_ms(page) < 2000
    assert not page.is_visible("#resumed")


def test_a_finished_session_begins_at_its_beginning(visit: Open, plan: Plan):
    page, _ = visit()
    go(page, plan.timeline.duration_ms - 700)
    hurry(page)
    page.click("#play")
    page.wait_for_selector("#finish:not([hidden])")
    page.reload()
    until(page, "document.getElementById('audio').readyState > 0")
    assert now_ms(page) == 0


def test_it_works_where_storage_is_denied(visit: Open):
    page, _ = visit(script=DENIED)
    page.click("#play")
    page.click("#forward")
    until(page, "document.getElementById('audio').currentTime > 10.3")
    page.select_option("#speed", "0.8")
    page.reload()
    until(page, "document.getElementById('audio').readyState > 0")
    assert now_ms(page) == 0


def test_a_recording_that_does_not_load_is_said_in_words_and_tried_again(
    chromium: Browser, files: dict[str, tuple[str, bytes]]
):
    lacking = {name: content for name, content in files.items() if name != "session.mp3"}
    with served(lacking) as address:
        page = chromium.new_page()
        page.goto(f"{address}/session")
        page.wait_for_selector("#message:not([hidden])")
        assert page.inner_text("#message").startswith("The recording can't be loaded. Is the computer that shares it")
        lacking["session.mp3"] = files["session.mp3"]
        page.click("#play")
        until(page, "document.getElementById('audio').currentTime > 0.2")
        assert not page.is_visible("#message")
        page.close()


def test_a_recording_that_stops_loading_goes_on_where_it_stopped(
    chromium: Browser, files: dict[str, tuple[str, bytes]]
):
    lost = dict(files)
    with served(lost) as address:
        page = chromium.new_page()
        page.goto(f"{address}/session")
        page.click("#play")
        played_to(page, 100)
        del lost["session.mp3"]
        go(page, 1_500_000)
        page.wait_for_selector("#message:not([hidden])")
        assert "Press play to try again." in page.inner_text("#message")
        assert page.get_attribute("#play", "aria-label") == "Play"
        lost["session.mp3"] = files["session.mp3"]
        page.click("#play")
        played_to(page, 1_500_100)
        assert not page.is_visible("#message")
        page.close()


def test_a_recording_that_is_none_is_said_in_words(chromium: Browser, files: dict[str, tuple[str, bytes]]):
    with served({**files, "session.mp3": (MP3, b"no MP3 at all" * 1000)}) as address:
        page = chromium.new_page()
        page.goto(f"{address}/session")
        page.wait_for_selector("#message:not([hidden])")
        page.click("#play")
        page.wait_for_timeout(300)
        assert "can't be loaded" in page.inner_text("#message")
        assert page.get_attribute("#play", "aria-label") == "Play"
        page.close()


# One file


def test_one_file_holds_player_and_recording(chromium: Browser, mp3: Path, plan: Plan, tmp_path: Path):
    page_file = tmp_path / "session.html"
    assert run(["page", str(mp3), "-o", str(page_file)]) == 0
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    watched = Watched(page)
    page.goto(page_file.as_uri())
    until(page, "document.getElementById('audio').readyState > 0")
    ready_ms = page.evaluate("performance.now()")
    chapter = plan.timeline.chapters[-2]
    page.evaluate("window.began = performance.now()")
    go(page, chapter.start_ms)
    until(page, "!document.getElementById('audio').seeking")
    seek_ms = page.evaluate("performance.now() - began")
    page.click("#play")
    played_to(page, chapter.start_ms + 400)
    assert page.inner_text("#name") in chapter.title
    size = page_file.stat().st_size / 1e6
    print(f"\none file of {size:.1f} MB: ready after {ready_ms:.0f} ms, seeks in {seek_ms:.0f} ms")
    assert page.evaluate("document.getElementById('audio').duration") == pytest.approx(
        plan.timeline.duration_ms / 1000, abs=0.1
    )
    assert ready_ms < 10_000
    assert watched.left_the_machine() == []
    assert watched.complaints == []
    page.close()


# Words that would break out, and sizes


@pytest.fixture
def sharp(files: dict[str, tuple[str, bytes]], plan: Plan) -> Iterator[None]:
    """Serve a session all of whose texts are sharp, or long."""
    chapters = tuple(
        Chapter(item.start_ms, item.end_ms, SHARP if number % 2 else "A very long name of an exercise " * 4)
        for number, item in enumerate(plan.timeline.chapters)
    )
    events = tuple(replace(event, text=event.text and SHARP) for event in plan.timeline.events)
    timeline = replace(plan.timeline, chapters=chapters, events=events)
    other = replace(plan, title=SHARP, protocol=SHARP, profile="Zoë <i>", timeline=timeline)
    files["sharp"] = (HTML, player_html(other, "session.mp3", NONCE, "list").encode())
    yield
    del files["sharp"]


@pytest.mark.usefixtures("sharp")
def test_texts_do_not_break_out(visit: Open, plan: Plan):
    page, _ = visit("sharp")
    go(page, plan.timeline.chapters[1].start_ms + 500)
    settled(page)
    shown = " ".join(SHARP.split())
    for text in (page.title(), page.inner_text("#name"), page.inner_text("#cue"), page.inner_text("h1")):
        assert shown[:40] in " ".join(text.split())
    assert "{{ 7 * 7 }}" in page.inner_text("#name")
    assert page.locator("script").count() == 2


CONTROLS = ["#previous", "#back", "#play", "#forward", "#following", "#seek", "#list", "#speed"]

BOXES = """names => Object.fromEntries(names.map(name => {
    const { x, y, width, height } = document.querySelector(name).getBoundingClientRect();
    return [name, { x, y, width, height }];
}))"""
"""The place of each element in the window; asked for one by one they take most of the time of a test."""


@pytest.mark.usefixtures("sharp")
@pytest.mark.parametrize("size", [PORTRAIT, SMALL, LANDSCAPE], ids=["portrait", "small", "landscape"])
@pytest.mark.parametrize("name", ["session", "sharp"])
def test_nothing_is_cut_or_out_of_reach(visit: Open, plan: Plan, name: str, size: tuple[int, int]):
    page, _ = visit(name, size)
    kinds = {event.role: event for event in plan.timeline.events if not event.sounds}
    for event in kinds.values():
        go(page, (event.start_ms + event.end_ms) / 2)
        settled(page)
        wide, high = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert wide == size[0]
        assert high == size[1] or name == "sharp", f"{event.role} needs no scrolling"
        for control, box in page.evaluate(BOXES, CONTROLS).items():
            assert min(box["width"], box["height"]) >= (31 if control == "#seek" else 44), control
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size[0]
            assert size[1] * 0.55 < box["y"] + box["height"] <= size[1], f"{control} in reach of the thumb"


@pytest.mark.parametrize("size", [PORTRAIT, SMALL, LANDSCAPE], ids=["portrait", "small", "landscape"])
def test_a_note_is_shown_with_its_exercise_alone(visit: Open, plan: Plan, size: tuple[int, int]):
    page, _ = visit("noted", size)
    holds = {event.place.exercise: event for event in plan.timeline.of_kind(EventKind.HOLD)}
    for exercise in ("couch-stretch", "half-kneeling"):
        go(page, (holds[exercise].start_ms + holds[exercise].end_ms) / 2)
        settled(page)
        noted = exercise == "couch-stretch"
        assert page.locator("#mind").is_visible() is noted
        assert page.inner_text("#mind") == (NOTE if noted else "")
        assert page.evaluate("document.documentElement.scrollHeight") == size[1]
    page.click("#list")
    assert page.locator("#chapters .mind").all_inner_texts() == [NOTE]
    assert problems(page) == []


def test_the_figure_of_what_is_done_is_seen_whole(visit: Open, plan: Plan):
    page, _ = visit("session")
    holds = {(event.place.exercise, event.place.side): event for event in plan.timeline.of_kind(EventKind.HOLD)}
    reps = {(event.place.exercise, event.place.side): event for event in plan.timeline.of_kind(EventKind.REP)}
    for (exercise, side), event in (holds | reps).items():
        go(page, (event.start_ms + event.end_ms) / 2)
        settled(page)
        [figure] = page.locator("#figures > :not([hidden])").all()
        assert exercise is not None
        assert figure.locator("title").text_content() == words_of(exercise, side, ENGLISH)
        for width, height in (PORTRAIT, SMALL, LANDSCAPE):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("[innerWidth, innerHeight]") == [width, height]
            box, stage = page.evaluate(BOXES, ["#figures > :not([hidden])", "#stage"]).values()
            assert min(box["width"], box["height"]) > 55
            assert stage["y"] <= box["y"]
            assert box["y"] + box["height"] <= stage["y"] + stage["height"]
        for scheme, colour in (("light", "rgb(194, 65, 12)"), ("dark", "rgb(255, 145, 82)")) if side else ():
            # What is marked has the mark's own colour, under the policy of the page and inside a use element too.
            page.emulate_media(color_scheme=scheme)
            marks = figure.locator("path.m").first.evaluate("path => getComputedStyle(path).stroke")
            assert marks == colour
    go(page, 1000)
    settled(page)
    assert page.locator("#figures").is_hidden()


def test_a_figure_is_drawn_in_its_colours(visit: Open, plan: Plan):
    page, _ = visit("session", PORTRAIT)
    hold = next(event for event in plan.timeline.of_kind(EventKind.HOLD) if event.place.exercise == "half-kneeling")
    go(page, (hold.start_ms + hold.end_ms) / 2)
    settled(page)
    with Image.open(io.BytesIO(page.locator("#figures").screenshot())) as shot:
        colours = shot.convert("RGB").getcolors(1 << 24)
    seen = Counter({colour: count for count, colour in colours or ()})
    for colour in ("#1d2530", "#97a1ad", "#c2410c"):
        assert seen[ImageColor.getrgb(colour)[:3]] > 20, f"{colour} is seen"


# Everyone


def test_axe_finds_nothing(visit: Open, plan: Plan):
    page, _ = visit("list", reduced_motion="reduce")
    assert problems_of_schemes(page) == []
    page, _ = visit(reduced_motion="reduce")
    assert problems_of_schemes(page) == []
    kinds = {(event.role, event.place.side): event for event in plan.timeline.events if not event.sounds}
    for event in kinds.values():
        go(page, (event.start_ms + event.end_ms) / 2)
        settled(page)
        assert problems_of_schemes(page) == [], event.role
    page.click("#list")
    assert problems_of_schemes(page) == []
    page.keyboard.press("Escape")
    go(page, plan.timeline.duration_ms - 600)
    page.click("#play")
    page.wait_for_selector("#finish:not([hidden])")
    assert problems_of_schemes(page) == []


def test_axe_sees_words_too_faint_in_dark_colours_alone(visit: Open):
    page, _ = visit(reduced_motion="reduce")
    page.evaluate("""() => {
        const faint = new CSSStyleSheet();
        faint.replaceSync("@media (prefers-color-scheme: dark) { #name { color: #333 !important } }");
        document.adoptedStyleSheets = [faint];
    }""")
    [found] = problems_of_schemes(page)
    assert found.startswith("color-contrast: ['#name']")


def test_the_page_is_light(plan: Plan):
    page = player_html(plan, "session.mp3", NONCE, "list")
    own = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
    bare = re.sub(r'<svg (?:class="figure"|id="positions").*?</svg>', "", own, flags=re.DOTALL)
    sizes = [len(text.encode()) / 1000 for text in (page, own, bare)]
    packed = len(gzip.compress(page.encode(), mtime=0)) / 1000
    print("\npage {:.1f} kB, {:.1f} kB without the plan, {:.1f} kB without figures".format(*sizes))
    print(f"packed {packed:.1f} kB")
    # The log, the waiting and the transcript are 36 kB of it, and 10 kB packed.
    assert sizes[2] < 78
    # The figures of eight exercises, most of them for either side, are 6 kB of it.
    assert packed < 39
