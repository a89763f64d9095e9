"""The engine `hibari`: a small neural voice for English from the package hibari-tts, spoken in `hibari_child`.

A clip is a function of its text, voice and rate on one kind of processor: neural arithmetic differs in the last bits
between kinds, and there a clip's length may differ by some ms. Neither the package nor onnxruntime is imported here, so
that a build whose clips are all cached loads neither.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from importlib import metadata, util
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Clip
from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.calibration import HEART_MS, SENTENCES
from audioguide.speech.engines.catalogue import Catalogue
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.pace import LEAST_FACTOR, MOST_FACTOR, PaceFactors
from audioguide.speech.engines.pool import VoicePools, usable_cpus
from audioguide.speech.engines.trimming import SOFT_ENDS, joined, validated
from audioguide.speech.engines.worker import IDLE_S, Worker, WorkerFailedError
from audioguide.speech.text.clean import clean, excerpt, speakable
from audioguide.speech.text.in_words import in_words
from audioguide.speech.text.pronunciation import marked, replaced
from audioguide.speech.text.splitting import Piece, pieces, sentence_pause_ms
from audioguide.storage.sha256 import sha256_of

CHILD = Path(__file__).with_name("hibari_child.py")
PACKAGE = "hibari-tts"
NEEDS = {"hibari": PACKAGE, "onnxruntime": "onnxruntime", "num2words": "num2words"}
"""Module to the package that brings it."""

REINSTALL = f"pip install --force-reinstall {PACKAGE}"

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Keeps the libraries of linear algebra from starting threads of their own."""

MOST_PROCESSES = 3
"""A process takes 0.7 s of a processor to start and 230 MB. The default session's 160 texts take 2.5 s of one beyond
that: a second process saves a third of the time, a fourth next to nothing.
"""

DEFAULT_VOICE = "heart"
RATE_HZ = 24_000

# A cue takes some 20 ms; the limits are so long only to tell a hang from a machine that is very busy.
START_S, CUE_S = 60.0, 20.0
"""Limits in s for an answer: with the start of a child on a busy machine, and for speaking one piece of text."""

SPEEDS = (
    (71, 0.35), (83, 0.4), (96, 0.45), (102, 0.5), (107, 0.55), (122, 0.6), (124, 0.625), (127, 0.65),
    (138, 0.675), (142, 0.7), (145, 0.725), (148, 0.75), (150, 0.775), (164, 0.8), (180, 0.825), (184, 0.85),
    (192, 0.875), (195, 0.9), (200, 0.95), (204, 1), (212, 1.1), (216, 1.15), (226, 1.2), (233, 1.25),
    (237, 1.3), (305, 1.35), (319, 1.5),
)  # fmt: skip
"""Words a minute, and the speed that gives them: measured on the 254 texts of the built-in sessions, voice heart.

The voice changes its pace in steps, so that a single cue may be a tenth faster or slower. The steps come of sounds that
last whole frames, at speeds where half a frame is rounded the other way: those are the same for every voice.
"""

SHORTEST_PHONEME_MS, LONGEST_PHONEME_MS, LONGEST_EXTRA_MS = 30.0, 300.0, 1000.0
"""Least and most time in ms that a phoneme takes at speed 1, and pauses on top.

Of 254 texts at 20 speeds the tightest sentence took 37 ms, the longest word 144 ms.
"""

READING_VERSION = 2
"""One more when this file or `speech.text.in_words` makes other sound of a text, so that cached clips are made anew."""

SHORT_WORDS, FASTEST_SHORT = 2, 0.85
"""Cues of so few words are spoken no faster than this."""

ONE_WORD_SPEED = 0.9
"""A cue of one word has a pace of its own, whatever the rate: hurried or drawn out it is misheard.

Of 48 such cues (counts to 30, words of tempos and calls) Whisper base got all right at this speed; at 0.775 and slower
"6." became "Sex.", at 0.95 "Lift." became "Left.".
"""


class VoiceFile(Struct, frozen=True):
    """One voice of the package's list.

    Attributes:
        path: its weights; None where they don't come with the package.
        sha256: what their digest must be.
        language: what it speaks, as a tag in small letters.
        british: which reading of spelling it was trained on.
    """

    path: Path | None
    sha256: str
    language: str
    british: bool


class Request(Struct, frozen=True):
    """What a child is asked to speak.

    Attributes:
        parts: the text.
        speed: of the model, where 1 is as it was taught.
        factors: between what multiples of the time that `heart` takes the voice's own lies.
    """

    parts: tuple[Piece, ...]
    speed: float
    factors: tuple[float, float]


