"""The child process that speaks with piper-tts, run by its file's path; one voice and pace each.

A clip is a function of its text, voice and pace: without noise the model makes the same sound each time, and with one
thread it adds in the same order.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from pathlib import Path
from typing import Any

SPEECH_FD = os.dup(1)
SLACK_S = 5.0
"""How much longer than its parent this process waits before it ends itself; by then the parent must be gone."""


class Speaker:
    """piper-tts, loaded with one voice.

    Args:
        model: path of the voice's weights; its settings lie beside it, with ``.json`` after the name.
        length: how long a sound lasts, where 1 is as the voice was taught.
    """

    def __init__(self, model: str, length: float) -> None:
        import onnxruntime
        from piper import PiperVoice, SynthesisConfig
        from piper.config import PiperConfig

        # `PiperVoice.load` would take as many threads as there are processors.
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(model, sess_options=options, providers=["CPUExecutionProvider"])
        config = PiperConfig.from_dict(json.loads(Path(f"{model}.json").read_text(encoding="utf-8")))
        self.voice = PiperVoice(session=session, config=config)
        self.settings = SynthesisConfig(length_scale=length, noise_scale=0.0, noise_w_scale=0.0)
        self.rate_hz = int(config.sample_rate)

    def say(self, text: str) -> list[bytes]:
        """Return each sentence of ``text`` as float32 samples."""
        return [chunk.audio_float_array.tobytes() for chunk in self.voice.synthesize(text, self.settings)]


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
            pieces = [speaker.say(text) for text in request["texts"]]
        except Exception as problem:  # whatever the package raises may be chance: the parent asks a fresh process
            answer({"failed": f"{type(problem).__name__}: {problem}"})
        else:
            sizes = [[len(clip) for clip in sentences] for sentences in pieces]
            answer({"rate_hz": speaker.rate_hz, "sizes": sizes}, b"".join(b"".join(clips) for clips in pieces))
        faulthandler.cancel_dump_traceback_later()


def main(settings: dict[str, Any]) -> None:
    """Load the voice and serve; what goes wrong before is every answer."""
    os.dup2(2, 1)  # what anything prints must not stand between the answers
    sys.path[:] = settings["path"]  # the parent's packages, however it found them
    try:
        speaker = Speaker(settings["model"], settings["length"])
    except Exception as problem:  # damaged files raise whatever their reader does
        for _ in sys.stdin.buffer:
            answer({"error": f"{type(problem).__name__}: {problem}"})
        return
    serve(speaker)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
