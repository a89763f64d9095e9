"""Times what stands between efforts: spoken paragraphs, and breaks to rest, change sides or get into position."""

from __future__ import annotations

from audioguide.model.kinds import EventKind
from audioguide.model.script import Break, Finish, Line, Place, Say
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
    if step.beep is not None:
        placer.beep(step.beep, placer.next_sound_ms(BEEP_GAP_MS), step.place)
    first_ms = placer.next_sound_ms(LINE_GAP_MS if step.beep is None else BEEP_GAP_MS)
    placer.chapter(step.chapter, first_ms)
    end_ms = _exact_break(placer, step, start_ms) if step.exact else _roomy_break(placer, step, start_ms)
    placer.span(EventKind.REST, start_ms, end_ms, step.place, step.role)
    placer.now_ms = end_ms


def _roomy_break(placer: Placer, step: Break, start_ms: int) -> int:
    """Say everything, leave the time to settle, and return the end."""
    for line in step.lines:
        at_ms = placer.next_sound_ms(LINE_GAP_MS)
        if placer.is_too_soon(line, at_ms):
            placer.drop_soon(line)
        else:
            placer.speak(line, at_ms)
    end_ms = max(start_ms + snap_ms(step.rest_ms), snap_up_ms(placer.quiet_from_ms + max(step.settle_ms, LINE_GAP_MS)))
    ready_ms = end_ms - _ready_length(placer, step.ready)
    if step.ready is not None and ready_ms >= placer.quiet_from_ms + LINE_GAP_MS:
        placer.speak(step.ready, ready_ms)
    return end_ms


def _exact_break(placer: Placer, step: Break, start_ms: int) -> int:
    """Say what fits into the asked length, the first line in any case, and return the end."""
    end_ms = start_ms + snap_ms(step.rest_ms)
    latest_ms = end_ms - _ready_length(placer, step.ready) - SETTLED_MS
    for index, line in enumerate(step.lines):
        at_ms = placer.next_sound_ms(LINE_GAP_MS if index else BEEP_GAP_MS)
        if placer.is_too_soon(line, at_ms):
            placer.drop_soon(line)
            continue
        fitting = [text for text in line.wordings if at_ms + placer.speech_ms[text] <= latest_ms]
        if fitting:
            placer.speak(line, at_ms, fitting[0])
        elif index == 0:
            end_ms = _name_in_any_case(placer, step, line, at_ms, end_ms)
        else:
            placer.drop(line.text, line.place, f"no room in a rest of {plain_number(to_seconds(step.rest_ms))} s")
    ready_ms = end_ms - _ready_length(placer, step.ready)
    if step.position is not None:
        at_ms = end_ms - snap_ms(step.settle_ms)
        room_ms = ready_ms - SETTLED_MS - placer.speech_ms[step.position.text]
        if placer.quiet_from_ms + LINE_GAP_MS <= at_ms <= room_ms:
            placer.speak(step.position, at_ms)
    if step.ready is not None and ready_ms >= placer.quiet_from_ms + SETTLED_MS:
        placer.speak(step.ready, ready_ms)
    return end_ms


def _name_in_any_case(placer: Placer, step: Break, line: Line, at_ms: int, end_ms: int) -> int:
    """Say what comes next although the rest is short: nobody can begin what was not named. Return the end."""
    quiet_ms = placer.speak(line, at_ms, line.wordings[-1])
    needed_ms = snap_up_ms(quiet_ms + LINE_GAP_MS)
    if needed_ms > end_ms:
        asked = plain_number(to_seconds(step.rest_ms))
        longer = plain_number(to_seconds(needed_ms - end_ms))
        placer.drop(f"a rest of {asked} s", step.place, f"made {longer} s longer, to name what comes next")
    return max(end_ms, needed_ms)


def _ready_length(placer: Placer, ready: Line | None) -> int:
    return snap_up_ms(placer.speech_ms[ready.text]) + READY_GAP_MS if ready is not None else 0
