"""What happens inside an effort: the calls and lines of a hold, the counts and words of a set of reps."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from audioguide.compose.coaching import hold_lines
from audioguide.compose.context import Context
from audioguide.languages.wording import capitalised
from audioguide.model.cues import LAST_MS
from audioguide.model.kinds import BeepRole, RestRole, Side, Sides, SpeechRole
from audioguide.model.script import Break, Hold, Line, Place, Rep, RepSet, Step, TimeCall
from audioguide.model.session import Effort, Prescription
from audioguide.model.side_forms import filled

HALFWAY_FROM_MS = 40_000
"""Shorter holds are over before a halfway call would help."""

TEN_SECONDS_FROM_MS = 30_000
"""In shorter holds "Ten seconds" would come too soon after the start to be news."""

COUNTDOWN_S = (3, 2, 1)

SET_LEAD_MS = 1_008
"""From the start beep to the first rep: one second, in whole frames."""


def hold(item: Prescription, effort: Effort, place: Place, context: Context, *, first_time: bool, fresh: bool) -> Hold:
    """Return the hold of ``effort`` with what is called and said in it, and the breath pacer where it asks for one.

    Args:
        item: the exercise.
        effort: one that is held.
        place: where in the session it stands.
        context: how the session is spoken.
        first_time: whether the exercise is held for the first time in the session.
        fresh: whether it is so on this side.
    """
    assert effort.hold_ms is not None
    calls = protocol_calls(item, effort, place, context)
    # The protocol's own call says as much at that moment, so that the person misses nothing.
    taken_ms = {call.at_ms for call in calls}
    calls += length_calls(effort.hold_ms, place, context, taken_ms=taken_ms)
    breath = context.breath if item.exercise.breath else None
    # Who breathes with a tone has no silence.
    calm = context.say.calm if context.verbosity.fills_silence and breath is None else ()
    return Hold(
        place=place,
        duration_ms=effort.hold_ms,
        calls=tuple(calls),
        lines=tuple(hold_lines(item, place, context, first_time=first_time, fresh=fresh)),
        calm=tuple(Line(SpeechRole.COACHING, text, place) for text in calm),
        breath=breath,
        beep=BeepRole.START if context.cues.start else None,
    )


def length_calls(
    length_ms: int, place: Place, context: Context, *, taken_ms: Collection[int] = ()
) -> Iterator[TimeCall]:
    """Yield the calls that a stretch of ``length_ms`` has by its length: halfway, ten seconds, and the countdown.

    There is no call of halfway at a moment of ``taken_ms``.
    """
    say, cues = context.say, context.cues
    if cues.halfway and length_ms >= HALFWAY_FROM_MS and length_ms // 2 not in taken_ms:
        half = Line(SpeechRole.TIME, say.halfway, place) if context.verbosity.spoken_half else BeepRole.HALF
        yield TimeCall(length_ms // 2, half)
    if cues.ten_seconds and length_ms >= TEN_SECONDS_FROM_MS:
        yield TimeCall(length_ms - 10_000, Line(SpeechRole.TIME, say.ten_seconds, place))
    if cues.countdown:
        # Beeps, whose onset is sharp: by a word's nobody could tell to the moment when the hold will end.
        yield from (TimeCall(length_ms - seconds * 1000, BeepRole.COUNTDOWN) for seconds in COUNTDOWN_S)


def protocol_calls(item: Prescription, effort: Effort, place: Place, context: Context) -> list[TimeCall]:
    """Return the calls that the protocol wants in the hold of ``effort``, those at a time of their own first.

    A call of the time that is done gives way to one of the protocol's at the same moment.
    """
    assert effort.hold_ms is not None
    say, until_ms = context.say, effort.hold_ms - LAST_MS
    texts = {call.at_ms: filled(call.say, place.side) for call in item.calls if call.at_ms < until_ms}
    if item.call_every_ms is not None:
        for at_ms in range(item.call_every_ms, until_ms, item.call_every_ms):
            texts.setdefault(at_ms, say.time_done.format(length=say.lengths.text(at_ms)))
    return [TimeCall(at_ms, Line(SpeechRole.TIME, text, place), until_ms) for at_ms, text in texts.items()]


def holds(
    item: Prescription, effort: Effort, place: Place, context: Context, *, first_time: bool, fresh: bool
) -> Iterator[Step]:
    """Yield the hold of ``effort``, or, where it is repeated, its holds with the time to let go between, each exact.

    Arguments are as for `hold`.
    """
    if effort.repeat == 1:
        yield hold(item, effort, place, context, first_time=first_time, fresh=fresh)
        return
    for number in range(1, effort.repeat + 1):
        here = replace(place, rep=number)
        if number > 1:
            last = number == effort.repeat
            text = context.say.last_rep if last else f"{number}."
            # It tells of this one hold only, so that it may be said as the hold begins where there is no room before.
            about = (f"{item.id} {place.side} {place.set} {number}",)
            counted = (Line(SpeechRole.COUNT, text, here, about=about),)
            yield Break(
                role=RestRole.REST,
                place=here,
                lines=counted if last or context.verbosity.counted else (),
                rest_ms=effort.relax_ms,
                exact=True,
            )
        held = hold(item, effort, here, context, first_time=first_time, fresh=fresh)
        # Said once a go: most have no room, and each would be listed.
        yield held if number == 1 else replace(held, lines=())


def rep_set(item: Prescription, effort: Effort, place: Place, context: Context) -> RepSet:
    """Return the set of reps of ``effort`` with its counts and words, and the breath pacer where its tempo has one."""
    assert effort.reps is not None
    verbosity = context.verbosity
    most_worded = verbosity.worded_reps if place.set == 1 else verbosity.worded_again
    sides: tuple[Side | None, ...] = (place.side,)
    if item.exercise.sides is Sides.ALTERNATING:
        first = item.first_side_in(place.set or 1)
        sides = (first, first.other)
    # Past the middle, when nothing but the count is heard any more; the last rep is announced.
    reminded = min(max(effort.reps // 2, most_worded) + 1, effort.reps)
    reps = []
    for number in range(1, effort.reps + 1):
        # Words fade: once the tempo is learnt they only cover the count. Where nothing is counted, as in breathing,
        # they are all that guides.
        worded = not item.exercise.count or number <= most_worded
        for side in sides:
            here = Place(place.exercise, side, place.set, rep=number)
            alternates = len(sides) > 1
            tick = BeepRole.REP_LEFT if alternates and side is Side.LEFT else BeepRole.REP
            # Where pitch doesn't tell the sides apart, it tells where a rep begins.
            inner = tick if alternates else BeepRole.REP_PART
            marks: list[Line | BeepRole | None] = []
            for part in item.tempo:
                if part.say is None:
                    marks.append(None)
                else:
                    said = filled(part.say, side)
                    word = Line(SpeechRole.COUNT, said if said in context.recorded else _sentence(said), here)
                    marks.append(word if worded else inner)
            marks[-1] = _progress(item, effort.reps, here, mark=marks[-1], context=context)
            # One short sound at a rep's start: the count, or else the first part's word, or else a tick.
            marks[0] = _count(item, effort.reps, here, context) or marks[0] or tick
            if number == reminded and side is sides[0] and not worded and context.verbosity.mid_set:
                _remind(item, here, marks, context)
            reps.append(
                Rep(
                    place=here,
                    parts_ms=tuple(part.duration_ms for part in item.tempo),
                    marks=tuple(marks),
                    breaths=tuple(part.breath for part in item.tempo) if context.breath is not None else (),
                    tick=tick,
                )
            )
    return RepSet(place, tuple(reps), SET_LEAD_MS, beep=BeepRole.START if context.cues.start else None)


def _remind(item: Prescription, here: Place, marks: list[Line | BeepRole | None], context: Context) -> None:
    """Put the words for the middle of a set into a rep's longest part, in place of its tick or behind the count."""
    if item.exercise.mid_set is None:
        return
    said = filled(item.exercise.mid_set, here.side)
    # Of equally long parts a later one, which has no count.
    by_length = sorted(range(len(marks)), key=lambda index: (item.tempo[index].duration_ms, index), reverse=True)
    for index in by_length:
        mark = marks[index]
        if isinstance(mark, BeepRole):
            marks[index] = Line(SpeechRole.COACHING, said, here)
            return
        # A recording is heard alone: nothing can be put before it or behind it.
        if isinstance(mark, Line) and not context.recorded.intersection((said, mark.text)):
            shorter = (mark.text, *mark.shorter)
            marks[index] = replace(mark, role=SpeechRole.COACHING, text=f"{mark.text} {said}", shorter=shorter)
            return


