"""Reads a sheet that is plain text or Markdown: headings, lists, indented lines, and tables between bars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from audioguide.sheets.assembly import Assembly
from audioguide.sheets.dose_reader import read_tokens
from audioguide.sheets.exercise_names import built_in
from audioguide.sheets.line_reader import LineKind, read_line
from audioguide.sheets.sheet import Line, Sheet, UnreadError, Why
from audioguide.sheets.table_reader import TableReader
from audioguide.sheets.tokens import kinds

_MARKER = re.compile(r"(?:[-*+•–▪◦☐✓➤→]|\[[ xX]?\]|\d{1,2}[.)](?!\d)|[a-z][.)])\s+(?:\[[ xX]?\]\s+)?")
_NUMBERED = re.compile(r"\(?\d{1,2}(?:[.)]{1,2}\s*|(?:[-–—:/]|\.-|\s[-–—:])\s+)(?=[^\W\d])")
_NO_NUMBER = re.compile("[wdDWSrsmx]|[nj]$")
"""With what a line goes on whose first number is of its dose, as in "3/ week"."""

_SUPERSET = re.compile(r"[A-H]\d?[1-9][.):]?\s+\D|[A-H][1-9][.):]?\s")
_RULE = re.compile(r"\s*([-=_*~])(?:\s*\1){2,}\s*")
_EMPHASIS = re.compile(r"(\*\*|__|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)_(?=\w)|(?<=\w)_(?!\w))")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")


class _Part(Struct, frozen=True):
    """A line with its layout told.

    Attributes:
        line: the line.
        text: what it says, without the signs of its layout.
        indent: how many spaces it is indented, a tab counted as four at most.
        level: of a heading how many signs mark it; 0 for another line.
        item: whether it is marked as one of a list.
    """

    line: Line
    text: str
    indent: int
    level: int
    item: bool


def read_text(text: str, language: str) -> Sheet:
    """Return the sheet that ``text`` is, read in the language of a code."""
    assembly = Assembly("line", language)
    lines = [Line(number, line) for number, line in enumerate(text.splitlines(), 1)]
    at = 0
    while at < len(lines):
        if _begins_table(lines, at):
            end = at
            while end < len(lines) and "|" in lines[end].text:
                end += 1
            _read_table(assembly, lines[at:end], language)
            at = end
            continue
        underlined = at + 1 < len(lines) and _RULE.fullmatch(lines[at + 1].text) is not None
        alone = at + 1 == len(lines) or not lines[at + 1].text.strip()
        _read_line(assembly, lines[at], language, underlined=underlined, alone=alone)
        at += 1
    return assembly.sheet()


def _begins_table(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line has the headings of a table: bars, and below it a rule between bars."""
    return (
        at + 1 < len(lines)
        and "|" in lines[at].text
        and "|" in lines[at + 1].text
        and _TABLE_RULE.fullmatch(lines[at + 1].text) is not None
    )


def _read_table(assembly: Assembly, lines: Sequence[Line], language: str) -> None:
    """Read the lines of a table between bars into ``assembly``."""
    assembly.blank()
    reader = TableReader(assembly, language)
    for line in lines:
        if _TABLE_RULE.fullmatch(line.text):
            continue
        # One bar at each end: of two the first opens an empty cell, and columns must not shift.
        inside = line.text.strip().removeprefix("|").removesuffix("|")
        cells = [_EMPHASIS.sub("", cell).strip() for cell in inside.split("|")]
        reader.row(Line(line.number, line.text.strip()), [cell.replace("<br>", "; ") for cell in cells])
    assembly.blank()


def _read_line(assembly: Assembly, line: Line, language: str, underlined: bool, alone: bool) -> None:
    """Read one line outside tables into ``assembly``; an ``alone`` one has nothing below it."""
    if not line.text.strip():
        assembly.blank()
        return
    if _RULE.fullmatch(line.text):
        return
    part = _layout(line, language)
    try:
        if not part.text:
            return
        if part.text.startswith("!["):
            raise UnreadError(Why.PICTURE)
        if _SUPERSET.match(part.text):
            raise UnreadError(Why.JOINED, part.text.split()[0])
        reading = read_line(part.text, language)
        plain_name = reading.kind in (LineKind.NAME, LineKind.HEADING, LineKind.TEXT)
        # The first line may also be an exercise that lacks its dose.
        may_be_title = not assembly.titled and not assembly.begun and built_in(part.text) is None
        if (part.level == 1 or (underlined and not part.level)) and plain_name and not assembly.titled:
            assembly.title(line, part.text.rstrip(":").strip())
        elif (part.level or underlined) and plain_name:
            assembly.heading(line, part.text)
        elif reading.kind is LineKind.NAME and not part.item and alone and may_be_title:
            assembly.title(line, part.text)
        elif reading.kind is LineKind.HEADING and part.item:
            # "Mobility" in a list is an exercise, whose dose lacks.
            raise UnreadError(Why.NO_DOSE)
        else:
            assembly.read(line, reading, part.indent, part.item)
    except UnreadError as error:
        heads = bool(part.level) or underlined or part.text.endswith(":") or _names_weeks(part.text, error, language)
        if part.level == 1 and not assembly.titled and not assembly.begun:
            # "Knee, week 3" is the name of the whole sheet; "Weeks 6-8" is none.
            heads = kinds(read_tokens(part.text, language))[:1] in ("Q", "w")
        # Without the heading of a circuit its exercises are done one after the other, as the lines told say.
        heads = heads and error.why is not Why.JOINED
        assembly.unread(Line(line.number, line.text.strip()), error, part.indent, heads=heads)


def _names_weeks(text: str, error: UnreadError, language: str) -> bool:
    """Return whether a line that can't be read has weeks and no dose, so that they are of what stands below it."""
    return error.why is Why.WEEKS and not re.search("[xSrsmTKLl]", kinds(read_tokens(text, language)))


def _layout(line: Line, language: str) -> _Part:
    """Return a line without the signs of its layout: indentation, heading, quotation, list and emphasis."""
    text = line.text.expandtabs(4).replace("\u00a0", " ").replace("\u202f", " ")
    indent = len(text) - len(text.lstrip())
    text = text.strip().replace("<br>", " ").rstrip("\\").strip()
    level = 0
    if heading := re.match(r"(#{1,6})\s+", text):
        level = len(heading[1])
        text = text[heading.end() :].rstrip("# ")
    text = text.removeprefix("> ")
    item = False
    marker = _MARKER.match(text)
    if marker is None and (number := _NUMBERED.match(text)) is not None:
        goes_on = kinds(read_tokens(text[number.end() :], language))
        marker = None if _NO_NUMBER.match(goes_on) else number
    if marker is not None:
        item = True
        text = text[marker.end() :]
    return _Part(line, text=_EMPHASIS.sub("", text).strip(), indent=indent, level=level, item=item)
