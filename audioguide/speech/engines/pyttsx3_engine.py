"""The engine `pyttsx3`: the system's own voices, spoken in `pyttsx3_child` to survive its hangs and crashes.

Its sound comes as a file in whatever format the platform's voices write; the file's header says which.
"""

from __future__ import annotations

import itertools
import json
import platform
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines import voices as naming
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.espeak_files import WHEEL, EspeakFiles, espeak_files, wheel_version
from audioguide.speech.engines.pool import WorkerPool, usable_cpus
from audioguide.speech.engines.trimming import joined, validated
from audioguide.speech.engines.worker import Worker
from audioguide.speech.text.clean import excerpt, speakable
from audioguide.speech.text.splitting import Piece, pieces

CHILD = Path(__file__).with_name("pyttsx3_child.py")

LINUX_VOICE = "gmw/en-us"
"""Default on Linux, as the engine `espeak`; elsewhere the voice that the person has set in the system."""

START_S, CUE_S = 30.0, 20.0
"""Limits in s for an answer: with the start of a child on a busy machine, and for speaking one piece of text."""


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """What the system offers: pyttsx3's version, its voices, the variants, and the voice set in the system."""

    version: str
    voices: tuple[Voice, ...]
    variants: tuple[str, ...]
    current: str


class Pyttsx3Engine:
    """Speaks with the system's voices in child processes; safe to share between threads.

    Two clips of one text may differ by some samples: the voices keep state between utterances.
    """

    name = "pyttsx3"

    def __init__(self) -> None:
        # Only the espeak driver is known to bear company: the others share one service of the system.
        self.parallel = usable_cpus() if sys.platform == "linux" else 1
        """How many texts are worth speaking at once."""
        self._files = _wheel_files()
        self._pools: dict[tuple[str, int], WorkerPool] = {}
        self._known: _Catalogue | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._numbers = itertools.count()
        self._lock = threading.Lock()

    def version(self) -> str:
        """Return the versions of pyttsx3 and of what brings the voices.

        Raises:
            SpeechError: when pyttsx3 can't run on this machine.
        """
        voices = f"{WHEEL} {wheel_version()}" if self._files else platform.platform()
        return f"pyttsx3 {self._catalogue().version} ({voices})"

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice of the system, in order of language.

        Raises:
            SpeechError: when pyttsx3 can't run on this machine.
        """
        return self._catalogue().voices

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return ``settings`` with engine and voice filled in; a voice may be given by id, language tag or name.

        Raises:
            RequestError: for an unknown voice (naming near ones) or a rate outside 80 to 300.
            SpeechError: when pyttsx3 can't run on this machine.
        """
        known = self._catalogue()
        if settings.voice is None:
            return naming.settled(settings, self.name, _default(known))
        base, plus, variant = settings.voice.partition("+") if known.variants else (settings.voice, "", "")
        voice = naming.chosen(base, known.voices, naming.tags_of(known.voices))
        return naming.settled(
            settings, self.name, voice + (plus and plus + naming.chosen_variant(variant, known.variants))
        )

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        """Return ``text`` spoken at the voice's own sample rate, trimmed at both ends, never empty.

        Raises:
            RequestError: as `check` does.
            SpeechError: when there is nothing to speak, or the voice failed three times.
        """
        words = speakable(text)
        settings = self.check(settings)
        parts = pieces(words, settings.rate_wpm)
        pool = self._pool(settings.voice or "", settings.rate_wpm)

        def spoken(part: Piece) -> Clip:
            return pool.insist(lambda worker: self._spoken(worker, part.text, settings.rate_wpm))

        return joined([spoken(part) for part in parts], [part.pause_ms for part in parts])

    def close(self) -> None:
        """End the child processes and remove what they wrote. Closing twice is fine."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.close()
        folder, self._folder = self._folder, None
        if folder:
            folder.cleanup()

    def _spoken(self, worker: Worker, text: str, rate_wpm: int) -> Clip:
        file = self._new_file()
        try:
            worker.ask({"do": "say", "text": text, "file": str(file), "limit_s": CUE_S}, START_S + CUE_S)
            samples, rate_hz = _read(file, text)
        finally:
            file.unlink(missing_ok=True)
        return validated(samples, rate_hz, text, rate_wpm)

    def _new_file(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="audioguide-", ignore_cleanup_errors=True)
            return Path(self._folder.name) / f"{next(self._numbers)}.wav"

    def _pool(self, voice: str, rate_wpm: int) -> WorkerPool:
        return self._pools.setdefault((voice, rate_wpm), WorkerPool(lambda: self._worker(voice, rate_wpm)))

    def _worker(self, voice: str, rate_wpm: int) -> Worker:
        settings = {
            "path": sys.path,
            "library": str(self._files.library) if self._files else "",
            "home": str(self._files.home) if self._files else "",
            "voice": voice,
            "rate_wpm": rate_wpm,
        }
        # -P keeps this folder out of the child's modules.
        return Worker("pyttsx3 worker", [sys.executable, "-P", "-W", "ignore", str(CHILD), json.dumps(settings)])

    def _catalogue(self) -> _Catalogue:
        if self._known is None:
            if util.find_spec("pyttsx3") is None:
                raise SpeechError("the engine 'pyttsx3' needs the package pyttsx3; fix it with: pip install pyttsx3")
            self._known = self._listed()
        return self._known

    def _listed(self) -> _Catalogue:
        pool = WorkerPool(lambda: self._worker("", 0))
        try:
            head = pool.insist(lambda worker: worker.ask({"do": "voices"}, START_S)).head
        finally:
            pool.close()
        voices = [Voice(one["id"], one["name"], one["language"]) for one in head["voices"]]
        return _Catalogue(
            version=head["version"],
            voices=tuple(sorted(voices, key=lambda voice: (voice.language, voice.id))),
            variants=self._files.variants() if self._files else (),
            current=head["current"],
        )


def _wheel_files() -> EspeakFiles | None:
    """Return the wheel's files on Linux; without them pyttsx3 looks for a library of the system."""
    if sys.platform != "linux":
        return None
    try:
        return espeak_files("pyttsx3")
    except SpeechError:
        return None


def _default(known: _Catalogue) -> str:
    ids: Sequence[str] = [voice.id for voice in known.voices]
    return LINUX_VOICE if sys.platform == "linux" and LINUX_VOICE in ids else known.current


def _read(file: Path, text: str) -> tuple[Samples, int]:
    """Return the samples and rate of a sound file, whatever its format and number of channels.

    Raises:
        SpeechError: when there is no file, or no sound format that is known.
    """
    import soundfile

    if not file.exists() or file.stat().st_size == 0:
        raise SpeechError(f"the voice wrote no file for '{excerpt(text)}'")
    try:
        samples, rate_hz = soundfile.read(file, dtype="float32", always_2d=True)
    except soundfile.SoundFileError as problem:
        raise SpeechError(f"the voice wrote a file that can't be read for '{excerpt(text)}': {problem}") from problem
    mono: Samples = samples.mean(axis=1, dtype=np.float32)
    return mono, int(rate_hz)
