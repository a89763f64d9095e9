"""Servers of these tests stop as soon as they are told, as those of sharing do."""

from __future__ import annotations

from tests.share.conftest import _hurried

__all__ = ["_hurried"]
