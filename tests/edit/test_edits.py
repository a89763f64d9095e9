"""Edits change what they say and nothing else: comments, order and layout of a file stay."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioguide.edit.checked_text import checked
from audioguide.edit.edits import END, Edit, EditKind, edited, is_same, value_at
from audioguide.edit.format_fields import fields_of
from audioguide.errors import FileError, RequestError
from audioguide.library.protocol_files import builtin_ids, builtin_text
from audioguide.library.translations import template
from tests.examples import examples

K = EditKind
SMALL = """\
# Above all.
format = 1
id = "small"   # its id
title = "Small"

# About the first phase.
[[phase]]   # first
title = "First"
exercises = [
    # above one
    "one",   # about one
    { use = "two", sets = 2 },   # about two
    "bird-dog"   # about the last
]   # end of list

# A remark between.

# About the second phase.
[[phase]]
title = "Second"
exercises = ["one"]   # only one
circuit = { rounds = 2 }

# About one.
[exercise.one]
name = "One"
hold_s = 30   # seconds
setup = "Stand."
# after one

[exercise.two]
name = "Two"
reps = { default = 8, min = 6 }   # a range
tempo = [{ say = "Lift", s = 2 }, { say = "Lower", s = 2 }]
coaching = ["Breathe.", "Look up."]
"""

ODD = """\
format=1
"id"='odd'
title = \"\"\"Odd\"\"\"
put_by.mat = "wall" # where
put_by . "yoga block" = "shelf"
phase = [ # inline phases
  { title = "A", exercises = [ "one"
  , "two" ] },   # comma first
]
exercise.one.name = "One" # dotted
exercise.one.hold_s = 30
[exercise.two]
name="Two" ; x
""".replace(" ; x", "")


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that only one of two texts has."""
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("edit", "gone", "new"),
    [
        (Edit(K.SET, ("title",), "Big"), ['title = "Small"'], ['title = "Big"']),
        (
            Edit(K.SET, ("exercise", "one", "hold_s"), 45.5),
            ["hold_s = 30   # seconds"],
            ["hold_s = 45.5   # seconds"],
        ),
        # A bare number becomes a dose with its range, an id a use, a text a line with its time.
        (
            Edit(K.SET, ("exercise", "one", "hold_s", "max"), 60),
            ["hold_s = 30   # seconds"],
            ["hold_s = { default = 30, max = 60 }   # seconds"],
        ),
        (
            Edit(K.SET, ("phase", 0, "exercises", 0, "sets"), 3),
            ['    "one",   # about one'],
            ['    { use = "one", sets = 3 },   # about one'],
        ),
        (
            Edit(K.SET, ("exercise", "two", "coaching", 1, "from_s"), 20),
            ['coaching = ["Breathe.", "Look up."]'],
            ['coaching = ["Breathe.", { say = "Look up.", from_s = 20 }]'],
        ),
        (
            Edit(K.SET, ("exercise", "two", "coaching", 1, "clip"), "a.wav"),
            ['coaching = ["Breathe.", "Look up."]'],
            ['coaching = ["Breathe.", { text = "Look up.", clip = "a.wav" }]'],
        ),
        (Edit(K.SET, ("phase", 0, "circuit", "rounds"), 3), [], ["circuit = { rounds = 3 }"]),
        (
            Edit(K.SET, ("phase", 1, "circuit", "rest_s"), 0),
            ["circuit = { rounds = 2 }"],
            ["circuit = { rounds = 2, rest_s = 0 }"],
        ),
        (Edit(K.SET, ("exercise", "one", "sides"), "each"), [], ['sides = "each"']),
        (Edit(K.REMOVE, ("exercise", "one", "hold_s")), ["hold_s = 30   # seconds"], []),
        (
            Edit(K.REMOVE, ("exercise", "two", "reps", "min")),
            ["reps = { default = 8, min = 6 }   # a range"],
            ["reps = { default = 8 }   # a range"],
        ),
        (Edit(K.REMOVE, ("phase", 0, "exercises", 0)), ["    # above one", '    "one",   # about one'], []),
        (Edit(K.INSERT, ("phase", 0, "exercises", 0), "plank"), [], ['    "plank",']),
        (
            Edit(K.INSERT, ("phase", 0, "exercises", 3), "plank"),
            ['    "bird-dog"   # about the last'],
            ['    "bird-dog",   # about the last', '    "plank"'],
        ),
        (
            Edit(K.INSERT, ("exercise", "one", "setup", END), "Breathe."),
            ['setup = "Stand."'],
            ['setup = ["Stand.", "Breathe."]'],
        ),
        (
            Edit(K.INSERT, ("phase", 2), {"title": "Third", "exercises": ["one"]}),
            [],
            ['exercises = ["one"]', 'title = "Third"'],
        ),
        (Edit(K.INSERT, ("phase", END), {"from": "movement-break"}), [], ['from = "movement-break"']),
        (
            Edit(K.CHOICE, ("phase", 0, "exercises", 1), "bird-dog"),
            ['    { use = "two", sets = 2 },   # about two'],
            ['    { choice = "choice", of = [{ use = "two", sets = 2 }, "bird-dog"] },   # about two'],
        ),
        (
            Edit(K.NEW_EXERCISE, ("phase", 1, "exercises", 1), {"name": "Füße hoch!", "work": "hold"}),
            ['exercises = ["one"]   # only one'],
            [
                'exercises = ["one", "fusse-hoch"]   # only one',
                "[exercise.fusse-hoch]",
                'name = "Füße hoch!"',
                'sides = "both"',
                "setup_s = 10",
                "hold_s = 30",
            ],
        ),
        (Edit(K.SET, ("programme", "weeks"), 6), [], ["[programme]", "weeks = 6"]),
        (Edit(K.SET, ("put_by", "yoga mat"), "wall"), [], ["[put_by]", '"yoga mat" = "wall"']),
        (Edit(K.SET, ("exercise", "three"), {"name": "Three"}), [], ["[exercise.three]", 'name = "Three"']),
    ],
)
def test_an_edit_changes_its_lines_only(edit: Edit, gone: list[str], new: list[str]):
    old_lines, new_lines = changed_lines(SMALL, edited(SMALL, edit))
    assert (old_lines, sorted(new_lines)) == (gone, sorted(new))


