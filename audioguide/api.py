"""What a developer calls: `plan` and `build`, over the pipeline and the writing of whole files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from audioguide.model.plan import Plan
from audioguide.model.profile import Profile
from audioguide.model.protocol import Protocol
from audioguide.pipeline import Prepared, make_mp3, prepare_session
from audioguide.prescribe.layers import Layer
from audioguide.storage.whole_files import refuse_unwritable, write_all


def plan(protocol: Protocol, profile: Profile | None = None) -> Plan:
    """Return the timed plan of ``protocol`` for ``profile``.

    Raises:
        RequestError: for wishes of the profile that can't be met.
        SpeechError: when the voice engine fails.
    """
    return _prepared(protocol, profile).plan


def build(protocol: Protocol, output: Path, profile: Profile | None = None) -> Plan:
    """Write the MP3 of ``protocol`` for ``profile`` to ``output``, whole or not at all, and return its plan.

    Raises:
        RequestError: for wishes that can't be met, or an output that can't be written to.
        SpeechError: when the voice engine fails.
        OutputError: when the disk is full or fails.
    """
    # Before minutes of speaking, not after them.
    refuse_unwritable(output)
    prepared = _prepared(protocol, profile)
    write_all({output: make_mp3(prepared)})
    return prepared.plan


def _prepared(protocol: Protocol, profile: Profile | None) -> Prepared:
    layers = [] if profile is None else [Layer.of_profile(profile)]
    return prepare_session(protocol, layers, today=date.today())
