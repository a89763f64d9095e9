import stat
import sys
from pathlib import Path

import pytest

from audioguide.library.profile_files import load_profile, profile_path


def test_new_set_show_list_delete(audioguide):
    assert audioguide("profile", "new", "anna", "--hold", "couch-stretch=90", "--detail", "brief").code == 0
    assert audioguide("profile", "set", "anna", "--hold", "couch-stretch.left=70", "--scale", "1.1").code == 0
    assert audioguide("profile", "list").out == "anna\n"
    shown = audioguide("profile", "show", "anna").out
    assert "hold_s = {default = 90, left = 70}" in shown
    profile = load_profile("anna")
    assert (profile.detail, profile.scale) == ("brief", 1.1)
    assert profile.exercise["couch-stretch"].hold_s.for_side("left") == 70
    assert audioguide("profile", "delete", "anna", "--yes").out == "deleted anna\n"
    assert not profile_path("anna").exists()


def test_every_setting_has_an_option(audioguide):
    options = "--reps glute-bridge=9 --sets dead-bug=2 --rest glute-bridge=45 --setup pigeon=20 --skip bird-dog"
    options += " --choose deep-stretch=supine-hang --avoid pregnancy --first-side right --no-halfway --no-tips"
    options += " --engine espeak --voice gmw/en-us --rate 130 --volume 0.8"
    assert audioguide("profile", "new", "ben", *options.split()).code == 0
    profile = load_profile("ben")
    assert profile.exercise["glute-bridge"].rest_s == 45
    assert profile.exercise["pigeon"].setup_s == 20
    assert (profile.cues.halfway, profile.cues.tips, profile.cues.countdown) == (False, False, None)
    assert (profile.voice.id, profile.voice.rate_wpm, profile.voice.volume) == ("gmw/en-us", 130, 0.8)
    assert profile.choose == {"deep-stretch": "supine-hang"}


def test_set_keeps_comments_and_all_else(audioguide):
    audioguide("profile", "new", "anna", "--scale", "1.2")
    path = profile_path("anna")
    path.write_text("# my knees\n" + path.read_text())
    assert audioguide("profile", "set", "anna", "--sets", "dead-bug=2").code == 0
    assert path.read_text().startswith("# my knees\n")
    assert load_profile("anna").scale == 1.2


def test_unset_forgets_a_setting(audioguide):
    audioguide("profile", "new", "anna", "--scale", "1.2", "--hold", "pigeon=70")
    assert audioguide("profile", "set", "anna", "--unset", "scale", "--unset", "exercise.pigeon").code == 0
    profile = load_profile("anna")
    assert (profile.scale, profile.exercise) == (None, {})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "anna"], "no profile 'anna'"),
        (["set", "bob", "--scale", "2"], "no profile 'bob'; did you mean 'bobo'?"),
        (["new", "bobo"], "profile 'bobo' exists already"),
        (["new", "../evil"], "can't be a profile's name"),
        (["new", "x", "--hold", "pigeon=0"], "--hold pigeon: 0 is out of bounds"),
        (["set", "bobo"], "nothing to change in 'bobo'"),
        (["set", "bobo", "--unset", "voice.rate_wpm"], "the profile has no such setting"),
        (["delete", "other.toml", "--yes"], "is a file of your own"),
        (["show", "broken.toml"], "broken.toml: scale: 0 is out of bounds"),
        (["show", "typo.toml"], "typo.toml: detial: unknown key; did you mean 'detail'?"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(audioguide, arguments, message):
    audioguide("profile", "new", "bobo")
    Path("other.toml").write_text("scale = 1\n")
    Path("broken.toml").write_text("scale = 0\n")
    Path("typo.toml").write_text('detial = "full"\n')
    ran = audioguide("profile", *arguments)
    assert ran.code == 2
    assert message in ran.err


def test_names_with_dots_are_refused_as_they_would_share_files(audioguide):
    assert "can't be a profile's name" in audioguide("profile", "new", "p.one").err


def test_unset_below_a_plain_value_is_refused(audioguide):
    audioguide("profile", "new", "anna", "--scale", "1.2")
    ran = audioguide("profile", "set", "anna", "--unset", "scale.foo")
    assert ran.code == 2
    assert "the profile has no such setting" in ran.err


def test_a_configuration_folder_that_is_none_is_one_line(audioguide, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    ran = audioguide("profile", "new", "anna")
    assert ran.code == 2
    assert "profiles can't be kept there" in ran.err


def test_a_profile_may_name_exercises_of_any_built_in_protocol(audioguide):
    assert audioguide("profile", "new", "dora", "--skip", "step-ups").code == 0
    assert audioguide("plan", "--profile", "dora", "--engine", "fake").code == 0
    assert audioguide("plan", "--skip", "step-ups", "--engine", "fake").code == 2


WRITINGS = {
    "one inline table": "exercise = { pigeon = { hold_s = 50 } }\n",
    "an inline table each": "[exercise]\npigeon = { hold_s = 50 } # mine\n",
    "dotted keys": "exercise.pigeon.hold_s = 50\n",
    "a dotted side": "[exercise.pigeon]\nhold_s.left = 50\n",
    "a table for sides": "[exercise.pigeon.hold_s]\nleft = 50\n",
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_setting_is_added_however_the_profile_is_written(audioguide, tmp_path: Path, writing: str):
    path = tmp_path / "anna.toml"
    path.write_text(WRITINGS[writing])
    more = ("--hold", "couch-stretch.right=60", "--reps", "dead-bug=9", "--minutes", "20", "--rate", "130")
    assert audioguide("profile", "set", "anna.toml", *more).code == 0
    assert audioguide("profile", "set", "anna.toml", "--scale", "0.9").code == 0
    profile = load_profile(path)
    assert (profile.minutes, profile.scale, profile.voice.rate_wpm) == (20, 0.9, 130)
    holds = {name: exercise.hold_s for name, exercise in profile.exercise.items() if exercise.hold_s is not None}
    assert (holds["pigeon"].for_side("left"), holds["couch-stretch"].for_side("right")) == (50, 60)
    assert profile.exercise["dead-bug"].reps.for_side(None) == 9


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions: run it elsewhere")
def test_a_profile_is_for_its_owner_alone_and_keeps_its_permissions(audioguide):
    assert audioguide("profile", "new", "anna").code == 0
    path = profile_path("anna")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    assert audioguide("profile", "set", "anna", "--minutes", "20").code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o440)
    ran = audioguide("profile", "set", "anna", "--minutes", "25")
    assert (ran.code, load_profile("anna").minutes) == (2, 20)
    assert "it is read-only" in ran.err


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_lines_end_as_they_did(audioguide, tmp_path: Path, mark: bytes):
    path = tmp_path / "anna.toml"
    path.write_bytes(mark + b"# mine\r\n# minutes = 20\r\n[voice]\r\nrate_wpm = 130\r\n")
    assert audioguide("profile", "set", "anna.toml", "--minutes", "25", "--hold", "pigeon=60").code == 0
    text = path.read_bytes()
    assert text.startswith(mark + b"# mine\r\nminutes = 25\r\n")
    assert text.count(b"\n") == text.count(b"\r\n") > 5
    assert load_profile(path).minutes == 25
