"""How much is said at each level of detail: one row a level."""

from __future__ import annotations

from dataclasses import dataclass, replace

from audioguide.model.kinds import Detail
from audioguide.model.session import Prescription

ALL = 1_000
"""More than any exercise has of lines or reps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbosity:
    """What one level of detail says. Safety, cautions, names, doses and time calls are not here: they are
    always said.

    Attributes:
        summary: whether the intro says what the session is.
        phase_words: whether a phase's own sentences are said after its title.
        switch_words: whether a change of sides is said in whole sentences.
        setup: what is said to get into position the first time: 2 in full, 1 in brief, 0 what keeps a person safe.
        setup_again: the same for a second side, set or round.
        coaching: how many coaching lines a hold may have the first time.
        coaching_again: the same for later sides and sets.
        mistakes: whether the usual mistake is named, the first time.
        cautions_again: whether a hold repeats the cautions on later sides and sets.
        worded_reps: in how many reps of each set the parts of the tempo are spoken.
        counted: whether each rep is counted aloud; else it ticks, and the last is announced.
        spoken_half: whether halfway is a word; else it is a beep.
    """

    summary: bool
    phase_words: bool
    switch_words: bool
    setup: int
    setup_again: int
    coaching: int
    coaching_again: int
    mistakes: bool
    cautions_again: bool
    worded_reps: int
    counted: bool
    spoken_half: bool

    def without_tips(self) -> Verbosity:
        """Return the same without coaching and mistakes."""
        return replace(self, coaching=0, coaching_again=0, mistakes=False)

    def setup_lines(self, item: Prescription, first_time: bool) -> tuple[str, ...]:
        """Return the instructions for getting into position."""
        levels = (item.exercise.setup_minimal, item.exercise.brief, item.exercise.setup)
        return levels[self.setup if first_time else self.setup_again]


VERBOSITIES = {
    # For who does the session the first times: everything, and the tempo in words in every rep.
    Detail.FULL: Verbosity(
        summary=True,
        phase_words=True,
        switch_words=True,
        setup=2,
        setup_again=1,
        coaching=ALL,
        coaching_again=1,
        mistakes=True,
        cautions_again=True,
        worded_reps=ALL,
        counted=True,
        spoken_half=True,
    ),
    # For who knows the exercises: a reminder of each, and two worded reps to pick up the tempo.
    Detail.BRIEF: Verbosity(
        summary=False,
        phase_words=False,
        switch_words=True,
        setup=1,
        setup_again=0,
        coaching=1,
        coaching_again=0,
        mistakes=False,
        cautions_again=False,
        worded_reps=2,
        counted=True,
        spoken_half=True,
    ),
    # For who knows the session by heart: names, doses, sides, times and what keeps them safe; beeps for the rest.
    Detail.MINIMAL: Verbosity(
        summary=False,
        phase_words=False,
        switch_words=False,
        setup=0,
        setup_again=0,
        coaching=0,
        coaching_again=0,
        mistakes=False,
        cautions_again=False,
        worded_reps=1,
        counted=False,
        spoken_half=False,
    ),
}
