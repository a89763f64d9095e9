"""The command line as a process that sends itself a signal at a chosen moment, for tests of builds that are stopped.

``python -m tests.integration.self_stopping SIGNAL EVENT NUMBER ARGUMENT …``: the moment is the NUMBER-th of an EVENT of
Python's audit hooks, counted from the first import of a command, such as ``os.rename`` for what is written whole,
``subprocess.Popen`` for a process begun, or ``any``. Where it never comes, it prints how many there were.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from itertools import count

from audioguide.cli import main as whole_program
from audioguide.cli import run


def main(number: int, event: str, moment: int, arguments: list[str]) -> int:
    moments = count(1)
    has_begun = False
    seen = 0
    is_due = threading.Event()

    def send() -> None:
        # From a thread, as Ctrl-C is not to be raised inside the hook: C code may drop what its hooks raise.
        is_due.wait()
        if number == signal.SIGINT:  # a terminal sends it to all processes of the command
            os.killpg(os.getpgid(0), number)
        else:
            os.kill(os.getpid(), number)

    threading.Thread(target=send, daemon=True).start()

    def hook(now: str, _values: object) -> None:
        nonlocal has_begun, seen
        has_begun = has_begun or now == "import"
        if has_begun and event in (now, "any"):
            seen = next(moments)
            if seen == moment:
                is_due.set()

    # As under a terminal: what a shell runs in the background inherits that Ctrl-C is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.addaudithook(hook)
    if number not in (0, signal.SIGINT):
        whole_program(arguments)
    code = run(arguments)
    print(seen, flush=True)
    return code


if __name__ == "__main__":
    # As the program itself ends: at once.
    os._exit(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:]))
