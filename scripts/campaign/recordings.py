"""Mutated and broken MP3s for `check`, `page` and `share`, and cues whose words were altered.

A file whose sound was changed is never "as planned"; one that can't be read is refused in a line; words that were
exchanged, muted or turned round are noticed, and encoding again is not.
"""

from __future__ import annotations

import importlib.util
import io
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

from scripts.campaign.odd_values import LANGUAGES, damaged, odd, places
from scripts.campaign.options import SHORT
from scripts.campaign.trial import DONE, MISTAKE, ROOT, Trial

WORDS = len(LANGUAGES)
"""The first trials alter the words of a session in each language."""

LEAST_NOTICED = {
    "backwards": 0.97,
    "150 ms muted": 0.97,
    "100 ms muted": 0.85,
    "another cue's words": 0.97,
    "left and right exchanged": 0.97,
}
"""The share of altered cues that has to be noticed, by kind."""


@dataclass(frozen=True, slots=True)
class Made:
    """A session that is right.

    Attributes:
        tag: its ID3 tag.
        frames: its MPEG frames.
    """

    tag: bytes
    frames: bytes


def prepare(world: Path) -> Made:
    """Build a session."""
    folder = world / "made"
    folder.mkdir()
    trial = Trial("recordings", 0, chance=random.Random(0), folder=folder, world=world)
    trial.write("short.toml", SHORT)
    ran = trial.whole("build", "short.toml", "--engine", "fake", "-o", "s.mp3")
    if ran.code:
        raise SystemExit(ran.err)
    data = (folder / "s.mp3").read_bytes()
    size = sum(byte << 7 * place for place, byte in enumerate(reversed(data[6:10]))) + 10
    return Made(data[:size], data[size:])


def attempt(trial: Trial) -> None:
    """Try one change of an MP3."""
    if trial.number < WORDS:
        _altered_words(trial, LANGUAGES[trial.number])
        return
    change = CHANGES[trial.number % len(CHANGES)]
    made: Made = trial.prepared
    trial.log.append(change.__name__)
    data, sounds_different = change(made, trial.chance)
    trial.write("s.mp3", data)
    checked = trial.run("check", "s.mp3")
    if sounds_different and data[len(made.tag) :] != made.frames:
        trial.expect(checked.code != DONE, f"as planned, with other sound: {checked.out[-800:]}")
    trial.run("page", "s.mp3", "-o", "s.html", codes=(DONE, MISTAKE))
    trial.run("share", "s.mp3", "--address", "127.0.0.1", "--minutes", "0.0005", codes=(DONE, MISTAKE))


