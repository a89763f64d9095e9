"""A person's own tempo in figures, laid over the parts of an exercise's reps.

Figures are in the order of the field: lower, pause, lift, pause. An exercise may begin with either movement, and has
words of its own; both stay, and the figures find their parts by those words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from msgspec import Struct

from audioguide.errors import RequestError
from audioguide.languages.registry import find
from audioguide.languages.text_words import text_words
from audioguide.model.protocol import Exercise, TempoPart
from audioguide.model.tempo import read_tempo
from audioguide.model.units import plain_number


class Movement(Enum):
    """What happens in a part of a rep."""

    LOWER = auto()
    LIFT = auto()
    PAUSE = auto()


class TempoWish(Struct, frozen=True):
    """A tempo in figures that a person asks for.

    Attributes:
        figures: such as ``3-1-1``.
        where: where they ask for it.
        language: the BCP 47 tag of the language whose words the parts of a rep have.
    """

    figures: str
    where: str
    language: str = "en"


def with_tempo(name: str, exercise: Exercise, wish: TempoWish) -> Exercise:
    """Return ``exercise`` with the seconds of ``wish`` in its reps.

    Args:
        name: the exercise's id.
        exercise: one that is done by reps.
        wish: the seconds.

    Raises:
        RequestError: where the parts are not a lift, a lowering and pauses.
    """
    seconds, said = read_tempo(wish.figures), text_words(find(wish.language).code)
    known = {Movement.LOWER: said.lower, Movement.LIFT: said.lift, Movement.PAUSE: said.pause}
    # The first word of a part tells its movement.
    words_said = [re.match(r"[^\W\d_]*", (part.say or "").casefold()) for part in exercise.tempo]
    movements = [
        next((movement for movement, words in known.items() if word and word[0] in map(str.casefold, words)), None)
        for word in words_said
    ]
    if sorted(movement.name for movement in movements if movement and movement is not Movement.PAUSE) != [
        Movement.LIFT.name,
        Movement.LOWER.name,
    ] or not all(movements):
        raise RequestError(
            f"{wish.where}: '{name}' has a tempo of other parts than lift, pause and lower "
            f"({_in_words(exercise.tempo)}), so figures don't fit it; drop its tempo"
        )
    timed = _timed(exercise.tempo, [movement for movement in movements if movement], seconds, said.tempo[1])
    return exercise.model_copy(update={"tempo": tuple(timed)})


def _timed(
    parts: Sequence[TempoPart], movements: Sequence[Movement], seconds: Sequence[float], pause_word: str
) -> Iterator[TempoPart]:
    """Yield the parts in the exercise's order, each movement with the pause that follows it."""
    lower_s, pause_s, lift_s, *fourth_s = seconds
    # Reps go round, so that a pause that comes first follows the last movement.
    after = zip(movements, (*movements[1:], movements[0]), (*parts[1:], parts[0]), strict=True)
    following = {movement: part for movement, then, part in after if then is Movement.PAUSE}
    # Three figures have one pause, which is where the exercise has its only one; else after lowering.
    after_lift = not fourth_s and list(following) == [Movement.LIFT]
    pauses_s = {
        Movement.LOWER: 0.0 if after_lift else pause_s,
        Movement.LIFT: pause_s if after_lift else sum(fourth_s),
    }
    lengths_s = {Movement.LOWER: lower_s, Movement.LIFT: lift_s}
    for part, movement in zip(parts, movements, strict=True):
        if movement is Movement.PAUSE:
            continue
        yield part.model_copy(update={"s": lengths_s[movement]})
        if pauses_s[movement]:
            pause = following.get(movement) or TempoPart(s=1, say=pause_word)
            yield pause.model_copy(update={"s": pauses_s[movement]})


def tempo_in_words(exercise: Exercise) -> str:
    """Return the parts of an exercise's reps with their seconds: ``Lift 1, Hold 3, Lower 2``."""
    return _in_words([part for part in exercise.tempo if part.s > 0])


def _in_words(parts: Sequence[TempoPart]) -> str:
    return ", ".join(f"{part.say or 'silent'} {plain_number(part.s)}" for part in parts)
