"""Chapters as players take them: at most 255."""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from audioguide.model.timeline import Chapter

MOST_CHAPTERS = 255
"""A table of contents counts its entries in one byte (ID3v2 Chapter Frame Addendum 1.0, 3.2)."""


def fitted(chapters: tuple[Chapter, ...], most: int = MOST_CHAPTERS) -> tuple[Chapter, ...]:
    """Return ``chapters``, or, where there are more than ``most``, that many of neighbours merged evenly.

    Players know titles alone, so none has a phase any more. A merged chapter runs from its first's start to its last's
    end under both titles, so that every jump still lands on a start and every moment stays covered.
    """
    if len(chapters) <= most:
        return tuple(replace(chapter, phase=None) for chapter in chapters)
    edges = [len(chapters) * step // most for step in range(most + 1)]
    merged = []
    for begin, end in pairwise(edges):
        first, last = chapters[begin], chapters[end - 1]
        title = first.title if first.title == last.title else f"{first.title} – {last.title}"
        merged.append(Chapter(first.start_ms, last.end_ms, title))
    return tuple(merged)
