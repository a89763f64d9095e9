"""How often a programme is done, in words: the plan, the calendar and the listing of a protocol share them."""

from __future__ import annotations

from audioguide.model.protocol import Programme


def how_often(programme: Programme) -> str:
    """Return how often it is done, as ``Every day for 14 days, then on 3 to 4 days a week, 2 times a day``.

    Where the programme has an end, it is said too: ``, for 9 weeks``.
    """
    weekly = stated_days(programme) or days(programme.times_a_week.default)
    first = f"Every day for {days(programme.daily_days)}, then on" if programme.daily_days else "On"
    weeks = "" if programme.weeks is None else f", for {programme.weeks} week{'s' * (programme.weeks != 1)}"
    return f"{first} {weekly} a week{a_day(programme.times_a_day)}{weeks}"


def stated_days(programme: Programme) -> str:
    """Return on how many days a week it may be done, as ``3 to 4 days``; empty where no range is stated."""
    times = programme.times_a_week
    # A range that nobody stated is the default's own, and would read as advice.
    stated = times.min < times.max and {"min", "max"} & times.model_fields_set
    return f"{times.min} to {days(times.max)}" if stated else ""


def a_day(times: int) -> str:
    """Return how often a day as the end of a sentence, ``, 3 times a day``; once goes without saying."""
    return f", {times} times a day" if times > 1 else ""


def days(count: int) -> str:
    """Return so many days in words."""
    return "1 day" if count == 1 else f"{count} days"
