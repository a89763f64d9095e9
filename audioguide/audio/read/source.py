"""Any sound file a user gives, opened for reading block by block. Two adapters decode: one by libsndfile, and for what
that can't read, such as M4A, one by FFmpeg.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Samples
from audioguide.audio.read import av_reader
from audioguide.errors import RequestError
from audioguide.model.units import clock

_READ_BY_SNDFILE = (".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aiff", ".aif", ".aifc", ".caf", ".w64", ".rf64")

SUFFIXES = frozenset((*_READ_BY_SNDFILE, *av_reader.CONTAINERS))
"""Suffixes, in lower case, of what is taken for a sound file in a folder, whether or not it can be read here."""

LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 4_000, 768_000

_HALF_POWER = np.float32(0.5**0.5)
_LEFT, _RIGHT, _BOTH, _NEITHER = (1, 0), (0, 1), (_HALF_POWER, _HALF_POWER), (0, 0)
_REAR_LEFT, _REAR_RIGHT = (_HALF_POWER, 0), (0, _HALF_POWER)
_LAYOUTS = {
    1: ((1, 1),),
    2: (_LEFT, _RIGHT),
    3: (_LEFT, _RIGHT, _BOTH),
    4: (_LEFT, _RIGHT, _REAR_LEFT, _REAR_RIGHT),
    5: (_LEFT, _RIGHT, _BOTH, _REAR_LEFT, _REAR_RIGHT),
    6: (_LEFT, _RIGHT, _BOTH, _NEITHER, _REAR_LEFT, _REAR_RIGHT),
    7: (_LEFT, _RIGHT, _BOTH, _NEITHER, _BOTH, _REAR_LEFT, _REAR_RIGHT),
    8: (_LEFT, _RIGHT, _BOTH, _NEITHER, _REAR_LEFT, _REAR_RIGHT, _REAR_LEFT, _REAR_RIGHT),
}
"""For each number of channels, in the order of WAVE files, how strongly each goes to the left and to the right: ITU-R
BS.775-3, table 2. The low effects are left out, as there."""

_MOST_CHANNELS = max(_LAYOUTS)


class Reader(Protocol):
    """What an adapter gives."""

    @property
    def rate_hz(self) -> int:
        """Frames a second."""
        ...

    @property
    def channels(self) -> int:
        """How many, in the order of WAVE files."""
        ...

    @property
    def frames(self) -> int | None:
        """How many the file says it holds; None where it doesn't say."""
        ...

    @property
    def slack(self) -> int:
        """How many of them a whole file may lack."""
        ...

    def blocks(self, frames: int) -> Iterator[Samples]:
        """Yield shape (n, channels), 0 < n ≤ ``frames``, from the start.

        Raises:
            EOFError: where the file is cut or damaged.
        """
        ...


