"""The log on a session's page, in a real browser: notes of every kind, damaged storage, such that is full or refused.

Whatever is kept when the page opens, what can be read of it is shown and the rest stays: only erasing loses something.
What is written is shown, kept where the storage takes it, and comes back the same from both files.
"""

from __future__ import annotations

import csv
import io
import json
import math
import random
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.campaign import options
from scripts.campaign.odd_values import TEXTS, damaged, odd
from scripts.campaign.payloads import PAYLOADS
from scripts.campaign.trial import Trial

if TYPE_CHECKING:
    from playwright.sync_api import Page

ACTIONS = 6
"""What is done on a page after it is opened."""

LOOKS = 2_000
"""How often it is looked for what comes in its own time, every 5 ms."""

OPEN, DENIED, REFUSING, FULL = "open", "denied", "refusing", "full"
STORAGES = (*[OPEN] * 6, DENIED, REFUSING, FULL, FULL)
"""What becomes of what is kept, as often as it is tried."""

SCRIPTS = {
    DENIED: 'Object.defineProperty(window, "localStorage", {get() { throw new DOMException("", "SecurityError"); }});',
    REFUSING: 'Storage.prototype.setItem = () => { throw new DOMException("no", "QuotaExceededError"); };',
}

FILLING = """() => {
    for (let size = 1 << 22; size >= 1; size >>= 1) {
        try { while (true) localStorage.setItem(`fill${size}-${Math.random()}`, "x".repeat(size)); } catch {}
    }
}"""
MAKING_ROOM = (
    "Object.keys(localStorage).filter(key => key.startsWith('fill')).forEach(key => localStorage.removeItem(key))"
)

SHARING = """
window.handedOn = [];
navigator.canShare = () => !window.downloads;
navigator.share = async ({ files }) => { handedOn.push([...new Uint8Array(await files[0].arrayBuffer())]); };
"""
"""A phone's own way to take files; a browser stops downloads after some ten of one page."""

WRITING = """([numbers, done, note]) => {
    const log = document.getElementById("log");
    for (const [name, value] of Object.entries(numbers)) {
        if (value !== null) log.querySelector(`input[name=log-${name}][value="${value}"]`).checked = true;
    }
    document.getElementById("log-done").checked = done;
    const field = document.getElementById("log-note");
    field.value = note;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return field.value.trim();
}"""

SHOWN = """() => [...document.querySelectorAll("#entries > li")].map(item => ({
    names: [...item.querySelectorAll("*")].map(element => element.localName),
    texts: [...item.querySelectorAll(":scope > span")].map(element => element.textContent),
}))"""

NUMBERS = ("before", "after", "effort")
ELEMENTS = {"b", "span", "button"}
WHITE = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
FORMULA = re.compile(rf"[{WHITE}]*[=+\-@＝＋－＠]|[\t\r]")
"""How a cell begins that a spreadsheet might compute; white space is that of JavaScript (ECMA-262, 22.2.2.9)."""

START = datetime(2026, 2, 16, tzinfo=UTC)
ODD_DAYS = (
    "1970-01-01T00:00:00.000Z", "9999-12-31T00:00:00Z", "-271821-04-20T00:00:00.000Z", "+275760-09-13T00:00:00.000Z",
    "2026-10-01", "2026-10-01T08:30:00+05:30", "Thu, 01 Oct 2026 08:30:00 GMT", "0000-01-01T00:00:00Z",
)  # fmt: skip
"""Days that JavaScript can read: the first and the last there are, and such as no page writes."""

NO_DAYS: tuple[Any, ...] = (
    "", "x", "yesterday", "2026-13-45T00:00:00Z", "2026-10-01T25:00:00Z", "NaN", None, 5, True, {}, [],
)  # fmt: skip
"""What stands in a day's place and is none."""


@dataclass
class Prepared:
    """What the trials of a process share.

    Attributes:
        page: address of the session's page.
        browser: what opens it.
        key: under which its log is kept.
        aside: under which what can't be read is put aside.
        title: of the session.
    """

    page: str
    browser: Any
    key: str = "audioguide-log:short"
    aside: str = "audioguide-log-unreadable:short"
    title: str = "Short"


