"""The session mixed and encoded in one piece, without segments and with nothing kept.

python -m scripts.benchmark.whole ENGINE MP3
"""

from __future__ import annotations

import sys
from pathlib import Path

from audioguide.audio.mp3.encoder import encode
from audioguide.audio.render.mix import mix
from audioguide.export.tags.id3 import tag_of
from audioguide.library.protocol_files import load_protocol
from audioguide.model.profile import Profile, VoiceChoice
from audioguide.pipeline import prepare_session
from audioguide.prescribe.layers import Layer


def main(engine: str, output: str) -> None:
    """Make the default session at ``output``."""
    layer = Layer("benchmark", Profile(voice=VoiceChoice(engine=engine)))
    made = prepare_session(load_protocol(), [layer])
    Path(output).write_bytes(tag_of(made.plan) + encode(mix(made.plan.timeline, made.speech, made.sounds)))


if __name__ == "__main__":
    main(*sys.argv[1:])
