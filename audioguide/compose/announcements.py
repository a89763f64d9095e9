"""What is said around the efforts: the intro, phases, exercises, switches, rests and the closing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from audioguide.compose.verbosity import Verbosity
from audioguide.compose.wording import Wording
from audioguide.model.kinds import SpeechRole
from audioguide.model.script import Line, Place
from audioguide.model.session import Effort, Prescription, Session, SessionPhase
from audioguide.model.text import filled


def intro(session: Session, length_ms: int | None, verbosity: Verbosity, say: Wording) -> Iterator[Line]:
    """Yield the lines that open the session; without ``length_ms`` its length is not said."""
    yield Line(SpeechRole.INTRO, say.title.format(title=session.title.rstrip(" .")))
    if verbosity.summary:
        yield from (Line(SpeechRole.INTRO, text) for text in session.summary)
    if length_ms is not None:
        yield Line(SpeechRole.INTRO, say.takes.format(length=say.about(length_ms)))
    if session.equipment():
        yield Line(SpeechRole.INTRO, say.needs.format(things=say.list(session.equipment())))
    if session.left_out:
        names = say.list(dict.fromkeys(item.name for item in session.left_out))
        yield Line(SpeechRole.INTRO, say.left_out.format(names=names))
    yield from (Line(SpeechRole.SAFETY, text) for text in session.safety)


def closing(session: Session, verbosity: Verbosity, say: Wording) -> Iterator[Line]:
    """Yield the lines that end the session."""
    yield Line(SpeechRole.CLOSING, say.done)
    if verbosity.summary:
        yield from (Line(SpeechRole.CLOSING, text) for text in session.closing)
    yield from (Line(SpeechRole.CLOSING, text) for text in session.see_professional)


def phase(session: Session, number: int, part: SessionPhase, verbosity: Verbosity, say: Wording) -> Iterator[Line]:
    """Yield the lines that open the phase with this number, counted from 1."""
    total = len(session.phases)
    if total > 1:
        yield Line(SpeechRole.PHASE, say.phase.format(number=number, total=total, title=part.title.rstrip(" .")))
    if verbosity.phase_words:
        yield from (Line(SpeechRole.PHASE, text) for text in part.say)


def exercise(
    item: Prescription,
    naming: str,
    in_hand: Sequence[str],
    first_time: bool,
    warned: bool,
    verbosity: Verbosity,
    say: Wording,
    explain_breath: bool = False,
) -> Iterator[Line]:
    """Yield the lines that announce an exercise and bring the person into position.

    Args:
        item: the exercise.
        naming: the sentence for its name, such as ``Next: {name}.``
        in_hand: equipment that was in use just before.
        first_time: whether it comes up for the first time in the session.
        warned: whether its cautions were said before.
        verbosity: how much is said.
        say: the words.
        explain_breath: whether to say what the breath pacer's tone means.
    """
    place = Place(item.id, item.efforts[0].side, 1)
    yield Line(SpeechRole.EXERCISE, naming.format(name=item.exercise.name.rstrip(" .")), place)
    needed = [thing for thing in item.exercise.equipment if thing not in in_hand]
    if needed:
        yield Line(SpeechRole.EXERCISE, say.needs.format(things=say.list(needed)), place)
    if verbosity.doses and first_time:
        yield Line(SpeechRole.EXERCISE, f"{say.dose.prescribed(item, say.lengths)}.", place)
    if not warned:
        # Before any instruction: whom it may harm must not be in position by then.
        yield from _conditions(item, place, say)
    setup = verbosity.setup_lines(item, first_time)
    # Asked of the template: the filled text holds "right" also where somebody sits upright, at a right angle.
    if place.side and not any("{side}" in text for text in setup):
        yield Line(SpeechRole.SETUP, _capital(say.side_first.format(side=say.side(place.side))), place)
    yield from _lines(SpeechRole.SETUP, setup, place)
    if explain_breath:
        yield Line(SpeechRole.SETUP, say.breath, place)
    if not warned:
        yield from _lines(SpeechRole.CAUTION, item.exercise.caution, place)
    if first_time:
        yield from _rep_tips(item, place, verbosity)


def warnings(items: Iterable[Prescription], say: Wording) -> Iterator[Line]:
    """Yield the cautions of a circuit's exercises, each behind its name: between its exercises there is no time."""
    for item in items:
        place = Place(item.id, item.efforts[0].side, 1)
        cautions = (*_conditions(item, place, say), *_lines(SpeechRole.CAUTION, item.exercise.caution, place))
        if cautions:
            yield Line(SpeechRole.CAUTION, say.about_exercise.format(name=item.exercise.name.rstrip(" .")), place)
            yield from cautions


def _conditions(item: Prescription, place: Place, say: Wording) -> Iterator[Line]:
    if item.exercise.avoid_if:
        conditions = say.list((name.replace("-", " ") for name in item.exercise.avoid_if), say.alternative)
        yield Line(SpeechRole.CAUTION, say.avoid_if.format(conditions=conditions), place)


def _rep_tips(item: Prescription, place: Place, verbosity: Verbosity) -> Iterator[Line]:
    """Yield what a hold would say while it runs; reps leave no room, so it comes before them."""
    if item.tempo:
        yield from _lines(SpeechRole.COACHING, item.exercise.coaching[: verbosity.coaching][item.sets - 1 :], place)
        yield from _lines(SpeechRole.MISTAKE, item.exercise.mistake if verbosity.mistakes else (), place)


def switch(item: Prescription, effort: Effort, place: Place, verbosity: Verbosity, say: Wording) -> Iterator[Line]:
    """Yield the lines of a change of sides."""
    assert effort.side is not None
    side = _capital(say.side(effort.side))
    text = (say.switch if verbosity.doses else say.switch_short).format(side=side)
    yield Line(SpeechRole.SWITCH, text, place, (say.switch_short.format(side=side),))
    if place.set == 1:
        yield from _lines(SpeechRole.SETUP, verbosity.setup_lines(item, False), place)


def set_rest(
    item: Prescription, number: int, rest_ms: int, place: Place, verbosity: Verbosity, say: Wording
) -> Iterator[Line]:
    """Yield the lines of the rest before set ``number``: its length, what comes, and one line of coaching for reps."""
    if rest_ms >= 5_000:
        yield Line(SpeechRole.REST, say.rest.format(length=say.lengths.text(rest_ms)), place)
    coming = say.last_set if number == item.sets else say.next_set
    yield Line(SpeechRole.REST, coming.format(number=number, total=item.sets), place)
    if place.side:
        yield Line(SpeechRole.REST, _capital(say.with_side.format(side=say.side(place.side))), place)
    if item.tempo:
        yield from _lines(
            SpeechRole.COACHING, item.exercise.coaching[: verbosity.coaching][number - 2 : number - 1], place
        )


def _lines(role: SpeechRole, texts: Iterable[str], place: Place) -> Iterator[Line]:
    return (Line(role, filled(text, place.side), place) for text in texts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
