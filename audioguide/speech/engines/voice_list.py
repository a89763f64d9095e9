"""Voices that can be fetched: where each file lies, how long it is, its SHA-256 and who may use it.

A voice stands here only when its whole chain may be used by a clinic: the recordings it was trained on, and the voice
that its training began with. Most voices of Piper are left out, as they began with `lessac` (recordings for research
only) or `ryan` (not for business), whatever the card says of their own recordings; in Brazilian Portuguese that leaves
none.
`scripts/voice_row` prints a row for a new voice.
"""

from __future__ import annotations

import re

from msgspec import Struct

from audioguide.errors import RequestError
from audioguide.model.text import suggest

HIBARI = "https://huggingface.co/maureesewilliams/hibari/resolve/main/voices/"
"""Where hibari-tts fetches from itself (``hibari/voices.py``); a file that changes there no longer fits its hash."""

PIPER = "https://huggingface.co/rhasspy/piper-voices/resolve/c10ece1aade47bb51c153c893d14e5bf8e5b7117/"
"""The collection at one revision, so that an address always means the same file."""

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class VoiceFile(Struct, frozen=True):
    """One file of a voice.

    Attributes:
        url: where it lies, by https; its last part is the file's name.
        bytes: how long it is.
        sha256: its SHA-256 in hexadecimal.

    Raises:
        ValueError: for a name that could lead out of a folder, or what is no SHA-256.
    """

    url: str
    bytes: int
    sha256: str

    def __post_init__(self) -> None:
        if not (self.url.startswith("https://") and _FILE_NAME.fullmatch(self.name) and _SHA256.fullmatch(self.sha256)):
            raise ValueError(f"a voice's file needs an https address, a plain name and a SHA-256; got {self}")

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.url.rpartition("/")[2]


class ListedVoice(Struct, frozen=True):
    """A voice that can be fetched.

    Attributes:
        engine: the engine that speaks with it, as in `speech.registry`.
        name: what a user writes to choose it; no two voices share one.
        language: BCP 47 tag.
        accent: where people speak like that.
        licence: under what terms it may be used, as an SPDX identifier where there is one.
        terms: the page that says so.
        files: its files, the model first.
    """

    engine: str
    name: str
    language: str
    accent: str
    licence: str
    terms: str
    files: tuple[VoiceFile, ...]

    @property
    def bytes(self) -> int:
        """How much all its files take."""
        return sum(file.bytes for file in self.files)