@dataclass
class Visit:
    """A page, and what its log has to show.

    Attributes:
        trial: what is tried.
        page: the browser's.
        storage: what becomes of what is kept.
        entries: what the log has to show.
        texts: what was found that can't be read, in order.
        complaints: errors of the page.
        downloaded: the kinds of files that were downloaded.
    """

    trial: Trial
    page: Page
    storage: str
    entries: list[dict[str, Any]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    downloaded: set[str] = field(default_factory=set)


def prepare(world: Path) -> Prepared:
    """Make the page and open a browser."""
    from tests.integration.browser import ALONE, BROWSER

    if BROWSER is None:
        raise SystemExit("log: no browser on PATH; scripts/install-browser installs one")
    made = options.prepare(world)
    command = [sys.executable, "-m", "audioguide", "page", f"{made / 'made.mp3'}", "-o", f"{world / 'page.html'}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    browser = _playwright().chromium.launch(executable_path=BROWSER, args=list(ALONE))
    return Prepared((world / "page.html").as_uri(), browser)


@cache
def _playwright() -> Any:
    from playwright.sync_api import sync_playwright

    return sync_playwright().start()


def clean_up(world: Path) -> None:
    """Close the browser, which ends with what steers it."""
    _playwright().stop()


def attempt(trial: Trial) -> None:
    """Open a page over something kept, write, erase, export, and look what is there after each step."""
    chance, prepared = trial.chance, trial.prepared
    trial.inputs = 1 + ACTIONS
    storage = chance.choice(STORAGES)
    context = prepared.browser.new_context(accept_downloads=True)
    try:
        context.set_default_timeout(20_000)
        page = context.new_page()
        visit = Visit(trial, page, storage)
        page.on("pageerror", lambda error: visit.complaints.append(f"{error}"))
        page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
        context.add_init_script(SHARING)
        page.goto(prepared.page)
        text = _kept_before(chance)
        trial.log.append(f"{storage} storage with {text!r}")
        if text is not None:
            page.evaluate("([key, text]) => localStorage.setItem(key, text)", [prepared.key, text])
        if storage == FULL:
            page.evaluate(FILLING)
        context.add_init_script(SCRIPTS.get(storage, ""))
        _open(visit)
        _judge(visit)
        for _ in range(ACTIONS):
            if trial.failures:
                break
            _act(visit, chance)
            _judge(visit)
    finally:
        context.close()


def _kept_before(chance: random.Random) -> str | None:
    """Return what is kept when the page opens: nothing, entries, such of other versions, or damage."""
    kind = chance.random()
    if kind < 0.2:
        return None
    entries: list[Any] = [_entry(chance) for _ in range(chance.choice((0, 1, 2, 5, 40)))]
    if kind < 0.45:
        return json.dumps(entries)
    if kind < 0.7:
        for _ in range(chance.randint(1, 3)):
            entries.insert(chance.randint(0, len(entries)), _changed(chance))
        return json.dumps(entries, default=str)
    if kind < 0.9:
        text = damaged(json.dumps(entries, ensure_ascii=False).encode(), chance)
        return text.decode("utf-8", "replace")
    others = ("", "null", '""', '{"length": 0, "note": "mine"}', "{}", "0", '"[]"', "[[]]", "[null]", "undefined", "[")
    return chance.choice((*others, json.dumps(odd(chance), default=str)))


def _entry(chance: random.Random) -> dict[str, Any]:
    """Return an entry as pages write it, or wrote it, or may write it later."""
    moment = START + timedelta(days=chance.randrange(250), seconds=chance.randrange(86_400))
    at = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") if chance.random() < 0.85 else chance.choice(ODD_DAYS)
    made: dict[str, Any] = {"at": at, "title": "Short", "done": chance.random() < 0.7, **_numbers(chance)}
    made["note"] = _note(chance)
    if chance.random() < 0.1:
        made["title"] = chance.choice((*PAYLOADS, 5))
    if chance.random() < 0.1:
        del made["title"]
    if chance.random() < 0.1:
        made[chance.choice(("future", "__proto__", "constructor", "toJSON", "length"))] = chance.choice(PAYLOADS)
    return made


def _changed(chance: random.Random) -> Any:
    """Return an entry with a value that no page writes, or something else."""
    made: Any = _entry(chance)
    kind = chance.random()
    if kind < 0.5:
        made[chance.choice(NUMBERS)] = chance.choice((-1, 11, 3.5, "5", True, 1e300, 2**53, [], {}, 10.0, -0.0))
    elif kind < 0.7:
        made["at"] = chance.choice(NO_DAYS)
    elif kind < 0.85:
        del made[chance.choice(("at", "done", "note", *NUMBERS))]
    elif kind < 0.95:
        made[chance.choice(("done", "note"))] = chance.choice((None, 0, 1, [], {}))
    else:
        made = chance.choice((None, [], "x", 5, {}))
    return made


def _numbers(chance: random.Random) -> dict[str, int | None]:
    return {name: chance.choice((None, *range(11))) for name in NUMBERS}


def _note(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.4:
        return chance.choice(PAYLOADS)
    if kind < 0.7:
        return chance.choice(TEXTS)[:2_000]
    if kind < 0.9:
        # All of Unicode but halves of characters.
        codes = (chance.randrange(0x110000) for _ in range(chance.randint(1, 60)))
        return "".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000)
    return chance.choice(("", " ", "Better than last week.", "left knee, 2 of 10"))


def readable(page: Page, text: str | None) -> tuple[list[dict[str, Any]], bool]:
    """Return the entries of a kept text that a page can show, and whether that is all there is."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        found = json.loads("[]" if text is None else text, parse_constant=refuse)
    except (ValueError, RecursionError):
        return [], False
    if not isinstance(found, list):
        return [], False
    entries = [one for one in found if _is_entry(page, one)]
    return entries, len(entries) == len(found)


def _is_entry(page: Page, value: Any) -> bool:
    """Return whether a value is an entry: three numbers of 0 to 10 or null, a note, a day, and whether it was all."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("note"), str)
        and isinstance(value.get("done"), bool)
        and isinstance(value.get("at"), str)
        and not math.isnan(_ms_of(page, value["at"]))
        and all(name in value and _is_number(value[name]) for name in NUMBERS)
    )


def _is_number(value: Any) -> bool:
    if value is None:
        return True
    return isinstance(value, int | float) and not isinstance(value, bool) and value in range(11)


_DAYS: dict[str, float] = {}


def _ms_of(page: Page, at: str | float) -> float:
    """Return the ms since 1970 of a day, NaN for none; which texts are days JavaScript itself decides."""
    if isinstance(at, float):
        return at * 1000
    if at not in _DAYS:
        _DAYS[at] = float(page.evaluate("text => Date.parse(text)", at))
    return _DAYS[at]


def _open(visit: Visit) -> None:
    """Load the page anew, open its log, and note what that has to show."""
    page, keys = visit.page, visit.trial.prepared
    before = None if visit.storage == DENIED else _stored(visit, keys.key)
    page.goto(keys.page)
    page.evaluate("document.getElementById('open-log').click()")
    visit.entries, is_whole = readable(page, before)
    if not is_whole:
        assert before is not None
        visit.texts.append(before)
        # What can't be put aside must not be written over, and is not shown.
        if visit.storage != OPEN and _stored(visit, keys.key) == before:
            visit.entries = []
    if not is_whole or visit.storage == DENIED:
        visit.trial.expect(_trouble(page) != "", "does not say that it can't read or keep all")


def _stored(visit: Visit, key: str) -> str | None:
    found: str | None = visit.page.evaluate("key => localStorage.getItem(key)", key)
    return found


def _trouble(page: Page) -> str:
    return str(
        page.evaluate("(found => found.hidden ? '' : found.textContent)(document.getElementById('log-trouble'))")
    )


def _act(visit: Visit, chance: random.Random) -> None:
    """Do one thing with the log, and note what it has to show then."""
    kind = chance.random()
    if kind < 0.5:
        _write(visit, visit.page, chance)
    elif kind < 0.7 and visit.entries:
        _erase_one(visit, chance)
    elif kind < 0.78:
        visit.trial.log.append("erases all")
        for button in ("erase", chance.choice(("erase-no", "erase-yes"))):
            visit.page.evaluate("id => document.getElementById(id).click()", button)
        if button == "erase-yes":
            visit.entries, visit.texts = [], []
    elif kind < 0.88 and visit.storage == OPEN:
        _write_elsewhere(visit, chance)
    elif visit.storage == FULL and kind < 0.92:
        visit.trial.log.append("makes room")
        hidden = readable(visit.page, _stored(visit, visit.trial.prepared.key))[0]
        visit.page.evaluate(MAKING_ROOM)
        visit.page.evaluate("document.querySelector('#log .close').click()")
        visit.page.evaluate("document.getElementById('open-log').click()")
        visit.storage = OPEN
        visit.entries += [entry for entry in hidden if entry not in visit.entries]
    else:
        visit.trial.log.append("loads the page again")
        _open(visit)


def _write(visit: Visit, page: Page, chance: random.Random) -> None:
    """Fill in the form and save, now and then twice."""
    numbers, done, note = _numbers(chance), chance.random() < 0.6, _note(chance)
    visit.trial.log.append(f"writes {numbers} {done} {note!r}")
    note = page.evaluate(WRITING, [numbers, done, note])
    for _ in range(chance.choice((1, 1, 2))):
        page.evaluate("document.getElementById('log-save').click()")
    visit.entries.append(
        {"at": time.time(), "title": visit.trial.prepared.title, "done": done, **numbers, "note": note}
    )


def _write_elsewhere(visit: Visit, chance: random.Random) -> None:
    """Write into the same log in another window."""
    other = visit.page.context.new_page()
    other.goto(visit.trial.prepared.page)
    other.evaluate("document.getElementById('open-log').click()")
    _write(visit, other, chance)
    written = other.evaluate("key => localStorage.getItem(key)", visit.trial.prepared.key)
    # Windows tell each other in their own time.
    for _ in range(LOOKS):
        if _stored(visit, visit.trial.prepared.key) == written:
            break
        visit.page.wait_for_timeout(5)
    visit.page.wait_for_timeout(20)
    other.close()


def _erase_one(visit: Visit, chance: random.Random) -> None:
    place = chance.randrange(len(visit.entries))
    agrees = chance.random() < 0.8
    visit.trial.log.append(f"erases entry {place}, and {'agrees' if agrees else 'keeps it'}")
    stored = [] if visit.storage == DENIED else readable(visit.page, _stored(visit, visit.trial.prepared.key))[0]
    visit.page.evaluate(
        """([place, agrees]) => {
            const item = document.querySelectorAll("#entries > li")[place];
            item.querySelector("button").click();
            [...item.querySelectorAll("[role=alertdialog] button")][agrees ? 1 : 0].click();
        }""",
        [len(visit.entries) - 1 - place, agrees],
    )
    erased = visit.entries[place]
    if agrees and not (visit.storage == REFUSING and erased in stored):
        # Whoever finds two alike can't tell them apart.
        visit.entries = [entry for entry in visit.entries if entry != erased]


def _judge(visit: Visit) -> None:
    """Judge what the page shows, what is kept, and what both files hold."""
    trial, page = visit.trial, visit.page
    exported = json.loads(_file(visit, "json")) if visit.entries or _is_visible(page, "json") else {"entries": []}
    if not _same_entries(visit, exported["entries"]):
        return
    # From here on with the moments at which they were written.
    visit.entries = exported["entries"]
    shown = page.evaluate(SHOWN)
    if trial.expect(len(shown) == len(visit.entries), f"shows {len(shown)} entries, not {len(visit.entries)}"):
        for item, entry in zip(reversed(shown), visit.entries, strict=True):
            strange = set(item["names"]) - ELEMENTS
            trial.expect(not strange, f"shows elements {strange} for {entry['note']!r}")
            is_there = not entry["note"] or entry["note"] in item["texts"]
            trial.expect(is_there, f"shows {item['texts']!r} for {entry['note']!r}")
    if visit.storage != DENIED:
        _judge_kept(visit, exported)
    if visit.entries:
        _judge_csv(visit, _file(visit, "csv"))
    trial.expect(not visit.complaints, f"the page complains: {visit.complaints[:2]}")


def _same_entries(visit: Visit, found: list[Any]) -> bool:
    wanted = sorted(visit.entries, key=lambda one: _ms_of(visit.page, one["at"]))
    same = [_without_moment(one) for one in found] == [_without_moment(one) for one in wanted]
    for entry, other in zip(found, wanted, strict=False):
        if isinstance(other["at"], float):
            same = same and abs(_ms_of(visit.page, entry["at"]) - other["at"] * 1000) < 10_000
        else:
            same = same and entry["at"] == other["at"]
    return visit.trial.expect(same, f"has the entries {found!r}, not {wanted!r}")


def _without_moment(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "at"}


def _judge_kept(visit: Visit, exported: Mapping[str, Any]) -> None:
    """Judge that all is kept that the storage takes, and that what it doesn't is told."""
    trial, page, keys = visit.trial, visit.page, visit.trial.prepared
    stored, aside = _stored(visit, keys.key), _stored(visit, keys.aside)
    for text in visit.texts:
        trial.expect(text in (aside or "") or text == stored, f"{text!r} is lost; aside is {aside!r}")
    if aside is not None:
        trial.expect(exported.get("unreadable", aside) == aside, "exports another unreadable text than it has")
    entries, _ = readable(page, stored)
    missing = [entry for entry in visit.entries if entry not in entries]
    if visit.storage == OPEN:
        trial.expect(not missing, f"does not keep {missing!r}")
    if missing:
        trial.expect(_trouble(visit.page) != "", f"does not say that it can't keep {missing!r}")
    more = [entry for entry in entries if entry not in visit.entries]
    hidden = stored in visit.texts
    trial.expect(not more or hidden, f"keeps {more!r} and does not show it")


def _judge_csv(visit: Visit, text: str) -> None:
    trial = visit.trial
    trial.expect(text[:1] == "\ufeff", "a table without the mark by which Excel knows UTF-8")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))[1:]
    wanted = [
        [
            _cell(entry.get("title")),
            str(int(entry["done"])),
            *(_cell(entry[name]) for name in NUMBERS),
            _cell(entry["note"]),
        ]
        for entry in visit.entries
    ]
    trial.expect([row[1:] for row in rows] == wanted, f"a table of {rows!r}, not {wanted!r}")
    for row in rows:
        trial.expect(bool(re.fullmatch(r"'?[+-]?\d+-\d\d-\d\d \d\d:\d\d", row[0])), f"no day and time: {row[0]!r}")
        computed = [cell for cell in row if FORMULA.match(cell)]
        trial.expect(not computed, f"cells that a spreadsheet would compute: {computed!r}")


def _cell(value: Any) -> str:
    """Return what stands in a cell: a number as it is, a text guarded where a spreadsheet would compute it."""
    text = "" if value is None else str(int(value)) if isinstance(value, float) else str(value)
    return f"'{text}" if FORMULA.match(text) else text


def _is_visible(page: Page, button: str) -> bool:
    return bool(page.evaluate("id => !document.getElementById(id).closest('[hidden]')", button))


def _file(visit: Visit, button: str) -> str:
    """Return the file that a button hands on: as a download where it is the first of its kind, else as a phone does."""
    page = visit.page
    if button not in visit.downloaded:
        visit.downloaded.add(button)
        page.evaluate("window.downloads = true")
        with page.expect_download() as found:
            page.evaluate("id => document.getElementById(id).click()", button)
        page.evaluate("window.downloads = false")
        return Path(found.value.path()).read_bytes().decode("utf-8")
    page.evaluate("id => { handedOn.length = 0; document.getElementById(id).click(); }", button)
    for _ in range(LOOKS):
        if handed_on := page.evaluate("handedOn"):
            return bytes(handed_on[0]).decode("utf-8")
        page.wait_for_timeout(5)
    raise RuntimeError(f"{button} hands nothing on")
