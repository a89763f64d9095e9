"""Sound files read by libsndfile: WAV, AIFF, FLAC, OGG, MP3 and their kin."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from msgspec import Struct

from audioguide.audio.clip import Samples
from audioguide.audio.read.length_headers import OggEnd, mp3_declares_length, ogg_end, pcm_length
from audioguide.audio.read.quiet_stderr import stderr_silenced
from audioguide.errors import RequestError
from audioguide.model.units import clock

_FORMATS = ("WAV", "WAVEX", "RF64", "W64", "AIFF", "CAF", "AU", "FLAC", "OGG", "MP3")
"""What is accepted. libsndfile reads any text as sound where a suffix such as .au or .vox says it has no header."""

_MP3_FRAME = 1152
_SLACK_OF_MP3 = 2 * _MP3_FRAME
"""Some encoders count the frame that carries the count, and some decoders drop the first."""

_UNKNOWN_FRAMES = 1 << 62
"""libsndfile gives a FLAC that was written to a pipe a length of 2⁶³ − 1."""

_VORBIS_ORDERS = {
    3: (0, 2, 1),
    5: (0, 2, 1, 3, 4),
    6: (0, 2, 1, 5, 3, 4),
    7: (0, 2, 1, 6, 5, 3, 4),
    8: (0, 2, 1, 7, 5, 6, 3, 4),
}
"""Where WAVE's channels stand in Vorbis and Opus (Vorbis I, 4.3.9); libsndfile leaves them as they are."""


class ForwardFile(soundfile.SoundFile):  # type: ignore[misc]
    """Reads on without the seek that soundfile adds to each read: in an MP3 of variable bit rate it lands elsewhere."""

    def seekable(self) -> bool:
        """Return False, which is what keeps soundfile from seeking."""
        return False


class _Endless(io.RawIOBase):
    """A file that claims to be huge.

    libsndfile stops an MP3 at the length that mpg123 guesses, for one that declares none, from its size and first
    frame. With a variable bit rate that may be after a sixth of it.
    """

    _SIZE = 1 << 40
    _LOOKED_FOR_TAGS = 1 << 10

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._end = self._file.seek(0, os.SEEK_END)
        # An ID3v1 tag, the last 128 bytes, would be decoded as sound.
        if self._end > 128:
            self._file.seek(-128, os.SEEK_END)
            self._end -= 128 * (self._file.read(3) == b"TAG")
        self._at = self._file.seek(0)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._SIZE}[whence]
        self._file.seek(min(self._at, self._end))
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        if self._at >= self._SIZE - self._LOOKED_FOR_TAGS:
            # mpg123 takes a file for a pipe whose last 128 bytes, where a tag may stand, can't be read.
            view[:] = bytes(len(view))
            got = len(view)
        else:
            got = self._file.readinto(view[: max(0, self._end - self._at)])
        self._at += got
        return got

    def close(self) -> None:
        self._file.close()
        super().close()


class SndfileReader(Struct, frozen=True):
    """A file open in libsndfile; see `audio.read.source.Reader`."""

    file: Any
    frames: int | None
    slack: int
    order: tuple[int, ...] | None

    @property
    def rate_hz(self) -> int:
        """Frames a second."""
        return int(self.file.samplerate)

    @property
    def channels(self) -> int:
        """How many."""
        return int(self.file.channels)

    @property
    def _is_mp3(self) -> bool:
        return bool(self.file.format == "MP3")

    def blocks(self, frames: int) -> Iterator[Samples]:
        """Yield shape (n, channels) from the start.

        Raises:
            EOFError: where the file is cut or damaged.
        """
        self.file.seek(0)
        sound = True
        while sound:
            # Filled with NaN: after an error, soundfile doesn't say how much it had read, and this shows it.
            block = np.full((frames, self.channels), np.nan, np.float32)
            try:
                with stderr_silenced() if self._is_mp3 else nullcontext():
                    block = block[: len(self.file.read(out=block))]
                sound = len(block) > 0
            except soundfile.LibsndfileError as error:
                if not (self._is_mp3 and self.frames is None):
                    raise EOFError from error
                # An MP3 that says nothing of its length may end in half a frame or a tag: what was read of it counts.
                block, sound = block[~np.isnan(block[:, 0])], False
            if len(block):
                yield block if self.order is None else block[:, self.order]


@contextmanager
def opened(path: Path) -> Iterator[SndfileReader]:
    """Open ``path``.

    Raises:
        RequestError: when it is no sound that libsndfile reads, or is cut short.
    """
    with contextlib.ExitStack() as open_files:
        # As bytes on POSIX: soundfile encodes a str strictly, and fails on a name that is no valid text.
        file = open_files.enter_context(_sound_file(path, os.fsencode(path) if os.name == "posix" else str(path)))
        frames = None if file.frames >= _UNKNOWN_FRAMES else int(file.frames)
        slack = 0
        if file.format == "MP3":
            slack = _SLACK_OF_MP3
            if not mp3_declares_length(path):
                # Opened anew as a file without an end, so that all of it is read; see `_Endless`.
                frames = None
                file = open_files.enter_context(_sound_file(path, open_files.enter_context(_Endless(path))))
        else:
            _check_whole(path, file)
        order = _VORBIS_ORDERS.get(file.channels) if file.format == "OGG" else None
        yield SndfileReader(file, frames, slack, order)


def _sound_file(path: Path, file: bytes | str | _Endless) -> Any:
    try:
        with stderr_silenced():
            opened_file = ForwardFile(file)
    except (soundfile.LibsndfileError, TypeError) as error:
        # A TypeError: soundfile wants to be told what is in a .raw file.
        raise RequestError(_not_sound(path)) from error
    if opened_file.format not in _FORMATS:
        opened_file.close()
        raise RequestError(_not_sound(path))
    return opened_file


def _not_sound(path: Path) -> str:
    return f"{path}: not a sound that can be read, or broken; use a whole WAV, FLAC, OGG, MP3, AIFF or M4A file"


def _check_whole(path: Path, file: Any) -> None:
    """Raise where a file ends earlier than its own header says; libsndfile corrects that length and keeps quiet."""
    read = clock(int(file.frames) * 1000 // file.samplerate)
    if file.format == "OGG":
        if ogg_end(path) is OggEnd.INSIDE_A_PAGE:
            raise RequestError(f"{path}: breaks off after {read}; use a whole file")
        return
    length = pcm_length(path)
    if length is not None and length.there < length.declared and file.frames:
        # Whole bytes a frame: of ADPCM, with less than one, the length is told as what there is.
        whole = clock(length.declared // max(1, length.there // int(file.frames)) * 1000 // file.samplerate)
        raise RequestError(f"{path}: breaks off after {read} of {whole}; use a whole file")
