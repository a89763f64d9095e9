"""What is said around the efforts: the intro, phases, exercises, switches, rests and the closing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from audioguide.compose.coaching import coaching
from audioguide.compose.context import Context
from audioguide.compose.notices import notices
from audioguide.languages.wording import Wording, capitalised
from audioguide.model.kinds import Need, Side, Sides, SpeechRole
from audioguide.model.protocol import Instruction
from audioguide.model.script import Line, Place
from audioguide.model.session import Prescription, Session
from audioguide.model.side_forms import filled, names_working_side

LONG_PART_MS = 3_000
"""A part of a rep that lasts so long is told with its length: nobody else says when it ends."""

LENGTH_SAID_FROM_MS = 5_000
"""A shorter rest would be over before its length is said."""


class Introduction(Struct, frozen=True):
    """An exercise that comes up, and what the person knows and has at hand by then.

    Attributes:
        item: the exercise.
        naming: the sentence for its name, such as ``Next: {name}.``
        first_time: whether it comes up for the first time in the session.
        warned: whether its cautions were said before.
        dose_about: what its dose tells of: the exercise, and the circuit where that states one dose for all.
        dose_need: how much the dose is needed where the break must not grow.
        at_hand: equipment that was used before.
        explain_breath: whether to say what the breath pacer's tone means.
        side_known: whether it was said which side works, as in a phase that goes by sides.
        new_side: whether its side comes up for the first time.
        turn: the side whose turn begins with it, where that is said with its name; None where not.
    """

    item: Prescription
    naming: str
    first_time: bool
    warned: bool
    dose_about: tuple[str, ...]
    dose_need: Need
    at_hand: Collection[str]
    explain_breath: bool
    side_known: bool = False
    new_side: bool = False
    turn: Side | None = None


def intro(session: Session, length_ms: int | None, context: Context) -> Iterator[Line]:
    """Yield the lines that open the session; without ``length_ms`` its length is not said."""
    say = context.say
    if session.greeting is not None:
        yield Line(SpeechRole.INTRO, session.greeting)
    elif session.encouraging and context.verbosity.encourages and session.title not in context.recorded:
        yield Line(SpeechRole.INTRO, say.welcome)
    yield Line(SpeechRole.INTRO, context.sentence(say.title, title=session.title))
    if context.verbosity.summary:
        yield from (Line(SpeechRole.INTRO, text) for text in session.summary)
    if length_ms is not None:
        yield Line(SpeechRole.INTRO, say.takes.format(length=say.about(length_ms)))
    # All of it now, although each exercise names its own: nobody wants to fetch a roller in a rest of ten seconds.
    if session.equipment() and not session.gather_ms:
        yield Line(SpeechRole.INTRO, f"{_needed(say.needs, session, say)} {say.fetch_first}")
    if session.left_out:
        names = say.list(dict.fromkeys(item.name for item in session.left_out))
        yield Line(SpeechRole.INTRO, say.left_out.format(names=names))
    yield from notices(session, say)
    # When to stop, and who is not to begin, is said at every level of detail: safety is never shortened.
    yield from (Line(SpeechRole.SAFETY, text) for text in (*session.safety, *session.red_flags))


def gather(session: Session, context: Context) -> Line:
    """Return what asks to fetch what the session needs."""
    say = context.say
    time = say.gather_time.format(length=say.lengths.text(session.gather_ms))
    placed = {thing for pair in put_in_place(session) for thing in pair}
    # What has its place can't lie elsewhere, and a single thing is where it is used.
    reach = [say.gather_reach] if len(set(session.equipment()) - placed) > 1 else []
    return Line(SpeechRole.INTRO, " ".join((_needed(say.gather, session, say), *reach, time)))


def _needed(form: str, session: Session, say: Wording) -> str:
    """Return what the session needs in the sentence ``form``, and behind it which thing is needed where."""
    places = put_in_place(session)
    # A wall by which something is put need not be listed too.
    by = {place for _, place in places}
    listed = say.list(thing for thing in session.equipment() if thing not in by)
    return " ".join(
        [form.format(things=listed), *(say.thing_by.format(thing=one, place=place) for one, place in places)]
    )


def put_in_place(session: Session) -> list[tuple[str, str]]:
    """Return which thing is put by which other before the session begins, where it needs both."""
    things = set(session.equipment())
    return [(thing, place) for thing, place in session.put_by.items() if {thing, place} <= things]


def over(session: Session, say: Wording) -> tuple[Line, ...]:
    """Return what tells that all exercises are over."""
    if session.see_professional:
        # Long sentences follow, and nobody is to listen to them in the last position, or to think that it is over.
        return tuple(Line(SpeechRole.CLOSING, text) for text in (session.done or say.done, say.rest_now))
    return (Line(SpeechRole.CLOSING, session.done or f"{say.done} {say.is_over}"),)


def closing(session: Session, context: Context) -> Iterator[Line]:
    """Yield the lines that end the session."""
    last = context.say.goodbye if session.see_professional else context.say.farewell
    own = (context.verbosity.summary and session.closing) or (last,)
    over = (context.say.is_over,) if session.see_professional else ()
    # Safety again, so at every level of detail: when to see a professional. Not last, so that it doesn't stay in mind.
    yield from (Line(SpeechRole.CLOSING, text) for text in (*own[:-1], *session.see_professional, *over, own[-1]))


def leave(item: Prescription) -> Iterator[Line]:
    """Yield how to come out of an exercise that is over: nobody is to listen in it, or to lie down on its things."""
    yield from _steps(item.exercise.leave, Place(item.id, item.efforts_in(item.sets)[-1].side))


def phase(session: Session, number: int, context: Context) -> Iterator[Line]:
    """Yield the lines that open the phase with this number, counted from 1."""
    opened, total = session.phases[number - 1], len(session.phases)
    if total > 1:
        text = context.sentence(context.say.phase, title=opened.title, number=number, total=total)
        yield Line(SpeechRole.PHASE, text, need=Need.AS_IT_BEGINS)
    if context.verbosity.phase_words:
        yield from (Line(SpeechRole.PHASE, text, need=Need.BEFORE) for text in opened.say)


def sequence(side: Side, again: bool, context: Context) -> Iterator[Line]:
    """Yield what opens all exercises of a phase with ``side``; ``again`` where the other side was first."""
    text = context.say.sequence_again if again else context.say.sequence
    yield Line(SpeechRole.PHASE, context.say.sided(text, side), Place(side=side), need=Need.BEFORE)


def exercise(coming: Introduction, context: Context) -> Iterator[Line]:
    """Yield the lines that announce an exercise and bring the person into position."""
    item, say, verbosity = coming.item, context.say, context.verbosity
    place = Place(item.id, item.efforts[0].side, 1)
    yield from _naming(coming, place, context)
    setup = verbosity.setup_lines(item, coming.first_time)
    new = [thing for thing in item.exercise.equipment if thing not in coming.at_hand]
    told = [line.say for line in (*setup, *verbosity.load_lines(item, coming.first_time))]
    told += [] if item.exercise.side_role is None else [item.exercise.side_role]
    # Who knows it by heart has heard of all things at the start.
    if needed := [thing for thing in new if verbosity.setup and not _named(thing, told)]:
        yield Line(SpeechRole.EXERCISE, say.needs.format(things=say.list(needed)), place)
    # Each time: whether the person knows it, only who places the lines can tell.
    dose = say.dose_sentence(item)
    yield Line(SpeechRole.EXERCISE, dose, place, need=coming.dose_need, about=coming.dose_about, instruction=True)
    if coming.explain_breath:
        yield Line(SpeechRole.SETUP, say.breath, place)
    if not coming.warned:
        # Before any instruction: whom it may harm must not be in position by then.
        yield from _conditions(item, place, context)
    yield from _instructions(coming, setup, place, context)
    if coming.first_time and verbosity.words_fade(item):
        # When it is known what is counted; what loads is yet to come.
        yield from _counting(item, place, context)
    if not coming.warned:
        # What to mind while doing it comes last: it is fresh when the start beep sounds.
        yield from _filled(SpeechRole.CAUTION, item.exercise.caution, place, need=Need.BEFORE)
        yield from _note(item, place)
    elif coming.new_side and not coming.first_time:
        # In a circuit's short rest what loads may have no room.
        loads = () if coming.dose_need is Need.WANTED else verbosity.load_lines(item, False)
        cautions, at = _cautions_again(item, loads)
        if not at:
            yield from _filled(SpeechRole.CAUTION, cautions, place, need=Need.BEFORE)
    if coming.first_time and item.tempo:
        # A hold says these while it runs; reps leave no room. Each rest between sets has one line of coaching, so only
        # what those will not reach is said here.
        yield from _filled(SpeechRole.COACHING, _coached(item, context)[item.sets - 1 :], place)
        yield from _filled(SpeechRole.MISTAKE, item.exercise.mistake if verbosity.mistakes else (), place)


def _naming(coming: Introduction, place: Place, context: Context) -> Iterator[Line]:
    """Yield the exercise's name, with the side whose turn begins where that is said with it."""
    item, say = coming.item, context.say
    forms = [coming.naming, say.only]
    if coming.turn is not None:
        forms = [form.format(name=say.sided(say.with_name, coming.turn, name="{name}")) for form in forms]
    naming, short = (context.sentence(form, name=item.exercise.name) for form in forms)
    # A recorded name is heard alone, and nothing but the recording may stand for it.
    recorded = naming == item.exercise.name
    shorter = () if recorded else (short,)
    yield Line(SpeechRole.EXERCISE, naming, place, shorter=shorter, need=Need.AS_IT_BEGINS)
    if coming.turn is not None and recorded:
        side = say.with_side.format(side=named_side(item, coming.turn, context))
        yield Line(SpeechRole.EXERCISE, side, place, need=Need.AS_IT_BEGINS)


