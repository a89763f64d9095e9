"""Times the efforts: holds with what is called and said in them, and sets of reps on their absolute clock."""

from __future__ import annotations

from itertools import accumulate, takewhile

from msgspec.structs import replace

from audioguide.model.kinds import BeepRole, EventKind, SpeechRole
from audioguide.model.script import Hold, Line, Rep, RepSet, Script
from audioguide.model.units import FRAME_MS, plain_number, snap_ms, snap_up_ms, to_seconds
from audioguide.schedule.breathing import place_breaths, place_rep_breaths
from audioguide.schedule.hold_lines import place_lines
from audioguide.schedule.placer import BEEP_GAP_MS, TIPS, Placer
from audioguide.schedule.tip_placing import Taken

CALL_GAP_MS = 6 * FRAME_MS
"""Silence that a time call keeps to the sounds beside it."""

WORD_GAP_MS = 2 * FRAME_MS
"""Silence between two words of a rep: just enough to tell them apart, as its tempo leaves little."""


def place_hold(placer: Placer, hold: Hold) -> None:
    """Place a hold from its start beep to its end beep, calls first, then lines where there is room."""
    start_ms = _start_ms(placer, hold)
    # Both sides of an exercise are equally long, so what rounding owes is made good in other holds.
    owed_ms = 0 if hold.place.side else placer.owed_ms
    end_ms = start_ms + snap_ms(hold.duration_ms - owed_ms)
    placer.owed_ms += end_ms - start_ms - hold.duration_ms
    placer.span(EventKind.HOLD, start_ms, end_ms, hold.place, role=hold.role)
    if hold.beep is not None:
        placer.beep(hold.beep, start_ms, hold.place)
    # Without its own beep the last sound may lie before it, or go on into it.
    taken: Taken = [(start_ms, max(start_ms, placer.quiet_from_ms)), (end_ms, end_ms)]
    for line in placer.at_start:
        at_ms = placer.next_sound_ms(BEEP_GAP_MS)
        taken.append((at_ms, placer.speak(line, at_ms, line.wordings[-1])))
    placer.at_once, placer.at_start = False, ()
    for call in hold.calls:
        if call.sound is BeepRole.COUNTDOWN:
            # Counted back from the end and off the grid, so that 3, 2, 1 and the end are exactly a second apart; the
            # grid would move each by up to half a frame.
            at_ms = end_ms - (hold.duration_ms - call.at_ms)
        else:
            at_ms = start_ms + snap_ms(call.at_ms)
        if isinstance(call.sound, Line):
            name, sound_ms = call.sound.text, placer.speech_ms[call.sound.text]
        else:
            name, sound_ms = f"{call.sound} beep", placer.beep_ms[call.sound]
        latest_ms = end_ms if call.until_ms is None else start_ms + snap_ms(call.until_ms) - CALL_GAP_MS
        late = isinstance(call.sound, Line) and at_ms + sound_ms > latest_ms
        until_ms = at_ms + sound_ms + CALL_GAP_MS
        free = all(until_ms <= other_ms or at_ms >= other_end_ms + CALL_GAP_MS for other_ms, other_end_ms in taken)
        if late or at_ms < start_ms or not free:
            placer.drop(name, hold.place, f"no room in a hold of {plain_number(to_seconds(hold.duration_ms))} s")
            continue
        taken.append((at_ms, at_ms + sound_ms))
        if isinstance(call.sound, Line):
            placer.speak(call.sound, at_ms)
        else:
            placer.beep(call.sound, at_ms, hold.place)
    place_lines(placer, hold, sorted(taken))
    place_breaths(placer, hold, start_ms, end_ms)
    placer.beep(BeepRole.END, end_ms, hold.place)
    placer.now_ms = end_ms


def _start_ms(placer: Placer, step: Hold | RepSet) -> int:
    """Return when an effort starts: where there is no break before it, at once, also while an end beep sounds."""
    if not placer.at_once:
        return placer.next_sound_ms(CALL_GAP_MS)
    return placer.now_ms if step.beep is None else placer.next_sound_ms(0)


