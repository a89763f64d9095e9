"""A decoder that audioguide does not use: ffmpeg, as the wheel of imageio-ffmpeg brings it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip

RATE_HZ = 24_000


def decoded(path: Path) -> NDArray[np.float32]:
    """Return the samples of ``path``, mono at its own rate of 24 kHz."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, dtype=np.float32)


def described(path: Path) -> str:
    """Return what ffmpeg says of the file: duration, chapters, tags, streams."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", str(path)]
    return subprocess.run(command, capture_output=True, check=False, text=True).stderr


def offset_ms(samples: NDArray[np.float32], sound: Clip, start_ms: int, reach_ms: int = 150) -> float:
    """Return how many ms after ``start_ms`` the sound is heard, by the best correlation within ``reach_ms``."""
    first = max(0, start_ms - reach_ms) * RATE_HZ // 1000
    window = samples[first : (start_ms + reach_ms) * RATE_HZ // 1000 + sound.samples.size]
    match = np.correlate(window, sound.samples, "valid")
    return (first + int(match.argmax())) * 1000 / RATE_HZ - start_ms


def heard_loudness_lufs(path: Path) -> tuple[float, float]:
    """Return integrated loudness in LUFS and true peak in dBTP by ffmpeg's own meter (EBU R 128)."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(path)]
    command += ["-af", "ebur128=peak=true", "-f", "null", "-"]
    printed = subprocess.run(command, capture_output=True, check=True, text=True).stderr
    summary = printed[printed.rindex("Summary:") :]
    loudness, peak = (summary.split(key)[1].split()[0] for key in ("I:", "Peak:"))
    return float(loudness), float(peak)
