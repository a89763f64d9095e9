import io
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from audioguide.library.profile_files import load_profile, profile_folder, profile_path
from tests.examples import part

if sys.platform != "win32":
    from tests.cli.terminal import Terminal

in_a_terminal = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind: run the tests on Linux or macOS"
)

ENTER = "\n"

WAY = {
    "name": "anna",
    "protocol": "",
    "minutes": "",
    "side": "",
    "acute": "",
    "conditions": "",
    "equipment": "",
    "known": "",
    "start": "",
    "write": "",
}
"""An answer to each question about the built-in session, in the order in which they come."""


@pytest.fixture
def guided(audioguide, monkeypatch):
    """Ask with --ask, and answer with the lines given, else with Enter; an answer may be a list of lines."""

    def call(*arguments, **answers):
        assert set(answers) <= set(WAY), "there is such a question"
        lines = [line for answer in (WAY | answers).values() for line in _lines(answer)]
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return audioguide("profile", "new", "--ask", "--engine", "fake", *arguments)

    return call


OWN = """
format = 1
id = "one"
title = "One"
[[phase]]
title = "Release"
exercises = ["psoas-ball"]
"""


def _lines(answer):
    return answer if isinstance(answer, list) else [] if answer is None else [answer]


def written():
    return sorted(path.name for path in profile_folder().glob("*")) if profile_folder().exists() else []


def test_enter_everywhere_makes_the_whole_session(guided):
    ran = guided()
    assert ran.code == 0, ran.err
    assert "Hip flexor release, " in ran.out
    assert "Left out" not in ran.out
    assert str(profile_path("anna")) in ran.out
    assert ran.out.rstrip().endswith("make its MP3: audioguide build hip-flexor --profile anna")
    profile = load_profile("anna")
    assert (profile.name, profile.detail, profile.minutes, profile.weak_side) == ("anna", "full", None, None)
    assert (profile.acute, profile.avoid, profile.skip, profile.choose) == (False, (), (), {})
    assert profile.started == date.today()


def test_answers_become_the_profile(guided):
    ran = guided(
        minutes="20",
        side="left",
        acute="y",
        conditions="1",
        equipment=["foam roller, wall or couch", "yes"],
        known="a bit",
        start="none",
    )
    assert ran.code == 0, ran.err
    profile = load_profile("anna")
    assert (profile.detail, profile.minutes, profile.weak_side, profile.acute) == ("brief", 20, "left", True)
    assert (profile.avoid, profile.started) == (("pregnancy",), None)
    assert (profile.skip, profile.choose) == (("quad-foam-roll",), {"deep-stretch": "supine-hang"})
    assert "no foam roller at hand" in ran.out
    assert "avoided: pregnancy" in ran.out
    assert "Nothing of 'Release' is left to do." in ran.out


def test_a_name_is_asked_where_none_is_given_and_only_then(guided):
    assert guided("ben", name=None).code == 0
    assert guided(name="").code == 0
    assert written() == ["ben.toml", "me.toml"]


def test_the_usual_name_is_offered_while_it_is_free(guided):
    guided(name="")
    ran = guided(name=["", "carl"])
    assert "Type a name of letters and digits" in ran.out
    assert written() == ["carl.toml", "me.toml"]


