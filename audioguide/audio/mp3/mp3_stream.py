"""The frames of a session as runs, written one after the other: equal frames are held once, however long it lasts."""

from __future__ import annotations

from collections.abc import Iterator

from fastcrc import crc16
from msgspec import Struct

from audioguide.audio.mp3.info_frame import info_frame_for
from audioguide.audio.mp3.mp3_format import MONO, Mp3Format

_BYTES_AT_ONCE = 1 << 20


class Run(Struct, frozen=True):
    """Whole frames, so many times over."""

    frames: bytes
    times: int = 1


class Mp3Stream(Struct, frozen=True):
    """An MP3 without tags: the Info frame, then the runs.

    Attributes:
        runs: the frames, in order.
        samples: how long the session is, in samples at the format's rate.
        mp3_format: what kind of MP3.
    """

    runs: tuple[Run, ...]
    samples: int
    mp3_format: Mp3Format = MONO

    @property
    def count(self) -> int:
        """How many frames the runs are."""
        return sum(len(run.frames) * run.times for run in self.runs) // self.mp3_format.frame_bytes

    @property
    def size(self) -> int:
        """Length of the file in bytes."""
        return self.mp3_format.frame_bytes * (1 + self.count)

    def chunks(self) -> Iterator[bytes]:
        """Yield the file in pieces of at most about a megabyte.

        Raises:
            ValueError: when the frames don't fit the length.
        """
        # The Info frame carries the checksum of all that follows it and has to be written first, so the frames are
        # walked twice: memory for all of them would take longer to get than to gather them again. A CRC goes on from
        # where it stood: 10 MB take 0.3 ms.
        music_crc = 0
        for piece in self._pieces():
            music_crc = crc16.arc(piece, music_crc)
        yield info_frame_for(self.count, music_crc, self.samples, self.mp3_format)
        # Gathered, as most runs are short: a session has over a thousand, and each piece is a call of several readers.
        gathered: list[bytes] = []
        size = 0
        for piece in self._pieces():
            if gathered and size + len(piece) > _BYTES_AT_ONCE:
                yield b"".join(gathered)
                gathered, size = [], 0
            gathered.append(piece)
            size += len(piece)
        if gathered:
            yield b"".join(gathered)

    def _pieces(self) -> Iterator[bytes]:
        """Yield all frames behind the Info frame, a run or a part of one at a time, of about a megabyte at most."""
        for run in self.runs:
            at_once = max(1, _BYTES_AT_ONCE // len(run.frames))
            left = run.times
            while left > at_once:
                yield run.frames * at_once
                left -= at_once
            yield run.frames * left
