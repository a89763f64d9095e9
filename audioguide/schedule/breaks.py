"""Times what stands between efforts: spoken paragraphs, and breaks to rest, change sides or get into position."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from audioguide.model.kinds import BeepRole, EventKind, Need, SpeechRole
from audioguide.model.script import Break, Finish, Hold, Line, Place, RepSet, Say, Step, given_ms
from audioguide.model.timeline import Event
from audioguide.model.units import FRAME_MS, plain_number, snap_ms, snap_up_ms, to_seconds
from audioguide.schedule.pauses import pauses_ms
from audioguide.schedule.placer import BEEP_GAP_MS, CHAPTER_LEAD_MS, LINE_GAP_MS, TIPS, Placer
from audioguide.schedule.tip_placing import TIP_SPACING_MS

READY_GAP_MS = 25 * FRAME_MS
"""From the end of "Ready" to the start beep: time to breathe in, not to wonder."""

CALL_PAUSE_MS, LAST_CALL_PAUSE_MS = 3_000, 1_500
"""Behind a line of a call into position that another one follows, and behind the last of such: time to do it."""

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


def place_break(placer: Placer, step: Break, following: Step | None) -> None:
    """Place a break; the next effort, ``following``, starts where it ends."""
    start_ms = placer.now_ms
    if step.exact and step.rest_ms == 0 and _needs_no_break(placer, step, following):
        placer.chapter(step.chapter, start_ms)
        return
    placer.owed_ms = 0
    if step.exact:
        end_ms = _place_in_time(placer, step, following, start_ms + snap_ms(step.rest_ms))
    else:
        gap_ms = LINE_GAP_MS
        if step.beep is not None:
            placer.beep(step.beep, placer.next_sound_ms(BEEP_GAP_MS), step.place)
            gap_ms = BEEP_GAP_MS
        placer.chapter(step.chapter, placer.next_sound_ms(gap_ms))
        # All is said with time to do it: who must place a roller can't listen to how to lie on it.
        length = () if step.length is None else (step.length,)
        words_ms = sum(LINE_GAP_MS + placer.speech_ms[line.text] for line in (*length, *step.lines, *step.last))
        lasts = words_ms + step.settle_ms + FRAME_MS * len(step.lines) <= step.rest_ms
        lines = _in_turn(placer, (*(length if lasts else ()), *step.lines))
        end_ms = _say_as_done(placer, step, following, lines=lines, earliest_ms=start_ms + snap_ms(step.rest_ms))
    ready_ms = end_ms - _ready_length_ms(placer, step)
    if step.ready is not None and ready_ms >= placer.quiet_from_ms + (SETTLED_MS if step.exact else LINE_GAP_MS):
        placer.speak(step.ready, ready_ms)
    placer.span(EventKind.REST, start_ms, end_ms, step.place, role=step.role)
    placer.now_ms = end_ms
    if isinstance(following, Break):
        # Its chapter begins a little before its first sound, and not within the time of this one.
        placer.now_ms = snap_up_ms(end_ms + CHAPTER_LEAD_MS)


def _in_turn(placer: Placer, lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """Return what is said of ``lines``, one right after another, with the time at which each would begin."""
    at_ms, said = placer.next_sound_ms(LINE_GAP_MS), []
    for line in lines:
        if placer.knows(line) or placer.drops_as_too_soon(line, at_ms):
            continue
        said.append((line, at_ms))
        if line.role in TIPS:
            placer.tips_from_ms = at_ms + TIP_SPACING_MS
        at_ms = snap_up_ms(at_ms + placer.speech_ms[line.text] + LINE_GAP_MS)
    return said


def _say_as_done(
    placer: Placer, step: Break, following: Step | None, *, lines: Sequence[tuple[Line, int]], earliest_ms: int
) -> int:
    """Say what is said in a break with time to do it, and last what takes effort; return when the break ends.

    How long it lasts, and what is said, is found without pauses; they are parts of the silence that is there anyway.

    Args:
        placer: has nothing of what is said in the break.
        step: a break that lasts as long as it takes.
        following: what comes after it.
        lines: what is said first, with the times without pauses.
        earliest_ms: before which it doesn't end.
    """
    quiet_ms = lines[-1][1] + placer.speech_ms[lines[-1][0].text] if lines else placer.quiet_from_ms
    # What an instruction is given comes on top; the others share the time to get into position.
    own_ms, load_own_ms = snap_ms(given_ms(line for line, _ in lines)), snap_ms(given_ms(step.last))
    ready_ms = _ready_length_ms(placer, step)
    settle_ms = max(step.settle_ms, ready_ms + LINE_GAP_MS) + own_ms + load_own_ms
    last_ms = sum(snap_up_ms(LINE_GAP_MS + placer.speech_ms[line.text]) for line in step.last)
    if last_ms:
        last_ms += LINE_GAP_MS
    end_ms = max(earliest_ms, snap_up_ms(quiet_ms + settle_ms + last_ms))
    # Never before the words ahead of it are over, however long "Ready" is.
    at_ms = max(quiet_ms + LINE_GAP_MS, end_ms - ready_ms - last_ms)
    steps, loads = sum(_shares(line) for line, _ in lines[:-1]), sum(_shares(line) for line in step.last)
    silence_ms = at_ms - quiet_ms - own_ms - load_own_ms
    pause_ms, load_pause_ms = pauses_ms(silence_ms, step.settle_ms, steps=steps, loads=loads)
    # What takes effort begins earlier by the time that it is given, and the call comes before all of it.
    load_ms = at_ms - load_own_ms
    by_ms = (load_ms if step.last else end_ms) - step.settle_ms
    call = _call(placer, step, by_ms, quiet_ms=quiet_ms + own_ms, ready_from_ms=load_ms)
    if call:
        # Before the call the person rests, and gets into position only behind it.
        pause_ms, _ = pauses_ms(call[0][1] - quiet_ms - own_ms, 0, steps=steps, loads=0)
        called_ms = call[-1][1] + placer.speech_ms[call[-1][0].text]
        _, load_pause_ms = pauses_ms(load_ms - called_ms, step.settle_ms, steps=0, loads=loads)
    tips_ms = [start_ms for line, start_ms in lines if line.role in TIPS]
    if tips_ms and steps:
        # A tip that comes later must not take the place of one behind the effort that follows.
        effort_ms = sum(rep.duration_ms for rep in following.reps) if isinstance(following, RepSet) else 0
        room_ms = max(0, end_ms + effort_ms - tips_ms[-1] - TIP_SPACING_MS)
        pause_ms = min(pause_ms, room_ms // steps // FRAME_MS * FRAME_MS)
    later_ms = 0
    for line, start_ms in lines:
        placer.speak(line, start_ms + later_ms)
        later_ms += _pause_ms(line, pause_ms)
    for line, start_ms in call:
        placer.speak(line, start_ms)
    at_ms -= sum(_pause_ms(line, load_pause_ms) for line in step.last)
    for line in step.last:
        placer.speak(line, snap_up_ms(at_ms))
        at_ms = placer.quiet_from_ms + LINE_GAP_MS + _pause_ms(line, load_pause_ms)
    return max(end_ms, snap_up_ms(placer.quiet_from_ms + LINE_GAP_MS))


def _shares(line: Line) -> bool:
    """Return whether a line has a share of the silence behind it."""
    return line.moves and line.give_ms is None


def _pause_ms(line: Line, share_ms: int) -> int:
    """Return the silence behind a line of a break."""
    if line.give_ms is not None:
        return snap_ms(line.give_ms)
    return share_ms if line.moves else 0


def _place_in_time(placer: Placer, step: Break, following: Step | None, end_ms: int) -> int:
    """Say what fits into a break that is to end at ``end_ms``, what is needed in any case; return when it ends."""
    lines = [line for line in step.lines if not placer.knows(line)]
    needed = any(line.need is not Need.WANTED for line in lines)
    if step.beep is not None:
        beep_ms = placer.next_sound_ms(BEEP_GAP_MS)
        # A break too short for its own beep begins with the one that ended the effort.
        if needed or beep_ms + placer.beep_ms[step.beep] + BEEP_GAP_MS <= end_ms:
            placer.beep(step.beep, beep_ms, step.place)
    placer.chapter(step.chapter, placer.next_sound_ms(BEEP_GAP_MS))
    by_ms, ready_from_ms = end_ms - step.settle_ms, end_ms - _ready_length_ms(placer, step)
    call = _call(placer, step, by_ms, quiet_ms=placer.quiet_from_ms, ready_from_ms=ready_from_ms)
    # Encouragement can wait for another rest, and whoever is not called into position starts too late.
    uncalled_ms = call[0][1] - LINE_GAP_MS if call else ready_from_ms - SETTLED_MS
    _say_in_time(placer, step, following, latest_ms=ready_from_ms - SETTLED_MS, latest_encouragement_ms=uncalled_ms)
    if needed:
        # The rest gets longer where it must: nobody can begin what was not named, or without knowing where to go.
        needed_ms = snap_up_ms(placer.quiet_from_ms + LINE_GAP_MS)
        longer_ms = max(0, needed_ms - end_ms)
        if longer_ms:
            why = f"made {plain_number(to_seconds(longer_ms))} s longer, to say what comes next"
            placer.drop(f"a rest of {plain_number(to_seconds(step.rest_ms))} s", step.place, why, longer_ms)
        end_ms += longer_ms
    else:
        placer.end_without_beep(end_ms)
    by_ms, ready_from_ms = end_ms - step.settle_ms, end_ms - _ready_length_ms(placer, step)
    for line, at_ms in _call(placer, step, by_ms, quiet_ms=placer.quiet_from_ms, ready_from_ms=ready_from_ms):
        placer.speak(line, at_ms)
    return end_ms


def _call(placer: Placer, step: Break, by_ms: int, *, quiet_ms: int, ready_from_ms: int) -> list[tuple[Line, int]]:
    """Return what calls into position, and when; nothing where it has no room, or "Ready" is about to say the same.

    Args:
        placer: knows how long each line takes.
        step: the break.
        by_ms: when it begins at the latest, early enough to get into position; earlier where it takes long to say.
        quiet_ms: when what is said before it is over.
        ready_from_ms: when "Ready" and what is said just before it begin.
    """
    if not step.position:
        return []
    *ahead, last = step.position
    pause_ms = max(LAST_CALL_PAUSE_MS if ahead else SETTLED_MS, last.give_ms or 0)
    latest_ms = ready_from_ms - pause_ms - placer.speech_ms[last.text]
    last_ms = snap_up_ms(latest_ms - FRAME_MS)
    if not ahead:
        at_ms = min(snap_ms(by_ms), last_ms) if by_ms < ready_from_ms else snap_ms(by_ms)
        return [(last, at_ms)] if quiet_ms + LINE_GAP_MS <= at_ms <= latest_ms else []
    # Nobody is to keep up what takes effort, so it comes as late as it can, and what comes before it has its time.
    for pause_ms in (CALL_PAUSE_MS, LINE_GAP_MS):
        lengths_ms = [snap_up_ms(placer.speech_ms[line.text] + pause_ms) for line in ahead]
        at_ms = min(snap_ms(by_ms), last_ms - sum(lengths_ms))
        if at_ms >= quiet_ms + LINE_GAP_MS:
            return [*zip(ahead, accumulate(lengths_ms, initial=at_ms), strict=False), (last, last_ms)]
    return []


def _say_in_time(
    placer: Placer, step: Break, following: Step | None, *, latest_ms: int, latest_encouragement_ms: int
) -> None:
    """Say the lines of a break that end by ``latest_ms``, and those that are needed also when they end later."""
    lines = [line for line in step.lines if not placer.knows(line)]
    gap_ms = BEEP_GAP_MS
    for index, line in enumerate(lines):
        at_ms = placer.next_sound_ms(gap_ms)
        gap_ms = LINE_GAP_MS
        if placer.drops_as_too_soon(line, at_ms):
            continue
        # Whatever comes first leaves room for what is needed behind it.
        behind_ms = sum(
            snap_up_ms(LINE_GAP_MS + placer.speech_ms[later.wordings[-1]])
            for later in lines[index + 1 :]
            if later.need is not Need.WANTED
        )
        until_ms = latest_encouragement_ms if line.role is SpeechRole.ENCOURAGEMENT else latest_ms
        fitting = [text for text in line.wordings if at_ms + placer.speech_ms[text] + behind_ms <= until_ms]
        if fitting:
            placer.speak(line, at_ms, fitting[0])
        elif line.need is not Need.WANTED:
            placer.speak(line, at_ms, line.wordings[-1])
        elif line.about and isinstance(following, Hold) and _fitting_at_start(placer, [line], following):
            # How long it lasts can be told as it begins.
            placer.at_start = (line,)
        else:
            placer.drop_line(line, f"no room in a rest of {plain_number(to_seconds(step.rest_ms))} s")


def _needs_no_break(placer: Placer, step: Break, following: Step | None) -> bool:
    """Say what comes in the efforts beside a break of no time; return False, with nothing said, where that can't be.

    A hold says it as it begins. What comes before a set of reps, whose tempo has no room, is said in the hold before.
    """
    lines = [line for line in step.lines if not placer.knows(line)]
    sayable = [line for line in lines if line.role not in TIPS]
    if any(line.need is Need.BEFORE for line in lines):
        return False
    begun = _fitting_at_start(placer, sayable, following) if isinstance(following, Hold) else []
    ahead = [] if begun else _fitting_ahead(placer, sayable)
    said = begun or [line for line, _ in ahead]
    if any(line.need is Need.AS_IT_BEGINS and line not in said for line in lines):
        return False
    if not isinstance(following, Hold | RepSet) or following.beep is not None:
        placer.end_without_beep(placer.now_ms)
    placer.at_once = True
    placer.at_start = tuple(begun)
    for line, at_ms in ahead:
        placer.speak(line, at_ms)
    for line in lines:
        if line not in said:
            placer.drop_line(line, "no room in a rest of 0 s")
    return True


def _fitting_at_start(placer: Placer, lines: Sequence[Line], hold: Hold) -> list[Line]:
    """Return those of ``lines`` that the hold has room for between its start beep and its first call, in order."""
    first_call_ms = min((call.at_ms for call in hold.calls if call.at_ms > 0), default=hold.duration_ms)
    room_ms = first_call_ms - placer.beep_ms[BeepRole.START] - SETTLED_MS
    return _fitting(lines, [BEEP_GAP_MS + placer.speech_ms[line.wordings[-1]] for line in lines], room_ms)


def _fitting_ahead(placer: Placer, lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """Return those of ``lines`` that the hold which just ended has room for before its countdown, with their starts."""
    sounds: list[Event] = []
    for event in reversed(placer.events):
        if event.kind is EventKind.HOLD and event.end_ms == placer.now_ms:
            break
        sounds += [event] if event.sounds else []
    else:
        return []
    sounds.sort(key=lambda event: event.start_ms)
    until_ms = min(event.start_ms for event in sounds if event.role in (BeepRole.COUNTDOWN, BeepRole.END))
    # Nothing may have sounded in it yet: its start beep can be switched off.
    quiet_ms = max((event.end_ms for event in sounds if event.start_ms < until_ms), default=event.start_ms)
    room_ms = until_ms - quiet_ms - SETTLED_MS
    chosen = _fitting(lines, [LINE_GAP_MS + placer.speech_ms[line.text] for line in lines], room_ms)
    # As late as can be, so that what is said is fresh when the effort begins.
    at_ms, placed = until_ms - BEEP_GAP_MS, []
    for line in reversed(chosen):
        at_ms = snap_ms(at_ms - FRAME_MS / 2 - placer.speech_ms[line.text])
        placed.append((line, at_ms))
        at_ms -= LINE_GAP_MS
    return placed[::-1]


def _fitting(lines: Sequence[Line], lengths_ms: Sequence[int], room_ms: int) -> list[Line]:
    """Return the lines that fit: first all that are needed, or none at all; then the others while there is room."""
    by_need = sorted(range(len(lines)), key=lambda index: lines[index].need is Need.WANTED)
    chosen: list[Line] = []
    for index in by_need:
        # Each may wait up to a frame for its place on the grid.
        length_ms = lengths_ms[index] + FRAME_MS
        if length_ms <= room_ms:
            chosen.append(lines[index])
            room_ms -= length_ms
        elif lines[index].need is not Need.WANTED:
            return []
    return chosen


def _ready_length_ms(placer: Placer, step: Break) -> int:
    return snap_up_ms(placer.speech_ms[step.ready.text]) + READY_GAP_MS if step.ready is not None else 0
