"""The words of the printed page: doses, sides, rounds and days as a person does them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from audioguide.export.handout import printed_ranges
from audioguide.languages.language import Language
from audioguide.languages.printed import HandoutWords
from audioguide.languages.sides import of_side
from audioguide.languages.wording import capitalised
from audioguide.model.kinds import Day, Detail, Side, Sides
from audioguide.model.plan import Change
from audioguide.model.protocol import Programme
from audioguide.model.session import Omission, Prescription, Rounds
from audioguide.model.side_forms import filled, filled_for_both

_DAYS_A_WEEK = len(Day)


class HandoutText(Struct, frozen=True):
    """Puts what a person does into the words of the page in one language."""

    language: Language

    @property
    def words(self) -> HandoutWords:
        """The fixed sentences of the page."""
        return self.language.printed.handout

    def length(self, ms: int) -> str:
        """Return a length in words as it is printed."""
        return self.language.printed.lengths.text(ms)

    def dose(self, item: Prescription, paced: bool = True, in_circuit: bool = False) -> Iterator[str]:
        """Yield the dose line by line: the work and its range, the parts of a rep, the rest, what is called meanwhile.

        What is the author's own suggestion has a mark. Where it is not ``paced``, each person goes at their own pace,
        and no rep has parts.
        """
        words, length, printed = self.words, self.length, self.language.printed
        mark = printed_ranges.dose_mark(item, in_circuit)
        yield capitalised(printed.dose.prescribed(item, printed.lengths)) + mark
        if range_of := printed_ranges.range_of(item, self.language, in_circuit):
            yield words.range.format(range=range_of)
        if item.tempo and paced:
            parts = []
            for part, part_mark in zip(item.tempo, printed_ranges.tempo_marks(item), strict=True):
                said = [] if part.say is None else [self.language.formats.within(self.filled_for_all(part.say, item))]
                parts.append(" ".join([*said, length(part.duration_ms) + part_mark]))
            each = words.each_rep if item.exercise.count else words.each_time
            yield each.format(parts=", ".join(parts))
        if item.efforts[0].repeat > 1:
            relax_ms = item.efforts[0].relax_ms
            yield words.let_go.format(length=length(relax_ms)) if relax_ms else words.no_break
        mark = printed_ranges.rest_mark(item)
        if item.rests_ms:
            yield words.rests.format(rests=words.then.join(map(length, item.rests_ms))) + mark
        elif item.sets > 1 and item.rest_ms is not None:
            yield words.rest.format(length=f"{length(item.rest_ms)}{mark}") if item.rest_ms else words.no_rest
        if item.call_every_ms is not None:
            yield words.every.format(length=length(item.call_every_ms))
        for call in item.calls:
            yield words.at.format(length=length(call.at_ms), text=filled(call.say, item.first_side))

    def filled_for_all(self, text: str, item: Prescription) -> str:
        """Return the words of a rep with the sides in them filled in for every side that works, the first one first."""
        if item.exercise.sides.only is not None:
            return filled(text, item.exercise.sides.only)
        either = self.words.either
        return filled_for_both(text, item.first_side, lambda first, second: either.format(first=first, second=second))

    def order(self, item: Prescription) -> str:
        """Return the order of the sides as a sentence; empty where both work together."""
        words = self.words
        if item.exercise.sides is Sides.BOTH:
            return ""
        if item.exercise.sides.only is not None:
            return capitalised(of_side(words.only_side, item.first_side))
        first, last = item.first_side, item.first_side_in(item.sets)
        form = words.sides_each if item.exercise.sides is Sides.EACH else words.sides_in_turn
        if len(item.efforts_in(item.sets)) < len(item.efforts):
            end = of_side(words.last_only, last)
        else:
            end = "" if first is last else of_side(words.last_first, last)
        return capitalised(f"{of_side(form, first)}{end}")

    def rounds(self, circuit: Rounds, items: Sequence[Prescription] = (), by_side: bool = False) -> str:
        """Return how a circuit of ``items`` goes round, as a sentence; rests that differ stand with the exercises."""
        words = self.words
        if circuit.cap is not None:
            return words.rounds_in.format(length=self.length(circuit.cap.length_ms))
        start = words.once if circuit.rounds == 1 else words.rounds.text(circuit.rounds)
        if _rests_differ(items):
            return f"{start}{words.rests_stated}"
        rests = [words.between_exercises.format(length=self.length(circuit.rest_ms))] if circuit.rest_ms else []
        between = self.length(circuit.round_rest_ms)
        if circuit.round_rest_ms and by_side:
            # Also from one round to the next.
            rests.append(words.between_sides.format(length=between))
        elif circuit.round_rest_ms and circuit.rounds > 1:
            rests.append(words.between_rounds.format(length=between))
        end = words.with_rests.format(rests=self.language.formats.list(rests)) if rests else words.without_rest
        return f"{start}{end}"

    def by_side(self, first: Side) -> str:
        """Return how a phase goes by sides, as a sentence."""
        return of_side(self.words.by_side, first)

    def rest_after(self, circuit: Rounds, items: Sequence[Prescription], number: int, by_side: bool = False) -> str:
        """Return the rest after the exercise with this index where the rests of a circuit differ; else nothing."""
        words = self.words
        if not _rests_differ(items):
            return ""
        last = number == len(items) - 1
        if last and circuit.rounds == 1 and not by_side:
            return ""
        rest_ms = circuit.round_rest_ms if last else circuit.rest_after_ms(items[number])
        if not last:
            form = words.rest_after if rest_ms else words.no_rest_after
        elif by_side:
            form = words.rest_before_sides if rest_ms else words.no_rest_before_sides
        else:
            form = words.rest_before_round if rest_ms else words.no_rest_before_round
        return form.format(length=self.length(rest_ms))

    def conditions(self, item: Prescription) -> str:
        """Return in which conditions the exercise is not done; empty for none."""
        return self.language.wording.either(item.exercise.avoid_if)

    def why_left_out(self, item: Omission) -> str:
        """Return why an exercise is left out; which file or option asked for it is not the reader's concern."""
        if item.skipped_by is not None:
            return self.words.skipped
        wording = self.language.wording
        return self.words.avoided.format(conditions=wording.list(map(wording.condition, item.avoided)))

    def less_said(self, changes: Iterable[Change]) -> str:
        """Return that the recording says less than usual, so that there is time for more; empty where it doesn't."""
        lowered = [change for change in changes if change.what == "detail"]
        if not lowered:
            return ""
        now, before = (self.words.details[Detail(level)] for level in (lowered[0].after, lowered[0].before))
        return self.words.less_said.format(now=now, before=before)

    def when(self, programme: Programme | None, days: Sequence[Day], first_week: int = 1) -> str:
        """Return on which days the session is done from a week on, as a sentence; empty where nobody says."""
        words = self.language.printed.programme
        if not days:
            return ""
        formats, daily = self.language.formats, len(days) == _DAYS_A_WEEK
        on = words.every_day
        if not daily:
            on = words.on_named_days.format(days=formats.list(formats.day_name([*Day].index(day)) for day in days))
        if programme and not daily and (range_of := words.stated_days(programme)):
            # What is printed is one way to do it: who takes another day, or one more, does it too.
            on = words.named_of_range.format(range=range_of, named=on)
        daily_days, times = (programme.daily_days, programme.times_a_day) if programme else (0, 1)
        a_day = words.times_a_day(times)
        if daily_days <= (first_week - 1) * _DAYS_A_WEEK or daily:
            return f"{capitalised(on)}{a_day}."
        return words.daily_first.text(daily_days, when=on, a_day=a_day)


def _rests_differ(items: Sequence[Prescription]) -> bool:
    return any(item.station.rest_ms is not None for item in items)
