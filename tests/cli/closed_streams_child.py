"""Runs the command line in a process of its own with streams that are closed or that nobody reads.

``python -m tests.cli.closed_streams_child CLOSED FULL ARGUMENT …``: digits of the streams to close, and of those to
lead to /dev/full, such as ``02`` and ``1``, or ``-`` for none.
"""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    closed, full, *arguments = sys.argv[1:]
    for number in map(int, full.strip("-")):
        os.dup2(os.open("/dev/full", os.O_WRONLY), number)
    for number in map(int, closed.strip("-")):
        os.close(number)
    # A program finds such streams when it starts, and so has to be started.
    os.execv(sys.executable, [sys.executable, "-m", "audioguide", *arguments])
