"""The child process that speaks with libespeak-ng, run by its file's path; it has only the standard library.

libespeak-ng keeps state between utterances, so that a clip depends on what was spoken before it; setting the voice
again, or ending and initialising the library again, doesn't change that. Therefore this process prepares one voice
and never speaks: it forks for each request, and the fork speaks from the untouched state. A clip is then a function
of its text, voice and rate. The library is used synchronously, as its own thread does not live in a fork.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import sys
from typing import Any

SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS
DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT: without it the library ends the process over a missing file
UTF8, ENDPAUSE = 1, 0x1000
RATE, CURRENT = 1, 1
BUFFER_MS = 200
SPEECH_FD = os.dup(1)

CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class VoiceRecord(ctypes.Structure):
    """``espeak_VOICE`` of speak_lib.h."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.POINTER(ctypes.c_ubyte)),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


class Espeak:
    """libespeak-ng, loaded and set.

    Args:
        library: path of the shared library.
        home: the folder that holds ``espeak-ng-data``.

    Raises:
        OSError: when the library can't be loaded or won't start.
    """

    def __init__(self, library: str, home: str) -> None:
        self.lib = ctypes.CDLL(library)
        # ctypes takes results for ints, and would cut these pointers to 32 bits.
        self.lib.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(VoiceRecord))
        self.lib.espeak_GetCurrentVoice.restype = ctypes.POINTER(VoiceRecord)
        self.lib.espeak_Info.restype = ctypes.c_char_p
        # The library's buffer for this path holds 160 characters; from inside the folder it is one dot.
        os.chdir(home)
        self.rate_hz = int(self.lib.espeak_Initialize(SYNCHRONOUS, BUFFER_MS, b".", DONT_EXIT))
        if self.rate_hz <= 0:
            raise OSError(f"espeak-ng can't start with the data in {home}")
        self.pcm = bytearray()
        # Held by this object: the library keeps only the address of the callback.
        self.callback = CALLBACK(self._collect)
        self.lib.espeak_SetSynthCallback(self.callback)

    def _collect(self, samples: int | None, count: int, _events: int | None) -> int:
        # The last call of an utterance brings no samples.
        if samples and count > 0:
            self.pcm += ctypes.string_at(samples, 2 * count)
        return 0  # go on; 1 would stop the utterance

    def set(self, voice: str, rate_wpm: int) -> None:
        """Set voice and rate, and read back that they are set: an unknown variant is dropped without an error.

        Raises:
            OSError: when something else than asked is set.
        """
        self.lib.espeak_SetVoiceByName(voice.encode())
        self.lib.espeak_SetParameter(RATE, rate_wpm, 0)
        found = self.lib.espeak_GetCurrentVoice().contents.identifier.decode("utf-8", "replace")
        rate = self.lib.espeak_GetParameter(RATE, CURRENT)
        if _plain(found) != _plain(voice):
            raise OSError(f"espeak-ng set the voice '{found}' instead of '{voice}'")
        if rate != rate_wpm:
            raise OSError(f"espeak-ng set a rate of {rate} instead of {rate_wpm} words a minute")

    def say(self, text: str) -> bytes:
        """Return ``text`` spoken, as 16-bit samples.

        Raises:
            OSError: when the library reports an error.
        """
        self.pcm.clear()
        # The size counts the zero at the end (speak_lib.h); the other arguments: from the start, position in
        # characters, no end, and no identifier or data of one's own.
        raw = text.encode() + b"\0"
        status = self.lib.espeak_Synth(raw, len(raw), 0, 1, 0, UTF8 | ENDPAUSE, None, None)
        if status:
            raise OSError(f"espeak_Synth gave error {status}")
        return bytes(self.pcm)

    def version(self) -> str:
        """Return the library's version."""
        return str(self.lib.espeak_Info(None).decode())

    def voices(self) -> list[dict[str, Any]]:
        """Return every voice: ``id``, ``name``, and ``languages`` as pairs of rank (lower is better) and tag."""
        return [
            {
                "id": record.identifier.decode("utf-8", "replace"),
                "name": record.name.decode("utf-8", "replace").strip(),
                "languages": _read_languages(record.languages),
            }
            for record in self._records(None)
        ]

    def variants(self) -> list[str]:
        """Return the names that may follow a voice's id after a plus sign."""
        # Variants are no language's; the library lists them only to who asks for this one by name.
        tag = (ctypes.c_ubyte * 8)(*b"variant\0")
        wanted = VoiceRecord(languages=ctypes.cast(tag, ctypes.POINTER(ctypes.c_ubyte)))
        return [record.identifier.decode().partition("/")[2] for record in self._records(ctypes.byref(wanted))]

    def _records(self, wanted: Any) -> list[VoiceRecord]:
        # An array that the library owns, with a null pointer after the last.
        listed = self.lib.espeak_ListVoices(wanted)
        records: list[VoiceRecord] = []
        while listed[len(records)]:
            records.append(listed[len(records)].contents)
        return records


