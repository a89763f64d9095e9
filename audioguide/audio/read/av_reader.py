"""Sound files read by FFmpeg through PyAV, an extra: M4A, AAC, WMA. `audio.read.source` opens them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

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
    if head[0] == 0xFF and head[1:2] and head[1] & 0xF6 == 0xF0:
        return "aac"
    known = head.startswith((b"RIFF", b"FORM", b"fLaC", b"OggS"))
    return None if known else CONTAINERS.get(suffix)


@dataclass(frozen=True, slots=True)
class AvReader:
    """A file that FFmpeg reads; see `audio.source.Reader`."""

    path: Path
    container: str
    rate_hz: int
    channels: int
    frames: int | None
    slack: int = _PACKET

    def blocks(self, frames: int) -> Iterator[Samples]:
        """Yield shape (n, channels) from the start.

        Opened anew each time: after a seek, FFmpeg's AAC decoder doesn't give quite the same samples.

        Raises:
            EOFError: where the file is cut or damaged.
        """
        with _container(self.path, self.container) as container:
            yield from _in_blocks(self._cut(self._decoded(container)), frames)

    def _decoded(self, container: InputContainer) -> Iterator[Samples]:
        import av

        resampler = av.AudioResampler("fltp", _LAYOUTS[self.channels - 1], self.rate_hz)
        try:
            for frame in container.decode(audio=0):
                for floats in resampler.resample(frame):
                    yield np.asarray(floats.to_ndarray(), np.float32).T
            for floats in resampler.resample(None):
                yield np.asarray(floats.to_ndarray(), np.float32).T
        except av.FFmpegError as error:
            # A raw stream says nothing of its length: what there is counts.
            if self.frames is not None:
                raise EOFError from error

    def _cut(self, blocks: Iterator[Samples]) -> Iterator[Samples]:
        """Yield ``blocks`` without what the encoder added at the end to fill its last packet."""
        left = self.frames
        for block in blocks:
            yield block if left is None else block[:left]
            if left is not None:
                left = max(0, left - len(block))


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
        stream = open_file.streams.audio[0]
        codec = stream.codec_context
        reader = AvReader(path, container, codec.sample_rate, codec.layout.nb_channels, _frames(container, stream))
    yield reader


def _frames(container: str, stream: Any) -> int | None:
    """Return how many frames an MP4 says it holds; what the others say is a guess from their bit rate."""
    if container != "mp4" or not stream.duration:
        return None
    return int(stream.duration * stream.time_base * stream.codec_context.sample_rate)


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
