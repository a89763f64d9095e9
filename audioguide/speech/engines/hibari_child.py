"""The child process that speaks with hibari-tts, run by its file's path; one voice each, any speed.

A clip is a function of its text, voice and speed: each sentence is spoken with the same seed for its noise, by one
thread, as several threads add in another order and give other last bits.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

SEED = 0


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

    def respond(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Return, of each text's sentences, how many phonemes each has and how many bytes; and their float32 samples.

        Raises:
            RefusedError: for phonemes that the voice doesn't have: it would leave them out.
        """
        from audioguide.speech.engines.child_requests import RefusedError

        for said in request["phonemes"]:
            if unknown := "".join(sorted(set(said) - self.known)):
                raise RefusedError(f"the lexicon's phonemes '/{said}/' hold '{unknown}', which this voice doesn't have")
        sizes: list[list[tuple[int, int]]] = []
        clips: list[bytes] = []
        for text in request["texts"]:
            phonemes = self.tts.phonemize(text)
            spoken = [self.tts.from_phonemes(sentence, request["speed"], SEED).tobytes() for sentence in phonemes]
            sizes.append([(len(sentence), len(clip)) for sentence, clip in zip(phonemes, spoken, strict=True)])
            clips += spoken
        return {"sizes": sizes}, b"".join(clips)


def main(settings: dict[str, Any]) -> None:
    """Load the voice and answer requests."""
    speech_fd = os.dup(1)
    os.dup2(2, 1)  # what anything prints must not stand between the answers
    sys.path[:] = settings["path"]  # the parent's packages, however it found them

    from audioguide.speech.engines.child_requests import serve

    serve(speech_fd, lambda: Speaker(settings["voice"], settings["weights"], settings["british"]))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
