"""How good each voice sounds to a predictor without a reference (DistillMOS, 1 to 5), in finished sessions.

It was trained on ratings of transmitted and coded speech: it hears noise, buzz and a robot's timbre, but neither
phrasing nor a wrong stress, so it can tell that a voice is bad and not that one is pleasant.

Run by scripts/naturalness: python -m scripts.listening.naturalness PREDICTOR_PYTHON [--voices A,B:VOICE]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
from pathlib import Path

from audioguide.audio.clip import Samples
from audioguide.library.protocol_files import load_protocol
from audioguide.model.kinds import Detail
from audioguide.pipeline import prepare_session
from scripts.listening.cues import RATE_HZ, Spoken, cues_of, spoken_by, with_joe, write_wav

PREDICT = Path(__file__).with_name("predict.py")

CUES = 40
LEAST_S = 2.0
"""Of shorter cues the predictor, which hears windows of seconds, says little."""


def main() -> None:
    """Print a row for each voice."""
    parser = argparse.ArgumentParser(prog="scripts/naturalness", description=__doc__)
    parser.add_argument("predictor", help="the Python that has the predictor")
    parser.add_argument(
        "--voices",
        default="hibari,espeak,piper:en_US-joe-medium",
        help="engines, with commas; ENGINE:VOICE names a voice",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, with_joe(Path(name)):
        for voice in options.voices.split(","):
            scores = predicted(spoken_by(voice, 150), options.predictor, Path(name))
            print(
                f"{voice:<28}{statistics.mean(scores):.2f} (standard deviation {statistics.stdev(scores):.2f}, "
                f"lowest {min(scores):.2f}, {len(scores)} cues)",
                flush=True,
            )


def predicted(spoken: Spoken, python: str, folder: Path) -> list[float]:
    """Return what the predictor says of cues of the default session, taken evenly from its longer ones."""
    prepared = prepare_session(load_protocol(), [spoken.layer(Detail.FULL)])
    cues: dict[str, Samples] = {}
    for text, samples in cues_of(prepared, folder / "session.mp3"):
        if samples.size >= LEAST_S * RATE_HZ:
            cues.setdefault(text, samples)
    chosen = list(cues.values())[:: max(1, len(cues) // CUES)][:CUES]
    paths = "".join(f"{write_wav(samples, folder)}\n" for samples in chosen)
    answer = subprocess.run([python, str(PREDICT)], input=paths, capture_output=True, text=True, check=True)
    return [float(line) for line in answer.stdout.split()]


if __name__ == "__main__":
    main()
