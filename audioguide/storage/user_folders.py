"""The user's own folders: for what is cached, for profiles, for fetched voices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audioguide.errors import RequestError


def cache_folder() -> Path | None:
    """Return the folder for what is made again when it is missing; None for a user without a home folder."""
    from platformdirs import user_cache_path

    return _folder(user_cache_path)


def config_folder() -> Path:
    """Return the folder for what the user states.

    Raises:
        RequestError: for a user without a home folder.
    """
    from platformdirs import user_config_path

    return _required(user_config_path, "XDG_CONFIG_HOME", what="profiles are kept")


def data_folder() -> Path:
    """Return the folder for what is fetched.

    Raises:
        RequestError: for a user without a home folder.
    """
    from platformdirs import user_data_path

    return _required(user_data_path, "XDG_DATA_HOME", what="fetched voices are kept")


def _required(path: Callable[[str], Path], variable: str, what: str) -> Path:
    folder = _folder(path)
    if folder is None:
        raise RequestError(f"there is no home folder, in which {what}; set HOME or {variable} to a folder")
    return folder


def _folder(path: Callable[[str], Path]) -> Path | None:
    # A container may run under a number that no user has. Of such a one newer versions of platformdirs raise an error,
    # and older ones give a folder named "~" wherever the user happens to be.
    try:
        folder = path("audioguide")
    except RuntimeError:
        return None
    return folder if folder.is_absolute() else None
