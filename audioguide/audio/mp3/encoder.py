"""Samples to MP3 at a constant bitrate, mono or stereo, through LAME."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import numpy as np

from audioguide.audio.clip import Samples
from audioguide.audio.mp3.info_frame import frames_needed, info_frame
from audioguide.audio.mp3.mp3_format import MONO, Mp3Format
from audioguide.errors import OutputError

LOUDEST = 0.95
"""LAME turns everything down by this factor at these bitrates (the scale column of its presets, ``presets.c``), so
sound goes in as much louder, and may peak at no more."""

_FULL_SCALE = 32767

Progress = Callable[[float], None]
"""Called with the share that is done, over 0 and up to 1."""


@cache
def encoding(mp3_format: Mp3Format = MONO) -> str:
    """Return what decides the bytes that samples become: the encoder's version and all its settings."""
    from importlib.metadata import version

    channels = "mono" if mp3_format.channels == 1 else "stereo"
    sound = f"{mp3_format.rate_hz} Hz {channels} {mp3_format.bitrate_kbps} kbit/s"
    return f"lameenc {version('lameenc')}, {sound} quality {mp3_format.quality} scale {LOUDEST}"


def encode(samples: Samples, progress: Progress | None = None, mp3_format: Mp3Format = MONO) -> bytes:
    """Return ``samples`` as MP3 frames behind an Info frame.

    Decoders that know the Info frame give exactly n samples at offset 0. Equal samples give equal bytes.

    Args:
        samples: float32, shape (n,) for mono, (n, 2) for stereo, at the format's rate.
        progress: told now and then the share that is done.
        mp3_format: what kind of MP3.

    Raises:
        ValueError: when ``samples`` is empty or peaks above ``LOUDEST``.
        OutputError: when the encoder gave something else than it was asked for.
    """
    if samples.size == 0:
        raise ValueError("there is nothing to encode")
    frames = encode_frames(samples, frames_needed(len(samples), mp3_format), progress, mp3_format)
    return info_frame(frames, len(samples), mp3_format) + frames


def encode_frames(
    samples: Samples, count: int, progress: Progress | None = None, mp3_format: Mp3Format = MONO
) -> bytes:
    """Return the first ``count`` frames of ``samples``, shaped as for `encode`, by an encoder of their own.

    Raises:
        ValueError: when ``samples`` peaks above ``LOUDEST``.
        OutputError: when the encoder gave something else than it was asked for.
    """
    return encode_pieces(_minutes_of(samples, progress, mp3_format), count, mp3_format)


def _minutes_of(samples: Samples, progress: Progress | None, mp3_format: Mp3Format) -> Iterator[Samples]:
    """Yield ``samples`` minute by minute, so that no more than that is ever copied into 16 bits at once."""
    minute = 60 * mp3_format.rate_hz
    for start in range(0, len(samples), minute):
        yield samples[start : start + minute]
        if progress is not None:
            progress(min(1.0, (start + minute) / len(samples)))


def encode_pieces(pieces: Iterable[Samples], count: int, mp3_format: Mp3Format = MONO) -> bytes:
    """Return the first ``count`` frames of ``pieces``, shaped as for `encode`, one after the other in one encoder.

    Raises:
        ValueError: when a piece peaks above ``LOUDEST``.
        OutputError: when the encoder gave something else than it was asked for.
    """
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()  # it prints its settings otherwise
    encoder.set_bit_rate(mp3_format.bitrate_kbps)
    encoder.set_in_sample_rate(mp3_format.rate_hz)
    encoder.set_channels(mp3_format.channels)
    encoder.set_quality(mp3_format.quality)
    encoded = bytearray()
    for samples in pieces:
        if max(samples.max(), -samples.min()) > LOUDEST:
            raise ValueError(f"samples peak above {LOUDEST}, which the encoder would clip")
        # Rounded without dither: silence has to stay silence, and the rounding lies 70 dB below the codec's own noise.
        pcm = np.rint(samples * np.float32(_FULL_SCALE / LOUDEST)).astype("<i2")
        encoded += encoder.encode(pcm.tobytes())  # lameenc takes bytes, no arrays
    encoded += encoder.flush()
    # What follows the wanted frames is the encoder's own padding. Cutting it is safe: a frame takes data from the
    # frames before it only (main_data_begin points backwards).
    wanted = count * mp3_format.frame_bytes
    if len(encoded) < wanted or len(encoded) % mp3_format.frame_bytes:
        raise OutputError(f"the MP3 encoder gave {len(encoded)} bytes, where {wanted} were due")
    return bytes(encoded[:wanted])
