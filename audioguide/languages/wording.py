"""Which fixed sentences a language needs for what is spoken, and what is filled into them.

Each language's own stand in ``spoken.py`` of its folder: every field, none left in English. What a protocol says of its
exercises is in the protocol itself, and how numbers and units are read aloud is in `speech.text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.formats import Formats
from audioguide.languages.lengths import Lengths
from audioguide.languages.sides import of_side
from audioguide.model.kinds import Side
from audioguide.model.session import Prescription
from audioguide.model.units import whole_minutes


# A table of words is neither compared nor shown whole; see `languages.printed`.
class Wording(Struct, frozen=True, kw_only=True, eq=False):
    """The fixed sentences of one language. Names in braces are filled in; each sentence ends with its full stop.

    What names a side has the words for either one in braces, the left one's first: ``{linke|rechte} Seite``. A side
    that is named stands in ``{side}`` with a capital letter, so it begins a sentence.

    Keep them short: rests, switches and the tempo of reps don't wait, and what has no room is dropped.

    Attributes:
        left: the word for the side, also in the middle of a sentence.
        right: the word for the other.
        formats: how lists, numbers and dates are written.
        welcome: greets who is not greeted by name.
        title: opens the session; ``{title}``.
        takes: how long it takes; ``{length}``.
        needs: equipment of the session, or of an exercise; ``{things}``.
        thing_by: where a thing is needed; ``{thing}``, ``{place}``.
        gather: asks to get ready what is needed, also what stands there already, such as a wall; ``{things}``.
        gather_reach: where to put what has no place of its own.
        fetch_first: how to have time to fetch things where the session gives none.
        gather_time: the time for it; ``{length}``.
        settle: said before that, with time for a breath.
        gathered: when that time is over.
        left_out: exercises that this person does not do; ``{names}``.
        less_said: less is said than usual, so that the session fits the person's minutes.
        eased: pain is acute, so there is less to do.
        eased_gentle: the same where a gentle exercise is taken in place of another.
        not_cleared: nobody says that a person with a condition may do this; ``{condition}``, ``{professional}``.
        rest_not_cleared: the same of what is left where something is left out for it.
        conditions: what a condition is called in these sentences, by its id; without one, as its id reads.
        professional: whom to ask, where the condition is not among ``professionals``.
        professionals: whom to ask in a condition, by its id.
        weak_side: the side that begins, which it names, is the one that needs more care.
        weak_side_more: the same where it has a set more somewhere.
        phase: opens a phase where there are several; ``{number}``, ``{total}``, ``{title}``.
        sequence: opens a phase that is done with one side and then with the other; names the side.
        sequence_again: the same when the other side's turn comes; names the side.
        with_name: an exercise's name with its side, where the sides of a circuit change; ``{name}`` and the side.
        first: names the session's first exercise; ``{name}``.
        next: names any other.
        last: names the last one.
        only: names it where there is just one, or where the time is short.
        avoid_if: who leaves the exercise out; ``{conditions}``.
        about_exercise: before the cautions of one of a circuit's exercises; ``{name}``.
        named_side: a side where an exercise has no words of its own for it, as in the middle of a sentence.
        side_first: which side begins, where the instructions don't say; ``{side}``, named.
        side_comes: the same where it is loaded later, so that nobody takes it for an instruction; ``{side}``, named.
        side_only: which side works where only one does; ``{side}``, named.
        breath: what the breath pacer's tone means.
        switch: the change of sides; ``{side}``, named.
        switch_comes: the same where that side is loaded later; ``{side}``, named.
        switch_alone: the same where the next words name the side.
        switch_short: the same where little is said or the time is short; ``{side}``, named.
        switch_comes_short: the same of a side that is loaded later; ``{side}``, named.
        ready: just before a start beep.
        position: calls back from a long rest.
        halfway: in the middle of a hold.
        ten_seconds: ten seconds before a hold ends.
        time_done: how much of a long hold is done; ``{length}``.
        one_more: before the last of several breaths.
        calm: said in turn in a hold where silence is long; what suits a stretch, a plank and a walk.
        check: asks whether it hurts, and says what to do then.
        encouragement: one a phase, another each day; of at least six none comes back the next day.
        rest: opens a rest between sets; ``{length}``.
        until_next: the same before another exercise.
        next_set: what comes after it; ``{number}``, ``{total}``.
        last_set: the same before the last set.
        session_last_set: the same where the session ends with it.
        next_set_now: the same as the set begins, or where the time is short; ``{number}``, ``{total}``.
        last_set_now: the same for the last set.
        next_set_dose: what comes after it where sets differ; ``{number}``, ``{total}``, ``{dose}``.
        last_set_dose: the same before the last set.
        with_side: which side begins the next set; ``{side}``, named.
        round: which round of a circuit begins; ``{number}``, ``{total}``.
        rounds_in: opens rounds against the clock; ``{length}``.
        station_reps: what a round of them has; ``{reps}``, ``{name}`` of several.
        station_dose: the same for a hold, or once; ``{name}``, ``{dose}``.
        avoid_station: who leaves an exercise of such a round out; ``{conditions}``.
        time_left: calls the time that is left; ``{length}``.
        count_side: a rep's count where sides alternate; ``{count}`` and the side.
        counting: what the count means once the words of the tempo fade; ``{first}``, the word as a rep begins.
        part_for: one of those that takes long; ``{word}``, ``{length}``.
        parts: what stands before the last of them.
        only_ticks: from which rep on nothing but ticks is heard; ``{rep}``, and ``{later}``.
        ticks_later: the same of later sets.
        rep_ticks: what they mean; ``{first}``, the word as a rep begins, and ``{rest}``, the others.
        ticks: which tick is which where sides alternate; ``{words}``, what a rep is made of on the left.
        only_tick: what a tick means that takes the place of a rep's second word; ``{word}``.
        tick_means: the same in turn where there are several such words.
        counting_sides: what comes then where sides alternate; ``{rep}``.
        counting_side_means: the same where the first word names the side; ``{rep}``, and ``{first}``, that of the left.
        last_rep: announces the last rep, as short as can be.
        last_rep_side: the same where sides alternate; names the side.
        done: praise, when all exercises are over.
        is_over: that the session is, behind the praise, or before the last words where long ones come between.
        farewell: the last words where the protocol has none of its own to say.
        goodbye: the same for who lies down to rest before the closing words.
        rest_now: before the closing words, as nobody is to listen in the last position.
        chapter_start: title of the first chapter, shown by players and not spoken.
        chapter_gather: title of the one in which things are fetched.
        chapter_end: title of the last.
        chapter_phase: title of an exercise's chapter where there are several phases; ``{phase}``, a colon or dash, then
            ``{name}``.
        chapter_round: title of an exercise's chapter in a circuit; ``{number}``, ``{name}``.
        lengths: the units in which a length is said.
        dose: what is to be done in an exercise.
    """

    left: str
    right: str
    formats: Formats

    welcome: str
    title: str
    takes: str
    needs: str
    thing_by: str
    gather: str
    gather_reach: str
    fetch_first: str
    gather_time: str
    gathered: str
    settle: str
    left_out: str
    less_said: str
    eased: str
    eased_gentle: str
    not_cleared: str
    rest_not_cleared: str
    professional: str
    conditions: Mapping[str, str]
    professionals: Mapping[str, str]
    weak_side: str
    weak_side_more: str
    phase: str
    sequence: str
    sequence_again: str
    with_name: str
    first: str
    next: str
    last: str
    only: str
    avoid_if: str
    about_exercise: str
    named_side: str
    side_first: str
    side_comes: str
    side_only: str
    breath: str

    switch: str
    switch_comes: str
    switch_alone: str
    switch_short: str
    switch_comes_short: str
    ready: str
    position: str
    halfway: str
    ten_seconds: str
    time_done: str
    one_more: str
    calm: tuple[str, ...]
    check: str
    encouragement: tuple[str, ...]
    rest: str
    until_next: str
    next_set: str
    last_set: str
    session_last_set: str
    next_set_now: str
    last_set_now: str
    next_set_dose: str
    last_set_dose: str
    with_side: str
    round: str
    rounds_in: str
    station_reps: str
    station_dose: str
    avoid_station: str
    time_left: str
    count_side: str
    counting: str
    part_for: str
    parts: str
    only_ticks: str
    ticks_later: str
    rep_ticks: str
    ticks: str
    only_tick: str
    tick_means: tuple[str, ...]
    counting_sides: str
    counting_side_means: str
    last_rep: str
    last_rep_side: str
    done: str
    is_over: str
    farewell: str
    goodbye: str
    rest_now: str

    chapter_start: str
    chapter_gather: str
    chapter_end: str
    chapter_phase: str
    chapter_round: str

    lengths: Lengths
    dose: DoseWording

    def side(self, side: Side) -> str:
        """Return the word for ``side``."""
        return self.left if side is Side.LEFT else self.right

    def sided(self, form: str, side: Side, **words: object) -> str:
        """Return the sentence ``form``, which names ``side``, with ``words`` filled in."""
        return of_side(form, side).format(**words)

    def list(self, items: Iterable[str]) -> str:
        """Return ``items`` as a spoken list, with the word for "and" before the last."""
        return self.formats.list(items)

    def either(self, conditions: Iterable[str]) -> str:
        """Return ``conditions``, by their ids, as a spoken list with the word for "or" before the last."""
        return self.formats.list(map(self.condition, conditions), "or")

    def condition(self, name: str) -> str:
        """Return what the condition with this id is called."""
        return self.conditions.get(name) or name.replace("-", " ")

    def then(self, parts: Sequence[str]) -> str:
        """Return the words of a rep's parts as a spoken list of what follows on each other."""
        return self.parts.join([part for part in (", ".join(parts[:-1]), *parts[-1:]) if part])

    def dose_sentence(self, item: Prescription) -> str:
        """Return what is to be done in one exercise, as a sentence."""
        return f"{capitalised(self.dose.prescribed(item, self.lengths))}."

    def about(self, ms: int) -> str:
        """Return a session's length in whole minutes, as it is said."""
        return self.lengths.text(whole_minutes(ms) * 60_000)


def capitalised(text: str) -> str:
    """Return ``text`` with a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]
