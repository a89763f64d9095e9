"""What files themselves say of their length, where libsndfile doesn't pass it on."""

from __future__ import annotations

import os
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO, Literal

from msgspec import Struct

_UNKNOWN_SIZES = (range(0x7FFFF000, 0x80000025), range(0xFFFFFF00, 0x100000000))
"""What programs write for the size of a WAV that they write to a pipe, not knowing how long it will be."""

_SEARCHED = 65_536 + 300
"""The longest Ogg page and its header."""

_OGG_HEADER = 27


class PcmLength(Struct, frozen=True):
    """Bytes of samples in a WAV or AIFF: as declared, and as many as there are."""

    declared: int
    there: int


class OggEnd(Enum):
    """How an OGG ends."""

    WITH_A_PAGE = auto()
    INSIDE_A_PAGE = auto()


def pcm_length(path: Path) -> PcmLength | None:
    """Return how long the samples of a WAV or AIFF are; None for another file, or where it doesn't say.

    libsndfile corrects the length of a file that was cut, and says so only in a log.
    """
    with path.open("rb") as stream:
        form = stream.read(12)
        if form[:4] == b"RIFF":
            return _chunk_length(stream, b"data", "little")
        if form[:4] == b"RF64":
            # Over 4 GB: the size stands in a chunk ahead, where there is room for it (EBU Tech 3306).
            ahead = stream.read(24)
            stream.seek(int.from_bytes(ahead[4:8], "little") - 16, os.SEEK_CUR)
            size = int.from_bytes(ahead[16:24], "little")
            return _chunk_length(stream, b"data", "little", size) if ahead[:4] == b"ds64" and size else None
        if form[:4] == b"FORM":
            return _chunk_length(stream, b"SSND", "big")
    return None


def _chunk_length(
    stream: BinaryIO, wanted: bytes, order: Literal["little", "big"], known_size: int = 0
) -> PcmLength | None:
    end = os.fstat(stream.fileno()).st_size
    while len(header := stream.read(8)) == 8:
        size = int.from_bytes(header[4:], order)
        if header[:4] == wanted:
            size = known_size or size
            unknown = not known_size and any(size in sizes for sizes in _UNKNOWN_SIZES)
            return None if unknown else PcmLength(size, min(size, end - stream.tell()))
        # Chunks of RIFF and IFF begin at even bytes; a pad byte behind an odd one isn't counted in its size.
        stream.seek(size + size % 2, os.SEEK_CUR)
    return None


def mp3_declares_length(path: Path) -> bool:
    """Return whether an MP3 opens with a frame that says how many there are: Xing, Info or VBRI."""
    with path.open("rb") as stream:
        while (header := stream.read(10))[:3] == b"ID3":
            # Tags may follow each other. ID3v2.4 adds a footer as long as the header, which the size leaves out; sizes
            # have seven bits a byte, so that none looks like the start of a frame.
            size = sum(byte << 7 * place for place, byte in enumerate(reversed(header[6:10])))
            stream.seek(size + 10 * (header[5] >> 4 & 1), os.SEEK_CUR)
        first = header + stream.read(4096)
    at = first.find(b"\xff")
    frame = first[at : at + 200] if at >= 0 else b""
    for name in (b"Xing", b"Info"):
        start = frame.find(name)
        if start >= 0:
            # The lowest bit of its flags says that the number of frames follows; the frame may hold only a table.
            return bool(frame[start + 7 : start + 8] > b"\0" and frame[start + 7] & 1)
    return b"VBRI" in frame


def ogg_end(path: Path) -> OggEnd:
    """Return whether an OGG ends with a whole page. One that is cut at a page's end can't be told from a whole one."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _SEARCHED))
        tail = stream.read()
    # RFC 3533, 6: byte 26 of a page counts its segments, whose lengths follow it.
    page = tail[tail.rfind(b"OggS") :]
    if len(page) < _OGG_HEADER or len(page) < _OGG_HEADER + page[26]:
        return OggEnd.INSIDE_A_PAGE
    segments = page[_OGG_HEADER : _OGG_HEADER + page[26]]
    whole = len(page) >= _OGG_HEADER + page[26] + sum(segments)
    return OggEnd.WITH_A_PAGE if whole else OggEnd.INSIDE_A_PAGE
