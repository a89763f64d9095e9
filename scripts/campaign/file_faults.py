"""File system faults: where results go, where input comes from, and where the user's own folders are.

Every fault meets every command that it can meet. Faults that take a mount or another user are tried as root only.
"""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any

from scripts.campaign import options
from scripts.campaign.trial import DONE, FAILED, INTERRUPTED, MISTAKE, Ran, Trial

FAKE = ("--engine", "fake")
NOBODY = 65_534

Command = tuple[str, ...]

WRITERS: Mapping[str, Command] = {
    "s.mp3": ("build", "short.toml", *FAKE, "-o", "{}"),
    "s.lrc": ("build", "short.toml", *FAKE, "--lrc", "--vtt", "-o", "out/s.mp3"),
    "s.json": ("build", "short.toml", *FAKE, "--lrc", "-o", "out/s.mp3", "--plan", "{}"),
    "weeks": ("programme", "short.toml", *FAKE, "--weeks", "2", "-o", "{}"),
    "people": ("batch", "people.csv", "--workers", "1", "--handout", "-o", "{}"),
    "h.html": ("handout", "short.toml", *FAKE, "-o", "{}"),
    "p.html": ("page", "made.mp3", "-o", "{}"),
    "c.ics": ("calendar", "short.toml", "--length", "5", "-o", "{}"),
    "plan.svg": ("plan", "short.toml", *FAKE, "--svg", "{}"),
    "v.wav": ("voices", "say", "Hello.", *FAKE, "-o", "{}"),
    "v.html": ("voices", "compare", "Hello.", *FAKE, "-o", "{}"),
    "n.toml": ("protocol", "new", "{}"),
    "figures": ("protocol", "show", "half-kneeling", "--svg", "{}"),
    "i.toml": ("protocol", "import", "sheet.txt", "-o", "{}"),
    "t.json": ("protocol", "export", "short.toml", *FAKE, "--timer", "{}"),
    "t.csv": ("batch", "--template", "{}", "--protocol", "short.toml"),
    "me.toml": ("profile", "set", "./{}", "--minutes", "7"),
}
"""What is written, and the command that writes it; ``{}`` stands for its path."""

READERS: Mapping[str, Command] = {
    "build x.toml": ("build", "{}", *FAKE, "-o", "s.mp3"),
    "plan x.toml": ("plan", "{}", *FAKE),
    "two protocols": ("plan", "short.toml", "{}", *FAKE),
    "protocol check x.toml": ("protocol", "check", "{}"),
    "protocol show x.toml": ("protocol", "show", "{}"),
    "plan --profile x.toml": ("plan", "short.toml", *FAKE, "--profile", "{}"),
    "build --music x.wav": ("build", "short.toml", *FAKE, "--music", "{}", "-o", "s.mp3"),
    "build --sounds x": ("build", "short.toml", *FAKE, "--sounds", "{}", "-o", "s.mp3"),
    "check x.mp3": ("check", "{}"),
    "check --sounds x": ("check", "made.mp3", "--sounds", "{}"),
    "page x.mp3": ("page", "{}"),
    "share x.mp3": ("share", "{}", "--address", "127.0.0.1", "--minutes", "0.001"),
    "protocol export x.toml": ("protocol", "export", "{}", *FAKE, "--timer", "t.json"),
    "protocol import x.csv": ("protocol", "import", "{}", "-o", "n.toml"),
    "protocol import x.txt": ("protocol", "import", "{}", "-o", "n.toml"),
    "protocol import x.json": ("protocol", "import", "{}", "-o", "n.toml"),
    "edit x.toml": ("edit", "{}"),
    "batch x.csv": ("batch", "{}", "--workers", "1", "-o", "people"),
    "batch x.xlsx": ("batch", "{}", "--workers", "1", "-o", "people"),
    "profile show x.toml": ("profile", "show", "./{}"),
    "profile set x.toml": ("profile", "set", "./{}", "--minutes", "7"),
    "voices get --from x": ("voices", "get", "de_DE-mls-medium", "--from", "{}"),
    "breaks.toml": ("plan", "breaks.toml", *FAKE, "--with-breaks"),
    "from.toml": ("build", "from.toml", *FAKE, "-o", "s.mp3"),
    "clip.toml": ("build", "clip.toml", *FAKE, "-o", "s.mp3"),
    "picture.toml": ("handout", "picture.toml", *FAKE, "-o", "s.html"),
}
"""What is read, by the end of its name, and the command that reads it."""

