"""Decoders and meters that share nothing with the program: ffmpeg, as the wheel of imageio-ffmpeg brings it, and
libsndfile; and how far two sounds are apart.
"""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples

RATE_HZ = 24_000


def ffmpeg_program() -> str:
    """Return the path of the second decoder; skips the test where there is none."""
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        pytest.skip("no second decoder, no wheel has ffmpeg for this system: install ffmpeg with the system's packages")


def ffmpeg(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [ffmpeg_program(), "-nostdin", "-hide_banner", *arguments]
    return subprocess.run(command, capture_output=True, check=True)


def ffmpeg_samples(path: Path) -> Samples:
    """Return the samples of a file, those of several channels in turn."""
    raw = ffmpeg("-v", "error", "-i", str(path), "-f", "f32le", "-").stdout
    return np.frombuffer(raw, np.float32)


class Metered(NamedTuple):
    """What ffmpeg makes of a file: its samples, integrated loudness in LUFS and true peak in dBTP."""

    samples: Samples
    integrated_lufs: float
    peak_dbtp: float


def ffmpeg_metered(path: Path) -> Metered:
    # The meter hands on the samples as they are.
    ran = ffmpeg("-i", str(path), "-af", "ebur128=peak=true:framelog=quiet", "-f", "f32le", "-")
    said = ran.stderr.decode()
    summary = said[said.rindex("Summary:") :]
    integrated = re.search(r"I:\s+(\S+) LUFS", summary)
    peak = re.search(r"Peak:\s+(\S+) dBFS", summary)
    assert integrated is not None
    assert peak is not None
    return Metered(np.frombuffer(ran.stdout, np.float32), float(integrated[1]), float(peak[1]))


class Heard(NamedTuple):
    """What ffmpeg makes of a file: its samples, and what it says of duration, chapters, tags and streams."""

    samples: Samples
    report: str


def ffmpeg_heard(path: Path) -> Heard:
    ran = ffmpeg("-i", str(path), "-f", "f32le", "-")
    return Heard(np.frombuffer(ran.stdout, np.float32), ran.stderr.decode())


def libsndfile_samples(mp3: bytes) -> Samples:
    """Return what libsndfile hears of a stereo MP3, float32, shape (n, 2)."""
    import soundfile

    samples, _ = soundfile.read(io.BytesIO(mp3), dtype="float32")
    return np.asarray(samples, np.float32)


def snr_db(heard: Samples, meant: Samples) -> float:
    """Return the power of what was meant over that of the difference, in dB."""
    error = (heard - meant).astype(np.float64)
    return float(10 * np.log10(np.sum(meant.astype(np.float64) ** 2) / np.sum(error**2)))


def offset_ms(samples: NDArray[np.float32], sound: Clip, start_ms: int, reach_ms: int = 150) -> float:
    """Return how many ms after ``start_ms`` the sound is heard, by the best correlation within ``reach_ms``."""
    # Importing SciPy's signals takes longer than most test files do.
    from scipy.signal import correlate

    first = max(0, start_ms - reach_ms) * RATE_HZ // 1000
    window = samples[first : (start_ms + reach_ms) * RATE_HZ // 1000 + sound.samples.size]
    match = correlate(window, sound.samples, "valid", "fft")
    return (first + int(match.argmax())) * 1000 / RATE_HZ - start_ms