def _flipped_sound(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    frames = bytearray(made.frames)
    for _ in range(chance.choice((1, 5, 100))):
        # Behind the first frame, which holds no sound.
        frames[chance.randrange(600, len(frames))] ^= 1 << chance.randrange(8)
    return made.tag + frames, True


def _cut(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    data = made.tag + made.frames
    return data[: chance.randrange(len(data))], True


def _without_frames(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    at = chance.randrange(600, len(made.frames) - 5_000)
    return made.tag + made.frames[:at] + made.frames[at + chance.choice((192, 1_920, 4_000)) :], True


def _twice(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    return made.tag + made.frames + made.frames[:: chance.choice((1, -1))], True


def _two_files(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    return (made.tag + made.frames) * 2, True


def _noise(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    return made.tag + chance.randbytes(chance.choice((0, 1, 1_000, 200_000))), True


def _garbled(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    return damaged(made.tag + made.frames, chance), False


def _garbled_tag(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    tag = bytearray(made.tag)
    for _ in range(chance.choice((1, 3, 30))):
        # Its head, the heads of frames, or anything.
        tag[chance.choice((chance.randrange(10), chance.randrange(200), chance.randrange(len(tag))))] = (
            chance.randrange(256)
        )
    return bytes(tag) + made.frames, False


def _no_tag(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    return chance.choice((b"", b"ID3", b"ID3\3\0\0\x7f\x7f\x7f\x7f", b"ID3\4\0\x40\0\0\0\1x")) + made.frames, False


def _other_tag(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    """Write the tag anew with another program, with frames lost or altered."""
    from mutagen.id3 import ID3

    file = io.BytesIO(made.tag + made.frames)
    tags: Any = ID3(file)  # type: ignore[no-untyped-call]
    for key in chance.sample(sorted(tags.keys()), chance.choice((0, 1, 3))):
        if chance.random() < 0.5:
            del tags[key]
        elif hasattr(tags[key], "text") and isinstance(tags[key].text, list) and not key.startswith("SYLT"):
            tags[key].text = [str(odd(chance))[:2000].encode("utf-8", "replace").decode()]
    file.seek(0)
    tags.save(file, v2_version=chance.choice((3, 4)))
    return file.getvalue(), False


def _other_plan(made: Made, chance: random.Random) -> tuple[bytes, bool]:
    """Alter the plan in the tag, here and there."""
    from mutagen.id3 import ID3

    file = io.BytesIO(made.tag + made.frames)
    tags: Any = ID3(file)  # type: ignore[no-untyped-call]
    holder = next(frame for frame in tags.values() if "audioguide-plan" in str(getattr(frame, "desc", "")))
    field = "data" if hasattr(holder, "data") else "text"
    value = getattr(holder, field)
    text = value.decode() if isinstance(value, bytes) else str(value[0] if isinstance(value, list) else value)
    plan = json.loads(text)
    for _ in range(chance.choice((1, 1, 3))):
        place, key = chance.choice(list(places(plan)))
        kind = chance.random()
        if kind < 0.6:
            place[key] = odd(chance)
        elif kind < 0.8:
            del place[key]
        elif isinstance(place[key], int | float):
            place[key] += chance.choice((-1, 24, 1_000, 10**9, 10**18))
        else:
            place[key] = [place[key]] * chance.choice((1, 2, 50))
    made_text = json.dumps(plan, default=str)
    if chance.random() < 0.15:
        made_text = damaged(made_text.encode("utf-8", "surrogatepass"), chance).decode("utf-8", "replace")
    setattr(
        holder,
        field,
        made_text.encode() if isinstance(value, bytes) else [made_text] if isinstance(value, list) else made_text,
    )
    file.seek(0)
    tags.save(file, v2_version=3)
    return file.getvalue(), False


CHANGES: tuple[Callable[[Made, random.Random], tuple[bytes, bool]], ...] = (
    _flipped_sound, _cut, _without_frames, _twice, _two_files, _noise, _garbled, _garbled_tag, _no_tag, _other_tag,
    _other_plan, _other_plan, _other_plan,
)  # fmt: skip


def _altered_words(trial: Trial, language: str) -> None:
    """Alter every cue of a session in a language, each in each way, and count how many are noticed."""
    # It has no ending, as it is typed.
    loader = SourceFileLoader("word_mutations", str(ROOT / "scripts/word_mutations"))
    spec = importlib.util.spec_from_loader("word_mutations", loader)
    assert spec
    mutations = importlib.util.module_from_spec(spec)
    loader.exec_module(mutations)
    built = trial.whole(
        "build", "movement-break", "--language", language, "--engine", "espeak", "-o", "s.mp3", "--quiet"
    )
    if not trial.expect(built.code == DONE, f"not built: {built.err[:300]}"):
        return
    from audioguide.audio.mp3.encoder import encode
    from audioguide.export.tags.id3 import read_plan
    from audioguide.model.kinds import EventKind
    from audioguide.verify.decode import decode

    path = trial.folder / "s.mp3"
    plan, sound = read_plan(path), decode(path).samples
    cues = plan.timeline.of_kind(EventKind.SPEECH)
    trial.inputs = 0
    for name, change in mutations.CHANGES.items():
        changed = sound.copy()
        change(changed, cues)
        touched = sum(not (mutations.part(sound, cue) == mutations.part(changed, cue)).all() for cue in cues)
        trial.write("again.mp3", encode(changed))
        found, _ = mutations.noticed(decode(trial.folder / "again.mp3").samples, plan)
        trial.log.append(f"{language}, {name}: {found} of {touched} noticed")
        trial.inputs += touched
        if name in LEAST_NOTICED:
            trial.expect(found >= LEAST_NOTICED[name] * touched, "too few are noticed")
        else:
            trial.expect(found == 0, "noticed where nothing is wrong")
    shutil.rmtree(trial.folder / "again.mp3", ignore_errors=True)
