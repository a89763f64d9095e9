"""The beeps: one sound a role, loaded from the shipped WAV files. `audio.mix` places them, `check` recognises them."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from audioguide.audio.clip import Clip
from audioguide.errors import OutputError
from audioguide.model.kinds import BeepRole
from audioguide.model.units import SAMPLE_RATE_HZ


def load_sounds(folder: Traversable | None = None) -> dict[BeepRole, Clip]:
    """Return the sound of every role, at 24 kHz.

    Args:
        folder: where a ``<role>.wav`` of each role is; None takes the sounds that come with the program.

    Raises:
        OutputError: naming the file that is missing, broken, or not mono at 24 kHz.
    """
    home = files("audioguide.sounds") if folder is None else folder
    return {role: _loaded(home / f"{role}.wav") for role in BeepRole}


def _loaded(file: Traversable) -> Clip:
    import soundfile

    try:
        with file.open("rb") as stream:
            samples, rate_hz = soundfile.read(stream, dtype="float32")
    except (OSError, soundfile.LibsndfileError) as error:
        raise OutputError(f"the sound {file} is missing or broken: {error}") from error
    if rate_hz != SAMPLE_RATE_HZ or samples.ndim != 1 or samples.size == 0:
        raise OutputError(f"the sound {file} must be mono at {SAMPLE_RATE_HZ} Hz and not empty")
    return Clip(samples)
