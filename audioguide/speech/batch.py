"""All the texts of a session spoken, each once, in parallel where the engine can. `speech.normalise` comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from audioguide.audio.clip import Clip
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engine import SpeechEngine

Progress = Callable[[int, int], None]
"""Told how many texts are spoken, and how many there are."""


def speak_all(
    engine: SpeechEngine,
    texts: Iterable[str],
    settings: VoiceSettings,
    on_done: Progress | None = None,
) -> dict[str, Clip]:
    """Return each of ``texts`` with its clip, in order of first appearance.

    The result doesn't depend on who finished first.

    Args:
        engine: what speaks; stays open.
        texts: normalised for speech; each distinct one is spoken once.
        settings: voice and rate, checked here first.
        on_done: called in this thread after each clip.

    Raises:
        RequestError: when the engine refuses the settings.
        SpeechError: when one of the texts can't be spoken.
    """
    settings = engine.check(settings)
    distinct = tuple(dict.fromkeys(texts))
    with ThreadPoolExecutor(max_workers=engine.parallel) as executor:
        running = {executor.submit(engine.synthesize, text, settings): text for text in distinct}
        try:
            clips = _collected(running, on_done)
        except BaseException:
            executor.shutdown(wait=True, cancel_futures=True)  # Ctrl-C and faults end the batch within a cue
            raise
    return {text: clips[text] for text in distinct}


def _collected(running: Mapping[Future[Clip], str], on_done: Progress | None) -> dict[str, Clip]:
    clips: dict[str, Clip] = {}
    for future in as_completed(running):
        clips[running[future]] = future.result()
        if on_done:
            on_done(len(clips), len(running))
    return clips
