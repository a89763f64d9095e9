"""Payloads by every output: what would run, compute, steer or lead elsewhere stays a text wherever it is shown.

Each output is made with a payload and with a plain word in the same place, and both have the same structure: elements
and attributes of pages, lines of lists, properties of calendars, frames of tags.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from scripts.campaign.odd_values import toml_of
from scripts.campaign.trial import DONE, MISTAKE, Trial

FAKE = ("--engine", "fake", "--seed", "1")
WORD = "Word"

PAYLOADS = (
    "\x1b[31mRed", "\x1b]0;owned\x07", "\x9b31mRed", "Bell\x07", "Back\x08\x08", "Null\0x", "Del\x7f", "\u202eeman",
    "\u2066x\u2069",
    "a\u2028b", "a\u2029b", "a\nb", "a\r\nb", "a\rb", "a\tb", "\ufeffx", "x\ud7ff\U0010fffe", "\u200bx",
    "<script>alert(1)</script>", "</script><script>alert(1)//", "<!--<script>", "--><b>x", "]]><b>x",
    "<img src=x onerror=alert(1)>",
    "\"onmouseover=\"alert(1)", "' autofocus onfocus=alert(1) '", "</title><h1>x", "</style><h1>x", "&lt;b&gt;",
    "&#60;b&#62;x", "&amp x",
    "javascript:alert(1)", "{{ 7*7 }}", "{% if x %}", "${7*7}x", "`x`", "{# x #}", "<?xml x?>", "<!ENTITY x>",
    "=1+1", "+1+1", "-1+1 x", "@SUM(A1)", "=cmd|'/c calc'!A1", "\t=1+1", "%0A=1+1", ";=1+1", "\",=1+1,\"",
    "../../x", "/etc/passwd", "..\\..\\x", "C:\\x", "CON", "a/b", "a\\b", "~root", "x.mp3", ". .", "...x", " x ",
    "x" * 119,
    "BEGIN:VEVENT", "x\nEND:VCALENDAR", "x\\nATTENDEE:x", "x;y,z:w", "#EXTM3U x", "[00:01.00]x",
    "00:00.000 --> 01:00.000",
    "WEBVTT x", "NOTE x", "[bold]x[/bold]", "[link=file:///etc]x[/link]", "[/x]", "%s%n%d", "{side.__class__} x",
    "\\u0000x",
    "שלום עולם", "日本語の", "👩\u200d⚕️ x", "a" + "\u0301" * 60, "ﷺ x", "İi", "ß", "\U0001f1e9\U0001f1ea x",
)  # fmt: skip

FIELDS = (
    "title", "phase", "name", "setup", "summary", "why", "equipment", "greeting", "note", "person", "file", "put_by",
    "lexicon", "closing", "say",
)  # fmt: skip
"""Where a payload is put: a field of the protocol, of the profile, or the name of a file."""


@cache
def cases() -> tuple[tuple[str, str], ...]:
    """Return every payload in every place."""
    return tuple((payload, field) for payload in PAYLOADS for field in FIELDS)


def prepare(world: Path) -> dict[str, Mapping[str, object]]:
    """Return what plain words give, by the place; found when it is asked for."""
    return {}


def attempt(trial: Trial) -> None:
    """Put a payload somewhere, make every output, and compare it with that of a plain word."""
    payload, field = cases()[trial.number % len(cases())]
    plain: dict[str, Mapping[str, object]] = trial.prepared
    if field not in plain:
        folder = trial.world / f"plain-{field}"
        folder.mkdir()
        other = Trial("payloads", 0, chance=random.Random(0), folder=folder, world=trial.world)
        made = _made(other, WORD, field)
        if other.failures or not made:
            raise RuntimeError(f"a plain word as {field} fails: {other.failures[:1]}")
        plain[field] = made
    trial.log.append(f"{payload!r} as {field}")
    made = _made(trial, payload, field)
    for output, structure in made.items():
        trial.log.append(f"{payload!r} as {field} in {output}")
        expected = plain[field].get(output)
        trial.expect(structure == expected, f"another structure: {_difference(structure, expected)}")


def _difference(one: object, other: object) -> str:
    """Return in words what one structure has and the other lacks."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return f"{sorted(map(str, one - other))[:5]} and not {sorted(map(str, other - one))[:5]}"
    return f"{str(one)[:200]} and not {str(other)[:200]}"


