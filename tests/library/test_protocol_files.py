from pathlib import Path

import pytest

from audioguide.errors import FileError, RequestError
from audioguide.library.builtin import exercise_files, exercises
from audioguide.library.protocol_files import builtin_ids, load_protocol, unused_exercises
from audioguide.library.rules import exercise_problems
from audioguide.library.toml_files import parse_toml
from audioguide.storage.packaged_files import packaged_file, packaged_in
from tests.helpers import HEAD, HOLD, REPS, parsed

ONE = '[[phase]]\ntitle = "One"\nexercises = ["a"]\n[exercise.a]\nname = "A"\n'
CIRCUIT = ONE.replace('["a"]', '["a"]\ncircuit = { work_s = 9 }')


def problems(text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        parsed(HEAD + text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("name", builtin_ids())
def test_built_in_protocols_are_sound_and_use_all_they_define(name):
    assert unused_exercises(load_protocol(name)) == ()


def test_the_files_of_exercises_are_sound():
    for name in packaged_in("library/exercises"):
        table = parse_toml(packaged_file(f"library/exercises/{name}"), name)
        assert table.keys() == {"format", "exercise"}
        assert table["format"] == 1
        assert list(exercise_problems(table["exercise"])) == []
    ids = [name for exercises_of_file in exercise_files().values() for name in exercises_of_file]
    assert len(ids) == len(set(ids)) == len(exercises())


def test_the_library_has_its_fifteen_exercises_and_any_protocol_may_use_each():
    # The source describes fifteen; more may be added.
    assert len(exercises()) >= 15
    for name in exercises():
        protocol = parsed(HEAD + f'[[phase]]\ntitle = "One"\nexercises = ["{name}"]\n')
        assert protocol.exercise[name].name


def test_the_hip_flexor_session_has_its_eight_exercises_in_order():
    uses = [[use.use for use in item.options] for phase in load_protocol().phase for item in phase.exercises]
    assert uses == [
        ["quad-foam-roll"],
        ["psoas-ball"],
        ["half-kneeling"],
        ["couch-stretch", "supine-hang"],
        ["low-lunge-reach"],
        ["glute-bridge"],
        ["dead-bug"],
        ["bird-dog"],
    ]


def test_an_exercise_of_the_file_comes_before_a_built_in_one_of_the_same_id():
    protocol = parsed(HEAD + ONE.replace("exercise.a", "exercise.pigeon").replace('"a"', '"pigeon"') + "hold_s = 9\n")
    assert protocol.exercise["pigeon"].name == "A"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ONE, "exercise.a: has no work; add hold_s = 45, or reps = 10 with a tempo"),
        (ONE + "reps = 3\n", "exercise.a: has reps without a tempo"),
        (ONE + "hold_s = 3\nreps = 3\n", "exercise.a: has both hold_s and reps"),
        (ONE + "hold_s = 3\ntempo = [{ s = 1 }]\n", "exercise.a.tempo: belongs to reps"),
        (ONE + 'hold_s = 3\nsides = "alternating"\n', "exercise.a.sides: alternating sides need reps"),
        (ONE + 'hold_s = 3\nsides = "one"\n', "exercise.a.sides: 'one' is unknown; use 'each', 'alternating'"),
        (ONE + 'hold_s = 3\nmid_set = "Long."\n', "a.mid_set: has no rep to be said in"),
        (ONE + 'hold_s = 3\nleave_between = "Come out."\n', "a.leave_between: has neither a change of sides nor"),
        (ONE + "hold_s = 0\n", "exercise.a.hold_s: 0 is out of bounds; use a number of at least 1"),
        (ONE + "hold_s = nan\n", "exercise.a.hold_s: nan is no number to count with"),
        (ONE + "hold_s = true\n", "exercise.a.hold_s: true does not belong here; write seconds such as 45"),
        (ONE + 'hold_s = "45"\n', "exercise.a.hold_s: '45' does not belong here; write 45, without quotes"),
        (ONE + "hold_s = { default = 5, min = 9 }\n", "exercise.a.hold_s: 5 is below the min of 9; widen"),
        (ONE + "hold_s = 3\nholds = 3\n", "exercise.a.holds: unknown key; did you mean 'hold_s'?"),
        (ONE + 'hold_s = 3\nsetup = "Your {side} leg."\n', "exercise.a.setup 1: names a side where there is none"),
        (ONE + 'hold_s = 3\nsides = "each"\nsetup = "{leg}"\n', "exercise.a.setup 1: {leg} is unknown; write {side}"),
        (ONE + 'hold_s = 3\nsetup = "{left|right} leg."\n', "exercise.a.setup 1: names a side where there is none"),
        (ONE + 'hold_s = 3\nsides = "each"\nsetup = "{linkes|} Knie."\n', "exercise.a.setup 1: {linkes|} lacks a form"),
        (ONE + 'hold_s = 3\nsides = "each"\nload = "links|rechts"\n', "exercise.a.load 1: has a bar outside braces"),
        (ONE.replace('"A"', '"{left|right} A"') + "hold_s = 3\n", "exercise.a.name: names a side where there is none"),
        (ONE + 'hold_s = 3\nsetup = "{side"\n', "exercise.a.setup 1: has a brace without its partner"),
        (ONE.replace('["a"]', '["b"]') + "hold_s = 3\n", "phase 1.exercises 1: unknown exercise 'b'"),
        (ONE.replace('["a"]', '["pigeom"]') + "hold_s = 3\n", "unknown exercise 'pigeom'; did you mean 'pigeon'?"),
        (ONE.replace('["a"]', "[]") + "hold_s = 3\n", "phase 1.exercises: empty"),
        (ONE.replace('["a"]', '[{ choice = "c", of = ["a"] }]') + "hold_s = 3\n", "of: leaves nothing to choose"),
        (ONE.replace('["a"]', '[{ use = "a", reps = 2 }]') + "hold_s = 3\n", "'a' is done by hold_s"),
        (CIRCUIT + "reps = 3\ntempo = [{ s = 2 }]\n", "'a' counts reps, and the circuit works by time"),
        (CIRCUIT.replace('"a"', '{ use = "a", sets = 2 }') + "hold_s = 9\n", "sets: has no place in a circuit"),
        ("", "phase: missing; add phase = …"),
        ("phase = { title = 'A' }", "phase: a table is not a list; write [[phase]] above each phase"),
        (ONE.replace('["a"]', "[{}]") + "hold_s = 3\n", "phase 1.exercises 1: names no exercise"),
        (ONE.replace('"A"', '"A {side}"') + "hold_s = 3\n", "exercise.a.name: names a side where there is none"),
        (ONE + 'hold_s = 3\nsetup = "{side!r}"\n', "exercise.a.setup 1: has a brace without its partner"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place_and_its_mend(text, problem):
    assert any(problem in found for found in problems(text)), problems(text)


def test_every_fault_of_a_file_is_named_at_once():
    text = ONE.replace('["a"]', '["a", "nobody"]') + 'hold_s = -5\nsides = "eech"\nrest = 3\nsetup = [7]\n'
    assert len(problems(text.replace("title", "titel"))) == 7


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        ("x" * 10_000, "title: 10000 characters long; use at most 120"),
        ("one\\ntwo", "title: has a line break or control character"),
        ("🧘", "title: has no word that could be said"),
        ("①", "title: has no word that could be said"),
        ("", "title: has no word that could be said"),
    ],
)
def test_a_title_that_can_t_be_said_is_refused(title, problem):
    with pytest.raises(FileError) as caught:
        parsed(f'format = 1\nid = "t"\ntitle = "{title}"\n' + HOLD)
    assert problem in str(caught.value)


