"""The loop of a child process that speaks with a neural voice: a line of JSON in, an answer of the worker protocol out.

Imported in the child, once it has its parent's path; so it imports nothing of the package.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from collections.abc import Callable
from typing import Any, Protocol

SLACK_S = 5.0
"""How much longer than its parent this process waits before it ends itself; by then the parent must be gone."""


class RefusedError(Exception):
    """The text can't be spoken, now or later; said to the parent."""


class Speaker(Protocol):
    """A voice that is loaded."""

    def respond(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Return what is to be told about the sound, and its samples.

        Raises:
            RefusedError: when the text can't be spoken.
        """


def serve(speech_fd: int, load: Callable[[], Speaker]) -> None:
    """Answer requests on ``speech_fd`` until stdin ends, which it does when the parent is gone.

    When ``load`` raises, that is the answer to every request.
    """
    try:
        speaker = load()
    except Exception as problem:  # damaged files raise whatever their reader does
        for _ in sys.stdin.buffer:
            _answer(speech_fd, {"error": f"{type(problem).__name__}: {problem}"})
        return
    for line in sys.stdin.buffer:
        request = json.loads(line)
        # Ends this process even while foreign code hangs: its thread needs no Python.
        faulthandler.dump_traceback_later(request["limit_s"] + SLACK_S, exit=True)
        try:
            head, payload = speaker.respond(request)
        except RefusedError as problem:
            _answer(speech_fd, {"error": str(problem)})
        except Exception as problem:  # whatever the package raises may be chance: the parent asks a fresh process
            _answer(speech_fd, {"failed": f"{type(problem).__name__}: {problem}"})
        else:
            _answer(speech_fd, head, payload)
        faulthandler.cancel_dump_traceback_later()


def _answer(speech_fd: int, head: dict[str, Any], payload: bytes = b"") -> None:
    rest = memoryview(json.dumps({**head, "bytes": len(payload)}).encode() + b"\n" + payload)
    while rest:
        rest = rest[os.write(speech_fd, rest) :]