def _protocol(payload: str, field: str) -> dict[str, Any]:
    """Return a small protocol with a payload in one of its texts; a plain one where the field is no protocol's."""
    exercise: dict[str, Any] = {"name": "Hold", "setup": ["Stand tall."], "hold_s": 5, "equipment": ["mat"]}
    table: dict[str, Any] = {
        "format": 1,
        "id": "own",
        "title": "Own",
        "summary": ["This is short."],
        "why": ["Because."],
        "closing": ["Well done."],
        "programme": {"weeks": 2},
        "phase": [{"title": "Only", "say": ["Now begin."], "exercises": ["hold"]}],
        "exercise": {"hold": exercise},
    }
    text = f"{payload} word"
    match field:
        case "title":
            table["title"] = payload
        case "phase":
            table["phase"][0]["title"] = payload
        case "say":
            table["phase"][0]["say"] = [text]
        case "name":
            exercise["name"] = payload
        case "setup":
            exercise["setup"] = [text]
        case "equipment":
            exercise["equipment"] = [payload]
        case "put_by":
            table["put_by"] = {"mat": payload}
        case "lexicon":
            table["lexicon"] = {"stand": payload}
        case "summary" | "why" | "closing":
            table[field] = [text]
    return table


def _made(trial: Trial, payload: str, field: str) -> dict[str, object]:
    """Return the structure of each output, with a payload in a place; nothing where the payload is refused."""
    trial.write("own.toml", toml_of(_protocol(payload, field)))
    person: dict[str, Any] = {"name": "Anna", "greeting": "Hello.", "exercise": {"hold": {"note": "Mind it."}}}
    if field == "person":
        person["name"] = payload
    elif field == "greeting":
        person["greeting"] = f"{payload} word"
    elif field == "note":
        person["exercise"]["hold"]["note"] = f"{payload} word"
    trial.write("me.toml", toml_of(person))
    mp3 = f"{_file_name(payload)}.mp3" if field == "file" else "s.mp3"
    who = ("own.toml", "--profile", "./me.toml", *FAKE)
    started = ("--started", "2026-11-02")
    ran = trial.run("build", *who, *started, "-o", mp3, "--lrc", "--vtt", "--plan", "plan.json", codes=(DONE, MISTAKE))
    if ran.code != DONE:
        return {}
    for command in (
        ("plan", *who, *started),
        ("plan", *who, *started, "--svg", "plan.svg"),
        ("check", mp3),
        ("page", mp3, "-o", "page.html"),
        ("handout", *who, *started, "-o", "handout.html"),
        ("calendar", "own.toml", "--profile", "./me.toml", "--start", "2026-11-02", "--length", "5", "-o", "c.ics"),
        ("programme", *who, *started, "--weeks", "2", "-o", "weeks"),
        ("protocol", "show", "own.toml"),
        ("profile", "show", "./me.toml"),
    ):
        trial.run(*command, codes=(DONE,))
    made: dict[str, object] = {
        "tag": _tag(trial.folder / mp3),
        "page": _page(trial.folder / "page.html"),
        "handout": _page(trial.folder / "handout.html"),
        "calendar": _calendar(trial.folder / "c.ics"),
        "picture": frozenset(element.tag for element in ET.parse(trial.folder / "plan.svg").iter()),
        "plan": frozenset(json.loads((trial.folder / "plan.json").read_text())),
        "index": _lines(trial.folder / "weeks/index.txt"),
        "playlist": _lines(trial.folder / "weeks/programme.m3u8"),
        "lyrics": _kinds_of_lines(trial.folder / f"{mp3[:-4]}.lrc", r"\[[a-z0-9:.]+.*\].*|"),
        "subtitles": _kinds_of_lines(trial.folder / f"{mp3[:-4]}.vtt", None),
        "files": sorted(path.name for path in trial.folder.iterdir())
        if field != "file"
        else len(list(trial.folder.iterdir())),
        **_shared(trial.folder / mp3),
        **_batch(trial, payload, field),
    }
    return made


def _file_name(payload: str) -> str:
    """Return a payload as it may be the name of a file in a folder."""
    name = payload.replace("/", "_").replace("\0", "_").encode("utf-8", "replace").decode()[:60]
    return name if not name.startswith("-") else f"_{name}"


