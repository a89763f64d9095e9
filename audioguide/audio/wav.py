"""Clips as WAV files, to listen to a single one."""

from __future__ import annotations

import io
import struct
import wave

import numpy as np

from audioguide.audio.clip import Clip


def wav_bytes(clip: Clip, software: str) -> bytes:
    """Return ``clip`` as a 16 bit mono WAV file at its own rate that says which ``software`` made it."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.rate_hz)
        # Clipped, not wrapped: a sample above full scale would otherwise come out at the other end of 16 bits.
        file.writeframes((np.clip(clip.samples, -1, 1) * 32767).astype("<i2").tobytes())
    # A list of infos behind the sound (Multimedia Programming Interface and Data Specifications 1.0, 2: LIST, INFO).
    # Chunks have an even size.
    text = software.encode("ascii") + b"\0"
    text += b"\0" * (len(text) % 2)
    info = b"INFOISFT" + struct.pack("<I", len(text)) + text
    wav = buffer.getvalue() + b"LIST" + struct.pack("<I", len(info)) + info
    return wav[:4] + struct.pack("<I", len(wav) - 8) + wav[8:]
