"""The user's own beeps, made to fit in place of the shipped ones: found by name, trimmed, set as loud."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.cues.tones import loudest_lufs
from audioguide.audio.fades import faded
from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.audio.level.limiter import CEILING_DBTP
from audioguide.audio.level.true_peak import true_peak_dbtp
from audioguide.audio.read.source import is_sound_file, open_source, to_mono
from audioguide.audio.resample import at_our_rate
from audioguide.errors import RequestError
from audioguide.model.kinds import BeepRole
from audioguide.model.text import listed, suggest
from audioguide.model.units import SAMPLES_PER_MS, plain_number, to_seconds

_LONGEST_MS = {
    BeepRole.COUNTDOWN: 800,
    BeepRole.REP: 500,
    BeepRole.REP_LEFT: 500,
    BeepRole.REP_PART: 500,
    BeepRole.LEAD: 3_000,
    BeepRole.DONE: 10_000,
}
"""A countdown ticks each second, and reps may follow each other faster."""

_LONGEST_OTHER_MS = 2_000

_MOST_SILENCE_S = 5
"""So much may be cut off around a sound; a longer file is taken for another kind of file and isn't read."""

_SILENT_DB = -70.0
_HEARD_DB = -50.0
"""What lies so far below a sound's peak, before and after it, isn't heard as part of it."""

# A shorter sound is heard as a click without a pitch.
_SHORTEST_MS = 10

_BLOCK_FRAMES = 1 << 14


class OwnSounds(Struct, frozen=True):
    """The user's own beeps.

    Attributes:
        clips: the sound of each role that has one, 24 kHz.
        notes: what the user should know, a line each.
    """

    clips: dict[BeepRole, Clip]
    notes: tuple[str, ...] = ()


def own_sounds(folder: Path, shipped: Mapping[BeepRole, Clip]) -> OwnSounds:
    """Return the sounds in ``folder`` that are named like a role, such as ``start.wav``.

    Args:
        folder: where they are; in it, hidden files and files that are no sounds count for nothing.
        shipped: the beeps they replace, 24 kHz; each is set as loud as its own.

    Raises:
        RequestError: naming the folder or file: there is none for any role, or two for one; or one is silent, too
            long or broken.
    """
    found = _sounds_in(folder)
    files: dict[BeepRole, Path] = {}
    notes: list[str] = []
    for path in found:
        name = path.stem.lower()
        if name not in set(BeepRole):
            notes.append(f"the sound '{path.name}' in {folder} replaces nothing; {suggest(name, BeepRole)}")
            continue
        role = BeepRole(name)
        if role in files:
            raise RequestError(f"{path}: '{files[role].name}' is for '{role}' as well; keep one of them")
        files[role] = path
    if not files:
        names = listed((f"{role}.wav" for role in BeepRole), last="or")
        raise RequestError(f"{folder}: no sound in it is named like a beep: {names}, or another suffix")
    clips = {role: _fitted(path, role, shipped[role]) for role, path in files.items()}
    return OwnSounds(clips, tuple(notes))


def _sounds_in(folder: Path) -> list[Path]:
    try:
        files = sorted(folder.iterdir())
    except NotADirectoryError as error:
        raise RequestError(f"{folder}: not a folder; name the folder that holds the sounds") from error
    except FileNotFoundError as error:
        raise RequestError(f"{folder}: no such folder") from error
    except (OSError, ValueError) as error:
        raise RequestError(f"{folder}: can't be read: {getattr(error, 'strerror', None) or error}") from error
    return [path for path in files if is_sound_file(path)]


def _fitted(path: Path, role: BeepRole, shipped: Clip) -> Clip:
    """Return the sound in ``path`` ready to be placed for ``role``: without silence around it, as loud as ``shipped``.

    Its loudest 100 ms are set as loud as those of ``shipped``, or as its peaks allow.
    """
    longest_ms = _LONGEST_MS.get(role, _LONGEST_OTHER_MS)
    with open_source(path) as source:
        most = round((to_seconds(longest_ms) + _MOST_SILENCE_S) * source.rate_hz)
        if source.length_s is not None and source.length_s * source.rate_hz > most:
            raise _too_long(path, source.length_s, role, longest_ms)
        blocks: list[Samples] = []
        for block in source.blocks(_BLOCK_FRAMES):
            blocks.append(to_mono(block))
            # Not every file says how long it is, and an hour of music is not to be read to find out.
            if sum(map(len, blocks)) > most:
                raise _too_long(path, None, role, longest_ms)
        samples = at_our_rate(Clip(np.concatenate(blocks), source.rate_hz))
    levels = np.abs(samples)
    peak = float(levels.max(initial=0))
    if peak <= db_to_amplitude(_SILENT_DB):
        raise RequestError(f"{path}: silent; use a sound that can be heard")
    # A beep begins at the time that it marks, so silence ahead of it would make every hold start late.
    heard = np.flatnonzero(levels >= peak * db_to_amplitude(_HEARD_DB))
    samples = samples[heard[0] : heard[-1] + 1]
    if samples.size > longest_ms * SAMPLES_PER_MS:
        raise _too_long(path, samples.size / SAMPLES_PER_MS / 1000, role, longest_ms)
    if samples.size < _SHORTEST_MS * SAMPLES_PER_MS:
        raise RequestError(f"{path}: a click of under {_SHORTEST_MS} ms; use a longer sound")
    clip = Clip(faded(samples))
    # No limiter, as speech has: it would change the sound's attack, which is what marks the time.
    gain_db = loudest_lufs(shipped) - loudest_lufs(clip)
    room_db = CEILING_DBTP - true_peak_dbtp(clip.samples)
    return Clip(clip.samples * np.float32(db_to_amplitude(min(gain_db, room_db))))


def _too_long(path: Path, length_s: float | None, role: BeepRole, longest_ms: int) -> RequestError:
    length = "longer than that" if length_s is None else f"{plain_number(length_s)} s long"
    return RequestError(
        f"{path}: a sound for '{role}' lasts at most {plain_number(to_seconds(longest_ms))} s, this one is {length}; "
        "use a shorter one"
    )
