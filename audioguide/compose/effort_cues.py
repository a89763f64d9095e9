"""What happens inside an effort: the calls and lines of a hold, the counts and words of a set of reps."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.compose.verbosity import Verbosity
from audioguide.compose.wording import Wording
from audioguide.model.kinds import BeepRole, Side, Sides, SpeechRole
from audioguide.model.script import Hold, Line, Place, Rep, RepSet, TimeCall
from audioguide.model.session import CueSwitches, Effort, Prescription
from audioguide.model.sound import Breath
from audioguide.model.text import filled

HALFWAY_FROM_MS = 40_000
"""Shorter holds are over before a halfway call would help."""

TEN_SECONDS_FROM_MS = 30_000
COUNTDOWN_S = (3, 2, 1)

SET_LEAD_MS = 1_008
"""From the start beep to the first rep: one second, in whole frames."""


def hold(
    item: Prescription,
    effort: Effort,
    place: Place,
    first_time: bool,
    cues: CueSwitches,
    verbosity: Verbosity,
    say: Wording,
    breath: Breath | None = None,
) -> Hold:
    """Return the hold of ``effort`` with what is called and said in it, and the breath pacer where it asks for one."""
    assert effort.hold_ms is not None
    return Hold(
        place=place,
        duration_ms=effort.hold_ms,
        calls=tuple(_calls(effort.hold_ms, place, cues, verbosity, say)),
        lines=tuple(_tips(item, place, first_time, verbosity)),
        breath=breath if item.exercise.breath else None,
    )


def _calls(duration_ms: int, place: Place, cues: CueSwitches, verbosity: Verbosity, say: Wording) -> Iterator[TimeCall]:
    if cues.halfway and duration_ms >= HALFWAY_FROM_MS:
        spoken = Line(SpeechRole.TIME, say.halfway, place)
        yield TimeCall(duration_ms // 2, spoken if verbosity.spoken_half else BeepRole.HALF)
    if cues.ten_seconds and duration_ms >= TEN_SECONDS_FROM_MS:
        yield TimeCall(duration_ms - 10_000, Line(SpeechRole.TIME, say.ten_seconds, place))
    if cues.countdown:
        for seconds in COUNTDOWN_S:
            yield TimeCall(duration_ms - seconds * 1000, BeepRole.COUNTDOWN)


def _tips(item: Prescription, place: Place, first_time: bool, verbosity: Verbosity) -> Iterator[Line]:
    # The first time, cautions have just been said while getting into position.
    cautions = item.exercise.caution if verbosity.cautions_again and not first_time else ()
    coaching = item.exercise.coaching[: verbosity.coaching if first_time else verbosity.coaching_again]
    mistakes = item.exercise.mistake if verbosity.mistakes and first_time else ()
    for role, texts in (
        (SpeechRole.CAUTION, cautions),
        (SpeechRole.COACHING, coaching),
        (SpeechRole.MISTAKE, mistakes),
    ):
        for text in texts:
            yield Line(role, filled(text, place.side), place)


def rep_set(
    item: Prescription, effort: Effort, place: Place, verbosity: Verbosity, say: Wording, breath: Breath | None = None
) -> RepSet:
    """Return the set of reps of ``effort`` with its counts and words, and the breath pacer where its tempo has one."""
    assert effort.reps is not None
    sides: tuple[Side | None, ...] = (place.side,)
    if item.exercise.sides is Sides.ALTERNATING:
        first = item.first_side_in(place.set or 1)
        sides = (first, first.other)
    reps = tuple(
        _rep(item, number, effort.reps, side, place, verbosity, say, breath)
        for number in range(1, effort.reps + 1)
        for side in sides
    )
    return RepSet(place, reps, SET_LEAD_MS)


def _rep(
    item: Prescription,
    number: int,
    reps: int,
    side: Side | None,
    place: Place,
    verbosity: Verbosity,
    say: Wording,
    breath: Breath | None,
) -> Rep:
    here = Place(place.exercise, side, place.set, number)
    opening = _opening(item, number, reps, here, verbosity, say)
    worded = not item.exercise.count or number <= verbosity.worded_reps
    words = tuple(_word(part.say, side, here, worded) for part in item.tempo)
    # One short sound at a rep's start: the count, or else the first part's word, or else a tick.
    first = opening or words[0] or BeepRole.REP
    breaths = tuple(part.breath for part in item.tempo) if breath is not None else ()
    return Rep(here, tuple(part.duration_ms for part in item.tempo), (first, *words[1:]), breaths)


def _word(say: str | None, side: Side | None, here: Place, worded: bool) -> Line | BeepRole | None:
    """Return what marks a part of the tempo: its word, or a tick where words are few; nothing without a word."""
    if say is None:
        return None
    return Line(SpeechRole.COUNT, _sentence(say, side), here) if worded else BeepRole.REP


def _opening(
    item: Prescription, number: int, reps: int, here: Place, verbosity: Verbosity, say: Wording
) -> Line | None:
    alternating = item.exercise.sides is Sides.ALTERNATING and here.side is not None
    if not item.exercise.count:
        return None
    if number == reps > 1:
        text = say.last_rep_side.format(side=say.side(here.side)) if alternating and here.side else say.last_rep
        return Line(SpeechRole.COUNT, text, here, (say.last_rep,))
    if number == 1 or not verbosity.counted:
        return None
    if alternating and here.side:
        if here.side is not item.first_side_in(here.set or 1):
            return Line(SpeechRole.COUNT, _sentence(say.side(here.side), None), here)
        return Line(
            SpeechRole.COUNT, say.count_side.format(count=number, side=say.side(here.side)), here, (f"{number}.",)
        )
    return Line(SpeechRole.COUNT, f"{number}.", here)


def _sentence(words: str, side: Side | None) -> str:
    text = filled(words, side)
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
