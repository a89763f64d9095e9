"""What holds for the whole session while it is put into words."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from audioguide.compose.verbosity import VERBOSITIES, Verbosity
from audioguide.languages.wording import Wording
from audioguide.model.session import CueSwitches, Prescription, Session
from audioguide.model.sound import Breath


class Context(Struct, frozen=True):
    """How this session is spoken.

    Attributes:
        verbosity: how much is said.
        say: the fixed sentences of its language.
        cues: which cues are given.
        breath: how the breath pacer goes; None where it is off.
        day: the number of the day, by which what has variants changes.
        recorded: texts that are heard from a recording, which no sentence can be put around.
    """

    verbosity: Verbosity
    say: Wording
    cues: CueSwitches
    breath: Breath | None
    day: int = 0
    recorded: frozenset[str] = frozenset()

    def sentence(self, form: str, **words: object) -> str:
        """Return ``form`` with ``words`` filled in; where the first of these has a recording, that word alone."""
        first = next(iter(words.values()))
        if first in self.recorded:
            return str(first)
        # A name may end with a full stop of its own, and the sentence brings one.
        return form.format(
            **{name: word.rstrip(" .") if isinstance(word, str) else word for name, word in words.items()}
        )

    def of(self, item: Prescription) -> Context:
        """Return how ``item`` is spoken: with its own switches of cues where it has some."""
        if item.cues is None:
            return self
        verbosity = self.verbosity if item.cues.tips else self.verbosity.without_tips()
        return replace(self, cues=item.cues, verbosity=verbosity)


def context_of(session: Session, say: Wording) -> Context:
    """Return how ``session`` is spoken in the language of ``say``."""
    verbosity = VERBOSITIES[session.detail]
    # Whoever switches tips off wants quiet holds, not fewer instructions: only coaching and mistakes go.
    if not session.cues.tips:
        verbosity = verbosity.without_tips()
    recorded = frozenset(session.recordings)
    return Context(verbosity, say, session.cues, session.breath, day=session.day, recorded=recorded)
