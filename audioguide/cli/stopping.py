"""Ends the program in order at every signal that asks for it: what is being written goes, and nothing else is said."""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType

from audioguide.storage.stop_signals import STOPPING

_AGAIN_S = 0.01

_DUMPING = frozenset({getattr(signal, "SIGQUIT", None)})
"""Signals whose own way to end a program leaves a file with its memory."""


class StoppedError(SystemExit):
    """Another signal than Ctrl-C asked the program to end. A SystemExit, which libraries know to pass on."""


class Stopping:
    """Raises an exception in the main thread for every signal that ends the program, until it is on its way out.

    For Ctrl-C that is a KeyboardInterrupt, for the others `StoppedError`.

    Attributes:
        number: the signal that came last; None while none has.
    """

    def __init__(self) -> None:
        self.number: int | None = None
        self._is_leaving = self._is_sending = False

    def begin(self) -> None:
        """Take over the signals that would end the program at once; those that are ignored, as by nohup, stay so."""
        for number in STOPPING:
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                signal.signal(number, self._stop)
        sys.unraisablehook = self._raise_again

    def leave(self) -> None:
        """Ignore further signals: the program is ending already."""
        self._is_leaving = True

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if not (self._is_leaving or self._is_sending):
            self.number = number
            raise KeyboardInterrupt if number == signal.SIGINT else StoppedError(128 + number)

    def _raise_again(self, unraisable: sys.UnraisableHookArgs) -> None:
        """Send a signal again that arrived where Python has to drop exceptions, as in the clean-up of an object."""
        if isinstance(unraisable.exc_value, KeyboardInterrupt | StoppedError) and self.number is not None:
            # A moment later, when that is over; a second one that comes just now has nothing to add.
            self._is_sending = True
            threading.Timer(_AGAIN_S, signal.raise_signal, [self.number]).start()
            self._is_sending = False
        else:
            sys.__unraisablehook__(unraisable)


def end_by(number: int) -> None:
    """End this process by a signal, so that whoever sent it sees that it did; where that would dump memory, return."""
    if number not in _DUMPING:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