def _instructions(coming: Introduction, setup: Sequence[Instruction], place: Place, context: Context) -> Iterator[Line]:
    """Yield ``setup``, and before it the side that works, where no line of it says that."""
    item, sides = coming.item, _sides(coming, place, context)
    # Asked of the template: the filled text holds "right" also where somebody sits upright, at a right angle. A setup
    # that names only the other side has not said which one works.
    if sides and not any(names_working_side(line.say) for line in setup):
        about = (f"{item.id} side",) if item.exercise.sides.only is not None else ()
        told = Line(SpeechRole.SETUP, sides[0], place, shorter=(sides[1],), need=Need.AS_IT_BEGINS, about=about)
        # A role such as "left knee down" is a step, too.
        is_step = item.exercise.side_role is not None and not _announces_side(item, coming.first_time, context)
        yield replace(told, moves=is_step)
        sides = []
    for line, step in zip(setup, _steps(setup, place), strict=True):
        if coming.first_time or (coming.new_side and step.text != line.say):
            yield replace(step, need=Need.BEFORE, instruction=True)
        elif sides and names_working_side(line.say):
            # Known from the first time, but for the side that works.
            yield replace(step, shorter=(sides[1],), need=Need.AS_IT_BEGINS)
            sides = []
        else:
            yield step


