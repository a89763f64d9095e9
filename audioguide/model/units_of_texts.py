"""Texts that state a measure in two systems of units, ``{5 centimetres|2 inches}``, as a person wants to hear them."""

import re

from audioguide.model.doses import FileModel
from audioguide.model.kinds import Units
from audioguide.model.protocol import Exercise, Protocol
from audioguide.model.side_forms import is_measure

_PAIR = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")

UNITS_OF = {"en": Units.IMPERIAL}
"""What is usual where a language is spoken; metric where nothing is stated. Many who speak English are used to inches,
which they can't convert while they lie on a ball."""


def in_units(protocol: Protocol, units: Units | None) -> Protocol:
    """Return ``protocol`` with one measure in its texts instead of two; those of its language for None."""
    wanted = units or UNITS_OF.get(protocol.language, Units.METRIC)
    changed = {name: exercise_in_units(exercise, wanted) for name, exercise in protocol.exercise.items()}
    if all(changed[name] is exercise for name, exercise in protocol.exercise.items()):
        return protocol
    return protocol.model_copy(update={"exercise": changed})


def text_in_units(text: str, units: Units) -> str:
    """Return ``text`` with one measure instead of two; itself where it states none in two."""
    group = 1 if units is Units.METRIC else 2
    # Other pairs are forms of a side. A recording is a text too, and stays one where nothing changes.
    said = _PAIR.sub(lambda pair: pair[group] if is_measure(pair[1], pair[2]) else pair[0], text)
    return text if said == text else said


def exercise_in_units(exercise: Exercise, units: Units) -> Exercise:
    """Return ``exercise`` with one measure in its texts instead of two; itself where there are none."""

    def converted(entry: object) -> object:
        if isinstance(entry, str):
            return text_in_units(entry, units)
        if not isinstance(entry, FileModel):
            return entry
        texts = {
            name: text_in_units(text, units)
            for name, text in entry.__dict__.items()
            if isinstance(text, str) and "|" in text
        }
        return entry.model_copy(update=texts) if texts else entry

    changed: dict[str, object] = {}
    for name, value in exercise.__dict__.items():
        if isinstance(value, tuple):
            entries = tuple(map(converted, value))
            if any(new is not old for new, old in zip(entries, value, strict=True)):
                changed[name] = entries
    return exercise.model_copy(update=changed) if changed else exercise