class HibariEngine:
    """Speaks with hibari-tts in child processes; safe to share between threads.

    Args:
        fetched: returns the file of each voice, by name, that the user has fetched for an engine.
    """

    name = "hibari"
    loads_slowly = True
    takes_phonemes = True

    def __init__(self, fetched: Callable[[str], Mapping[str, Path]] = lambda _: {}) -> None:
        self._find_fetched = fetched
        self.parallel = min(MOST_PROCESSES, usable_cpus())
        """How many texts are worth speaking at once."""
        self._pools = VoicePools(self._make_worker, self.parallel)
        self._verified: set[str] = set()
        self._paces = PaceFactors(self._measured_pace)

    def version(self) -> str:
        """Return the versions of the package, its voices and of what computes the sound.

        Raises:
            SpeechError: when a package is missing or lacks a file.
        """
        return self._version

    def voices(self) -> tuple[Voice, ...]:
        """Return the voice of the package and those that were fetched.

        Raises:
            SpeechError: as `version` does.
        """
        return self._all.voices

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return ``settings`` with engine and voice filled in; a voice may be given by id, language tag or name.

        Raises:
            RequestError: for an unknown voice (naming similar ones), or a rate outside 80 to 300.
            SpeechError: as `version` does.
        """
        own = not settings.voice or settings.voice in {voice.id for voice in self._own.voices}
        return (self._own if own else self._all).check(settings, self.name)

    def pace_factor(self, voice: str) -> float:
        """Return how long ``voice`` takes at the same speed, as a multiple of what `heart` takes.

        Raises:
            SpeechError: when it has to be measured first, and the voice can't speak.
        """
        if voice == DEFAULT_VOICE:
            return 1.0
        file = self._listed[voice]
        return self._paces.of(voice, lambda: file.path or self._fetched[voice], file.sha256)

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        """Return ``text`` spoken at 24 kHz, trimmed at both ends, never empty.

        Raises:
            RequestError: as `check` does.
            SpeechError: when there is nothing to speak, or the engine failed three times.
        """
        speakable(replaced(text, str, lambda written, _: written))
        settings = self.check(settings)
        parts = pieces(replaced(text, _readable, marked), settings.rate_wpm)
        voice = settings.voice or DEFAULT_VOICE
        factor = self.pace_factor(voice)
        speed = speed_of(settings.rate_wpm, sum(len(part.text.split()) for part in parts), factor)
        request = Request(parts, speed, (factor, factor))
        clips: list[Clip] = []
        pauses_ms: list[int] = []
        spoken = self._pools.pool(voice).retry(lambda worker: _spoken(worker, request))
        for part, sentences in zip(parts, spoken, strict=True):
            clips += sentences
            pauses_ms += [sentence_pause_ms(settings.rate_wpm)] * (len(sentences) - 1) + [part.pause_ms]
        return joined(clips, pauses_ms)

    def close(self) -> None:
        """End the child processes. Closing twice is fine."""
        self._pools.close()

    def _make_worker(self, voice: str, _rate_wpm: int) -> Worker:
        file = self._listed[voice]
        path = file.path or self._fetched[voice]
        fix = REINSTALL if file.path else f"audioguide voices get {voice}"
        if voice not in self._verified:
            try:
                found = sha256_of(path)
            except OSError as error:
                why = f"can't be read ({error.strerror}); fix it with: {fix}"
                raise SpeechError(f"the voice file {path} {why}") from error
            if found != file.sha256:
                raise SpeechError(f"the voice file {path} is damaged; fix it with: {fix}")
            self._verified.add(voice)
        settings = {"path": sys.path, "voice": voice, "weights": str(path), "british": file.british}
        # -P keeps this folder out of the child's modules. -W ignore: messages quote the last line on stderr, which
        # says what failed. One thread each: more are slower for such short texts, and change the last bits.
        command = [sys.executable, "-P", "-W", "ignore", str(CHILD), json.dumps(settings)]
        return Worker("hibari worker", command, {**os.environ, **ONE_THREAD}, idle_s=IDLE_S)

    def _measured_pace(self, voice: str) -> float:
        """Return how long a voice takes for the calibration's sentences, as a multiple of what `heart` takes."""
        parts = tuple(Piece(text, 0) for text in SENTENCES["en"])

        def ratio(worker: Worker) -> float:
            ratios = []
            for speed, known_ms in HEART_MS.items():
                spoken = _spoken(worker, Request(parts, speed, (LEAST_FACTOR, MOST_FACTOR)))
                ratios.append(sum(clip.duration_ms for sentences in spoken for clip in sentences) / known_ms)
            return sum(ratios) / len(ratios)

        return self._pools.pool(voice).retry(ratio)

    @cached_property
    def _listed(self) -> Mapping[str, VoiceFile]:
        """Every voice of the package's list; a path is None where the file is to be fetched."""
        assets = _package_folder() / "assets"
        try:
            rows: dict[str, dict[str, Any]] = json.loads((assets / "voices.json").read_text(encoding="utf-8"))
            return {
                name: VoiceFile(
                    path=assets / row["file"] if row.get("bundled") else None,
                    sha256=row["sha256"],
                    language=row["language"].casefold(),
                    british=row["british"],
                )
                for name, row in rows.items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise SpeechError(
                f"the engine 'hibari' can't read its list of voices in {assets} ({problem}); fix it with: {REINSTALL}"
            ) from problem

    @cached_property
    def _own(self) -> Catalogue:
        """The voices of the package alone: looking for fetched ones reads their files whole."""
        return self._catalogue_of({name for name, file in self._listed.items() if file.path})

    @cached_property
    def _all(self) -> Catalogue:
        return self._catalogue_of({name for name, file in self._listed.items() if file.path or name in self._fetched})

    @cached_property
    def _fetched(self) -> Mapping[str, Path]:
        return self._find_fetched(self.name)

    def _catalogue_of(self, names: Collection[str]) -> Catalogue:
        voices = tuple(
            Voice(name, name.capitalize(), file.language) for name, file in self._listed.items() if name in names
        )
        tags: dict[str, list[str]] = {}
        for voice in voices:
            # The first of a language is the one that who asks for the language gets.
            tags.setdefault(voice.language, [voice.id])
        return Catalogue(version=self._version, voices=voices, default=DEFAULT_VOICE, tags=tags)

    @cached_property
    def _version(self) -> str:
        """Everything that decides a clip's bytes besides the request.

        Not the digest of a file itself: the one in the list is what the file must have before it may speak, so that
        builds that speak nothing read no weights. Those of all voices, fetched or not: one more changes no other.
        """
        weights = hashlib.sha256("".join(file.sha256 for file in self._listed.values()).encode()).hexdigest()
        # hibari-tts uses scipy's Fourier transform where there is one, which rounds in another way than numpy's.
        packages = [name for name in ("num2words", "onnxruntime", "numpy", "scipy") if util.find_spec(name)]
        versions = ", ".join(f"{name} {_installed_version(name)}" for name in packages)
        return f"{PACKAGE} {_installed_version(PACKAGE)} (weights {weights[:16]}, {versions}, {READING_VERSION})"


def _package_folder() -> Path:
    """Return the folder of the package, without importing it.

    Raises:
        SpeechError: when it or what it needs is missing.
    """
    for module, package in NEEDS.items():
        if util.find_spec(module) is None:
            raise SpeechError(f"the engine 'hibari' needs the package {package}; fix it with: pip install {package}")
    spec = util.find_spec("hibari")
    assert spec is not None
    return Path(spec.origin or "").parent


def _installed_version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _readable(text: str) -> str:
    """Return ``text`` in words only, with a space at its ends where it had one."""
    start, end = text[:1].isspace(), text[-1:].isspace()
    return " " * start + in_words(clean(text)) + " " * end


def speed_of(rate_wpm: int, words: int, factor: float = 1.0) -> float:
    """Return the speed at which a voice says about ``rate_wpm`` words a minute in a cue of so many ``words``.

    Args:
        rate_wpm: words a minute.
        words: how many the cue has.
        factor: how long the voice takes at the same speed, as a multiple of what `heart` takes.
    """
    rates, speeds = zip(*SPEEDS, strict=True)
    speed = float(np.interp(rate_wpm, rates, speeds))
    if words == 1:
        speed = ONE_WORD_SPEED
    elif words <= SHORT_WORDS:
        speed = min(speed, FASTEST_SHORT)
    if factor != 1:
        # Looked up at the rate that takes `heart` less time by the factor. The speed itself times the factor would
        # come to lie on another side of a step of the pace.
        speed = float(np.interp(float(np.interp(speed, speeds, rates)) * factor, rates, speeds))
    return round(speed, 3)


def _spoken(worker: Worker, request: Request) -> list[list[Clip]]:
    """Return for each part of the text its sentences, spoken by ``worker`` in one go and trimmed.

    Raises:
        SpeechError: when the voice has no sound for a part, or none that can be its text.
    """
    phonemes: list[str] = []

    def link(written: str, said: str) -> str:
        phonemes.append(said)
        return f"[{written}](/{said}/)"

    texts = [replaced(part.text, str, link) for part in request.parts]
    limit_s = CUE_S * len(texts)
    asked = {"texts": texts, "phonemes": phonemes, "speed": request.speed, "limit_s": limit_s}
    answer = worker.ask(asked, limit_s, START_S)
    if "failed" in answer.head:
        raise WorkerFailedError(f"hibari worker: {answer.head['failed']}")
    samples = np.frombuffer(answer.payload, dtype=np.float32)
    least, most = (factor / request.speed for factor in request.factors)
    spoken: list[list[Clip]] = []
    for part, sentences in zip(request.parts, answer.head["sizes"], strict=True):
        said = replaced(part.text, str, lambda written, _: written)
        if not sentences:
            raise SpeechError(f"the voice has no sound for '{excerpt(said)}'")
        spoken.append([])
        for count, size in sentences:
            sound, samples = samples[: size // 4], samples[size // 4 :]  # sizes are bytes, four a sample
            least_ms, most_ms = SHORTEST_PHONEME_MS * count, LONGEST_PHONEME_MS * count + LONGEST_EXTRA_MS
            plausible_ms = round(least_ms * least), round(most_ms * most)
            spoken[-1].append(validated(sound, RATE_HZ, said, plausible_ms, ends=SOFT_ENDS))
    return spoken
