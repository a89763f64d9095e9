"""What else the player page does, in a real browser: the log, waiting, sets again, the transcript, larger text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Download, Page
from pypdf import PdfReader

from audioguide.cli import run
from audioguide.export.player.player_page import player_html
from audioguide.export.player.set_positions import sets_of
from audioguide.export.tags.id3 import read_plan
from audioguide.languages.registry import FOLDERS
from audioguide.model.kinds import EventKind, RestRole, SpeechRole
from audioguide.model.plan import Plan
from tests.integration.browser import NONCE, PORTRAIT, SMALL, Watched, needs_browser
from tests.integration.browser import served as served_files
from tests.integration.playing import DENIED, SPY, go, now_ms, paused, played_to, problems_of_schemes, settled, until
from tests.share.conftest import TOKEN, serving

pytestmark = [
    pytest.mark.real,
    needs_browser,
]

SMALL_SESSION = """
format = 1
id = "small"
title = "Small session"
[[phase]]
title = "Work"
exercises = ["squeeze", "bug"]
[exercise.squeeze]
name = "Étirement"
sides = "each"
hold_s = 7
repeat = 2
relax_s = 3
sets = 2
rest_s = 12
setup = ["Sit on your {side} side."]
[exercise.bug]
name = "Dead bug"
figure = "dead-bug"
sides = "alternating"
reps = 2
tempo = "2-1-1"
sets = 2
rest_s = 10
"""

LOG_KEY = "audioguide-log:small"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sessions of one protocol, each as MP3 and as a page of its own."""
    made = tmp_path_factory.mktemp("sheets")
    (made / "small.toml").write_text(SMALL_SESSION, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOGUIDE_CACHE", "off")
        for name, hold in (("small", 7), ("other", 9)):
            build = ["build", str(made / "small.toml"), "--hold", f"squeeze={hold}", "--engine", "fake", "--quiet"]
            assert run([*build, "-o", str(made / f"{name}.mp3")]) == 0
            assert run(["page", str(made / f"{name}.mp3")]) == 0
    return made


@pytest.fixture(scope="module")
def plan(folder: Path) -> Plan:
    return read_plan(folder / "small.mp3")


@pytest.fixture(scope="module")
def homes(folder: Path) -> Iterator[dict[str, str]]:
    """Where the pages are: at a server that shares the folder, and in the folder itself."""
    with serving(folder) as sharing:
        home = f"http://127.0.0.1:{sharing.port}/{TOKEN}/"
        files = {f"file-{name}": (folder / f"{name}.html").as_uri() for name in ("small", "other")}
        yield {f"shared-{name}": f"{home}{name}/" for name in ("small", "other")} | files


@pytest.fixture
def visit(chromium: Browser, homes: dict[str, str]) -> Iterator[Open]:
    """Open a page as a phone does; at the end, hold that it asked for nothing outside and complained of nothing."""
    contexts, watched = [], []

    def call(name: str = "shared-small", size: tuple[int, int] = PORTRAIT, script: str = "", **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True, **options)
        contexts.append(context)
        context.add_init_script(script)
        page = context.new_page()
        watched.append(Watched(page))
        page.goto(homes[name])
        until(page, "document.getElementById('audio').readyState > 0")
        return page

    yield call
    for context in contexts:
        context.close()
    for seen in watched:
        assert seen.left_the_machine() == []
        assert seen.complaints == []


def open_sheet(page: Page, name: str) -> None:
    page.get_by_role("button", name="More").click()
    page.get_by_role("dialog", name="More").get_by_role("button", name=name).click()


def assert_fits(page: Page) -> None:
    """Hold that nothing is wider than the window, neither the page nor what is open above it."""
    wide = """[document.documentElement, ...document.querySelectorAll("dialog[open]")]
        .map(element => [element.scrollWidth - element.clientWidth, element.clientWidth - innerWidth])"""
    assert all(over <= 0 and beyond <= 0 for over, beyond in page.evaluate(wide))


# The log


def fill(page: Page, before: int, after: int, effort: int, note: str) -> None:
    log = page.get_by_role("dialog", name="How was it?")
    for group, value in (("Pain before", before), ("Pain after", after), ("Effort", effort)):
        log.get_by_role("group", name=group).get_by_role("radio", name=f"{value}", exact=True).check()
    log.get_by_label("Note").fill(note)
    log.get_by_role("button", name="Save").click()


def download(page: Page, button: str) -> tuple[str, str]:
    """Return the name and the text of the file that a button of the log hands on."""
    with page.expect_download() as found:
        page.get_by_role("button", name=button).click()
    got: Download = found.value
    return got.suggested_filename, Path(got.path()).read_bytes().decode("utf-8")


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(("kind", "size"), [("shared", PORTRAIT), ("file", SMALL)], ids=["shared", "one file"])
def test_the_log_from_the_end_of_a_session_to_its_erasing(
    visit: Open, plan: Plan, homes: dict[str, str], kind: str, size: tuple[int, int]
):
    page = visit(f"{kind}-small", size, locale="en-GB", reduced_motion="reduce")
    go(page, plan.timeline.duration_ms - 300)
    page.click("#play")
    page.locator("#finish").get_by_role("button", name="How was it?").click()
    log = page.get_by_role("dialog", name="How was it?")
    assert log.get_by_role("checkbox", name="I did the whole session").is_checked()
    assert log.get_by_text("There is no entry yet.").is_visible()
    assert not log.get_by_role("button", name="Export as CSV").is_visible()
    assert_fits(page)
    assert problems_of_schemes(page) == []
    fill(page, 4, 2, 6, '=HYPERLINK("http://x")')
    assert log.get_by_role("status").inner_text() == "Saved."
    assert log.locator("input[type=radio]:checked").count() == 0
    chart = log.get_by_role("img", name="Pain before: first 4, last 4. Pain after: first 2, last 2. Effort: first 6")
    assert chart.is_visible()

    page.reload()
    open_sheet(page, "How was it?")
    assert "Pain before\u00a04 · Pain after\u00a02 · Effort\u00a06" in page.inner_text("#entries")
    page.goto(homes[f"{kind}-other"])
    open_sheet(page, "How was it?")
    assert page.locator("#entries li").count() == 1, "the next session of the protocol goes on with its log"
    assert not log.get_by_role("checkbox").is_checked(), "it was not played to its end"
    fill(page, 3, 1, 5, "two\nlines, fine")
    assert log.get_by_role("img", name="Pain before: first 4, last 3. Pain after: first 2, last 1.").is_visible()
    assert_fits(page)
    assert problems_of_schemes(page) == []

    name, text = download(page, "Export as CSV")
    assert (name, text[0]) == ("small-log.csv", "\ufeff"), "Excel reads UTF-8 by its mark alone"
    heads, first, second = rows(text)
    assert heads[1:] == ["Session", "I did the whole session", "Pain before", "Pain after", "Effort", "Note"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", first[0])
    assert first[1:] == ["Small session", "1", "4", "2", "6", '\'=HYPERLINK("http://x")']
    assert second[1:] == ["Small session", "0", "3", "1", "5", "two\nlines, fine"]
    name, text = download(page, "Export as JSON")
    kept = json.loads(text)
    assert (name, kept["format"], kept["protocol"], len(kept["entries"])) == ("small-log.json", 1, "small", 2)
    assert kept["entries"][0]["note"] == '=HYPERLINK("http://x")', "programs get it as it was written"

    log.get_by_role("button", name="Erase the log").click()
    question = page.get_by_role("alertdialog", name="Erase all entries of this session? They can't be brought back.")
    question.get_by_role("button", name="Keep").click()
    assert page.locator("#entries li").count() == 2
    log.get_by_role("button", name="Erase the log").click()
    question.get_by_role("button", name="Erase").click()
    assert log.get_by_role("status").inner_text() == "Everything is erased."
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('audioguide-log'))") == []
    page.reload()
    open_sheet(page, "How was it?")
    assert page.locator("#entries li").count() == 0


def entry(day: int, **changed: object) -> dict[str, object]:
    plain = {"title": "Small session", "done": True, "before": 5, "after": 3, "effort": 6, "note": ""}
    return plain | {"at": f"2026-10-{day:02}T08:30:00.000Z"} | changed


def keep(page: Page, text: str) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [LOG_KEY, text])


