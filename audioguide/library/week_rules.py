"""What the weeks of a protocol must keep: something to do in each, and no phase or exercise that never comes."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.errors import Problem
from audioguide.model.protocol import Protocol, TextOfWeeks
from audioguide.model.protocol_weeks import distinct_until, of_week, stated_weeks
from audioguide.model.weeks import Weeks, read_weeks


def week_problems(protocol: Protocol) -> Iterator[Problem]:
    """Yield what is wrong with the weeks of phases and of closing lines, where the fields are right one by one."""
    goes_on = protocol.programme.weeks if protocol.programme is not None else None
    for number, line in enumerate(protocol.closing, 1):
        if isinstance(line, TextOfWeeks) and goes_on is not None and line.weeks.highest > goes_on:
            what = f"week {line.weeks.highest} is after the programme, which has {goes_on}"
            yield Problem(f"closing {number}.weeks", what, "raise programme.weeks, or name earlier ones")
    for number, phase in enumerate(protocol.phase, 1):
        for where, weeks in (
            (f"phase {number}.weeks", phase.weeks),
            *((f"phase {number}.exercises {at}.weeks", item.weeks) for at, item in enumerate(phase.exercises, 1)),
        ):
            if weeks is not None and goes_on is not None and weeks.highest > goes_on:
                what = f"week {weeks.highest} is after the programme, which has {goes_on}"
                yield Problem(where, what, "raise programme.weeks, or name earlier ones")
            elif weeks is not None and weeks.within(phase.weeks) is None:
                yield Problem(where, f"its phase is not done then, only in {phase.weeks}", "name some of those")


def empty_week_problems(protocol: Protocol) -> Iterator[Problem]:
    """Yield the weeks in which nothing is done as a problem."""
    if not stated_weeks(protocol):
        return
    until = distinct_until(protocol)
    empty = [week for week in range(1, until + 1) if not of_week(protocol, week).phase]
    if empty:
        weeks = read_weeks(empty)
        assert isinstance(weeks, Weeks)
        hint = "name them in the weeks of a phase"
        stated = protocol.programme is not None and protocol.programme.weeks is not None
        if stated and empty[0] > 1 and empty == [*range(empty[0], until + 1)]:
            hint += f", or set programme.weeks to {empty[0] - 1}"
        yield Problem("phase", f"nothing is done in {weeks}", hint)
