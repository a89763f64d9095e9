"""An independent listener, pocketsphinx: which planned cues of a finished MP3 it understands, and which wrong ones it
would believe.
"""

from __future__ import annotations

import math
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from audioguide.export.tags.id3 import read_plan
from audioguide.model.kinds import EventKind
from audioguide.model.timeline import Event, Timeline
from audioguide.speech.text.normalise import spoken
from tests.decoders import ffmpeg

if TYPE_CHECKING:
    from pocketsphinx import Decoder, FsgModel

Words = tuple[str, ...]
Samples = NDArray[np.float32]

RATE_HZ = 16_000
"""What the acoustic model was trained at."""

FRAME_MS = 10

NOISE_DB = -35.0
"""RMS of the white noise below every window, in dB of full scale: 19 dB below the voice's -16 LUFS, a quiet room.

The model has never heard digital silence, and takes the first frames of a window as its measure of noise.
"""

AROUND_MS = 300
"""Silence left on each side of a cue, as far as half the gap to its neighbour."""

LONGEST = 20
"""Windows that tell how the voice sounds on the whole."""

SHORT, SHORT_TAKES = 3, 2
"""Up to how many words a text is short, and how often it is then listened to, in other noise each time.

The noise that happens to fall on a single word decides much, and such words are most of a session's cues.
"""

OTHERS = 7
"""Sentences of similar length beside the expected one."""

EVERY_FRAME = 2
"""Of every so many frames one is compared with the model's sounds, and the next is taken for the same.

Comparing takes most of the time. Half the frames understand the built-in sessions' cues as well as all of them.
"""

MOST_LOSS = 1.5
"""How far, in nats a frame, a sentence may fit worse than sounds strung together freely and still count as heard.

Without it the closest of several wrong sentences would be heard. Of the built-in sessions' cues, half lose less than
0.05 and 99 in 100 less than 1.5; where only wrong sentences are offered, the closest loses more in 75 to 100 windows of
100, and what passes are near twins, such as "nine left" and "five left".
"""

WRONG_EVERY = 3
"""Of every so many texts one is also listened to where only wrong sentences are offered: a sample tells the share."""

SAID = {
    "bodyweight": "B AA D IY W EY T",
    "femoris": "F EH M AO R IH S",
    "flexor": "F L EH K S ER",
    "flexors": "F L EH K S ER Z",
    "glute": "G L UW T",
    "glutes": "G L UW T S",
    "iliopsoas": "IH L IY OW S OW AH Z",
    "orthopaedic": "AO R TH AH P IY D IH K",
    "physiotherapist": "F IH Z IY OW TH EH R AH P IH S T",
    "psoas": "S OW AH Z",
    "rectus": "R EH K T AH S",
    "shins": "SH IH N Z",
    "tailbone": "T EY L B OW N",
    "tingles": "T IH NG G AH L Z",
}
"""Words that the model's dictionary lacks, in its sounds (ARPAbet), as people say them."""

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def number_words(number: int) -> str:
    """Return ``number`` as the American voice says it, without "and"."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return f"{TENS[number // 10]} {ONES[number % 10] if number % 10 else ''}".strip()
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number_words(number % size) if number % size else ""
    return f"{number_words(number // size)} {name} {rest}".strip()


def words_of(text: str, lexicon: Mapping[str, str]) -> Words:
    """Return the words that are heard when ``text`` is spoken: small letters, no punctuation, no digits."""
    said = spoken(text, lexicon).lower()
    said = re.sub(r"(?<=\d),(?=\d{3})", "", said)
    said = re.sub(r"(?<=\d)\.(?=\d)", " point ", said)
    said = re.sub(r"\d+", lambda digits: f" {number_words(int(digits[0]))} ", said)
    return tuple(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", said))


@dataclass(frozen=True, slots=True)
class Window:
    """Where a cue is to be heard, with some silence around it and nothing of its neighbours."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood of the cues with one text.

    Attributes:
        text: the text, as people read it.
        cues: how often the session says it.
        hypotheses: what was understood each time that it was listened to; empty where no sentence fits.
        accepted: how many of these times it was the text.
        believed: how much of the wrong sentences was accepted in its stead, from 0 to 1; None where none was offered.
    """

    text: str
    cues: int
    hypotheses: tuple[str, ...]
    accepted: int
    believed: float | None

    @property
    def recognised(self) -> float:
        """Share of the times that the text was understood."""
        return self.accepted / len(self.hypotheses)


@dataclass(frozen=True, slots=True)
class Listening:
    """What was understood of a session, a row each distinct text."""

    heard: tuple[Heard, ...]

    @property
    def recognised(self) -> float:
        """Share of all spoken cues that were understood."""
        return self._share([(heard.recognised, heard.cues) for heard in self.heard])

    @property
    def believed(self) -> float:
        """Share of the spoken cues that were accepted as a sentence that they aren't."""
        return self._share([(heard.believed, heard.cues) for heard in self.heard if heard.believed is not None])

    @property
    def rejected(self) -> tuple[Heard, ...]:
        """The texts that weren't understood every time."""
        return tuple(heard for heard in self.heard if heard.recognised < 1)

    @staticmethod
    def _share(shares: Sequence[tuple[float, int]]) -> float:
        return sum(share * cues for share, cues in shares) / sum(cues for _, cues in shares)


