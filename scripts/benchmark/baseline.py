"""The straightforward script that audioguide is measured against: pyttsx3 to WAV files, pydub, ffmpeg to MP3.

It makes the same session from its plan (JSON), cue by cue, as a first script would:
python -m scripts.benchmark.baseline PLAN MP3
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

BEEP_HZ = {"start": 880, "end": 660, "countdown": 1000, "switch": 740, "rest": 550, "done": 880}

HEADER_BYTES = 44
MOST_LOOKS = 200


def main(plan_file: str, output: str) -> None:
    """Make the MP3 at ``output`` from the plan in ``plan_file``."""
    import imageio_ffmpeg
    import pyttsx3
    from pydub import AudioSegment
    from pydub.generators import Sine

    AudioSegment.converter = imageio_ffmpeg.get_ffmpeg_exe()
    plan = json.loads(Path(plan_file).read_text(encoding="utf-8"))
    engine = pyttsx3.init()
    engine.setProperty("rate", 150)
    session = AudioSegment.silent(0, frame_rate=22_050)
    with tempfile.TemporaryDirectory() as folder:
        silent = Path(folder) / "silent.wav"
        AudioSegment.silent(500, frame_rate=22_050).export(silent, format="wav")
        for number, event in enumerate(event for event in plan["events"] if event["kind"] in ("speech", "beep")):
            if event["kind"] == "speech":
                path = Path(folder) / f"{number}.wav"
                engine.save_to_file(event["text"], str(path))
                engine.runAndWait()
                cue = AudioSegment.from_wav(_spoken(path, silent))
            else:
                hz = BEEP_HZ.get(event["role"], 880)
                cue = Sine(hz, sample_rate=22_050).to_audio_segment(duration=event["end_ms"] - event["start_ms"])
            gap_ms = event["start_ms"] - len(session)
            if gap_ms > 0:
                session += AudioSegment.silent(gap_ms, frame_rate=22_050)
            session += cue
        session.export(output, format="mp3", bitrate="64k")


def _spoken(path: Path, silent: Path) -> str:
    """Return the file of a cue, or of silence where pyttsx3 has lost it, which it does now and then."""
    # runAndWait returns before the file is there; a first script would sleep, and this waits no longer than needed.
    size = -1
    for _ in range(MOST_LOOKS):
        before, size = size, path.stat().st_size if path.exists() else -1
        if size == before > HEADER_BYTES:
            return os.fspath(path)
        time.sleep(0.005)
    return os.fspath(silent)


if __name__ == "__main__":
    # pyttsx3 prints where it saved each file.
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
    main(*sys.argv[1:])
