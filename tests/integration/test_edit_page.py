"""The page that edits a protocol in a real browser: a newcomer's way from nothing to a session, by hand and by key."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab

from audioguide.cli import run
from audioguide.library.protocol_files import load_protocol
from audioguide.library.translations import template
from tests.edit.served_page import Page, editing
from tests.helpers import HEAD, HOLD
from tests.integration.browser import PORTRAIT, SMALL, Watched, needs_browser

pytestmark = [
    pytest.mark.real,
    needs_browser,
]

DESKTOP = (1280, 900)
SIZES = [PORTRAIT, SMALL, DESKTOP]

Visit = Callable[..., Tab]


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Open a page; at the end, hold that it asked for nothing outside, complained of nothing and is accessible."""
    seen: list[tuple[Tab, Watched]] = []

    def call(page: Page, size: tuple[int, int] = PORTRAIT, **options: object) -> Tab:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, **options)  # type: ignore[arg-type]
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        seen.append((tab, Watched(tab)))
        tab.goto(page.home)
        return tab

    yield call
    for tab, watched in seen:
        assert watched.left_the_machine() == []
        # Browsers write a line for each answer that isn't 200, such as a refused save.
        assert [said for said in watched.complaints if "status of 4" not in said] == []
        tab.context.close()


def settled(tab: Tab) -> None:
    """Wait until every change so far was made and shown."""
    tab.evaluate("turn")


def fits(tab: Tab) -> None:
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()


class Newcomer:
    """Somebody who has never seen a TOML file, and what they do, counted."""

    def __init__(self, tab: Tab, look: Callable[[Tab, str], None] = lambda tab, name: None) -> None:
        self.tab, self.actions, self.look = tab, 0, look

    def click(self, target: Locator) -> None:
        self.actions += 1
        target.click()
        settled(self.tab)

    def fill(self, label: str | Locator, text: str) -> None:
        self.actions += 1
        target = self.tab.get_by_label(label, exact=True) if isinstance(label, str) else label
        target.fill(text)
        target.press("Enter")
        settled(self.tab)

    def choose(self, target: Locator, value: str) -> None:
        self.actions += 1
        target.select_option(value)
        settled(self.tab)

    def button(self, name: str, inside: Locator | None = None) -> Locator:
        return (inside or self.tab).get_by_role("button", name=name, exact=True)

    def make_a_session(self, path: Path) -> None:
        """Begin with the template, and make a phase of three exercises, a choice and a circuit, with own texts."""
        tab = self.tab
        self.look(tab, "start")
        tab.get_by_label("Save it as").fill(str(path))
        self.click(self.button("Begin"))
        self.fill(tab.locator("#f-title"), "Hips at home")
        self.fill(tab.get_by_placeholder("Title of a new phase"), "Round and round")
        phase = tab.locator("#g-phase-2")
        for exercise in ("couch-stretch", "half-kneeling"):
            self.choose(phase.get_by_label("Exercise to add to Round and round"), exercise)
            self.click(self.button("Add exercise", phase))
        self.fill(phase.get_by_label("Name of a new exercise"), "Wall angel")
        # The new exercise is open, with its name to begin at.
        expect(tab.locator("#f-exercise-wall-angel-name")).to_be_focused()
        own = tab.locator("#g-exercise-wall-angel")
        self.choose(own.locator("#f-exercise-wall-angel-sides"), "each")
        self.fill(own.get_by_label("usual"), "40")
        self.fill(own.get_by_label("at least"), "20")
        self.fill(own.get_by_label("at most"), "60")
        self.click(own.get_by_text("More for this exercise"))
        self.fill(own.get_by_label("Add to setup", exact=True), "Stand with your back to the wall.")
        self.fill(own.get_by_label("Add to setup", exact=True), "Lift your {side} arm.")
        self.fill(own.get_by_label("Add to coaching", exact=True), "Keep your ribs down.")
        self.look(tab, "own")
        # A choice of the first.
        first = tab.locator("#g-phase-2-exercises-0")
        self.click(first.get_by_text("Doses here, sides, and more"))
        self.choose(first.get_by_label("The other option"), "pigeon")
        self.click(self.button("Let people choose between Couch stretch and this", first))
        # A circuit of the phase.
        self.click(phase.get_by_text("More for this phase: circuit, sides, weeks"))
        self.click(self.button("Add circuit", phase))
        self.open_and_fill("More of circuit", "#f-phase-2-circuit-rounds", "2")
        self.open_and_fill("More of circuit", "#f-phase-2-circuit-work_s", "30")
        self.look(tab, "circuit")
        self.click(self.button("Save"))
        expect(tab.locator("#saved-state")).to_have_text("saved")
        self.look(tab, "saved")

    def open_and_fill(self, summary: str, field: str, text: str) -> None:
        if not self.tab.locator(field).is_visible():
            self.click(self.tab.get_by_text(summary))
        self.fill(self.tab.locator(field), text)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_newcomer_makes_a_session_without_writing_toml(visit: Visit, tmp_path: Path, size: tuple[int, int]):
    path = tmp_path / "home.toml"
    with editing(path, is_new=True) as page:
        tab = visit(page, size)
        fits(tab)
        newcomer = Newcomer(tab)
        newcomer.make_a_session(path)
        fits(tab)
        assert newcomer.actions == 25
    made = path.read_text()
    kept = [line.split("#", 1)[1] for line in template("en").split("\n") if "#" in line]
    assert all(comment in made for comment in kept)
    protocol = load_protocol(path)
    phase = protocol.phase[2]
    assert (protocol.title, phase.title) == ("Hips at home", "Round and round")
    assert phase.circuit is not None
    assert (phase.circuit.rounds, phase.circuit.work_s) == (2, 30)
    assert [[ref.use for ref in item.options] for item in phase.exercises] == [
        ["couch-stretch", "pigeon"],
        ["half-kneeling"],
        ["wall-angel"],
    ]
    angel = protocol.exercise["wall-angel"]
    assert [line.say for line in angel.setup] == ["Stand with your back to the wall.", "Lift your {side} arm."]
    assert run(["plan", str(path), "--engine", "fake", "--json"]) == 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "mine.toml"
    made.write_text(template("en"))
    return made


