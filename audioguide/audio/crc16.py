"""CRC-16 as LAME writes it into the Info frame, quick enough for whole sessions."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_POLYNOMIAL = 0xA001
_LANES = 4096
_LANED_FROM_BYTES = 1 << 16

_Words = NDArray[np.uint16]


def crc16(data: bytes) -> int:
    """Return the CRC-16 of ``data``: polynomial 0x8005, reflected, starting at 0 (known as CRC-16/ARC).

    A CRC is linear over GF(2), so equal lanes of the data are worked through side by side and joined after:
    10 MB take about 0.1 s.
    """
    if len(data) < _LANED_FROM_BYTES:
        return _over_bytes(data, 0)
    lane_bytes = len(data) // _LANES
    cut = lane_bytes * _LANES
    lanes = np.frombuffer(data, np.uint8, cut).reshape(_LANES, lane_bytes)
    return _over_bytes(data[cut:], _joined(_over_lanes(lanes), lane_bytes))


def _over_bytes(data: bytes, crc: int) -> int:
    table = _table_as_ints()
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc


def _over_lanes(lanes: NDArray[np.uint8]) -> _Words:
    table = _table()
    crc = np.zeros(len(lanes), np.uint16)
    for column in np.ascontiguousarray(lanes.T):
        crc = crc >> 8 ^ table[(crc ^ column) & 0xFF]
    return crc


def _joined(crcs: _Words, lane_bytes: int) -> int:
    """Return the CRC of all lanes one after the other."""
    crc = 0
    after_a_lane = _zeros_after(lane_bytes)
    for lane in crcs.tolist():
        crc = _applied(after_a_lane, crc) ^ lane
    return crc


def _zeros_after(count: int) -> tuple[int, ...]:
    """Return, for each of the 16 bits, what it becomes when ``count`` zero bytes follow it."""
    total = tuple(1 << bit for bit in range(16))
    power = tuple(_over_bytes(b"\0", bit) for bit in total)
    while count:
        if count & 1:
            total = tuple(_applied(power, word) for word in total)
        power = tuple(_applied(power, word) for word in power)
        count >>= 1
    return total


def _applied(matrix: tuple[int, ...], word: int) -> int:
    result = 0
    for bit, row in enumerate(matrix):
        if word >> bit & 1:
            result ^= row
    return result


@lru_cache(maxsize=1)
def _table_as_ints() -> tuple[int, ...]:
    rows = []
    for row in range(256):
        for _ in range(8):
            row = row >> 1 ^ (_POLYNOMIAL if row & 1 else 0)
        rows.append(row)
    return tuple(rows)


@lru_cache(maxsize=1)
def _table() -> _Words:
    return np.array(_table_as_ints(), np.uint16)
