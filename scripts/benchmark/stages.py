"""How long each stage of a cold build takes inside one process; prints JSON: python -m scripts.benchmark.stages."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

FOUND: dict[str, float] = {}


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Note how long the block takes."""
    start = time.perf_counter()
    yield
    FOUND[name] = time.perf_counter() - start


def main() -> None:
    """Run the stages one after the other, as the pipeline does, and print their times in seconds."""
    with stage("imports"):
        from audioguide.audio.cues.spoken import prepare
        from audioguide.audio.cues.tones import load_sounds
        from audioguide.audio.parallel import in_parallel
        from audioguide.audio.render.render import render
        from audioguide.compose.composer import compose
        from audioguide.export.tags.id3 import tag_of
        from audioguide.library.protocol_files import load_protocol
        from audioguide.model.plan import Plan
        from audioguide.model.voice import VoiceSettings
        from audioguide.prescribe.prescriber import prescribe
        from audioguide.schedule.scheduler import schedule
        from audioguide.speech.engines.espeak import EspeakEngine
        from audioguide.speech.text.normalise import spoken
    with stage("load the protocol"):
        protocol = load_protocol()
    with stage("prescribe and compose"):
        session = prescribe(protocol, [])
        script = compose(session, 2_000_000)
    with stage("normalise the words"):
        words = {text: spoken(text, {}) for text in script.texts()}
    with stage("start the voice"):
        engine = EspeakEngine()
        voice = engine.check(VoiceSettings())
    with stage("speak"):
        raw = in_parallel(words.values(), lambda text: engine.synthesize(text, voice), engine.parallel)
    with stage("loudness"):
        speech = dict(zip(words, in_parallel(raw, prepare, engine.parallel), strict=True))
    engine.close()
    with stage("schedule"):
        sounds = load_sounds()
        beep_ms = {role: clip.duration_ms for role, clip in sounds.items()}
        timeline = schedule(script, {text: clip.duration_ms for text, clip in speech.items()}, beep_ms)
    with stage("encode the segments"):
        stream = render(timeline, speech, sounds)
    with stage("tag"):
        tag_of(Plan(session.protocol, session.title, None, voice, timeline))
    with stage("join"):
        for _ in stream.chunks():
            pass
    print(json.dumps(FOUND))


if __name__ == "__main__":
    main()
