"""How fast a fetched voice speaks by nature, next to the voice that its engine's table of rates was measured with.

Measured once on the user's machine, as the files of such voices don't come with the program, and kept beside the
voice's model, so that a build whose clips are all cached reads a line and loads no voice.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable
from pathlib import Path

from audioguide.errors import AudioguideError
from audioguide.storage.plain_files import read_plain
from audioguide.storage.whole_files import write_whole

PACE_VERSION = 1
"""One more when an engine measures in another way (texts, speeds, known lengths): kept factors are then made anew."""

LEAST_FACTOR, MOST_FACTOR = 0.67, 1.5
"""Voices that people listen to differ less; beyond, what was measured isn't the pace."""


class PaceFactors:
    """The pace factor of each fetched voice of one engine; safe to share between threads.

    Args:
        measure: returns how long a voice, by name, takes for known texts, as a multiple of what the known voice takes.
    """

    def __init__(self, measure: Callable[[str], float]) -> None:
        self._measure = measure
        self._found: dict[str, float] = {}
        self._lock = threading.Lock()

    def of(self, voice: str, find: Callable[[], Path], sha256: str) -> float:
        """Return the factor of ``voice``, 0.67 to 1.5 in hundredths: remembered, kept on disk, or measured and kept.

        Args:
            voice: its name.
            find: returns its model, beside which the factor is kept where the folder can be written; called once.
            sha256: the SHA-256 of that file; a factor of another file doesn't count.

        Raises:
            SpeechError: when the voice can't speak; or whatever ``find`` raises.
        """
        # Held while it is measured: other threads have to wait for the factor anyway.
        with self._lock:
            if voice not in self._found:
                model = find()
                factor = _kept(model, sha256)
                if factor is None:
                    # In hundredths, as the last bits of neural sound differ between processors and packages.
                    factor = round(min(max(self._measure(voice), LEAST_FACTOR), MOST_FACTOR), 2)
                    row = {"version": PACE_VERSION, "sha256": sha256, "factor": factor}
                    # Whole or not at all; where it can't be written, the next process measures again.
                    with contextlib.suppress(AudioguideError):
                        write_whole(pace_path(model), json.dumps(row).encode() + b"\n")
                self._found[voice] = factor
            return self._found[voice]


def pace_path(model: Path) -> Path:
    """Return where the pace factor of the voice with the file ``model`` is kept."""
    return model.with_name(f"{model.name}.pace.json")


def _kept(model: Path, sha256: str) -> float | None:
    """Return the factor that is kept for this very model, measured as it is measured now; None where there is none."""
    try:
        row = json.loads(read_plain(pace_path(model)))
        factor = float(row["factor"])
        same = (row["version"], row["sha256"]) == (PACE_VERSION, sha256)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # missing, or not written by this program
    return factor if same and LEAST_FACTOR <= factor <= MOST_FACTOR else None
