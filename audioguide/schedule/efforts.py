"""Times the efforts: holds with what is called and said in them, and sets of reps on their absolute clock."""

from __future__ import annotations

from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.script import Hold, Line, Rep, RepSet, TimeCall
from audioguide.model.units import FRAME_MS, plain_number, snap_ms, snap_up_ms, to_seconds
from audioguide.schedule.breathing import place_breaths, place_rep_breaths
from audioguide.schedule.placer import TIP_SPACING_MS, TIPS, Placer

SPARE_MS = 1_000
"""Silence that a line in a hold keeps on both sides."""

CALL_GAP_MS = 6 * FRAME_MS
"""Silence that a time call keeps to the sounds beside it."""

LINE_SPACING_MS = (40_000, 30_000, 20_000, 15_000, TIP_SPACING_MS)
"""From the start of one line to the next: as far apart as lets most lines fit, and never under 12 s, which nags."""

WORD_GAP_MS = 2 * FRAME_MS

Gap = tuple[int, int]


def place_hold(placer: Placer, hold: Hold) -> None:
    """Place a hold from its start beep to its end beep, calls first, then lines where there is room."""
    start_ms = placer.next_sound_ms(CALL_GAP_MS)
    end_ms = start_ms + snap_ms(hold.duration_ms)
    placer.span(EventKind.HOLD, start_ms, end_ms, hold.place)
    taken = [(start_ms, placer.beep(BeepRole.START, start_ms, hold.place)), (end_ms, end_ms)]
    for call in hold.calls:
        _place_call(placer, hold, call, start_ms, end_ms, taken)
    _place_lines(placer, hold, taken)
    place_breaths(placer, hold, start_ms, end_ms)
    placer.beep(BeepRole.END, end_ms, hold.place)
    placer.now_ms = end_ms


def _place_call(placer: Placer, hold: Hold, call: TimeCall, start_ms: int, end_ms: int, taken: list[Gap]) -> None:
    counted_back = call.sound is BeepRole.COUNTDOWN
    # Counting back from the end keeps 3, 2, 1 exactly a second apart; the grid would move them by up to a frame.
    at_ms = end_ms - (hold.duration_ms - call.at_ms) if counted_back else start_ms + snap_ms(call.at_ms)
    length_ms = placer.speech_ms[call.sound.text] if isinstance(call.sound, Line) else placer.beep_ms[call.sound]
    if at_ms < start_ms or not _free(at_ms, at_ms + length_ms, taken, CALL_GAP_MS):
        name = call.sound.text if isinstance(call.sound, Line) else f"{call.sound} beep"
        placer.drop(name, hold.place, f"no room in a hold of {plain_number(to_seconds(hold.duration_ms))} s")
        return
    taken.append((at_ms, at_ms + length_ms))
    if isinstance(call.sound, Line):
        placer.speak(call.sound, at_ms)
    else:
        placer.beep(call.sound, at_ms, hold.place)


def _free(start_ms: int, end_ms: int, taken: list[Gap], spare_ms: int) -> bool:
    return all(end_ms + spare_ms <= other_start or start_ms >= other_end + spare_ms for other_start, other_end in taken)


def _place_lines(placer: Placer, hold: Hold, taken: list[Gap]) -> None:
    wanted = [(placer.speech_ms[line.text], placer.tips_from_ms if line.role in TIPS else 0) for line in hold.lines]
    layouts = [_layout(wanted, taken, spacing_ms) for spacing_ms in LINE_SPACING_MS]
    most = max(len(layout) for layout in layouts)
    starts = next(layout for layout in layouts if len(layout) == most)
    for index, line in enumerate(hold.lines):
        if index in starts:
            placer.speak(line, starts[index])
        else:
            placer.drop(line.text, line.place, _why_no_room(hold, taken))