def test_a_double_tap_on_save_makes_one_entry_and_a_single_entry_is_erased(visit: Open):
    page = visit(locale="en-GB")
    open_sheet(page, "How was it?")
    log, entries = page.get_by_role("dialog", name="How was it?"), page.locator("#entries li")
    log.get_by_role("checkbox").check()
    log.get_by_label("Note").fill("first")
    log.get_by_role("button", name="Save").dblclick()
    assert entries.count() == 1
    fill(page, 4, 2, 6, "second")
    assert entries.count() == 2
    asked = log.get_by_role("alertdialog", name="Erase this entry? It can't be brought back.")
    one = entries.filter(has_text="first").get_by_role("button", name=re.compile(r"^Erase the entry of \d+ \w+ \d{4}"))
    one.click()
    assert problems_of_schemes(page) == []
    assert_fits(page)
    asked.get_by_role("button", name="Keep").click()
    assert entries.count() == 2
    assert one.evaluate("button => button === document.activeElement")
    one.click()
    asked.get_by_role("button", name="Erase").click()
    assert log.get_by_role("status").inner_text() == "The entry is erased."
    page.reload()
    open_sheet(page, "How was it?")
    assert entries.count() == 1
    assert "second" in entries.inner_text()


def test_the_chart_shows_the_numbers_over_the_weeks(visit: Open):
    page = visit(size=SMALL, locale="en-GB", timezone_id="Europe/Berlin")
    entries = [entry(day, before=9 - number, effort=None) for number, day in enumerate((1, 5, 12, 23, 30))]
    keep(page, json.dumps(entries))
    open_sheet(page, "How was it?")
    assert page.locator("#chart > title").text_content() == (
        "Your log from 1 Oct to 30 Oct. Pain before: first 9, last 5. Pain after: first 3, last 3"
    )
    assert page.locator("#chart .grid").count() == 5 + 3, "a line for each week, and three for the numbers"
    course = page.get_attribute("#chart .course.before", "d") or ""
    points = [tuple(map(float, point.split())) for point in course.removeprefix("M").split("L")]
    steps = [(two[0] - one[0]) / (points[-1][0] - points[0][0]) for one, two in pairwise(points)]
    assert steps == pytest.approx([4 / 29, 7 / 29, 11 / 29, 7 / 29], abs=0.005), "days are to scale"
    assert [y for _, y in points] == sorted(y for _, y in points), "less pain is lower"
    assert page.locator("#chart .course.effort").count() == 0, "what nobody wrote is not drawn as nothing"
    assert page.locator("#entries li").first.inner_text().startswith("30 Oct 2026")


