"""The page to print in a real browser: pages, cuts, and what a narrow phone makes of it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from audioguide.cli import run
from audioguide.library.builtin import exercises
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.session import Prescription
from audioguide.model.side_forms import filled
from tests.export.handout.test_handout_page import LONG, SHARP, escaped
from tests.helpers import HEAD, HOLD, layer, parsed, session_of
from tests.integration.browser import SMALL, needs_browser

pytestmark = [
    pytest.mark.real,
    needs_browser,
]

PAPERS = ("A4", "Letter")


def handout(folder: Path, *arguments: str) -> Path:
    page = folder / "page.html"
    assert run(["handout", *arguments, "--engine", "fake", "-o", str(page)]) == 0
    return page


def printed(chromium: Browser, page: Path, papers: Sequence[str] = PAPERS) -> Iterator[list[str]]:
    """Yield for each paper the text of each page, without spaces, which a PDF places as it likes."""
    opened = chromium.new_page()
    opened.goto(page.as_uri())
    for paper in papers:
        pdf = PdfReader(io.BytesIO(opened.pdf(format=paper)))
        yield [squeezed(found.extract_text()) for found in pdf.pages]
    opened.close()


def squeezed(text: str) -> str:
    return "".join(text.split())


def texts(number: int, item: Prescription) -> list[str]:
    exercise = item.exercise
    how = exercise.read or [line.say for line in exercise.setup]
    tips = [tip.text for tip in exercise.read_tips] or [line.say for line in exercise.coaching]
    found = (f"{number}. {exercise.name}", *how, *tips, *exercise.caution, *exercise.mistake)
    return [squeezed(filled(text, item.first_side)) for text in found]


def assert_whole(pages: Sequence[str], items: Sequence[Prescription]) -> None:
    """Assert that every exercise stands on one page, nothing of it missing."""
    for number, item in enumerate(items, 1):
        assert any(all(text in page for text in texts(number, item)) for page in pages), item.exercise.name


MOST_PAGES = {"hip-flexor": 3, "interval": 2, "movement-break": 1, "box-breathing": 1}


@pytest.mark.parametrize("protocol", builtin_ids())
def test_few_pages_hold_every_exercise_whole(chromium: Browser, tmp_path: Path, protocol: str):
    loaded = load_protocol(protocol)
    session = session_of(loaded)
    said = (*session.safety, *(loaded.read_see_professional or session.see_professional), *loaded.read_red_flags)
    on_paper = (
        *loaded.why,
        *loaded.mistakes,
        *loaded.suggestions,
        *(loaded.programme.expect if loaded.programme else ()),
    )
    for pages in printed(chromium, handout(tmp_path, protocol, "--start", "2026-12-07")):
        assert len(pages) <= MOST_PAGES[protocol]
        assert_whole(pages, session.prescriptions())
        assert all(squeezed(text) in "".join(pages) for text in (*said, *on_paper))
        assert f"1/{len(pages)}" in pages[0]


def test_when_not_to_begin_stands_on_the_first_page_and_breaks_are_whole_on_one(chromium: Browser, tmp_path: Path):
    loaded = load_protocol("hip-flexor")
    breaks = [
        squeezed(text)
        for item in session_of(load_protocol("movement-break")).prescriptions()
        for text in item.exercise.read
    ]
    for pages in printed(chromium, handout(tmp_path)):
        assert all(squeezed(text) in pages[0] for text in (*loaded.safety, *loaded.read_red_flags))
        assert all("*ourownsuggestion" in page for page in pages), "each page explains its marks"
        assert any(all(text in page.replace("*", "") for text in breaks) for page in pages)


def test_a_persons_own_doses_are_printed_whole(chromium: Browser, tmp_path: Path):
    profile = tmp_path / "anna.toml"
    profile.write_text(
        'name = "Anna Łukasiewicz"\navoid = ["pregnancy"]\n[exercise.couch-stretch]\nhold_s = { left = 75 }'
    )
    items = session_of(load_protocol("hip-flexor"), layer(avoid=["pregnancy"])).prescriptions()
    for pages in printed(chromium, handout(tmp_path, "--profile", str(profile))):
        assert len(pages) <= 3
        assert_whole(pages, items)
        assert all(words in "".join(pages) for words in ("AnnaŁukasiewicz", "Left75s,right60s", "(avoided:pregnancy)"))


def test_no_exercise_is_split_however_many_there_are(chromium: Browser, tmp_path: Path):
    protocol = HEAD + f'[[phase]]\ntitle = "All"\nexercises = {sorted(exercises()) * 2}\n'
    (tmp_path / "all.toml").write_text(protocol)
    items = session_of(parsed(protocol)).prescriptions()
    for pages in printed(chromium, handout(tmp_path, str(tmp_path / "all.toml"))):
        assert len(pages) > 2
        assert_whole(pages, items)


def test_weeks_for_a_year_go_on_over_pages(chromium: Browser, tmp_path: Path):
    [pages] = printed(chromium, handout(tmp_path, "box-breathing", "--weeks", "52"), ["A4"])
    assert all(f"Week{number}" in "".join(pages) for number in range(1, 53))


def test_no_text_is_wider_than_a_phone(chromium: Browser, tmp_path: Path):
    protocol, profile = tmp_path / "own.toml", tmp_path / "own-profile.toml"
    text = (
        HEAD.replace("Test session", escaped(SHARP)) + f'safety = "{LONG}"\n' + HOLD.replace('"Stretch"', f'"{LONG}"')
    )
    protocol.write_text(text.replace('"Reach"', f'"{LONG}"').replace("Look ahead.", LONG), encoding="utf-8")
    profile.write_text(f'name = "{LONG}"', encoding="utf-8")
    page = chromium.new_page(viewport={"width": SMALL[0], "height": SMALL[1]})
    page.goto(handout(tmp_path, str(protocol), "--profile", str(profile), "--start", "2026-12-07").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == SMALL[0]
    page.close()
