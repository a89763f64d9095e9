"""The engine `espeak`: libespeak-ng from the espeakng-loader wheel, called directly in `espeak_child`.

A clip is a function of its text, voice and rate: the same bytes in whatever order and process it is spoken.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines import voices as naming
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.espeak_files import WHEEL, espeak_files, wheel_version
from audioguide.speech.engines.pool import WorkerPool, usable_cpus
from audioguide.speech.engines.trimming import joined, validated
from audioguide.speech.engines.worker import Answer, Worker, WorkerFailedError
from audioguide.speech.text.clean import speakable
from audioguide.speech.text.splitting import Piece, pieces

CHILD = Path(__file__).with_name("espeak_child.py")

DEFAULT_VOICE = "gmw/en-us"
"""American English: of the voices tried, the one an independent recogniser understood best."""

START_S, CUE_S = 20.0, 10.0
"""Limits in s for an answer: with the start of a child on a busy machine, and for speaking one piece of text."""


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """What the library offers: its version, its voices, their tags by rank, and the variants."""

    version: str
    voices: tuple[Voice, ...]
    tags: Mapping[str, tuple[str, ...]]
    variants: tuple[str, ...]


class EspeakEngine:
    """Speaks with libespeak-ng in child processes; safe to share between threads.

    Needs a system that can fork, so Linux or macOS: see `espeak_child`.
    """

    name = "espeak"

    def __init__(self) -> None:
        self.parallel = usable_cpus()
        """How many texts are worth speaking at once."""
        self._pools: dict[tuple[str, int], WorkerPool] = {}
        self._known: _Catalogue | None = None

    def version(self) -> str:
        """Return the versions of the library and of the wheel that brings it with its data.

        Raises:
            SpeechError: when the library can't run on this machine.
        """
        return f"espeak-ng {self._catalogue().version} ({WHEEL} {wheel_version()})"

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice, in order of language. Each may be asked for with a variant, such as ``gmw/en-us+f2``.

        Raises:
            SpeechError: when the library can't run on this machine.
        """
        return self._catalogue().voices

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return ``settings`` with engine and voice filled in; a voice may be given by id, language tag or name.

        Raises:
            RequestError: for an unknown voice or variant (naming near ones), or a rate outside 80 to 300.
            SpeechError: when the library can't run on this machine.
        """
        known = self._catalogue()
        base, plus, variant = (settings.voice or DEFAULT_VOICE).partition("+")
        voice = naming.chosen(base, known.voices, known.tags)
        return naming.settled(
            settings, self.name, voice + (plus and plus + naming.chosen_variant(variant, known.variants))
        )

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        """Return ``text`` spoken at 22,050 Hz, trimmed at both ends, never empty.

        Raises:
            RequestError: as `check` does.
            SpeechError: when there is nothing to speak, or the engine failed three times.
        """
        words = speakable(text)
        settings = self.check(settings)
        parts = pieces(words, settings.rate_wpm)

        def attempt(worker: Worker) -> Clip:
            return _spoken(worker, parts, settings.rate_wpm)

        return self._pool(settings.voice or DEFAULT_VOICE, settings.rate_wpm).insist(attempt)

    def close(self) -> None:
        """End the child processes. Closing twice is fine."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.close()

    def _pool(self, voice: str, rate_wpm: int) -> WorkerPool:
        return self._pools.setdefault((voice, rate_wpm), WorkerPool(lambda: _worker(voice, rate_wpm)))

    def _catalogue(self) -> _Catalogue:
        if self._known is None:
            pool = WorkerPool(lambda: _worker("", 0))
            try:
                self._known = _read(pool.insist(lambda worker: worker.ask({"do": "voices"}, START_S)).head)
            finally:
                pool.close()
        return self._known


def _worker(voice: str, rate_wpm: int) -> Worker:
    if not hasattr(os, "fork"):
        raise SpeechError("the engine 'espeak' needs Linux or macOS; use the engine 'pyttsx3' here")
    files = espeak_files("espeak")
    # -I and -S keep the user's modules and site-packages out: the child needs neither, and starts in half the time.
    command = [sys.executable, "-I", "-S", "-W", "ignore", str(CHILD)]
    command += [str(files.library), str(files.home), voice, str(rate_wpm)]
    return Worker("espeak worker", command)


def _read(head: Mapping[str, Any]) -> _Catalogue:
    """Read the child's list of voices. Ids are told in small letters, in which the library takes them too."""
    found = sorted(head["voices"], key=lambda voice: (voice["languages"][0][1], voice["id"]))
    ranks: dict[str, dict[str, int]] = {}
    for voice in found:
        for rank, tag in voice["languages"]:
            ranks.setdefault(tag.casefold(), {})[voice["id"].lower()] = rank
    return _Catalogue(
        version=head["version"],
        voices=tuple(Voice(one["id"].lower(), one["name"], one["languages"][0][1]) for one in found),
        tags={tag: tuple(id_ for id_, rank in ids.items() if rank == min(ids.values())) for tag, ids in ranks.items()},
        variants=tuple(sorted(head["variants"])),
    )


def _spoken(worker: Worker, parts: tuple[Piece, ...], rate_wpm: int) -> Clip:
    limit_s = CUE_S * len(parts)
    request = {"do": "say", "texts": [part.text for part in parts], "limit_s": limit_s}
    answer = worker.ask(request, START_S + limit_s)
    if "failed" in answer.head:
        raise WorkerFailedError(f"espeak worker: {answer.head['failed']}")
    clips = [
        validated(samples, answer.head["rate_hz"], part.text, rate_wpm)
        for samples, part in zip(_samples(answer), parts, strict=True)
    ]
    return joined(clips, [part.pause_ms for part in parts])


def _samples(answer: Answer) -> list[np.ndarray[tuple[int], np.dtype[np.float32]]]:
    pcm = np.frombuffer(answer.payload, dtype=np.int16).astype(np.float32) / 32768
    ends = np.cumsum([size // 2 for size in answer.head["sizes"]])[:-1]
    return list(np.split(pcm, ends))