def test_a_phase_moves_with_the_comments_above_and_inside_it():
    made = edited(SMALL, Edit(K.MOVE, ("phase", 1), 0))
    assert sorted(made.split("\n")) == sorted(SMALL.split("\n"))
    order = [
        "# Above all.",
        "# About the second phase.",
        "# only one",
        "# A remark between.",
        "# About the first phase.",
    ]
    assert [made.index(comment) for comment in order] == sorted(made.index(comment) for comment in order)
    assert edited(made, Edit(K.MOVE, ("phase", 0), 1)) == SMALL


def test_an_entry_of_a_list_moves_with_its_comments():
    made = edited(SMALL, Edit(K.MOVE, ("phase", 0, "exercises", 0), 2))
    assert (
        """exercises = [
    { use = "two", sets = 2 },   # about two
    "bird-dog",   # about the last
    # above one
    "one"   # about one
]   # end of list"""
        in made
    )


def test_what_is_taken_out_takes_its_own_comments_and_no_others():
    without_phase = edited(SMALL, Edit(K.REMOVE, ("phase", 0)))
    assert "first" not in without_phase.lower().replace("# about the first", "x")
    for kept in ("# Above all.", "# A remark between.", "# About the second phase.", "# About one.", "# a range"):
        assert kept in without_phase
    without_exercise = edited(SMALL, Edit(K.REMOVE, ("exercise", "one")))
    assert not {"# About one.", "# seconds", "# after one"} & {*re.findall("#.*", without_exercise)}
    assert "\n\n\n" not in without_exercise


def test_the_equals_signs_of_a_column_stay_one():
    text = 'format  = 1\nid      = "x"\n\n[exercise.one]\nname    = "One"\nsetup_s = 5\n'
    assert "hold_s  = 30\n" in edited(text, Edit(K.SET, ("exercise", "one", "hold_s"), 30))


def test_a_list_goes_with_its_last_entry_unless_it_must_be_there():
    text = (
        SMALL + 'setup_again = ["Again {side}."]\n' + 'load_again = [\n    "Push.",   # hard\n]\nread = ["A.", "B."]\n'
    )
    text += '\n[[exercise.two.suggested]]\nsay = "Slowly."\n'
    for key in ("setup_again", "load_again", "suggested"):
        left = tomllib.loads(edited(text, Edit(K.REMOVE, ("exercise", "two", key, 0))))["exercise"]["two"]
        assert key not in left, "an empty list would say that nothing is new there"
    one = edited(text, Edit(K.REMOVE, ("exercise", "two", "read", 0)))
    assert tomllib.loads(one)["exercise"]["two"]["read"] == ["B."]
    # What a phase does must be stated, and stays a list to be filled again.
    assert edited(text, Edit(K.REMOVE, ("phase", 1, "exercises", 0))).count("exercises = []") == 1
    empty = edited(SMALL, Edit(K.SET, ("exercise", "two", "setup_again"), []))
    assert tomllib.loads(empty)["exercise"]["two"]["setup_again"] == []
    back = edited(empty, Edit(K.REMOVE, ("exercise", "two", "setup_again")))
    assert "setup_again" not in back