@pytest.mark.parametrize(
    ("question", "answer", "message"),
    part(
        [
            ("name", "../evil", "can't be a profile's name"),
            ("name", "_", "use at least one letter"),
            ("name", "bobo", "'bobo' exists already"),
            ("name", "ä" * 64 + "ö", "can't be a profile's name"),
            ("name", "\U00010400" * 64, "can't be a profile's file"),
            ("protocol", "7", "7"),
            ("protocol", "hip-flexr", "did you mean 'hip-flexor'?"),
            ("protocol", "none.toml", "does not exist"),
            ("protocol", "~/none.toml", "does not exist"),
            ("minutes", "0", "whole minutes from 1 to 1440"),
            ("minutes", "-5", "whole minutes from 1 to 1440"),
            ("minutes", "abc", "whole minutes from 1 to 1440"),
            ("side", "middle", "type none, left or right"),
            ("acute", "maybe", "type no or yes"),
            ("conditions", "pregnant", "did you mean 'pregnancy'?"),
            ("conditions", "9", "There is no number 9"),
            ("equipment", "kettlebell", "'kettlebell' is not in the list"),
            ("equipment", "all", "nothing of 'Hip flexor release' is left to do"),
            ("known", "perhaps", "type no, a bit or yes"),
            ("start", "someday", "'someday' is no date"),
            ("write", "hm", "type yes or no"),
        ],
        of=2,
    ),
)
def test_a_wrong_answer_is_explained_and_asked_again(audioguide, guided, question, answer, message):
    audioguide("profile", "new", "bobo", "--no-ask")
    ran = guided(**{question: [answer, WAY[question]]})
    assert ran.code == 0, ran.err
    assert message in " ".join(ran.out.split())
    assert written() == ["anna.toml", "bobo.toml"]
    assert load_profile("anna").skip == ()


def test_an_emptied_phase_is_told_and_can_be_taken_back(guided):
    ran = guided(equipment=["mat", "n", "foam roller"])
    assert "Nothing of 'Strengthen' is left to do." in ran.out
    assert load_profile("anna").skip == ("quad-foam-roll",)


def test_no_at_the_end_writes_nothing(guided):
    ran = guided(write="n")
    assert (ran.code, written()) == (0, [])
    assert ran.out.endswith("nothing was written\n")


@pytest.mark.parametrize("last", WAY)
def test_no_more_answers_leave_with_nothing_written(guided, last):
    rest = list(WAY)[list(WAY).index(last) :]
    ran = guided(**dict.fromkeys(rest))
    assert ran.code == 1
    assert "there was no answer" in ran.err
    assert written() == []


@pytest.mark.parametrize("after", range(len(WAY)))
def test_ctrl_c_leaves_with_nothing_written(audioguide, monkeypatch, after):
    answers = iter(list(WAY.values())[:after])

    def read(_prompt):
        try:
            return next(answers)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("click.termui.visible_prompt_func", read)
    ran = audioguide("profile", "new", "--ask", "--engine", "fake")
    assert (ran.code, ran.err) == (130, "audioguide: stopped; no file is half written\n")
    assert written() == []


def test_a_taken_name_is_refused_before_any_question(audioguide, guided):
    audioguide("profile", "new", "anna", "--no-ask")
    ran = guided("anna")
    assert (ran.code, ran.out) == (2, "")
    assert "profile 'anna' exists already; change it with `audioguide profile set anna`" in ran.err


