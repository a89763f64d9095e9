from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from audioguide.cli.command import Command
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


ENTRY = {
    "audioguide",
    "audioguide.cli",
    "audioguide.cli.stopping",
    "audioguide.storage",
    "audioguide.storage.stop_signals",
}
"""What importing the command line loads of anything but the standard library."""

TABLE = ENTRY | {"audioguide.cli.streams", "audioguide.cli.commands", "audioguide.errors"}
"""What its help loads besides click."""

HEAVY = {"numpy", "pydantic", "rich", "soundfile", "soxr", "lameenc", "mutagen", "tomlkit", "pyttsx3", "platformdirs"}


@pytest.mark.real
def test_importing_the_command_line_loads_nothing_else():
    modules = imported_with("audioguide.cli")
    assert of_packages(modules) == ENTRY
    # Until signals are taken over each module more is time in which Ctrl-C gives a traceback.
    assert not {"click", "typing"} & modules


@pytest.mark.real
def test_help_loads_the_table_of_commands_and_no_command():
    assert of_packages(imported("--help")) == TABLE


@pytest.mark.real
@pytest.mark.parametrize("command", ["build", "plan", "programme", "handout", "profile new", "profile set"])
def test_help_of_a_command_loads_nothing_heavy(command):
    assert not HEAVY & imported(*command.split(), "--help")


@pytest.mark.real
def test_a_mistake_in_an_option_loads_nothing_heavy():
    assert not HEAVY & imported("build", "--holt")


NOT_FOR_A_WARM_BUILD = {
    # The languages' data, for what the table of patterns lacks.
    "babel",
    # Pages, bars, files that a user edits, and what reads a finished session.
    *("jinja2", "rich", "tomlkit", "audioguide.export.plan.plan_reader", "audioguide.verify"),
    # Users' own sounds, and music.
    *("soundfile", "soxr", "av", "audioguide.audio.read.source", "audioguide.audio.render.render_music"),
    # Voices, and the rules of reading, for what is new.
    *("hibari", "onnxruntime", "num2words", "piper", "pyttsx3", "espeakng_loader"),
    *("audioguide.speech.text.normalise", "audioguide.speech.engines.piper_engine", "audioguide.speech.downloads"),
    # Doses of weeks and minutes, many people, and threads for what is encoded anew.
    *("audioguide.prescribe.growth", "audioguide.prescribe.fit", "audioguide.batches", "concurrent.futures"),
    # Formats of pictures that nothing is written in.
    *("PIL.GifImagePlugin", "PIL.JpegImagePlugin"),
}


@pytest.mark.real
def test_a_build_whose_speech_is_kept_loads_only_what_it_uses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(tmp_path / "cache"))
    file = str(tmp_path / "s.mp3")
    build = ("build", "movement-break", "--engine", "espeak", "--quiet", "-o", file)
    assert "audioguide.speech.text.normalise" in imported(*build)
    # Another order of the same, so that it is another process.
    warm = imported("build", "--quiet", *(one for one in build[1:] if one != "--quiet"))
    assert "audioguide.audio.render.render" in warm
    assert not NOT_FOR_A_WARM_BUILD & warm


def every_command() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield each command that does something, with the words that call it."""
    for name in COMMANDS:
        found = getattr(import_module(f"audioguide.cli.{name}"), name)
        if isinstance(found, click.Group):
            yield from (((name, inner), command) for inner, command in found.commands.items())
        else:
            yield (name,), found


def test_an_option_that_takes_one_value_is_given_once_by_every_command(audioguide):
    tried = 0
    for words, command in every_command():
        assert isinstance(command, Command), words
        for option in command.params:
            if not isinstance(option, click.Option) or option.multiple or option.is_flag:
                continue
            ran = audioguide(*words, option.opts[0], "1", option.opts[-1], "1")
            where = f"See `audioguide {' '.join(words)} --help`."
            assert (ran.code, ran.out) == (2, ""), (words, option.opts)
            assert ran.err == f"audioguide: {'/'.join(option.opts)} is given twice; give it once. {where}\n"
            tried += 1
    assert tried > 40


@pytest.mark.parametrize("flag", ["breath", "lead", "acute"])
def test_a_flag_and_its_contrary_are_refused(audioguide, flag):
    ran = audioguide("plan", f"--no-{flag}", f"--{flag}")
    assert ran.code == 2
    assert f"--{flag} and --no-{flag} contradict each other; drop one of them." in ran.err


def test_options_that_may_be_given_again_and_flags_may(audioguide):
    ran = audioguide("plan", "box-breathing", "--engine", "fake", "--beeps", "--beeps", "--breath", "--breath")
    assert ran.code == 0, ran.err
    ran = audioguide("plan", "--skip", "dead-bug", "--skip", "bird-dog", "--hold", "x", "--hold", "y")
    assert "--hold x: write EXERCISE=SECONDS" in ran.err


def test_a_mistake_names_the_help_of_its_own_command(audioguide):
    for arguments, words in (
        (["plan", "--week"], "audioguide plan"),
        (["voices", "say", "hello", "--rate"], "audioguide voices say"),
        (["plan", "--weak", "3"], "audioguide plan"),
        (["plan", "--beeps=3"], "audioguide plan"),
        (["protocol", "show", "one", "two"], "audioguide protocol show"),
    ):
        printed = audioguide(*arguments).err
        assert printed.endswith(f" See `{words} --help`.\n")
        assert printed.partition(" See `")[0].rstrip(")")[-1] in ".?"


def test_advice_that_is_a_question_ends_with_its_mark(audioguide):
    assert "did you mean 'mon'? See `" in audioguide("plan", "--days", "monn").err
    assert "'America/Belem'? See `" in audioguide("calendar", "--zone", "berln").err