def test_quotes_emoji_and_dots_in_a_title_are_kept():
    title = "Anna's “own” 🧘\u200d♀️ ../ set"
    assert parsed(f"format = 1\nid = 't'\ntitle = \"{title}\"\n" + HOLD).title == title


@pytest.mark.parametrize("bad", ["../x", "a/b", "", "A B", "x" * 65])
def test_an_id_that_could_name_another_file_is_refused(bad):
    with pytest.raises(FileError, match="id: "):
        parsed(f'format = 1\nid = "{bad}"\ntitle = "T"\n' + HOLD)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"format = ", "is not valid TOML"),
        (b"title = '\xff'", "is not UTF-8 text (line 1)"),
        (b"[exercise.a]\nname='A'\n[exercise.a]\nname='B'\n", "the same id or key stands twice"),
        (b"x = " + b"[" * 5000, "is"),
    ],
)
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes, problem: str):
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        load_protocol(path)
    assert problem in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path):
    with pytest.raises(FileError, match="is a folder"):
        load_protocol(tmp_path)
    with pytest.raises(FileError, match="does not exist"):
        load_protocol(tmp_path / "none.toml")


def test_a_byte_order_mark_is_passed_over(tmp_path: Path):
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + HOLD).encode())
    assert load_protocol(path).id == "test"


def test_an_unknown_protocol_names_near_ones():
    with pytest.raises(RequestError, match="unknown protocol 'hipflexor'; did you mean 'hip-flexor'"):
        load_protocol("hipflexor")


@pytest.mark.parametrize(("seconds", "sound"), [(0, True), (0.5, True), (0.2, False), (-1, False)])
def test_a_part_of_a_tempo_takes_half_a_second_or_none(seconds, sound):
    text = REPS.replace('"Hold", s = 3', f'"Hold", s = {seconds}')
    if sound:
        assert parsed(text).exercise["bridge"].tempo[1].s == seconds
        return
    with pytest.raises(FileError) as caught:
        parsed(text)
    assert "exercise.bridge.tempo 2.s" in str(caught.value)


def test_a_tempo_takes_time():
    with pytest.raises(FileError, match="takes no time"):
        parsed(REPS.replace("s = 1 ", "s = 0 ").replace("s = 3 ", "s = 0 ").replace("s = 2 ", "s = 0 "))
