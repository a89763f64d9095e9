"""A timeline made sound: mixed and encoded. The last step before `export.id3` adds the tags."""

from __future__ import annotations

from collections.abc import Mapping

from audioguide.audio.clip import Clip
from audioguide.audio.mix import mix
from audioguide.audio.mp3 import Progress, encode
from audioguide.model.kinds import BeepRole
from audioguide.model.timeline import Timeline


def render(
    timeline: Timeline,
    speech: Mapping[str, Clip],
    sounds: Mapping[BeepRole, Clip],
    progress: Progress | None = None,
) -> bytes:
    """Return the session as MP3 frames behind an Info frame; decoded it lasts exactly ``timeline.duration_ms``.

    Args:
        timeline: what is heard when.
        speech: the clip of each text, 24 kHz, at its loudness.
        sounds: the clip of each beep, 24 kHz.
        progress: told now and then the share that is done, up to 1.

    Raises:
        ValueError: when a clip is missing or doesn't fit its event.
        OutputError: when the encoder failed.
    """
    return encode(mix(timeline, speech, sounds), progress)
