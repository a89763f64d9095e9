"""Makes a protocol of a timer of TimeR Machine: each step that is no rest is held, groups are circuits or sets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from audioguide.errors import FileError, Problem, RequestError
from audioguide.languages.registry import find
from audioguide.languages.sheet_words import plain, sheet_words
from audioguide.library.builtin import exercises
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.ids import id_of
from audioguide.model.kinds import Sides
from audioguide.model.text import listed, quoted
from audioguide.model.units import plain_number, to_seconds
from audioguide.sheets.assembly import ended
from audioguide.sheets.exercise_names import built_in, similar
from audioguide.sheets.language_of_sheet import language_of
from audioguide.sheets.line_reader import LONGEST_NAME, LONGEST_TEXT, is_safety
from audioguide.sheets.protocol_text import Ids, Item, ProtocolText, WrittenPhase
from audioguide.sheets.sheet_import import LARGEST_SHEET, Imported
from audioguide.sheets.timer_file import USUAL_COUNT, BehaviourKind, Group, Step, StepKind, Timer, read_timers
from audioguide.sheets.tokens import Kind, tokens_of
from audioguide.tables.csv_tables import decoded
from audioguide.tables.table_rows import fault, read_bytes

MOST_STATIONS = 500
"""Of steps with all their loops that can't be rounds: more are no protocol that anybody reads."""

_NOT_HEARD = {
    BehaviourKind.MUSIC: "music",
    BehaviourKind.VIBRATION: "vibration",
    BehaviourKind.SCREEN: "screen",
    BehaviourKind.NOTIFICATION: "notification",
    BehaviourKind.FLASHLIGHT: "flashlight",
}
_VARIABLE = re.compile(r"\{[^{}]*\}|\$[a-z_]+%?")
_OF_NAME = re.compile(r"\{SName\}|\{step_name\}|\$step_name")
_OF_TIMER = re.compile(r"\{TName\}|\{timer_name\}")
_SHORTEST_MS = 1_000


class _Station(Struct, frozen=True):
    """A step that is held, with the rest behind it.

    Attributes:
        step: the step.
        where: how it is named in messages.
        rest_ms: the time of rests behind it.
        said: what the rests before it say besides their names.
    """

    step: Step
    where: str
    rest_ms: int = 0
    said: tuple[str, ...] = ()


class _Block(Struct, frozen=True):
    """Stations that are done in rounds.

    Attributes:
        title: the name of the group; empty for none.
        rounds: how often.
        before_ms: the time of rests before the first round.
        lead_ms: the time of rests that open each round.
        stations: in order.
    """

    title: str
    rounds: int
    before_ms: int
    lead_ms: int
    stations: tuple[_Station, ...]


def import_timer(path: Path, language: str | None = None, name: str | None = None) -> Imported:
    """Return the protocol of a timer in a backup.

    Args:
        path: the backup, JSON.
        language: the BCP 47 tag of its language; None to tell it by its words.
        name: which timer; None where there is only one.

    Raises:
        FileError: for a file that is none, and for every step that a protocol can't have.
        RequestError: for an unknown language or timer.
    """
    source = str(path)
    data = read_bytes(path, "name a backup of TimeR Machine")
    if len(data) > LARGEST_SHEET:
        raise fault(source, f"is over {LARGEST_SHEET // 1_000_000} MB", "name a backup of TimeR Machine")
    timers = read_timers(decoded(data, source), source)
    names = listed(quoted(timer.name) for timer in timers)
    if not timers:
        raise FileError(source, [Problem("", "has no timers", "make one in the app")])
    if name is None and len(timers) != 1:
        raise RequestError(f"{source} has the timers {names}; name one of them: --timer NAME")
    timer = next((timer for timer in timers if name is None or timer.name == name), None)
    if timer is None:
        raise RequestError(f"{source} has no timer {quoted(str(name))}; there is {names}")
    texts = [step.label for step in _all_steps((*timer.steps, timer.start, timer.end))]
    code = find(language).code if language else language_of("\n".join((timer.name, *texts)))
    return _TimerImport(timer, source, code, told=language is None).imported(path)


def _all_steps(parts: Iterable[Step | Group | None]) -> Iterator[Step]:
    """Yield every step, those of groups too."""
    for part in parts:
        if isinstance(part, Group):
            yield from _all_steps(part.steps)
        elif part is not None:
            yield part


