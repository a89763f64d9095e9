"""Says what a hold has room for beside its calls: cautions, tips where they make sense, a calm line in long silence."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from audioguide.model.cues import LAST_MS
from audioguide.model.kinds import SpeechRole
from audioguide.model.script import Hold, Line, When
from audioguide.model.units import plain_number, snap_ms, to_seconds
from audioguide.schedule.placer import TIPS, Placer
from audioguide.schedule.tip_placing import SPARE_MS, Taken, Tip, place_tips

LONGEST_LEFT_MS = 30_000
"""A line is said while a quarter of the hold is left, so that it can still be done, and no more than this."""

LONG_SILENCE_MS = 30_000
"""From this on silence in a hold is long, or from an eighth of a long hold on: an hour's walk is not talked through."""

MOST_REPEATS = 10
"""How often a line is said again in one hold; by then it is known."""

ANYWHERE = frozenset({SpeechRole.CHECK, SpeechRole.ENCOURAGEMENT})
"""Lines that belong to the phase, and not to a step of the exercise."""

_CAUTION, _CHECK, _NEW, _KNOWN, _BESIDE, _REPEATED = range(6)
"""Ranks. What had no room on the first side comes before what the person has heard; a repetition takes what is left.
The check stands beside the tips while all have room; else they make room for it."""


_RANKS = {
    SpeechRole.CHECK: _BESIDE,
    SpeechRole.MISTAKE: _NEW,
    SpeechRole.COACHING: _NEW,
    SpeechRole.ENCOURAGEMENT: _BESIDE,
}


class _Wish(Struct, frozen=True):
    """A line, or its repetition, with the wish that it follows, and how important it is."""

    line: Line
    text: str
    rank: int
    follows: int | None = None
    after_ms: int = 0

    @property
    def when(self) -> When:
        return self.line.when or When("", left_ms=0)


def place_lines(placer: Placer, hold: Hold, taken: Taken) -> None:
    """Say the lines of a hold, and list those that have no room.

    Args:
        placer: the timeline in the making.
        hold: the hold, whose calls are placed.
        taken: its other sounds in order of time, start and end beep among them.
    """
    wishes, starts = _placed(placer, hold, taken)
    if {wishes[index].line.role for index in starts} >= ANYWHERE:
        # Encouragement beside the check would be heard as praise for going on in pain: it waits for another hold.
        others = tuple(line for line in hold.lines if line.role is not SpeechRole.ENCOURAGEMENT)
        wishes, starts = _placed(placer, replace(hold, lines=others), taken)
    sounds = list(taken)
    for index, start_ms in sorted(starts.items(), key=itemgetter(1)):
        sounds.append((start_ms, placer.speak(wishes[index].line, start_ms, wishes[index].text)))
    said = {id(wishes[index].line) for index in starts}
    for line in hold.lines:
        if id(line) not in said and not placer.knows(line):
            seconds = plain_number(to_seconds(hold.duration_ms))
            beside = " beside its time calls" if hold.calls else ""
            praise = line.role is SpeechRole.ENCOURAGEMENT
            if not (praise and placer.drops_as_too_soon(line, taken[0][0])):
                placer.drop_line(line, f"no room in a hold of {seconds} s{beside}")
    if hold.calm:
        _fill_silence(placer, hold, sorted(sounds))


def _placed(placer: Placer, hold: Hold, taken: Taken) -> tuple[list[_Wish], dict[int, int]]:
    """Return what ``hold`` has to say, and the start in ms of each that has room beside ``taken``, by its index."""
    wishes = _wishes(placer, hold)
    starts = place_tips([_tip(placer, hold, wish, taken[-1][1]) for wish in wishes], taken)
    checks = [index for index, wish in enumerate(wishes) if wish.line.role is SpeechRole.CHECK]
    if any(index not in starts for index in checks):
        wishes = [replace(wish, rank=_CHECK) if index in checks else wish for index, wish in enumerate(wishes)]
        starts = place_tips([_tip(placer, hold, wish, taken[-1][1]) for wish in wishes], taken)
    return wishes, starts


