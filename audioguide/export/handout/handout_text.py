"""The words of the printed page: doses, sides, rounds and days as a person does them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from audioguide.export.handout import printed_ranges
from audioguide.model.dose_text import PRINTED
from audioguide.model.how_often import a_day, stated_days
from audioguide.model.kinds import Day, Side, Sides
from audioguide.model.plan import Change
from audioguide.model.protocol import Programme
from audioguide.model.session import Omission, Prescription, Rounds
from audioguide.model.side_forms import filled, filled_for_both
from audioguide.model.text import listed
from audioguide.model.units import PRINTED_LENGTHS

DAYS = {
    Day.MONDAY: "Monday",
    Day.TUESDAY: "Tuesday",
    Day.WEDNESDAY: "Wednesday",
    Day.THURSDAY: "Thursday",
    Day.FRIDAY: "Friday",
    Day.SATURDAY: "Saturday",
    Day.SUNDAY: "Sunday",
}


ORDER_VARIES = "The order changes from day to day."
"""Of a shuffled phase, which is printed in the order of one day."""

length = PRINTED_LENGTHS.text
"""Puts a length into words as it is printed."""


def dose(item: Prescription, paced: bool = True, in_circuit: bool = False) -> Iterator[str]:
    """Yield the dose line by line: the work and its range, the parts of a rep, the rest, what is called on the way.

    What is the author's own suggestion has a mark. Where it is not ``paced``, each person goes at their own pace, and
    no rep has parts.
    """
    yield capital(PRINTED.prescribed(item, PRINTED_LENGTHS)) + printed_ranges.dose_mark(item, in_circuit)
    if range_of := printed_ranges.range_of(item, in_circuit):
        yield f"Range: {range_of}"
    if item.tempo and paced:
        parts = []
        for part, mark in zip(item.tempo, printed_ranges.tempo_marks(item), strict=True):
            words = [length(part.duration_ms) + mark]
            if part.say is not None:
                said = filled_for_all(part.say, item)
                # Within a sentence a word is small, unless its first two letters show that it is an abbreviation.
                words.insert(0, said if said[:2].isupper() else said[:1].lower() + said[1:])
            parts.append(" ".join(words))
        yield f"Each {'rep' if item.exercise.count else 'time'}: {', '.join(parts)}"
    if item.efforts[0].repeat > 1:
        relax_ms = item.efforts[0].relax_ms
        yield f"Let go for {length(relax_ms)} between the holds" if relax_ms else "No break between the holds"
    mark = printed_ranges.rest_mark(item)
    if item.rests_ms:
        yield f"Rests between sets: {', then '.join(map(length, item.rests_ms))}{mark}"
    elif item.sets > 1 and item.rest_ms is not None:
        yield f"{length(item.rest_ms)}{mark} rest between sets" if item.rest_ms else "No rest between sets"
    if item.call_every_ms is not None:
        yield f"The time is called every {length(item.call_every_ms)}"
    yield from (f"At {length(call.at_ms)}: {filled(call.say, item.first_side)}" for call in item.calls)


def filled_for_all(text: str, item: Prescription) -> str:
    """Return the words of a rep with the sides in them filled in for every side that works, the first one first."""
    if item.exercise.sides.only is not None:
        return filled(text, item.exercise.sides.only)
    return filled_for_both(text, item.first_side, lambda one, other: f"{one} or {other}")


def order(item: Prescription) -> str:
    """Return the order of the sides as a sentence; empty where both work together."""
    if item.exercise.sides is Sides.BOTH:
        return ""
    if item.exercise.sides.only is not None:
        return capital(f"{item.first_side} side only")
    first, last = item.first_side, item.first_side_in(item.sets)
    start = (
        f"{first} side first, then {first.other}"
        if item.exercise.sides is Sides.EACH
        else f"sides in turn, {first} first"
    )
    if len(item.efforts_in(item.sets)) < len(item.efforts):
        return capital(f"{start}; at last on the {last} only")
    return capital(start if first is last else f"{start}; in the last set, {last} first")


def rounds(circuit: Rounds, items: Sequence[Prescription] = (), by_side: bool = False) -> str:
    """Return how a circuit of ``items`` goes round, as a sentence; rests that differ stand with the exercises."""
    if circuit.cap is not None:
        return f"As many rounds of these exercises as you can in {length(circuit.cap.length_ms)}."
    start = "Once through" if circuit.rounds == 1 else f"{circuit.rounds} rounds of these exercises"
    if _rests_differ(items):
        return f"{start}, with the rest stated after each."
    rests = [f"{length(circuit.rest_ms)} between exercises"] if circuit.rest_ms else []
    if circuit.round_rest_ms and by_side:
        # Also from one round to the next.
        rests.append(f"{length(circuit.round_rest_ms)} where the sides change")
    elif circuit.round_rest_ms and circuit.rounds > 1:
        rests.append(f"{length(circuit.round_rest_ms)} between rounds")
    return f"{start}, with a rest of {listed(rests)}." if rests else f"{start}, without a rest."


def by_side(first: Side) -> str:
    """Return how a phase goes by sides, as a sentence."""
    return f"All of it with the {first} side first, then all of it with the {first.other} side."


def rest_after(circuit: Rounds, items: Sequence[Prescription], number: int, by_side: bool = False) -> str:
    """Return the rest after the exercise with this index where the rests of a circuit differ; else nothing."""
    if not _rests_differ(items):
        return ""
    last = number == len(items) - 1
    if last and circuit.rounds == 1 and not by_side:
        return ""
    rest_ms = circuit.round_rest_ms if last else circuit.rest_after_ms(items[number])
    before = "before the sides change" if by_side else "before the next round"
    where = before if last else "after it"
    return f"{length(rest_ms)} rest {where}" if rest_ms else f"No rest {where}"


def _rests_differ(items: Sequence[Prescription]) -> bool:
    return any(item.station.rest_ms is not None for item in items)


def conditions(item: Prescription) -> str:
    """Return in which conditions the exercise is not done; empty for none."""
    return listed((name.replace("-", " ") for name in item.exercise.avoid_if), "or")


def why_left_out(item: Omission) -> str:
    """Return why an exercise is not in the session; which file or option asked for it is not the reader's concern."""
    return f"avoided: {listed(item.avoided)}".replace("-", " ") if item.skipped_by is None else "skipped"


def less_said(changes: Iterable[Change]) -> str:
    """Return that the recording says less than usual, so that there is time for more; empty where it doesn't."""
    lowered = [change for change in changes if change.what == "detail"]
    return f"says less than usual ({lowered[0].after} instead of {lowered[0].before} detail)" if lowered else ""


def when(programme: Programme | None, days: Sequence[Day], first_week: int = 1) -> str:
    """Return on which days the session is done from a week on, as a sentence; empty where nobody says."""
    if not days:
        return ""
    on = "every day" if len(days) == len(DAYS) else f"on {listed(DAYS[day] for day in days)}"
    if programme and on != "every day" and (range_of := stated_days(programme)):
        # What is printed is one way to do it: who takes another day, or one more, does it too.
        on = f"{range_of} a week, here {on}"
    daily_days, times = (programme.daily_days, programme.times_a_day) if programme else (0, 1)
    if daily_days <= (first_week - 1) * len(DAYS) or on == "every day":
        return f"{capital(on)}{a_day(times)}."
    return f"Every day for the first {daily_days} days, then {on}{a_day(times)}."


def capital(text: str) -> str:
    """Return ``text`` with a capital first letter."""
    return text[:1].upper() + text[1:]
