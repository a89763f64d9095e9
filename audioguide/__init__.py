"""audioguide turns an exercise protocol into an MP3 that a person follows hands-free.

What developers import, each name loaded when it is first used:

    from pathlib import Path
    from audioguide import build, load_profile, load_protocol, plan

    session = plan(load_protocol("hip-flexor"), load_profile("anna"))
    build(load_protocol("hip-flexor"), Path("hip-flexor.mp3"))
"""

from __future__ import annotations

# Not that of `typing`, which takes longer to import than all else before signals are taken over.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from audioguide.api import batch, build, plan
    from audioguide.audio.read.audio_segment import to_audio_segment
    from audioguide.library.profile_files import load_profile
    from audioguide.library.protocol_files import load_protocol

__all__ = ["batch", "build", "load_profile", "load_protocol", "plan", "to_audio_segment"]

_HOMES = {
    "batch": "audioguide.api",
    "build": "audioguide.api",
    "plan": "audioguide.api",
    "load_profile": "audioguide.library.profile_files",
    "load_protocol": "audioguide.library.protocol_files",
    "to_audio_segment": "audioguide.audio.read.audio_segment",
}


def __getattr__(name: str) -> object:
    # On first use, so that `audioguide --help` loads neither pydantic nor numpy.
    if name not in _HOMES:
        raise AttributeError(f"module 'audioguide' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