def test_a_folder_that_is_none_is_refused_before_any_question(guided, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    ran = guided("anna")
    assert (ran.code, ran.out) == (2, "")
    assert "profiles can't be kept there" in ran.err


def test_what_options_say_is_not_asked(guided):
    options = "--minutes 30 --weak-side right --acute --avoid pregnancy --without mat --experience expert"
    named = dict.fromkeys(("minutes", "side", "acute", "conditions", "equipment", "known", "start", "protocol"))
    ran = guided(*options.split(), "--protocol", "hip-flexor", "--started", "2026-01-05", **named)
    assert ran.code == 0, ran.err
    profile = load_profile("anna")
    assert (profile.minutes, profile.detail, profile.started) == (30, "minimal", date(2026, 1, 5))
    assert "glute-bridge" in profile.skip


def test_a_protocol_without_such_things_is_not_asked_about_them(guided):
    unasked = dict.fromkeys(("side", "acute", "conditions", "equipment", "start"))
    ran = guided(protocol="box-breathing", **unasked)
    assert ran.code == 0, ran.err
    assert "16 reps" in ran.out
    assert load_profile("anna").started is None


def test_a_file_of_ones_own_is_named_by_its_whole_path(guided, tmp_path):
    Path("mine.toml").write_text(OWN)
    ran = guided(protocol="mine.toml", acute=None, start=None)
    assert ran.code == 0, ran.err
    assert f"audioguide build {tmp_path / 'mine.toml'} --profile anna" in profile_path("anna").read_text()


def test_a_start_in_the_future_shows_the_first_session(guided):
    monday = date.today() + timedelta(days=30)
    ran = guided(start=f"{monday}")
    assert ran.code == 0
    assert "can't be made" not in ran.out
    assert load_profile("anna").started == monday


def test_a_session_that_cant_be_made_is_told_and_written_only_if_wished(guided):
    ran = guided("--music", "nowhere.mp3")
    assert ran.code == 0
    assert "This session can't be made:" in ran.out
    assert written() == []
    assert guided("--music", "nowhere.mp3", write="y").code == 0
    assert written() == ["anna.toml"]


def test_a_protocol_that_conditions_leave_nothing_of_asks_again(guided):
    Path("one.toml").write_text(OWN)
    ran = guided(protocol="one.toml", acute=None, conditions=["pregnancy", ""], start=None)
    assert ran.code == 0, ran.err
    assert "Nothing of 'One' is left to do; leave out less" in ran.out
    assert load_profile("anna").avoid == ()


def test_the_file_explains_each_line_and_set_keeps_that(audioguide, guided):
    guided(minutes="20", equipment="1")
    before = profile_path("anna").read_text()
    assert "# quad-foam-roll: no foam roller at hand." in before
    options = "--minutes 15 --weak-side left --rate 130 --hold couch-stretch.left=40 --skip bird-dog --loudness -18"
    options += " --choose deep-stretch=supine-hang --avoid pregnancy --scale 1.1 --no-halfway --days mon,wed,fri"
    assert audioguide("profile", "set", "anna", *options.split()).code == 0
    after = profile_path("anna").read_text()
    examples = {'# weak_side = "left"', '# days = ["mon", "wed", "fri"]'}
    assert {line for line in before.splitlines() if line.startswith("#")} - set(after.splitlines()) == examples
    profile = load_profile("anna")
    assert (profile.minutes, profile.weak_side, profile.days) == (15, "left", ("mon", "wed", "fri"))
    assert (profile.scale, profile.voice.rate_wpm, profile.cues.halfway) == (1.1, 130, False)
    assert profile.exercise["couch-stretch"].hold_s.left == 40
    assert profile.choose == {"deep-stretch": "supine-hang"}


def test_set_takes_no_note_that_is_part_of_something_else(audioguide):
    audioguide("profile", "new", "anna", "--no-ask")
    profile_path("anna").write_text('name = "anna"\nskip = [\n# minutes = 20\n"bird-dog"]\n[lexicon]\n# scale = 2\n')
    assert audioguide("profile", "set", "anna", "--minutes", "15", "--scale", "1.5").code == 0
    profile = load_profile("anna")
    assert (profile.minutes, profile.scale, profile.skip, profile.lexicon) == (15, 1.5, ("bird-dog",), {})


def test_options_alone_make_what_answers_make(audioguide, guided):
    guided(minutes="20", side="left", equipment=["1, 5", ""], known="yes", conditions="1")
    asked = profile_path("anna").read_text()
    options = ["--minutes", "20", "--weak-side", "left", "--no-acute", "--avoid", "pregnancy", "--experience", "expert"]
    options += ["--without", "foam roller", "--without", "wall or couch", "--started", f"{date.today()}"]
    ran = audioguide("profile", "new", "ben", *options, "--protocol", "hip-flexor", "--engine", "fake")
    assert ran.code == 0
    assert ran.out == f"{profile_path('ben')}\n"
    assert ran.err == "note: Nothing of 'Release' is left to do.\n"
    assert profile_path("ben").read_text() == asked.replace("anna", "ben")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x", "--without", "foam roler"], "nothing in this session needs 'foam roler'; did you mean 'foam roller'?"),
        (["x", "--protocol", "box-breathing", "--without", "mat"], "it needs no equipment"),
        (["x", "--protocol", "hip"], "unknown protocol 'hip'"),
        (["x", "--experience", "some", "--detail", "full"], "drop one of them"),
        (["x", "--experience", "much"], "'much' is not one of 'new', 'some', 'expert'"),
        (["x", "--protocol", "interval", "--started", "soon"], "--started"),
        (["x", "--without", "bed, table or bench", "--choose", "deep-stretch=supine-hang"], "is chosen but needs"),
        (["--no-ask"], "the profile needs a name"),
        (["--minutes", "20"], "the profile needs a name"),
        ([], "the profile needs a name"),
    ],
)
def test_a_mistake_without_questions_is_one_line(audioguide, arguments, message):
    ran = audioguide("profile", "new", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert written() == []


def test_without_everything_nothing_is_left(audioguide):
    things = ["foam roller", "massage ball", "mat", "cushion for the knee", "wall or couch", "bed, table or bench"]
    ran = audioguide("profile", "new", "x", *(word for thing in things for word in ("--without", thing)))
    assert (ran.code, written()) == (2, [])
    assert "nothing of 'Hip flexor release' is left to do" in ran.err


def test_without_a_terminal_nothing_is_asked(audioguide):
    ran = audioguide("profile", "new", "anna")
    assert (ran.code, ran.out) == (0, f"{profile_path('anna')}\n")
    assert profile_path("anna").read_text() == 'name = "anna"\n'


@in_a_terminal
@pytest.mark.real
@pytest.mark.parametrize("columns", [40, 80])
def test_a_person_in_a_terminal_is_guided(columns):
    terminal = Terminal("profile", "new", columns=columns)
    terminal.answer("called? [me]:", "anna\n")
    terminal.answer("a file of yours [hip-flexor]:", ENTER)
    terminal.answer("minutes do you have? [as many as it takes]:", "abc\n")
    terminal.answer("minutes do you have? [as many as it takes]:", "25\n")
    terminal.answer("left, right [none]:", "left\n")
    terminal.answer("acute at the moment? y/n [n]:", ENTER)
    terminal.answer("apply to you? Numbers or names [none]:", ENTER)
    terminal.answer("at hand? Numbers or names [none]:", "1, bed, table or bench\n")
    terminal.answer("no, a bit, yes [no]:", "a bit\n")
    terminal.answer("without weeks", ENTER)
    terminal.answer("Write it? [Y/n]:", ENTER)
    assert terminal.end() == 0, terminal.screen
    assert "no foam roller at hand" in " ".join(terminal.screen.split())
    assert max(map(len, terminal.screen.splitlines())) < max(columns, len(str(profile_path("anna"))) + 1)
    profile = load_profile("anna")
    assert (profile.minutes, profile.weak_side, profile.detail) == (25, "left", "brief")
    assert (profile.skip, profile.choose) == (("quad-foam-roll",), {"deep-stretch": "couch-stretch"})


@pytest.mark.real
@in_a_terminal
@pytest.mark.parametrize(
    ("keys", "code", "message"), [("\x03", 130, "no file is half written"), ("\x04", 1, "no answer")]
)
def test_ctrl_c_and_ctrl_d_leave_a_terminal_with_nothing_written(keys, code, message):
    terminal = Terminal("profile", "new", "anna")
    terminal.answer("a file of yours [hip-flexor]:", ENTER)
    terminal.answer("minutes do you have?", keys)
    assert terminal.end() == code
    assert f"\naudioguide: {'stopped' if code == 130 else 'there was'}" in terminal.screen
    assert message in terminal.screen
    assert written() == []


@pytest.mark.real
@pytest.mark.usefixtures("tmp_path")
@in_a_terminal
def test_with_an_option_a_terminal_asks_nothing():
    terminal = Terminal("profile", "new", "anna", "--minutes", "20")
    assert terminal.end() == 0
    assert load_profile("anna").minutes == 20
