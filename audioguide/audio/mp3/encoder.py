"""Samples to MP3 at a constant bitrate, mono or stereo. `audio.render.render` and `audio.render.render_music` call it;
`audio.mp3.info_frame` says the length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np

from audioguide.audio.clip import Samples
from audioguide.audio.mp3.info_frame import frames_needed, info_frame
from audioguide.audio.mp3.mp3_format import MONO, Mp3Format
from audioguide.errors import OutputError
from audioguide.model.progress import Progress

LOUDEST = 0.95
"""LAME turns everything down by this factor at these bitrates (the scale column of its presets, ``presets.c``), so
sound goes in as much louder, and may peak at no more."""


@cache
def encoding(form: Mp3Format = MONO) -> str:
    """Return what decides the bytes that samples become: the encoder's version and all its settings."""
    from importlib.metadata import version

    sound = f"{form.rate_hz} Hz {'mono' if form.channels == 1 else 'stereo'} {form.bitrate_kbps} kbit/s"
    return f"lameenc {version('lameenc')}, {sound} quality {form.quality} scale {LOUDEST}"


_CHUNK_S = 60
_FULL_SCALE = 32767


def encode(samples: Samples, progress: Progress | None = None, form: Mp3Format = MONO) -> bytes:
    """Return ``samples`` as MP3 frames behind an Info frame.

    Decoders that know the Info frame give exactly n samples at offset 0. Equal samples give equal bytes.

    Args:
        samples: float32, shape (n,) for mono, (n, 2) for stereo, at the format's rate.
        progress: told now and then how many samples are done, of how many.
        form: what kind of MP3.

    Raises:
        ValueError: when ``samples`` is empty or peaks above ``LOUDEST``.
        OutputError: when the encoder gave something else than it was asked for.
    """
    if samples.size == 0:
        raise ValueError("there is nothing to encode")
    frames = encode_frames(samples, frames_needed(len(samples), form), progress, form)
    return info_frame(frames, len(samples), form) + frames


def encode_frames(samples: Samples, count: int, progress: Progress | None = None, form: Mp3Format = MONO) -> bytes:
    """Return the first ``count`` frames of ``samples``, shaped as for `encode`, by an encoder of their own.

    Raises:
        ValueError: when ``samples`` peaks above ``LOUDEST``.
        OutputError: when the encoder gave something else than it was asked for.
    """
    return encode_pieces(_pieces(samples, progress, form), count, form)


def encode_pieces(pieces: Iterable[Samples], count: int, form: Mp3Format = MONO) -> bytes:
    """Return the first ``count`` frames of ``pieces``, shaped as for `encode`, one after the other in one encoder.

    Raises:
        ValueError: when a piece peaks above ``LOUDEST``.
        OutputError: when the encoder gave something else than it was asked for.
    """
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(form.bitrate_kbps)
    encoder.set_in_sample_rate(form.rate_hz)
    encoder.set_channels(form.channels)
    encoder.set_quality(form.quality)
    encoded = bytearray()
    for piece in pieces:
        encoded += encoder.encode(_pcm(piece))
    encoded += encoder.flush()
    wanted = count * form.frame_bytes
    if len(encoded) < wanted or len(encoded) % form.frame_bytes:
        raise OutputError(f"the MP3 encoder gave {len(encoded)} bytes, where {wanted} were due")
    return bytes(encoded[:wanted])


def _pieces(samples: Samples, progress: Progress | None, form: Mp3Format) -> Iterator[Samples]:
    at_once = _CHUNK_S * form.rate_hz
    for start in range(0, len(samples), at_once):
        yield samples[start : start + at_once]
        if progress is not None:
            progress(min(start + at_once, len(samples)), len(samples))


def _pcm(samples: Samples) -> bytes:
    """Return 16-bit little-endian PCM, channels interleaved.

    Rounded without dither: silence has to stay silence, and the rounding lies 70 dB below the codec's own noise.
    """
    if max(samples.max(), -samples.min()) > LOUDEST:
        raise ValueError(f"samples peak above {LOUDEST}, which the encoder would clip")
    rounded = np.rint(samples * np.float32(_FULL_SCALE / LOUDEST)).astype("<i2")
    return bytes(rounded.tobytes())
