"""The engine `espeak`: libespeak-ng from the espeakng-loader wheel, called directly in `espeak_child`.

A clip is a function of its text, voice and rate: the same bytes in whatever order and process it is spoken.
"""

from __future__ import annotations

import os
import sys
from functools import cached_property
from pathlib import Path

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.catalogue import Catalogue
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.espeak_files import ENGLISH_VOICE, WHEEL, espeak_files, wheel_digest, wheel_version
from audioguide.speech.engines.pool import VoicePools, usable_cpus
from audioguide.speech.engines.trimming import joined, plausible_length, validated
from audioguide.speech.engines.worker import IDLE_S, Worker, WorkerFailedError
from audioguide.speech.text.clean import speakable
from audioguide.speech.text.splitting import Piece, pieces

CHILD = Path(__file__).with_name("espeak_child.py")

# A piece takes some 4 ms; the limits are so long only to tell a hang from a machine that is very busy.
START_S, CUE_S = 60.0, 10.0
"""Limits in s for an answer: with the start of a child on a busy machine, and for speaking one piece of text."""


class EspeakEngine:
    """Speaks with libespeak-ng in child processes; safe to share between threads.

    Needs a system that can fork, so Linux or macOS: see `espeak_child`.
    """

    name = "espeak"
    loads_slowly = False
    takes_phonemes = False

    def __init__(self) -> None:
        self.parallel = usable_cpus()
        """How many texts are worth speaking at once."""
        self._pools = VoicePools(_make_worker)

    def version(self) -> str:
        """Return the versions of the library and of the wheel that brings it with its data.

        Raises:
            SpeechError: when the library can't run on this machine.
        """
        return self._catalogue.version

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice, in order of language. Each may be asked for with a variant, such as ``gmw/en-us+f2``.

        Raises:
            SpeechError: when the library can't run on this machine.
        """
        return self._catalogue.voices

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return ``settings`` with engine and voice filled in; a voice may be given by id, language tag or name.

        Raises:
            RequestError: for an unknown voice or variant (naming similar ones), or a rate outside 80 to 300.
            SpeechError: when the library can't run on this machine.
        """
        return self._catalogue.check(settings, self.name)

    def pace_factor(self, voice: str) -> float:
        """Return 1: espeak keeps the rate itself."""
        return 1.0

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        """Return ``text`` spoken at 22,050 Hz, trimmed at both ends, never empty.

        Raises:
            RequestError: as `check` does.
            SpeechError: when there is nothing to speak, or the engine failed three times.
        """
        words = speakable(text)
        settings = self.check(settings)
        parts = pieces(words, settings.rate_wpm)
        pool = self._pools.pool(settings.voice or ENGLISH_VOICE, settings.rate_wpm)
        return pool.retry(lambda worker: _speak(worker, parts, settings.rate_wpm))

    def close(self) -> None:
        """End the child processes. Closing twice is fine."""
        self._pools.close()

    @cached_property
    def _catalogue(self) -> Catalogue:
        head = self._pools.describe(START_S)
        digest = wheel_digest(espeak_files("espeak"))
        # Ids are told in small letters, in which the library takes them too: "gmw/en-US" is hard to remember.
        found = sorted(head["voices"], key=lambda voice: (voice["languages"][0][1], voice["id"]))
        ranks: dict[str, dict[str, int]] = {}
        for voice in found:
            for rank, tag in voice["languages"]:
                ranks.setdefault(tag.casefold(), {})[voice["id"].lower()] = rank
        return Catalogue(
            version=f"espeak-ng {head['version']} ({WHEEL} {wheel_version()}, data {digest})",
            voices=tuple(Voice(one["id"].lower(), one["name"], one["languages"][0][1]) for one in found),
            default=ENGLISH_VOICE,
            # Many voices claim "en"; the lowest rank is the one that the library itself would take.
            tags={tag: [id_ for id_, rank in ids.items() if rank == min(ids.values())] for tag, ids in ranks.items()},
            variants=tuple(sorted(head["variants"])),
        )


def _make_worker(voice: str, rate_wpm: int) -> Worker:
    if not hasattr(os, "fork"):
        raise SpeechError("the engine 'espeak' needs Linux or macOS; use the engine 'pyttsx3' here")
    files = espeak_files("espeak")
    # -I and -S keep the user's modules and site-packages out: the child needs neither, and starts in half the time.
    # -W ignore: error messages quote the last line on stderr, which is to say what went wrong.
    command = [sys.executable, "-I", "-S", "-W", "ignore", str(CHILD)]
    command += [str(files.library), str(files.home), voice, str(rate_wpm)]
    return Worker("espeak worker", command, idle_s=IDLE_S)


def _speak(worker: Worker, parts: tuple[Piece, ...], rate_wpm: int) -> Clip:
    """Return ``parts`` spoken by ``worker`` in one go, joined with their pauses."""
    limit_s = CUE_S * len(parts)
    request = {"do": "say", "texts": [part.text for part in parts], "limit_s": limit_s}
    # The child stops its fork after `limit_s`; the parent waits longer.
    answer = worker.ask(request, limit_s, START_S)
    if "failed" in answer.head:
        raise WorkerFailedError(f"espeak worker: {answer.head['failed']}")
    pcm = np.frombuffer(answer.payload, dtype=np.int16).astype(np.float32) / np.float32(32768)
    ends = np.cumsum([size // 2 for size in answer.head["sizes"]])[:-1]  # sizes are bytes, two a sample
    clips = [
        validated(samples, answer.head["rate_hz"], part.text, plausible_length(part.text, rate_wpm))
        for samples, part in zip(np.split(pcm, ends), parts, strict=True)
    ]
    return joined(clips, [part.pause_ms for part in parts])