def test_notes_that_a_spreadsheet_would_compute_stay_texts(visit: Open):
    page = visit()
    sharp = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", 'a "quoted", b', "-", "a=b", "5-3", ""]
    keep(page, json.dumps([entry(1 + number, note=note) for number, note in enumerate(sharp)]))
    open_sheet(page, "How was it?")
    notes = [row[-1] for row in rows(download(page, "Export as CSV")[1])[1:]]
    assert notes == [f"'{note}" if number < 7 or note == "-" else note for number, note in enumerate(sharp)]


SHARING = """
navigator.canShare = ({ files }) => files.every(file => file.name.endsWith(".csv"));
window.shared = [];
navigator.share = async ({ files }) => {
    shared.push(await files[0].text());
    if (window.refusal) throw new DOMException("refused", window.refusal);
};
"""


def test_a_phone_that_shares_files_gets_its_sheet_and_others_a_download(visit: Open):
    page = visit(script=SHARING)
    keep(page, json.dumps([entry(1)]))
    open_sheet(page, "How was it?")
    downloads: list[Download] = []
    page.on("download", lambda got: downloads.append(got))
    for refusal in ("", "AbortError"):
        page.evaluate("refusal => { window.refusal = refusal }", refusal)
        page.get_by_role("button", name="Export as CSV").click()
    until(page, "shared.length === 2")
    assert rows(page.evaluate("shared[0]"))[1][3:6] == ["5", "3", "6"]
    assert download(page, "Export as JSON")[0].endswith(".json"), "its sheet takes no such file"
    assert len(downloads) == 1, "who closes the sheet gets no download instead"
    page.evaluate("window.refusal = 'NotAllowedError'")
    assert rows(download(page, "Export as CSV")[1])[1][3:6] == ["5", "3", "6"]


