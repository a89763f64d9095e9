"""How often a programme is done, in words: the plan, the calendar and the listing of a protocol share them."""

from __future__ import annotations

from msgspec import Struct

from audioguide.languages.formats import Counted
from audioguide.model.protocol import Programme


class ProgrammeWords(Struct, frozen=True, kw_only=True):
    """The words for how often something is done.

    Attributes:
        weekly: on how many days a week; ``{days}``, from ``on_days``.
        daily_then_weekly: every day at first; ``{first}``, from ``for_days``, and ``{days}``.
        on_days: so many days, as they stand in those.
        on_day_range: the same with the least, ``{least}``; ``{count}`` is the most.
        for_days: how long it is done every day.
        a_day: how often a day, as the end of a sentence.
        for_weeks: how many weeks it goes on, as the end of a sentence.
        every_day: on all days of the week.
        on_named_days: on some; ``{days}``, a list of names.
        named_of_range: the same where the programme allows more or fewer; ``{range}``, ``{named}``.
        daily_first: before such days every day for the first ``{count}`` days; ``{when}``, and ``{a_day}`` at its end.
    """

    weekly: str
    daily_then_weekly: str
    on_days: Counted
    on_day_range: Counted
    for_days: Counted
    a_day: Counted
    for_weeks: Counted
    every_day: str
    on_named_days: str
    named_of_range: str
    daily_first: Counted

    def how_often(self, programme: Programme) -> str:
        """Return how often it is done, as ``Every day for 14 days, then on 3 to 4 days a week, 2 times a day``.

        Where the programme has an end, it is said too: ``, for 9 weeks``.
        """
        days = self.stated_days(programme) or self.on_days.text(programme.times_a_week.default)
        often = self.weekly.format(days=days)
        if programme.daily_days:
            often = self.daily_then_weekly.format(first=self.for_days.text(programme.daily_days), days=days)
        weeks = "" if programme.weeks is None else self.for_weeks.text(programme.weeks)
        return f"{often}{self.times_a_day(programme.times_a_day)}{weeks}"

    def on_days_a_week(self, count: int, times_a_day: int) -> str:
        """Return on how many days a week and how often on each, where no programme says it."""
        return f"{self.weekly.format(days=self.on_days.text(count))}{self.times_a_day(times_a_day)}"

    def stated_days(self, programme: Programme) -> str:
        """Return on how many days a week it may be done, as ``3 to 4 days``; empty where no range is stated."""
        times = programme.times_a_week
        # A range that nobody stated is the default's own, and would read as advice.
        stated = times.min < times.max and {"min", "max"} & times.model_fields_set
        return self.on_day_range.text(times.max, least=times.min) if stated else ""

    def times_a_day(self, times: int) -> str:
        """Return how often a day as the end of a sentence, ``, 3 times a day``; once goes without saying."""
        return self.a_day.text(times) if times > 1 else ""
