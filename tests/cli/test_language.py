"""A session in another language than English: spoken, printed, shown and tagged in it, with no English left over."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from mutagen.id3 import ID3

from audioguide.export.player.player_page import Entry, sessions_html
from audioguide.export.tags.id3 import read_plan
from audioguide.languages.registry import CODES, find
from audioguide.languages.sides import side_free
from audioguide.model.text import listed
from audioguide.share.feed import feed_xml
from audioguide.share.recordings import find_sessions
from tests.languages.fixed_sentences import SHARED, all_sentences, forms

GERMAN = Path(__file__).parent.parent / "languages" / "rueckenpause.toml"

PROFILE = 'name = "Jürgen"\navoid = ["abdominal-condition"]\nfirst_side = "right"\ndays = ["mon", "wed", "fri"]\n'


class Seen(HTMLParser):
    """What a page shows or tells a screen reader: its texts, the names of its parts, and what its script says."""

    NAMES = ("aria-label", "alt", "title")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language = ""
        self.texts: list[str] = []
        self._skipped = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.language = found["lang"] or ""
        if tag in ("script", "style"):
            self._skipped = found.get("id") or tag
        self.texts += [text for name in self.NAMES if (text := found.get(name))]

    def handle_endtag(self, tag: str) -> None:
        self._skipped = ""

    def handle_data(self, data: str) -> None:
        if self._skipped == "plan":
            self.texts += told(json.loads(data))
        elif not self._skipped:
            self.texts.append(data)


def told(data: object, key: str = "") -> Iterator[str]:
    """Yield the texts in a page's data, but the names by which its script tells activities apart."""
    if isinstance(data, dict):
        for name, value in data.items():
            # Of a block it is what colours it; of a chapter it is a title.
            yield from told(value, name if "label" in data else "")
    elif isinstance(data, list):
        for value in data:
            yield from told(value)
    elif isinstance(data, str) and key != "phase":
        yield data


def english_words() -> set[str]:
    """Return what English sentences say between what is filled in, where no German one says the same."""

    def pieces(code: str) -> set[str]:
        texts = [text for sentence in all_sentences(find(code)).values() for text in forms(sentence).values()]
        texts += find(code).wording.encouragement
        return {piece.strip(" .:,;·") for text in texts for piece in re.split(r"\{[^{}]*\}", side_free(text))}

    return {piece for piece in pieces("en") - pieces("de") if len(piece) > 2 and not SHARED.fullmatch(piece)}


def english_in(text: str) -> list[str]:
    # A name in braces is filled in by the page's script.
    text = re.sub(r"\{\w+\}", "", text)
    return [words for words in english_words() if re.search(rf"\b{re.escape(words)}\b", text)]


@pytest.fixture
def german(audioguide, tmp_path: Path) -> Path:
    """A folder with all that a session in German is written as."""
    shutil.copy(GERMAN, tmp_path / "rueckenpause.toml")
    (tmp_path / "anna.toml").write_text(PROFILE, encoding="utf-8")
    protocol, person = f"{tmp_path}/rueckenpause.toml", ("--profile", f"{tmp_path}/anna.toml")
    mp3 = f"{tmp_path}/r.mp3"
    for arguments in (
        (
            "build",
            protocol,
            *person,
            "--weak-side",
            "left",
            "-o",
            mp3,
            "--lrc",
            "--vtt",
            "--plan",
            f"{tmp_path}/r.json",
        ),
        ("page", mp3, "-o", f"{tmp_path}/page.html"),
        ("handout", protocol, *person, "--start", "2026-10-05", "-o", f"{tmp_path}/handout.html"),
        ("handout", protocol, "--skip", "wade", "--acute", "-o", f"{tmp_path}/eased.html"),
        ("plan", protocol, *person, "--svg", f"{tmp_path}/r.svg"),
        ("calendar", protocol, *person, "--length", "15", "--breaks", "9:00-11:00", "-o", f"{tmp_path}/r.ics"),
        ("programme", protocol, "--weeks", "2", "--started", "2026-10-05", "-o", f"{tmp_path}/weeks"),
    ):
        ran = audioguide(*arguments)
        assert ran.code == 0, ran.err
    return tmp_path


@pytest.mark.real
def test_a_session_in_german_is_german_wherever_it_is_met(german: Path):
    # One test, as it takes a whole build.
    assert_no_english(german)
    assert_tagged_as_german(german)
    assert_agreement(german)


