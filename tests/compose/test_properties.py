"""Over random protocols: whatever the session, its script has what nobody can do without, and marks it as needed."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings

from audioguide.compose.composer import compose
from audioguide.languages.en.spoken import SPOKEN as ENGLISH
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import Need, RestRole, Side, SpeechRole
from audioguide.model.script import Break, Hold, Place, RepSet, Script
from audioguide.model.session import Session
from tests.examples import examples
from tests.helpers import layer, session_of
from tests.strategies import profiles, protocols


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(protocols(own_doses=True), profiles())
def test_whatever_the_protocol_the_script_has_what_is_needed(protocol: dict[str, Any], profile: dict[str, Any]):
    session = session_of(parse_protocol(protocol, "random.toml"), layer("profile anna", **profile))
    script = compose(session)
    assert_each_exercise_is_announced_with_its_dose(session, script)
    assert_every_break_before_a_side_names_it(script)
    assert_setup_is_needed_before_the_first_time_and_known_later(script)


def introductions(script: Script) -> list[Break]:
    """Return the breaks that lead to an exercise."""
    breaks = [step for step in script.steps if isinstance(step, Break) and step.chapter is not None]
    return [step for step in breaks if step.chapter and step.chapter.title != ENGLISH.chapter_gather]


def assert_each_exercise_is_announced_with_its_dose(session: Session, script: Script) -> None:
    done = [
        item
        for phase in session.phases
        for item in phase.prescriptions * (phase.circuit.rounds if phase.circuit else 1)
    ]
    for step, item in zip(introductions(script), done, strict=True):
        named = [line for line in step.lines if item.exercise.name in line.text and line.need is Need.AS_IT_BEGINS]
        assert named
        dose = f"{ENGLISH.dose.prescribed(item, ENGLISH.lengths)}."
        said = [line.text for line in step.lines if item.id in line.about]
        assert said == [dose]


def assert_every_break_before_a_side_names_it(script: Script) -> None:
    before, turn = Place(), None
    for step in script.steps:
        if isinstance(step, Hold | RepSet):
            before, turn = step.place, step.place.side or turn
        for line in step.lines if isinstance(step, Break) else ():
            turn = line.place.side if line.role is SpeechRole.PHASE and line.place.side else turn
        # Of sets that are all on one side the first names it, and so does the first exercise of a side's turn.
        same = isinstance(step, Break) and step.chapter is None and step.place.side is before.side
        if isinstance(step, Break) and step.chapter is not None and step.chapter.title.endswith(f"{turn} side"):
            same = True
        if isinstance(step, Break) and step.place.side and step.role is not RestRole.SWITCH and not same:
            side = step.place.side.value
            naming = [line for line in step.lines if all(side in text.lower() for text in line.wordings)]
            assert any(line.need is not Need.WANTED for line in naming)


def assert_setup_is_needed_before_the_first_time_and_known_later(script: Script) -> None:
    met: set[tuple[str | None, Side | None]] = set()
    for step in introductions(script):
        # Which side begins is no instruction to get into position, and said each time.
        lines = [
            line
            for line in step.lines
            if line.role is SpeechRole.SETUP
            and line.need is not Need.AS_IT_BEGINS
            and not line.text.startswith(("From rep ", "After a few reps", "The lower tick"))
            and not re.search(r" for [\d.]+ seconds?", line.text)
        ]
        first_time = step.place.exercise not in {exercise for exercise, _ in met}
        # In a phase that goes by sides, what the other side does differently is new on that side.
        allowed = {first_time, (step.place.exercise, step.place.side) not in met}
        if step.role is RestRole.REST:
            # In a circuit's short rest what takes effort comes last, and no rest grows for it.
            allowed.add(False)
        assert {line.need is Need.BEFORE for line in lines} <= allowed
        met.add((step.place.exercise, step.place.side))
