"""What of a protocol is done in which weeks: the protocol of one week, and how many weeks there are."""

from __future__ import annotations

from audioguide.model.protocol import Protocol, TextOfWeeks
from audioguide.model.weeks import Weeks


def stated_weeks(protocol: Protocol) -> tuple[Weeks, ...]:
    """Return the weeks that phases and their exercises are for; empty where every week is the same."""
    phases = [phase.weeks for phase in protocol.phase]
    return tuple(weeks for weeks in (*phases, *(item.weeks for item in protocol.items())) if weeks is not None)


def differs_by_week(protocol: Protocol) -> bool:
    """Return whether any two weeks are unlike: in what is done, in its doses, or in what is said at the end."""
    grows = protocol.programme is not None and protocol.programme.grow_until_week is not None
    return grows or bool(stated_weeks(protocol)) or any(isinstance(line, TextOfWeeks) for line in protocol.closing)


def last_week(protocol: Protocol) -> int | None:
    """Return the last week that the protocol states; None where it has no weeks, or the last ones have no end."""
    stated = stated_weeks(protocol)
    if not stated:
        return None
    if protocol.programme is not None and protocol.programme.weeks is not None:
        return protocol.programme.weeks
    return max(weeks.highest for weeks in stated) if all(weeks.has_end for weeks in stated) else None


def all_weeks(protocol: Protocol) -> Weeks:
    """Return the weeks that there are."""
    return Weeks(((1, last_week(protocol)),))


def distinct_until(protocol: Protocol) -> int:
    """Return the week from which on all weeks have the same phases and exercises, or the last one there is."""
    return last_week(protocol) or max((weeks.highest for weeks in stated_weeks(protocol)), default=1)


def of_week(protocol: Protocol, week: int) -> Protocol:
    """Return ``protocol`` with the phases and exercises of ``week`` alone; there may be none."""
    if not stated_weeks(protocol):
        return protocol
    phases = []
    for phase in protocol.phase:
        items = tuple(item for item in phase.exercises if item.weeks is None or week in item.weeks)
        if items and (phase.weeks is None or week in phase.weeks):
            phases.append(phase.model_copy(update={"exercises": items}))
    return protocol.model_copy(update={"phase": tuple(phases)})
