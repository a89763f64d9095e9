"""The command line: asks, prints, and turns every error into a plain line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``audioguide`` with ``arguments``, or with those of the process, and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 2 a mistake in what was asked, 1 other failures, 130 Ctrl-C."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        print("audioguide: stopped; nothing was written", file=sys.stderr)
        return 130


def _run(arguments: Sequence[str]) -> int:
    import click

    from audioguide.cli.commands import cli
    from audioguide.errors import AudioguideError

    try:
        code = cli.main(args=list(arguments), prog_name="audioguide", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except AudioguideError as error:
        for line in str(error).splitlines():
            click.echo(f"audioguide: {line}", err=True)
        return error.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except BrokenPipeError:
        # The reader, such as `head`, has gone; leave quietly, and let the interpreter flush into nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