NAMING = {
    "breaks.toml": options.SHORT.replace("programme =", 'breaks = "PATH"\nprogramme ='),
    "from.toml": f'{options.SHORT}\n[[phase]]\nfrom = "PATH"\n',
    "clip.toml": options.SHORT.replace('["Stop if it hurts."]', '[{ text = "Stop if it hurts.", clip = "PATH" }]'),
    "picture.toml": options.SHORT.replace(
        'name = "Hold"', 'name = "Hold"\nfigure = { file = "PATH", alt = "A hold." }'
    ),
}
"""Protocols that name a file, PATH."""

HOUSE: Mapping[str, Command] = {
    "build": ("build", "short.toml", *FAKE, "-o", "s.mp3", "--quiet"),
    "spoken": ("build", "short.toml", "--engine", "espeak", "-o", "s.mp3", "--quiet"),
    "plan": ("plan", "short.toml", *FAKE),
    "check": ("check", "made.mp3"),
    "calendar": ("calendar", "short.toml", "--length", "5", "-o", "c.ics"),
    "batch": ("batch", "people.csv", "--workers", "1", "-o", "people"),
    "cache info": ("cache", "info"),
    "cache clear": ("cache", "clear"),
    "profile list": ("profile", "list"),
    "profile new": ("profile", "new", "anna", "--no-ask"),
    "named": ("plan", "short.toml", *FAKE, "--profile", "anna"),
    "voices list": ("voices", "list", "--engine", "piper"),
    "voices get": ("voices", "get", "de_DE-mls-medium", "--from", "out"),
    "voices remove": ("voices", "remove", "de_DE-mls-medium"),
}
"""Commands that use the user's own folders."""

WORKS = ("build", "spoken", "plan", "check", "calendar", "batch")
"""Of those, what does without them."""

STARTS_PYTHON = ("spoken", "batch")
"""And what starts another Python."""


@dataclass
class Fault:
    """A fault, laid out in a trial's folder.

    Attributes:
        impossible: whether the command must refuse; else it may do its work.
        before: called in the command's process before it begins.
        undo: what puts the folder right again.
    """

    impossible: bool = True
    before: Callable[[], None] | None = None
    undo: Callable[[], object] | None = None


def as_nobody() -> None:
    """Become the user who owns nothing."""
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _mounted(folder: Path, size: str, *more: str) -> Fault:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    for word in more:
        subprocess.run(["mount", "-o", f"remount,{word}", str(folder)], check=True)
    return Fault(undo=partial(subprocess.run, ["umount", str(folder)], check=True))


def _unchangeable(path: Path) -> Fault:
    subprocess.run(["chattr", "+i", str(path)], check=True)
    return Fault(undo=partial(subprocess.run, ["chattr", "-i", str(path)], check=True))


def _existing(target: Path, command: Command) -> None:
    """Put what was written earlier where the result goes; of a folder with results the first of them."""
    if target.suffix:
        target.write_text("made by audioguide earlier" if target.suffix != ".toml" else "# mine\nminutes = 5\n")
    else:
        target.mkdir()


def full(trial: Trial, target: Path, command: Command) -> Fault:
    """A disk with no room: for nothing at all."""
    fault = _mounted(target.parent, "16k")
    (target.parent / "filled").write_bytes(bytes(16 * 1024 - 4096 * 3))
    with suppress(OSError):
        (target.parent / "rest").write_bytes(bytes(12 * 1024))
    fault.impossible = True
    return fault


def nearly_full(trial: Trial, target: Path, command: Command) -> Fault:
    """A disk with room for a part."""
    fault = _mounted(target.parent, "64k")
    fault.impossible = False
    return fault


def read_only_mount(trial: Trial, target: Path, command: Command) -> Fault:
    """A file system that takes nothing."""
    return _mounted(target.parent, "1m", "ro")


def immutable_folder(trial: Trial, target: Path, command: Command) -> Fault:
    """A folder that not even root may change."""
    return _unchangeable(target.parent)


def immutable_file(trial: Trial, target: Path, command: Command) -> Fault:
    """An earlier result that not even root may change."""
    _existing(target, command)
    return _unchangeable(target)


def sticky(trial: Trial, target: Path, command: Command) -> Fault:
    """An earlier result of another user in a folder as /tmp is."""
    _existing(target, command)
    target.chmod(0o777)
    target.parent.chmod(0o1777)
    # A folder that everyone may write to is no hindrance.
    return Fault(impossible=bool(target.suffix), before=as_nobody)


