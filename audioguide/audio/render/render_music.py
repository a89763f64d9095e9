"""A timeline with music made sound, as MP3 frames: never silent, so encoded from end to end, on all processors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from audioguide.audio.clip import Clip
from audioguide.audio.mp3.chunks import encode_chunks
from audioguide.audio.mp3.mp3_format import STEREO
from audioguide.audio.mp3.mp3_stream import Mp3Stream, Run
from audioguide.audio.music.bed import MusicBed
from audioguide.audio.render.mix import placed_clips
from audioguide.audio.render.music_mix import MusicMix
from audioguide.model.kinds import BeepRole
from audioguide.model.progress import Progress
from audioguide.model.sound import Music
from audioguide.model.timeline import Timeline


class SessionMusic(Struct, frozen=True):
    """The music of a session.

    Attributes:
        pieces: its files, in order.
        levels: how far it lies below the voice, and below that under cues.
        voice_lufs: loudness of the voice.
    """

    pieces: Sequence[Path]
    levels: Music
    voice_lufs: float


def render_with_music(
    timeline: Timeline,
    speech: Mapping[str, Clip],
    sounds: Mapping[BeepRole, Clip],
    music: SessionMusic,
    progress: Progress | None = None,
    breath_lufs: float | None = None,
) -> Mp3Stream:
    """Return the session over music as stereo MP3 frames; decoded it lasts exactly ``timeline.duration_ms``.

    Args:
        timeline: what is heard when.
        speech: the clip of each text, 24 kHz, at its loudness.
        sounds: the clip of each beep, 24 kHz.
        music: what plays below them.
        progress: told now and then how many chunks are done, of how many.
        breath_lufs: loudness of the breath pacer at its loudest; None leaves it out.

    Raises:
        RequestError: when a piece can't be read, is silent or too short.
        ValueError: when a clip is missing or doesn't fit its event.
        OutputError: when the encoder failed.
    """
    samples = timeline.duration_ms * STEREO.samples_per_ms
    mix = music_mix(timeline, speech, sounds, music, breath_lufs=breath_lufs)
    frames = encode_chunks(mix.read, samples, STEREO, progress)
    return Mp3Stream((Run(frames),), samples, STEREO)


def music_mix(
    timeline: Timeline,
    speech: Mapping[str, Clip],
    sounds: Mapping[BeepRole, Clip],
    music: SessionMusic,
    breath_lufs: float | None = None,
) -> MusicMix:
    """Return what `render_with_music` encodes; takes and raises what it does."""
    clips = placed_clips(timeline, speech, sounds, breath_lufs)
    # The music makes way for cues only; a breath tone lies below the voice itself.
    cues = [(cue.start_ms, cue.end_ms) for cue in timeline.sounds()]
    bed = MusicBed(music.pieces, timeline.duration_ms * STEREO.samples_per_ms, music.voice_lufs - music.levels.below_db)
    return MusicMix(clips, cues, bed, music.levels.duck_db)
