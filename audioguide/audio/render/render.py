"""A timeline made sound, as MP3 frames.

A session is mostly silence, and its cues repeat: only the stretches that sound are encoded, each distinct one once and
side by side, each by an encoder of its own; between them stands one frame of silence, as often as needed. Frames of an
encoder point back only to its own (ISO/IEC 11172-3, 2.4.3.4, main_data_begin), so that any of these may follow another.
A 20 minute session is encoded in under a second that way, and again in a twentieth of one when a hold has changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from audioguide.audio.clip import Clip, KeptClip, name_of
from audioguide.audio.mp3.encoder import encode_frames, encoding
from audioguide.audio.mp3.info_frame import frames_needed
from audioguide.audio.mp3.mp3_format import MONO
from audioguide.audio.mp3.mp3_stream import Mp3Stream, Run
from audioguide.audio.parallel import in_parallel
from audioguide.audio.render.mix import placed_clips
from audioguide.audio.render.segments import Segment, segments
from audioguide.errors import OutputError
from audioguide.model.kinds import BeepRole
from audioguide.model.progress import Progress
from audioguide.model.timeline import Timeline
from audioguide.model.units import SAMPLES_PER_FRAME, SAMPLES_PER_MS
from audioguide.storage.cache import NoCache, Store, digest

_KIND = "segment"

FEW_FRAMES = 1_000
"""Frames that one thread encodes in the time that it takes to start others: 24 s of sound."""

_MAIN_DATA_BEGIN = 4
"""Offset of the byte that says how far a frame points back, behind a header without CRC."""

Sounds = Mapping[BeepRole, Clip]

_names: WeakKeyDictionary[Clip, str] = WeakKeyDictionary()
"""Names of beeps. Many sessions of one process share them."""


def render(
    timeline: Timeline,
    speech: Mapping[str, Clip],
    sounds: Sounds,
    progress: Progress | None = None,
    store: Store | None = None,
    breath_lufs: float | None = None,
) -> Mp3Stream:
    """Return the session as MP3 frames; decoded it lasts exactly ``timeline.duration_ms``.

    Args:
        timeline: what is heard when.
        speech: the clip of each text, 24 kHz, at its loudness.
        sounds: the clip of each beep, 24 kHz.
        progress: told now and then how many segments are done, of how many.
        store: where encoded segments are kept for the next build; the result is the same with or without.
        breath_lufs: loudness of the breath pacer at its loudest; None leaves it out.

    Raises:
        ValueError: when a clip is missing or doesn't fit its event.
        OutputError: when the encoder failed.
    """
    found = tuple(segments(placed_clips(timeline, speech, sounds, breath_lufs), timeline.duration_ms))
    contents = [segment.content() for segment in found]
    distinct = dict(zip(contents, found, strict=True))
    frames = _encoded(distinct.values(), store or NoCache(), progress)
    total = timeline.duration_ms * SAMPLES_PER_MS
    runs: list[Run] = []
    at = 0
    for segment, content in zip(found, contents, strict=True):
        if segment.first_frame > at:
            runs.append(Run(silent_frame(), segment.first_frame - at))
        runs.append(Run(frames[content]))
        at = segment.first_frame + segment.frames
    if frames_needed(total) > at:
        runs.append(Run(silent_frame(), frames_needed(total) - at))
    return Mp3Stream(tuple(runs), total)


@cache
def silent_frame() -> bytes:
    """Return the frame that decodes to silence after anything that has faded."""
    return encode_frames(np.zeros(SAMPLES_PER_FRAME, np.float32), 1)


def _encoded(distinct: Iterable[Segment], store: Store, progress: Progress | None) -> dict[tuple[object, ...], bytes]:
    """Return the frames of each segment by its content, from the store or encoded, on all processors."""
    # The encoder leaves the interpreter's lock, so threads share the work; long segments first keep all of them busy.
    threads = os.cpu_count() or 1
    longest_first = sorted(distinct, key=lambda segment: -segment.frames)
    # Two clips may sound the same: segments are told apart by their clips, and kept under their sound.
    keys: dict[tuple[object, ...], str] = {}
    frames: dict[str, bytes] = {}
    missing: dict[str, Segment] = {}
    for segment in longest_first:
        parts = [part for placed in segment.clips for part in (placed.offset, placed.length, _name_of(placed.clip))]
        key = keys[segment.content()] = _key(segment.frames, *parts)
        kept = frames.get(key) or store.get(_KIND, key)
        if kept is not None and len(kept) == segment.frames * MONO.frame_bytes:
            frames[key] = kept
        else:
            missing[key] = segment

    def encoded(key: str) -> bytes:
        made = _encode(missing[key])
        store.put(_KIND, key, made)
        return made

    # Threads take longer to load and start than a few segments to encode, all that is new where a hold has changed.
    few = sum(segment.frames for segment in missing.values()) <= FEW_FRAMES
    made = in_parallel(missing, encoded, 1 if few else threads, progress)
    frames |= zip(missing, made, strict=True)
    return {content: frames[key] for content, key in keys.items()}


def _name_of(clip: Clip) -> str:
    """Return what a clip is known by in the store: by its sound, so that the next process finds it too."""
    if isinstance(clip, KeptClip):
        return clip.name
    found = _names.get(clip)
    if found is None:
        found = _names[clip] = name_of(clip.samples)
    return found


# Sessions of one process have most segments in common.
@lru_cache(maxsize=20_000)
def _key(*parts: int | str) -> str:
    """Return what a segment of these frames and clips is kept under."""
    return digest(encoding(), *parts)


def _encode(segment: Segment) -> bytes:
    frames = encode_frames(segment.samples(), segment.frames)
    # A decoder's silence proves nothing here: four of them say no word about a frame whose data is not there.
    if frames[_MAIN_DATA_BEGIN]:
        raise OutputError("the MP3 encoder began with data of frames that are not there")
    return frames
