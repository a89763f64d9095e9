"""English has rules of reading of its own, in `speech.text`, and no table."""

from __future__ import annotations

from audioguide.languages.reading import Reading

READING: Reading | None = None
