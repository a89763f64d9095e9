"""Which voices speak a language, how fast they are to, and how long its texts take.

Each language's own stand in ``speaking.py`` of its folder. Which voice of them speaks is `speech.voice_language`'s to
choose: none of another language ever does unasked.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field


class Speaking(Struct, frozen=True, kw_only=True):
    """How one language is spoken.

    Attributes:
        espeak: the id of eSpeak NG's voice.
        espeak_of_region: its voices where people speak otherwise, by the tag in small letters, such as ``es-mx``.
        system_voices: names, or parts of them, of the voices that macOS and Windows bring, the best first.
        rate_wpm: words a minute where nobody states a rate.
        letter_ms: how long a letter takes on average at 150 words a minute, which lengths are estimated by before a
            text is spoken.
    """

    espeak: str
    espeak_of_region: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    system_voices: tuple[str, ...] = ()
    rate_wpm: int = 150
    letter_ms: int = 70
