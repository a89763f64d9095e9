"""Says in a line each what a person should know of a timeline that kept less than was asked."""

from __future__ import annotations

from audioguide.model.timeline import Timeline
from audioguide.model.units import plain_number, to_seconds


def shortages(timeline: Timeline) -> tuple[str, ...]:
    """Return how many instructions and tips are nowhere heard, and how many rests are longer; nothing for none."""
    notes = []
    unheard = [cue for cue in timeline.dropped if cue.unheard]
    if unheard:
        first = f"“{unheard[0].text}” of '{unheard[0].exercise}'"
        if len(unheard) == 1:
            what = f"1 instruction has no room and will not be heard, {first}"
        else:
            what = f"{len(unheard)} instructions have no room and will not be heard, the first {first}"
        notes.append(f"{what}; make the rests longer (rest_s), or the instructions shorter")
    tips = [cue for cue in timeline.dropped if cue.tip]
    if tips:
        first = f"“{tips[0].text}” of '{tips[0].exercise}'"
        what = "1 tip has" if len(tips) == 1 else f"{len(tips)} tips have"
        which = first if len(tips) == 1 else f"the first {first}"
        notes.append(f"{what} no room on any side and will not be heard, {which}; a longer hold has room")
    longer = [cue for cue in timeline.dropped if cue.longer_ms]
    if longer:
        count = sum(cue.count for cue in longer)
        seconds = plain_number(round(to_seconds(sum(cue.longer_ms for cue in longer)), 1))
        what = "1 rest is" if count == 1 else f"{count} rests are"
        notes.append(
            f"{what} longer than asked, by {seconds} s in all, to say what comes next; shorter names and setup lines "
            "need less"
        )
    return tuple(notes)