def place_reps(placer: Placer, step: RepSet) -> None:
    """Place a set of reps; each starts on the clock that the start beep set, whatever is said."""
    start_ms = _start_ms(placer, step)
    if step.beep is not None:
        placer.beep(step.beep, start_ms, step.place)
    # Where there is no break, a second before the first rep would be one.
    lead_ms = 0 if placer.at_once else step.lead_ms
    placer.at_once = False
    # The clock is not snapped itself: rounding each rep to the grid would add up over a set. It makes good what is
    # owed, as far as that is less than would move the first rep to another frame.
    clock_ms = start_ms + lead_ms - max(1 - FRAME_MS // 2, min(placer.owed_ms, FRAME_MS // 2 - 1))
    for rep in step.reps:
        end_ms = clock_ms + rep.duration_ms
        placer.span(EventKind.REP, snap_ms(clock_ms), snap_ms(end_ms), rep.place)
        _place_marks(placer, rep, clock_ms)
        place_rep_breaths(placer, rep, clock_ms)
        clock_ms = end_ms
    placer.beep(BeepRole.SET, snap_ms(clock_ms), step.place)
    placer.now_ms = snap_ms(clock_ms)
    placer.owed_ms += placer.now_ms - start_ms - lead_ms - sum(rep.duration_ms for rep in step.reps)


def word_limits_ms(script: Script) -> dict[str, int]:
    """Return how long each word of a rep may last at most for the next to have its room, by the tightest of its reps.

    Of a line with several wordings only the shortest has a limit: the longer ones are what it is said for instead of.
    """
    limits: dict[str, int] = {}
    for rep in (rep for step in script.steps if isinstance(step, RepSet) for rep in step.reps):
        for index, mark in enumerate(rep.marks):
            if isinstance(mark, Line):
                silent = sum(1 for _ in takewhile(lambda later: later is None, rep.marks[index + 1 :]))
                until_ms = sum(rep.parts_ms[index : index + 1 + silent])
                is_last = index + 1 + silent == len(rep.marks)
                # Marks stand on the frame grid, which moves two of them nearer to each other by up to a frame.
                limit_ms = until_ms - WORD_GAP_MS * (2 if is_last else 1) - FRAME_MS
                text = mark.wordings[-1]
                limits[text] = min(limit_ms, limits.get(text, limit_ms))
    return limits


def _place_marks(placer: Placer, rep: Rep, clock_ms: int) -> None:
    """Place what marks the parts of a rep; its first sound, a tick at the least, stands at its very start."""
    starts_ms = list(accumulate(rep.parts_ms, initial=0))
    end_ms = starts_ms.pop() - WORD_GAP_MS
    # From the start of the rep, and before rounding to the grid: on it a part is now a frame longer, now shorter, and a
    # word that just fits would be said in some of several equal reps only. The gap between words is two frames, so
    # that rounding never makes two of them overlap.
    quiet_from_ms = -WORD_GAP_MS
    for index, (mark, part_ms) in enumerate(zip(rep.marks, starts_ms, strict=True)):
        at_ms = snap_ms(clock_ms + part_ms)
        if isinstance(mark, Line):
            if index == 0 and at_ms < placer.quiet_from_ms:
                # A set that follows without a break begins with its start beep, and the first word comes behind it.
                at_ms = snap_up_ms(placer.quiet_from_ms + WORD_GAP_MS)
                part_ms = at_ms - clock_ms
            later_ms = (
                start for start, later in zip(starts_ms, rep.marks, strict=True) if later and start > starts_ms[index]
            )
            before_next_ms = next(later_ms, end_ms + WORD_GAP_MS) - WORD_GAP_MS
            # Rather a short wording that ends before the next mark than a long one over it. Where even that is too
            # long, the count may run on into the next part, whose word then has no room.
            limits_ms = (before_next_ms, end_ms if index == 0 else before_next_ms)
            fits = [text for ms in limits_ms for text in mark.wordings if part_ms + placer.speech_ms[text] <= ms]
            if fits and part_ms >= quiet_from_ms + WORD_GAP_MS and at_ms >= placer.quiet_from_ms:
                counted = mark.role in TIPS and fits[0] != mark.text
                if counted:
                    placer.drop_line(mark, "no room in the tempo")
                placer.speak(replace(mark, role=SpeechRole.COUNT) if counted else mark, at_ms, fits[0])
                quiet_from_ms = part_ms + placer.speech_ms[fits[0]]
                continue
            placer.drop_line(mark, "no room in the tempo")
        # A tick where no word was said: a rep is done by its beginning, so that one is never silent.
        tick = rep.tick if index == 0 else mark
        if isinstance(tick, BeepRole) and part_ms >= quiet_from_ms + FRAME_MS and at_ms >= placer.quiet_from_ms:
            placer.beep(tick, at_ms, rep.place)
            quiet_from_ms = part_ms + placer.beep_ms[tick]
