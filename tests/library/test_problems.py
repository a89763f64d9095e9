"""Advice for a value of the wrong kind: of each dose of each model, in the words of its own key."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from audioguide.library.problems import FORMS, problems_of
from audioguide.model.doses import FileModel
from audioguide.model.profile import DoseOverrides, Profile
from audioguide.model.protocol import Circuit, Exercise, ExerciseRef, Library, Protocol


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
    return [problem.hint for problem in problems_of(caught.value, model) if problem.where == key]


def test_every_form_is_of_a_model_that_files_hold():
    assert set(FORMS) <= models_in(Protocol) | models_in(Library) | models_in(Profile)
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


def test_a_key_that_people_try_leads_to_the_one_that_means_it():
    with pytest.raises(ValidationError) as raised:
        Exercise.model_validate({"name": "A", "hold_s": 7, "times": 10})
    (problem,) = problems_of(raised.value, Exercise)
    assert problem.what == "unknown key"
    assert "repeat = 10" in problem.hint
    assert "sides" not in problem.hint
