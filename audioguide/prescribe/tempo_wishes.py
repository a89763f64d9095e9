"""A person's own tempo in figures, laid over the parts of an exercise's reps.

Figures are in the order of the field: lower, pause, lift, pause. An exercise may begin with either movement, and has
words of its own; both stay, and the figures find their parts by those words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from audioguide.errors import RequestError
from audioguide.model.protocol import Exercise, TempoPart
from audioguide.model.tempo import TEMPO_WORDS, read_tempo
from audioguide.model.units import plain_number


class Movement(Enum):
    """What happens in a part of a rep."""

    LOWER = auto()
    LIFT = auto()
    PAUSE = auto()


WORDS = {
    Movement.LOWER: ("lower", "down", "descend", "sink", "sit"),
    Movement.LIFT: ("lift", "up", "raise", "rise", "push", "press", "pull", "stand", "curl"),
    Movement.PAUSE: ("pause", "hold", "stay", "squeeze", "wait"),
}
"""The first word of a part by which its movement is known."""


def with_tempo(name: str, exercise: Exercise, tempo: str, where: str) -> Exercise:
    """Return ``exercise`` with the seconds of ``tempo`` in its reps.

    Args:
        name: the exercise's id.
        exercise: one that is done by reps.
        tempo: figures such as ``3-1-1``.
        where: where the person asks for it.

    Raises:
        RequestError: where the parts are not a lift, a lowering and pauses.
    """
    seconds = read_tempo(tempo)
    words_said = [re.match(r"[a-z]*", (part.say or "").lower()) for part in exercise.tempo]
    movements = [
        next((movement for movement, words in WORDS.items() if word and word[0] in words), None) for word in words_said
    ]
    if sorted(movement.name for movement in movements if movement and movement is not Movement.PAUSE) != [
        Movement.LIFT.name,
        Movement.LOWER.name,
    ] or not all(movements):
        raise RequestError(
            f"{where}: '{name}' has a tempo of other parts than lift, pause and lower ({_in_words(exercise.tempo)}), "
            "so figures don't fit it; drop its tempo"
        )
    parts = tuple(_timed(exercise.tempo, [movement for movement in movements if movement], seconds))
    return exercise.model_copy(update={"tempo": parts})


def _timed(parts: Sequence[TempoPart], movements: Sequence[Movement], seconds: Sequence[float]) -> Iterator[TempoPart]:
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
            pause = following.get(movement) or TempoPart(s=1, say=TEMPO_WORDS[1])
            yield pause.model_copy(update={"s": pauses_s[movement]})


def tempo_in_words(exercise: Exercise) -> str:
    """Return the parts of an exercise's reps with their seconds: ``Lift 1, Hold 3, Lower 2``."""
    return _in_words([part for part in exercise.tempo if part.s > 0])


def _in_words(parts: Sequence[TempoPart]) -> str:
    return ", ".join(f"{part.say or 'silent'} {plain_number(part.s)}" for part in parts)
