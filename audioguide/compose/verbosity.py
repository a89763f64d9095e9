"""How much is said at each level of detail: one row a level."""

from __future__ import annotations

from dataclasses import dataclass, replace

from audioguide.model.kinds import Detail
from audioguide.model.session import Prescription

ALL = 1_000


@dataclass(frozen=True, slots=True)
class Verbosity:
    """What one level of detail says. Safety, cautions, names and time calls are not here: they are always said.

    Attributes:
        summary: whether the intro says what the session is.
        doses: whether an exercise's dose is announced.
        setup: what is said to get into position the first time: 2 in full, 1 in brief, 0 nothing.
        setup_again: the same for a second side, set or round.
        coaching: how many coaching lines a hold may have the first time.
        coaching_again: the same for later sides and sets.
        cautions_again: whether a hold repeats the cautions on later sides and sets.
        mistakes: whether the usual mistake is named, the first time.
        worded_reps: in how many reps of each set the parts of the tempo are spoken.
        counted: whether each rep is counted aloud; else it ticks, and the last is announced.
        spoken_half: whether halfway is a word; else it is a beep.
        phase_words: whether a phase's own sentences are said after its title.
    """

    summary: bool
    doses: bool
    setup: int
    setup_again: int
    coaching: int
    coaching_again: int
    cautions_again: bool
    mistakes: bool
    worded_reps: int
    counted: bool
    spoken_half: bool
    phase_words: bool

    def without_tips(self) -> Verbosity:
        """Return the same without coaching and mistakes."""
        return replace(self, coaching=0, coaching_again=0, mistakes=False)

    def setup_lines(self, item: Prescription, first_time: bool) -> tuple[str, ...]:
        """Return the instructions for getting into position."""
        return ((), item.exercise.brief, item.exercise.setup)[self.setup if first_time else self.setup_again]


VERBOSITIES = {
    Detail.FULL: Verbosity(True, True, 2, 1, ALL, 1, True, True, ALL, True, True, True),
    Detail.BRIEF: Verbosity(False, True, 1, 0, 1, 0, False, False, 2, True, True, False),
    Detail.MINIMAL: Verbosity(False, False, 0, 0, 0, 0, False, False, 1, False, False, False),
}
