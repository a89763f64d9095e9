"""Limits of what a person may state, and what is taken where nothing is stated; files, options and messages share them.

Imports nothing, as the command line's help needs some of it. Limits of the voice stand in `model.voice`, those of
loudness, music and tones in `model.sound`.
"""

from __future__ import annotations

DEFAULT_PROTOCOL = "hip-flexor"
"""Id of the protocol that is done where none is named."""

DEFAULT_WEEKS = 12
"""Weeks of a programme or a calendar: by then the default protocol expects lasting relief."""

LAST_WEEK = 520
"""Ten years: a later week is a slip of the keyboard."""

GROWTH_PERCENT = 10
"""How much longer a session gets from one week to the next at most: the usual advice for training load."""

LONGEST_GROWN_MIN = 60
"""The longest session, in minutes, that growth over the weeks leads to."""

LARGEST_SEED = 999_999_999
"""Of an order that varies; nine digits have room for a date and can be typed."""

LONGEST_SESSION_S = 24 * 3600
"""A session over 24 hours is refused as a slip of the keyboard."""

LONGEST_SESSION_MS = LONGEST_SESSION_S * 1000

MOST_MINUTES = LONGEST_SESSION_S // 60
"""The longest session that can be wished for."""
