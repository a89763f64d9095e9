"""Resampling; also when the program is stopped while its library is imported."""

from __future__ import annotations

import signal
import subprocess
import sys

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.audio.resample import at_our_rate, blocks_at_our_rate

STOPPED = """
import enum, signal
from audioguide.audio.resample import soxr_module
from audioguide.cli.stopping import Stopping, StoppedError
Stopping().begin()
make = enum.EnumMeta.__call__
def stopped(cls, *arguments, **options):
    if "soxr" in f"{arguments}{options}":
        signal.raise_signal(signal.SIGTERM)
    return make(cls, *arguments, **options)
enum.EnumMeta.__call__ = stopped
try:
    soxr_module()
except StoppedError as error:
    print(error)
"""


@pytest.mark.real
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a program hears: run it elsewhere")
def test_a_signal_while_the_library_is_imported_ends_the_program_in_order():
    ran = subprocess.run([sys.executable, "-c", STOPPED], capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"{128 + signal.SIGTERM}\n", "")


def test_blocks_are_resampled_as_the_whole_is():
    sound = (0.1 * np.sin(np.arange(48_000) / 30)).astype(np.float32)
    blocks = list(blocks_at_our_rate([sound[:30_000], sound[30_000:]], 48_000))
    whole = at_our_rate(Clip(sound, 48_000))
    assert np.allclose(np.concatenate(blocks), whole, atol=1e-4)
