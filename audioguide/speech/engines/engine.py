"""The interface of every speech engine, which wrappers around one share.

A new engine is a file in this folder and a row in `speech.registry`. `catalogue` answers for it what is asked about
voices; `worker` and `pool` run what can hang or crash; `trimming` and `speech.text` prepare what goes in and comes out.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from audioguide.audio.clip import Clip
from audioguide.model.voice import VoiceSettings


class Voice(Struct, frozen=True):
    """A voice that an engine offers.

    Attributes:
        id: what a user writes to choose it.
        name: what people call it.
        language: BCP 47 tag or as close to one as the engine says, such as ``en-us``.
    """

    id: str
    name: str
    language: str


class SpeechEngine(Protocol):
    """Turns text into sound, offline. One instance serves one build and is closed after it.

    Making one costs nothing and can't fail: libraries, voices and processes are first needed by the other methods.

    Attributes:
        name: as in the engines' registry.
        parallel: how many texts are worth speaking at once.
        loads_slowly: whether loading takes longer than speaking some dozen texts, so that these are spoken ahead.
        takes_phonemes: whether a text may hold words with phonemes, as `speech.text.pronunciation` marks them.
    """

    name: str
    parallel: int
    loads_slowly: bool
    takes_phonemes: bool

    def version(self) -> str:
        """Return what identifies the engine and its data; part of every cache key."""

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice that can be asked for."""

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return ``settings`` with engine and voice filled in, or refuse them.

        Raises:
            RequestError: for an unknown voice (naming similar ones) or a rate outside the engine's range.
            SpeechError: when the engine can't run on this machine.
        """

    def pace_factor(self, voice: str) -> float:
        """Return how long ``voice`` takes by nature, as a multiple of what the engine's table of rates expects.

        The engine allows for it in `synthesize`, so it is a part of every cache key. 1 where there is nothing to allow
        for.

        Args:
            voice: as `check` fills it in.

        Raises:
            SpeechError: when it has to be measured first, and the voice can't speak.
        """

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        """Return ``text`` spoken, trimmed of silence at both ends, never empty.

        Raises:
            SpeechError: when the engine failed also after trying again; never silence instead.
        """

    def close(self) -> None:
        """End the engine's processes and free what it holds."""
