"""Clips as WAV files, to listen to a single one."""

from __future__ import annotations

import io
import wave

import numpy as np

from audioguide.audio.clip import Clip


def wav_bytes(clip: Clip) -> bytes:
    """Return ``clip`` as a 16 bit mono WAV file at its own rate."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.rate_hz)
        # Clipped, not wrapped: a sample above full scale would otherwise come out at the other end of 16 bits.
        file.writeframes((np.clip(clip.samples, -1, 1) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()
