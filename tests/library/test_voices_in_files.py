"""What protocols and profiles may say about the voice: lexicon entries, and a program of the user's own."""

import tomllib
from pathlib import Path

import pytest

from audioguide.errors import FileError
from audioguide.library.profile_files import load_profile, parse_profile, profile_folder
from audioguide.model.lexicon import ENGINES
from audioguide.model.voice import VoiceCommand
from audioguide.prescribe.layers import Layer, Layers
from audioguide.prescribe.sound_choices import voice_command
from audioguide.speech import registry
from tests.helpers import HEAD, HOLD, layer, parsed, session_of

COMMAND = '[voice]\nengine = "command"\ncommand = ["my-tts", "--out={wav}", "{text}"]\nversion = "1"\n'


def profile_problems(text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        parse_profile(tomllib.loads(text.replace("ENGINE", 'engine = "command"')), "anna.toml")
    return [str(problem) for problem in caught.value.problems]


def test_a_lexicon_may_name_every_engine_there_is():
    assert set(ENGINES) == set(registry.ENGINES)


def test_a_protocol_s_lexicon_is_respelt_in_phonemes_or_by_engine_and_a_profile_comes_first():
    lexicon = 'psoas = "so-as", iliopsoas = "/ˌɪlioʊsˈOæz/", ilium = { espeak = "illy um", hibari = "/ˈɪliəm/" }'
    protocol = parsed(f"{HEAD}lexicon = {{ {lexicon} }}\n{HOLD}")
    session = session_of(protocol, layer(lexicon={"psoas": {"other": "psoas"}}))
    assert session.lexicon == {
        "psoas": {"other": "psoas"},
        "iliopsoas": "/ˌɪlioʊsˈOæz/",
        "ilium": {"espeak": "illy um", "hibari": "/ˈɪliəm/"},
    }


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("3", "is no text; write a text in quotes, or a text for each engine such as"),
        ("[]", "is no text; write a text in quotes, or a text for each engine such as"),
        ("{ espeak = 3 }", "is no text; write a text in quotes, or a text for each engine such as"),
        ('{ espek = "so-as" }', "'espek' is no voice engine; did you mean 'espeak'?"),
        ('"/so/as/"', "'/so/as/' is neither a respelling nor phonemes; write phonemes between two"),
        ('"/so1/"', "'/so1/' is neither a respelling nor phonemes; write phonemes between two"),
        (
            '{ hibari = "/so" }',
            "'/so' is neither a respelling nor phonemes; write phonemes between two",
        ),
        ('"' + "a" * 201 + '"', "over 200 characters long; shorten it"),
    ],
)
def test_a_bad_entry_says_where_what_and_how_to_fix_it(entry: str, problem: str):
    (found,) = profile_problems(f"lexicon = {{ psoas = {entry} }}")
    assert found.startswith(f"lexicon.psoas: {problem}")


@pytest.mark.parametrize(
    ("voice", "problem"),
    [
        (
            'ENGINE\ncommand = ["x", "{text}"]\nversion = "1"',
            "voice.command: has no {wav}; it stands",
        ),
        (
            'ENGINE\ncommand = ["x", "{wav}"]\nversion = "1"',
            "voice.command: has no {text}; it stands",
        ),
        ('ENGINE\ncommand = ["", "{wav}{text}"]\nversion = "1"', "voice.command: names no program; write"),
        ('ENGINE\ncommand = []\nversion = "1"', "voice.command: has no {wav}"),
        (
            'ENGINE\ncommand = "x {wav} {text}"\nversion = "1"',
            "voice.command: 'x {wav} {text}' is not a list",
        ),
        (
            'ENGINE\ncommand = ["x", "{wav}", "{text}"]',
            'voice: states a command without version; add version = "1"',
        ),
        (
            'command = ["x", "{wav}", "{text}"]\nversion = "1"',
            "voice: states a command without engine; add engine = ",
        ),
    ],
)
def test_a_bad_command_says_where_what_and_how_to_fix_it(voice: str, problem: str):
    (found,) = profile_problems(f"[voice]\n{voice}\n")
    assert found.startswith(problem)


@pytest.mark.usefixtures("tmp_path")
def test_a_command_is_taken_from_a_kept_profile_and_its_strongest_layer_whole():
    profile_folder().mkdir(parents=True)
    (profile_folder() / "anna.toml").write_text(COMMAND)
    anna = load_profile("anna")
    other = parse_profile(tomllib.loads('[voice]\nversion = "2"\nrate_wpm = 130'), "command line")
    command = voice_command(Layers([Layer("profile anna", anna), Layer("command line", other)]))
    assert command == VoiceCommand(("my-tts", "--out={wav}", "{text}"), "1")


def test_a_command_in_a_file_that_came_from_elsewhere_is_refused(tmp_path: Path):
    (tmp_path / "sent.toml").write_text(COMMAND)
    with pytest.raises(FileError, match=r"sent\.toml: voice\.command: is only run from a kept profile; put"):
        load_profile(tmp_path / "sent.toml")


def test_a_protocol_can_t_name_a_program():
    with pytest.raises(FileError, match="voice: unknown key"):
        parsed(HEAD + COMMAND.replace("[voice]\n", "voice = { ").replace("\n", ", ").rstrip(", ") + " }\n" + HOLD)