def trouble(page: Page) -> str:
    return page.inner_text("#log-trouble") if page.is_visible("#log-trouble") else ""


def test_a_browser_that_keeps_nothing_says_so_and_exports(visit: Open):
    page = visit(script=DENIED, size=SMALL)
    open_sheet(page, "How was it?")
    assert trouble(page).startswith("This browser keeps nothing for this page.")
    assert problems_of_schemes(page) == []
    fill(page, 4, 2, 6, "kept nowhere")
    assert page.locator("#log").get_by_role("status").inner_text() == ""
    assert page.locator("#entries li").count() == 1
    assert rows(download(page, "Export as CSV")[1])[1][-1] == "kept nowhere"
    page.get_by_role("button", name="Erase the log").click()
    page.get_by_role("button", name="Erase", exact=True).click()
    assert page.locator("#entries li").count() == 0


def test_a_browser_without_room_says_so_and_goes_on_when_there_is_some(visit: Open):
    page = visit()
    keep(page, json.dumps([entry(1)]))
    page.evaluate("""() => {
        for (let size = 1 << 22; size >= 1; size >>= 1) {
            try { while (true) localStorage.setItem(`fill${size}-${Math.random()}`, "x".repeat(size)); } catch {}
        }
    }""")
    open_sheet(page, "How was it?")
    fill(page, 4, 2, 6, "no room")
    assert trouble(page).startswith("This browser has no room left for new entries.")
    assert page.locator("#entries li").count() == 2
    page.evaluate(
        "Object.keys(localStorage).filter(key => key.startsWith('fill')).forEach(key => delete localStorage[key])"
    )
    fill(page, 3, 2, 6, "room again")
    assert trouble(page) == ""
    page.reload()
    open_sheet(page, "How was it?")
    assert page.locator("#entries li").count() == 3


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("{broken", 0),
        ("null", 0),
        ('""', 0),
        ('{"length": 0, "note": "mine"}', 0),
        ('{"at": "2026-10-01"}', 0),
        (json.dumps([entry(1), {"at": 5}, entry(2, before=11), entry(3, future="kept")]), 2),
    ],
    ids=["no JSON", "null", "no words", "an empty something", "no list", "some entries"],
)
def test_what_a_log_held_before_is_put_aside_where_it_cannot_be_read(visit: Open, text: str, readable: int):
    page = visit()
    keep(page, text)
    open_sheet(page, "How was it?")
    assert trouble(page).startswith("What was kept here can't all be read.")
    assert page.locator("#entries li").count() == readable
    fill(page, 4, 2, 6, "new")
    assert page.locator("#entries li").count() == readable + 1
    exported = json.loads(download(page, "Export as JSON")[1])
    assert exported["unreadable"] == text
    assert [each.get("future") for each in exported["entries"]].count("kept") == (1 if readable else 0)
    page.reload()
    open_sheet(page, "How was it?")
    assert trouble(page) == ""
    assert page.locator("#entries li").count() == readable + 1
    page.get_by_role("button", name="Erase the log").click()
    page.get_by_role("button", name="Erase", exact=True).click()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('audioguide-log'))") == []


def test_a_clock_that_was_wrong_for_once_leaves_the_chart_readable(visit: Open):
    page = visit(locale="en-GB")
    keep(page, json.dumps([entry(1, at="1970-01-01T00:00:00.000Z"), entry(30), entry(31, at="9999-12-31T00:00:00Z")]))
    open_sheet(page, "How was it?")
    assert page.locator("#chart .grid").count() < 40
    assert page.locator("#entries li").count() == 3


@pytest.mark.parametrize("at", ["-271821-04-20T00:00:00.000Z", "+275760-09-13T00:00:00.000Z"])
def test_an_entry_at_either_end_of_a_browser_s_calendar_is_shown(visit: Open, at: str):
    page = visit(locale="en-GB")
    keep(page, json.dumps([entry(1, at=at)]))
    open_sheet(page, "How was it?")
    assert page.locator("#entries li").count() == 1
    chart = page.inner_html("#chart")
    assert "NaN" not in chart
    assert page.locator("#chart .grid").count() >= 4
    fill(page, 4, 2, 6, "new")
    assert page.locator("#entries li").count() == 2
    assert "NaN" not in page.inner_html("#chart")


