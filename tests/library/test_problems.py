"""Advice for a value of the wrong kind: of each dose of each model, in the words of its own key."""

from __future__ import annotations

import tomllib
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from audioguide.errors import FileError
from audioguide.library.problems import FORMS, problems_of
from audioguide.library.profile_files import parse_profile
from audioguide.library.toml_files import parse_toml
from audioguide.model.doses import FileModel
from audioguide.model.profile import DoseOverrides, Profile
from audioguide.model.protocol import Circuit, Exercise, ExerciseRef, Protocol
from tests.helpers import HEAD, parsed


def models_in(model: type[BaseModel]) -> set[type[BaseModel]]:
    """Return ``model`` and every model that its fields hold."""
    found = {model}
    for field in model.model_fields.values():
        for inner in models_of(field.annotation):
            found |= models_in(inner)
    return found


def models_of(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return set().union(*map(models_of, get_args(annotation)))


def advice(model: type[BaseModel], key: str, value: object) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate({key: value})
    return [problem.hint for problem in problems_of(caught.value, model, {key: value}) if problem.where == key]


def test_every_form_is_of_a_model_that_files_hold():
    assert set(FORMS) <= models_in(Protocol) | models_in(Profile)
    assert all(issubclass(model, FileModel) for model in FORMS)


SECONDS = "write seconds such as 45, { default = 45, min = 45, max = 60 }, or a list of them, one a set"
TIMES = "write a whole number such as 3, or { default = 3, min = 1, max = 3 }"


@pytest.mark.parametrize(
    ("model", "key", "hint"),
    [
        *((model, "hold_s", SECONDS) for model in (Exercise, ExerciseRef)),
        *((model, key, TIMES) for model in (Exercise, ExerciseRef) for key in ("reps", "sets")),
        *((model, key, "write a number") for model in (Exercise, ExerciseRef) for key in ("rest_s", "setup_s")),
        (
            DoseOverrides,
            "hold_s",
            "write seconds such as 60, { left = 60, right = 45 }, or a list such as [20, 30, 40], one a set",
        ),
        (
            DoseOverrides,
            "reps",
            "write a whole number such as 8, { left = 8, right = 6 }, or a list such as [6, 4, 2], one a set",
        ),
        (DoseOverrides, "sets", "write a whole number such as 2, or { left = 3, right = 2 }"),
        *((DoseOverrides, key, "write a number") for key in ("rest_s", "setup_s")),
        (Circuit, "rounds", "write a whole number"),
        *((Circuit, key, "write a number") for key in ("work_s", "rest_s", "round_rest_s")),
    ],
)
def test_a_dose_of_the_wrong_kind_gives_advice_for_its_own_key(model, key, hint):
    assert advice(model, key, "long") == [hint]


def told(text: str) -> list[str]:
    """Return what is said of a protocol's file that has ``text``, about programme and exercise."""
    phase = '[[phase]]\ntitle = "One"\nexercises = ["a"]\n'
    head, _, exercise = text.partition("|")
    with pytest.raises(FileError) as caught:
        parsed(HEAD + head + phase + '[exercise.a]\nname = "A"\n' + exercise)
    return [str(problem) for problem in caught.value.problems]


TEMPO = 'write parts such as [ { say = "Lower", s = 3 }, { say = "Hold", s = 1 } ], or "3-1-1"'
WIDEN = "widen min and max or change default"
LIFT = 'tempo = [{ say = "Lift", s = 1 }]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[programme]\ntimes_a_month = 3\n|hold_s = 9", "programme.times_a_month: unknown key; there is daily_days, "),
        ("[programme]\ntimes_per_week = 3\n|hold_s = 9", "unknown key; did you mean 'times_a_week'?"),
        ("[programme]\ntimes_a_weak = 3\n|hold_s = 9", "unknown key; did you mean 'times_a_week'?"),
        (f"|times = 10\n{LIFT}", "exercise.a.times: unknown key; write reps = 10"),
        ("|seconds = 10", "exercise.a.seconds: unknown key; write hold_s = 10"),
        ("|duration = 10", "exercise.a.duration: unknown key; did you mean 'hold_s', in seconds?"),
        ("|hold = 10", "exercise.a.hold: unknown key; did you mean 'hold_s'?"),
        ("|hold_min = 1.5", "exercise.a.hold_min: unknown key; write hold_s = 90"),
        ("|hold_s = 9\nrest_ms = 500", "exercise.a.rest_ms: unknown key; write rest_s = 0.5"),
        ("|hold_s = 9\nrest = 5", "exercise.a.rest: unknown key; did you mean 'rest_s'?"),
        ('|hold_s = 9\nside = "right"', 'exercise.a.side: unknown key; write sides = "right"'),
        ('|hold_s = 9\nside = "each"', 'exercise.a.side: unknown key; write sides = "each"'),
        (
            f'|reps = 9\nsides = "alternating"\nsetup = "On your {{side}}."\n{LIFT}',
            "leave the side out, or put it into a say of",
        ),
        ('|hold_s = 9\nsides = "both"\nsetup = "On your {side}."', "where there is none; leave the side out"),
        ('|hold_s = 9\nsetup = "On your {side}."', 'where there is none; add sides = "each", or leave the side out'),
    ],
)
def test_advice_never_changes_what_was_meant(text, said):
    found = told(text)
    assert any(said in problem for problem in found), found
    assert not any('use sides = "each"' in problem for problem in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[programme]\ntimes_a_week = 9\n|hold_s = 9",
            "programme.times_a_week: 9 is out of bounds; use a number of at most 7",
        ),
        (
            "[programme]\ntimes_a_week = { default = 3, max = 1 }\n|hold_s = 9",
            f"programme.times_a_week: 3 is above the max of 1; {WIDEN}",
        ),
        (
            "[programme]\ntimes_a_week = { default = 3, min = 4 }\n|hold_s = 9",
            f"programme.times_a_week: 3 is below the min of 4; {WIDEN}",
        ),
        ("|hold_s = 0", "exercise.a.hold_s: 0 is out of bounds; use a number of at least 1"),
        ("|hold_s = { default = 0 }", "exercise.a.hold_s.default: 0 is out of bounds; use a number of at least 1"),
        ("|reps = 9\ntempo = 0", f"exercise.a.tempo: 0 is not a list; {TEMPO}"),
        ("|hold_s = 2026-01-05", f"exercise.a.hold_s: 2026-01-05 does not belong here; {SECONDS}"),
        (
            '|reps = "5-8"\ntempo = "3-1-1"',
            "exercise.a.reps: '5-8' does not belong here; write { default = 5, min = 5, max = 8 }",
        ),
        ('|reps = "8"\ntempo = "3-1-1"', "exercise.a.reps: '8' does not belong here; write 8, without quotes"),
        (
            '|hold_s = "30 to 45.5"',
            "exercise.a.hold_s: '30 to 45.5' does not belong here; write { default = 30, min = 30, max = 45.5 }",
        ),
        ('|hold_s = "max"', f"exercise.a.hold_s: 'max' does not belong here; {SECONDS}"),
        ("|reps = 9\ntempo = [{ s = 2, sec = 3 }]", "exercise.a.tempo 1.sec: unknown key; write s = 3"),
        ("|reps = 9\ntempo = [{ s = 2, minutes = 0.5 }]", "exercise.a.tempo 1.minutes: unknown key; write s = 30"),
        (
            '|reps = 3\ntempo = [{ say = "Press", s = 9 }, "Relax"]',
            "exercise.a.tempo 2: 'Relax' does not belong here; write { say = \"Relax\", s = 1 }, with its seconds",
        ),
        (
            '|reps = 3\ntempo = [{ say = "", s = 9 }]',
            "exercise.a.tempo 1.say: has no word that could be said; leave say out where nothing is said",
        ),
        (
            '|hold_s = 9\nside = "right"\nsetup = "Press your {side} knee down."',
            'exercise.a.side: unknown key; write sides = "right"',
        ),
        ("|hold_s = 9\nsets = 07:30:00", f"exercise.a.sets: 07:30:00 does not belong here; {TIMES}"),
    ],
)
def test_one_fault_is_one_line_at_the_place_that_was_written(text, said):
    assert told(text) == [said]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-01-05T10:00:00", "started: 2026-01-05T10:00:00 has a time; write the date alone: 2026-01-05"),
        ("10:00:00", "started: 10:00:00 is no date; write one such as 2027-01-04"),
        ("1.5", "started: 1.5 is no date; write one such as 2027-01-04"),
    ],
)
def test_what_is_no_date_is_said_in_the_words_of_the_file(value, said):
    with pytest.raises(FileError) as caught:
        parse_profile(tomllib.loads(f"started = {value}"), "anna.toml")
    assert [str(problem) for problem in caught.value.problems] == [said]


