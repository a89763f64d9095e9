"""Finds the translations of protocols and exercises: of built-in ones in the folder of the language, of a user's own
beside the protocol, as ``my-session.de.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from audioguide.errors import FileError, RequestError
from audioguide.languages.registry import FOLDERS, code_of, find
from audioguide.library.builtin import exercise_files
from audioguide.library.own_words import with_own_words
from audioguide.library.text_slots import EXERCISE, THINGS, Translated, translated
from audioguide.library.toml_files import parse_toml, read_toml
from audioguide.model.protocol import Exercise
from audioguide.storage.packaged_files import is_packaged, packaged_file

ORIGINAL = "en"
"""In which language the built-in protocols and exercises are written."""


class Translation(NamedTuple):
    """The texts of a protocol in another language.

    Attributes:
        source: what its file is called in messages.
        texts: the raw table in it.
    """

    source: str
    texts: dict[str, Any]


@cache
def builtin_translation(code: str, name: str) -> Translation | None:
    """Return the translation of a built-in file, such as ``protocols/interval``; None where there is none."""
    source = f"{FOLDERS[code]}/texts/{name}.toml"
    file = f"languages/{source}"
    return Translation(source, parse_toml(packaged_file(file), source)) if is_packaged(file) else None


@cache
def builtin_things(code: str) -> Mapping[str, str]:
    """Return the names of the built-in exercises' things and muscles in a language, by the English ones."""
    found = builtin_translation(code, THINGS)
    return {} if found is None else found.texts.get(THINGS, {})


def own_translation_file(file: Path, code: str) -> Path:
    """Return where the translation of a user's protocol ``file`` into a language lies."""
    return file.with_name(f"{file.name.removesuffix('.toml')}.{code}.toml")


def own_translation(file: Path, code: str) -> Translation | None:
    """Return the translation of a user's protocol; None where there is none.

    Raises:
        FileError: when it can't be read.
    """
    path = own_translation_file(file, code)
    return Translation(str(path), read_toml(path)) if path.is_file() else None


def own_translations(file: Path) -> dict[str, Path]:
    """Return the translations that lie beside a user's protocol ``file``, by the code of their language."""
    found = {code: own_translation_file(file, code) for code in FOLDERS}
    return {code: path for code, path in found.items() if path.is_file()}


def original_of(file: Path) -> Path | None:
    """Return the protocol that ``file`` is by its name a translation of; None where it is none."""
    name, _, code = file.name.removesuffix(".toml").rpartition(".")
    original = file.with_name(f"{name}.toml")
    return original if name and code in FOLDERS and original.is_file() else None


def in_translation(table: Mapping[str, Any], code: str, translation: Translation) -> dict[str, Any]:
    """Return the raw ``table`` of a protocol with the texts of its ``translation`` into the language of ``code``.

    Raises:
        FileError: with everything that the translation lacks or has too much.
    """
    made = translated(table, translation.texts, builtin_things(code))
    if made.problems:
        raise FileError(translation.source, made.problems)
    return {**made.table, "language": code}


@cache
def exercise_in(name: str, code: str) -> Exercise:
    """Return the built-in exercise ``name`` with its texts in a language.

    Raises:
        RequestError: when it has none there.
        FileError: for a translation with a problem, which only an edit of the installation can cause.
    """
    table = raw_exercise_in(name, code)
    return Exercise.model_validate(table if code == ORIGINAL else with_own_words(table, code))


def raw_exercise_in(name: str, code: str) -> dict[str, Any]:
    """Return the raw table of the built-in exercise ``name`` with its texts in a language, as a file would have it.

    Raises:
        RequestError: when there is no such exercise, or it has no texts there.
        FileError: as `exercise_in` does.
    """
    file = next((file for file, exercises in exercise_files().items() if name in exercises), None)
    if file is None:
        raise RequestError(f"there is no built-in exercise '{name}'; `audioguide protocol list` names them")
    table: dict[str, Any] = exercise_files()[file][name]
    if code == ORIGINAL:
        return table
    found = builtin_translation(code, f"exercises/{file}")
    texts = {} if found is None else found.texts.get("exercise", {})
    if found is None or name not in texts:
        raise RequestError(f"the built-in exercise '{name}' is not translated into {find(code).name} yet")
    made: Translated = translated(table, texts[name], builtin_things(code), EXERCISE)
    if made.problems:
        raise FileError(f"{found.source}: exercise.{name}", made.problems)
    return made.table


def template(language: str) -> str:
    """Return the protocol that a user starts from, in the language of a BCP 47 tag.

    Raises:
        RequestError: for an unknown language, or one that has none yet.
    """
    found = find(language)
    folder = "library" if found.code == ORIGINAL else f"languages/{FOLDERS[found.code]}"
    if not is_packaged(f"{folder}/template.toml"):
        raise RequestError(f"there is no template in {found.name} yet; leave out --language for the English one")
    return packaged_file(f"{folder}/template.toml").decode("utf-8")


def same_language(one: str, other: str) -> bool:
    """Return whether two BCP 47 tags are served by one language: ``de-AT`` and ``de``."""
    return (code_of(one) or one) == (code_of(other) or other)
