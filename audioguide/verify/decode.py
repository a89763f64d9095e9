"""MP3 to samples, by a decoder that shares nothing with the encoder: libsndfile with mpg123, where LAME encodes."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.true_peak import true_peak_dbtp
from audioguide.audio.read.quiet_stderr import stderr_silenced
from audioguide.audio.resample import blocks_at_our_rate
from audioguide.errors import RequestError
from audioguide.storage.plain_files import open_plain

if TYPE_CHECKING:
    from soundfile import SoundFile

_BLOCK_S = 10
_OVERLAP = 24
"""Samples of the block before that a peak between two blocks is looked for with."""


class Decoding:
    """A mono or stereo MP3 that is decoded block by block; what was decoded so far is told by the attributes.

    Attributes:
        rate_hz: the file's own rate.
        samples: how many of each channel came.
        peak_dbtp: the true peak of the channel that peaks highest.
    """

    def __init__(self, file: SoundFile) -> None:
        self._file = file
        self.rate_hz = int(file.samplerate)
        self.samples = 0
        self.peak_dbtp = -math.inf

    def blocks(self) -> Iterator[Samples]:
        """Yield one channel, shape (n,), at 24 kHz; of two, what is in both is as loud as it is in stereo."""
        return blocks_at_our_rate(self._mixed(), self.rate_hz)

    def _mixed(self) -> Iterator[Samples]:
        channels = int(self._file.channels)
        # A peak may lie between the last sample of one block and the first of the next.
        before = np.zeros((0, channels), np.float32)
        for block in _blocks(self._file):
            self.samples += len(block)
            heard = np.concatenate([before, block])
            self.peak_dbtp = max(self.peak_dbtp, *(true_peak_dbtp(np.ascontiguousarray(side)) for side in heard.T))
            before = block[-_OVERLAP:]
            # A voice in both channels measures 3 dB louder than in one; over the root of two, so does their sum.
            yield block.sum(axis=1) * np.float32(channels**-0.5)


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
    if not samples:
        raise _soundless(source)
    return Clip(np.concatenate(samples), rate_hz)


@contextmanager
def decoding(source: Path) -> Iterator[Decoding]:
    """Open a mono or stereo MP3 to be decoded in the block, as `decode` does.

    Raises:
        RequestError: as `decode` does.
    """
    with _opened(source, most_channels=2) as file:
        decoding = Decoding(file)
        yield decoding
    if not decoding.samples:
        raise _soundless(source)


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


def _soundless(source: Path | bytes) -> RequestError:
    return RequestError(f"{_name(source)}: an MP3 without sound")


def _name(source: Path | bytes) -> str:
    return "the data" if isinstance(source, bytes) else str(source)
