"""Every fixed sentence that is spoken, in one table; another language is another table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audioguide.model.kinds import Side


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
    hold_unequal: str
    hold_plain: str
    on_each_side: str
    once: str
    times: str
    sets_of: str
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
    second: tuple[str, str]
    minute: tuple[str, str]
    hour: tuple[str, str]
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

    def duration(self, ms: int) -> str:
        """Return a length as it is said: seconds up to 90, else minutes and seconds, else hours and minutes."""
        exact = round(ms / 1000, 1)
        if exact <= 90 and exact != 60:
            return self._amount(exact, self.second)
        seconds = round(exact)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        amounts = ((hours, self.hour), (minutes, self.minute), (seconds, self.second))
        return " ".join(self._amount(amount, unit) for amount, unit in amounts if amount)

    def about(self, ms: int) -> str:
        """Return a session's length in whole minutes, as it is said."""
        return self.duration(max(1, round(ms / 60_000)) * 60_000)

    @staticmethod
    def _amount(amount: float, unit: tuple[str, str]) -> str:
        return f"{amount:g} {unit[0] if amount == 1 else unit[1]}"


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
    hold_plain="For {length}.",
    hold_unequal="{first} on the {first_side}, {second} on the {second_side}",
    on_each_side="{work} on each side",
    once="Once",
    times="{count} times",
    sets_of="{sets} sets of {work}.",
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
    second=("second", "seconds"),
    minute=("minute", "minutes"),
    hour=("hour", "hours"),
    chapter_start="Start",
    chapter_end="Closing",
    chapter_phase="{phase}: {name}",
    chapter_round="{number}. {name}",
)
