"""The engine `piper`: neural voices in several languages from the package piper-tts, spoken in `piper_child`.

It has the voices that were fetched, and none of its own. Neither the package nor onnxruntime is
imported here, so that a build whose clips are all cached loads neither.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib import metadata, util
from pathlib import Path

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.calibration import PIPER_MS, PIPER_WPM, SENTENCES
from audioguide.speech.engines.catalogue import Catalogue, tags_of
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.pace import LEAST_FACTOR, MOST_FACTOR, PaceFactors
from audioguide.speech.engines.pool import VoicePools, WorkerPool, usable_cpus
from audioguide.speech.engines.trimming import joined, plausible_length, validated
from audioguide.speech.engines.voice_list import ListedVoice, listed_voices
from audioguide.speech.engines.worker import IDLE_S, Worker, WorkerFailedError
from audioguide.speech.text.clean import excerpt, speakable
from audioguide.speech.text.splitting import Piece, pieces

CHILD = Path(__file__).with_name("piper_child.py")
NEEDS = {"piper": "piper-tts", "onnxruntime": "onnxruntime"}
"""Module to the package that brings it."""

# A cue takes some 70 ms; the limits are so long only to tell a hang from a machine that is very busy.
START_S, CUE_S = 60.0, 60.0
"""Limits in s for an answer: with the start of a child on a busy machine, and for speaking one piece of text."""

LENGTHS = ((80, 2.9), (113, 2.0), (143, 1.5), (173, 1.25), (195, 1.0), (237, 0.75), (312, 0.5))
"""Words a minute and how long a sound has to last for them, so that cues take as long as espeak's at that rate.

Measured on `MEASURED_VOICE`; how another's own pace differs from it is measured once, and is its pace factor.
"""

MEASURED_VOICE = "en_US-joe-medium"

SENTENCE_PAUSE_MS = 300
"""Between sentences, which piper speaks one by one with next to no silence around them."""


class PiperEngine:
    """Speaks with piper-tts in child processes; safe to share between threads.

    Args:
        fetched: returns the model of each voice, by name, that the user has fetched for an engine.
    """

    name = "piper"
    loads_slowly = True
    takes_phonemes = False

    def __init__(self, fetched: Callable[[str], Mapping[str, Path]]) -> None:
        self._fetched = fetched
        self.parallel = usable_cpus()
        """How many texts are worth speaking at once."""
        self._pools = VoicePools(self._make_worker, self.parallel)
        self._paces = PaceFactors(self._measured_pace)

    def version(self) -> str:
        """Return the versions of the package, of what computes the sound, and of all voices that can be fetched.

        Raises:
            SpeechError: when the package is missing, or no voice was fetched.
        """
        return self._catalogue.version

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices that were fetched.

        Raises:
            SpeechError: as `version` does.
        """
        return self._catalogue.voices

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return ``settings`` with engine and voice filled in; a voice may be given by id, language tag or name.

        Raises:
            RequestError: for an unknown voice (naming similar ones), or a rate outside 80 to 300.
            SpeechError: as `version` does.
        """
        return self._catalogue.check(settings, self.name)

    def pace_factor(self, voice: str) -> float:
        """Return how long ``voice`` takes at the same length of its sounds, as a multiple of what is expected of it.

        Raises:
            SpeechError: when it has to be measured first, and the voice is missing or can't speak.
        """
        listed = next(one for one in listed_voices(self.name) if one.name == voice)
        if voice == MEASURED_VOICE or _language_of(listed) not in PIPER_MS:
            return 1.0
        return self._paces.of(voice, lambda: self._model_of(voice), listed.files[0].sha256)

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        """Return ``text`` spoken at the voice's own sample rate, trimmed at both ends, never empty.

        Raises:
            RequestError: as `check` does.
            SpeechError: when there is nothing to speak, or the engine failed three times.
        """
        words = speakable(text)
        settings = self.check(settings)
        # Two brackets would begin phonemes.
        parts = pieces(words.replace("[[", "[ ["), settings.rate_wpm)
        voice = settings.voice or ""
        pool = self._pools.pool(voice, settings.rate_wpm)
        clips = pool.retry(lambda worker: _spoken(worker, parts, settings.rate_wpm))
        return joined(clips, [part.pause_ms for part in parts])

    def close(self) -> None:
        """End the child processes. Closing twice is fine."""
        self._pools.close()

    def _make_worker(self, voice: str, rate_wpm: int) -> Worker:
        return self._worker_with(voice, length_of(rate_wpm, self.pace_factor(voice)))

    def _worker_with(self, voice: str, length: float) -> Worker:
        settings = {"path": sys.path, "model": str(self._model_of(voice)), "length": length}
        # -P keeps this folder out of the child's modules. -W ignore: error messages quote the last line on stderr,
        # which is to say what went wrong.
        command = [sys.executable, "-P", "-W", "ignore", str(CHILD), json.dumps(settings)]
        return Worker("piper worker", command, idle_s=IDLE_S)

    def _model_of(self, voice: str) -> Path:
        # Asked again each time, so that a file that was changed since the list was made is noticed.
        model = self._fetched(self.name).get(voice)
        if model is None:
            raise SpeechError(f"the voice '{voice}' is missing or damaged; fix it with: audioguide voices get {voice}")
        return model

    def _measured_pace(self, voice: str) -> float:
        """Return how long a voice takes for its language's sentences, as a multiple of what they are to take."""
        language = next(_language_of(one) for one in listed_voices(self.name) if one.name == voice)
        parts = tuple(Piece(text, 0) for text in SENTENCES[language])
        pool = WorkerPool(lambda: self._worker_with(voice, length_of(PIPER_WPM)))
        try:
            clips = pool.retry(lambda worker: _spoken(worker, parts, PIPER_WPM, (LEAST_FACTOR, MOST_FACTOR)))
        finally:
            pool.close()
        return sum(clip.duration_ms for clip in clips) / PIPER_MS[language]

    @cached_property
    def _catalogue(self) -> Catalogue:
        for module, package in NEEDS.items():
            if util.find_spec(module) is None:
                raise SpeechError(f"the engine 'piper' needs the package {package}; fix it with: pip install {package}")
        there = self._fetched(self.name)
        listed = listed_voices(self.name)
        voices = tuple(
            Voice(voice.name, f"{voice.name.split('-')[1].capitalize()} ({voice.accent})", voice.language)
            for voice in listed
            if voice.name in there
        )
        if not voices:
            names = ", ".join(voice.name for voice in listed)
            raise SpeechError(
                f"the engine 'piper' has no voice yet; get one ({names}) with: audioguide voices get NAME"
            )
        # Of all that can be fetched, so that a voice more or less doesn't make the cached clips of the others anew.
        weights = hashlib.sha256("".join(file.sha256 for voice in listed for file in voice.files).encode()).hexdigest()
        versions = ", ".join(f"{package} {metadata.version(package)}" for package in NEEDS.values())
        return Catalogue(
            version=f"{versions} (weights {weights[:16]})",
            voices=voices,
            default=voices[0].id,
            tags=tags_of(voices),
        )


