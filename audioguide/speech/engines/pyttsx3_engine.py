"""The engine `pyttsx3`: the system's own voices, spoken in `pyttsx3_child` to survive its hangs and crashes.

Its sound comes as a file in whatever format the platform's voices write; the file's header says which.
"""

from __future__ import annotations

import contextlib
import json
import platform
import sys
import tempfile
from functools import cached_property
from importlib import util
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.catalogue import Catalogue, tags_of
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.espeak_files import (
    ENGLISH_VOICE,
    WHEEL,
    EspeakFiles,
    espeak_files,
    wheel_digest,
    wheel_version,
)
from audioguide.speech.engines.pool import VoicePools, WorkerPool, usable_cpus
from audioguide.speech.engines.spoken_file import read_spoken
from audioguide.speech.engines.trimming import joined, plausible_length
from audioguide.speech.engines.worker import IDLE_S, Worker
from audioguide.speech.text.clean import speakable
from audioguide.speech.text.splitting import pieces

CHILD = Path(__file__).with_name("pyttsx3_child.py")

# Longer than those of `espeak`: the voices of macOS and Windows speak through a service that may have to start first.
START_S, CUE_S = 60.0, 20.0
"""Limits in s for an answer: with the start of a child on a busy machine, and for speaking one piece of text."""


class Pyttsx3Engine:
    """Speaks with the system's voices in child processes; safe to share between threads.

    Two clips of one text may differ by some samples: the voices keep state between utterances.
    """

    name = "pyttsx3"
    loads_slowly = False
    takes_phonemes = False

    def __init__(self) -> None:
        # Only the espeak driver is known to work in several processes: the others share one service of the system.
        self.parallel = usable_cpus() if sys.platform == "linux" else 1
        """How many texts are worth speaking at once."""
        self._wheel: EspeakFiles | None = None
        if sys.platform == "linux":
            # Without the wheel, pyttsx3 itself looks for a library of the system.
            with contextlib.suppress(SpeechError):
                self._wheel = espeak_files("pyttsx3")
        self._pools = VoicePools(self._make_worker)

    def version(self) -> str:
        """Return the versions of pyttsx3 and of what brings the voices.

        Raises:
            SpeechError: when pyttsx3 can't run on this machine.
        """
        return self._catalogue.version

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice of the system, in order of language.

        Raises:
            SpeechError: when pyttsx3 can't run on this machine.
        """
        return self._catalogue.voices

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return ``settings`` with engine and voice filled in; a voice may be given by id, language tag or name.

        Raises:
            RequestError: for an unknown voice (naming similar ones) or a rate outside 80 to 300.
            SpeechError: when pyttsx3 can't run on this machine.
        """
        return self._catalogue.check(settings, self.name)

    def pace_factor(self, voice: str) -> float:
        """Return 1: the system's voices are told the rate."""
        return 1.0

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        """Return ``text`` spoken at the voice's own sample rate, trimmed at both ends, never empty.

        Raises:
            RequestError: as `check` does.
            SpeechError: when there is nothing to speak, or the voice failed three times.
        """
        words = speakable(text)
        settings = self.check(settings)
        parts = pieces(words, settings.rate_wpm)
        pool = self._pools.pool(settings.voice or "", settings.rate_wpm)
        # Two files before one `runAndWait` and only the last appears: hence one request for each piece.
        clips = [_speak(pool, part.text, settings.rate_wpm) for part in parts]
        return joined(clips, [part.pause_ms for part in parts])

    def close(self) -> None:
        """End the child processes. Closing twice is fine."""
        self._pools.close()

    def _make_worker(self, voice: str, rate_wpm: int) -> Worker:
        settings = {
            "path": sys.path,
            "library": str(self._wheel.library) if self._wheel else "",
            "home": str(self._wheel.home) if self._wheel else "",
            "voice": voice,
            "rate_wpm": rate_wpm,
        }
        # -P keeps this folder out of the child's modules. Not -I or -S as for `espeak`: pyttsx3 comes from the user's
        # packages. -W ignore: error messages quote the last line on stderr, which is to say what went wrong.
        command = [sys.executable, "-P", "-W", "ignore", str(CHILD), json.dumps(settings)]
        return Worker("pyttsx3 worker", command, idle_s=IDLE_S)

    @cached_property
    def _catalogue(self) -> Catalogue:
        if util.find_spec("pyttsx3") is None:
            raise SpeechError("the engine 'pyttsx3' needs the package pyttsx3; fix it with: pip install pyttsx3")
        head = self._pools.describe(START_S)
        unsorted = [Voice(one["id"], one["name"], one["language"]) for one in head["voices"]]
        voices = tuple(sorted(unsorted, key=lambda voice: (voice.language, voice.id)))
        # Elsewhere the default is the voice that the person has set in the system.
        has_english = sys.platform == "linux" and any(voice.id == ENGLISH_VOICE for voice in voices)
        data = f"{WHEEL} {wheel_version()}, data {wheel_digest(self._wheel)}" if self._wheel else ""
        source = data or platform.platform()
        return Catalogue(
            version=f"pyttsx3 {head['version']} ({source})",
            voices=voices,
            default=ENGLISH_VOICE if has_english else head["current"],
            tags=tags_of(voices),
            variants=self._wheel.variants() if self._wheel else (),
        )


def _speak(pool: WorkerPool, text: str, rate_wpm: int) -> Clip:
    """Return one piece of text spoken by a worker of ``pool``."""

    def attempt(worker: Worker) -> Clip:
        # A folder for each attempt: a process that was given up may still be writing when the next one begins.
        with tempfile.TemporaryDirectory(prefix="audioguide-", ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "cue.wav"
            worker.ask({"do": "say", "text": text, "file": str(file), "limit_s": CUE_S}, CUE_S, START_S)
            # pyttsx3 reports no error for a path that it can't write, nor for a text that it dropped.
            return read_spoken(file, text, plausible_length(text, rate_wpm))

    return pool.retry(attempt)
