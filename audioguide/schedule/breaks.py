"""Times what stands between efforts: spoken paragraphs, and breaks to rest, change sides or get into position."""

from __future__ import annotations

from audioguide.model.kinds import EventKind
from audioguide.model.script import Break, Finish, Place, Say
from audioguide.model.units import FRAME_MS, plain_number, snap_ms, snap_up_ms, to_seconds
from audioguide.schedule.placer import BEEP_GAP_MS, LINE_GAP_MS, Placer

READY_GAP_MS = 25 * FRAME_MS
"""From the end of "Ready" to the start beep: time to breathe in, not to wonder."""

SETTLED_MS = 1_000
"""Silence that a break of exact length keeps between its last line and what follows."""


def place_say(placer: Placer, step: Say) -> None:
    """Say the step's lines one after another."""
    if step.lines:
        placer.chapter(step.chapter, placer.next_sound_ms(LINE_GAP_MS))
    for line in step.lines:
        placer.speak(line, placer.next_sound_ms(LINE_GAP_MS))
    placer.now_ms = snap_up_ms(max(placer.now_ms, placer.quiet_from_ms) + step.pause_ms)


def place_finish(placer: Placer, step: Finish) -> None:
    """Place the sound that ends the session."""
    placer.beep(step.beep, placer.next_sound_ms(LINE_GAP_MS), Place())


def place_break(placer: Placer, step: Break) -> None:
    """Place a break; the next effort starts where it ends."""
    start_ms = placer.now_ms
    gap_ms = LINE_GAP_MS
    if step.beep is not None:
        placer.beep(step.beep, placer.next_sound_ms(BEEP_GAP_MS), step.place)
        gap_ms = BEEP_GAP_MS
    placer.chapter(step.chapter, placer.next_sound_ms(gap_ms))
    if step.exact:
        end_ms = _place_lines_in_time(placer, step, start_ms + snap_ms(step.rest_ms))
    else:
        # Everything is said, and time to settle follows: who must place a roller can't listen to how to lie on it.
        for line in step.lines:
            at_ms = placer.next_sound_ms(LINE_GAP_MS)
            if not placer.drops_as_too_soon(line, at_ms):
                placer.speak(line, at_ms)
        settled_ms = placer.quiet_from_ms + max(step.settle_ms, LINE_GAP_MS)
        end_ms = max(start_ms + snap_ms(step.rest_ms), snap_up_ms(settled_ms))
    ready_ms = end_ms - _ready_length_ms(placer, step)
    if step.ready is not None and ready_ms >= placer.quiet_from_ms + (SETTLED_MS if step.exact else LINE_GAP_MS):
        placer.speak(step.ready, ready_ms)
    placer.span(EventKind.REST, start_ms, end_ms, step.place, role=step.role)
    placer.now_ms = end_ms


def _place_lines_in_time(placer: Placer, step: Break, end_ms: int) -> int:
    """Say what fits into a break that is to end at ``end_ms``, the first line in any case; return when it ends."""
    stated = plain_number(to_seconds(step.rest_ms))
    latest_ms = end_ms - _ready_length_ms(placer, step) - SETTLED_MS
    for index, line in enumerate(step.lines):
        at_ms = placer.next_sound_ms(LINE_GAP_MS if index else BEEP_GAP_MS)
        if placer.drops_as_too_soon(line, at_ms):
            continue
        fitting = [text for text in line.wordings if at_ms + placer.speech_ms[text] <= latest_ms]
        if fitting:
            placer.speak(line, at_ms, fitting[0])
        elif index == 0:
            # The rest gets longer where it must: nobody can begin what was not named.
            quiet_ms = placer.speak(line, at_ms, line.wordings[-1])
            needed_ms = snap_up_ms(quiet_ms + LINE_GAP_MS)
            if needed_ms > end_ms:
                longer = plain_number(to_seconds(needed_ms - end_ms))
                why = f"made {longer} s longer, to name what comes next"
                placer.drop(f"a rest of {stated} s", step.place, why)
                end_ms = needed_ms
        else:
            placer.drop(line.text, line.place, f"no room in a rest of {stated} s")
    if step.position is not None:
        # Early enough to get into position, and only where "Ready" is not about to say much the same.
        at_ms = end_ms - snap_ms(step.settle_ms)
        latest_ms = end_ms - _ready_length_ms(placer, step) - SETTLED_MS - placer.speech_ms[step.position.text]
        if placer.quiet_from_ms + LINE_GAP_MS <= at_ms <= latest_ms:
            placer.speak(step.position, at_ms)
    return end_ms


def _ready_length_ms(placer: Placer, step: Break) -> int:
    return snap_up_ms(placer.speech_ms[step.ready.text]) + READY_GAP_MS if step.ready is not None else 0
