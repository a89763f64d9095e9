"""A sound file that a voice wrote, read and validated, whatever its format, rate and number of channels."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.errors import SpeechError
from audioguide.speech.engines.trimming import SHARP_ENDS, Ends, validated
from audioguide.speech.engines.worker import LONGEST_PAYLOAD
from audioguide.speech.text.clean import excerpt


def read_spoken(file: Path, text: str, plausible_ms: tuple[int, int], ends: Ends = SHARP_ENDS) -> Clip:
    """Return the clip of ``text`` in ``file``, trimmed.

    Raises:
        SpeechError: when there is no file, no sound format that is known, or no plausible sound.
    """
    import soundfile

    if not file.is_file() or file.stat().st_size == 0:
        raise SpeechError(f"the voice wrote no file for '{excerpt(text)}'")
    if file.stat().st_size > LONGEST_PAYLOAD:
        raise SpeechError(f"the voice wrote {file.stat().st_size / 1e6:.0f} MB for '{excerpt(text)}'")
    try:
        # By content, not by name: macOS writes AIFF into a file named .wav, and each platform has its own rate.
        samples, rate_hz = soundfile.read(file, dtype="float32", always_2d=True)
    except soundfile.SoundFileError as problem:
        raise SpeechError(f"the voice wrote a file that can't be read for '{excerpt(text)}': {problem}") from problem
    return validated(samples.mean(axis=1, dtype=np.float32), int(rate_hz), text, plausible_ms, ends=ends)
