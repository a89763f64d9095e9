"""The English of what is printed, for the tests of what it says."""

from __future__ import annotations

from audioguide.export.handout.handout_text import HandoutText
from audioguide.languages.registry import find

ENGLISH = find("en")
HANDOUT = HandoutText(ENGLISH)
NO_ADVICE = "It is not medical advice; keep to its stop rules, and stop when in doubt."
