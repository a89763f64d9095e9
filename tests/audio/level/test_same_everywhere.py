"""Which processor the sums are made for changes no sample: each kind is asked for in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[3]

PREPARED = """
import hashlib
from audioguide.audio.cues.spoken import prepare
from tests.sounds import voice_like
# Loud enough to be limited.
print([hashlib.sha256(prepare(voice_like(2, seed, level=0.9)).samples.tobytes()).hexdigest() for seed in range(4)])
"""


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has a numerical library of its own: run it elsewhere")
def test_a_clip_is_the_same_with_the_kernels_of_every_processor():
    printed = {
        subprocess.run(
            [sys.executable, "-c", PREPARED],
            env=os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_CORETYPE": processor},
            capture_output=True,
            check=True,
        ).stdout
        for processor in ("Prescott", "Nehalem", "Haswell")
    }
    assert len(printed) == 1
