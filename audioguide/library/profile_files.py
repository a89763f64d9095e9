"""Finds, loads and stores profiles: by name in the user's configuration folder, or any file by its path."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from audioguide.errors import FileError, Problem, RequestError
from audioguide.library.language_rules import language_problems
from audioguide.library.length_rules import length_problems
from audioguide.library.problems import problems_of
from audioguide.library.toml_files import read_toml
from audioguide.model.profile import Profile
from audioguide.model.text import suggest, written_name
from audioguide.storage.user_folders import config_folder

_NAME = re.compile(r"[\w][\w -]{0,63}")
"""Letters of any language, digits, spaces, hyphens, underscores: no sign that some system keeps out of file names."""


def profile_folder() -> Path:
    """Return the folder in which profiles lie by name; it may not exist yet.

    Raises:
        RequestError: for a user without a home folder.
    """
    return config_folder() / "profiles"


def is_kept(path: Path) -> bool:
    """Return whether ``path`` lies in the folder of profiles."""
    try:
        # os.path, unlike pathlib, also has an answer where links lead to each other.
        return os.path.realpath(path.absolute().parent) == os.path.realpath(profile_folder())
    except RequestError:
        return False


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles in the folder, sorted."""
    return tuple(sorted(path.stem for path in profile_folder().glob("*.toml")))


def profile_path(name: str) -> Path:
    """Return where the profile ``name`` lies, whether or not it exists.

    Raises:
        RequestError: when the name can't be a file name.
    """
    # Windows drops a space at the end of a name, so that two names would be one file.
    if not _NAME.fullmatch(name) or name.endswith(" "):
        raise RequestError(f"'{name}' can't be a profile's name; use letters, digits, spaces, '-' and '_'")
    return profile_folder() / f"{name}.toml"


def find_profile(name_or_path: str | Path) -> Path:
    """Return the file of the profile that a name or a path means.

    Raises:
        RequestError: when no profile has this name.
    """
    name = str(name_or_path)
    if isinstance(name_or_path, Path) or name.endswith(".toml") or "/" in name or "\\" in name:
        return Path(name_or_path)
    path = profile_path(name)
    if not os.path.isfile(path):  # noqa: PTH113 - unlike pathlib it answers also where nobody may look
        known = profile_names()
        advice = suggest(name, known) or f"make it with `audioguide profile new {name}`"
        raise RequestError(f"no profile '{name}'; {advice}")
    return path


def load_profile(name_or_path: str | Path) -> Profile:
    """Return the profile that a name or a path means; one without a name of its own is called like its file.

    Raises:
        RequestError: when no profile has this name.
        FileError: with every problem of the file.
    """
    path = find_profile(name_or_path)
    profile = parse_profile(read_toml(path), str(path))
    folder = path.absolute().parent
    # Files are passed around, and a file that somebody sends must not be able to run a program here.
    if profile.voice.command is not None and not is_kept(path):
        problem = Problem("voice.command", "is only run from a kept profile", f"put the file into {profile_folder()}")
        raise FileError(str(path), [problem])

    def placed(file: str | None) -> str | None:
        # Relative paths start from the profile's own folder, wherever the command is called.
        # os.path, unlike pathlib, is content where there is no home folder.
        return None if file is None else str(folder / os.path.expanduser(file))  # noqa: PTH111

    return profile.model_copy(
        update={
            "name": profile.name or written_name(path.stem),
            "music": profile.music.model_copy(update={"path": placed(profile.music.path)}),
            "sound": profile.sound.model_copy(update={"beeps": placed(profile.sound.beeps)}),
        }
    )


def parse_profile(table: dict[str, Any], source: str) -> Profile:
    """Return the profile in ``table``; ``source`` names the file in errors.

    Raises:
        FileError: with every problem of the file.
    """
    if "phase" in table:
        problem = Problem("", "is a protocol, not a profile", "name it without --profile")
        raise FileError(source, [problem])
    problems = [*language_problems(table), *length_problems(table)]
    try:
        profile = Profile.model_validate(table)
    except ValidationError as error:
        raise FileError(source, [*problems_of(error, Profile, table), *problems]) from None
    if problems:
        raise FileError(source, problems)
    return profile
