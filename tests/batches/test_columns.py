from typing import Any

import pytest

from audioguide.batches.columns import ABOUT_THE_SESSION, ANY, ONLY_KEPT, keys, read_headings, value_of
from audioguide.cli.options import CHOOSE, DOSES, NO_MUSIC, NOTE, SETTINGS
from audioguide.model.profile import Profile


def path_of(heading: str) -> tuple[str, ...] | None:
    [column], problems = read_headings([heading])
    return None if column is None or problems else column.path


def test_every_option_of_a_person_names_a_column_of_the_same_setting():
    for setting in SETTINGS:
        if setting is not NO_MUSIC:
            assert path_of(setting.option.removeprefix("--")) == tuple(setting.key.split(".")), setting.option
            assert path_of(setting.option) == tuple(setting.key.split("."))
    for setting in DOSES:
        assert path_of(f"{setting.option.removeprefix('--')} reach") == ("exercise", "reach", setting.key)
    assert path_of("choose deep-stretch") == ("choose", "deep-stretch")
    assert path_of("note reach") == ("exercise", "reach", "note")
    assert {CHOOSE.key, NOTE.key} == {"choose", "exercise"}


def test_every_key_of_a_profile_names_a_column_but_a_program_to_run():
    tops = {key.path[0] for key in keys()}
    assert tops == set(Profile.model_fields)
    for key in keys():
        filled = tuple("reach" if step == ANY else step for step in key.path)
        assert path_of(".".join(filled)) == filled
        for name in key.names:
            assert path_of(name.replace(ANY, "reach")) == filled, name
    assert not {key.path for key in keys()} & set(ONLY_KEPT)


def test_a_new_key_is_a_column_at_once():
    # Found in the schema, so that whoever adds a key has nothing to do here.
    names = {".".join(key.path) for key in keys()}
    assert {"minutes", "voice.rate_wpm", "cues.halfway", f"exercise.{ANY}.hold_s.left", f"lexicon.{ANY}"} <= names


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("Weak Side", ("weak_side",)),
        ("weak-side", ("weak_side",)),
        ("hold half-kneeling.left", ("exercise", "half-kneeling", "hold_s", "left")),
        ("hold half-kneeling left", ("exercise", "half-kneeling", "hold_s", "left")),
        ("exercise.half-kneeling.hold_s", ("exercise", "half-kneeling", "hold_s")),
        ("hold_s half-kneeling", ("exercise", "half-kneeling", "hold_s")),
        ("music below", ("music", "below_db")),
        ("lexicon knee cap", ("lexicon", "knee cap")),
        ("With Breaks", ("with breaks",)),
    ],
)
def test_a_heading_may_be_written_as_people_do(heading: str, path: tuple[str, ...]):
    assert path_of(heading) == path


def test_a_column_of_the_table_s_own_is_passed_over():
    assert read_headings(["# phone"]) == ([None], [])
    assert set(ABOUT_THE_SESSION) == {"protocol", "profile", "with breaks", "file"}


@pytest.mark.parametrize(
    ("heading", "text", "value"),
    [
        ("minutes", "20", 20),
        ("scale", "0.8", 0.8),
        ("hold reach", "75", 75),
        ("hold reach", "20, 30,40", [20, 30, 40]),
        ("reps reach.left", "8", 8),
        ("acute", "YES", True),
        ("lead", "off", False),
        ("skip", "reach; bridge", ["reach", "bridge"]),
        ("days", "mon,wed", ["mon", "wed"]),
        ("name", "007", "007"),
        ("tempo reach", "3-1-1", "3-1-1"),
        ("started", "2026-11-02", "2026-11-02"),
    ],
)
def test_a_cell_is_what_its_setting_asks_for(heading: str, text: str, value: Any):
    [column], _ = read_headings([heading])
    assert column is not None
    assert column.key is not None
    assert value_of(column.key, text) == value