def test_a_tap_between_two_fields_closes_no_sheet_and_one_beside_it_does(visit: Open):
    page = visit()
    open_sheet(page, "How was it?")
    field = page.get_by_role("group", name="Pain after").bounding_box()
    assert field is not None
    page.touchscreen.tap(field["x"] - 8, field["y"] - 3)
    assert page.get_by_role("dialog", name="How was it?").is_visible()
    page.touchscreen.tap(PORTRAIT[0] / 2, 40)
    assert not page.locator("#log").is_visible()


def test_two_windows_write_into_one_log(visit: Open, homes: dict[str, str]):
    page = visit()
    second = page.context.new_page()
    second.goto(homes["shared-other"])
    for window, note in ((page, "one"), (second, "two"), (page, "three")):
        window.bring_to_front()
        if not window.locator("#log").is_visible():
            open_sheet(window, "How was it?")
        fill(window, 4, 2, 6, note)
    for window in (page, second):
        until(window, "document.querySelectorAll('#entries li').length === 3")


# Waiting


def break_ends(plan: Plan) -> list[int]:
    """Return when the breaks end: all but those between holds of one go."""
    return [event.end_ms for event in plan.timeline.of_kind(EventKind.REST) if event.place.rep is None]


def wait_from(page: Page, end_ms: int) -> None:
    """Play towards the end of a break, and hold that it waits right there."""
    go(page, end_ms - 250)
    settled(page)
    if paused(page):
        page.click("#play")
    page.wait_for_selector(".awaited")
    assert paused(page)
    assert end_ms - 60 <= now_ms(page) < end_ms, "before the start beep, of which nothing was heard"


GO_ON: dict[str, Callable[[Page], object]] = {
    "tap": lambda page: page.tap("#stage .dial"),
    "button": lambda page: page.get_by_role("button", name="Go on").click(),
    "space": lambda page: page.keyboard.press("Space"),
    "enter": lambda page: page.keyboard.press("Enter"),
    "headset": lambda page: page.evaluate("handlers.play({ action: 'play' })"),
}


@pytest.mark.parametrize(("kind", "size"), [("shared", SMALL), ("file", PORTRAIT)], ids=["shared", "one file"])
def test_it_waits_for_me_after_each_rest(visit: Open, plan: Plan, kind: str, size: tuple[int, int]):
    page = visit(f"{kind}-small", size, script=SPY, reduced_motion="reduce")
    page.get_by_role("button", name="More").click()
    switch = page.get_by_role("switch", name="Wait for me")
    assert not switch.is_checked()
    switch.check()
    page.keyboard.press("Escape")
    ends = break_ends(plan)
    ways = GO_ON if kind == "shared" else {"tap": GO_ON["tap"]}
    for way, act in ways.items():
        for end_ms in (ends[1], ends[2]):
            wait_from(page, end_ms)
            assert page.inner_text(".tags").startswith("Waiting for you"), way
            assert page.inner_text("#say") == "Waiting for you"
            assert page.get_by_role("button", name="Go on").is_visible()
            assert page.evaluate("navigator.mediaSession.playbackState") == "paused"
            act(page)
            played_to(page, end_ms + 30)
            assert not paused(page), way
            assert not page.get_by_role("button", name="Go on").is_visible()
    wait_from(page, ends[1])
    assert_fits(page)
    assert page.evaluate("document.documentElement.scrollHeight") == size[1]
    assert problems_of_schemes(page) == []
    page.click("#following")
    assert not page.get_by_role("button", name="Go on").is_visible(), "elsewhere nobody is waited for"
    page.reload()
    until(page, "document.getElementById('audio').readyState > 0")
    wait_from(page, ends[2])


