"""Spoken cues as they are in finished MP3 files: built, decoded by a decoder that is not ours, cut by the plan."""

from __future__ import annotations

import hashlib
import subprocess
import wave
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from audioguide.audio.clip import Samples
from audioguide.library.builtin import exercises
from audioguide.library.protocol_files import builtin_ids, load_protocol, parse_protocol
from audioguide.model.kinds import Detail, EventKind
from audioguide.model.profile import Profile
from audioguide.model.protocol import Protocol
from audioguide.pipeline import Prepared, make_mp3, prepare_session
from audioguide.prescribe.layers import Layer

RATE_HZ = 16_000
"""What recognisers and predictors take."""

COUNTED_REPS = 30
"""The highest count that is spoken to them; more reps than people do in a set."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """With what a session is spoken.

    Attributes:
        engine: its name in the registry.
        rate_wpm: words a minute.
        voice: the engine's id of the voice; None takes its default.
    """

    engine: str
    rate_wpm: int = 150
    voice: str | None = None

    def layer(self, detail: Detail) -> Layer:
        """Return the wishes that make a session be spoken so, at a level of detail."""
        voice = {"engine": self.engine, "rate_wpm": self.rate_wpm} | ({"id": self.voice} if self.voice else {})
        return Layer("listening", Profile.model_validate({"voice": voice, "detail": detail.value}))


def spoken_by(voice: str, rate_wpm: int) -> Spoken:
    """Return what ``ENGINE`` or ``ENGINE:VOICE`` names, at a rate."""
    engine, _, name = voice.partition(":")
    return Spoken(engine, rate_wpm, name or None)


@contextmanager
def with_joe(folder: Path) -> Iterator[None]:
    """Install in ``folder``, for a while, the Piper voice that comes as a package: for tests and measurements only."""
    import pytest

    from tests.speech.joe import install_joe

    (folder / "joe").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        install_joe(patch, folder / "joe")
        yield


def sessions(spoken: Spoken, levels: Sequence[Detail] = tuple(Detail)) -> Iterator[tuple[str, Detail, Prepared]]:
    """Yield every built-in protocol at every level, then the exercises that none of them does, and counts."""
    protocols = [load_protocol(name) for name in builtin_ids()]
    for protocol in [*protocols, the_others(protocols), counting()]:
        for detail in levels:
            yield protocol.id, detail, prepare_session(protocol, [spoken.layer(detail)])


def the_others(protocols: Sequence[Protocol]) -> Protocol:
    """Return a protocol of the library's exercises that ``protocols`` don't do of themselves."""
    done: set[str] = set()
    for protocol in protocols:
        session = prepare_session(protocol, [Spoken("fake").layer(Detail.MINIMAL)]).session
        done |= {item.id for item in session.prescriptions()}
    left = [name for name in exercises() if name not in done]
    return _protocol("others", [{"title": "Others", "exercises": left}])


def counting() -> Protocol:
    """Return a protocol that counts to `COUNTED_REPS`, of itself and side by side."""
    tempo = [{"say": "Up", "s": 2}, {"say": "Down", "s": 2}]
    common = {"reps": COUNTED_REPS, "tempo": tempo, "setup": "Count with me."}
    moves = {
        "one": {"name": "Counting", **common},
        "two": {"name": "Counting sides", "sides": "alternating", **common, "reps": COUNTED_REPS // 2},
    }
    return _protocol("counting", [{"title": "Count", "exercises": list(moves)}], moves)


def _protocol(name: str, phases: list[dict[str, Any]], moves: Mapping[str, Any] | None = None) -> Protocol:
    table = {"format": 1, "id": name, "title": name.capitalize(), "phase": phases, "exercise": dict(moves or {})}
    return parse_protocol(table, name)


def cues_of(prepared: Prepared, mp3: Path) -> Iterator[tuple[str, Samples]]:
    """Write a session to ``mp3``, decode it, and yield the text and the sound of each spoken cue, in order."""
    mp3.write_bytes(b"".join(make_mp3(prepared)))
    sound = decoded(mp3)
    for event in prepared.plan.timeline.of_kind(EventKind.SPEECH):
        assert event.text is not None
        yield event.text, sound[event.start_ms * RATE_HZ // 1000 : event.end_ms * RATE_HZ // 1000]


def decoded(path: Path) -> Samples:
    """Return a file's samples at `RATE_HZ`, mono, as ffmpeg decodes them."""
    import imageio_ffmpeg

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-i", str(path)]
    command += ["-ac", "1", "-ar", str(RATE_HZ), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.float32)


def write_wav(samples: Samples, folder: Path) -> Path:
    """Write a cue at `RATE_HZ` into ``folder``, named by its sound, and return its path."""
    data = np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    path = folder / f"{hashlib.sha256(data).hexdigest()[:24]}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(data)
    return path
