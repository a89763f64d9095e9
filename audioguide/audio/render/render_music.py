"""A timeline with music made sound, as MP3 frames: never silent, so encoded from end to end, on all processors.
`audio.render.render` does sessions without music.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.audio.mp3.chunks import encode_chunks
from audioguide.audio.mp3.mp3_format import STEREO
from audioguide.audio.mp3.mp3_stream import Mp3Stream, Run
from audioguide.audio.music.bed import Bed
from audioguide.audio.render.mix import placed
from audioguide.audio.render.music_mix import MusicMix
from audioguide.model.kinds import BeepRole
from audioguide.model.progress import Progress
from audioguide.model.sound import Music
from audioguide.model.timeline import Timeline


def render_with_music(
    timeline: Timeline,
    speech: Mapping[str, Clip],
    sounds: Mapping[BeepRole, Clip],
    pieces: Sequence[Path],
    music: Music,
    voice_lufs: float,
    progress: Progress | None = None,
    breath_lufs: float | None = None,
) -> Mp3Stream:
    """Return the session over music as stereo MP3 frames; decoded it lasts exactly ``timeline.duration_ms``.

    Args:
        timeline: what is heard when.
        speech: the clip of each text, 24 kHz, at its loudness.
        sounds: the clip of each beep, 24 kHz.
        pieces: the files of the music, in order.
        music: its levels.
        voice_lufs: loudness of the voice, which the music lies below.
        progress: told now and then how many chunks are done, of how many.
        breath_lufs: loudness of the breath pacer at its loudest; None leaves it out.

    Raises:
        RequestError: when a piece can't be read, is silent or too short.
        ValueError: when a clip is missing or doesn't fit its event.
        OutputError: when the encoder failed.
    """
    samples = timeline.duration_ms * STEREO.samples_per_ms
    mix = music_mix(timeline, speech, sounds, pieces, music, voice_lufs, breath_lufs)
    frames = encode_chunks(mix.part, samples, STEREO, progress)
    return Mp3Stream((Run(frames),), samples, STEREO)


def music_mix(
    timeline: Timeline,
    speech: Mapping[str, Clip],
    sounds: Mapping[BeepRole, Clip],
    pieces: Sequence[Path],
    music: Music,
    voice_lufs: float,
    breath_lufs: float | None = None,
) -> MusicMix:
    """Return what `render_with_music` encodes; takes and raises what it does."""
    heard = placed(timeline, speech, sounds, breath_lufs)
    cues = [(cue.start_ms, cue.end_ms) for cue in timeline.sounds()]
    bed = Bed(pieces, timeline.duration_ms * STEREO.samples_per_ms, voice_lufs - music.below_db)
    return MusicMix(heard, cues, bed, music.duck_db)
