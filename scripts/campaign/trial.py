"""One trial of a campaign: a folder of its own, chance of its own, commands run in it, and the judgement of each.

A command is run in one of two ways. `Trial.run` forks this process, which has imported the program already: some
milliseconds each, for the mass. `Trial.start` starts Python anew, for what depends on that: signals and streams.
"""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import random
import re
import resource
import select
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

LONGEST_S, LONGEST_FORKED_S = 120.0, 60.0
"""A command that takes longer hangs. It is far more than any needs here, as others may use the machine."""

MOST_MB = 900.0
"""Memory that no command may take, the 150 MB of what it was forked from included."""

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
"""What must not reach a terminal; `cli.streams` says why. Written down anew here: a judge doesn't ask the judged."""

ERROR = "audioguide: "
NOTES = ("note: ", "not shared: ", "not read: ")
"""What begins a line on standard error where a command goes on."""

LONGEST_LINE = 480
"""Characters of a line on standard error: 400 of a message, and what is around it."""

LARGEST_READ = 100_000_000
"""Bytes of a file that is compared by what is in it, and not by its size alone."""

DONE, FAILED, MISTAKE, INTERRUPTED = 0, 1, 2, 130

HANGS = 124
"""The code of a command that was ended because it took too long, as of `timeout`."""

LEFT = re.compile(r"\.audioguide-[0-9a-f]{16}\.tmp|.*\.(tmp|new|old|part)")
"""Names of files that a run may have while it works, and never once it has ended."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left.

    Attributes:
        arguments: of the command.
        code: its exit code; negative where a signal ended it.
        out: what it printed.
        err: what it printed on standard error.
        peak_mb: its memory at the most.
    """

    arguments: tuple[str, ...]
    code: int
    out: str
    err: str
    peak_mb: float = 0.0

    @property
    def complaints(self) -> list[str]:
        """The lines on standard error that tell of a failure."""
        return [line for line in self.err.splitlines() if line.startswith(ERROR)]


Snapshot = Mapping[str, tuple[int, str]]
"""Of each path below a folder its mode and a digest of what it holds."""


def snapshot(folder: Path) -> Snapshot:
    """Return what lies in ``folder`` now."""
    found: dict[str, tuple[int, str]] = {}
    for above, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(above, name)
            with contextlib.suppress(OSError):
                status = path.lstat()
                found[os.path.relpath(path, folder)] = (status.st_mode, _digest(path, status))
    return found


def _digest(path: Path, status: os.stat_result) -> str:
    if stat.S_ISLNK(status.st_mode):
        return str(path.readlink())
    if not stat.S_ISREG(status.st_mode):
        return ""
    if status.st_size > LARGEST_READ:
        return f"{status.st_size} bytes"
    return hashlib.blake2b(path.read_bytes(), digest_size=12).hexdigest()


