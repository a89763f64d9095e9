"""How much is said at each level of detail: one row a level."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from audioguide.model.kinds import Detail
from audioguide.model.protocol import Instruction
from audioguide.model.session import Prescription

ALL = 1_000
"""More than any exercise has of lines or reps."""


class Verbosity(Struct, frozen=True, kw_only=True):
    """What one level of detail says. Safety, cautions, names, doses and time calls are not here: they are always said.

    Attributes:
        summary: whether the intro says what the session is.
        phase_words: whether a phase's own sentences are said after its title.
        long_switch: whether a change of sides is said in a sentence, not a word.
        setup: what is said to get into position the first time: 2 in full, 1 in brief, 0 what keeps a person safe.
        setup_again: the same for a second side, set or round.
        coaching: how many coaching lines a hold may have the first time on each side.
        coaching_again: how many of them later sets remind of.
        mistakes: whether usual mistakes are named beside the coaching; else they take the place of its lines.
        fills_silence: whether lines are repeated in a hold, and a calm one is said in long silence.
        checks: whether there is a check for pain in each phase.
        encourages: whether each phase has an encouraging word.
        cautions_again: whether a hold repeats the cautions on later sides and sets.
        worded_reps: in how many reps of the first set the parts of the tempo are spoken.
        worded_again: the same for later sets.
        counting: whether it is said before the first set what the count stands for.
        mid_set: whether a set of reps has a few words past its middle.
        counted: whether each rep is counted aloud; else it ticks, and the last is announced.
        spoken_half: whether halfway is a word; else it is a beep.
    """

    summary: bool
    phase_words: bool
    long_switch: bool
    setup: int
    setup_again: int
    coaching: int
    coaching_again: int
    mistakes: bool
    fills_silence: bool
    checks: bool
    encourages: bool
    cautions_again: bool
    worded_reps: int
    worded_again: int
    counting: bool
    mid_set: bool
    counted: bool
    spoken_half: bool

    def words_fade(self, item: Prescription) -> bool:
        """Return whether ``item`` has reps that are counted or tick, and not worded any more."""
        counts = item.exercise.count and bool(item.tempo)
        return counts and any((effort.reps or 0) > self.worded_reps for effort in item.efforts)

    def without_tips(self) -> Verbosity:
        """Return the same without coaching and mistakes, and with silence left as it is."""
        return replace(self, coaching=0, coaching_again=0, mistakes=False, fills_silence=False, mid_set=False)

    def setup_lines(self, item: Prescription, first_time: bool, stays: bool = False) -> tuple[Instruction, ...]:
        """Return the instructions for getting into position; ``stays``: for another side of what was just done."""
        exercise = item.exercise
        if stays and exercise.setup_again == ():
            # The person is in that position already, at whatever level of detail.
            return ()
        # Who comes back from another exercise starts from elsewhere.
        again = exercise.again if stays else exercise.brief
        minimal = exercise.setup_minimal
        if stays and exercise.setup_minimal_again is not None:
            minimal = exercise.setup_minimal_again
        levels = (minimal, exercise.brief if first_time else again, exercise.setup)
        return levels[self.setup if first_time else self.setup_again]

    def load_lines(self, item: Prescription, first_time: bool) -> tuple[Instruction, ...]:
        """Return what is said when the person is in position."""
        exercise = item.exercise
        if not (self.setup if first_time else self.setup_again):
            return exercise.load_minimal
        if first_time:
            return exercise.load if self.setup > 1 or exercise.load_brief is None else exercise.load_brief
        return exercise.load if exercise.load_again is None else exercise.load_again


VERBOSITIES = {
    # For who does the session the first times: everything, and the tempo in words until it is learnt.
    Detail.FULL: Verbosity(
        summary=True,
        phase_words=True,
        long_switch=True,
        setup=2,
        setup_again=1,
        coaching=ALL,
        coaching_again=1,
        mistakes=True,
        fills_silence=True,
        checks=True,
        encourages=True,
        cautions_again=True,
        worded_reps=4,
        worded_again=1,
        counting=True,
        mid_set=True,
        counted=True,
        spoken_half=True,
    ),
    # For who knows the exercises: a reminder of each, and two worded reps to pick up the tempo.
    Detail.BRIEF: Verbosity(
        summary=False,
        phase_words=False,
        long_switch=True,
        setup=1,
        setup_again=0,
        coaching=2,
        coaching_again=0,
        mistakes=False,
        fills_silence=False,
        checks=True,
        encourages=True,
        cautions_again=False,
        worded_reps=2,
        worded_again=0,
        counting=True,
        mid_set=False,
        counted=True,
        spoken_half=True,
    ),
    # For who knows the session by heart: names, doses, sides, times and what keeps them safe; beeps for the rest.
    Detail.MINIMAL: Verbosity(
        summary=False,
        phase_words=False,
        long_switch=False,
        setup=0,
        setup_again=0,
        coaching=0,
        coaching_again=0,
        mistakes=False,
        fills_silence=False,
        checks=False,
        encourages=False,
        cautions_again=False,
        worded_reps=1,
        worded_again=0,
        counting=False,
        mid_set=False,
        counted=False,
        spoken_half=False,
    ),
}
