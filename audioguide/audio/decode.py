"""MP3 to samples, by a decoder that shares nothing with the encoder: libsndfile with mpg123. `check` listens by it."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.errors import RequestError


def decode(source: Path | bytes) -> Clip:
    """Return the sound of a mono MP3, at the file's own rate, cut to the length that its Info frame gives.

    A file that breaks off gives what is left of it.

    Args:
        source: a file, or the bytes of one.

    Raises:
        RequestError: when there is no such file, it is not a mono MP3, or there is no sound in it.
    """
    import soundfile

    name = "the data" if isinstance(source, bytes) else str(source)
    try:
        with (
            _without_chatter(),
            soundfile.SoundFile(io.BytesIO(source) if isinstance(source, bytes) else source) as file,
        ):
            if file.format != "MP3" or file.channels != 1:
                raise RequestError(f"{name}: {file.channels}-channel {file.format}, not a mono MP3")
            samples = file.read(dtype="float32")
            rate_hz = int(file.samplerate)
    except OSError as error:
        raise RequestError(f"{name}: can't be read: {error.strerror}") from error
    except soundfile.LibsndfileError as error:
        raise RequestError(f"{name}: {_reason(source)}") from error
    if samples.size == 0:
        raise RequestError(f"{name}: an MP3 without sound")
    return Clip(samples, rate_hz)


@contextlib.contextmanager
def _without_chatter() -> Iterator[None]:
    """Keep what mpg123 itself writes of a damaged file off standard error; what counts is raised."""
    sys.stderr.flush()
    kept = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


def _reason(source: Path | bytes) -> str:
    if isinstance(source, Path) and not source.exists():
        return "no such file"
    return "not an MP3 that can be decoded"