def not_ours(trial: Trial, target: Path, command: Command) -> Fault:
    """A folder of another user."""
    target.parent.chmod(0o755)
    return Fault(before=as_nobody)


def unreadable_folder(trial: Trial, target: Path, command: Command) -> Fault:
    """A folder that can't be entered."""
    target.parent.chmod(0)
    return Fault(before=as_nobody, undo=partial(target.parent.chmod, 0o755))


def read_only_file(trial: Trial, target: Path, command: Command) -> Fault:
    """An earlier result that was made read-only."""
    _existing(target, command)
    target.chmod(0o444)
    return Fault(impossible=bool(target.suffix))


def pipe(trial: Trial, target: Path, command: Command) -> Fault:
    """A pipe where the result goes."""
    os.mkfifo(target)
    return Fault()


def folder_there(trial: Trial, target: Path, command: Command) -> Fault:
    """A folder where a file goes, and a file where a folder goes."""
    target.mkdir() if target.suffix else target.write_text("mine")
    return Fault()


def loop(trial: Trial, target: Path, command: Command) -> Fault:
    """Links that lead to each other."""
    target.symlink_to("round")
    (target.parent / "round").symlink_to(target.name)
    return Fault()


def nowhere(trial: Trial, target: Path, command: Command) -> Fault:
    """A link to a folder that is not there."""
    target.symlink_to("none/there")
    return Fault()


def linked(trial: Trial, target: Path, command: Command) -> Fault:
    """A link to an earlier result elsewhere, which stays a link."""
    _existing(target.with_name(f"real{target.suffix}"), command)
    target.symlink_to(f"real{target.suffix}")
    return Fault(impossible=False)


def no_folder(trial: Trial, target: Path, command: Command) -> Fault:
    """A folder that is not there; what makes a folder of its own makes that too."""
    shutil.rmtree(target.parent)
    return Fault(impossible=False)


def folder_is_a_file(trial: Trial, target: Path, command: Command) -> Fault:
    """A file where a folder is named."""
    target.parent.rmdir()
    target.parent.write_text("mine")
    return Fault()


def folder_is_a_pipe(trial: Trial, target: Path, command: Command) -> Fault:
    """A pipe where a folder is named."""
    target.parent.rmdir()
    os.mkfifo(target.parent)
    return Fault()


def small_files(trial: Trial, target: Path, command: Command) -> Fault:
    """A limit of what a file may hold."""
    return Fault(impossible=False, before=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (2_000, 2_000)))


def few_files(trial: Trial, target: Path, command: Command) -> Fault:
    """A limit of how many files may be open."""
    return Fault(impossible=False, before=partial(resource.setrlimit, resource.RLIMIT_NOFILE, (11, 11)))


OUT_FAULTS = (
    full, nearly_full, read_only_mount, immutable_folder, immutable_file, sticky, not_ours, unreadable_folder,
    read_only_file, pipe, folder_there, loop, nowhere, linked, no_folder, folder_is_a_file, folder_is_a_pipe,
    small_files, few_files,
)  # fmt: skip

NAMES: Mapping[str, bytes] = {
    "too long": b"x" * 300,
    "no UTF-8": b"n\xff\xfe",
    "a line break": b"a\nb",
    "a dash": b"-x",
}


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made, suppress(OSError):
        made.bind(os.fspath(path))


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


def _shut(path: Path) -> None:
    path.write_text("x")
    path.chmod(0)


IN_FAULTS: Mapping[str, Callable[[Path], object]] = {
    "missing": lambda path: None,
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
    "loop": lambda path: path.symlink_to(path.name),
    "nowhere": lambda path: path.symlink_to("none/there"),
    "empty": Path.touch,
    "zeros": lambda path: path.symlink_to("/dev/zero"),
    "null": lambda path: path.symlink_to("/dev/null"),
    "terminal": lambda path: path.symlink_to("/dev/tty"),
    "memory": lambda path: path.symlink_to("/proc/self/mem"),
    "itself": lambda path: path.symlink_to("/proc/self/fd/0"),
    "socket": _socket,
    "3 GB of nothing": _sparse,
    "noise": lambda path: path.write_bytes(bytes(range(256)) * 400),
    "unreadable": _shut,
}