class Source(Struct, frozen=True):
    """An open sound file.

    Attributes:
        path: the file.
        reader: what decodes it.
    """

    path: Path
    reader: Reader

    @property
    def rate_hz(self) -> int:
        """Frames a second."""
        return self.reader.rate_hz

    @property
    def channels(self) -> int:
        """How many channels: 1 to 8, in the order of WAVE files."""
        return self.reader.channels

    @property
    def length_s(self) -> float | None:
        """Length that the file declares; None where it declares none."""
        return None if self.reader.frames is None else self.reader.frames / self.rate_hz

    def blocks(self, frames: int) -> Iterator[Samples]:
        """Yield the sound from the start, float32, shape (n, channels), 0 < n ≤ ``frames``. One at a time reads.

        Raises:
            RequestError: where the file breaks off, holds no sound at all, or a sample is not a number.
        """
        done = 0
        try:
            for block in self.reader.blocks(frames):
                bad = np.flatnonzero(~np.isfinite(block).all(axis=1))
                if bad.size:
                    raise RequestError(
                        f"{self.path}: not all of it is sound: at {self._clock(done + int(bad[0]))} is a sample that "
                        "is infinite or not a number; export the file anew"
                    )
                done += len(block)
                yield block
        except EOFError:
            raise self._broken_off(done) from None
        # A decoder may stop early without an error, and then the rest of the session would be silent.
        if self.reader.frames is not None and done < self.reader.frames - self.reader.slack:
            raise self._broken_off(done)
        if done == 0:
            raise _no_sound(self.path)

    def _broken_off(self, done: int) -> RequestError:
        whole = f" of {self._clock(self.reader.frames)}" if self.reader.frames is not None else ""
        return RequestError(f"{self.path}: breaks off after {self._clock(done)}{whole}; use a whole file")

    def _clock(self, frames: int) -> str:
        return clock(frames * 1000 // self.rate_hz)


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open ``path`` to be read, in a context. Only its header is read at once.

    Raises:
        RequestError: on entering, naming the file: it can't be read, is no sound, is empty or cut short, or has more
            than 8 channels.
    """
    from audioguide.audio.read import sndfile_reader

    container = av_reader.container_of(_first_bytes(path), path.suffix.lower())
    opened: AbstractContextManager[Reader] = (
        sndfile_reader.opened(path) if container is None else av_reader.opened(path, container)
    )
    with opened as reader:
        if not 1 <= reader.channels <= _MOST_CHANNELS:
            raise RequestError(f"{path}: {reader.channels} channels; a sound has at most {_MOST_CHANNELS}, best 1 or 2")
        if not LOWEST_RATE_HZ <= reader.rate_hz <= HIGHEST_RATE_HZ:
            raise RequestError(
                f"{path}: a rate of {reader.rate_hz} Hz; it lies from {LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ}"
            )
        if reader.frames == 0:
            raise _no_sound(path)
        yield Source(path, reader)


def is_sound_file(path: Path) -> bool:
    """Return whether a file found in a folder is taken for a sound: by its suffix, and unless it is hidden."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def _first_bytes(path: Path) -> bytes:
    """Return the first bytes, once it is sure that there is a file to read: a device or a pipe may never end."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise RequestError(f"{path}: a folder; name a sound file")
        if not stat.S_ISREG(status.st_mode):
            raise RequestError(f"{path}: a device or pipe; name a sound file")
        with path.open("rb") as stream:
            head = stream.read(16)
    except FileNotFoundError as error:
        raise RequestError(f"{path}: no such file") from error
    except (OSError, ValueError) as error:
        raise RequestError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error
    if not head:
        raise RequestError(f"{path}: empty (0 bytes); use a whole file")
    return head


def _no_sound(path: Path) -> RequestError:
    return RequestError(f"{path}: there is no sound in it (a length of 0:00); use a whole file")


def to_stereo(block: Samples) -> Samples:
    """Return ``block``, shape (n, 1 to 8), as left and right, shape (n, 2), by ITU-R BS.775.

    Centre and surround are taken at −3 dB. The whole is scaled so that its peak can't exceed that of the block.

    Raises:
        ValueError: for more channels.
    """
    if block.shape[1] == 2:
        return block
    if block.shape[1] not in _LAYOUTS:
        raise ValueError(f"a block has 1 to {_MOST_CHANNELS} channels, not {block.shape[1]}")
    # Scaled by the side that gathers most, so that full scale in all channels doesn't clip.
    shares = np.array(_LAYOUTS[block.shape[1]], np.float32)
    # Not `@`, which leaves its sums to BLAS, whose order, and so the last bit, differs by processor.
    mixed: Samples = np.einsum("ij,jk->ik", block, shares / shares.sum(axis=0).max())
    return mixed


def to_mono(block: Samples) -> Samples:
    """Return ``block``, shape (n, 1 to 8), as one channel, shape (n,): the mean of its left and right.

    Raises:
        ValueError: for more channels.
    """
    mixed: Samples = to_stereo(block).mean(axis=1, dtype=np.float32)
    return mixed
