"""A session over music, mixed and encoded by one encoder and in chunks, on one thread and on all; prints JSON.

python -m scripts.benchmark.music
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

RUNS = 3
SECONDS = 90


def main() -> None:
    """Time each way in turn, several times, and print the medians in seconds."""
    from audioguide.audio.mp3.chunks import encode_chunks, encode_whole
    from audioguide.audio.mp3.mp3_format import STEREO
    from audioguide.audio.render.render_music import SessionMusic, music_mix
    from audioguide.library.protocol_files import load_protocol
    from audioguide.model.profile import Profile
    from audioguide.pipeline import prepare_session
    from audioguide.prescribe.layers import Layer

    with tempfile.TemporaryDirectory() as folder:
        tune = _tune(Path(folder) / "tune.wav")
        layer = Layer("benchmark", Profile.model_validate({"music": {"path": str(tune)}}))
        prepared = prepare_session(load_protocol("hip-flexor"), [layer])
        timeline, sound = prepared.plan.timeline, prepared.plan.sound
        assert sound.music is not None
        samples = timeline.duration_ms * STEREO.samples_per_ms
        started = time.perf_counter()
        music = SessionMusic(prepared.music, sound.music, sound.voice_lufs(1.0))
        mix = music_mix(timeline, prepared.speech, prepared.sounds, music)
        found = {"music read": time.perf_counter() - started}
        ways: dict[str, Callable[[], bytes]] = {
            "one encoder": lambda: encode_whole(mix.read, samples),
            "chunks, one thread": lambda: encode_chunks(mix.read, samples, threads=1),
            "chunks, all threads": lambda: encode_chunks(mix.read, samples),
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(RUNS):
            for name, way in ways.items():
                started = time.perf_counter()
                way()
                times[name].append(time.perf_counter() - started)
    print(json.dumps(found | {name: statistics.median(taken) for name, taken in times.items()}))


def _tune(path: Path) -> Path:
    """Write chords with noise in them, as hard to encode as music is."""
    import soundfile

    random = np.random.default_rng(1)
    at = np.arange(44_100 * SECONDS) / 44_100
    chord = sum(np.sin(2 * np.pi * hz * at + np.sin(at / hz * 50)) for hz in (110, 165, 220.5, 277, 440.8, 660))
    stereo = np.stack([chord, np.roll(chord, 500)], axis=1) * 0.05 * (1 + 0.5 * np.sin(at * 3))[:, None]
    soundfile.write(path, stereo + random.normal(0, 0.01, stereo.shape), 44_100)
    return path


if __name__ == "__main__":
    main()