class _Structure(HTMLParser):
    """Collects all of a page but its text: elements with the names of attributes, targets of links, comments."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[object] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = tuple(sorted(name for name, _ in attrs))
        self.found.add((tag, names))
        for name, value in attrs:
            if name in ("href", "src") and value and not value.startswith("data:"):
                self.found.add((tag, name, re.sub(r"[^:/]+$", "", value)))

    def handle_comment(self, data: str) -> None:
        self.found.add(("comment", data[:20]))

    def handle_decl(self, decl: str) -> None:
        self.found.add(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.found.add(("instruction", data[:20]))


def _page(path: Path) -> frozenset[object]:
    """Return the elements of a page with the names of their attributes."""
    return elements_of(path.read_text(encoding="utf-8"))


def elements_of(text: str) -> frozenset[object]:
    """Return the elements of HTML with the names of their attributes, and whatever else stands in it but text."""
    parser = _Structure()
    parser.feed(text)
    parser.close()
    return frozenset(parser.found)


def _tag(path: Path) -> frozenset[str]:
    from mutagen.id3 import ID3

    tags: Any = ID3(path)  # type: ignore[no-untyped-call]
    return frozenset(frame.FrameID for frame in tags.values())


def _calendar(path: Path) -> tuple[object, ...]:
    """Return the names of a calendar's parts and properties, and how many parts there are."""
    import icalendar

    read = icalendar.Calendar.from_ical(path.read_bytes())
    names = frozenset((part.name, key) for part in read.walk() for key in part)
    return (len(read.walk("VEVENT")), names)


def _lines(path: Path) -> int:
    return len(path.read_bytes().splitlines())


def _kinds_of_lines(path: Path, pattern: str | None) -> object:
    """Return how many cues there are, or whether each line is of a kind."""
    text = path.read_text(encoding="utf-8")
    if pattern is None:
        return text.count(" --> ") - sum(
            line.count(" --> ") for line in text.splitlines() if "-->" in line and not line[:1].isdigit()
        )
    return all(re.fullmatch(pattern, line) for line in text.split("\n"))


def _shared(mp3: Path) -> dict[str, object]:
    """Return the structure of what `share` would give of a session."""
    from datetime import date

    from audioguide.export.player.player_page import Entry, sessions_html
    from audioguide.share.feed import feed_xml
    from audioguide.share.recordings import find_sessions

    (recording,) = find_sessions([mp3]).recordings
    feed = ET.fromstring(feed_xml([recording], "http://127.0.0.1:8000/x/", datetime.now(UTC)))
    listed = sessions_html([Entry(recording.plan, "x/", date(2026, 11, 2), "x.mp3")], "nonce", "feed")
    return {"feed": frozenset(element.tag for element in feed.iter()), "list": elements_of(listed)}


def _batch(trial: Trial, payload: str, field: str) -> dict[str, object]:
    """Return the structure of what a batch gives, whose person is the payload or has it in a column."""
    if field not in ("person", "note", "greeting", "title"):
        return {}
    columns = {"person": "name", "note": "note hold", "greeting": "greeting", "title": "name"}
    text = payload if field != "note" and field != "greeting" else f"{payload} word"
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["protocol", "engine", "seed", columns[field], *([] if columns[field] == "name" else ["name"])])
    rows.writerow(
        ["own.toml", "fake", "1", text if field != "title" else "Ben", *([] if columns[field] == "name" else ["Ben"])]
    )
    trial.write("people.csv", table.getvalue())
    ran = trial.run("batch", "people.csv", "-o", "people", "--workers", "1", "--handout", codes=(DONE, MISTAKE))
    if ran.code != DONE:
        return {}
    folder = trial.folder / "people"
    listed = list(csv.reader((folder / "manifest.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    for row in listed:
        for cell in row:
            trial.expect(not cell.startswith(("=", "+", "-", "@", "\t", "\r")), f"a spreadsheet computes {cell[:60]!r}")
    names = [path.name for path in folder.iterdir() if path.name != ".audioguide-batch"]
    for name in names:
        steering = [
            sign for sign in name if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") and sign != "\u200d"
        ]
        trial.expect(not steering, f"a file is called {name!r}")
    result = {
        "manifest": (len(listed), len(listed[0])),
        "batch": _page(folder / "index.html"),
        "batch files": len(names),
    }
    shutil.rmtree(folder)
    return dict(result)
