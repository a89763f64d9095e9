"""The child process that speaks with hibari-tts, run by its file's path; one voice each, any speed.

A clip is a function of its text, voice and speed: each sentence is spoken with the same seed for its noise, by one
thread, as several threads add in another order and give other last bits.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from typing import Any

SPEECH_FD = os.dup(1)
SLACK_S = 5.0
"""How much longer than its parent this process waits before it ends itself; by then the parent must be gone."""

SEED = 0


class RefusedError(Exception):
    """The text can't be spoken; said to the parent."""


class Speaker:
    """hibari-tts, loaded with one voice.

    Args:
        voice: its name.
        weights: path of the voice's file. Always given: else the package would look in a folder of its own, and fetch.
        british: which reading of spelling the voice was trained on.
    """

    def __init__(self, voice: str, weights: str, british: bool) -> None:
        from hibari import Hibari
        from hibari.g2p import G2P

        g2p = G2P(british=british)
        # The parent wrote numbers and signs out; the package's own rules would make dates and streets of what is left.
        self.tts = Hibari(voice, weights, threads=1, g2p=lambda sentence: g2p(sentence, normalize_text=False))
        self.known = frozenset(self.tts.vocab)

    def say(self, text: str, speed: float) -> list[tuple[int, bytes]]:
        """Return each sentence of ``text``: how many phonemes it has, and its float32 samples."""
        return [
            (len(phonemes), self.tts.from_phonemes(phonemes, speed, SEED).tobytes())
            for phonemes in self.tts.phonemize(text)
        ]

    def refuse_unknown(self, phonemes: str) -> None:
        """Refuse phonemes that the voice doesn't have: it would leave them out.

        Raises:
            RefusedError: naming them.
        """
        if unknown := "".join(sorted(set(phonemes) - self.known)):
            raise RefusedError(f"the lexicon's phonemes '/{phonemes}/' hold '{unknown}', which this voice doesn't have")


def answer(head: dict[str, Any], payload: bytes = b"") -> None:
    """Write an answer of the worker protocol to the stdout that this process was started with."""
    rest = memoryview(json.dumps({**head, "bytes": len(payload)}).encode() + b"\n" + payload)
    while rest:
        rest = rest[os.write(SPEECH_FD, rest) :]


def serve(speaker: Speaker) -> None:
    """Answer requests until stdin ends, which it does when the parent is gone."""
    for line in sys.stdin.buffer:
        request = json.loads(line)
        # Ends this process even while foreign code hangs: its thread needs no Python.
        faulthandler.dump_traceback_later(request["limit_s"] + SLACK_S, exit=True)
        try:
            for phonemes in request["phonemes"]:
                speaker.refuse_unknown(phonemes)
            pieces = [speaker.say(text, request["speed"]) for text in request["texts"]]
        except RefusedError as problem:
            answer({"error": str(problem)})
        except Exception as problem:  # whatever the package raises may be chance: the parent asks a fresh process
            answer({"failed": f"{type(problem).__name__}: {problem}"})
        else:
            sizes = [[(count, len(clip)) for count, clip in sentences] for sentences in pieces]
            answer({"sizes": sizes}, b"".join(clip for sentences in pieces for _, clip in sentences))
        faulthandler.cancel_dump_traceback_later()


def main(settings: dict[str, Any]) -> None:
    """Load the voice and serve; what goes wrong before is every answer."""
    os.dup2(2, 1)  # what anything prints must not stand between the answers
    sys.path[:] = settings["path"]  # the parent's packages, however it found them
    try:
        speaker = Speaker(settings["voice"], settings["weights"], settings["british"])
    except Exception as problem:  # damaged files raise whatever their reader does
        for _ in sys.stdin.buffer:
            answer({"error": f"{type(problem).__name__}: {problem}"})
        return
    serve(speaker)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
