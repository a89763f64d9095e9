"""The mark of files that audioguide writes: by it they may be replaced when they are made again."""

from __future__ import annotations

MADE_BY = "made by audioguide"
"""Stands in texts, pictures and sounds, as a comment where there are comments."""
