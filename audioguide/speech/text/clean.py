"""The characters of a text made safe for a voice: what engines choke on, name aloud or cut off at is gone.

Engines call it too, as a text may reach them without having been normalised.
"""

from __future__ import annotations

import re
import unicodedata

from audioguide.errors import SpeechError

SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑−", "-"),
        **dict.fromkeys("―⸺⸻", "—"),
        "…": "...",
        "º": "°",
        "⁄": "/",
    }
)
"""Typography that engines read unevenly, and what they all read alike."""

SPOKEN_SYMBOLS = "°"
"""The one symbol of Unicode's category So that is read as a word; the others are emoji, signs and dingbats."""

# espeak stops at a NUL and says the names of emoji ("flexed biceps"); a lone surrogate can't even be encoded for it.
GONE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So"})
"""Categories that are never spoken: controls, formats, lone surrogates, private, unassigned, emoji."""

SELECTORS = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
"""What follows an emoji: its variation, keycap and skin tone."""


def clean(text: str) -> str:
    """Return ``text`` on one line, with plain quotes and dashes, without controls, surrogates and emoji."""
    # NFC, as an accent that is a character of its own is read on its own; not NFKC, which would make a plain 2 of a ².
    text = unicodedata.normalize("NFC", SELECTORS.sub("", text)).translate(SAME)
    spoken = []
    for character in text:
        category = unicodedata.category(character)
        if character in SPOKEN_SYMBOLS or category not in GONE:
            spoken.append(character)
        elif category not in {"Cf", "Cs"} and character != "\0":
            # Zero-width characters and NUL stand inside words; lines, tabs and emoji stand between them.
            spoken.append(" ")
    return " ".join("".join(spoken).split())


def has_words(text: str) -> bool:
    """Return whether there is a letter or digit to speak."""
    return any(character.isalnum() for character in text)


def speakable(text: str) -> str:
    """Return ``text`` cleaned.

    Raises:
        SpeechError: when nothing in it can be spoken.
    """
    cleaned = clean(text)
    if not has_words(cleaned):
        # In ASCII: a lone surrogate can't be printed, and is a reason to be here.
        raise SpeechError(f"there is nothing to speak in '{excerpt(text.encode('ascii', 'replace').decode())}'")
    return cleaned


def excerpt(text: str, most: int = 60) -> str:
    """Return ``text`` short enough for an error message."""
    return text if len(text) <= most else text[: most - 1] + "…"