def assert_no_english(german: Path) -> None:
    plan = read_plan(german / "r.mp3")
    assert plan.language == "de"
    assert json.loads((german / "r.json").read_text(encoding="utf-8"))["language"] == "de"
    listed = Entry(plan, "r/", datetime(2026, 10, 5, tzinfo=UTC).date(), "r.mp3")
    pages = {
        name: Seen((german / name).read_text(encoding="utf-8")) for name in ("page.html", "handout.html", "eased.html")
    }
    pages["list"] = Seen(sessions_html([listed], feed="http://x/feed.xml"))
    assert {page.language for page in pages.values()} == {"de"}
    calendar = (german / "r.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    podcast = feed_xml(find_sessions([german / "r.mp3"]).recordings, "http://x/", datetime(2026, 10, 6, tzinfo=UTC))
    met = {
        **{name: "\n".join(page.texts) for name, page in pages.items()},
        "speech": "\n".join(plan.timeline.texts()),
        "chapters": "\n".join(chapter.title for chapter in plan.timeline.chapters),
        "calendar": "\n".join(re.findall(r"^(?:SUMMARY|DESCRIPTION):(.*)$", calendar, re.MULTILINE)),
        "feed": re.sub(r"<[^>]*>", "\n", podcast.decode()),
        "index": re.sub(r"\S+\.mp3", "", (german / "weeks/index.txt").read_text(encoding="utf-8")),
        "playlist": "\n".join(re.findall("#EXTINF:.*", (german / "weeks/programme.m3u8").read_text(encoding="utf-8"))),
        "picture": re.sub(r"<[^>]*>", "\n", (german / "r.svg").read_text(encoding="utf-8")),
        **{name: (german / name).read_text(encoding="utf-8") for name in ("r.lrc", "r.vtt")},
    }
    assert {name: found for name, text in met.items() if (found := english_in(text))} == {}
    # In English all of it would be found.
    assert len(english_in("\n".join(find("en").wording.encouragement))) >= 8


def assert_tagged_as_german(german: Path) -> None:
    tags = ID3(german / "r.mp3")
    assert tags["TLAN"].text == ["deu"]
    assert {tags.getall(name)[0].lang for name in ("USLT", "SYLT", "COMM")} == {"deu"}
    assert tags["CTOC:toc"].sub_frames["TIT2"].text == ["Kapitel"]


def assert_agreement(german: Path) -> None:
    """Hold words that change with side, number and case to what a German would say."""
    said = "\n".join(read_plan(german / "r.mp3").timeline.texts())
    for text in (
        "Bei einer Erkrankung im Bauchraum ist diese Einheit nicht freigegeben. "
        "Frag eine Ärztin oder einen Physiotherapeuten, bevor du anfängst.",
        "Rück Matte direkt an Wand.",
        "2 Sätze mit je 45 Sekunden pro Seite.",
        "2 Sätze: 6 und 4.",
        "So viele Runden, wie du in 1 Minute schaffst.",
        "4 Mal Kniebeugen.",
        "Linke Seite.",
        "Alles zuerst mit der rechten Seite.",
    ):
        assert text in said, text
    page = " ".join(" ".join(Seen((german / "handout.html").read_text(encoding="utf-8")).texts).split())
    for text in (
        "Dauer etwa",
        "Rechte Seite zuerst, dann linke",
        "2 Runden mit diesen Übungen, mit der Pause, die bei jeder Übung steht.",
        "In den ersten 7 Tagen täglich, danach an 3 bis 4 Tagen pro Woche, hier am Montag, Mittwoch und Freitag, "
        "2 Mal am Tag. Woche 1 beginnt am Montag, 5. Oktober 2026.",
    ):
        assert text in page, text
    assert "size: A4" in (german / "handout.html").read_text(encoding="utf-8")


def test_the_option_comes_before_the_profile_and_that_before_the_protocol(audioguide, tmp_path: Path):
    (tmp_path / "p.toml").write_text('language = "en"\n', encoding="utf-8")
    head = 'format = 1\nid = "kurz"\nlanguage = "de"\n'
    phase = 'title = "{}"\n[[phase]]\ntitle = "{}"\n{}[exercise.a]\nname = "{}"\n'
    german = head + phase.format("Kurz", "Dehnen", 'exercises = ["a"]\n', "Strecken") + "hold_s = 9\n"
    (tmp_path / "kurz.toml").write_text(german, encoding="utf-8")
    (tmp_path / "kurz.en.toml").write_text(phase.format("Short", "Stretch", "", "Reach"), encoding="utf-8")
    for arguments, language in (
        ((), "de"),
        (("--profile", f"{tmp_path}/p.toml"), "en"),
        (("--profile", f"{tmp_path}/p.toml", "--language", "de-AT"), "de-AT"),
    ):
        ran = audioguide("calendar", f"{tmp_path}/kurz.toml", "--length", "5", *arguments, "-o", f"{tmp_path}/c.ics")
        assert ran.code == 0, ran.err
        assert f"//{language.upper()}\r\n" in (tmp_path / "c.ics").read_bytes().decode()
    ran = audioguide("plan", str(GERMAN), "--language", "nl")
    assert ran.code == 2
    assert f"--language: is 'nl', which is not here; there is {listed(CODES)}" in ran.err