def _sides(coming: Introduction, place: Place, context: Context) -> list[str]:
    """Return what says which side works, and the same in few words; nothing where that is known."""
    item, say = coming.item, context.say
    role = item.exercise.side_role
    if place.side is None or (coming.side_known and role is None):
        return []
    if item.exercise.sides.only is not None and role is None and coming.dose_need is not Need.WANTED:
        # The dose of one side names it: said in any case, it makes a line of that side alone a repetition.
        return []
    side = named_side(item, place.side, context)
    if coming.side_known:
        form = say.with_side
    elif item.exercise.sides.only is not None:
        form = say.side_only
    elif role is not None and _announces_side(item, coming.first_time, context):
        form, side = say.side_comes, filled(role, place.side)
    else:
        form = say.side_first
    return [form.format(side=side), say.with_side.format(side=capitalised(side))]


def _announces_side(item: Prescription, first_time: bool, context: Context) -> bool:
    """Return whether the words for a side only tell which comes: it is a step of ``load`` that brings it there.

    So it is where a second side has nothing new but that. Said as an instruction they would be followed at once.
    """
    loads = context.verbosity.load_lines(item, first_time)
    return item.exercise.setup_again == () and any(names_working_side(line.say) for line in loads)


def _named(thing: str, texts: Iterable[str]) -> bool:
    """Return whether instructions name a thing themselves, by a word of it that is long enough to be its own.

    Of "cushion for the knee" that is the cushion: what comes behind a short word says what it is for, or another thing.
    """
    named = re.split(r"(?<=\w{4})\W+\w{1,3}\b", thing.lower())[0]
    words = [word for word in re.findall(r"\w+", named) if len(word) > 3] or [thing.lower()]
    # A compound is also named by its last part: "Rolle" for a "Faszienrolle".
    told = {word for text in texts for word in re.findall(r"\w+", text.lower())}
    return any(word in told or any(len(part) > 3 and word.endswith(part) for part in told) for word in words)