def test_it_does_not_wait_between_the_holds_of_one_go_nor_unasked(visit: Open, plan: Plan):
    page = visit()
    between = next(event for event in plan.timeline.of_kind(EventKind.REST) if event.place.rep is not None)
    for at_ms, asked in ((between.end_ms, True), (break_ends(plan)[1], False)):
        page.evaluate(
            "on => { const box = document.getElementById('wait'); if (box.checked !== on) box.click() }", asked
        )
        go(page, at_ms - 200)
        settled(page)
        if paused(page):
            page.click("#play")
        played_to(page, at_ms + 100)
        assert not paused(page)


def test_it_waits_with_the_screen_off(visit: Open, plan: Plan):
    page = visit(script=SPY)
    page.evaluate("""() => {
        document.getElementById("wait").click();
        Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    wait_from(page, break_ends(plan)[1])
    page.evaluate("handlers.play({ action: 'play' })")
    played_to(page, break_ends(plan)[1] + 30)


LOCK = """
window.locks = 0;
const lock = { release: async () => { locks = 0 } };
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => { locks = 1; return lock } } });
"""


def test_the_screen_stays_on_while_it_waits(visit: Open, plan: Plan):
    page = visit(script=LOCK)
    page.evaluate("document.getElementById('wait').click()")
    wait_from(page, break_ends(plan)[1])
    assert page.evaluate("locks") == 1
    page.click("#following")
    until(page, "locks === 0")


# Sets


def off(page: Page, name: str) -> bool:
    return page.get_by_role("button", name=name).get_attribute("aria-disabled") == "true"


def test_sets_and_sides_are_done_again_or_skipped_where_the_plan_has_them(visit: Open, plan: Plan):
    page = visit(size=SMALL)
    first, second, turns, last = sets_of(plan.timeline)
    left, right = first.efforts
    rests = [event for event in plan.timeline.of_kind(EventKind.REST) if event.role is RestRole.REST]
    rest = next(event for event in rests if event.place.rep is None)
    assert rest.start_ms == first.end_ms
    for at_ms, button, key, wanted_ms in (
        (right.start_ms + 2000, "This side again", "t", right.ready_ms),
        (right.start_ms + 2000, "Repeat set", "r", left.ready_ms),
        (right.start_ms + 2000, "Skip set", "s", rest.start_ms),
        (right.from_ms + 200, "This side again", "t", left.ready_ms),
        (right.ready_ms + 10, "This side again", "t", left.ready_ms),
        (rest.start_ms + 200, "This side again", "t", right.ready_ms),
        (rest.start_ms + 200, "Repeat set", "r", left.ready_ms),
        (rest.start_ms + 200, "Skip set", "s", second.end_ms),
        (second.ready_ms + 10, "Repeat set", "r", left.ready_ms),
        (second.ready_ms + 10, "This side again", "t", right.ready_ms),
        (second.efforts[0].start_ms + 10, "Repeat set", "r", second.ready_ms),
        (turns.efforts[0].start_ms + 3000, "Repeat set", "r", turns.ready_ms),
        (turns.efforts[0].start_ms + 3000, "Skip set", "s", last.from_ms),
        (last.efforts[0].start_ms + 3000, "Skip set", "s", last.end_ms),
    ):
        for by_key in (False, True):
            go(page, at_ms)
            settled(page)
            assert not off(page, button), (at_ms, button)
            if by_key:
                page.keyboard.press(key)
            else:
                page.get_by_role("button", name=button).click()
            assert now_ms(page) == pytest.approx(wanted_ms, abs=1), (at_ms, button)
            if button != "Skip set":
                page.get_by_role("button", name=button).click()
                assert now_ms(page) == pytest.approx(wanted_ms, abs=1), "a second tap goes no further back"
    go(page, first.ready_ms + 10)
    settled(page)
    assert off(page, "Repeat set"), "nothing came before the first set"
    go(page, turns.efforts[0].start_ms + 3000)
    settled(page)
    assert off(page, "This side again"), "sides in turn have none alone"
    go(page, 0)
    settled(page)
    assert [off(page, name) for name in ("Repeat set", "This side again", "Skip set")] == [True, True, True]
    page.get_by_role("button", name="Repeat set").click(force=True)
    page.keyboard.press("s")
    assert now_ms(page) == 0


def test_who_was_waited_for_goes_on_with_the_set_before(visit: Open, plan: Plan):
    page = visit()
    page.evaluate("document.getElementById('wait').click()")
    first = sets_of(plan.timeline)[0]
    right = first.efforts[1]
    wait_from(page, right.start_ms)
    page.get_by_role("button", name="Repeat set").click()
    until(page, "!document.getElementById('audio').paused")
    played_to(page, first.ready_ms + 50)
    assert now_ms(page) < first.efforts[0].start_ms


# Keys


def test_letters_are_letters_where_one_types_and_can_be_switched_off(visit: Open, plan: Plan):
    page = visit()
    at_ms = sets_of(plan.timeline)[1].efforts[0].start_ms + 2000
    go(page, at_ms)
    settled(page)
    open_sheet(page, "Transcript")
    page.get_by_role("searchbox", name="Search").press_sequentially("nprst ")
    assert page.input_value("#search") == "nprst "
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    open_sheet(page, "How was it?")
    page.get_by_label("Note").press_sequentially("snp rt")
    assert page.input_value("#log-note") == "snp rt"
    page.locator("#log").get_by_role("button", name="Close").click()
    assert now_ms(page) == pytest.approx(at_ms, abs=1)
    assert paused(page)
    page.get_by_role("button", name="More").click()
    page.get_by_role("switch", name="Letter keys").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    until(page, "document.getElementById('audio').readyState > 0")
    go(page, at_ms)
    settled(page)
    for key in "nprst":
        page.keyboard.press(key)
    assert now_ms(page) == pytest.approx(at_ms, abs=1)
    page.keyboard.press("ArrowRight")
    assert now_ms(page) == pytest.approx(at_ms + 10_000, abs=20)


# Transcript


@pytest.mark.parametrize(("kind", "size"), [("shared", SMALL), ("file", PORTRAIT)], ids=["shared", "one file"])
def test_the_transcript_is_read_searched_and_tapped(visit: Open, plan: Plan, kind: str, size: tuple[int, int]):
    page = visit(f"{kind}-small", size, reduced_motion="reduce")
    speech = plan.timeline.of_kind(EventKind.SPEECH)
    cue = next(event for event in speech if event.role is SpeechRole.SETUP and "right side" in (event.text or ""))
    go(page, cue.start_ms + 300)
    settled(page)
    open_sheet(page, "Transcript")
    said = page.locator("#lines li:not(.done) [dir=auto]").all_text_contents()
    assert said == [event.text for event in speech], "every word that is spoken, in order"
    assert page.locator("#lines .done").first.inner_text().endswith("Get ready · Left side · Set 1 of 2 · 0:15")
    now = page.locator("#lines [aria-current]")
    assert (cue.text or "") in now.inner_text()
    assert now.is_visible()
    assert_fits(page)
    assert problems_of_schemes(page) == []
    page.get_by_role("searchbox", name="Search").fill("etirement")
    found = page.locator("#lines li:not([hidden])")
    wanted = [event.text for event in speech if "Étirement" in (event.text or "")]
    assert found.count() == len(wanted) > 0
    assert page.locator("#transcript").get_by_role("status").inner_text() == f"Found: {len(wanted)}"
    assert problems_of_schemes(page) == []
    page.get_by_role("searchbox", name="Search").fill("RIGHT SIDE")
    page.get_by_role("button", name=cue.text or "").first.click()
    assert not page.locator("#transcript").is_visible()
    assert now_ms(page) == pytest.approx(cue.start_ms, abs=1)


def test_the_transcript_prints_alone_and_whole(visit: Open, plan: Plan):
    page = visit(script="window.print = () => { window.prints = (window.prints ?? 0) + 1 };", color_scheme="dark")
    open_sheet(page, "Transcript")
    page.get_by_role("searchbox", name="Search").fill("nothing like this")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("prints") == 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#printed").is_visible()
    assert [page.locator(name).is_visible() for name in ("main", "#transcript", "header")] == [False, False, False]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media=None)
    printed = " ".join(" ".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(page.pdf())).pages).split())
    for event in plan.timeline.of_kind(EventKind.SPEECH):
        assert " ".join((event.text or "").split()) in printed
    assert "Small session" in printed
    assert "This recording informs" in printed


# Everyone


@pytest.mark.parametrize("size", [PORTRAIT, SMALL], ids=["portrait", "small"])
def test_larger_text_fits_and_stays(visit: Open, plan: Plan, size: tuple[int, int]):
    page = visit(size=size, reduced_motion="reduce")
    hold = plan.timeline.of_kind(EventKind.HOLD)[0]
    go(page, hold.start_ms + 2000)
    settled(page)
    plain = page.evaluate("parseFloat(getComputedStyle(document.getElementById('cue')).fontSize)")
    for name, least in (("Larger", 1.2), ("Largest", 1.4)):
        page.get_by_role("button", name="More").click()
        page.get_by_label("Text size").select_option(label=name)
        assert_fits(page)
        page.keyboard.press("Escape")
        assert page.evaluate("parseFloat(getComputedStyle(document.getElementById('cue')).fontSize)") > plain * least
        assert_fits(page)
        for sheet in ("Transcript", "How was it?"):
            open_sheet(page, sheet)
            assert_fits(page)
            page.keyboard.press("Escape")
        page.get_by_role("button", name="Play").scroll_into_view_if_needed()
        assert page.get_by_role("button", name="Play").is_visible()
    assert problems_of_schemes(page) == []
    page.reload()
    assert page.evaluate("document.documentElement.dataset.text") == "largest"


def test_what_a_screen_reader_finds(visit: Open):
    page = visit()
    page.get_by_role("button", name="More").click()
    assert page.locator("#more").aria_snapshot() == "\n".join(
        [
            '- dialog "More":',
            '  - heading "More" [level=2]',
            '  - button "Close"',
            '  - switch "Wait for me"',
            "  - text: Wait for me",
            "  - paragraph: After each rest the session waits until you tap, press space or Enter, or press play on "
            "your headset.",
            '  - button "Transcript"',
            '  - button "How was it?"',
            "  - text: Text size",
            '  - combobox "Text size":',
            '    - option "Normal" [selected]',
            '    - option "Larger"',
            '    - option "Largest"',
            '  - switch "Letter keys" [checked]',
            "  - text: Letter keys",
            '  - paragraph: "N and P: next and previous exercise. R: repeat set. T: this side again. S: skip set."',
        ]
    )
    page.get_by_role("dialog", name="More").get_by_role("button", name="How was it?").click()
    log = page.locator("#log")
    snapshot = log.aria_snapshot()
    for line in ('- group "Pain before":', '- group "Pain after":', '- group "Effort":', '- textbox "Note"'):
        assert line in snapshot
    assert log.get_by_role("radio").count() == 33
    # One radio button of each group is reached by Tab, and arrows go through it.
    page.get_by_role("group", name="Pain before").get_by_role("radio", name="0", exact=True).focus()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.locator("input[name=log-before]:checked").input_value() == "3"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "log-after"


@pytest.mark.parametrize("size", [PORTRAIT, SMALL], ids=["portrait", "small"])
def test_every_language_fits(chromium: Browser, folder: Path, plan: Plan, size: tuple[int, int]):
    html = "text/html; charset=utf-8"
    pages = {code: player_html(replace(plan, language=code), "small.mp3", NONCE, "list") for code in FOLDERS}
    files = {code: (html, page.encode()) for code, page in pages.items()}
    hold = plan.timeline.of_kind(EventKind.HOLD)[0]
    with served_files(files | {"small.mp3": ("audio/mpeg", (folder / "small.mp3").read_bytes())}) as address:
        for code in FOLDERS:
            # A context of its own, so that it does not go on where the one before was.
            page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
            seen = Watched(page)
            page.goto(f"{address}/{code}")
            until(page, "document.getElementById('audio').readyState > 0")
            go(page, hold.start_ms + 2000)
            settled(page)
            assert_fits(page)
            assert page.evaluate("document.documentElement.scrollHeight") == size[1], code
            buttons = "[...document.querySelectorAll('.sets button')]"
            assert not page.evaluate(f"{buttons}.some(found => found.scrollWidth > found.clientWidth)"), code
            for sheet in ("transcript", "log"):
                page.click("#menu")
                assert_fits(page)
                page.click(f"#open-{sheet}")
                assert_fits(page)
                page.click(f"#{sheet} .close")
            assert seen.complaints == []
            page.close()