def _plain(voice: str) -> str:
    """Return a voice id with its base in small letters; a variant is a file name as it is written."""
    base, plus, variant = voice.partition("+")
    return base.lower() + plus + variant


def _read_languages(raw: Any) -> list[tuple[int, str]]:
    """Read ``languages``: a byte of rank, a zero-ended tag, and again, until a rank of 0."""
    found, at = [], 0
    while rank := raw[at]:
        tag = bytearray()
        at += 1
        while raw[at]:
            tag.append(raw[at])
            at += 1
        at += 1
        found.append((rank, tag.decode("utf-8", "replace")))
    return found


def answer(head: dict[str, Any], payload: bytes = b"") -> None:
    """Write an answer of the worker protocol to the stdout that this process was started with."""
    # To a copy of stdout's descriptor, without Python's buffer: a fork would write what is left in its copy again.
    rest = memoryview(json.dumps({**head, "bytes": len(payload)}).encode() + b"\n" + payload)
    while rest:
        rest = rest[os.write(SPEECH_FD, rest) :]


def speak(espeak: Espeak, texts: list[str]) -> None:
    """Answer with ``texts`` spoken: ``sizes`` tells the bytes of each."""
    clips = [espeak.say(text) for text in texts]
    answer({"rate_hz": espeak.rate_hz, "sizes": [len(clip) for clip in clips]}, b"".join(clips))


def speak_apart(espeak: Espeak, request: dict[str, Any]) -> None:
    """Speak in a fork, which ends itself when it takes too long: the parent may be gone by then."""
    fork = os.fork()
    if fork == 0:
        status = 1
        try:
            # SIGALRM ends a process that has no handler for it, also while C code runs.
            signal.setitimer(signal.ITIMER_REAL, request["limit_s"])
            speak(espeak, request["texts"])
            status = 0
        except OSError as problem:
            answer({"error": str(problem)})
            status = 0
        finally:
            os._exit(status)  # not sys.exit: the child's own stdin and clean-up are not the fork's
    _, status = os.waitpid(fork, 0)
    if status:
        answer({"failed": f"speaking ended with status {os.waitstatus_to_exitcode(status)}"})


def serve(espeak: Espeak) -> None:
    """Answer requests until stdin ends, which it does when the parent is gone."""
    # A parent that is killed can't say so, but its end of the pipe closes.
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["do"] == "say":
            speak_apart(espeak, request)
        else:
            answer({"version": espeak.version(), "voices": espeak.voices(), "variants": espeak.variants()})


def main(library: str, home: str, voice: str, rate_wpm: str) -> None:
    """Prepare one voice (none where ``voice`` is empty) and serve; what goes wrong before is every answer."""
    os.dup2(2, 1)  # what anything prints must not stand between the answers
    try:
        espeak = Espeak(library, home)
        if voice:
            espeak.set(voice, int(rate_wpm))
    except OSError as problem:
        for _ in sys.stdin.buffer:
            answer({"error": str(problem)})
        return
    gc.freeze()  # a collection in a fork would copy every page
    serve(espeak)


if __name__ == "__main__":
    main(*sys.argv[1:])
