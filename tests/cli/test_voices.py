"""`audioguide voices`: what can be had, getting and removing it, and hearing it."""

from __future__ import annotations

import hashlib
import socket
import wave
from pathlib import Path

import pytest

from audioguide.speech import voice_files
from audioguide.speech.engines import voice_list
from audioguide.speech.engines.voice_list import ListedVoice, VoiceFile

MODEL = b"weights" * 1000
FILE = VoiceFile("https://voices.invalid/ada.onnx", len(MODEL), hashlib.sha256(MODEL).hexdigest())
VOICE = ListedVoice("fake", "ada", "de-DE", "Austria", "CC0-1.0", "https://voices.invalid/", (FILE,))


@pytest.fixture(autouse=True)
def _list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_list, "VOICES", (VOICE,))


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    folder = tmp_path / "mirror"
    folder.mkdir()
    (folder / "ada.onnx").write_bytes(MODEL)
    return folder


def test_the_list_shows_the_engines_voices_then_those_to_get(audioguide):
    ran = audioguide("voices", "list", "--engine", "fake")
    assert ran.out.splitlines() == [
        "low   en-us         Low hum",
        "high  en-gb         High hum",
        "",
        "More, by `audioguide voices get NAME`, which also measures its pace:",
        "ada  de-DE  Austria  fake  CC0-1.0  7.0 kB",
    ]


def test_the_list_can_be_of_one_language(audioguide):
    assert audioguide("voices", "list", "--engine", "fake", "--language", "de").out.splitlines() == [
        "More, by `audioguide voices get NAME`, which also measures its pace:",
        "ada  de-DE  Austria  fake  CC0-1.0  7.0 kB",
    ]
    assert audioguide("voices", "list", "--engine", "fake", "--language", "en-us").out == (
        "low  en-us         Low hum\n"
    )
    ran = audioguide("voices", "list", "--engine", "fake", "--language", "xx")
    assert (ran.code, ran.out) == (2, "")
    assert "fake has no voice for 'xx'" in ran.err


def test_a_voice_is_got_listed_and_removed(audioguide, mirror: Path):
    ran = audioguide("voices", "get", "ada", "--from", str(mirror))
    path = voice_files.voices_folder() / "fake/ada.onnx"
    assert ran.out.splitlines() == [
        str(path),
        "speak with it: --engine fake --voice ada (licence: CC0-1.0)",
    ]
    # The hum doesn't know the voice, as an engine that isn't installed wouldn't.
    assert ran.code == 0
    assert ran.err.startswith("note: the pace of ada is measured when it first speaks (")
    assert len(ran.err.splitlines()) == 1
    assert path.read_bytes() == MODEL
    assert audioguide("voices", "get", "ada").out == "ada is installed already\n"
    assert audioguide("voices", "list", "--engine", "fake").out.endswith("7.0 kB  installed\n")
    path.write_bytes(MODEL[::-1])
    assert audioguide("voices", "list", "--engine", "fake").out.endswith("7.0 kB  damaged: get it again\n")
    assert audioguide("voices", "remove", "ada").out == "removed ada, 7.0 kB\n"
    ran = audioguide("voices", "remove", "ada")
    assert (ran.code, ran.err) == (2, "audioguide: the voice 'ada' is not installed\n")


def test_mistakes_are_one_line(audioguide, mirror: Path):
    (mirror / "ada.onnx").write_bytes(MODEL[::-1])
    for arguments, code, said in (
        (["get", "adda"], 2, "no voice 'adda' can be fetched; did you mean 'ada'?"),
        (["get", "../ada"], 2, "no voice '../ada' can be fetched"),
        (["get", "ada", "--from", str(mirror)], 1, "SHA-256 differs"),
        (["get", "ada", "--from", "nowhere"], 2, "--from nowhere: has no file ada.onnx"),
        (["get"], 2, "Missing argument"),
    ):
        ran = audioguide("voices", *arguments)
        assert ran.code == code
        assert said in ran.err
        assert len(ran.err.splitlines()) == 1


def test_building_asks_nobody_for_anything(audioguide, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise AssertionError("something asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert audioguide("build", "movement-break", "--engine", "fake", "--quiet").code == 0
    ran = audioguide("build", "movement-break", "--engine", "fake", "--voice", "ada")
    assert (ran.code, ran.err) == (
        2,
        "audioguide: this engine has no voice 'ada' here; 'audioguide voices get ada' gets it and says its engine\n",
    )


def test_a_text_is_spoken_into_a_file_and_played(audioguide, monkeypatch: pytest.MonkeyPatch):
    from audioguide.audio import playback

    played: list[Path] = []
    monkeypatch.setattr(playback, "play", played.append)
    assert audioguide("voices", "say", "Lift.", "--engine", "fake", "-o", "a.wav").out == "a.wav\n"
    assert not played
    assert audioguide("voices", "say", "Lift.", "--engine", "fake", "--play").code == 0
    assert played == [Path("voice.wav")]
    with wave.open("voice.wav") as file:
        assert file.getframerate() == 24_000


def test_voices_are_compared_on_one_page(audioguide):
    ran = audioguide("voices", "compare", "Lift your left knee.", "--engine", "fake", "-o", "both.html")
    assert (ran.code, ran.out, ran.err) == (0, "both.html\n", "")
    page = Path("both.html").read_text(encoding="utf-8")
    assert page.count("data:audio/mpeg;base64,") == 2
    assert "Lift your left knee." in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["...", "--engine", "fake"], "has no word"),
        (["Lift.", "--engine", "fake", "--language", "xx"], "no voice here speaks 'xx'"),
        (["Lift.", "--engine", "nobody"], "no voice engine 'nobody'"),
        (["Lift.", "--engine", "fake", "-o", "nowhere/page.html"], "does not exist"),
        (["Lift.", "--engine", "fake", "--rate", "10"], "80 to 300"),
    ],
)
def test_a_comparison_that_can_not_be_made_is_refused(audioguide, arguments: list[str], said: str):
    ran = audioguide("voices", "compare", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not Path("voices.html").exists()
