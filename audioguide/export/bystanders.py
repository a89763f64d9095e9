"""Files that audioguide did not write are not replaced unless the user names them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from audioguide.errors import RequestError
from audioguide.model.made_by import MADE_BY
from audioguide.storage.plain_files import open_plain

MARKS = (MADE_BY.encode(), b"[by:audioguide]", b'<meta name="generator" content="audioguide">', b"-//audioguide//")
"""One of these stands near the beginning or the end of each text and WAV file that is written under a name of ours."""

_TAG_MARK = "audioguide-plan".encode("utf-16-le")
"""The description of the plan in the tag of an MP3."""

_HEAD_BYTES, _TAIL_BYTES = 1 << 16, 1 << 12
_TAG_HEADER_BYTES = 10


def refuse_bystanders(paths: Iterable[Path], advice: str, marks: Sequence[bytes] = MARKS) -> None:
    """Refuse to replace files that audioguide did not write; for names that the user did not state.

    Args:
        paths: where files would go.
        advice: what else to do than to move such a file away.
        marks: what stands in files that audioguide wrote.

    Raises:
        RequestError: naming the first such file.
    """
    for path in paths:
        if _is_file(path) and not written_by_audioguide(path, marks):
            raise RequestError(f"{path} is there already and not audioguide's; move it away, or {advice}")


def written_by_audioguide(path: Path, marks: Sequence[bytes] = MARKS) -> bool:
    """Return whether a file has the mark of those that audioguide writes; not where it can't be read."""
    try:
        with open_plain(path) as file:
            head = file.read(_HEAD_BYTES)
            if head.startswith(b"ID3"):
                # The tag's size has seven bits a byte (ID3v2.3, 3.1); the plan is its last frame.
                size = sum(byte << 7 * place for place, byte in enumerate(reversed(head[6:_TAG_HEADER_BYTES])))
                return _TAG_MARK in head + file.read(max(0, _TAG_HEADER_BYTES + size - len(head)))
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL_BYTES))
            found = (head + file.read()).lower()
    except OSError:
        return False
    return any(mark in found for mark in marks)


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False
