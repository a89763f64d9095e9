"""Where the espeakng-loader wheel keeps libespeak-ng and its data, for `espeak` and, on Linux, `pyttsx3_engine`."""

from __future__ import annotations

import contextlib
import sys
import zlib
from functools import cache
from importlib import metadata, util
from pathlib import Path

from msgspec import Struct

from audioguide.errors import SpeechError
from audioguide.storage.plain_files import read_plain

WHEEL = "espeakng-loader"
MODULE = "espeakng_loader"

ENGLISH_VOICE = "gmw/en-us"
"""American English without a variant: of the voices tried, the one an independent recogniser understood best."""

# The soname with its number on Linux: it is what pyttsx3 and other libraries ask the loader for.
LIBRARIES = {"linux": "libespeak-ng.so.1", "darwin": "libespeak-ng.dylib"}


class EspeakFiles(Struct, frozen=True):
    """What the wheel brought.

    Attributes:
        library: the shared library.
        home: the folder that holds ``espeak-ng-data``.
    """

    library: Path
    home: Path

    def variants(self) -> tuple[str, ...]:
        """Return the names that may follow a voice's id after a plus sign."""
        folder = self.home / "espeak-ng-data" / "voices" / "!v"
        return tuple(sorted(file.name for file in folder.iterdir())) if folder.is_dir() else ()


def espeak_files(engine: str) -> EspeakFiles:
    """Return the wheel's files, without importing it.

    Args:
        engine: what needs them, for the error message.

    Raises:
        SpeechError: when the wheel is missing or incomplete.
    """
    # The folder is all that is wanted; the wheel's own function gives the library's name without its number.
    spec = util.find_spec(MODULE)
    if spec is None or spec.origin is None:
        raise SpeechError(f"the engine '{engine}' needs the package {WHEEL}; fix it with: pip install {WHEEL}")
    home = Path(spec.origin).parent
    library = home / LIBRARIES.get(sys.platform, "libespeak-ng.so")
    # Without its data the library ends the process instead of reporting an error, so look before it does.
    for needed in (library, home / "espeak-ng-data" / "phontab"):
        if not needed.is_file():
            raise SpeechError(
                f"the engine '{engine}' lacks {needed}; fix it with: pip install --force-reinstall {WHEEL}"
            )
    return EspeakFiles(library, home)


@cache
def wheel_digest(files: EspeakFiles) -> str:
    """Return the CRC-32 of all that the wheel speaks with, in hexadecimal; read once a process, in some 15 ms.

    Clips are cached by it: what damaged data spoke is spoken anew once the data is repaired.
    """
    crc = 0
    data = sorted(file for file in (files.home / "espeak-ng-data").rglob("*") if file.is_file())
    for file in (files.library, *data):
        crc = zlib.crc32(file.name.encode("utf-8", "replace"), crc)
        # What can't be read doesn't speak either.
        with contextlib.suppress(OSError):
            crc = zlib.crc32(read_plain(file), crc)
    return f"{crc:08x}"


def wheel_version() -> str:
    """Return the wheel's version, or ``unknown`` where it was not installed as a package."""
    try:
        return metadata.version(WHEEL)
    except metadata.PackageNotFoundError:
        return "unknown"