@dataclass
class Trial:
    """One input of a campaign and what became of it.

    Attributes:
        name: the campaign's.
        number: of the trial; with the seed it decides everything that is drawn.
        chance: what is drawn from.
        folder: where commands are run.
        world: the folder of the user's settings, cache and voices, which trials of one process share.
        environment: variables that its commands have besides the usual ones.
        failures: what was not as it has to be.
        log: the commands that were run.
        own: names in the folder that are the user's own and may change also where a command fails, such as a cache.
        inputs: how many inputs it tries; most try one.
        prepared: what the campaign prepared for all trials of a process.
    """

    name: str
    number: int
    chance: random.Random
    folder: Path
    world: Path
    environment: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    own: tuple[str, ...] = ()
    inputs: int = 1
    prepared: Any = None

    def expect(self, holds: bool, what: str) -> bool:
        """Note a failure unless ``holds``, and return whether it does."""
        if not holds:
            self.failures.append(f"{self.log[-1][:300] if self.log else ''}: {what}")
        return holds

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file into the trial's folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    def variables(self) -> dict[str, str]:
        """Return the environment of a command: what is kept between builds is kept away from the user's own."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
        own = {
            "HOME": f"{self.world}/home",
            "XDG_CONFIG_HOME": f"{self.world}/config",
            "XDG_CACHE_HOME": f"{self.world}/cache",
            "XDG_DATA_HOME": f"{self.world}/data",
            "AUDIOGUIDE_CACHE": f"{self.world}/speech",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "120",
            "TZ": "Europe/Berlin",
        }
        return kept | own | self.environment

    def run(
        self, *arguments: str, codes: Collection[int] = (DONE, FAILED, MISTAKE), judged: bool = True, **how: object
    ) -> Ran:
        """Run a command in a copy of this process, and judge what every command has to hold to.

        Args:
            arguments: of the command.
            codes: the exit codes that are right.
            judged: whether what it leaves is judged; not where others write there too.
            how: see `Forked`.
        """
        self.log.append(shlex.join(arguments))
        before = snapshot(self.folder)
        ran = forked(arguments, self.folder, self.variables(), Forked(**how))  # type: ignore[arg-type]
        if judged:
            self.judge(ran, codes, before)
        return ran

    def judge(self, ran: Ran, codes: Collection[int], before: Snapshot) -> None:
        """Judge what every command has to hold to: its exit code, what it printed, and what it left."""
        if ran.code == HANGS:
            self.expect(False, "hangs")
            return
        self.expect(ran.code in codes, f"exit code {ran.code}, not {sorted(codes)}: {ran.err[-300:]!r}")
        for name, text in (("standard output", ran.out), ("standard error", ran.err)):
            self.expect("Traceback" not in text, f"a traceback on {name}: {text[-700:]}")
            steering = STEERING.search(text)
            self.expect(steering is None, f"{steering and steering.group()!r} on {name}")
        self.judge_messages(ran)
        self.expect(ran.peak_mb < MOST_MB, f"took {ran.peak_mb:.0f} MB")
        after, own = snapshot(self.folder), [(name,) for name in self.own]
        left = sorted(name for name in after.keys() - before.keys() if LEFT.fullmatch(Path(name).name))
        self.expect(not left, f"left {left}")
        if ran.code not in (DONE, FAILED) or ran.complaints:
            names = {name for name in after.keys() | before.keys() if Path(name).parts[:1] not in own}
            changed = sorted(name for name in names if after.get(name) != before.get(name))
            self.expect(not changed, f"failed with {ran.code} and changed {changed[:5]}: {ran.err[:200]!r}")

    def judge_messages(self, ran: Ran) -> None:
        """Judge the form of what is on standard error."""
        for line in ran.err.split("\n"):
            if not line:
                continue
            known = line.startswith((ERROR, *NOTES)) or self.allows_line(ran, line)
            self.expect(known, f"another kind of line on standard error: {line[:200]!r}")
            self.expect(
                len(line) <= LONGEST_LINE or not line.startswith(ERROR),
                f"a line of {len(line)} characters: {line[:100]!r}…",
            )
            self.expect(line == line.rstrip() and not line.endswith(": "), f"a line that ends in nothing: {line!r}")
        if ran.code in (FAILED, MISTAKE):
            told = bool(ran.complaints) or (ran.code == FAILED and ran.arguments[:1] in (("check",), ("batch",)))
            self.expect(told, f"exit code {ran.code} without a word: {ran.out[-200:]!r} {ran.err[-200:]!r}")
        if ran.code == DONE:
            self.expect(not ran.complaints, f"exit code 0 with {ran.complaints[:2]}")

    def allows_line(self, ran: Ran, line: str) -> bool:
        """Return whether a command has lines of its own on standard error."""
        if ran.arguments[:1] == ("batch",):
            # What failed of a batch stands in rows, as in its table.
            return bool(re.match(r"row \d+, ", line))
        if ran.arguments[:2] == ("profile", "list"):
            return line.startswith("no profiles yet in ")
        if ran.arguments[:2] == ("profile", "new"):
            return not line or line.endswith((":", "]")) or " [" in line
        return False

    def built(self, *arguments: str, output: str = "s.mp3") -> bool:
        """Build a session, hold the MP3 against its plan, and return whether it was built."""
        ran = self.run("build", *arguments, "-o", output)
        if ran.code == DONE and self.expect((self.folder / output).is_file(), "no MP3"):
            self.checked(output)
            return True
        return False

    def checked(self, output: str) -> None:
        """Hold a finished MP3 against its plan: it is as planned."""
        ran = self.run("check", output, codes=(DONE,))
        self.expect(ran.out.rstrip().endswith(": as planned"), f"not as planned: {ran.out[-1500:]}")

    def start(
        self, *arguments: str, streams: str = "", before: Callable[[], None] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a command as a process of its own, with a session of its own.

        What it prints goes into files of `world`, whose names end with ``streams``. ``before`` is called in it before
        Python begins.
        """
        self.log.append(shlex.join(arguments))
        with (self.world / f"out{streams}").open("wb") as out, (self.world / f"err{streams}").open("wb") as err:
            return subprocess.Popen(
                [sys.executable, "-m", "audioguide", *arguments],
                cwd=self.folder,
                env=self.variables(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
                preexec_fn=before,
            )

    def ended(self, process: subprocess.Popen[bytes], *arguments: str, streams: str = "") -> Ran:
        """Wait for a process that `start` began and return what it left; one that hangs is killed and a failure."""
        try:
            process.wait(LONGEST_S)
        except subprocess.TimeoutExpired:
            self.expect(False, f"hangs for {LONGEST_S:.0f} s")
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        out, err = (
            (self.world / f"{name}{streams}").read_bytes().decode("utf-8", "replace") for name in ("out", "err")
        )
        return Ran(arguments, process.returncode, out, err)

    def whole(self, *arguments: str, before: Callable[[], None] | None = None) -> Ran:
        """Run a command as a process of its own to its end."""
        return self.ended(self.start(*arguments, before=before), *arguments)


@dataclass(frozen=True, slots=True)
class Forked:
    """How a command is run in a copy of this process.

    Attributes:
        stdin: what it reads; nothing else.
        before: called in the copy before the command, such as to become another user.
        longest_s: how long it may take until it is taken to hang.
        interrupted_after_s: when Ctrl-C comes; None for never.
    """

    stdin: bytes = b""
    before: Callable[[], None] | None = None
    longest_s: float = LONGEST_FORKED_S
    interrupted_after_s: float | None = None


def forked(arguments: Sequence[str], folder: Path, variables: Mapping[str, str], how: Forked) -> Ran:
    """Run the command line in a copy of this process and return what it left."""
    streams = [os.memfd_create(name) for name in ("in", "out", "err")]
    os.write(streams[0], how.stdin)
    os.lseek(streams[0], 0, os.SEEK_SET)
    pid = os.fork()
    if pid == 0:
        _become(arguments, folder, variables, streams=streams, how=how)
    watch = os.pidfd_open(pid)
    if how.interrupted_after_s is not None and not select.select([watch], [], [], how.interrupted_after_s)[0]:
        os.kill(pid, signal.SIGINT)
    hangs = not select.select([watch], [], [], how.longest_s)[0]
    if hangs:
        os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    os.close(watch)
    out, err = (_read(stream) for stream in streams[1:])
    for stream in streams:
        os.close(stream)
    code = HANGS if hangs else os.waitstatus_to_exitcode(status)
    return Ran(tuple(arguments), code, out=out, err=err, peak_mb=usage.ru_maxrss / 1000)


def _become(
    arguments: Sequence[str], folder: Path, variables: Mapping[str, str], streams: Sequence[int], how: Forked
) -> None:
    """Be the command from here on; never returns."""
    try:
        from audioguide.cli import main

        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.environ.clear()
        os.environ.update(variables)
        os.chdir(folder)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # Last, as it may become a user who could do nothing of the above.
        if how.before is not None:
            how.before()
        main(arguments)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        with contextlib.suppress(Exception):
            assert sys.__stderr__
            sys.__stderr__.flush()
    os._exit(70)


def _read(stream: int) -> str:
    os.lseek(stream, 0, os.SEEK_SET)
    with os.fdopen(os.dup(stream), "rb") as file:
        return file.read().decode("utf-8", "replace")


def warm_up() -> None:
    """Import all that commands import, so that each forked one starts with it."""
    # Threads of the numerical library would not live on in a copy.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    import pkgutil
    from importlib import import_module

    import audioguide

    leave_out = ("audioguide.__main__", "audioguide.speech.engines.hibari", "audioguide.speech.engines.piper")
    for module in pkgutil.walk_packages(audioguide.__path__, "audioguide."):
        if not module.name.startswith(leave_out):
            with contextlib.suppress(ImportError):
                import_module(module.name)
    # Who has become another user may not be let to where Python's own files are.
    for name in ("ascii", "latin-1", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "idna"):
        codecs.lookup(name)
    import difflib  # noqa: F401

    import lameenc  # noqa: F401
    import rich.table  # noqa: F401
    import soundfile  # noqa: F401
    import soxr  # noqa: F401

    from audioguide.library.builtin import exercises
    from audioguide.library.protocol_files import builtin_ids, load_protocol

    exercises()
    for name in builtin_ids():
        load_protocol(name)


def kept(trial: Trial, seed: int, keep: Path) -> Path:
    """Keep the input of a trial that failed, with what was run and what was wrong, and return where."""
    place = keep / f"{trial.name}-{seed}-{trial.number}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for path in trial.folder.iterdir():
        with contextlib.suppress(OSError, shutil.Error):
            if path.is_dir() and not path.is_symlink():
                shutil.copytree(path, place / "folder" / path.name, symlinks=True)
            elif path.is_file() and path.stat().st_size < 50_000_000:
                (place / "folder").mkdir(exist_ok=True)
                shutil.copy2(path, place / "folder" / path.name)
    again = f"python -m scripts.campaign {trial.name} --seed {seed} --only {trial.number}"
    lines = [again, "", *trial.log, "", *trial.failures]
    (place / "what.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace")
    return place
