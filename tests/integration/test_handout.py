"""The page to print in a real browser: pages, cuts, and what a narrow phone makes of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pytest
from pypdf import PdfReader

from audioguide.cli import run
from audioguide.library.builtin import exercises
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.session import Prescription
from audioguide.model.side_forms import filled
from tests.export.handout.test_handout_page import LONG, SHARP, escaped
from tests.helpers import HEAD, HOLD, layer, parsed, session_of

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(BROWSER is None, reason="no browser on PATH: scripts/install-browser installs one"),
]

ALONE = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
"""Without the last, a browser looks up hosts of its own."""

PAPERS = ("A4", "Letter")


def browse(folder: Path, page: Path, *options: str) -> str:
    assert BROWSER is not None
    command = [BROWSER, *ALONE, f"--user-data-dir={folder / 'browser'}", *options, page.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def handout(folder: Path, *arguments: str) -> Path:
    page = folder / "page.html"
    assert run(["handout", *arguments, "--engine", "fake", "-o", str(page)]) == 0
    return page


def printed(folder: Path, page: Path, paper: str) -> list[str]:
    """Return the text of each page on this paper, without spaces, which a PDF places as it likes."""
    sized = folder / f"{paper}.html"
    html = page.read_text(encoding="utf-8")
    sized.write_text(html.replace("</head>", f"<style>@page {{ size: {paper} }}</style></head>"), encoding="utf-8")
    pdf = folder / f"{paper}.pdf"
    browse(folder, sized, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    return [squeezed(found.extract_text()) for found in PdfReader(pdf).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


def texts(number: int, item: Prescription) -> list[str]:
    exercise = item.exercise
    how = exercise.read or exercise.setup
    tips = [tip.text for tip in exercise.read_tips] or [line.say for line in exercise.coaching]
    found = (f"{number}. {exercise.name}", *how, *tips, *exercise.caution, *exercise.mistake)
    return [squeezed(filled(text, item.first_side)) for text in found]


def assert_whole(pages: Sequence[str], items: Sequence[Prescription]) -> None:
    """Assert that every exercise stands on one page, nothing of it missing."""
    for number, item in enumerate(items, 1):
        assert any(all(text in page for text in texts(number, item)) for page in pages), item.exercise.name


MOST_PAGES = {"hip-flexor": 3, "interval": 2, "movement-break": 1, "box-breathing": 1}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("protocol", builtin_ids())
def test_few_pages_hold_every_exercise_whole(tmp_path: Path, protocol: str, paper: str):
    loaded = load_protocol(protocol)
    session = session_of(loaded)
    pages = printed(tmp_path, handout(tmp_path, protocol, "--start", "2026-12-07"), paper)
    assert len(pages) <= MOST_PAGES[protocol]
    assert_whole(pages, session.prescriptions())
    said = (*session.safety, *(loaded.read_see_professional or session.see_professional), *loaded.read_red_flags)
    on_paper = (
        *loaded.why,
        *loaded.mistakes,
        *loaded.suggestions,
        *(loaded.programme.expect if loaded.programme else ()),
    )
    assert all(squeezed(text) in "".join(pages) for text in (*said, *on_paper))
    assert f"1/{len(pages)}" in pages[0]


@pytest.mark.parametrize("paper", PAPERS)
def test_when_not_to_begin_stands_on_the_first_page_and_breaks_are_whole_on_one(tmp_path: Path, paper: str):
    pages = printed(tmp_path, handout(tmp_path), paper)
    loaded = load_protocol("hip-flexor")
    assert all(squeezed(text) in pages[0] for text in (*loaded.safety, *loaded.read_red_flags))
    assert all("*ourownsuggestion" in page for page in pages), "each page explains its marks"
    breaks = [
        squeezed(text)
        for item in session_of(load_protocol("movement-break")).prescriptions()
        for text in item.exercise.read
    ]
    assert any(all(text in page.replace("*", "") for text in breaks) for page in pages)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_persons_own_doses_are_printed_whole(tmp_path: Path, paper: str):
    profile = tmp_path / "anna.toml"
    profile.write_text(
        'name = "Anna Łukasiewicz"\navoid = ["pregnancy"]\n[exercise.couch-stretch]\nhold_s = { left = 75 }'
    )
    pages = printed(tmp_path, handout(tmp_path, "--profile", str(profile)), paper)
    assert len(pages) <= 3
    assert_whole(pages, session_of(load_protocol("hip-flexor"), layer(avoid=["pregnancy"])).prescriptions())
    assert all(words in "".join(pages) for words in ("AnnaŁukasiewicz", "Left75s,right60s", "(avoided:pregnancy)"))


@pytest.mark.parametrize("paper", PAPERS)
def test_no_exercise_is_split_however_many_there_are(tmp_path: Path, paper: str):
    protocol = HEAD + f'[[phase]]\ntitle = "All"\nexercises = {sorted(exercises()) * 2}\n'
    (tmp_path / "all.toml").write_text(protocol)
    pages = printed(tmp_path, handout(tmp_path, str(tmp_path / "all.toml")), paper)
    assert len(pages) > 2
    assert_whole(pages, session_of(parsed(protocol)).prescriptions())


def test_weeks_for_a_year_go_on_over_pages(tmp_path: Path):
    pages = printed(tmp_path, handout(tmp_path, "box-breathing", "--weeks", "52"), "A4")
    assert all(f"Week{number}" in "".join(pages) for number in range(1, 53))


def test_no_text_is_wider_than_a_phone(tmp_path: Path):
    protocol, profile = tmp_path / "own.toml", tmp_path / "own-profile.toml"
    text = (
        HEAD.replace("Test session", escaped(SHARP)) + f'safety = "{LONG}"\n' + HOLD.replace('"Stretch"', f'"{LONG}"')
    )
    protocol.write_text(text.replace('"Reach"', f'"{LONG}"').replace("Look ahead.", LONG), encoding="utf-8")
    profile.write_text(f'name = "{LONG}"', encoding="utf-8")
    page = handout(tmp_path, str(protocol), "--profile", str(profile), "--start", "2026-12-07")
    assert width_in(tmp_path, page.read_text(encoding="utf-8"), 320) == 320


def width_in(folder: Path, html: str, pixels: int) -> int:
    """Return how wide a page gets in a frame of this width; a window can't be as narrow."""
    frame = f'<iframe width="{pixels}" height="800" style="border: 0" srcdoc="{escape(html)}"></iframe>'
    measure = "document.body.id = 'w' + document.querySelector('iframe').contentDocument.documentElement.scrollWidth"
    page = folder / "frame.html"
    page.write_text(f"<!DOCTYPE html><body>{frame}<script>onload = () => {{ {measure} }}</script>", encoding="utf-8")
    found = re.search(r'<body id="w(\d+)"', browse(folder, page, "--hide-scrollbars", "--dump-dom"))
    assert found is not None
    return int(found[1])
