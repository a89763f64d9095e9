"""A finished session as pydub's `AudioSegment`, to cut and mix further. The extra `pydub` brings it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audioguide.audio.read.sndfile_reader import opened
from audioguide.errors import RequestError

if TYPE_CHECKING:
    from pydub import AudioSegment

_BLOCK = 1 << 20
"""Frames that are read at once: under a minute."""


def to_audio_segment(file: str | Path) -> AudioSegment:
    """Return the sound of an MP3 that audioguide built, 16 bits a sample, at the file's rate and channels.

    Its length is the session's to the sample: what the encoder adds in front and behind is cut off, as players do.

    Raises:
        RequestError: when pydub is not installed, or the file can't be read.
    """
    try:
        from pydub import AudioSegment
    except ImportError:
        raise RequestError('pydub is not installed; install it with: pip install "audioguide[pydub]"') from None
    path = Path(file)
    try:
        with opened(path) as reader:
            # Block by block as 16 bits, half the size of what is decoded.
            blocks = (np.rint(np.clip(block, -1, 1) * 32767).astype("<i2") for block in reader.blocks(_BLOCK))
            data = b"".join(block.tobytes() for block in blocks)
            rate_hz, channels = reader.rate_hz, reader.channels
    except OSError as error:
        raise RequestError(f"{path}: can't be read ({error.strerror})") from None
    return AudioSegment(data=data, sample_width=2, frame_rate=rate_hz, channels=channels)