def order(path_or_text: Path | str) -> list[str]:
    text = path_or_text if isinstance(path_or_text, str) else path_or_text.read_text()
    return [phase["title"] for phase in tomllib.loads(text)["phase"]]


@pytest.mark.parametrize("size", [SMALL, DESKTOP], ids=str)
def test_phases_are_dragged_to_their_order(visit: Visit, path: Path, size: tuple[int, int]):
    with editing(path) as page:
        tab = visit(page, size)
        grip = tab.locator("#g-phase-1 > .head .grip")
        grip.scroll_into_view_if_needed()
        at = grip.bounding_box()
        above = tab.locator("#g-phase-0").bounding_box()
        assert at
        assert above
        tab.mouse.move(at["x"] + 5, at["y"] + 10)
        tab.mouse.down()
        tab.mouse.move(at["x"] + 5, at["y"] - 60, steps=4)
        tab.mouse.move(at["x"] + 5, above["y"] + 5, steps=4)
        tab.mouse.up()
        expect(tab.locator("#said")).to_have_text("Moved to place 1 of 2.")
        assert page.file is not None
        assert order(page.file.text) == ["Strengthen", "Stretch"]
        # Escape leaves everything as it is.
        grip = tab.locator("#g-phase-0-exercises-0 .grip, #g-phase-1 > .head .grip").first
        grip.scroll_into_view_if_needed()
        at = grip.bounding_box()
        assert at
        tab.mouse.move(at["x"] + 5, at["y"] + 5)
        tab.mouse.down()
        tab.mouse.move(at["x"] + 5, at["y"] + 900)
        tab.keyboard.press("Escape")
        tab.mouse.up()
        settled(tab)
        assert order(page.file.text) == ["Strengthen", "Stretch"]


def test_a_finger_drags_too(visit: Visit, path: Path):
    with editing(path) as page:
        tab = visit(page, PORTRAIT, has_touch=True)
        grip = tab.locator("#g-phase-0-exercises-0 .grip")
        grip.scroll_into_view_if_needed()
        at = grip.bounding_box()
        assert at
        fingers = tab.context.new_cdp_session(tab)
        x, y = at["x"] + 5, at["y"] + 10
        send = "Input.dispatchTouchEvent"
        fingers.send(send, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 9):
            fingers.send(send, {"type": "touchMove", "touchPoints": [{"x": x, "y": y + 40 * step}]})
        fingers.send(send, {"type": "touchEnd", "touchPoints": []})
        expect(tab.locator("#said")).to_have_text("Moved to place 2 of 2.")


def test_everything_is_done_by_key(visit: Visit, path: Path):
    with editing(path) as page:
        tab = visit(page, DESKTOP)
        assert page.file is not None
        # Moving keeps the focus on the button of what moves, so that it can go on.
        tab.locator("#down-f-phase-0").focus()
        tab.keyboard.press("Enter")
        settled(tab)
        assert order(page.file.text) == ["Strengthen", "Stretch"]
        expect(tab.locator("#up-f-phase-1")).to_be_focused()
        expect(tab.locator("#said")).to_have_text("Stretch is now 2 of 2.")
        tab.keyboard.press("Space")
        settled(tab)
        assert order(page.file.text) == ["Stretch", "Strengthen"]
        # A part opens and closes, and stays open while the page changes.
        tab.locator("#g-exercise-my-stretch > summary").focus()
        tab.keyboard.press("Enter")
        settled(tab)
        expect(tab.locator("#g-exercise-my-stretch > summary")).to_be_focused()
        tab.keyboard.press("Tab")
        tab.keyboard.press("Control+A")
        tab.keyboard.type("Child's resting pose")
        tab.keyboard.press("Tab")
        settled(tab)
        assert 'name = "Child\'s resting pose"' in page.file.text
        # What is typed while an answer is on its way isn't lost.
        tab.locator("#new-g-exercise-my-stretch-setup").focus()
        tab.keyboard.type("Breathe.")
        tab.keyboard.press("Enter")
        tab.keyboard.type("And again.")
        settled(tab)
        tab.keyboard.press("Enter")
        settled(tab)
        setup = tomllib.loads(page.file.text)["exercise"]["my-stretch"]["setup"]
        assert setup[-2:] == ["Breathe.", "And again."]
        tab.keyboard.press("Control+S")
        expect(tab.locator("#saved-state")).to_have_text("saved")
        assert "Child's resting pose" in path.read_text()
        tab.locator("#undo").focus()
        tab.keyboard.press("Enter")
        settled(tab)
        expect(tab.locator("#undo")).to_be_focused()
        expect(tab.locator("#saved-state")).to_have_text("not saved yet")
        # Tab comes by every control that is shown.
        count = tab.evaluate(
            "[...document.querySelectorAll('button, input, select, textarea, summary, a[href], [tabindex=\"0\"]')]"
            ".filter((each) => each.checkVisibility() && !each.disabled).length"
        )
        tab.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        reached = set()
        for _ in range(count):
            tab.keyboard.press("Tab")
            reached.add(tab.evaluate("(window.seen ??= []).push(document.activeElement), seen.length"))
        assert tab.evaluate("new Set(seen).size") == count