KEPT_IN = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "AUDIOGUIDE_CACHE")
"""Variables that say where something of the user's is kept."""

HOUSE_FAULTS: Mapping[str, Mapping[str, str]] = {
    "no HOME": dict.fromkeys((*KEPT_IN, "HOME"), ""),
    "HOME is nowhere": {**dict.fromkeys(KEPT_IN, ""), "HOME": "/none/there"},
    "folders are files": dict.fromkeys((*KEPT_IN, "HOME"), "{}/short.toml"),
    "folders are loops": dict.fromkeys((*KEPT_IN, "HOME"), "{}/loop"),
    "folders are pipes": dict.fromkeys((*KEPT_IN, "HOME"), "{}/pipe"),
    "folders are relative": dict.fromkeys((*KEPT_IN, "HOME"), "here"),
    "folders are read-only": dict.fromkeys((*KEPT_IN, "HOME"), "/proc/sys"),
    "names too long": dict.fromkeys(KEPT_IN, "/tmp/" + "x" * 300),
    "names no UTF-8": dict.fromkeys(KEPT_IN, "{}/n\udcff"),
    "no TMPDIR": {"TMPDIR": "/none/there"},
    "C locale": {"LC_ALL": "C", "LANG": "C"},
    "ASCII": {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "POSIX"},
    "no width": {"COLUMNS": "0"},
    "odd width": {"COLUMNS": "-7", "LINES": "x"},
    "endless width": {"COLUMNS": "1000000000"},
    "odd zone": {"TZ": "Mars/Base"},
    "zone of its own": {"TZ": "XYZ-5:37"},
    "zone with control": {"TZ": "\x1b[31m"},
    "no size": {"AUDIOGUIDE_CACHE_MB": "x"},
    "tiny cache": {"AUDIOGUIDE_CACHE_MB": "0.001"},
    "cache off": {"AUDIOGUIDE_CACHE": "off"},
    "dumb terminal": {"TERM": "dumb", "FORCE_COLOR": "1"},
}  # fmt: skip


@cache
def cases() -> tuple[tuple[Callable[..., None], Any, str], ...]:
    """Return every fault with every command that it meets."""
    named = tuple(NAMES)
    return (
        *((write, fault, name) for fault, name in product(OUT_FAULTS, WRITERS)),
        *((write_named, fault, name) for fault, name in product(named, WRITERS)),
        *((read, fault, name) for fault, name in product(IN_FAULTS, READERS)),
        *((read_named, fault, name) for fault, name in product(named, READERS)),
        *((house, fault, name) for fault, name in product(HOUSE_FAULTS, HOUSE)),
        *((stranger, None, name) for name in HOUSE),
        *((gone, None, name) for name in (*WRITERS, *HOUSE)),
    )


def attempt(trial: Trial) -> None:
    """Try one fault with one command."""
    shutil.copytree(trial.prepared, trial.folder, dirs_exist_ok=True)
    (trial.folder / "out").mkdir()
    trial.write("sheet.txt", "Couch stretch, 3 x 60 s each side, rest 30 s\n")
    # Whoever the command is run as.
    for folder in (trial.folder, trial.world, trial.folder / "out"):
        folder.chmod(0o777)
    kind, fault, name = cases()[trial.number % len(cases())]
    trial.log.append(f"{kind.__name__}: {getattr(fault, '__name__', fault)}")
    kind(trial, fault, name)


def _filled(command: Command, path: str) -> list[str]:
    return [word.replace("{}", path) for word in command]


def write(trial: Trial, lay: Callable[[Trial, Path, Command], Fault], name: str) -> None:
    """Try a fault of the place where something is written."""
    command, target = WRITERS[name], trial.folder / "out" / name
    if name == "me.toml" and lay in (full, nearly_full, not_ours):
        target = trial.folder / "out" / name
    fault = lay(trial, target, command)
    if name == "me.toml" and not os.path.lexists(target):
        with suppress(OSError):
            target.write_text("minutes = 5\n")
    try:
        ran = trial.run(*_filled(command, f"out/{name}"), before=fault.before)
        # Two of the three files may go where the third can't.
        if fault.impossible:
            trial.expect(ran.code in (FAILED, MISTAKE), f"done, although impossible: {ran.out[:200]}")
        if lay in (full, small_files) and ran.code not in (DONE, MISTAKE):
            trial.expect("full" in ran.err or "large" in ran.err or "failed" in ran.err, f"says no reason: {ran.err}")
        if lay is linked and ran.code == DONE:
            trial.expect(target.is_symlink(), "the link is none any more")
    finally:
        if fault.undo:
            fault.undo()


