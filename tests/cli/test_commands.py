import pytest

from audioguide.cli.commands import COMMANDS
from tests.cli.fresh_process import imported, imported_with, of_packages


def test_help_names_every_command(audioguide):
    ran = audioguide("--help")
    assert ran.code == 0
    assert all(name in ran.out for name in COMMANDS)
    assert "no medical advice" in " ".join(ran.out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(audioguide, name):
    assert audioguide(name, "--help").code == 0


def test_an_unknown_command_names_similar_ones(audioguide):
    ran = audioguide("biuld")
    assert ran.code == 2
    assert ran.err == "audioguide: No such command 'biuld'. Did you mean 'build'? See `audioguide --help`.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["xyz"], "No such command 'xyz'. See `audioguide --help`."),
        (["profile", "nwe"], "No such command 'nwe'. Did you mean 'new'? See `audioguide profile --help`."),
        (["--verson"], "No such option '--verson'. Did you mean '--version'? See `audioguide --help`."),
        (["build", "--holt", "x"], "No such option '--holt'. (Did you mean"),
    ],
)
def test_an_unknown_name_is_one_line(audioguide, arguments, message):
    ran = audioguide(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1


ENTRY = {"audioguide", "audioguide.cli"}
"""What importing the command line loads of anything but the standard library."""

TABLE = ENTRY | {"audioguide.cli.commands", "audioguide.errors"}
"""What its help loads besides click."""

HEAVY = {"numpy", "pydantic", "rich", "soundfile", "soxr", "lameenc", "mutagen", "tomlkit", "pyttsx3", "platformdirs"}


def test_importing_the_command_line_loads_nothing_else():
    modules = imported_with("audioguide.cli")
    assert of_packages(modules) == ENTRY
    assert "click" not in modules


def test_help_loads_the_table_of_commands_and_no_command():
    assert of_packages(imported("--help")) == TABLE


@pytest.mark.parametrize("command", ["build", "plan", "programme", "handout", "profile new", "profile set"])
def test_help_of_a_command_loads_nothing_heavy(command):
    assert not HEAVY & imported(*command.split(), "--help")


def test_a_mistake_in_an_option_loads_nothing_heavy():
    assert not HEAVY & imported("build", "--holt")
