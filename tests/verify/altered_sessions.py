"""A small whole session for the tests of the check, and the ways in which a file can go wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.cues.beeps import session_beeps
from audioguide.audio.cues.spoken import prepare
from audioguide.audio.cues.tones import load_sounds
from audioguide.audio.level.fingerprint import fingerprint
from audioguide.audio.mp3.encoder import encode
from audioguide.audio.render.mix import mix
from audioguide.export.tags.id3 import tag
from audioguide.model.kinds import BeepRole, EventKind, Side, SpeechRole
from audioguide.model.plan import Fingerprint, Plan
from audioguide.model.script import Place
from audioguide.model.sound import SoundSettings
from audioguide.model.timeline import Chapter, Event, Timeline
from audioguide.model.units import SAMPLES_PER_MS
from audioguide.model.voice import VoiceSettings
from tests.sounds import voice_like

SOUNDS = load_sounds()
SPEECH_MS = {"Kneel on your side.": 1900, "Halfway.": 500, "Switch sides.": 850, "Ten seconds.": 700, "Done.": 330}
HOLD_MS = 12_000
LEFT_MS, RIGHT_MS = 4800, 24_000
LENGTH_MS = 40_008


@lru_cache(maxsize=4)
def speech(volume: float = 1.0) -> dict[str, Clip]:
    clips = {text: voice_like(length / 1000, at) for at, (text, length) in enumerate(SPEECH_MS.items())}
    return {text: prepare(clip, volume=volume) for text, clip in clips.items()}


def cue(text: str, start_ms: int) -> Event:
    end_ms = start_ms + SPEECH_MS[text]
    return Event(EventKind.SPEECH, SpeechRole.SETUP, start_ms, end_ms, text=text)


def beep(role: BeepRole, start_ms: int) -> Event:
    return Event(EventKind.BEEP, role, start_ms, start_ms + SOUNDS[role].duration_ms)


def one_side(side: Side, start_ms: int) -> list[Event]:
    end_ms = start_ms + HOLD_MS
    return [
        Event(EventKind.HOLD, EventKind.HOLD, start_ms, end_ms, Place("couch-stretch", side, 1)),
        beep(BeepRole.START, start_ms),
        cue("Halfway.", start_ms + 6000),
        cue("Ten seconds.", start_ms + 7200),
        *(beep(BeepRole.COUNTDOWN, end_ms - 1008 * left) for left in (3, 2, 1)),
        beep(BeepRole.END, end_ms),
    ]


def timeline() -> Timeline:
    events = [
        cue("Kneel on your side.", 240),
        *one_side(Side.LEFT, LEFT_MS),
        beep(BeepRole.SWITCH, 18_000),
        cue("Switch sides.", 18_408),
        *one_side(Side.RIGHT, RIGHT_MS),
        cue("Done.", 37_008),
        beep(BeepRole.DONE, 38_400),
    ]
    events.sort(key=lambda event: event.start_ms)
    chapters = (Chapter(0, 18_000, "Left"), Chapter(18_000, LENGTH_MS, "Right"))
    return Timeline(tuple(events), chapters, (), LENGTH_MS)


def plan(volume: float = 1.0) -> Plan:
    known = tuple(Fingerprint(text, fingerprint(clip.samples)) for text, clip in speech(volume).items())
    return Plan("demo", "Demo", None, VoiceSettings("fake", "one", 150, volume), timeline(), fingerprints=known)


@lru_cache(maxsize=4)
def sound(volume: float = 1.0) -> Samples:
    beeps = session_beeps(SoundSettings(), volume).clips
    samples = mix(timeline(), speech(volume), beeps)
    samples.flags.writeable = False
    return samples


@lru_cache(maxsize=4)
def frames(volume: float = 1.0) -> bytes:
    return encode(sound(volume))


def file_of(path: Path, change: Callable[[Samples], Samples] | None = None, volume: float = 1.0) -> Path:
    """Write the session, with its sound changed where ``change`` is given, otherwise as a build would."""
    encoded = encode(change(sound(volume).copy())) if change else frames(volume)
    path.write_bytes(tag(encoded, plan(volume)))
    return path


@dataclass(frozen=True)
class Stretch:
    """A stretch of the session, to take, silence, move or put something in."""

    start_ms: int
    length_ms: int

    @property
    def slice(self) -> slice:
        return slice(self.start_ms * SAMPLES_PER_MS, (self.start_ms + self.length_ms) * SAMPLES_PER_MS)

    def silenced(self, samples: Samples) -> Samples:
        samples[self.slice] = 0
        return samples

    def moved(self, by_ms: int) -> Callable[[Samples], Samples]:
        def change(samples: Samples) -> Samples:
            taken = samples[self.slice].copy()
            samples[self.slice] = 0
            samples[replace(self, start_ms=self.start_ms + by_ms).slice] = taken
            return samples

        return change

    def replaced_by(self, clip: Clip) -> Callable[[Samples], Samples]:
        def change(samples: Samples) -> Samples:
            samples[self.slice] = 0
            start = self.start_ms * SAMPLES_PER_MS
            samples[start : start + clip.samples.size] = clip.samples
            return samples

        return change

    def times(self, factor: float) -> Callable[[Samples], Samples]:
        def change(samples: Samples) -> Samples:
            samples[self.slice] *= np.float32(factor)
            return samples

        return change


WHOLE = Stretch(0, LENGTH_MS)
SETUP_CUE = Stretch(240, 1900)
SWITCH_CUE = Stretch(18_408, 850)
DONE_CUE = Stretch(37_008, 330)
END_OF_LEFT = Stretch(LEFT_MS + HOLD_MS, 340)
START_OF_RIGHT = Stretch(RIGHT_MS, 330)