@pytest.mark.parametrize("value", ["1", "true", '"x"', "[1]", "{ x = 1 }", "2026-01-05", "2026-01-05T10:00:00", "nan"])
def test_no_value_of_the_wrong_kind_is_answered_in_the_words_of_a_library(value):
    for model in models_in(Protocol) | models_in(Profile):
        for key in model.model_fields:
            table = tomllib.loads(f"{key} = {value}")
            try:
                model.model_validate(table)
            except ValidationError as error:
                for problem in problems_of(error, model, table):
                    assert not {"Input", "datetime", "pydantic"} & {*str(problem).replace(".", " ").split()}, problem


@pytest.mark.parametrize("line", ["title = “A”", 'title = "A”', "title = ‘A’", "summary = [“A”]", "“title” = 1"])
def test_curly_quotes_are_named_as_the_cause(line):
    with pytest.raises(FileError) as caught:
        parse_toml(f'format = 1\n# “fine”\nid = "my-“id”"\n{line}\n'.encode(), "own.toml")
    assert "its quotes are curly, as word processors make them; write straight ones" in str(caught.value)


def test_curly_quotes_inside_a_text_are_not_blamed():
    with pytest.raises(FileError) as caught:
        parse_toml('title = "my “own” set" x # “x”\n'.encode(), "own.toml")
    assert "check quotes and brackets there" in str(caught.value)


def test_a_key_that_people_try_leads_to_the_one_that_means_it():
    table = {"name": "A", "hold_s": 7, "times": 10}
    with pytest.raises(ValidationError) as raised:
        Exercise.model_validate(table)
    (problem,) = problems_of(raised.value, Exercise, table)
    assert problem.what == "unknown key"
    assert "repeat = 10" in problem.hint
    assert "sides" not in problem.hint
