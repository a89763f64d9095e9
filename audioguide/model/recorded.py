"""Words of which a protocol brings a recording: text wherever texts go, with the sound file beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from audioguide.errors import RequestError
from audioguide.model.kinds import Side
from audioguide.model.remembered_answers import remembered
from audioguide.model.side_forms import filled
from audioguide.model.text import quoted


class Recorded(str):
    """A text with its recording.

    It is the text in every other respect, so that subtitles, pages and the handout need not know of recordings.

    Attributes:
        clips: the sound file for each side, or for None the one that is for all.
        place: the file of the protocol and where in it the text stands, for messages; noted once it is read, as no part
            of a file knows where it lies, and joined with others a phase has another number.
    """

    clips: Mapping[Side | None, Path]
    place: str

    def __new__(cls, text: str, clips: Mapping[Side | None, Path] = MappingProxyType({})) -> Recorded:
        """Return ``text`` with ``clips``."""
        made = super().__new__(cls, text)
        made.clips = clips
        made.place = ""
        return made


def note_places(model: BaseModel, source: str) -> None:
    """Note in each recorded text of a protocol that was just read, from the file ``source``, where it stands."""
    if has_recordings(model):
        for where, words in recorded_in(model):
            words.place = f"{source}: {where}"


def recorded_in(value: Any, where: str = "") -> Iterator[tuple[str, Recorded]]:
    """Yield every recorded text inside a model, with its place as people count: ``phase 1.say 2``."""
    if isinstance(value, Recorded):
        yield where, value
    elif isinstance(value, tuple):
        for number, entry in enumerate(value, 1):
            yield from recorded_in(entry, f"{where} {number}")
    elif isinstance(value, BaseModel | dict):
        inside = value if isinstance(value, dict) else {name: getattr(value, name) for name in type(value).model_fields}
        # What says nothing but a text is written as that text, without a key.
        alone = isinstance(value, BaseModel) and value.model_fields_set == {"say"}
        for name, entry in inside.items():
            yield from recorded_in(entry, where if alone else f"{where}.{name}" if where else name)


def recordings_of(model: BaseModel) -> dict[str, Path]:
    """Return the sound file of each text inside ``model`` that has one, with its side filled in.

    Raises:
        RequestError: when one text has two files; the same words are one sound all through a session.
    """
    files: dict[str, Path] = {}
    # Fitting one to minutes makes sessions by the dozen, and nearly none has recordings: a plain walk tells.
    if not has_recordings(model):
        return files
    for where, words in recorded_in(model):
        for side, path in words.clips.items():
            other = files.setdefault(filled(words, side), path)
            if other != path:
                both = f"'{other.name}' and '{path.name}'"
                raise RequestError(
                    f"{words.place or where}: {quoted(words)} has two recordings, {both}; keep one of them"
                )
    return files


@remembered
def has_recordings(model: BaseModel) -> bool:
    """Return whether any text inside ``model`` is recorded."""
    waiting: list[Any] = [model]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str | int | float):
            if isinstance(value, Recorded):
                return True
        elif isinstance(value, tuple):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, BaseModel):
            waiting += value.__dict__.values()
    return False
