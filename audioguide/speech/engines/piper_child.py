"""The child process that speaks with piper-tts, run by its file's path; one voice and pace each.

A clip is a function of its text, voice and pace: without noise the model makes the same sound each time, and with one
thread it adds in the same order.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


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

    def respond(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Return the rate in Hz and how many bytes each sentence of each text has; and their float32 samples."""
        clips = [
            [chunk.audio_float_array.tobytes() for chunk in self.voice.synthesize(text, self.settings)]
            for text in request["texts"]
        ]
        sizes = [[len(clip) for clip in sentences] for sentences in clips]
        return {"rate_hz": self.rate_hz, "sizes": sizes}, b"".join(b"".join(sentences) for sentences in clips)


def main(settings: dict[str, Any]) -> None:
    """Load the voice and answer requests."""
    speech_fd = os.dup(1)
    os.dup2(2, 1)  # what anything prints must not stand between the answers
    sys.path[:] = settings["path"]  # the parent's packages, however it found them

    from audioguide.speech.engines.child_requests import serve

    serve(speech_fd, lambda: Speaker(settings["model"], settings["length"]))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