def _count(item: Prescription, reps: int, here: Place, context: Context) -> Line | None:
    """Return what counts a rep as it begins; None where its first part's word or a tick opens it.

    The first rep has no count, as its parts are worded. The last one of several is always announced: who is tired gives
    more when it is the last. Where sides alternate, the count is said once for a pair, and the other side by name.
    """
    say = context.say
    if not item.exercise.count:
        return None
    side = here.side if item.exercise.sides is Sides.ALTERNATING else None
    if here.rep == reps > 1:
        text = say.sided(say.last_rep_side, side) if side else say.last_rep
        return Line(SpeechRole.COUNT, text, here, shorter=(say.last_rep,))
    if here.rep == 1 or not context.verbosity.counted:
        return None
    if side is None:
        return Line(SpeechRole.COUNT, f"{here.rep}.", here)
    if side is not item.first_side_in(here.set or 1):
        return Line(SpeechRole.COUNT, _sentence(say.side(side)), here)
    text = say.sided(say.count_side, side, count=here.rep)
    return Line(SpeechRole.COUNT, text, here, shorter=(f"{here.rep}.",))


def _progress(
    item: Prescription, reps: int, here: Place, *, mark: Line | BeepRole | None, context: Context
) -> Line | BeepRole | None:
    """Return what opens a rep's last part; in breaths, which nothing counts, it says where half is done or one is left.

    It follows the part's word, so that the breath goes on in its time.
    """
    if item.exercise.count or not any(part.breath for part in item.tempo) or reps < 2:
        return mark
    text = {reps // 2: context.say.halfway, reps - 1: context.say.one_more}.get(here.rep or 0)
    # A recording is heard as it is: nothing can be put behind it.
    if text is None or (isinstance(mark, Line) and mark.text in context.recorded):
        return mark
    if isinstance(mark, Line):
        return replace(mark, text=f"{mark.text} {text}", shorter=(mark.text,))
    return Line(SpeechRole.COUNT, text, here)


def _sentence(words: str) -> str:
    """Return words as a sentence: voices let the pitch fall at a full stop, and a bare word sounds broken off."""
    return capitalised(words if words.endswith((".", "!", "?")) else f"{words}.")