def test_a_list_that_grows_too_long_for_a_line_gets_a_line_each():
    text = 'setup = ["Kneel on the mat, and put your left foot flat in front of you, both knees bent, tall."]  # how\n'
    made = edited(text, Edit(K.INSERT, ("setup", 1), "Then squeeze your glutes."))
    assert made.count("\n    ") == 2
    assert made.endswith("]  # how\n")


def test_a_file_in_an_unusual_layout_is_changed_or_refused_but_never_damaged():
    assert 'exercise.one.sides = "each"' in edited(ODD, Edit(K.SET, ("exercise", "one", "sides"), "each"))
    assert 'put_by.ball = "door"' in edited(ODD, Edit(K.SET, ("put_by", "ball"), "door"))
    assert 'title = "B"' in edited(ODD, Edit(K.SET, ("phase", 0, "title"), "B"))
    with pytest.raises(RequestError, match="edit it as text"):  # its comma stands on the next line
        edited(ODD, Edit(K.MOVE, ("phase", 0, "exercises", 0), 1))


@pytest.mark.parametrize(
    "edit",
    [
        Edit(K.SET, ()),
        Edit(K.SET, ("phase", 7, "title"), "x"),
        Edit(K.SET, ("title", "x", "y"), 1),
        Edit(K.SET, ("title",), None),
        Edit(K.SET, ("title",), "half \ud83d of a sign"),
        Edit(K.REMOVE, ("summary",)),
        Edit(K.REMOVE, ("phase", 9)),
        Edit(K.INSERT, ("phase", 9), {}),
        Edit(K.INSERT, ("phase", "x"), {}),
        Edit(K.MOVE, ("phase", 0), 9),
        Edit(K.MOVE, ("phase", 0), "x"),
        Edit(K.MOVE, ("title",), 0),
        Edit(K.NEW_EXERCISE, ("phase", 0, "exercises", 0), {"name": " ", "work": "hold"}),
        Edit(K.NEW_EXERCISE, ("phase", 0, "exercises", 0), {"name": "x", "work": "swim"}),
        Edit(K.OWN_EXERCISE, (), "no-such-exercise"),
        Edit(K.CHOICE, ("phase", 0), "one"),
    ],
)
def test_what_cannot_be_done_is_refused(edit: Edit):
    with pytest.raises(RequestError):
        edited(SMALL, edit)


def test_only_its_whole_text_can_be_edited_where_a_file_is_no_toml():
    with pytest.raises(FileError):
        edited("a = = 1", Edit(K.SET, ("a",), 1))
    assert edited("a = = 1", Edit(K.TEXT, (), SMALL)) == SMALL


def test_a_built_in_exercise_is_copied_in_the_language_of_the_file():
    german = template("de")
    made = tomllib.loads(edited(german, Edit(K.OWN_EXERCISE, (), "couch-stretch")))["exercise"]["couch-stretch"]
    assert (
        made["name"]
        != tomllib.loads(edited(SMALL, Edit(K.OWN_EXERCISE, (), "couch-stretch")))["exercise"]["couch-stretch"]["name"]
    )
    assert checked(edited(german, Edit(K.OWN_EXERCISE, (), "couch-stretch")), Path("x.toml")).problems == ()


def test_a_built_in_exercise_is_copied_in_a_region_of_a_language_and_in_no_unknown_one():
    copied = Edit(K.OWN_EXERCISE, (), "couch-stretch")
    austrian = template("de").replace('language = "de"', 'language = "de-AT"')
    assert austrian != template("de")
    assert edited(austrian, copied) == edited(template("de"), copied).replace('language = "de"', 'language = "de-AT"')
    with pytest.raises(RequestError):
        edited(f'language = ""\n{SMALL}', copied)


@pytest.mark.parametrize("name", builtin_ids())
def test_every_field_of_the_format_can_be_set_in_a_built_in_file(name: str):
    text = edited(
        builtin_text(name), Edit(K.NEW_EXERCISE, ("phase", 0, "exercises", 0), {"name": "Mine", "work": "hold"})
    )
    places: dict[str, tuple[str | int, ...]] = {"Protocol": (), "Phase": ("phase", 0), "Exercise": ("exercise", "mine")}
    places |= {"Item": ("phase", 0, "exercises", 0), "Circuit": ("phase", 0, "circuit"), "Programme": ("programme",)}
    for table, path in places.items():
        for field in fields_of(table):
            # A table that has a section of its own is changed by its keys.
            if field.key not in ("phase", "exercise", "programme"):
                made = tomllib.loads(edited(text, Edit(K.SET, (*path, field.key), field.example)))
                assert is_same(value_at(made, (*path, field.key)), field.example)