def test_problems_are_told_beside_their_field_and_led_to(visit: Visit, path: Path):
    with editing(path) as page:
        tab = visit(page, PORTRAIT)
        tab.locator("#g-exercise-my-bridge > summary").click()
        settled(tab)
        field = tab.locator("#f-exercise-my-bridge-reps-min")
        field.fill("9")
        field.press("Tab")
        settled(tab)
        fits(tab)
        group = tab.locator("#g-exercise-my-bridge-reps")
        expect(group).to_contain_text("8 is below the min of 9; widen min and max or change default")
        expect(tab.locator(".bar")).to_contain_text("1 problem")
        # From the list to the field, also where its part was closed.
        tab.locator("#problems a").click()
        expect(group).to_be_focused()
        field.fill("six")
        field.press("Tab")
        settled(tab)
        expect(group).to_contain_text("'six' is not a whole number; write a whole number")
        expect(field).to_have_value("six")
        expect(field).to_have_attribute("aria-invalid", "true")
        field.fill("6")
        field.press("Tab")
        settled(tab)
        expect(tab.locator("#problems")).to_have_count(0)


def test_two_windows_show_what_the_other_did(visit: Visit, path: Path):
    with editing(path) as page:
        one, other = visit(page, PORTRAIT), visit(page, DESKTOP)
        one.locator("#f-title").fill("From one")
        one.locator("#f-title").press("Enter")
        settled(one)
        other.locator("#f-title").fill("From the other")
        other.locator("#f-title").press("Enter")
        settled(other)
        expect(other.locator("#said")).to_contain_text("changed in another window meanwhile")
        expect(other.locator("#f-title")).to_have_value("From one")
        assert page.file is not None
        assert 'title = "From one"' in page.file.text
        # And the file in another program.
        path.write_text(HEAD + HOLD)
        other.locator("#save").click()
        settled(other)
        expect(other.locator("#conflict")).to_be_focused()
        fits(other)
        other.get_by_role("button", name="Load the file again").click()
        settled(other)
        expect(other.locator("#f-title")).to_have_value("Test session")
        assert path.read_text() == HEAD + HOLD


def test_a_cue_is_heard(visit: Visit, path: Path):
    with editing(path, engine="espeak") as page:
        tab = visit(page, PORTRAIT)
        tab.get_by_role("button", name="Hear Title").first.click()
        end_s = time.monotonic() + 20
        while not tab.evaluate("sound !== null && sound.currentTime > 0.1"):
            assert time.monotonic() < end_s, tab.locator("#said").inner_text()
            tab.wait_for_timeout(20)
        assert 0.3 < tab.evaluate("sound.duration") < 4


def test_a_broken_file_is_mended_as_text(visit: Visit, path: Path):
    broken = template("en").replace('title = "My session"', 'title = "My session')
    path.write_text(broken)
    with editing(path) as page:
        tab = visit(page, SMALL)
        fits(tab)
        expect(tab.locator("#problems")).to_contain_text("is not valid TOML")
        assert tab.locator("#text").input_value() == broken
        tab.locator("#text").fill(template("en"))
        tab.get_by_role("button", name="Take over this text").click()
        settled(tab)
        expect(tab.locator("#g-phase-0")).to_be_visible()
        fits(tab)


def test_leaving_with_changes_is_asked_about(visit: Visit, path: Path):
    with editing(path) as page:
        tab = visit(page, PORTRAIT)
        asked: list[str] = []
        tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        tab.reload()
        assert asked == []
        tab.locator("#f-title").fill("Changed")
        tab.locator("#f-title").press("Enter")
        settled(tab)
        tab.reload()
        assert asked == ["beforeunload"]
        # The program still has it.
        expect(tab.locator("#f-title")).to_have_value("Changed")
