"""Measures a finished session with meters that are not ours: ffmpeg's ebur128, and pyloudnorm for what is shorter than
a gating block, which ffmpeg can't measure.

``python -m tests.integration.session_levels [OPTION …]`` builds every built-in protocol with the options and prints
the table.
"""

from __future__ import annotations

import math
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.cli import run
from audioguide.export.tags.id3 import read_plan
from audioguide.library.protocol_files import builtin_ids
from audioguide.model.kinds import BeepRole, EventKind, SpeechRole
from audioguide.model.plan import Plan
from tests.decoders import ffmpeg, ffmpeg_metered

BLOCK_S = 0.4

FROM_SILENCE_MS = 5_000


@dataclass(frozen=True)
class Levels:
    """What was measured.

    Attributes:
        cues_lufs: loudness of each distinct spoken cue.
        beeps_lufs: of each role, the loudest 100 ms.
        integrated_lufs: loudness of the whole.
        peak_dbtp: true peak of the whole.
        speech_share: from 0 to 1.
        leads: how many lead tones there are.
        unled: sounds after five silent seconds without a tone 300 ms ahead; countdowns don't count.
        tips_apart_s: the least time from one tip to the next.
    """

    cues_lufs: dict[str, float]
    beeps_lufs: dict[str, float]
    integrated_lufs: float
    peak_dbtp: float
    speech_share: float
    leads: int
    unled: int
    tips_apart_s: float


def measured(path: Path) -> Levels:
    """Return what the meters say of the session at ``path``."""
    plan = read_plan(path)
    rate_hz, channels = (24_000, 1) if plan.sound.music is None else (48_000, 2)
    metered = ffmpeg_metered(path)
    samples = metered.samples.reshape(-1, channels)
    timeline = plan.timeline
    sounds = [event for event in timeline.awake() if event.role is not BeepRole.LEAD]
    leads = [event for event in timeline.of_kind(EventKind.BEEP) if event.role is BeepRole.LEAD]
    tips = [event for event in timeline.events if event.role in (SpeechRole.COACHING, SpeechRole.MISTAKE)]
    return Levels(
        cues_lufs=_cues(plan, samples, rate_hz),
        beeps_lufs=dict(_beeps(plan, samples, rate_hz)),
        integrated_lufs=metered.integrated_lufs,
        peak_dbtp=metered.peak_dbtp,
        speech_share=timeline.speech_share(),
        leads=len(leads),
        unled=sum(
            after.start_ms - before.end_ms >= FROM_SILENCE_MS
            and after.kind is not EventKind.BREATH
            and after.role is not BeepRole.COUNTDOWN
            and not any(before.end_ms <= lead.start_ms <= after.start_ms - 300 for lead in leads)
            for before, after in pairwise(sounds)
        ),
        tips_apart_s=min((after.start_ms - before.start_ms for before, after in pairwise(tips)), default=0) / 1000,
    )


def loudness(parts: Sequence[NDArray[np.float32]], rate_hz: int) -> list[float]:
    """Return the integrated loudness of each part, of shape (n, channels).

    One process of ffmpeg measures all: starting one takes several times as long as the meter.
    """
    found = [short_loudness(part, rate_hz) if len(part) < BLOCK_S * rate_hz else math.nan for part in parts]
    long = [number for number, level in enumerate(found) if math.isnan(level)]
    with tempfile.TemporaryDirectory() as folder:
        inputs: list[str] = []
        for number in long:
            (Path(folder) / str(number)).write_bytes(parts[number].tobytes())
            inputs += ["-f", "f32le", "-ar", str(rate_hz), "-ac", str(parts[number].shape[1])]
            inputs += ["-i", str(Path(folder) / str(number))]
        meters = [f"[{place}]ebur128=framelog=quiet[out{place}]" for place in range(len(long))]
        outputs = [word for place in range(len(long)) for word in ("-map", f"[out{place}]", "-f", "null", "-")]
        said = ffmpeg(*inputs, "-filter_complex", ";".join(meters), *outputs).stderr.decode()
    levels = dict(re.findall(r"Parsed_ebur128_(\d+) .*Summary:\s+Integrated loudness:\s+I:\s+(\S+) LUFS", said))
    assert len(levels) == len(long)
    for place, number in enumerate(long):
        found[number] = float(levels[str(place)])
    return found


def short_loudness(samples: NDArray[np.float32], rate_hz: int) -> float:
    """Return the loudness of less than a gating block, by one block that is as long as the sound."""
    import pyloudnorm

    meter = pyloudnorm.Meter(rate_hz, block_size=(len(samples) - 1) / rate_hz)
    return float(meter.integrated_loudness(samples.astype(np.float64)))


def _cues(plan: Plan, samples: NDArray[np.float32], rate_hz: int) -> dict[str, float]:
    distinct = {event.text: event for event in plan.timeline.of_kind(EventKind.SPEECH) if event.text}
    parts = [samples[_slice(event.start_ms, event.end_ms, rate_hz)] for event in distinct.values()]
    return dict(zip(distinct, loudness(parts, rate_hz), strict=True))


def _beeps(plan: Plan, samples: NDArray[np.float32], rate_hz: int) -> Iterator[tuple[str, float]]:
    for role in BeepRole:
        event = next((beep for beep in plan.timeline.of_kind(EventKind.BEEP) if beep.role is role), None)
        if event is not None:
            # Its loudest 100 ms, wherever they lie in it; around a shorter one the silence counts.
            starts = range(event.start_ms, max(event.start_ms + 1, event.end_ms - 90), 10)
            blocks = (samples[_slice(at, at + 100, rate_hz)] for at in starts)
            yield role.value, max(short_loudness(block, rate_hz) for block in blocks)


def _slice(start_ms: int, end_ms: int, rate_hz: int) -> slice:
    return slice(start_ms * rate_hz // 1000, end_ms * rate_hz // 1000)


def main(options: list[str]) -> None:
    """Build every built-in protocol and print its levels."""
    print("protocol detail | cues LUFS | beeps beside the voice LU | peak dBTP | speech | leads | unled | tips apart")
    with tempfile.TemporaryDirectory() as folder:
        for protocol in builtin_ids():
            for detail in ("full", "brief", "minimal"):
                path = Path(folder) / "x.mp3"
                assert run(["build", protocol, "--detail", detail, "-o", str(path), "--quiet", *options]) == 0
                print(f"{protocol} {detail} | {_row(measured(path), read_plan(path))}", flush=True)


def _row(found: Levels, plan: Plan) -> str:
    voice = plan.sound.voice_lufs(plan.voice.volume)
    beeps = [level - voice for role, level in found.beeps_lufs.items() if role != BeepRole.LEAD]
    cues = found.cues_lufs.values()
    return (
        f"{min(cues):.2f} to {max(cues):.2f} | {min(beeps):+.1f} to {max(beeps):+.1f} | {found.peak_dbtp:.1f} | "
        f"{found.speech_share:.0%} | {found.leads} | {found.unled} | {found.tips_apart_s:.1f} s"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