# Whatever is done

MARKED = {
    name: "".join(
        f"{line}   #@{number}\n" if re.fullmatch(r"[^#]*[\]}\"\d,e]", line) and '"""' not in line else f"{line}\n"
        for number, line in enumerate(text.split("\n"))
    )
    for name, text in {
        **{name: builtin_text(name) for name in builtin_ids()},
        "template": template("en"),
        "small": SMALL,
    }.items()
} | {"odd": ODD}
"""Files with a mark in a comment at the end of nearly every line."""


def marks(text: str) -> list[str]:
    return sorted(re.findall(r"#@\d+", text))


def paths_in(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inside for found in paths_in(each, (*path, key)))]


TYPED = st.one_of(
    st.sampled_from(
        ["", "Reach up.", 'Say "Hi" # no comment', "{side} knee", "bird-dog", "each", "3-1-1", "tab\there", "\\"]
    ),
    st.integers(-3, 2_000),
    st.floats(0, 100).map(lambda value: round(value, 2)),
    st.booleans(),
    st.just({}),
    st.just([]),
    st.just(["one", {"use": "two"}]),
    st.just({"default": 5, "min": 3}),
)
TABLES = ("Protocol", "Phase", "Item", "Exercise", "Circuit", "CoachingLine", "Programme", "Seconds", "Cues")


@st.composite
def edits(draw: st.DrawFn, data: dict[str, Any]) -> Edit:
    """An edit such as a page might send for a file that holds ``data``, sensible or not."""
    kind = draw(
        st.sampled_from([K.SET, K.SET, K.SET, K.REMOVE, K.INSERT, K.MOVE, K.NEW_EXERCISE, K.OWN_EXERCISE, K.CHOICE])
    )
    path = draw(st.sampled_from(paths_in(data)))
    found = value_at(data, path)
    count = len(found) if isinstance(found, list) else 1
    match kind:
        case K.SET if isinstance(found, dict) or draw(st.booleans()):
            field = draw(st.sampled_from(fields_of(draw(st.sampled_from(TABLES)))))
            return Edit(kind, (*path, field.key), draw(TYPED | st.just(field.example)))
        case K.SET | K.REMOVE:
            return Edit(kind, path, draw(TYPED))
        case K.INSERT:
            return Edit(kind, (*path, draw(st.integers(0, count))), draw(TYPED))
        case K.MOVE:
            return Edit(kind, (*path, draw(st.integers(0, count))), draw(st.integers(0, count)))
        case K.NEW_EXERCISE:
            return Edit(kind, ("phase", 0, "exercises", draw(st.integers(0, 2))), {"name": "New", "work": "reps"})
        case K.OWN_EXERCISE:
            return Edit(kind, (), draw(st.sampled_from(["couch-stretch", "bird-dog"])))
    return Edit(K.CHOICE, path, "bird-dog")


@settings(max_examples=examples(200))
@given(st.data())
def test_random_edits_leave_a_file_that_loads_and_keep_every_comment(data: st.DataObject):
    """Ten edits one after the other in each example, 2,000 in the whole run."""
    text = MARKED[data.draw(st.sampled_from([*MARKED]))]
    for _ in range(10):
        table = tomllib.loads(text)
        edit = data.draw(edits(table))
        before = text
        try:
            text = edited(text, edit)
        except RequestError:
            continue
        made = tomllib.loads(text)
        if edit.kind is K.REMOVE:
            assert {*marks(text)} <= {*marks(before)}
            # A list goes with its last entry.
            is_last = value_at(table, edit.path[:-1]) == [value_at(table, edit.path)]
            assert value_at(made, edit.path[:-2] if is_last else edit.path[:-1]) is not None
        else:
            # A whole list or table that is set anew has no place for the comments inside the old one.
            replaced = value_at(table, edit.path) if edit.kind in (K.SET, K.CHOICE) else None
            if not isinstance(replaced, list | dict):
                assert marks(text) == marks(before)
        if edit.kind is K.SET:
            assert is_same(value_at(made, edit.path), edit.value)
    found = checked(text, Path("random.toml"))
    # The session comes out, or the page says why not, and it says so for places that a person can find.
    assert (found.plan is None) == bool(found.problems)
    assert all(problem.what for problem in found.problems)
