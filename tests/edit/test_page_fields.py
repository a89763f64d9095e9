"""The page's fields come from the format: every key has one, and what a file has is shown as it can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audioguide.cli import run
from audioguide.edit.checked_text import checked
from audioguide.edit.edit_app import file_html
from audioguide.edit.edits import Edit, EditKind, edited
from audioguide.edit.format_fields import Form, fields_of, shapes_at, short_key, tables
from audioguide.edit.open_file import OpenFile
from audioguide.edit.page_fields import Control, Widget, control_of, element_id, table_controls
from audioguide.edit.page_view import view_of
from audioguide.library.protocol_files import builtin_ids, builtin_text
from audioguide.library.translations import template
from tests.helpers import HEAD, HOLD
from tests.test_docs import MAKE_DOCS, Protocol


def test_every_table_and_key_of_the_documented_format_has_fields():
    documented = MAKE_DOCS.tables_of(Protocol)
    assert documented.keys() == tables().keys()
    for name, table in documented.items():
        keys = [line.split("`")[1] for line in table.splitlines()[2:]]
        assert [field.key for field in fields_of(name)] == keys


@pytest.mark.parametrize("name", sorted(tables()))
def test_every_key_has_a_field_for_its_example_and_for_nothing(name: str):
    for field in fields_of(name):
        for value in (None, field.example):
            control = control_of((field.key,), field.label, field, value)
            assert control.widget is not Widget.UNKNOWN, field.key
        assert field.label[:1].isupper()


def field(table: str, key: str) -> Any:
    return next(each for each in fields_of(table) if each.key == key)


@pytest.mark.parametrize(
    ("key", "value", "widget"),
    [
        ("hold_s", None, Widget.DOSE),
        ("hold_s", 30, Widget.DOSE),
        ("hold_s", "thirty", Widget.DOSE),
        ("hold_s", [20, 30], Widget.LIST),
        ("rest_s", None, Widget.NUMBER),
        ("rest_s", [20, 30], Widget.LIST),
        ("tempo", "3-1-1", Widget.TEXT),
        ("tempo", None, Widget.LIST),
        ("setup", "Stand.", Widget.LIST),
        ("setup", 5, Widget.LIST),
        ("sides", "each", Widget.WORD),
        ("sides", "eech", Widget.WORD),
        ("count", False, Widget.FLAG),
        ("count", "no", Widget.UNKNOWN),
        ("figure", "bird-dog", Widget.TEXT),
        ("figure", {"file": "a.png", "alt": "A."}, Widget.TABLE),
        ("name", {"text": "A", "clip": "a.wav"}, Widget.TABLE),
        ("cues", None, Widget.TABLE),
        ("setup_s", {"default": 3}, Widget.UNKNOWN),
    ],
)
def test_a_value_is_shown_in_its_form(key: str, value: Any, widget: Widget):
    assert control_of(("exercise", "x", key), "X", field("Exercise", key), value).widget is widget


def test_a_field_tells_its_unit_its_range_and_what_counts_without_it():
    def html_of(*opened: str) -> str:
        return file_html(OpenFile(Path("x.toml"), HEAD + HOLD), frozenset(opened))

    html = html_of("g-exercise-reach", "more-g-exercise-reach")
    assert '<span class="label">Hold (seconds) <code class="key">hold_s</code>' in html
    assert "a list has those of each set. From 1 to 86,400.</span>" in html
    assert "0 for none. From 0 to 86,400. Without it: 10.</span>" in html


def test_an_empty_list_that_means_something_is_a_choice_of_its_own():
    names = {(table, each.key) for table in ("Exercise", "Item") for each in fields_of(table) if each.may_be_empty}
    assert names == {
        *(
            ("Exercise", f"{key}")
            for key in ("setup_brief", "setup_again", "setup_minimal_again", "load_brief", "load_again")
        ),
        *(("Exercise", f"{key}") for key in ("caution_brief", "mistake_brief")),
        ("Item", "calls"),
    }

    def html_of(more: str) -> str:
        file = OpenFile(Path("x.toml"), f"{HEAD}{HOLD}{more}")
        return file_html(file, frozenset(("g-exercise-reach", "more-g-exercise-reach")))

    button = 'aria-label="State an empty list for setup again"'
    assert button in html_of("")
    empty = html_of("setup_again = []")
    assert button not in empty
    assert 'aria-label="Remove the empty list of setup again"' in empty
    assert not any(each in html_of('setup_again = ["A."]') for each in (button, "empty list of setup again"))


def test_what_a_plain_value_is_short_for():
    assert short_key(("exercise", "x", "hold_s"), "min") == "default"
    assert short_key(("phase", 0, "exercises", 3), "sets") == "use"
    assert short_key(("phase", 0, "exercises", 3, "of", 1), "sets") == "use"
    assert short_key(("exercise", "x", "coaching", 0), "from_s") == "say"
    assert short_key(("exercise", "x", "coaching", 0), "clip") == "text"
    assert short_key(("closing", 0), "weeks") == "text"
    # Neither is short for the table that may stand in its place.
    assert short_key(("exercise", "x", "figure"), "alt") == ""
    assert short_key(("closing", 0, "clip"), "left") == ""
    assert short_key(("exercise", "x", "sides"), "min") == ""
    assert shapes_at(("nothing", "at", "all")) == ()
    assert {shape.form for shape in shapes_at(("lexicon", "psoas"))} == {Form.TEXT, Form.NAMES}


def controls_in(controls: tuple[Control, ...]) -> Iterator[Control]:
    for control in controls:
        yield control
        yield from controls_in(control.children)


def everything(text: str) -> tuple[Control, ...]:
    view = view_of(checked(text, Path("x.toml")))
    found = [*view.session, *(each for exercise in view.exercises for each in exercise.fields)]
    for phase in view.phases:
        found += [*phase.fields, *(each for place in phase.places or () for each in place.fields)]
    return tuple(controls_in(tuple(found)))


@pytest.mark.parametrize("name", [*builtin_ids(), "template"])
def test_every_value_of_a_built_in_file_has_a_field(name: str):
    text = template("en") if name == "template" else builtin_text(name)
    found = everything(text)
    assert [control.where for control in found if control.widget is Widget.UNKNOWN] == []
    ids = [control.id for control in found]
    assert len(ids) == len({*ids})


@pytest.mark.parametrize("name", [*builtin_ids(), "template"])
def test_every_element_of_a_page_with_everything_open_has_an_id_of_its_own(name: str):
    text = template("en") if name == "template" else builtin_text(name)
    opened: set[str] = {"timeline", "as-text"}
    html = ""
    for _ in range(3):
        html = file_html(OpenFile(Path("x.toml"), text), frozenset(opened))
        opened |= {*re.findall(r'<details[^>]* id="([^"]*)"', html)}
    ids = re.findall(r' id="([^"]*)"', html)
    assert sorted(ids) == sorted({*ids})
    for target in re.findall(r'(?:for|aria-describedby|aria-labelledby|list)="([^"]*)"', html):
        assert {*target.split()} <= {*ids}, target


def test_keys_that_no_file_has_are_shown_with_their_problem():
    text = edited(HEAD + HOLD, Edit(EditKind.SET, ("exercise", "reach", "hold_x"), 5))
    html = file_html(OpenFile(Path("x.toml"), text), frozenset())
    assert "<code>5</code>" in html
    assert html.count("unknown key") == 2


# Each problem beside the field that it names, for every kind of place.
PROBLEMS = [
    ('title = "Test session"', "title = 5", "title"),
    ('title = "Test session"', 'title = "Test session"\nlanguage = "xx"', "language"),
    ('title = "Test session"', 'title = "Test session"\nbreaks = "nothing"', "breaks"),
    ('title = "Stretch"', "", "phase 1.title"),
    ('title = "Stretch"', 'title = "Stretch"\nsides = "both"', "phase 1.sides"),
    ('exercises = ["reach"]', "exercises = []", "phase 1"),
    ('exercises = ["reach"]', 'exercises = ["reach", "reech"]', "phase 1.exercises 2"),
    ('exercises = ["reach"]', 'exercises = ["reach", { use = "reach", reps = 5 }]', "phase 1.exercises 2.reps"),
    ('exercises = ["reach"]', 'exercises = [{ choice = "a", of = ["reach"] }]', "phase 1.exercises 1"),
    (
        'exercises = ["reach"]',
        'exercises = [{ choice = "a", of = ["reach", { use = "reach", sets = 0 }] }]',
        "phase 1.exercises 1.of 2.sets",
    ),
    ('exercises = ["reach"]', 'exercises = ["reach"]\ncircuit = { rounds = 0 }', "phase 1.circuit.rounds"),
    ('sides = "each"', 'sides = "eech"', "exercise.reach.sides"),
    ("default = 45, min = 30", "default = 45, min = 50", "exercise.reach.hold_s"),
    ("default = 45, min = 30", "default = 45, min = 0", "exercise.reach.hold_s.min"),
    ('"Look ahead."]', '"Look {ahead}."]', "exercise.reach.setup 2"),
    ('"Breathe out.",', '{ say = "Breathe out.", from_s = -1 },', "exercise.reach.coaching 1.from_s"),
    ('mistake = ["Don\'t arch."]', 'mistake = "Don\'t {arch."', "exercise.reach.mistake"),
    ('name = "Reach"', 'name = { text = "Reach", clip = "no.wav" }', "exercise.reach.name.clip"),
    ('name = "Reach"', 'name = "Reach"\nfigure = { file = "no.png", alt = "None." }', "exercise.reach.figure"),
]


@pytest.mark.parametrize(("was", "wrong", "place"), PROBLEMS, ids=[place for _, _, place in PROBLEMS])
def test_a_problem_is_told_at_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], was: str, wrong: str, place: str
):
    text = (HEAD + HOLD).replace(was, wrong, 1)
    assert text != HEAD + HOLD
    path = tmp_path / "x.toml"
    path.write_text(text)
    found = checked(text, path)
    # They are those of the command.
    assert run(["protocol", "check", str(path)]) == 2
    told = capsys.readouterr().err
    assert all(problem.what in told for problem in found.problems)
    assert len(told.splitlines()) == len(found.problems)
    view = view_of(found)
    assert place in view.problems, view.problems
    html = file_html(OpenFile(tmp_path / "x.toml", text), frozenset())
    assert f'id="{view.anchors[place]}"' in html


def test_ids_of_elements_hold_no_space():
    assert element_id(("put_by", "yoga mat", 1)) == "f-put_by-yoga%20mat-1"
    names = table_controls("Protocol", (), {"put_by": {"yoga mat": "shelf"}})
    [put_by] = [control for control in names if control.label == "Put by"]
    assert [(child.label, child.value) for child in put_by.children] == [("yoga mat", "shelf")]