def listen(mp3: Path, lexicon: Mapping[str, str], elsewhere: bool = False) -> Listening:
    """Return what is understood of the session in ``mp3``.

    Args:
        mp3: a file with its plan in it.
        lexicon: the protocol's, as the words were spoken with.
        elsewhere: whether a text is listened to from the last of its places on, and a short one at as many of them as
            it is listened to, for where something sounds below the voice. Without it the first place is enough: a text
            is spoken once, and its clip is the same everywhere.
    """
    samples = decoded(mp3)
    places: defaultdict[str, list[Window]] = defaultdict(list)
    for window in windows(read_plan(mp3).timeline):
        places[window.text].append(window)
    words = {text: words_of(text, lexicon) for text in places}
    listened = {
        text: list(takes(samples, found if elsewhere else found[:1], len(words[text])))
        for text, found in places.items()
    }
    longest = sorted((pcm for pcms in listened.values() for pcm in pcms), key=len)[-LONGEST:]
    recogniser = Recogniser(words.values(), longest)
    return Listening(
        tuple(
            _heard(recogniser, text, len(places[text]), pcms, words[text], others_of(words[text], words.values()))
            for text, pcms in listened.items()
        )
    )


def _heard(
    recogniser: Recogniser, text: str, cues: int, pcms: Sequence[bytes], expected: Words, others: Sequence[Words]
) -> Heard:
    """Listen for ``expected`` among ``others``, then for each of the others in turn where only wrong ones are offered.

    Claiming them in turn would decode the same grammar again and again, so it is decoded once: a wrong sentence that
    is accepted is one claim believed, out of as many as there are others.
    """
    understood, believed = [], 0.0
    # Which texts does not depend on what else a session says.
    offers_wrong = zlib.crc32(text.encode()) % WRONG_EVERY == 0
    for pcm in pcms:
        least = recogniser.least(pcm)
        understood.append(recogniser.sentence(pcm, [expected, *others], least))
        if offers_wrong:
            believed += recogniser.sentence(pcm, others, least) in others
    return Heard(
        text,
        cues,
        hypotheses=tuple(" ".join(words) for words in understood),
        accepted=understood.count(expected),
        believed=believed / len(pcms) / len(others) if offers_wrong else None,
    )


def decoded(mp3: Path) -> Samples:
    """Return the file as an independent decoder has it, mixed down to one channel at the model's rate."""
    raw = ffmpeg("-v", "error", "-i", str(mp3), "-ac", "1", "-ar", str(RATE_HZ), "-f", "f32le", "-").stdout
    return np.frombuffer(raw, np.float32)


def windows(timeline: Timeline) -> Iterator[Window]:
    """Yield the window of each spoken cue, in order."""
    sounds = timeline.sounds()
    ends = [0, *(sound.end_ms for sound in sounds[:-1])]
    starts = [*(sound.start_ms for sound in sounds[1:]), timeline.duration_ms]
    for cue, before_ms, after_ms in zip(sounds, ends, starts, strict=True):
        if cue.kind is EventKind.SPEECH:
            yield _window(cue, before_ms, after_ms)