# hibari: language, accent, length and hash as in the wheel of hibari-tts 0.2.1 (``hibari/assets/voices.json``).
# Piper: length and hash of both files as several public projects pin them, which agree; the hash of a model is its
# Git LFS id. All four were trained from scratch, as their cards say. `mls` has many readers, the first of whom speaks.
VOICES = (
    ListedVoice(
        engine="hibari",
        name="emma",
        language="en-GB",
        accent="British",
        licence="Apache-2.0",
        terms="https://pypi.org/project/hibari-tts/",
        files=(
            VoiceFile(
                HIBARI + "bf_emma.int8.onnx",
                7_936_868,
                "f709f0488ee63b583a22189a955aaf4257b9806dd330be3490661e53af0a89c1",
            ),
        ),
    ),
    ListedVoice(
        engine="hibari",
        name="fenrir",
        language="en-US",
        accent="American",
        licence="Apache-2.0",
        terms="https://pypi.org/project/hibari-tts/",
        files=(
            VoiceFile(
                HIBARI + "am_fenrir_v2.int8.onnx",
                8_031_158,
                "f59fbd87908c91f827bc21b1b89443757b9a8580db9eee20aa948deb731321f4",
            ),
        ),
    ),
    ListedVoice(
        engine="hibari",
        name="fable",
        language="en-GB",
        accent="British",
        licence="Apache-2.0",
        terms="https://pypi.org/project/hibari-tts/",
        files=(
            VoiceFile(
                HIBARI + "bm_fable.int8.onnx",
                7_936_868,
                "c28529302f2d27cd12f62625c24425888c4e3c2675583100ec530259136b8bc6",
            ),
        ),
    ),
    ListedVoice(
        engine="hibari",
        name="kore",
        language="en-US",
        accent="American",
        licence="Apache-2.0",
        terms="https://pypi.org/project/hibari-tts/",
        files=(
            VoiceFile(
                HIBARI + "af_kore.int8.onnx",
                7_936_868,
                "346885752673e45d42f9864c9e2432094bc4b6385df060d4b83273da764d2fa9",
            ),
        ),
    ),
    ListedVoice(
        engine="piper",
        name="de_DE-mls-medium",
        language="de-DE",
        accent="Germany",
        licence="CC-BY-4.0",
        terms=PIPER + "de/de_DE/mls/medium/MODEL_CARD",
        files=(
            VoiceFile(
                PIPER + "de/de_DE/mls/medium/de_DE-mls-medium.onnx",
                76_961_079,
                "69cd1d2aa5a35839a518966fcc4924b5f93e5f8c948ed0752b1a616ad53f65bf",
            ),
            VoiceFile(
                PIPER + "de/de_DE/mls/medium/de_DE-mls-medium.onnx.json",
                8_948,
                "b0af1c89ddfdc72d32e015729b0e89b99eec13c2c8caa1db7488d98e9e570b40",
            ),
        ),
    ),
    ListedVoice(
        engine="piper",
        name="es_ES-carlfm-x_low",
        language="es-ES",
        accent="Spain",
        licence="public domain",
        terms=PIPER + "es/es_ES/carlfm/x_low/MODEL_CARD",
        files=(
            VoiceFile(
                PIPER + "es/es_ES/carlfm/x_low/es_ES-carlfm-x_low.onnx",
                28_130_791,
                "d69677323a907cd4963f42b29c20a98b5d6bfa7f3e64df339915e4650c00d125",
            ),
            VoiceFile(
                PIPER + "es/es_ES/carlfm/x_low/es_ES-carlfm-x_low.onnx.json",
                4_159,
                "d9bdfa9ff01eb2bc9e62e7d2593939d1e4c4d8eb7cf75f972731539d12399966",
            ),
        ),
    ),
    ListedVoice(
        engine="piper",
        name="fr_FR-mls-medium",
        language="fr-FR",
        accent="France",
        licence="CC-BY-4.0",
        terms=PIPER + "fr/fr_FR/mls/medium/MODEL_CARD",
        files=(
            VoiceFile(
                PIPER + "fr/fr_FR/mls/medium/fr_FR-mls-medium.onnx",
                76_733_750,
                "0ed223f78466917f2bae05ee90096ce69ab1fdeb251f55590d0e7422d234e162",
            ),
            VoiceFile(
                PIPER + "fr/fr_FR/mls/medium/fr_FR-mls-medium.onnx.json",
                7_036,
                "252b0b0a6e4cc4949e23eccb956f9c779986c32f934f2f7e2191e5fdc2edca61",
            ),
        ),
    ),
    ListedVoice(
        engine="piper",
        name="it_IT-riccardo-x_low",
        language="it-IT",
        accent="Italy",
        licence="M-AILABS (BSD-like)",
        terms=PIPER + "it/it_IT/riccardo/x_low/MODEL_CARD",
        files=(
            VoiceFile(
                PIPER + "it/it_IT/riccardo/x_low/it_IT-riccardo-x_low.onnx",
                28_130_791,
                "1368de15f123275a7ef951c9e5e30be0f58a032daa14a0da44037443c1d1d21b",
            ),
            VoiceFile(
                PIPER + "it/it_IT/riccardo/x_low/it_IT-riccardo-x_low.onnx.json",
                4_161,
                "146ab9c634afe524e9fb7530f2510df7a42fb1db56b52658ca1fb3d98001a62a",
            ),
        ),
    ),
)
"""Every voice that can be fetched, by engine and language."""

ENGINE_LICENCES = {"espeak": "GPL-3.0-or-later", "hibari": "Apache-2.0", "fake": "none, it hums"}
"""Terms of the voices that come with an engine; those of others are the system's."""


def listed_voices(engine: str | None = None, language: str = "") -> tuple[ListedVoice, ...]:
    """Return the voices that can be fetched, all or those of an engine, whose language begins with ``language``."""
    tag = language.casefold().replace("_", "-")
    return tuple(
        voice for voice in VOICES if engine in (None, voice.engine) and voice.language.casefold().startswith(tag)
    )


def find_voice(name: str) -> ListedVoice:
    """Return the voice that can be fetched under ``name``.

    Raises:
        RequestError: when there is none, naming similar ones.
    """
    # Files are only ever found by a listed name, so that a name can't lead anywhere else.
    voices = {voice.name.casefold(): voice for voice in VOICES}
    if name.casefold() not in voices:
        raise RequestError(f"no voice '{name}' can be fetched; {suggest(name, [one.name for one in VOICES])}")
    return voices[name.casefold()]


def licence_of(engine: str, voice: str) -> str:
    """Return the terms under which ``voice`` of ``engine`` may be used, in a few words."""
    listed = (one.licence for one in VOICES if (one.engine, one.name) == (engine, voice))
    return next(listed, ENGINE_LICENCES.get(engine, "the system's own"))
