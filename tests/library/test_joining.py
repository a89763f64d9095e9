"""Protocols joined: several named at once, and phases that come from another file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from audioguide.errors import AudioguideError, RequestError
from audioguide.library.joining import Part, join_protocols
from audioguide.library.protocol_files import and_breaks, load_protocol, load_protocols, parse_protocol
from audioguide.model.protocol import Protocol
from audioguide.model.recorded import recordings_of
from tests.examples import examples
from tests.helpers import layer, session_of
from tests.strategies import protocols

PART = """
format = 1
id = "{id}"
title = "{title}"
summary = ["About {title}."]
safety = ["Stop if it hurts.", "Mind {id}."]
closing = ["Well done."]
see_professional = ["See somebody."]
lexicon = {{ psoas = "so-as {id}" }}
[[phase]]
title = "Part {title}"
exercises = ["{id}-reach"]
[exercise.{id}-reach]
name = "{title} reach"
hold_s = 20
equipment = ["mat"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the protocols warm and cool."""
    for name in ("warm", "cool"):
        (tmp_path / f"{name}.toml").write_text(PART.format(id=name, title=name.capitalize()))
    return tmp_path


def written(folder: Path, name: str, body: str, head: str = "") -> Path:
    path = folder / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'format = 1\nid = "{path.stem}"\ntitle = "Host"\n{head}{body}')
    return path


def phases(protocol: Protocol) -> list[str]:
    return [phase.title for phase in protocol.phase]


def test_words_of_their_own_for_the_end_are_kept_where_all_have_the_same(folder):
    for own, joined in ((("That was it.", "That was it."), "That was it."), (("That was it.", "Bye."), None)):
        for name, words in zip(("warm", "cool"), own, strict=True):
            path = folder / f"{name}.toml"
            text = re.sub(r"^done = .*\n", "", path.read_text(encoding="utf-8"))
            path.write_text(f'done = "{words}"\n{text}', encoding="utf-8")
        assert load_protocols([folder / "warm.toml", folder / "cool.toml"]).done == joined


def test_several_are_one_session_in_which_each_thing_is_said_once(folder):
    joined = load_protocols([folder / "warm.toml", "movement-break", folder / "cool.toml"])
    assert (joined.id, joined.title) == ("warm-movement-break-cool", "Warm, Movement break and Cool")
    assert phases(joined) == ["Part Warm", "Stretch, walk, squeeze", "Part Cool"]
    assert joined.safety.count("Stop if it hurts.") == 1
    assert {"Mind warm.", "Mind cool."} <= set(joined.safety)
    assert joined.closing.count("Well done.") == joined.see_professional.count("See somebody.") == 1
    assert joined.lexicon["psoas"] == "so-as warm"
    assert joined.programme == load_protocol("movement-break").programme
    session = session_of(
        joined, layer("profile anna", exercise={"warm-reach": {"hold_s": 9}, "cool-reach": {"sets": 2}})
    )
    assert session.equipment().count("mat") == 1
    assert [session.prescriptions()[at].efforts[0].hold_ms for at in (0, -1)] == [9_000, 20_000]
    assert session.prescriptions()[-1].sets == 2


def test_one_is_itself_and_none_is_the_default():
    assert load_protocols(["interval"]) == load_protocol("interval")
    assert load_protocols([]).id == "hip-flexor"


def test_long_names_are_cut_to_what_ids_and_titles_may_have(folder):
    part = load_protocol(folder / "warm.toml")
    long = part.model_copy(update={"id": "a" * 60, "title": "B" * 105})
    joined = join_protocols(
        [Part("a", long), Part("b", part), Part("c", part.model_copy(update={"title": "Cool down again"}))]
    )
    assert joined.id == "a" * 53 + "-and-2-more"
    assert joined.title == "B" * 105 + " and 2 more"


def test_an_exercise_or_choice_that_is_not_the_same_is_an_error(folder):
    own = '[[phase]]\ntitle = "P"\nexercises = ["{use}"]\n[exercise.{use}]\nname = "Other"\nhold_s = 5\n'
    other = written(folder, "other", own.format(use="warm-reach"))
    with pytest.raises(RequestError, match=r"exercise 'warm-reach' is another one in .*warm\.toml; rename it"):
        load_protocols([folder / "warm.toml", other])
    # A definition of one's own in place of a built-in exercise is another one too.
    bridge = written(folder, "bridge", own.format(use="glute-bridge"))
    with pytest.raises(RequestError, match="exercise 'glute-bridge' is another one in hip-flexor"):
        load_protocols(["hip-flexor", bridge])
    choice = '[[phase]]\ntitle = "P"\nexercises = [{ choice = "deep-stretch", of = ["pigeon", "low-lunge-reach"] }]\n'
    with pytest.raises(RequestError, match="choice 'deep-stretch' is another one in hip-flexor"):
        load_protocols(["hip-flexor", written(folder, "choice", choice)])
    assert load_protocols(["hip-flexor", "hip-flexor"]).choices()["deep-stretch"]


def test_phases_come_from_another_file_with_its_stop_rules_and_exercises(folder):
    body = '[[phase]]\nfrom = "warm.toml"\n[[phase]]\ntitle = "Own"\nexercises = ["pigeon"]\n'
    body += '[[phase]]\nfrom = "movement-break"\n'
    host = load_protocol(written(folder, "host", body, 'safety = ["Stop if it hurts."]\nclosing = ["Bye."]\n'))
    assert phases(host) == ["Part Warm", "Own", "Stretch, walk, squeeze"]
    assert (host.title, host.summary, host.closing) == ("Host", (), ("Bye.",))
    assert host.safety[:2] == ("Stop if it hurts.", "Mind warm.")
    assert "See somebody." in host.see_professional
    assert {"warm-reach", "pigeon", "walk"} <= set(host.exercise)
    assert len(session_of(host).prescriptions()) == 5


def test_paths_start_from_the_file_that_names_them_also_in_depth(folder, monkeypatch):
    written(folder, "inner/middle", '[[phase]]\nfrom = "../warm.toml"\n')
    outer = written(folder, "outer", '[[phase]]\nfrom = "inner/middle.toml"\n[[phase]]\nfrom = "cool.toml"\n')
    monkeypatch.chdir("/")
    assert phases(load_protocol(outer)) == ["Part Warm", "Part Cool"]


def test_weeks_narrow_what_comes_from_another_file(folder):
    written(folder, "plan", WEEKS)
    host = load_protocol(written(folder, "host", '[[phase]]\nfrom = "plan.toml"\nweeks = "2-3"\n' + OWN))
    found = [len(session_of(host, layer(week=week)).prescriptions()) for week in (1, 2, 3)]
    assert found == [1, 2, 3]
    never = written(folder, "never", '[[phase]]\nfrom = "plan.toml"\nweeks = "9"\n' + OWN)
    with pytest.raises(RequestError, match=r"phase 1.weeks: nothing of plan.toml is done in week 9"):
        load_protocol(never)


WEEKS = """
[[phase]]
title = "Some"
weeks = "1-4"
exercises = [
    { use = "pigeon", weeks = "1-2" },
    { use = "half-kneeling", weeks = "3-" },
    { use = "dead-bug", weeks = "3" },
]
"""
OWN = '[[phase]]\ntitle = "Own"\nexercises = ["bird-dog"]\n'


def test_a_circle_is_one_line_that_names_the_chain(folder):
    for name, other in (("a", "b"), ("b", "c"), ("c", "./a")):
        written(folder, name, f'[[phase]]\nfrom = "{other}.toml"\n')
    with pytest.raises(RequestError) as caught:
        load_protocol(folder / "a.toml")
    assert f"{caught.value}".endswith("goes in a circle: a.toml → b.toml → c.toml → a.toml; remove one of these")
    assert len(f"{caught.value}".splitlines()) == 1
    own = written(folder, "own", '[[phase]]\nfrom = "own.toml"\n')
    (folder / "self").symlink_to(folder)
    with pytest.raises(RequestError, match=r"deep\.toml → deep\.toml"):
        load_protocol(written(folder, "deep", '[[phase]]\nfrom = "self/deep.toml"\n'))
    with pytest.raises(RequestError, match=r"own\.toml → own\.toml"):
        load_protocol(own)
    # The same file twice is no circle.
    twice = written(folder, "twice", '[[phase]]\nfrom = "warm.toml"\n[[phase]]\nfrom = "warm.toml"\n')
    assert phases(load_protocol(twice)) == ["Part Warm", "Part Warm"]


SLIPS = [
    ('from = "nosuch.toml"', "nosuch.toml: does not exist; check the path"),
    ('from = "movement-brake"', "phase 1.from: unknown protocol 'movement-brake'; did you mean 'movement-break'?"),
    ('from = "a\\u0000.toml"', "can't be read"),
    ("from = 3", "phase 1.from: 3 is not a text in quotes"),
    ('from = "warm.toml"\ntitle = "Mine"', "phase 1.title: does not go with from; the other protocol's phases come as"),
    ('from = "bad.toml"', "phase 1.from: bad.toml: phase 1.exercises 1: unknown exercise 'nothing'"),
    ('from = "warm.toml"\nweeks = "x"', "phase 1.weeks: 'x' names no weeks"),
    ('from = "clash.toml"', "phase 1.from: exercise 'bird-dog' is another one in"),
]


def test_each_slip_of_from_is_one_line_beside_the_files_other_problems(folder):
    written(folder, "bad", OWN.replace("bird-dog", "nothing"))
    written(folder, "clash", OWN + '[exercise.bird-dog]\nname = "Other"\nhold_s = 4\n')
    for text, words in SLIPS:
        with pytest.raises(AudioguideError) as caught:
            load_protocol(written(folder, "host", f"[[phase]]\n{text}\n{OWN}"))
        assert words in f"{caught.value}", caught.value
        assert f"{caught.value}".startswith(f"{folder / 'host.toml'}: phase 1.")
        assert len(f"{caught.value}".splitlines()) == 1
    with pytest.raises(AudioguideError) as caught:
        load_protocol(written(folder, "host", '[[phase]]\nfrom = "x.toml"\n[[phase]]\ntitle = "P"\nexercises = []\n'))
    problems = {line.partition(": ")[2].partition(":")[0] for line in f"{caught.value}".splitlines()}
    assert problems == {"phase 1.from", "phase 2.exercises"}


@settings(max_examples=examples(40))
@given(protocols(), protocols())
def test_a_joined_session_does_what_the_two_do_one_after_the_other(one, two):
    # Ids of their own, as equal ones with other doses can't be joined.
    two["exercise"] = {f"x{name}": exercise for name, exercise in two["exercise"].items()}
    for phase in two["phase"]:
        phase["exercises"] = [f"x{name}" for name in phase["exercises"]]
    parts = [Part(name, parse_protocol(table, name)) for name, table in (("one", one), ("two", two))]
    joined = join_protocols(parts)
    for week in (1, 2):
        # Past its last week a part by itself is refused; joined, its phases without weeks go on.
        if all(week <= 1 or not any("weeks" in phase for phase in table["phase"]) for table in (one, two)):
            alone = [session_of(part.protocol, layer(week=week)).phases for part in parts]
            assert session_of(joined, layer(week=week)).phases == (*alone[0], *alone[1])
    assert set(joined.safety) == set(one["safety"]) | set(two["safety"])


RECORDED = """
format = 1
id = "{id}"
title = "{id}"
safety = {safety}
[[phase]]
title = "Part {id}"
exercises = ["{id}-reach"]
[exercise.{id}-reach]
name = "Reach"
hold_s = 20
"""


def recorded_parts(folder: Path, *safety: str) -> list[Path]:
    paths = []
    for name, text in zip("ab", safety, strict=True):
        (folder / name).mkdir()
        paths.append(folder / name / f"{name}.toml")
        paths[-1].write_text(RECORDED.format(id=name, safety=text))
    return paths


def test_recordings_are_looked_for_beside_the_file_that_names_them(tmp_path):
    one, two = recorded_parts(
        tmp_path, '{ text = "Stop.", clip = "stop.wav" }', '{ text = "Slow.", clip = "slow.wav" }'
    )
    assert recordings_of(load_protocols([one, two])) == {
        "Stop.": tmp_path / "a/stop.wav",
        "Slow.": tmp_path / "b/slow.wav",
    }
    host = written(tmp_path, "host", '[[phase]]\nfrom = "a/a.toml"\n[[phase]]\nfrom = "b/b.toml"\n')
    assert set(recordings_of(load_protocol(host)).values()) == {tmp_path / "a/stop.wav", tmp_path / "b/slow.wav"}


def test_words_with_a_recording_in_one_part_are_heard_from_it(tmp_path):
    joined = load_protocols(recorded_parts(tmp_path, '"Stop."', '{ text = "Stop.", clip = "stop.wav" }'))
    assert joined.safety == ("Stop.",)
    assert session_of(joined).recordings == {"Stop.": tmp_path / "b/stop.wav"}


def test_two_recordings_of_the_same_words_are_refused(tmp_path):
    clip = '{ text = "Stop.", clip = "stop.wav" }'
    joined = load_protocols(recorded_parts(tmp_path, clip, clip))
    with pytest.raises(RequestError, match=r"'Stop\.' has two recordings"):
        session_of(joined)


def test_an_exercise_with_a_recording_is_another_one(tmp_path):
    paths = recorded_parts(tmp_path, '"Stop."', '"Stop."')
    for path, name in zip(paths, ('"Reach"', '{ text = "Reach", clip = "reach.wav" }'), strict=True):
        path.write_text(
            path.read_text()
            .replace("-reach", "")
            .replace('"Reach"', name)
            .replace('"b"]', '"a"]')
            .replace("[exercise.b]", "[exercise.a]")
        )
    with pytest.raises(RequestError, match="exercise 'a' is another one"):
        load_protocols(paths)


READ = """
red_flags = ["First a."]
read_red_flags = ["First if:", "It clicks."]
why = ["Slowly."]
suggestions = ["The mat."]
"""


def test_what_is_read_is_joined_too_and_who_has_only_spoken_words_gives_those(folder):
    read = written(folder, "read", '[[phase]]\nfrom = "movement-break"\n', READ)
    spoken = written(
        folder, "spoken", '[[phase]]\nfrom = "cool.toml"\n', 'red_flags = "First b."\nwhy = ["Slowly.", "Far."]\n'
    )
    joined = load_protocols([read, spoken])
    # A spoken text stands before the lists, whose leads would take it for theirs.
    assert joined.read_red_flags == ("First b.", "First if:", "It clicks.")
    assert (joined.why, joined.suggestions) == (("Slowly.", "Far."), ("The mat.",))
    assert load_protocols([spoken, folder / "warm.toml"]).read_red_flags == (), "what is spoken is printed"
    host = written(folder, "host", '[[phase]]\nfrom = "read.toml"\n', 'red_flags = "First c."\n')
    assert load_protocol(host).read_red_flags == ("First c.", "First if:", "It clicks.")


def test_breaks_are_the_first_that_are_stated_and_not_done_already(folder):
    one = written(folder, "one", '[[phase]]\nfrom = "cool.toml"\n', 'breaks = "warm.toml"\n')
    two = written(folder, "two", '[[phase]]\nfrom = "box-breathing"\n', 'breaks = "movement-break"\n')
    assert load_protocols([one, two]).breaks == str(folder / "warm.toml"), "found from any folder"
    assert load_protocols([one, folder / "warm.toml", two]).breaks == "movement-break"
    assert phases(load_protocols([one], with_breaks=True)) == ["Part Cool", "Part Warm"]
    assert phases(and_breaks(load_protocol(two)))[-1] == "Stretch, walk, squeeze"
    assert and_breaks(load_protocol("interval")) == load_protocol("interval")