def write_named(trial: Trial, fault: str, name: str) -> None:
    """Try a result whose name is odd."""
    path = os.fsdecode(NAMES[fault]) + Path(name).suffix
    trial.run(*_filled(WRITERS[name], f"out/{path}"))


def _read(trial: Trial, name: str, path: str, before: Callable[[], None] | None = None) -> Ran:
    """Run the command that reads a file; what serves is stopped after a moment."""
    serves = READERS[name][0] in options.SERVES
    codes = (DONE, FAILED, MISTAKE, INTERRUPTED) if serves else (DONE, FAILED, MISTAKE)
    stopped_s = options.SERVED_S if serves else None
    return trial.run(*_filled(READERS[name], path), before=before, codes=codes, interrupted_after_s=stopped_s)


def read(trial: Trial, fault: str, name: str) -> None:
    """Try a fault of what is read."""
    path = f"x{Path(name.split()[-1]).suffix}"
    IN_FAULTS[fault](trial.folder / path)
    if text := NAMING.get(name):
        trial.write(name, text.replace("PATH", path))
    before = as_nobody if fault == "unreadable" else None
    ran = _read(trial, name, path, before)
    fine = fault == "folder" and name in ("share x.mp3",)
    # A new file is begun, and what is no protocol yet is shown with what it lacks.
    fine |= READERS[name][0] == "edit" and fault in ("missing", "empty", "noise", "itself")
    fine |= fault in ("missing", "empty", "null") and READERS[name][0] == "profile"
    fine |= fault in ("empty", "null") and "--profile" in READERS[name]
    # Who may not read it may not write the user's folder of voices either, which is told first.
    fine |= fault == "unreadable" and READERS[name][1] == "get" and ran.code != DONE
    if not fine:
        trial.expect(ran.code in (FAILED, MISTAKE), f"done with such a file: {ran.out[:300]}")
        trial.expect("x" in ran.err, "names no file")


def read_named(trial: Trial, fault: str, name: str) -> None:
    """Try a file whose name is odd, and that is right where a protocol or a table is read."""
    path = os.fsdecode(NAMES[fault]) + Path(name.split()[-1]).suffix
    content = {".toml": "short.toml", ".csv": "people.csv", ".mp3": "made.mp3"}.get(Path(path).suffix)
    if content and fault != "too long":
        shutil.copy(trial.folder / content, trial.folder / path)
    if text := NAMING.get(name):
        trial.write(name, text.replace("PATH", path.replace("\n", "\\n")))
    _read(trial, name, path)


def house(trial: Trial, fault: str, name: str) -> None:
    """Try folders of the user's that are not what they should be."""
    (trial.folder / "loop").symlink_to("loop")
    os.mkfifo(trial.folder / "pipe")
    variables = HOUSE_FAULTS[fault]
    trial.own = ("here", "n\udcff")
    trial.environment |= {key: value.replace("{}", str(trial.folder)) for key, value in variables.items()}
    ran = trial.run(*HOUSE[name])
    if name in WORKS and fault != "no size":
        trial.expect(ran.code == DONE, f"does not do its work: {ran.err[:300]}")


def stranger(trial: Trial, fault: None, name: str) -> None:
    """Try a user whom the system doesn't know, without a home."""

    def become() -> None:
        os.setgroups([])
        os.setgid(12_345)
        os.setuid(12_345)
        for key in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "AUDIOGUIDE_CACHE"):
            os.environ.pop(key, None)

    ran = trial.run(*HOUSE[name], before=become)
    if name in WORKS and (name not in STARTS_PYTHON or _python_is_for_all()):
        trial.expect(ran.code == DONE, f"does not do its work: {ran.err[:300]}")


def _python_is_for_all() -> bool:
    """Return whether every user may start this Python."""
    real = Path(sys.executable).resolve()
    return all(folder.stat().st_mode & 0o001 for folder in real.parents)


def gone(trial: Trial, fault: None, name: str) -> None:
    """Try a working folder that somebody has removed."""

    def leave() -> None:
        gone = Path("gone").absolute()
        gone.mkdir()
        os.chdir(gone)
        gone.rmdir()

    command = _filled(WRITERS[name], name) if name in WRITERS else [*HOUSE[name]]
    trial.run(*command, before=leave)
