"""Damaged and shared caches, and damaged voice data: a build makes the bytes of one with nothing kept, or says a line.

What damaged voice data spoke is not kept for when it is whole again.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scripts.campaign.odd_values import damaged
from scripts.campaign.options import SHORT
from scripts.campaign.trial import DONE, FAILED, MISTAKE, ROOT, Trial, snapshot

COMMANDS = {
    "fake": ("build", "short.toml", "--engine", "fake", "--seed", "1", "--quiet", "-o", "s.mp3"),
    "espeak": ("build", "short.toml", "--engine", "espeak", "--seed", "1", "--quiet", "-o", "s.mp3"),
}
MUSIC = ("--music", "tune.wav")
DATA_EVERY = 8
"""Of so many trials one damages voice data; copying it takes a while."""

SPEAKING = ("phondata", "phontab", "phonindex", "intonations", "en_dict", "lang/gmw/en-US", "voices/!v/f1")
"""Files of espeak's data that an English session is spoken with, and one that it is not."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A cache as whole builds left it, and what they made.

    Attributes:
        cache: its folder.
        made: digests of the MP3 by engine.
        tune: a piece of music.
    """

    cache: Path
    made: dict[str, str]
    tune: Path


def prepare(world: Path) -> Filled:
    """Build with each engine, with and without music, and keep the cache."""
    import numpy as np
    import soundfile

    folder = world / "filled"
    folder.mkdir()
    tune = world / "tune.wav"
    times = np.arange(48_000 * 20) / 48_000
    soundfile.write(tune, 0.2 * np.sin(2 * np.pi * 220 * times * (1 + 0.1 * np.sin(times))), 48_000)
    shutil.copy(tune, folder)
    made = {}
    for number in range(2 * len(COMMANDS)):
        name, command = _command(number)
        kept = {"AUDIOGUIDE_CACHE": f"{world}/kept"}
        trial = Trial("caches", 0, chance=random.Random(0), folder=folder, world=world, environment=kept)
        trial.write("short.toml", SHORT)
        ran = trial.whole(*command)
        if ran.code:
            raise SystemExit(ran.err)
        made[name] = snapshot(folder)["s.mp3"][1]
    return Filled(world / "kept", made, tune)


def _command(number: int) -> tuple[str, tuple[str, ...]]:
    """Return a build with a name for what it makes."""
    engine = list(COMMANDS)[number % len(COMMANDS)]
    music = number // len(COMMANDS) % 2 == 1
    return f"{engine} {music}", (*COMMANDS[engine], *(MUSIC if music else ()))


def attempt(trial: Trial) -> None:
    """Try one kind of damage."""
    trial.write("short.toml", SHORT)
    shutil.copy(trial.prepared.tune, trial.folder)
    if trial.number % DATA_EVERY == 0:
        _voice_data(trial)
    elif trial.number % DATA_EVERY == 1:
        _shared(trial)
    elif trial.number % DATA_EVERY == 2:
        _fetched_voice(trial)
    else:
        _damaged_cache(trial)


def _damaged_cache(trial: Trial) -> None:
    """Damage entries, build, and look that the bytes are right and the cache is of use again."""
    cache = trial.world / f"cache-{trial.number}"
    shutil.copytree(trial.prepared.cache, cache)
    trial.environment["AUDIOGUIDE_CACHE"] = str(cache)
    damage = trial.chance.choice(DAMAGES)
    entries = sorted(path for path in cache.rglob("*") if path.is_file())
    share = trial.chance.choice((1, 3, len(entries)))
    trial.log.append(f"{damage.__name__} of {share} entries")
    for entry in trial.chance.sample(entries, min(share, len(entries))):
        with suppress(OSError):
            damage(entry, trial.chance)
    name, command = _command(trial.number)
    for _ in range(2):
        trial.run(*command, codes=(DONE,))
        _same(trial, name)
    trial.run("cache", "info", codes=(DONE,))
    trial.run("cache", "clear", codes=(DONE, FAILED))
    shutil.rmtree(cache, ignore_errors=True)


def _same(trial: Trial, name: str) -> None:
    made = snapshot(trial.folder).get("s.mp3", (0, ""))[1]
    trial.expect(made == trial.prepared.made[name], "other bytes than without a cache")


def _flipped(entry: Path, chance: random.Random) -> None:
    data = bytearray(entry.read_bytes())
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    entry.write_bytes(data)


def _cut(entry: Path, chance: random.Random) -> None:
    os.truncate(entry, chance.randrange(entry.stat().st_size + 1))


def _garbled(entry: Path, chance: random.Random) -> None:
    entry.write_bytes(damaged(entry.read_bytes(), chance))


def _emptied(entry: Path, chance: random.Random) -> None:
    entry.write_bytes(b"")


def _extended(entry: Path, chance: random.Random) -> None:
    with entry.open("ab") as file:
        file.write(bytes(chance.choice((1, 100_000))))


def _exchanged(entry: Path, chance: random.Random) -> None:
    others = [path for path in entry.parent.parent.rglob("*") if path.is_file() and path != entry]
    if others:
        entry.write_bytes(chance.choice(others).read_bytes())


def _folder(entry: Path, chance: random.Random) -> None:
    entry.unlink()
    (entry / "inside").mkdir(parents=True)


def _pipe(entry: Path, chance: random.Random) -> None:
    entry.unlink()
    os.mkfifo(entry)


def _loop(entry: Path, chance: random.Random) -> None:
    entry.unlink()
    entry.symlink_to(entry.name)


def _zeros(entry: Path, chance: random.Random) -> None:
    entry.unlink()
    entry.symlink_to("/dev/zero")


def _shut_folder(entry: Path, chance: random.Random) -> None:
    folder = entry.parent
    if folder.is_dir():
        shutil.rmtree(folder)
        folder.write_bytes(b"")


def _pipe_folder(entry: Path, chance: random.Random) -> None:
    folder = entry.parent
    if folder.is_dir():
        shutil.rmtree(folder)
        os.mkfifo(folder)


DAMAGES: tuple[Callable[[Path, random.Random], None], ...] = (
    _flipped, _flipped, _cut, _garbled, _emptied, _extended, _exchanged, _folder, _pipe, _loop, _zeros, _shut_folder,
    _pipe_folder,
)  # fmt: skip


def _shared(trial: Trial) -> None:
    """Build several times at once in one cache, which meanwhile is cleared: all are right."""
    cache = trial.world / f"cache-{trial.number}"
    trial.environment["AUDIOGUIDE_CACHE"] = str(cache)
    name, command = _command(trial.number)
    builds = [tuple(f"s{number}.mp3" if word == "s.mp3" else word for word in command) for number in range(3)]
    running = [(trial.start(*build, streams=f"-{number}"), build, number) for number, build in enumerate(builds)]
    for _ in range(trial.chance.randrange(4)):
        trial.run("cache", "clear", codes=(DONE, FAILED), judged=False)
    for process, build, number in running:
        ran = trial.ended(process, *build, streams=f"-{number}")
        trial.expect(ran.code == DONE and not ran.err, f"exit code {ran.code}: {ran.err[:300]}")
        made = snapshot(trial.folder).get(f"s{number}.mp3", (0, ""))[1]
        trial.expect(made == trial.prepared.made[name], "other bytes than alone")
    shutil.rmtree(cache, ignore_errors=True)


def _voice_data(trial: Trial) -> None:
    """Speak with damaged data, then with whole data and the same cache."""
    import espeakng_loader

    whole = Path(espeakng_loader.__file__).parent
    site = trial.world / f"site-{trial.number}"
    package = site / "espeakng_loader"
    # Linked, but for the file that is damaged.
    shutil.copytree(whole, package, copy_function=os.symlink)
    file = package / "espeak-ng-data" / trial.chance.choice(SPEAKING)
    content = file.read_bytes()
    file.unlink()
    kind = trial.chance.random()
    if kind < 0.85:
        made = damaged(content, trial.chance) if kind < 0.4 else content[: trial.chance.randrange(len(content))]
        file.write_bytes(made)
    trial.log.append(f"damaged {file.name}")
    cache = trial.world / f"cache-{trial.number}"
    trial.environment |= {"AUDIOGUIDE_CACHE": str(cache), "PYTHONPATH": f"{site}:{ROOT}"}
    ran = trial.whole(*COMMANDS["espeak"])
    trial.expect(ran.code in (DONE, FAILED, MISTAKE), f"exit code {ran.code}: {ran.err[:300]}")
    trial.judge_messages(ran)
    trial.environment["PYTHONPATH"] = str(ROOT)
    trial.whole(*COMMANDS["espeak"])
    _same(trial, "espeak False")
    for left in (cache, site):
        shutil.rmtree(left, ignore_errors=True)


def _fetched_voice(trial: Trial) -> None:
    """Put damaged files where fetched voices are kept; they are listed as damaged, and never spoken with."""
    data = trial.world / f"data-{trial.number}"
    trial.environment["XDG_DATA_HOME"] = str(data)
    folder = data / "audioguide/voices/piper"
    folder.mkdir(parents=True)
    for name in ("de_DE-mls-medium.onnx", "de_DE-mls-medium.onnx.json", "de_DE-mls-medium.pace"):
        target = folder / name
        kind = trial.chance.randrange(5)
        if kind == 0:
            target.write_bytes(trial.chance.randbytes(5_000))
        elif kind == 1:
            os.mkfifo(target)
        elif kind == 2:
            target.mkdir()
        elif kind == 3:
            target.symlink_to(target.name)
    trial.run("voices", "list", "--engine", "piper", codes=(DONE,))
    trial.run("voices", "say", "Hallo.", "--engine", "piper", "--voice", "de_DE-mls-medium", codes=(FAILED, MISTAKE))
    trial.run("voices", "get", "de_DE-mls-medium", "--from", str(trial.folder), codes=(FAILED, MISTAKE))
    trial.run("voices", "remove", "de_DE-mls-medium", codes=(DONE, FAILED, MISTAKE))
    shutil.rmtree(data, ignore_errors=True)
