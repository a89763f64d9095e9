"""Checks the text of a protocol file as `audioguide protocol check` does, and plans its session, without writing it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from audioguide.errors import FileError, Problem, RequestError
from audioguide.languages.registry import find
from audioguide.library.language_guess import other_language_note
from audioguide.library.protocol_files import other_kind, parse_protocol, unused_exercises
from audioguide.library.toml_files import parse_toml, read_toml
from audioguide.library.translations import Translation, in_translation, own_translations
from audioguide.model.pictured import OwnPicture
from audioguide.model.plan import Plan
from audioguide.model.protocol import Protocol
from audioguide.model.recorded import recorded_in
from audioguide.pipeline import expected_plan, expected_shortages


class Checked(Struct, frozen=True):
    """What is known of a text.

    Attributes:
        data: what the file holds; None where it is no TOML.
        is_protocol: whether it is one, with or without problems.
        problems: everything that is wrong, in the order of the file.
        notes: what to know besides, a line each, such as what has no room.
        protocol: the protocol, where no problem keeps it from being read.
        plan: its session with estimated lengths of speech; None where there is none.
    """

    data: dict[str, Any] | None
    is_protocol: bool = False
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    protocol: Protocol | None = None
    plan: Plan | None = None


def checked(text: str, path: Path) -> Checked:
    """Return what is known of ``text``, which is to stand in the file at ``path``."""
    source = str(path)
    try:
        data = parse_toml(text.encode("utf-8", "surrogatepass"), source)
    except FileError as error:
        return Checked(None, problems=error.problems)
    if (other := other_kind(data, path)) is not None:
        return Checked(data, problems=(other,))
    try:
        protocol = parse_protocol(data, source, path.absolute().parent, (str(path.resolve()),))
    except FileError as error:
        return Checked(data, True, error.problems)
    except RequestError as error:
        return Checked(data, True, (Problem("", str(error)),))
    problems = tuple(_problems_of_files(protocol, source))
    try:
        plan = expected_plan(protocol)
        notes = (*_notes(data, protocol, path), *plan.warnings, *expected_shortages(protocol))
    except RequestError as error:
        return Checked(data, True, (*problems, Problem("", str(error))), protocol=protocol)
    return Checked(data, True, problems, tuple(dict.fromkeys(notes)), protocol=protocol, plan=plan)


def _problems_of_files(protocol: Protocol, source: str) -> Iterator[Problem]:
    """Yield what is wrong with the recordings and pictures that the protocol names."""
    for where, words in recorded_in(protocol):
        for path in words.clips.values():
            if fault := _recording_fault(path, _state_of(path)):
                # Those of a protocol whose phases are taken stand in its own file.
                in_here = words.place.startswith(f"{source}: ") or not words.place
                yield Problem(f"{where}.clip" if in_here else "", fault)
    for exercise, picture in protocol.own_pictures().items():
        if fault := _picture_fault(picture, _state_of(picture.path)):
            yield Problem(f"exercise.{exercise}.figure", fault)


# Each change of the text asks for all of them, and decoding takes a while.
@lru_cache(maxsize=512)
def _recording_fault(path: Path, state: tuple[int, int]) -> str:
    """Return what is wrong with a recording; empty for nothing."""
    # Loaded only where there are recordings, which most protocols do without.
    from audioguide.speech.own_clips import read_own_clip

    try:
        read_own_clip(path)
    except RequestError as error:
        return str(error)
    return ""


@lru_cache(maxsize=512)
def _picture_fault(picture: OwnPicture, state: tuple[int, int]) -> str:
    """Return what is wrong with a picture; empty for nothing."""
    from audioguide.export.figures.own_pictures import finished_picture, read_picture

    try:
        finished_picture(picture.path, read_picture(picture))
    except RequestError as error:
        return str(error)
    return ""


def _state_of(path: Path) -> tuple[int, int]:
    """Return what changes with a file: when it was written, and its size."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def _notes(data: dict[str, Any], protocol: Protocol, path: Path) -> Iterator[str]:
    """Yield what `audioguide protocol check` notes: language, unused exercises, translations beside the file."""
    if (note := other_language_note(protocol)) is not None:
        yield note
    for name in unused_exercises(protocol):
        yield f"exercise.{name} is defined but no phase uses it"
    for code, file in own_translations(path).items():
        try:
            parse_protocol(in_translation(data, code, Translation(str(file), read_toml(file))), str(file), path.parent)
        except FileError as error:
            yield from (f"{file.name}, its {find(code).name} texts: {problem}" for problem in error.problems)
