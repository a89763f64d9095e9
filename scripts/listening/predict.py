"""Predicts how good WAV files sound with DistillMOS: paths on stdin, a number from 1 to 5 a line on stdout.

Run by the Python of the environment that scripts/naturalness makes; it imports nothing of this project.
"""

from __future__ import annotations

import contextlib
import sys
import wave

import numpy as np


def main() -> None:
    """Print a number for each file that stdin names."""
    import torch

    torch.set_num_threads(1)
    with contextlib.redirect_stdout(sys.stderr):  # it says which weights it loads
        from distillmos import ConvTransformerSQAModel

        model = ConvTransformerSQAModel()
    model.eval()
    for line in sys.stdin:
        with wave.open(line.strip()) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
        with torch.no_grad():
            print(float(model(torch.from_numpy(samples)[None])[0, 0]), flush=True)


if __name__ == "__main__":
    main()
