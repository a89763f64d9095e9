"""The command line: asks, prints, and turns every error into a plain line and an exit code."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys

from audioguide.cli.stopping import Stopping, end_by

# Little is imported before signals are taken over: until then Ctrl-C is answered by Python, with a traceback.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``audioguide`` with ``arguments``, or with those of the process, and leave with its exit code."""
    stopping = Stopping()
    try:
        stopping.begin()
        from audioguide.cli.streams import open_streams

        open_streams()
        code = run(sys.argv[1:] if arguments is None else arguments)
        stopping.leave()
    except BaseException:
        stopping.leave()
        # Some libraries put an error of their own in the place of what was raised inside them.
        if stopping.number is None:
            raise
        code = _stopped(stopping.number)
    from audioguide.cli.streams import failure_of

    failure = failure_of(sys.stdout)
    if failure is not None and code == 0:
        # A full disk shows only now, when all else has been done.
        code = _complain(f"standard output: {(failure.strerror or str(failure)).lower()}; free some space there", 1)
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    # Everything is written and every process ended; taking the interpreter apart would only add a tenth of a second.
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 2 a mistake in what was asked, 1 other failures, 130 Ctrl-C."""
    try:
        from audioguide.cli.streams import plain_streams

        with plain_streams():
            return _run(arguments)
    except KeyboardInterrupt:
        return _stopped(signal.SIGINT)


def _stopped(number: int) -> int:
    """Return the exit code of a command that a signal stopped, as shells show it."""
    if number == signal.SIGINT:
        print("audioguide: stopped; no file is half written", file=sys.stderr)
    else:
        # As without handlers: whoever asks politely needs no answer.
        end_by(number)
    return 128 + number


def _run(arguments: Sequence[str]) -> int:
    import click

    # The sums here are short: more threads of the numerical library only wait for each other, at full load. It ends the
    # process itself where it may not have memory for as many as there are processors.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A build makes about 110,000 objects and few cycles; looking for them on the way would cost it a twentieth.
    gc.set_threshold(200_000)
    # No program of another's looks on while files are checked here. To find such, pydantic would read a file of each
    # package that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

    from audioguide.cli.commands import cli
    from audioguide.errors import AudioguideError

    try:
        # In its standalone mode click prints a mistake with its usage, over three lines; here it is one line.
        code = cli.main(args=list(arguments), prog_name="audioguide", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        # A group without its command, such as `audioguide profile`, shows its help.
        error.show()
        return error.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "audioguide"
        message = " ".join(error.format_message().splitlines())
        # Some of click's messages end with what was typed, in brackets.
        stop = "" if message.rstrip(")").endswith((".", "?", "!")) else "."
        return _complain(f"{message}{stop} See `{where} --help`.", error.exit_code)
    except click.ClickException as error:
        return _complain(" ".join(error.format_message().splitlines()), error.exit_code)
    except AudioguideError as error:
        return _complain("\n".join(error.lines), error.exit_code)
    except click.Abort as abort:
        # click's prompts make the same of Ctrl-C and of the end of input.
        if isinstance(abort.__cause__ or abort.__context__, EOFError):
            return _complain("there was no answer; nothing was done", 1)
        raise KeyboardInterrupt from None
    except OSError as error:
        # What no command foresees, such as a disk that is taken away.
        what = f"{error.filename}: " if error.filename else ""
        return _complain(f"{what}{(error.strerror or str(error)).lower()}; check the path, the disk or the output", 1)
    except RuntimeError as error:
        # So Python says that the system allows no more.
        if "can't start new thread" not in str(error):
            raise
        return _complain("no more threads may be started; raise the limits of memory and processes (ulimit -v, -u)", 1)
    except ImportError as error:
        # So the system's loader says that the memory it may use has no room for a library.
        if "failed to map segment" not in str(error):
            raise
        return _complain("the program takes more memory than it may have; raise the limit (ulimit -v)", 1)
    except MemoryError:
        return _complain("this takes more memory than there is; use a shorter session or file", 1)


LONGEST_LINE = 400
"""Characters of one complaint; what a user typed stands in it, however long."""


def _complain(message: str, code: int) -> int:
    """Print each line of ``message`` as one line on stderr and return ``code``."""
    for line in message.splitlines():
        shown = line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE // 2]} … {line[-LONGEST_LINE // 2 :]}"
        print(f"audioguide: {shown}", file=sys.stderr)
    return code
