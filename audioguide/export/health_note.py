"""What every export says about health: once, so that no page, tag or reminder says less than another."""

from __future__ import annotations

NO_ADVICE = "It is not medical advice; keep to its stop rules, and stop when in doubt."
RECORDING_NOTE = f"This recording informs and times exercises. {NO_ADVICE}"
HANDOUT_NOTE = f"This page goes with your recording and informs about its exercises. {NO_ADVICE}"
SESSIONS_NOTE = f"What is here informs and times exercises. {NO_ADVICE}"
# Shorter, as it stands in every event of a calendar.
REMINDER_NOTE = "This informs; it is no medical advice."
