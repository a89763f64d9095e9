"""Texts with a recording in a protocol file: where they may stand, and what is said of those that can't be."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioguide.compose.composer import compose
from audioguide.errors import FileError, RequestError
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.protocol import Protocol
from audioguide.model.recorded import Recorded, recorded_in, recordings_of
from tests.examples import examples
from tests.helpers import HEAD, HOLD, REPS, layer, session_of
from tests.strategies import profiles, protocols

FOLDER = Path("/sessions")


def problems(text: str, folder: Path | None = FOLDER) -> list[str]:
    with pytest.raises(FileError) as caught:
        parse_protocol(tomllib.loads(HEAD + text), "own.toml", folder)
    return [str(problem) for problem in caught.value.problems]


def recorded(text: str, clip: str = "a.wav") -> str:
    return f'{{ text = "{text}", clip = "{clip}" }}'


EVERYWHERE = f"""
format = 1
id = "own"
title = {recorded("Own session")}
summary = {recorded("A summary.")}
safety = ["Stop if it hurts.", {recorded("And rest.")}]
closing = [{recorded("Well done.")}]
see_professional = {recorded("See a physiotherapist.")}
encouragement = [{recorded("Go on.")}]
[[phase]]
title = {recorded("Stretch")}
say = [{recorded("Now hold.")}]
exercises = [{{ use = "reach", calls = [{{ at_s = 9, say = {recorded("Nine.")} }}] }}, "bridge"]
[exercise.reach]
name = {recorded("Reach")}
sides = "each"
hold_s = 60
setup = ["Stand.", {{ text = "Lift your {{side}} arm.", clip = {{ left = "l.wav", right = "r.wav" }} }}]
setup_brief = {recorded("Lift.")}
coaching = [{recorded("Breathe.")}, {{ say = {recorded("Lean.")}, again = {recorded("More.")}, from_s = 20 }}]
mistake = {recorded("Don't arch.")}
caution = {recorded("Slowly.")}
calls = [{{ at_s = 20, say = {recorded("Twenty.")} }}]
[exercise.bridge]
name = "Bridge"
reps = 2
tempo = [{{ s = 2, say = {recorded("Lift")} }}, {{ s = 2, say = "Lower" }}]
"""


def test_a_recording_may_stand_wherever_a_text_is_spoken():
    protocol = parse_protocol(tomllib.loads(EVERYWHERE), "own.toml", FOLDER)
    assert {where for where, _ in recorded_in(protocol)} == {
        "title",
        "summary 1",
        "safety 2",
        "closing 1",
        "see_professional 1",
        "encouragement 1",
        "phase 1.title",
        "phase 1.say 1",
        "phase 1.exercises 1.calls 1.say",
        "exercise.reach.name",
        "exercise.reach.setup 2",
        "exercise.reach.setup_brief 1",
        "exercise.reach.coaching 1",
        "exercise.reach.coaching 2.say",
        "exercise.reach.coaching 2.again",
        "exercise.reach.mistake 1",
        "exercise.reach.caution 1",
        "exercise.reach.calls 1.say",
        "exercise.bridge.tempo 1.say",
    }
    files = recordings_of(protocol)
    assert files["Well done."] == FOLDER / "a.wav"
    assert files["Lift your left arm."] == FOLDER / "l.wav"
    assert files["Lift your right arm."] == FOLDER / "r.wav"


def test_a_recorded_name_or_title_stands_alone_and_a_recorded_word_as_it_is():
    protocol = parse_protocol(tomllib.loads(EVERYWHERE), "own.toml", FOLDER)
    said = compose(session_of(protocol), 600_000).texts()
    assert said[0] == "Own session"
    assert "Reach" in said
    assert not any(text in said for text in ("First: Reach.", "Own session."))
    assert "Last exercise: Bridge." in said
    assert "Lift" in said
    assert "Lower." in said
    # The second side is told in brief, a single phase is not announced, and the use has a call of its own.
    assert set(recordings_of(protocol)) - set(said) == {"Lift your right arm.", "Stretch", "Twenty."}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            HOLD.replace('"Look ahead."', '{ text = "Look ahead.", clip = 5 }'),
            'exercise.reach.setup 2: is no text with a recording; write { text = "Well done.", '
            'clip = "voice/well-done.wav" }',
        ),
        (
            HOLD.replace('"Look ahead."', '{ clip = "a.wav" }'),
            'exercise.reach.setup 2: is no text with a recording; write { text = "Well done.", '
            'clip = "voice/well-done.wav" }',
        ),
        (
            HOLD.replace('"Look ahead."', '{ text = "Look ahead.", clip = { left = "l.wav" } }'),
            "exercise.reach.setup 2: has recordings for other sides than left and right; "
            'write clip = { left = "…", right = "…" }, or one file',
        ),
        (
            HOLD.replace('"Kneel on your {side} knee."', recorded("Kneel on your {side} knee.")),
            "exercise.reach.setup 1.clip: one recording can't name both sides; "
            'write clip = { left = "…", right = "…" }',
        ),
        (
            HOLD.replace('"Look ahead."', '{ text = "Look ahead.", clip = { left = "l.wav", right = "r.wav" } }'),
            "exercise.reach.setup 2.clip: has a recording for each side, and the text names none; write one file",
        ),
        (
            HOLD.replace('"Look ahead."', recorded("Breathe out.", "b.wav")).replace(
                '["Breathe out."', "[" + recorded("Breathe out.")
            ),
            "exercise.reach.coaching 1.clip: 'Breathe out.' has another one in exercise.reach.setup 2; "
            "the same words have the same recording; name one file, or word one of them differently",
        ),
        (
            HOLD.replace('"Look ahead."', recorded("Look at your {knee}.")),
            "exercise.reach.setup 2: {knee} is unknown; write {side} or {other_side}",
        ),
        (
            HOLD.replace('"Look ahead."', recorded("?!")),
            "exercise.reach.setup 2: has no word that could be said; write a sentence",
        ),
        (
            REPS + f"equipment = [{recorded('mat')}]\n",
            "exercise.bridge.equipment 1: a table is not a text in quotes; write a text in quotes",
        ),
    ],
)
def test_a_recording_that_cannot_be_is_one_line_that_says_where_and_how_to_fix_it(text, problem):
    assert problems(text) == [problem]


def test_a_protocol_that_is_no_file_has_no_recordings():
    assert problems(HOLD.replace('"Look ahead."', recorded("Look ahead.")), folder=None) == [
        "exercise.reach.setup 2: has a recording, and no file of a protocol beside it; "
        "load the protocol from its file, or write the text alone"
    ]


def test_two_recordings_of_the_same_words_are_refused_also_where_protocols_were_joined():
    protocol = parse_protocol(tomllib.loads(EVERYWHERE), "own.toml", FOLDER)
    joined = protocol.model_copy(update={"closing": (Recorded("A summary.", {None: FOLDER / "b.wav"}),)})
    with pytest.raises(
        RequestError, match=r"'A summary\.' has two recordings, 'a\.wav' and 'b\.wav'; keep one of them"
    ):
        recordings_of(joined)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(protocols(), profiles(), st.randoms(use_true_random=False))
def test_whatever_is_recorded_the_words_stay_the_same(table: dict[str, Any], profile: dict[str, Any], random: Any):
    anna = layer("profile anna", **profile)
    plain = parse_protocol(table, "x.toml")
    own = parse_protocol(with_recordings(table, random), "x.toml", FOLDER)
    assert own == plain
    assert compose(session_of(own, anna), 600_000) == compose(session_of(plain, anna), 600_000)
    assert isinstance(own, Protocol)


def with_recordings(value: Any, random: Any) -> Any:
    """Return a protocol's table with a recording for about half of its sentences, the same one for the same words."""

    def kept(text: Any) -> Any:
        if isinstance(text, dict):
            return text | {key: kept(text[key]) for key in ("say", "again") if key in text}
        # By the text itself, as the same words have the same recording.
        return {"text": text, "clip": f"{abs(hash(text))}.wav"} if random.random() < 0.5 else text

    made = {key: [kept(text) for text in value[key]] for key in ("summary", "safety")}
    exercises = {
        name: exercise
        | {key: [kept(text) for text in exercise[key]] for key in ("setup", "coaching", "caution", "mistake")}
        for name, exercise in value["exercise"].items()
    }
    return value | made | {"exercise": exercises}