def _counting(item: Prescription, place: Place, context: Context) -> Iterator[Line]:
    """Yield what the count or the ticks will stand for; nothing where no word is ever said as a rep begins."""
    say = context.say
    alternating = item.exercise.sides is Sides.ALTERNATING
    parts = _parts(item, say, Side.LEFT if alternating else place.side)
    if not context.verbosity.counting:
        yield from (Line(SpeechRole.SETUP, text, place) for text in _ticking(item, parts, context))
        return
    word = item.tempo[0].say
    if alternating and (word is None or not names_working_side(word)):
        yield Line(SpeechRole.SETUP, say.counting_sides, place)
    elif word is not None:
        first, *rest = parts
        counted = (say.counting_side_means if alternating else say.counting).format(first=first)
        forms = (say.only_tick,) if len(rest) == 1 else say.tick_means
        ticks = [form.format(word=part) for form, part in zip(forms, rest, strict=False)]
        yield Line(SpeechRole.SETUP, " ".join((counted, *ticks)), place)


def _ticking(item: Prescription, parts: Sequence[str], context: Context) -> Iterator[str]:
    """Yield what the ticks mean that soon are all one hears; nothing where every part is soon over."""
    say = context.say
    if all(part.say is None or part.duration_ms < LONG_PART_MS for part in item.tempo):
        return
    # Who is told of the first set alone would wait for words in the next.
    yield say.only_ticks.format(rep=context.verbosity.worded_reps + 1, later=say.ticks_later if item.sets > 1 else "")
    first, *rest = parts
    if item.exercise.sides is Sides.ALTERNATING:
        yield say.ticks.format(words=say.then(parts))
    elif rest:
        yield say.rep_ticks.format(first=first, rest=say.then(rest))
    else:
        yield say.only_tick.format(word=first)


def _parts(item: Prescription, say: Wording, side: Side | None) -> list[str]:
    """Return the words of a rep's parts in their order, each for ``side``; what takes longest has its length."""
    longest_ms = max(part.duration_ms for part in item.tempo)
    words = []
    for part in item.tempo:
        if part.say is not None:
            word = say.formats.within(filled(part.say, side).rstrip(" ."))
            if part.duration_ms == longest_ms >= LONG_PART_MS:
                word = say.part_for.format(word=word, length=say.lengths.text(part.duration_ms))
            words.append(word)
    return words


def warnings(items: Iterable[Prescription], context: Context) -> Iterator[Line]:
    """Yield the cautions of a circuit's exercises and the person's notes, each exercise's behind its name.

    Between its exercises there is no time for them.
    """
    for item in items:
        place = Place(item.id, item.efforts[0].side, 1)
        cautions = (
            *_conditions(item, place, context),
            *_filled(SpeechRole.CAUTION, item.exercise.caution, place),
            *_note(item, place),
        )
        if cautions:
            # A name may end with a full stop of its own, and the sentence around it brings one.
            name = item.exercise.name.rstrip(" .")
            yield Line(SpeechRole.CAUTION, context.say.about_exercise.format(name=name), place)
            yield from cautions


def switch(item: Prescription, place: Place, context: Context) -> Iterator[Line]:
    """Yield the lines of a change to the side of ``place``."""
    assert place.side is not None
    say = context.say
    yield from _steps(item.exercise.leave_between, Place(item.id, place.side.other, place.set))
    setup = context.verbosity.setup_lines(item, first_time=False, stays=True) if place.set == 1 else ()
    if setup and names_working_side(setup[0].say):
        # The side is named by what comes next, and that is not to be done before it is heard.
        yield Line(SpeechRole.SWITCH, say.switch_alone, place)
    else:
        long, short, side = say.switch, say.switch_short, named_side(item, place.side, context)
        role = item.exercise.side_role
        announced = role is not None and place.set == 1 and _announces_side(item, False, context)
        if role is not None and announced:
            long, short, side = say.switch_comes, say.switch_comes_short, filled(role, place.side)
        text = (long if context.verbosity.long_switch else short).format(side=side)
        told = Line(SpeechRole.SWITCH, text, place, shorter=(short.format(side=side),))
        yield replace(told, moves=role is not None and not announced)
    if place.set == 1:
        # In later sets the person has been in this position before.
        yield from _steps(setup, place)
        # Before what loads, at every level of detail: this side is as much at risk as the other.
        cautions, at = _cautions_again(item, context.verbosity.load_lines(item, False))
        if not at:
            yield from _filled(SpeechRole.CAUTION, cautions, place, need=Need.BEFORE)