def _layout(lines: list[tuple[int, int]], taken: list[Gap], spacing_ms: int) -> dict[int, int]:
    """Return the start of each line that fits, by its index, with lines at least ``spacing_ms`` apart.

    Of each line its length is given, and the moment before which it would follow a tip too soon.
    """
    starts: dict[int, int] = {}
    earliest_ms = min(end for _, end in taken) + SPARE_MS
    for index, (length_ms, not_before_ms) in enumerate(lines):
        at_ms = _first_free(max(earliest_ms, not_before_ms), length_ms, taken)
        if at_ms is not None:
            starts[index] = at_ms
            earliest_ms = at_ms + max(spacing_ms, length_ms + SPARE_MS)
    return starts


def _first_free(earliest_ms: int, length_ms: int, taken: list[Gap]) -> int | None:
    """Return the first start from ``earliest_ms`` on with a second to spare on both sides, or None."""
    latest_ms = max(start for start, _ in taken) - SPARE_MS - length_ms
    candidates = [earliest_ms, *(end + SPARE_MS for _, end in taken)]
    for candidate in sorted(candidates):
        at_ms = snap_up_ms(max(candidate, earliest_ms))
        if at_ms <= latest_ms and _free(at_ms, at_ms + length_ms, taken, SPARE_MS):
            return at_ms
    return None


def _why_no_room(hold: Hold, taken: list[Gap]) -> str:
    seconds = plain_number(to_seconds(hold.duration_ms))
    return f"no room in a hold of {seconds} s" + (" beside its time calls" if len(taken) > 2 else "")


def place_reps(placer: Placer, step: RepSet) -> None:
    """Place a set of reps; each starts on the clock that the start beep set, whatever is said."""
    start_ms = placer.next_sound_ms(CALL_GAP_MS)
    placer.beep(BeepRole.START, start_ms, step.place)
    clock_ms = start_ms + step.lead_ms
    for rep in step.reps:
        end_ms = clock_ms + rep.duration_ms
        placer.span(EventKind.REP, snap_ms(clock_ms), snap_ms(end_ms), rep.place)
        _place_rep_sounds(placer, rep, clock_ms)
        place_rep_breaths(placer, rep, clock_ms)
        clock_ms = end_ms
    placer.beep(BeepRole.SET, snap_ms(clock_ms), step.place)
    placer.now_ms = snap_ms(clock_ms)


def _place_rep_sounds(placer: Placer, rep: Rep, clock_ms: int) -> None:
    """Place what marks the parts of a rep; its first sound, a tick at the least, stands at its very start."""
    starts = [clock_ms]
    for part_ms in rep.parts_ms:
        starts.append(starts[-1] + part_ms)
    end_ms = snap_ms(starts[-1]) - WORD_GAP_MS
    for index, mark in enumerate(rep.marks):
        at_ms = snap_ms(starts[index])
        limit_ms = _next_mark_ms(rep, starts, index, end_ms)
        # The count may run on into the next part, whose word then has no room.
        said = isinstance(mark, Line) and _place_word(placer, mark, at_ms, limit_ms, end_ms if index == 0 else limit_ms)
        if not said and (index == 0 or mark is BeepRole.REP) and at_ms >= placer.quiet_from_ms:
            placer.beep(BeepRole.REP, at_ms, rep.place)


def _next_mark_ms(rep: Rep, starts: list[int], index: int, end_ms: int) -> int:
    later = (starts[other] for other in range(index + 1, len(rep.marks)) if rep.marks[other] is not None)
    return min(snap_ms(next(later, end_ms)) - WORD_GAP_MS, end_ms)


def _place_word(placer: Placer, word: Line, at_ms: int, wanted_end_ms: int, latest_end_ms: int) -> bool:
    """Say the longest wording that ends in time, else the longest that the rep has room for; return whether said."""
    free = at_ms >= placer.quiet_from_ms + WORD_GAP_MS
    for limit_ms in (wanted_end_ms, latest_end_ms):
        for text in word.wordings:
            if free and at_ms + placer.speech_ms[text] <= limit_ms:
                placer.speak(word, at_ms, text)
                return True
    placer.drop(word.text, word.place, "no room in the tempo")
    return False
