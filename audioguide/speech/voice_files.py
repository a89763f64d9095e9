"""Voices that the user has fetched, in their data folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def voices_folder() -> Path:
    """Return the folder of the voices that were fetched; it may not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("audioguide") / "voices"


def installed(engine: str) -> Mapping[str, Path]:
    """Return the file of each fetched voice of ``engine``, by the voice's name."""
    folder = voices_folder() / engine
    return {file.stem: file for file in sorted(folder.glob("*.onnx"))} if folder.is_dir() else {}
