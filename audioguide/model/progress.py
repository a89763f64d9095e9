"""How work that takes a while tells how far it is, from the voice and the encoder up to the command line."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how much is done and how much there is, in a unit of the work's own: clips, segments, samples."""
