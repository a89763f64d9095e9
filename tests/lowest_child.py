"""Uses the program with the versions that are installed, extras included; ends with the sum of the exit codes.

``python -m tests.lowest_child``, in an empty folder, with an environment that has the extras.
"""

from __future__ import annotations

import sys
from pathlib import Path

import av
import numpy as np
import pytest
from distributed import LocalCluster

from audioguide import to_audio_segment
from audioguide.cli import run
from tests.batches.workbook import workbook
from tests.cli.test_odd_input import PROTOCOL
from tests.sounds import music
from tests.speech.joe import install_joe

COMMANDS = (
    "build short.toml --engine fake -o s.mp3 --lrc --vtt --plan s.json",
    "build short.toml --engine espeak -o e.mp3",
    "build short.toml --engine hibari -o h.mp3",
    "build short.toml --engine piper -o p.mp3",
    "build short.toml --engine pyttsx3 -o y.mp3",
    "build short.toml --engine fake --music music.m4a -o m.mp3",
    "check s.mp3",
    "check h.mp3",
    "check p.mp3",
    "check m.mp3",
    "page s.mp3",
    "handout short.toml --engine fake -o h.html",
    "calendar short.toml --zone Europe/Berlin --length 20 -o c.ics",
    "programme short.toml --engine fake --weeks 1 -o weeks",
    "plan short.toml --engine fake --svg s.svg",
    "batch people.xlsx -o people",
    "batch people.xlsx -o from-cluster --cluster {address}",
    "profile new anna --minutes 20 --hold pigeon=50",
    "profile set anna --hold pigeon.left=40",
    "protocol show movement-break --svg figures",
    "share --minutes 0.01 --address 127.0.0.1 s.mp3",
)


def main() -> int:
    Path("short.toml").write_text(PROTOCOL)
    Path("people.xlsx").write_bytes(workbook([("name", "protocol", "engine"), ("Anna", "short.toml", "espeak")]))
    _write_m4a("music.m4a")
    Path("joe").mkdir()
    local = LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50)
    with pytest.MonkeyPatch.context() as patch, local as cluster:
        install_joe(patch, Path("joe"))
        failed = 0
        for line in COMMANDS:
            code = run(line.format(address=cluster.scheduler_address).split())
            print(f"{line}: {code}", flush=True)
            failed += code
        failed += to_audio_segment("s.mp3").frame_rate != 24_000
        same = [Path(folder, "Anna.mp3").read_bytes() for folder in ("people", "from-cluster")]
        return failed + (same[0] != same[1])


def _write_m4a(path: str) -> None:
    with av.open(path, "w") as file:
        stream = file.add_stream("aac", rate=44_100)
        samples = np.ascontiguousarray(music(20).T)
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
        frame.sample_rate = 44_100
        for packet in (*stream.encode(frame), *stream.encode(None)):
            file.mux(packet)


if __name__ == "__main__":
    sys.exit(main())
