import subprocess
import sys

import pytest

from audioguide.cli.commands import COMMANDS


def test_help_names_every_command(audioguide):
    ran = audioguide("--help")
    assert ran.code == 0
    assert all(name in ran.out for name in COMMANDS)
    assert "no medical advice" in " ".join(ran.out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(audioguide, name):
    assert audioguide(name, "--help").code == 0


def test_an_unknown_command_names_near_ones(audioguide):
    ran = audioguide("biuld")
    assert ran.code == 2
    assert "no command 'biuld'; did you mean 'build'?" in ran.err


HEAVY = {"numpy", "pydantic", "rich", "soundfile", "soxr", "lameenc", "mutagen", "tomlkit", "pyttsx3", "platformdirs"}


def test_help_loads_nothing_heavy():
    code = "import sys; from audioguide.cli import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(ran.stderr.split())


def test_a_mistake_in_an_option_loads_nothing_heavy():
    code = "import sys; from audioguide.cli import run; run(['build', '--holt']); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(ran.stderr.split())
