"""MP3 to samples, by a decoder that shares nothing with the encoder: libsndfile with mpg123, where LAME encodes."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.true_peak import true_peak_dbtp
from audioguide.audio.read.quiet_stderr import stderr_silenced
from audioguide.errors import RequestError
from audioguide.storage.plain_files import open_plain

if TYPE_CHECKING:
    from soundfile import SoundFile

_BLOCK_S = 60
_OVERLAP = 24
"""Samples of the block before that a peak between two blocks is looked for with."""


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """What is heard of an MP3.

    Attributes:
        clip: one channel, at the file's own rate; of two, what is in both keeps the loudness that it has in stereo.
        channels: 1 or 2.
        peak_dbtp: the true peak of the channel that peaks highest.
    """

    clip: Clip
    channels: int
    peak_dbtp: float


def decode(source: Path | bytes) -> Clip:
    """Return the sound of a mono MP3, at the file's own rate, cut to the length that its Info frame gives.

    A file that breaks off gives what is left of it.

    Args:
        source: a file, or the bytes of one.

    Raises:
        RequestError: when there is no such file, it is not a mono MP3, or there is no sound in it.
    """
    with _opened(source, most_channels=1) as file:
        samples = [block[:, 0] for block in _blocks(file)]
        rate_hz = int(file.samplerate)
    return Clip(_joined(samples, source), rate_hz)


def decode_session(source: Path | bytes) -> Decoded:
    """Return the sound of a mono or stereo MP3, as `decode` does; a long one is never held in stereo.

    Raises:
        RequestError: as `decode` does.
    """
    mixed: list[Samples] = []
    peak_dbtp = -math.inf
    with _opened(source, most_channels=2) as file:
        rate_hz, channels = int(file.samplerate), int(file.channels)
        # A peak may lie between the last sample of one block and the first of the next.
        before = np.zeros((0, channels), np.float32)
        for block in _blocks(file):
            heard = np.concatenate([before, block])
            peak_dbtp = max(peak_dbtp, *(true_peak_dbtp(np.ascontiguousarray(side)) for side in heard.T))
            # A voice in both channels measures 3 dB louder than in one; over the root of two, so does their sum.
            mixed.append(block.sum(axis=1) * np.float32(channels**-0.5))
            before = block[-_OVERLAP:]
    return Decoded(Clip(_joined(mixed, source), rate_hz), channels, peak_dbtp)


def _blocks(file: SoundFile) -> Iterator[Samples]:
    """Yield shape (n, channels). Not SoundFile.blocks: at a file's early end that yields whatever lies in memory."""
    while (block := file.read(file.samplerate * _BLOCK_S, dtype="float32", always_2d=True)).size:
        yield block


@contextmanager
def _opened(source: Path | bytes, most_channels: int) -> Iterator[SoundFile]:
    import soundfile

    from audioguide.audio.read.sndfile_reader import ForwardFile

    name = _name(source)
    wanted = "a mono MP3" if most_channels == 1 else "a mono or stereo MP3"
    try:
        if isinstance(source, Path) and source.exists():
            open_plain(source).close()  # libsndfile would wait for what comes out of a pipe
        with (
            stderr_silenced(),
            ForwardFile(io.BytesIO(source) if isinstance(source, bytes) else os.fsencode(source)) as file,
        ):
            if file.format != "MP3" or file.channels > most_channels:
                raise RequestError(f"{name}: {file.channels}-channel {file.format}, not {wanted}")
            yield file
    except OSError as error:
        raise RequestError(f"{name}: can't be read: {error.strerror}") from error
    except soundfile.LibsndfileError as error:
        missing = isinstance(source, Path) and not source.exists()
        reason = "no such file" if missing else "not an MP3 that can be decoded"
        raise RequestError(f"{name}: {reason}") from error


def _joined(blocks: list[Samples], source: Path | bytes) -> Samples:
    if not blocks:
        raise RequestError(f"{_name(source)}: an MP3 without sound")
    return np.concatenate(blocks)


def _name(source: Path | bytes) -> str:
    return "the data" if isinstance(source, bytes) else str(source)
