"""Sound for tests: a voice-like noise, and ffmpeg as a decoder and meter that shares nothing with the program."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Clip, Samples

RATE_HZ = 24_000


def voice_like(seconds: float, seed: int = 1, level: float = 0.15, rate_hz: int = RATE_HZ) -> Clip:
    """Return syllables of a buzz at a voice's pitch with some breath: peaks and gaps much like speech has them."""
    random = np.random.default_rng(seed)
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    pitch = 2 * np.pi * np.cumsum(110 + 20 * np.sin(2 * np.pi * 0.7 * time + seed)) / rate_hz
    buzz = sum(np.sin(n * pitch + n * n) / n**0.8 for n in range(1, 24))
    breath = random.normal(0, 0.3, time.size)
    syllables = 0.05 + np.abs(np.sin(2 * np.pi * 2.1 * time + random.uniform(0, 3))) ** 3
    return Clip((level * syllables * (buzz + breath) / 2).astype(np.float32), rate_hz)


def tone(hz: float, seconds: float, level: float, rate_hz: int = RATE_HZ) -> Clip:
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    return Clip((level * np.sin(2 * np.pi * hz * time)).astype(np.float32), rate_hz)


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
    raw = ffmpeg("-v", "error", "-i", str(path), "-f", "f32le", "-").stdout
    return np.frombuffer(raw, np.float32)


def ffmpeg_loudness(path: Path) -> tuple[float, float]:
    """Return integrated loudness in LUFS and true peak in dBTP."""
    said = ffmpeg("-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-").stderr.decode()
    summary = said[said.rindex("Summary:") :]
    integrated = re.search(r"I:\s+(\S+) LUFS", summary)
    peak = re.search(r"Peak:\s+(\S+) dBFS", summary)
    assert integrated is not None
    assert peak is not None
    return float(integrated[1]), float(peak[1])
