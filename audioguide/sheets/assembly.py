"""Puts the lines of a sheet together: phases with exercises, doses and remarks below a name, texts around them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from audioguide.languages.sheet_words import plain
from audioguide.model.text import quoted
from audioguide.model.units import plain_number
from audioguide.sheets.dose_reader import settled
from audioguide.sheets.line_reader import LONGEST_TEXT, LineKind, Reading, refuse_changing, refuse_dose_in_name
from audioguide.sheets.sheet import (
    EVERY_DAY,
    Entry,
    Line,
    Made,
    Often,
    Sheet,
    SheetDose,
    SheetPhase,
    UnreadError,
    UnreadLine,
    Why,
)


class _Draft(Struct):
    """An exercise while its lines are read."""

    lines: list[Line]
    name: str
    dose: SheetDose
    indent: int
    remarks: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)


class Assembly:
    """A sheet while its lines are read, one after the other.

    Args:
        place: what its lines are called: ``line`` or ``row``.
        language: the code of the language it is read in.
    """

    def __init__(self, place: str, language: str) -> None:
        self._place = place
        self._language = language
        self._title = ""
        # Title, line of the heading and exercises; the first phase is of what comes before any heading.
        self._phases: list[tuple[str, Line | None, list[_Draft]]] = [("", None, [])]
        self._draft: _Draft | None = None
        self._safety: list[str] = []
        self._summary: list[str] = []
        self._closing: list[str] = []
        self._often: list[tuple[Line, Often]] = []
        self._notes: list[tuple[int, str]] = []
        self._unread: list[UnreadLine] = []
        self._made: dict[int, Made] = {}
        self._heading: tuple[Line, str] | None = None

    def note(self, line: Line, text: str) -> None:
        """Keep what was taken for granted in a line, or left out."""
        self._notes.append((line.number, text))

    def unread(self, line: Line, error: UnreadError, indent: int = 0, heads: bool = False) -> None:
        """Keep that a line can't be read; one below a name that still lacks its dose is told for both.

        Args:
            line: the line.
            error: why.
            indent: how far it is indented.
            heads: whether it says something of the lines below it, as a heading does.
        """
        draft = self._draft
        if draft is not None and indent > draft.indent and not draft.dose.has_work:
            self._made |= dict.fromkeys((one.number for one in draft.lines), Made.UNREAD)
            self._phases[-1][2].remove(draft)
            # A caution of an exercise that isn't done is said all the same.
            self._safety += [part for caution in draft.cautions for part in _sentences(caution)]
            self._draft = None
        self._unread.append(UnreadLine(line, error.why, error.text, heads))
        self._made[line.number] = Made.UNREAD
        self._heading = None

    def made(self, line: Line, made: Made) -> None:
        """Keep what became of a line."""
        self._made[line.number] = made

    def title(self, line: Line, text: str) -> None:
        """Take a line as the sheet's title."""
        _refuse_unsayable(text)
        self.note(line, "is the title")
        self._title = text
        self.made(line, Made.TITLE)

    @property
    def titled(self) -> bool:
        """Whether it has a title."""
        return bool(self._title)

    @property
    def begun(self) -> bool:
        """Whether there was an exercise."""
        return any(drafts for _, _, drafts in self._phases)

    def heading(self, line: Line, text: str) -> None:
        """Take a line as a heading: of a phase, or the name of the exercise whose dose is below it."""
        self.blank()
        self._heading = (line, text)
        self.made(line, Made.PHASE)
        self._phases.append((text.rstrip(":").strip(), line, []))

    def blank(self) -> None:
        """An empty line ends what is said of the exercise above it, unless that still lacks its dose."""
        if self._draft is not None and self._draft.dose.has_work:
            self._draft = None

    def read(self, line: Line, reading: Reading, indent: int = 0, item: bool = False) -> None:
        """Take what a line says.

        Args:
            line: the line.
            reading: what it says by itself.
            indent: how far it is indented.
            item: whether it is marked as one of a list.

        Raises:
            UnreadError: where it doesn't go with the lines before it.
        """
        draft = self._draft
        below = draft is not None and indent > draft.indent
        if reading.kind is LineKind.EXERCISE:
            self.exercise(line, reading, indent)
        elif reading.kind is LineKind.DOSE:
            self._add_dose(line, reading, below=below)
        elif reading.kind is LineKind.OFTEN:
            assert reading.dose.often is not None
            self._often.append((line, reading.dose.often))
            self.note(line, f"says how often the session is done: {' '.join(line.text.split())}")
            self.made(line, Made.OFTEN)
        elif reading.kind is LineKind.SAFETY:
            self._add_safety(line, reading.text, below=below)
        elif reading.kind is LineKind.TEXT:
            self._add_text(line, reading.text, below=below, item=item)
        elif reading.kind is LineKind.HEADING:
            self.heading(line, reading.text)
            return
        elif reading.kind is LineKind.LEFT_OUT:
            self.note(
                line, f"{quoted(reading.text.partition(':')[0].strip())} is left out: it is no part of a protocol"
            )
            self.made(line, Made.LEFT_OUT)
        elif below and draft is not None and draft.dose.has_work:
            raise UnreadError(Why.NO_DOSE)
        else:
            refuse_dose_in_name(reading.text, self._language)
            self._begin(_Draft([line], reading.text, SheetDose(), indent))
        self._heading = None

    def exercise(self, line: Line, reading: Reading, indent: int = 0) -> None:
        """Take an exercise with its dose."""
        if not reading.dose.has_work:
            raise UnreadError(Why.NO_DOSE)
        draft = _Draft([line], reading.text, reading.dose, indent)
        if reading.remark:
            (draft.cautions if reading.about_safety else draft.remarks).append(_sentence(reading.remark))
        self._begin(draft)

    def _begin(self, draft: _Draft) -> None:
        _refuse_unsayable(draft.name)
        self._draft = draft
        self._phases[-1][2].append(draft)
        self.made(draft.lines[0], Made.EXERCISE)

    def add_texts(self, remarks: Iterable[str], cautions: Iterable[str]) -> None:
        """Add remarks and cautions to the exercise that was read last.

        Raises:
            UnreadError: where a protocol can't hold one.
        """
        draft = self._phases[-1][2][-1]
        draft.remarks += map(_sentence, remarks)
        draft.cautions += map(_sentence, cautions)

    def _add_dose(self, line: Line, reading: Reading, below: bool) -> None:
        """Add a dose that stands alone to the exercise above it."""
        if self._heading is not None:
            # The heading is the exercise's name.
            heading, text = self._heading
            refuse_dose_in_name(text, self._language)
            self._phases.pop()
            self._begin(_Draft([heading], text, SheetDose(), indent=-1))
            below = True
        draft = self._draft
        if draft is None:
            raise UnreadError(Why.NO_NAME)
        if draft.dose.has_work and not below:
            # A rest that stands by itself may be of all exercises.
            raise UnreadError(Why.NO_NAME)
        draft.dose = joined(draft.dose, reading.dose)
        draft.lines.append(line)
        if reading.remark:
            (draft.cautions if reading.about_safety else draft.remarks).append(_sentence(reading.remark))
        self.made(line, Made.EXERCISE)

    def _add_safety(self, line: Line, text: str, below: bool) -> None:
        """Add a caution: to the exercise above a line that is indented below it, else to the whole session."""
        sentence = _sentence(text)
        if below and self._draft is not None:
            self._draft.cautions.append(sentence)
            self._draft.lines.append(line)
        else:
            self._safety += _sentences(sentence)
            self.note(line, "is said at the start of each session, as a stop rule")
        self.made(line, Made.SAFETY)

    def _add_text(self, line: Line, text: str, below: bool, item: bool) -> None:
        """Add a text: to the exercise above it, else to the start or the end of the session."""
        sentence = _sentence(text)
        if self._draft is not None and (below or not item):
            if not below:
                self.note(line, f"is said with {quoted(self._draft.name)}, below which it stands")
            refuse_changing(text, replace(self._draft.dose, often=None), self._language)
            self._draft.remarks.append(sentence)
            self._draft.lines.append(line)
        elif self.begun:
            self.note(line, "is said at the end")
            self._closing += _sentences(sentence)
        else:
            self.note(line, "is said at the start")
            self._summary += _sentences(sentence)
        self.made(line, Made.TEXT)

    def sheet(self) -> Sheet:
        """Return the sheet as it was read."""
        phases = []
        for title, line, drafts in self._phases:
            found = tuple(entry for draft in drafts if (entry := self._entry(draft)) is not None)
            if found:
                phases.append(SheetPhase(title, found))
            elif line is not None and not drafts:
                self.note(line, "has no exercises below it, and is left out")
        entries = tuple(entry for phase in phases for entry in phase.entries)
        often, entries = self._how_often(entries)
        phases = [
            SheetPhase(phase.title, tuple(entry for entry in phase.entries if entry in entries)) for phase in phases
        ]
        return Sheet(
            place=self._place,
            language=self._language,
            title=self._title,
            phases=tuple(phase for phase in phases if phase.entries),
            safety=tuple(self._safety),
            summary=tuple(self._summary),
            closing=tuple(self._closing),
            often=often,
            notes=tuple(sorted(self._notes)),
            unread=tuple(sorted(self._unread, key=lambda unread: unread.line.number)),
            made=self._made,
        )

    def _entry(self, draft: _Draft) -> Entry | None:
        """Return an exercise whose lines are all read; None where they can't be one."""
        try:
            if not draft.dose.has_work:
                raise UnreadError(Why.NO_DOSE)
            dose = settled(draft.dose)
            texts = tuple(part for remark in draft.remarks for part in _sentences(remark))
            cautions = tuple(part for caution in draft.cautions for part in _sentences(caution))
            return Entry(
                lines=tuple(draft.lines),
                name=draft.name,
                dose=dose,
                remarks=texts,
                cautions=cautions,
                assumed=tuple(draft.assumed),
            )
        except UnreadError as error:
            self.unread(draft.lines[0], error)
            for line in draft.lines[1:]:
                self._made[line.number] = Made.UNREAD
            # A caution of an exercise that isn't done is said all the same.
            self._safety += [part for caution in draft.cautions for part in _sentences(caution)]
            return None

    def _how_often(self, entries: tuple[Entry, ...]) -> tuple[Often, tuple[Entry, ...]]:
        """Return how often the session is done, as a line of its own or all exercises alike say it."""
        stated = [(line, often) for line, often in self._often]
        each = [(entry.lines[0], entry.dose.often) for entry in entries if entry.dose.often is not None]
        if each and not stated and len(each) < len(entries):
            for line, _ in each:
                self.unread(line, UnreadError(Why.OFTEN_SOME))
            return Often(), tuple(entry for entry in entries if entry.dose.often is None)
        merged = Often()
        wrong: set[int] = set()
        for line, often in (*stated, *each):
            assert often is not None
            if (more := merged_often(merged, often)) is None:
                self.unread(line, UnreadError(Why.OFTEN_DIFFERS))
                wrong.add(line.number)
            else:
                if often.per_day is not None and often.per_week == EVERY_DAY and merged.per_week is None:
                    self.note(line, "is done every day of the week")
                merged = more
        if merged.per_week is not None and merged.per_week.ranged:
            text = f"{plain_number(merged.per_week.low)} days a week, up to {plain_number(merged.per_week.high)}"
            self.note((stated or each)[0][0], text)
        return merged, tuple(entry for entry in entries if entry.lines[0].number not in wrong)


