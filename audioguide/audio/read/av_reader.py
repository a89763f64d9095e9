"""Sound files read by FFmpeg through PyAV, an extra: M4A, AAC, WMA. It takes twice libsndfile's memory, so that reads
all it can.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Samples
from audioguide.errors import RequestError

if TYPE_CHECKING:
    from av.container import InputContainer

CONTAINERS = {".m4a": "mp4", ".m4b": "mp4", ".mp4": "mp4", ".aac": "aac", ".wma": "asf"}
"""FFmpeg's name of the container for each suffix read here."""

_ASF = bytes.fromhex("3026b2758e66cf11")
_LAYOUTS = ("mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1")
_PACKET = 1024


def container_of(head: bytes, suffix: str) -> str | None:
    """Return FFmpeg's name for the container of a file, or None where it is none of those read here.

    Its first bytes decide before its suffix: an M4A may be named .mp3. The name is given to FFmpeg, since left to
    guess it would also take playlists, and follow what stands in them.
    """
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.startswith(_ASF):
        return "asf"
    # ADTS (ISO/IEC 13818-7, 6.2): twelve bits set, then layer 0; an MP3's layer is never 0.
    if head[0] == 0xFF and head[1:2] and head[1] & 0xF6 == 0xF0:
        return "aac"
    known = head.startswith((b"RIFF", b"FORM", b"fLaC", b"OggS"))
    return None if known else CONTAINERS.get(suffix)


class AvReader(Struct, frozen=True):
    """A file that FFmpeg reads; see `audio.read.source.Reader`."""

    path: Path
    container: str
    rate_hz: int
    channels: int
    frames: int | None
    # A packet of AAC, which decoders may leave out at either end.
    slack: int = _PACKET

    def blocks(self, frames: int) -> Iterator[Samples]:
        """Yield shape (n, channels) from the start.

        Opened anew each time: after a seek, FFmpeg's AAC decoder doesn't give quite the same samples.

        Raises:
            EOFError: where the file is cut or damaged.
        """
        with _container(self.path, self.container) as container:
            yield from _in_blocks(self._decoded(container), frames)

    def _decoded(self, container: InputContainer) -> Iterator[Samples]:
        """Yield what FFmpeg decodes, in blocks of its own, without what the encoder added to fill its last packet."""
        import av

        # "fltp": float32, each channel by itself, whatever the decoder gives.
        resampler = av.AudioResampler("fltp", _LAYOUTS[self.channels - 1], self.rate_hz)
        left = self.frames
        try:
            for frame in chain(container.decode(audio=0), (None,)):  # None drives out what the resampler still holds
                for floats in resampler.resample(frame):
                    block = np.asarray(floats.to_ndarray(), np.float32).T
                    yield block if left is None else block[:left]
                    if left is not None:
                        left = max(0, left - len(block))
        except av.FFmpegError as error:
            # A raw stream says nothing of its length: what there is counts.
            if self.frames is not None:
                raise EOFError from error


def _in_blocks(blocks: Iterator[Samples], frames: int) -> Iterator[Samples]:
    """Yield ``blocks`` in pieces of ``frames``, the last one shorter."""
    waiting: list[Samples] = []
    for block in blocks:
        waiting.append(block)
        if sum(map(len, waiting)) >= frames:
            joined = np.concatenate(waiting)
            whole = len(joined) // frames * frames
            yield from (np.ascontiguousarray(joined[at : at + frames]) for at in range(0, whole, frames))
            waiting = [joined[whole:]]
    rest = np.concatenate(waiting) if waiting else np.empty((0, 1), np.float32)
    if len(rest):
        yield rest


@contextmanager
def opened(path: Path, container: str) -> Iterator[AvReader]:
    """Open ``path``.

    Raises:
        RequestError: when it is no sound, is cut short, or PyAV is not installed.
    """
    with _container(path, container) as open_file:
        stream: Any = open_file.streams.audio[0]
        codec = stream.codec_context
        # An MP4 says how many frames it holds; what the others say is a guess from their bit rate.
        known = container == "mp4" and stream.duration
        reader = AvReader(
            path=path,
            container=container,
            rate_hz=codec.sample_rate,
            channels=codec.layout.nb_channels,
            frames=int(stream.duration * stream.time_base * codec.sample_rate) if known else None,
        )
    yield reader


@contextmanager
def _container(path: Path, container: str) -> Iterator[InputContainer]:
    try:
        import av
    except ImportError as error:
        kind = path.suffix.lower() if path.suffix.lower() in CONTAINERS else ".m4a"
        raise RequestError(
            f'{path}: reading {kind} needs the extra `m4a`: pip install "audioguide[m4a]", or convert it to WAV, '
            "FLAC, OGG or MP3"
        ) from error
    # Tags of old files aren't always UTF-8, and none is used here. PyAV 19 takes any, and no longer has the argument.
    lenient: dict[str, Any] = {} if int(av.__version__.split(".")[0]) >= 19 else {"metadata_errors": "ignore"}
    with path.open("rb") as stream:
        try:
            open_file = av.open(stream, "r", format=container, **lenient)
        except (av.FFmpegError, ValueError) as error:
            raise RequestError(f"{path}: not a sound that can be read, or cut short; use a whole file") from error
        with open_file:
            if not open_file.streams.audio:
                raise RequestError(f"{path}: there is no sound in it, only pictures; use a sound file")
            yield open_file
