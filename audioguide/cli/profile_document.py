"""Changes the TOML document of a profile and keeps its comments, and writes it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import click
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable

from audioguide.errors import RequestError
from audioguide.library.profile_files import is_kept, parse_profile, profile_folder
from audioguide.library.toml_files import parse_toml
from audioguide.storage.whole_files import write_whole


def with_lines_for(changes: dict[str, Any], text: str) -> Any:
    """Return the document in ``text``; a new setting takes the place of the note that shows it as an example."""
    for key, value in changes.items():
        if isinstance(value, dict) or key in tomlkit.parse(text):
            continue
        # The example `# minutes = 20` becomes a line that `merged` then gives its value.
        opened = re.sub(rf"^# {key} = [^\r\n]*", f"{key} = 0", text, count=1, flags=re.MULTILINE)
        try:
            if key in tomlkit.parse(opened):
                text = opened
        except TOMLKitError:
            # The note stands inside something, such as a list of several lines: the setting goes elsewhere.
            continue
    return tomlkit.parse(text)


def merged(document: Any, changes: dict[str, Any]) -> Any:
    """Return ``document`` with ``changes`` laid over it; a dose given as one number may become one a side."""
    text = tomlkit.dumps(document)
    made = tomlkit.parse(text)
    _merge_tables(made, changes)
    if tomlkit.parse(tomlkit.dumps(made)).unwrap() != made.unwrap():
        # Where a table follows dotted keys tomlkit writes new lines into that table; the file's first line is in none.
        known = tomlkit.parse(text)
        new = {key: value for key, value in changes.items() if not isinstance(value, dict) and key not in known}
        made = tomlkit.parse(tomlkit.dumps(new) + text)
        _merge_tables(made, changes)
    return made


def _merge_tables(table: Any, changes: dict[str, Any]) -> None:
    for key, value in changes.items():
        if not isinstance(value, dict):
            table[key] = value
        elif key in ("hold_s", "reps", "sets"):
            table[key] = merged_dose(table.get(key), value)
        else:
            if key not in table:
                # In an inline table only such have room. Else only [exercise.pigeon] is to be written, without an
                # empty [exercise] above it.
                inside = isinstance(table, InlineTable)
                table[key] = tomlkit.inline_table() if inside else tomlkit.table(is_super_table=key == "exercise")
            _merge_tables(table[key], value)


def merged_dose(before: Any, changes: dict[str, Any]) -> Any:
    """Return a dose after ``changes``: a number or a list where both sides are alike, else a small table."""
    if "default" in changes:
        # One number for both sides replaces what each side had.
        before = {}
    known = {"default": before} if isinstance(before, int | float | list) else dict(before or {})
    dose = known | changes
    if list(dose) == ["default"]:
        return dose["default"]
    table = tomlkit.inline_table()
    table.update(dose)
    return table


def forget(document: Any, key: str) -> None:
    """Remove the setting at the dotted path ``key``.

    Raises:
        RequestError: where there is none.
    """
    *parents, last = key.split(".")
    table = document
    for parent in parents:
        table = table.get(parent) if isinstance(table, dict) else None
    if not isinstance(table, dict) or last not in table:
        raise RequestError(f"--unset {key}: the profile has no such setting")
    del table[last]


def refuse_profile_folder() -> None:
    """Refuse a folder of profiles that can't be made, before someone answers questions for nothing.

    Raises:
        RequestError: naming what is in the way.
    """
    folder = profile_folder()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise RequestError(f"{folder}: profiles can't be kept there; see to {existing}")


def write_profile(path: Path, document: Any) -> None:
    """Write ``document`` whole and print its path; a profile that could not be read again is not written.

    Raises:
        RequestError: for settings out of bounds, or a folder that can't be made.
    """
    text = tomlkit.dumps(document)
    if path.is_file():
        # With the line ends and the byte order mark that the file has so far, as its editor made them.
        before = path.read_bytes()
        text = text.replace("\r\n", "\n").replace("\n", "\r\n" if b"\r\n" in before else "\n")
        text = "\ufeff" * before.startswith(b"\xef\xbb\xbf") + text
    parse_profile(parse_toml(text.encode(), f"{path}"), f"{path}")
    if is_kept(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = f"profiles can't be kept there ({error.strerror}); see to that folder"
            raise RequestError(f"{path.parent}: {why}") from None
    # Others on this machine needn't know what somebody can't do.
    write_whole(path, text.encode(), private=True)
    click.echo(path)