def merged_often(one: Often, other: Often) -> Often | None:
    """Return what two lines say together; None where they contradict each other."""
    found: dict[str, object] = {}
    for name in ("per_day", "per_week", "weeks"):
        values = {getattr(often, name) for often in (one, other)} - {None}
        # "Twice a day" alone is of each day of the week; beside "3 times a week" it is of those three.
        only_daily = any(often.per_day is not None and often.per_week == EVERY_DAY for often in (one, other))
        only_weekly = any(often.per_day is None for often in (one, other))
        if name == "per_week" and len(values) == 2 and EVERY_DAY in values and only_daily and only_weekly:
            values.discard(EVERY_DAY)
        if len(values) > 1:
            return None
        found[name] = next(iter(values), None)
    return Often(**found)  # type: ignore[arg-type]


def joined(one: SheetDose, other: SheetDose) -> SheetDose:
    """Return what two lines, or two cells, state of one dose.

    Raises:
        UnreadError: where both state one thing.
    """
    changed = {name: getattr(other, name) for name in other.stated - {"loads"}}
    if one.stated & changed.keys() - {"held"}:
        raise UnreadError(Why.TWICE)
    return replace(one, **changed, loads=one.loads + other.loads, assumed=one.assumed + other.assumed)


def _sentence(text: str) -> str:
    """Return a text as it is said: on one line, begun with a capital letter and ended.

    Raises:
        UnreadError: where a protocol can't hold it.
    """
    text = " ".join(text.split()).lstrip("⚠️! ")
    _refuse_unsayable(text)
    return ended(text[:1].upper() + text[1:])


def ended(text: str) -> str:
    """Return a text on one line, with a full stop where it has no end, so that a voice makes a pause behind it."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", ":", "…")) else f"{text}."


def _refuse_unsayable(text: str) -> None:
    """Refuse a text that a protocol can't hold, or in which there is nothing to say.

    Raises:
        UnreadError: for a brace or bar, with which a protocol writes forms for sides and units; or without a word.
    """
    if any(sign in text for sign in "{}|"):
        raise UnreadError(Why.BRACES, text)
    if not any(sign.isalnum() for sign in plain(text)):
        raise UnreadError(Why.NO_WORD, text)


def _sentences(text: str) -> tuple[str, ...]:
    """Return a text in pieces that can each be said in one go.

    Raises:
        UnreadError: for a sentence that is longer.
    """
    if len(text) <= LONGEST_TEXT:
        return (text,)
    pieces = [piece if piece.endswith(".") else f"{piece}." for piece in text.rstrip(".").split(". ")]
    if any(len(piece) > LONGEST_TEXT for piece in pieces):
        raise UnreadError(Why.LONG, text)
    return tuple(pieces)
