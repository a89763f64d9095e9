"""The floor: each distinct text of a plan spoken, and LAME over that sound, on as many threads as a build has.

No order, no loudness, no beeps, no tags: python -m scripts.benchmark.floor PLAN
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import lameenc
import numpy as np

from audioguide.audio.mp3.mp3_format import MONO
from audioguide.audio.parallel import in_parallel
from audioguide.export.plan.plan_reader import from_json
from audioguide.speech.registry import open_engine
from audioguide.speech.text.normalise import spoken


def main(plan_file: str) -> None:
    """Speak and encode the distinct sound of the plan in ``plan_file``."""
    plan = from_json(Path(plan_file).read_text(encoding="utf-8"))
    settings = plan.voice
    engine = open_engine(settings.engine)
    texts = list(dict.fromkeys(spoken(text, {}) for text in plan.timeline.texts()))
    clips = in_parallel(texts, lambda text: engine.synthesize(text, settings).samples, engine.parallel)
    engine.close()
    sound = np.concatenate(clips)
    threads = os.cpu_count() or 1
    in_parallel(np.array_split(sound, threads), _encode, threads)


def _encode(samples: np.ndarray[tuple[int], np.dtype[np.float32]]) -> bytes:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(MONO.bitrate_kbps)
    encoder.set_in_sample_rate(24_000)
    encoder.set_channels(1)
    encoder.set_quality(MONO.quality)
    return bytes(encoder.encode((samples * 32767).astype("<i2").tobytes()) + encoder.flush())


if __name__ == "__main__":
    main(sys.argv[1])
