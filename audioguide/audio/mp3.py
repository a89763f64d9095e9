"""Samples to MP3: mono, 24 kHz, 64 kbit/s constant. `audio.render` calls it; `audio.info_frame` says the length."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from audioguide.audio.clip import Samples
from audioguide.audio.info_frame import FRAME_BYTES, frames_needed, info_frame
from audioguide.errors import OutputError
from audioguide.model.units import SAMPLE_RATE_HZ

BITRATE_KBPS = 64

QUALITY = 7
"""LAME's scale, 2 (finest) to 7 (fastest). The finer ones shape the noise for music at few bits; speech has bits to
spare at this bitrate, and at 7 it comes out 4 dB closer to the original than at 5, in half the time."""

LOUDEST = 0.95
"""LAME turns everything down by this factor at this bitrate (the scale column of its presets, ``presets.c``), so sound
goes in as much louder, and may peak at no more."""


@cache
def encoding() -> str:
    """Return what decides the bytes that samples become: the encoder's version and all its settings."""
    from importlib.metadata import version

    return f"lameenc {version('lameenc')}, 24000 Hz mono {BITRATE_KBPS} kbit/s quality {QUALITY} scale {LOUDEST}"


_CHUNK_SAMPLES = 60 * SAMPLE_RATE_HZ
_FULL_SCALE = 32767

Progress = Callable[[float], None]
"""Called with the share that is done, over 0 and up to 1."""


def encode(samples: Samples, progress: Progress | None = None) -> bytes:
    """Return ``samples`` (float32, shape (n,), 24 kHz) as MP3 frames behind an Info frame.

    Decoders that know the Info frame give exactly n samples at offset 0. Equal samples give equal bytes.

    Raises:
        ValueError: when ``samples`` is empty or peaks above ``LOUDEST``.
        OutputError: when the encoder gave something else than it was asked for.
    """
    if samples.size == 0:
        raise ValueError("there is nothing to encode")
    frames = encode_frames(samples, frames_needed(samples.size), progress)
    return info_frame(frames, samples.size) + frames


def encode_frames(samples: Samples, count: int, progress: Progress | None = None) -> bytes:
    """Return the first ``count`` frames of ``samples`` (float32, shape (n,), 24 kHz), by an encoder of their own.

    Raises:
        ValueError: when ``samples`` peaks above ``LOUDEST``.
        OutputError: when the encoder gave something else than it was asked for.
    """
    frames = _frames(samples, progress)
    wanted = count * FRAME_BYTES
    if len(frames) < wanted or len(frames) % FRAME_BYTES:
        raise OutputError(f"the MP3 encoder gave {len(frames)} bytes, where {wanted} were due")
    return frames[:wanted]


def _frames(samples: Samples, progress: Progress | None) -> bytes:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(BITRATE_KBPS)
    encoder.set_in_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(QUALITY)
    encoded = bytearray()
    for start in range(0, samples.size, _CHUNK_SAMPLES):
        encoded += encoder.encode(_pcm(samples[start : start + _CHUNK_SAMPLES]))
        if progress is not None:
            progress(min(1.0, (start + _CHUNK_SAMPLES) / samples.size))
    encoded += encoder.flush()
    return bytes(encoded)


def _pcm(samples: Samples) -> bytes:
    """Return 16-bit little-endian PCM.

    Rounded without dither: silence has to stay silence, and the rounding lies 70 dB below the codec's own noise.
    """
    if max(samples.max(), -samples.min()) > LOUDEST:
        raise ValueError(f"samples peak above {LOUDEST}, which the encoder would clip")
    rounded = np.rint(samples * np.float32(_FULL_SCALE / LOUDEST)).astype("<i2")
    return bytes(rounded.tobytes())
