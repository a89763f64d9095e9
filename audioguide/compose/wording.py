"""Every fixed sentence that is spoken, in one table; another language is another table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audioguide.model.dose_text import DoseWording
from audioguide.model.kinds import Side
from audioguide.model.units import LengthNames, whole_minutes


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed sentences of one language. Names in braces are filled in by the functions below."""

    left: str
    right: str
    conjunction: str
    alternative: str
    title: str
    takes: str
    needs: str
    left_out: str
    phase: str
    first: str
    next: str
    last: str
    only: str
    avoid_if: str
    about_exercise: str
    side_first: str
    breath: str
    switch: str
    switch_short: str
    ready: str
    position: str
    halfway: str
    ten_seconds: str
    rest: str
    next_set: str
    last_set: str
    with_side: str
    round: str
    count_side: str
    last_rep: str
    last_rep_side: str
    done: str
    lengths: LengthNames
    dose: DoseWording
    chapter_start: str
    chapter_end: str
    chapter_phase: str
    chapter_round: str

    def side(self, side: Side) -> str:
        """Return the word for ``side``."""
        return self.left if side is Side.LEFT else self.right

    def list(self, items: Iterable[str], last: str = "") -> str:
        """Return ``items`` as a spoken list; ``last`` stands before the last of them, or else the word for "and"."""
        words = [*items]
        return f"{', '.join(words[:-1])} {last or self.conjunction} {words[-1]}" if len(words) > 1 else "".join(words)

    def about(self, ms: int) -> str:
        """Return a session's length in whole minutes, as it is said."""
        return self.lengths.text(whole_minutes(ms) * 60_000)


ENGLISH = Wording(
    left="left",
    right="right",
    conjunction="and",
    alternative="or",
    title="{title}.",
    takes="It takes about {length}.",
    needs="You need: {things}.",
    left_out="Left out today: {names}.",
    phase="Part {number} of {total}: {title}.",
    first="First: {name}.",
    next="Next: {name}.",
    last="Last exercise: {name}.",
    only="{name}.",
    avoid_if="In case of {conditions}, leave this out, and rest until the next exercise.",
    about_exercise="About {name}:",
    side_first="{side} side first.",
    breath="Breathe in while the tone rises, and out while it falls.",
    switch="Switch sides. {side} side now.",
    switch_short="Switch. {side}.",
    ready="Ready.",
    position="Get into position.",
    halfway="Halfway.",
    ten_seconds="Ten seconds.",
    rest="Rest. {length}.",
    next_set="Then set {number} of {total}.",
    last_set="Then the last set.",
    with_side="{side} side.",
    round="Round {number} of {total}.",
    count_side="{count}, {side}.",
    last_rep="Last one.",
    last_rep_side="Last, {side}.",
    done="The session is done.",
    lengths=LengthNames(second=("second", "seconds"), minute=("minute", "minutes"), hour=("hour", "hours")),
    dose=DoseWording(
        once="Once",
        times="{reps} times",
        one_hold="For {work}",
        each_side="{work} on each side",
        on_left="{work} on the left",
        on_right="{work} on the right",
        between_sides=", ",
        sets="{sets} sets of {work}",
        sets_of_sides="{sets} sets of {work}",
    ),
    chapter_start="Start",
    chapter_end="Closing",
    chapter_phase="{phase}: {name}",
    chapter_round="{number}. {name}",
)
