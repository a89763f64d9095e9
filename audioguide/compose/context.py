"""What holds for the whole session while it is put into words."""

from __future__ import annotations

from dataclasses import dataclass

from audioguide.compose.verbosity import VERBOSITIES, Verbosity
from audioguide.compose.wording import Wording
from audioguide.model.session import CueSwitches, Session
from audioguide.model.sound import Breath


@dataclass(frozen=True, slots=True)
class Context:
    """How this session is spoken.

    Attributes:
        verbosity: how much is said.
        say: the fixed sentences of its language.
        cues: which calls are made in holds.
        breath: how the breath pacer goes; None where it is off.
    """

    verbosity: Verbosity
    say: Wording
    cues: CueSwitches
    breath: Breath | None


def context_of(session: Session, say: Wording) -> Context:
    """Return how ``session`` is spoken in the language of ``say``."""
    verbosity = VERBOSITIES[session.detail]
    # Whoever switches tips off wants quiet holds, not fewer instructions: only coaching and mistakes go.
    if not session.cues.tips:
        verbosity = verbosity.without_tips()
    return Context(verbosity, say, session.cues, session.breath)
