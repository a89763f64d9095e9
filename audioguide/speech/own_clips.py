"""The recordings that a protocol brings instead of the synthetic voice: read, checked, trimmed like speech."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.resample import at_our_rate
from audioguide.errors import ProblemsError, RequestError
from audioguide.model.recorded import has_recordings, recorded_in, recordings_of
from audioguide.model.text import written_name
from audioguide.model.units import plain_number
from audioguide.speech.engines.trimming import SILENT_PEAK, SOFT_ENDS, trimmed
from audioguide.storage.sha256 import sha256_of

if TYPE_CHECKING:
    from audioguide.model.protocol import Protocol

OWN_CLIP_VERSION = 1
"""Raised by one whenever recordings are trimmed otherwise, so that cached ones are made anew."""

LONGEST_S = 30
"""A sentence of the most letters that a file may have takes as long as this."""

MOST_SILENCE_S = 30
"""So much may be cut off around it; a longer file is no recording of a sentence, and isn't read."""

SHORTEST_MS = 100
"""What is shorter is a click and no word."""

_BLOCK_FRAMES = 1 << 14


class OwnClip(Struct, frozen=True, eq=False):
    """A recording of the user's.

    Attributes:
        name: the name of its file, without where it lies.
        digest: SHA-256 of the file.
        clip: what is heard, 24 kHz, trimmed, at the loudness it was recorded with.
    """

    name: str
    digest: str
    clip: Clip


def read_own_clips(protocol: Protocol) -> dict[str, OwnClip]:
    """Return the recording of each text of ``protocol`` that has one, with its side filled in.

    Raises:
        RequestError: with a line for each file that is missing, damaged, silent, too short or too long, and where the
            protocol names it.
    """
    if not has_recordings(protocol):
        return {}
    read: dict[Path, OwnClip] = {}
    problems: dict[Path, str] = {}
    for where, words in recorded_in(protocol):
        for path in words.clips.values():
            if path in read or path in problems:
                continue
            try:
                read[path] = read_own_clip(path)
            except RequestError as error:
                problems[path] = f"{words.place or where}.clip: {error}"
    if problems:
        raise ProblemsError(problems.values())
    return {text: read[path] for text, path in recordings_of(protocol).items()}


def read_own_clip(path: Path) -> OwnClip:
    """Return the recording in a file, trimmed.

    Raises:
        RequestError: when it is missing, damaged, silent, too short or too long.
    """
    # Imported where there are recordings, which few protocols have: the readers load libraries.
    from audioguide.audio.read.source import open_source, to_mono

    if not path.exists():
        raise RequestError(f"{path}: no such file; put the recording there, or write the text without clip")
    with open_source(path) as source:
        if source.length_s is not None and source.length_s > LONGEST_S + MOST_SILENCE_S:
            raise _too_long(path, source.length_s)
        blocks: list[Samples] = []
        most, frames = (LONGEST_S + MOST_SILENCE_S) * source.rate_hz, 0
        for block in source.blocks(_BLOCK_FRAMES):
            blocks.append(to_mono(block))
            frames += len(block)
            # Not every file says how long it is.
            if frames > most:
                raise _too_long(path, None)
        samples = at_our_rate(Clip(np.concatenate(blocks), source.rate_hz))
    if samples.size == 0 or float(np.abs(samples).max()) < SILENT_PEAK:
        raise RequestError(f"{path}: silent; record it anew, or write the text without clip")
    clip = trimmed(Clip(samples), SOFT_ENDS)
    if clip.duration_ms > LONGEST_S * 1000:
        raise _too_long(path, clip.duration_ms / 1000)
    if clip.duration_ms < SHORTEST_MS:
        raise RequestError(f"{path}: a click of under {SHORTEST_MS} ms; use a recording of the words")
    return OwnClip(written_name(path.name), sha256_of(path), clip)


def _too_long(path: Path, length_s: float | None) -> RequestError:
    length = "longer than that" if length_s is None else f"{plain_number(round(length_s, 1))} s long"
    return RequestError(f"{path}: a recording lasts at most {LONGEST_S} s, this one is {length}; cut it")
