"""The frames of a session as runs, written one after the other: equal frames are held once, however long it lasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audioguide.audio.mp3.crc16 import crc16_after, crc16_of_each, crc16_repeated
from audioguide.audio.mp3.info_frame import info_frame_for
from audioguide.audio.mp3.mp3_format import MONO, Mp3Format

_BYTES_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Run:
    """Whole frames, so many times over."""

    frames: bytes
    times: int = 1


@dataclass(frozen=True, slots=True)
class Mp3Stream:
    """An MP3 without tags: the Info frame, then the runs.

    Attributes:
        runs: the frames, in order.
        samples: how long the session is, in samples at the format's rate.
        form: what kind of MP3.
    """

    runs: tuple[Run, ...]
    samples: int
    form: Mp3Format = MONO

    @property
    def count(self) -> int:
        """How many frames the runs are."""
        return sum(len(run.frames) * run.times for run in self.runs) // self.form.frame_bytes

    @property
    def size(self) -> int:
        """Length of the file in bytes."""
        return self.form.frame_bytes * (1 + self.count)

    def chunks(self) -> Iterator[bytes]:
        """Yield the file in pieces of at most about a megabyte.

        Raises:
            ValueError: when the frames don't fit the length.
        """
        yield info_frame_for(self.count, self._crc(), self.samples, self.form)
        for run in self.runs:
            at_once = max(1, _BYTES_AT_ONCE // len(run.frames))
            whole, rest = divmod(run.times, at_once)
            for _ in range(whole):
                yield run.frames * at_once
            if rest:
                yield run.frames * rest

    def _crc(self) -> int:
        distinct = list({id(run.frames): run.frames for run in self.runs}.values())
        own = dict(zip(map(id, distinct), crc16_of_each(distinct, self.form.frame_bytes), strict=True))
        crc = 0
        for run in self.runs:
            size = len(run.frames)
            crc = crc16_after(crc, crc16_repeated(own[id(run.frames)], size, run.times), size * run.times)
        return crc