def _wishes(placer: Placer, hold: Hold) -> list[_Wish]:
    """Return what a hold has to say: its lines without those that are known, and behind them the repetitions."""
    wishes: list[_Wish] = []
    groups: list[list[int]] = []
    before: int | None = None
    for line in hold.lines:
        when = line.when or When("", left_ms=0)
        if placer.knows(line) or (when.after_ms is not None and before is None):
            # Nor is what comes after a line that is not said.
            before = None
            continue
        heard = when.key in placer.heard
        rank = _KNOWN if heard else _RANKS.get(line.role, _CAUTION)
        text = when.again if heard and when.again is not None else line.text
        after_ms = when.after_ms
        wishes.append(
            _Wish(line, text, rank) if after_ms is None else _Wish(line, text, rank, before, after_ms=after_ms)
        )
        if line.role in ANYWHERE:
            # It may stand between two steps, and belongs to neither.
            continue
        leader, before = before, len(wishes) - 1
        if after_ms is not None and groups and groups[-1][-1] == leader:
            groups[-1].append(before)
        elif when.repeat_ms is not None:
            groups.append([before])
    for group in groups:
        wishes += _repetitions(wishes, group, hold.duration_ms)
    return wishes


def _repetitions(wishes: list[_Wish], group: list[int], hold_ms: int) -> list[_Wish]:
    """Return the repetitions of a line and of those that come after it, whose places in ``wishes`` are ``group``."""
    repeated: list[_Wish] = []
    repeat_ms = wishes[group[0]].when.repeat_ms or hold_ms
    first = group[0]
    for _ in range(min(MOST_REPEATS, hold_ms // repeat_ms)):
        follows, after_ms = first, repeat_ms
        first = len(wishes) + len(repeated)
        for index in group:
            line, when = wishes[index].line, wishes[index].when
            repeated.append(_Wish(line, when.again or line.text, _REPEATED, follows, after_ms=after_ms))
            follows = len(wishes) + len(repeated) - 1
            after_ms = wishes[index + 1].after_ms if index != group[-1] else 0
    return repeated


def _tip(placer: Placer, hold: Hold, wish: _Wish, end_ms: int) -> Tip:
    """Return the limits of what is said in a hold that ends at ``end_ms``."""
    when, line = wish.when, wish.line
    left_ms = min(hold.duration_ms // 4, LONGEST_LEFT_MS) if when.left_ms is None else when.left_ms
    if any(call.at_ms >= hold.duration_ms - LAST_MS for call in hold.calls):
        # The last seconds belong to the clock.
        left_ms = max(left_ms, LAST_MS)
    spaced = line.role in TIPS or line.role in ANYWHERE
    from_ms = end_ms - snap_ms(hold.duration_ms) + when.from_ms
    if line.role in TIPS:
        from_ms = max(from_ms, placer.tips_from_ms)
    elif line.role is SpeechRole.ENCOURAGEMENT:
        from_ms = max(from_ms, placer.encouraged_from_ms)
    return Tip(
        length_ms=placer.speech_ms[wish.text],
        from_ms=from_ms,
        until_ms=end_ms - left_ms,
        rank=wish.rank,
        follows=wish.follows,
        after_ms=wish.after_ms,
        anywhere=line.role in ANYWHERE,
        spaced=spaced,
    )


def _fill_silence(placer: Placer, hold: Hold, sounds: Taken) -> None:
    """Say a calm line in the middle of the longest silence, until none is long."""
    limit_ms = max(LONG_SILENCE_MS, hold.duration_ms // 8)
    longest_ms = max(placer.speech_ms[line.text] for line in hold.calm)
    starts: list[int] = []
    while True:
        gaps = [(before[1], after[0]) for before, after in pairwise(sounds)]
        from_ms, until_ms = max(gaps, key=lambda gap: gap[1] - gap[0])
        if until_ms - from_ms <= max(limit_ms, longest_ms + 2 * SPARE_MS):
            break
        starts.append(snap_ms((from_ms + until_ms - longest_ms) / 2))
        sounds = sorted([*sounds, (starts[-1], starts[-1] + longest_ms)])
    for start_ms in sorted(starts):
        # In turn as they are heard, so that none comes twice in a row.
        placer.speak(hold.calm[placer.calmed % len(hold.calm)], start_ms)
        placer.calmed += 1