def _window(cue: Event, before_ms: int, after_ms: int) -> Window:
    before = min(AROUND_MS, (cue.start_ms - before_ms) // 2)
    after = min(AROUND_MS, (after_ms - cue.end_ms) // 2)
    return Window(cue.text or "", cue.start_ms - before, cue.end_ms + after)


def takes(samples: Samples, found: Sequence[Window], length: int) -> Iterator[bytes]:
    """Yield what is listened to for one text of ``length`` words: a short one repeatedly, at places from the last to
    the first, spread evenly.
    """
    times = SHORT_TAKES if length <= SHORT else 1
    places = np.linspace(len(found) - 1, 0, min(times, len(found))).round().astype(int)
    for take in range(times):
        yield noisy(samples, found[places[take % len(places)]], take)


def noisy(samples: Samples, window: Window, take: int) -> bytes:
    """Return the window over the floor of noise, as 16-bit PCM.

    The noise depends on the text and take only, so that other wording elsewhere changes nothing here.
    """
    first, last = (at_ms * RATE_HZ // 1000 for at_ms in (window.start_ms, window.end_ms))
    cut = samples[first:last]
    noise = np.random.default_rng([zlib.crc32(window.text.encode()), take])
    mixed = cut + noise.normal(0, 10 ** (NOISE_DB / 20), cut.size)
    return (np.clip(mixed, -1, 1) * 32767).astype("<i2").tobytes()


def others_of(expected: Words, sentences: Iterable[Words]) -> list[Words]:
    """Return some of the other sentences, drawn from those nearest in length."""
    others = [sentence for sentence in dict.fromkeys(sentences) if sentence != expected]
    nearest = sorted(others, key=lambda other: (abs(len(other) - len(expected)), other))[: 2 * OTHERS]
    return random.Random(" ".join(expected)).sample(nearest, min(OTHERS, len(nearest)))


class Recogniser:
    """Decodes windows of one session.

    Args:
        sentences: all that may be listened for.
        pcms: windows that speech fills, from which the mean of the channel is taken.
    """

    def __init__(self, sentences: Iterable[Words], pcms: Iterable[bytes]) -> None:
        self._decoder = _decoder({word for sentence in sentences for word in sentence})
        self._mean = self._mean_of(pcms)

    def _mean_of(self, pcms: Iterable[bytes]) -> str:
        """Return the cepstral mean of the session.

        A window of one short word, mostly noise, has a mean so far from speech that "Back." is taken for "Lift.".
        """
        # The mean depends on the sound only: a search for one word is the shortest.
        self._decoder.add_fsg("closed", _grammar(self._decoder, [("rest",)]))
        self._decoder.activate_search("closed")
        self._decoder.start_utt()
        for pcm in pcms:
            self._decoder.process_raw(pcm)
        self._decoder.end_utt()
        return str(self._decoder.get_cmn(True))

    def least(self, pcm: bytes) -> float:
        """Return how well, in nats, a sentence has to fit: somewhat worse than sounds that need make no words."""
        _, free = self._decode(pcm, "free")
        return free - MOST_LOSS * len(pcm) / 2 / RATE_HZ * 1000 / FRAME_MS

    def sentence(self, pcm: bytes, sentences: Sequence[Words], least: float) -> Words:
        """Return which of ``sentences`` is heard; a part of one or nothing where none fits as well as ``least``."""
        self._decoder.add_fsg("closed", _grammar(self._decoder, sentences))
        words, fit = self._decode(pcm, "closed")
        return words if fit >= least else ()

    def _decode(self, pcm: bytes, search: str) -> tuple[Words, float]:
        """Return the words and how well they fit, in nats."""
        self._decoder.activate_search(search)
        self._decoder.set_cmn(self._mean)
        self._decoder.start_utt()
        # Said to be a whole utterance, it would be normalised by its own mean.
        self._decoder.process_raw(pcm, full_utt=False)
        self._decoder.end_utt()
        best = self._decoder.hyp()
        # Scores are kept divided by 1024 (SENSCR_SHIFT of pocketsphinx) and come out of their logarithm.
        return (tuple(best.hypstr.split()), 1024 * math.log(best.best_score)) if best else ((), -math.inf)


def _decoder(words: Iterable[str]) -> Decoder:
    """Return a decoder that knows ``words``, with a free search for sounds.

    Raises:
        ValueError: when neither its dictionary nor the table has a word.
    """
    from pocketsphinx import Config, Decoder

    decoder = Decoder(Config(lm=None, ds=EVERY_FRAME, loglevel="FATAL"))
    for word, sounds in SAID.items():
        if decoder.lookup_word(word) is None:
            decoder.add_word(word, sounds, False)
    unknown = sorted(word for word in words if decoder.lookup_word(word) is None)
    if unknown:
        raise ValueError(f"no pronunciation of {', '.join(unknown)}; add it to SAID")
    decoder.add_allphone_file("free", None)
    return decoder


def _grammar(decoder: Decoder, sentences: Sequence[Words]) -> FsgModel:
    """Return the grammar that accepts each of ``sentences`` from its first word to its last, and nothing else."""
    start, end, free = 0, 1, 2
    arcs: list[tuple[int, int, float, str]] = []
    for sentence in sentences:
        states = [start, *range(free, free + len(sentence) - 1), end]
        free += len(sentence) - 1
        chances = [1 / len(sentences), *[1.0] * (len(sentence) - 1)]
        arcs += zip(states, states[1:], chances, sentence, strict=False)
    return decoder.create_fsg("closed", start, end, arcs)
