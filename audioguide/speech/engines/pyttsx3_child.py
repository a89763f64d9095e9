"""The child process that speaks with pyttsx3, run by its file's path; one voice and rate each.

pyttsx3 can hang, end the process and print to stdout, and its espeak driver races with the library's thread: ending a
loop cancels what is still queued, be it the rate or the utterance. So voice and rate are set once, before anything is
spoken, each step is waited for, and both are read back after every utterance.
"""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

SPEECH_FD = os.dup(1)
SLACK_S = 5.0
"""How much longer than its parent this process waits before it ends itself; by then the parent must be gone."""


class RefusedError(Exception):
    """The voice can't be used; said to the parent."""


def make_espeak_loadable(library: str, home: str) -> None:
    """Load libespeak-ng of the wheel, so that pyttsx3's espeak driver finds it, and its data, without a system package.

    The driver loads ``libespeak-ng.so.1``, which the loader of Linux resolves to a library of that name already loaded.
    From inside the data's folder its path is one dot: the library's buffer for it holds 160 characters.
    """
    if library:
        ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
        os.chdir(home)
        os.environ["ESPEAK_DATA_PATH"] = "."


def espeak_driver() -> Any:
    """Return the module through which pyttsx3 calls libespeak-ng, or None where it uses other voices."""
    return sys.modules.get("pyttsx3.drivers._espeak")


def wait_until_idle() -> None:
    """Wait for the thread of libespeak-ng, which `setProperty` and `runAndWait` don't."""
    if driver := espeak_driver():
        driver.Synchronize()


class System:
    """pyttsx3, started and set.

    Args:
        voice: id of the voice; empty to leave it.
        rate_wpm: words a minute.

    Raises:
        RefusedError: when the voice or the rate read back is another.
    """

    def __init__(self, voice: str, rate_wpm: int) -> None:
        import pyttsx3

        self.voice, self.rate_wpm = voice, rate_wpm
        self.engine = pyttsx3.init()
        self.version = metadata.version("pyttsx3")
        if voice:
            self.engine.runAndWait()  # until the first loop has run, properties are only queued
            for name, value in (("voice", voice), ("rate", rate_wpm)):
                self.engine.setProperty(name, value)
                wait_until_idle()
            self.verify()

    def verify(self) -> None:
        """Read voice and rate back: an unknown voice is ignored, and an unknown variant dropped, without an error."""
        found = str(self.engine.getProperty("voice"))
        rate: float
        if driver := espeak_driver():
            # pyttsx3's own way to ask libespeak-ng leaves out an argument, so it answers by chance.
            rate = int(driver.dll.espeak_GetParameter(driver.RATE, 1))
        else:
            rate = float(self.engine.getProperty("rate"))
        if found.lower() != self.voice.lower():
            raise RefusedError(f"pyttsx3 set the voice '{found}' instead of '{self.voice}'")
        if round(rate) != self.rate_wpm:
            raise RefusedError(f"pyttsx3 set a rate of {rate} instead of {self.rate_wpm} words a minute")

    def say(self, text: str, file: str) -> None:
        """Write ``text`` spoken to ``file``, in the format that the platform's voices write."""
        # Its espeak driver returns from `runAndWait` some 10 ms after speaking began, and cancels what is queued then.
        # https://github.com/nateshmbhat/pyttsx3/issues/219
        self.engine.save_to_file(text, file)
        self.engine.runAndWait()
        wait_until_idle()
        self.verify()

    def voices(self) -> list[dict[str, str]]:
        """Return every voice: ``id``, ``name``, ``language``."""
        described = []
        for voice in self.engine.getProperty("voices"):
            # Drivers give text or bytes, several or none, and versions of the espeak driver differ in whether the byte
            # that libespeak-ng puts before the tag, its rank, is still there.
            first = next((raw for raw in voice.languages or [] if raw), "")
            tag = first.decode("utf-8", "ignore") if isinstance(first, bytes) else str(first)
            language = "".join(character for character in tag if character.isprintable()).replace("_", "-")
            described.append({"id": str(voice.id), "name": str(voice.name).strip(), "language": language})
        return described


def answer(head: dict[str, Any]) -> None:
    """Write an answer of the worker protocol to the stdout that this process was started with."""
    rest = memoryview(json.dumps({**head, "bytes": 0}).encode() + b"\n")
    while rest:
        rest = rest[os.write(SPEECH_FD, rest) :]


def serve(system: System) -> None:
    """Answer requests until stdin ends, which it does when the parent is gone."""
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["do"] == "say":
            # Ends this process even while a driver hangs in foreign code, and writes where to stderr.
            # A signal would have to wait for Python code, and Windows has no alarm.
            faulthandler.dump_traceback_later(request["limit_s"] + SLACK_S, exit=True)
            system.say(request["text"], request["file"])
            faulthandler.cancel_dump_traceback_later()
            answer({"bytes_written": Path(request["file"]).stat().st_size if Path(request["file"]).exists() else 0})
        else:
            current = str(system.engine.getProperty("voice"))
            answer({"version": system.version, "voices": system.voices(), "current": current})


def main(settings: dict[str, Any]) -> None:
    """Prepare the voice and serve; what goes wrong before is every answer."""
    os.dup2(2, 1)  # what pyttsx3 prints must not stand between the answers
    sys.path[:] = settings["path"]  # the parent's packages, however it found them
    try:
        make_espeak_loadable(settings["library"], settings["home"])
        system = System(settings["voice"], settings["rate_wpm"])
    except (RefusedError, ImportError, OSError, RuntimeError, ValueError, KeyError, AttributeError) as problem:
        for _ in sys.stdin.buffer:
            answer({"error": f"{type(problem).__name__}: {problem}"})
        return
    serve(system)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
