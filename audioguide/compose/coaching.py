"""What is coached in an exercise: which lines, in which order, and when in a hold each makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.compose.context import Context
from audioguide.model.kinds import SpeechRole
from audioguide.model.protocol import CoachingLine
from audioguide.model.script import Line, Place, When
from audioguide.model.session import Prescription
from audioguide.model.side_forms import filled
from audioguide.model.units import to_ms


def coaching(item: Prescription, context: Context) -> tuple[CoachingLine, ...]:
    """Return the lines of coaching that this session has for ``item``; of those that say how it should feel, one."""
    lines = item.exercise.coaching
    feels = [line for line in lines if line.feel]
    if len(feels) > 1:
        chosen = feels[context.day % len(feels)]
        lines = tuple(line for line in lines if not line.feel or line is chosen)
    return _fewest(lines, context.verbosity.coaching)


def _fewest(lines: tuple[CoachingLine, ...], count: int) -> tuple[CoachingLine, ...]:
    """Return so many of ``lines``, in order; what asks for more goes first: who feels nothing yet is not to do more."""
    kept = sorted(lines, key=lambda line: line.more)[:count]
    return tuple(line for line in lines if line in kept)


def hold_lines(item: Prescription, place: Place, context: Context, *, first_time: bool, fresh: bool) -> Iterator[Line]:
    """Yield what is said of ``item`` while it is held, in the order in which it is said: what to mind, then what to do.

    Args:
        item: the exercise.
        place: where in the session it is held.
        context: how the session is spoken.
        first_time: whether it is done for the first time in the session, so that its cautions were said just before.
        fresh: whether it is done for the first time on this side, which is then taught as the other was.
    """
    verbosity = context.verbosity
    if verbosity.cautions_again and not fresh:
        # They are what is worth repeating most; on each side they were said just before its first hold.
        yield from (Line(SpeechRole.CAUTION, filled(text, place.side), place) for text in item.exercise.again_caution)
    mistakes, coached = item.exercise.mistake if first_time else item.exercise.again_mistake, coaching(item, context)
    if not verbosity.mistakes:
        # Of few lines a warning is the first: the coaching may lead to just that mistake.
        mistakes = mistakes[: verbosity.coaching]
        coached = _fewest(coached, verbosity.coaching - len(mistakes))
    for number, text in enumerate(mistakes):
        # Before the coaching, which may lead to just that mistake.
        when = When(f"{item.id} mistake {number}", once=not fresh)
        yield Line(SpeechRole.MISTAKE, filled(text, place.side), place, when=when)
    for number, line in enumerate(coached):
        # Later sets say only what had no room before, and a reminder.
        once = line.once or (not fresh and number >= verbosity.coaching_again)
        when = _when(line, f"{item.id} coaching {line.say}", place, context, once=once)
        yield Line(SpeechRole.COACHING, filled(line.say, place.side), place, when=when)


def _when(line: CoachingLine, key: str, place: Place, context: Context, *, once: bool) -> When:
    stated_ms = None if line.left_s is None else to_ms(line.left_s)
    return When(
        key,
        from_ms=to_ms(line.from_s),
        # Whoever is told to stay for 20 to 30 seconds must have 20 left.
        left_ms=context.say.lengths.least_named_ms(line.say) if stated_ms is None else stated_ms,
        after_ms=None if line.after is None else to_ms(line.after),
        repeat_ms=to_ms(line.repeat_s) if line.repeat_s is not None and context.verbosity.fills_silence else None,
        again=filled(line.again, place.side) if line.again else None,
        once=once,
    )