class _TimerImport:
    """One timer while a protocol is made of it.

    Args:
        timer: the timer.
        source: names the backup in errors.
        code: the code of its language.
        told: whether the language was told by its words.
    """

    def __init__(self, timer: Timer, source: str, code: str, told: bool) -> None:
        self._timer = timer
        self._source = source
        self._code = code
        self._notes = [f"it is in {find(code).name}" + (", by its words; --language says another" if told else "")]
        self._problems: list[Problem] = []
        self._safety: list[str] = []
        self._said: list[str] = []
        self._rest_ms = 0
        self._ids = Ids()
        self._exercises: dict[str, Mapping[str, Any]] = {}

    def imported(self, path: Path) -> Imported:
        """Return the protocol."""
        timer = self._timer
        blocks = self._blocks(timer.steps, timer.loop, timer.name, "step ")
        left = self._said
        texts = {key: self._end(step, key) for key, step in (("summary", timer.start), ("closing", timer.end))}
        self._safety += [text for text in left if is_safety(text, self._code)]
        texts["closing"] = [*(text for text in left if text not in self._safety), *texts["closing"]]
        # The rest behind a last set or round is the time to get into position for what comes next.
        rests_ms = [0, *(block.stations[-1].rest_ms for block in blocks)]
        placed = [replace(block, before_ms=block.before_ms + ms) for block, ms in zip(blocks, rests_ms, strict=False)]
        phases = [self._phase(block) for block in placed]
        if not phases and not self._problems:
            self._problems.append(Problem("", "has rests only", "give a step a name that says what is done"))
        if self._problems:
            raise FileError(self._source, self._problems)
        head: dict[str, Any] = {
            "id": id_of(timer.name) or "timer",
            "title": timer.name.strip() or "Timer",
            "language": self._code,
        }
        head |= {key: lines for key, lines in {"safety": self._safety, **texts}.items() if lines}
        comments = (
            f"Made of the timer in {path.name} by audioguide protocol import. Read each step against it.",
            *self._notes,
        )
        protocol = ProtocolText(
            comments=comments, head=head, programme={}, phases=tuple(phases), exercises=self._exercises
        )
        text = protocol.written()
        parse_protocol(tomllib.loads(text), self._source)
        told = [comment for phase in phases for item in phase.items for comment in item.comments]
        return Imported(text, (*told, *self._notes))

    def _blocks(self, parts: Sequence[Step | Group], loop: int, title: str, where: str) -> list[_Block]:
        """Return the steps as blocks that are done one after the other; loops around groups are written out."""
        named = [(f"{where}{number}", part) for number, part in enumerate(parts, 1)]
        row = [(place, part) for place, part in named if isinstance(part, Step)]
        if len(row) == len(named):
            return self._block(row, loop, title)
        earlier_ms = self._rest_ms
        once: list[_Block] = []
        row = []
        for place, part in named:
            if isinstance(part, Step):
                row.append((place, part))
                continue
            once += self._block(row, 1, title)
            row = []
            once += self._blocks(part.steps, part.loop, part.name or title, f"{place}.")
        once += self._block(row, 1, title)
        if loop == 1 or not once:
            return once
        self._notes.append(f"{quoted(title)} with groups in it, {loop} times, is written out {loop} times")
        if loop * sum(len(block.stations) for block in once) > MOST_STATIONS:
            self._problems.append(
                Problem(where.rstrip(". "), f"comes to over {MOST_STATIONS} steps", "make loops within loops fewer")
            )
            return once
        # Rests at the end of the loop come before it begins again; those before it came once.
        between_ms = once[0].before_ms - earlier_ms + self._rest_ms
        return once + [replace(once[0], before_ms=between_ms), *once[1:]] * (loop - 1)

    def _block(self, steps: Sequence[tuple[str, Step]], rounds: int, title: str) -> list[_Block]:
        """Return steps as one block; as none where they are rests, whose time is kept for the next one."""
        lead_ms, stations, said = 0, list[_Station](), self._said
        for where, step in steps:
            self._refuse(where, step)
            if not self._is_rest(step):
                stations.append(_Station(step, where, said=tuple(said)))
                said = []
                continue
            said += self._spoken(step)
            if stations:
                stations[-1] = replace(stations[-1], rest_ms=stations[-1].rest_ms + step.length_ms)
            else:
                lead_ms += step.length_ms
        # What a rest says is of what comes next, also in the next group.
        self._said = said
        if not stations:
            self._rest_ms += lead_ms * rounds
            return []
        before_ms, self._rest_ms = self._rest_ms, 0
        return [_Block(title=title, rounds=rounds, before_ms=before_ms, lead_ms=lead_ms, stations=tuple(stations))]

    def _refuse(self, where: str, step: Step) -> None:
        """Keep every problem of a step, so that all are told at once."""
        shown = f"{where}, {quoted(step.label)}"
        if step.of(BehaviourKind.HALT) is not None:
            self._problems.append(Problem(shown, "waits until you go on", "give it a time, and remove Halt"))
        if not self._is_rest(step) and step.length_ms < _SHORTEST_MS:
            self._problems.append(Problem(shown, "lasts less than a second", "make it longer, or remove it"))
        if not any(sign.isalnum() for sign in step.label):
            self._problems.append(Problem(shown, "has no name", "name it in the app"))
        self._refuse_unsayable(shown, (step.label, *self._spoken(step)))
        self._refuse_long(shown, self._spoken(step))
        if len(step.label) > LONGEST_NAME:
            self._problems.append(
                Problem(shown, "has a name of over 120 characters", "write the rest as what its voice says")
            )

    def _refuse_unsayable(self, shown: str, texts: Iterable[str]) -> None:
        """Refuse texts with braces or bars, which are the app's own signs and which a protocol can't hold."""
        for text in texts:
            if any(sign in text for sign in "{}|"):
                what = f"says {quoted(text)}, with what only the app knows"
                self._problems.append(Problem(shown, what, "write the words"))

    def _refuse_long(self, shown: str, texts: Iterable[str]) -> None:
        if any(len(text) > LONGEST_TEXT for text in texts):
            what = f"says a sentence of over {LONGEST_TEXT} characters"
            self._problems.append(Problem(shown, what, "write shorter ones"))

    def _is_rest(self, step: Step) -> bool:
        """Return whether a step is a rest: a notifier, or one that begins with a word for it."""
        if step.kind is StepKind.NOTIFIER:
            return True
        tokens = tokens_of(step.label, self._code)
        words = find(self._code).printed.player
        known = (*sheet_words("en").getting_ready, *sheet_words(self._code).getting_ready)
        starts = (*known, *map(plain, (words.setup, words.switch, words.rest)))
        ready = any(re.match(rf"{re.escape(start)}(?!\w)", plain(step.label)) for start in starts)
        return ready or bool(tokens and tokens[0].kind in (Kind.REST, Kind.RELAX))

    def _spoken(self, step: Step) -> tuple[str, ...]:
        """Return what a step's voice says besides its name."""
        voice = step.of(BehaviourKind.VOICE)
        if voice is None:
            return ()
        # Newer versions of the app take the one, and older ones know the other only.
        text = _OF_TIMER.sub(self._timer.name, _OF_NAME.sub(step.label, voice.content or voice.label)).strip()
        if not text or plain(text).strip(". ") == plain(step.label).strip(". "):
            return ()
        # Sentence by sentence, since some may be cautions, and since all of it would be too long for one line.
        return tuple(ended(sentence) for sentence in re.split(r"(?<=[.!?…])\s+", text))

    def _end(self, step: Step | None, key: str) -> list[str]:
        """Return what the first or last step says; its time is that of the introduction or the closing."""
        if step is None:
            return []
        name = "start step" if key == "summary" else "end step"
        self._notes.append(f"the {name} of {plain_number(to_seconds(step.length_ms))} s takes as long as its words")
        spoken = [text for text in (step.label, *self._spoken(step)) if any(sign.isalnum() for sign in text)]
        lines = [ended(text) for text in spoken]
        self._refuse_long(name, lines)
        self._refuse_unsayable(name, lines)
        safe = [line for line in lines if is_safety(line, self._code)]
        self._safety += safe
        return [line for line in lines if line not in safe]

    def _phase(self, block: _Block) -> WrittenPhase:
        """Return a block as a phase: one station in rounds is sets, several are a circuit."""
        title = block.title.strip() or sheet_words(self._code).phase_title
        title = title if any(sign.isalnum() for sign in title) else sheet_words(self._code).phase_title
        alone = len(block.stations) == 1
        items = tuple(self._item(block, at, alone=alone) for at in range(len(block.stations)))
        circuit: dict[str, Any] = {}
        if not alone:
            last_ms = block.stations[-1].rest_ms
            circuit = {"rounds": block.rounds, "rest_s": 0}
            if block.rounds > 1:
                circuit["round_rest_s"] = _seconds(last_ms + block.lead_ms)
        return WrittenPhase(title[:LONGEST_NAME], items, {"circuit": circuit} if circuit else {})

    def _item(self, block: _Block, at: int, alone: bool) -> Item:
        """Return a station as a place of its phase; one that is ``alone`` states its sets and their rest itself."""
        station = block.stations[at]
        step = station.step
        name, sides = self._name_and_side(step.label)
        key, notes = self._exercise(name, sides, station)
        stated: dict[str, Any] = {"hold_s": _seconds(step.length_ms)}
        if sides is not None:
            stated["sides"] = str(sides)
            notes.append(f"it is done with the {sides} side only")
        if alone:
            stated |= {"sets": block.rounds, "rest_s": _seconds(station.rest_ms + block.lead_ms * (block.rounds > 1))}
        else:
            stated["rest_s"] = _seconds(station.rest_ms)
        if at == 0 and (ready_ms := block.before_ms + block.lead_ms):
            stated["setup_s"] = _seconds(ready_ms)
            notes.append(f"the {plain_number(to_seconds(ready_ms))} s before it are time to get into position")
        # The app is as quiet as its timer says, while a session calls the time unless it is told not to.
        quiet = {
            key: False
            for key, kind in (("halfway", BehaviourKind.HALF), ("countdown", BehaviourKind.COUNT))
            if step.of(kind) is None
        }
        if quiet:
            stated["cues"] = quiet
        notes += self._heard(step)
        label = f"{station.where}: {step.label}, {plain_number(to_seconds(step.length_ms))} s"
        return Item(key, stated, (label, *(f"  assumed: {note}" for note in notes)))

    def _heard(self, step: Step) -> list[str]:
        """Return in which ways a step sounds otherwise than in the app."""
        notes = []
        if (beep := step.of(BehaviourKind.BEEP)) is not None:
            seconds = beep.content.partition(",")[0]
            often = f"for {seconds} s" if seconds.isdigit() and int(seconds) else "each second"
            notes.append(f"it beeps at its start and end, not {often}")
        count = step.of(BehaviourKind.COUNT)
        if count is not None:
            seconds = count.label if count.label.isdigit() else str(USUAL_COUNT)
            notes.append(f"its last seconds are ticked as in every session, not counted from {seconds}")
        others = [_NOT_HEARD[one.kind] for one in step.behaviours if one.kind in _NOT_HEARD]
        return [*notes, *([f"its {listed(others)} {'is' if len(others) == 1 else 'are'} left out"] if others else [])]

    def _name_and_side(self, label: str) -> tuple[str, Sides | None]:
        """Return a step's name and its side: "Couch stretch, left" is the couch stretch on the left."""
        tokens = tokens_of(label, self._code)
        side = {Kind.LEFT: Sides.LEFT, Kind.RIGHT: Sides.RIGHT}.get(tokens[-1].kind) if len(tokens) > 1 else None
        name = label[: tokens[-1].start].strip(" ,;:-–—(") if side else ""
        return (name, side) if name and any(sign.isalnum() for sign in name) else (label.strip(), None)

    def _exercise(self, name: str, sides: Sides | None, station: _Station) -> tuple[str, list[str]]:
        """Return the id of the exercise of a step, and what was taken for granted."""
        step = station.step
        spoken = [*station.said, *self._spoken(step)]
        key = built_in(name)
        if key is not None and not spoken:
            exercise = exercises()[key]
            both_fit = exercise.sides is Sides.BOTH and sides is None
            if exercise.hold_s is not None and (both_fit or (exercise.sides is Sides.EACH and sides is not None)):
                return key, [f"{quoted(name)} is the built-in '{key}'"]
        near = key or similar(name)
        notes = [f"{quoted(name)} is an exercise of its own" + (f"; there is a built-in '{near}'" if near else "")]
        table: dict[str, Any] = {"name": name, "hold_s": _seconds(step.length_ms), "setup_s": 0}
        cautions = [text for text in spoken if is_safety(text, self._code)]
        remarks = [text for text in spoken if text not in cautions]
        table |= {field: texts for field, texts in (("setup", remarks), ("caution", cautions)) if texts}
        same = next((own for own, other in self._exercises.items() if other == table), None)
        found = same or self._ids.of(name)
        self._exercises[found] = table
        return found, notes


def _seconds(ms: int) -> int | float:
    # A whole number is written without a point, as people write it.
    return ms // 1000 if ms % 1000 == 0 else to_seconds(ms)
