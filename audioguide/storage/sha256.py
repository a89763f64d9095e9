"""The SHA-256 of files: what tells that a large file is the one that is meant."""

from __future__ import annotations

import hashlib
from pathlib import Path

from audioguide.storage.plain_files import open_plain


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal.

    Raises:
        OSError: when it can't be read.
    """
    with open_plain(path) as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