def length_of(rate_wpm: int, factor: float = 1.0) -> float:
    """Return how long a sound has to last for about ``rate_wpm`` words a minute, where 1 is the voice's own pace.

    Args:
        rate_wpm: words a minute.
        factor: how long the voice takes at the same length, as a multiple of what `MEASURED_VOICE` takes.
    """
    rates, lengths = zip(*LENGTHS, strict=True)
    return round(float(np.interp(rate_wpm, rates, lengths)) / factor, 3)


def _language_of(voice: ListedVoice) -> str:
    return voice.language.partition("-")[0]


def _spoken(
    worker: Worker, parts: tuple[Piece, ...], rate_wpm: int, factors: tuple[float, float] = (1.0, 1.0)
) -> list[Clip]:
    """Return each of ``parts`` spoken by ``worker``, all in one go, and trimmed.

    Args:
        worker: what speaks.
        parts: the text.
        rate_wpm: words a minute.
        factors: between what multiples of the time for that rate it may take, where its pace isn't allowed for yet.

    Raises:
        SpeechError: when the voice has no sound for a part, or none that can be its text.
    """
    limit_s = CUE_S * len(parts)
    answer = worker.ask({"texts": [part.text for part in parts], "limit_s": limit_s}, limit_s, START_S)
    if "failed" in answer.head:
        raise WorkerFailedError(f"piper worker: {answer.head['failed']}")
    samples = np.frombuffer(answer.payload, dtype=np.float32)
    rate_hz = answer.head["rate_hz"]
    pause = Clip(np.zeros(rate_hz * SENTENCE_PAUSE_MS // 1000, dtype=np.float32), rate_hz)
    clips = []
    for part, sizes in zip(parts, answer.head["sizes"], strict=True):
        if not sizes:
            raise SpeechError(f"the voice has no sound for '{excerpt(part.text)}'")
        ends = np.cumsum([size // 4 for size in sizes])  # sizes are bytes, four a sample
        sentences = np.split(samples[: ends[-1]], ends[:-1])
        samples = samples[ends[-1] :]
        spaced = [sound for sentence in sentences for sound in (sentence, pause.samples)][:-1]
        least_ms, most_ms = plausible_length(part.text, rate_wpm)
        plausible_ms = round(least_ms * factors[0]), round(most_ms * factors[1])
        clips.append(validated(np.concatenate(spaced), rate_hz, part.text, plausible_ms))
    return clips