def load(
    item: Prescription,
    place: Place,
    first_time: bool,
    context: Context,
    *,
    need: Need = Need.BEFORE,
    new_side: bool = False,
) -> Iterator[Line]:
    """Yield what is said when the person is in position: what takes effort, so that nobody keeps it up for words.

    On a ``new_side`` of an exercise that is known, its cautions come among it where not all of it loads that side.
    """
    instructions = context.verbosity.load_lines(item, first_time)
    cautions, at = _cautions_again(item, instructions) if new_side else ((), 0)
    yield from _steps(instructions[:at], place, need=need)
    if at:
        yield from _filled(SpeechRole.CAUTION, cautions, place, need=Need.BEFORE)
    yield from _steps(instructions[at:], place, need=need)


def _cautions_again(item: Prescription, instructions: Sequence[Instruction]) -> tuple[tuple[str, ...], int]:
    """Return the cautions of a second side, and how many of ``instructions``, which load, come before them.

    They come right before the first step that loads this side, when the person has found the way there. What one of
    these steps says in the same words is said there alone.
    """
    steps = [line.say for line in instructions]
    at = next((index for index, step in enumerate(steps) if names_working_side(step)), 0)
    return tuple(text for text in item.exercise.again_caution if text not in steps), at


def named_side(item: Prescription, side: Side, context: Context) -> str:
    """Return what a side of ``item`` is called, with a capital letter: ``Left knee down``, or else ``Left side``."""
    if item.exercise.side_role is not None:
        return capitalised(filled(item.exercise.side_role, side))
    return capitalised(context.say.sided(context.say.named_side, side))


def set_rest(item: Prescription, place: Place, context: Context, *, ends_session: bool = False) -> Iterator[Line]:
    """Yield the lines of the rest before the set of ``place``: its length, what comes, and coaching for reps.

    ``ends_session`` tells that the exercise is the session's last of several.
    """
    assert place.set is not None
    say, number = context.say, place.set
    last_side = item.efforts_in(number - 1)[-1].side
    yield from _steps(item.exercise.leave_between, Place(item.id, last_side, number - 1))
    rest_ms = item.rest_before_ms(number)
    # Of a rest that begins with coming out of the position less is left by then.
    if rest_ms is not None and rest_ms >= LENGTH_SAID_FROM_MS and not item.exercise.leave_between:
        yield Line(SpeechRole.REST, say.rest.format(length=say.lengths.text(rest_ms)), place)
    last = number == item.sets
    last_form = say.session_last_set if ends_session else say.last_set
    forms = [last_form, say.last_set_now] if last else [say.next_set, say.next_set_now]
    dose = ""
    if item.by_set:
        dose = say.dose.of_set(item, number, say.lengths)
        forms.insert(0, say.last_set_dose if last else say.next_set_dose)
    longest, *shorter = (text.format(number=number, total=item.sets, dose=dose) for text in forms)
    yield Line(SpeechRole.REST, longest, place, shorter=tuple(shorter))
    # Where only one side works, or has its turn, each set is on the same.
    if place.side and item.exercise.sides.only is None and not item.by_side:
        side = say.with_side.format(side=named_side(item, place.side, context))
        yield Line(SpeechRole.REST, side, place, need=Need.AS_IT_BEGINS)
    if item.tempo:
        # One line a rest, the next each time: several at once would not be kept in mind over a set.
        yield from _filled(SpeechRole.COACHING, _coached(item, context)[number - 2 : number - 1], place)


def _conditions(item: Prescription, place: Place, context: Context) -> Iterator[Line]:
    say = context.say
    if item.exercise.avoid_if:
        text = say.avoid_if.format(conditions=say.either(item.exercise.avoid_if))
        yield Line(SpeechRole.CAUTION, text, place, need=Need.BEFORE)


def _coached(item: Prescription, context: Context) -> list[str]:
    return [line.say for line in coaching(item, context)]


def _note(item: Prescription, place: Place) -> Iterator[Line]:
    # It concerns this person's safety, so no level of detail leaves it out.
    if item.note is not None:
        yield Line(SpeechRole.CAUTION, item.note, place, need=Need.BEFORE)


def _filled(role: SpeechRole, texts: Iterable[str], place: Place, need: Need = Need.WANTED) -> Iterator[Line]:
    return (Line(role, filled(text, place.side), place, need=need) for text in texts)


def _steps(instructions: Iterable[Instruction], place: Place, need: Need = Need.WANTED) -> Iterator[Line]:
    """Yield instructions as steps on the way into a position or out of one, with the time that each has to be done."""
    for instruction in instructions:
        said = filled(instruction.say, place.side)
        yield Line(SpeechRole.SETUP, said, place, need=need, moves=True, give_ms=instruction.give_ms)
