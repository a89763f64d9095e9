"""Every built-in session as a listener hears it: are its words understood, and would wrong ones be refused?"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from audioguide.cli import run
from audioguide.cli.build import build
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import Detail
from tests.helpers import session_of
from tests.integration.conftest import BuiltIn
from tests.integration.recogniser import Listening, listen, number_words, words_of
from tests.made_once import made_once
from tests.sounds import music_file

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        find_spec("pocketsphinx") is None,
        reason="no recogniser, pocketsphinx has no wheels for this Python: make .venv with Python 3.13 or earlier",
    ),
]

MUSIC = "{music}"
"""Stands for the path of a made piece of music in the arguments of a way to build."""

MOST_BELIEVED = 0.07
"""By cues: where "Right.", which a session says 34 times, is in the sample, it is 0.02 of this alone."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to build the sessions, and what is asked of it.

    Attributes:
        name: what the test is called.
        arguments: options of the command line beside the usual ones.
        recognised: the least share of spoken cues that is understood.
        elsewhere: whether a text is listened to where it comes last, not first: something sounds below it there.
        longest_s: sessions that last longer are left out.
    """

    name: str
    arguments: tuple[str, ...]
    recognised: float
    elsewhere: bool = False
    longest_s: int = 86_400


# More ways to build, such as with other voices or sounds, go here.
WAYS = (
    Way("plain", (), 0.95),
    # Words are the same with music below them; that the music is far enough below is measured in test_heard.
    Way("music", ("--music", MUSIC), 0.85, elsewhere=True, longest_s=210),
)

KNOWN = {option for parameter in build.params for option in parameter.opts}


def cases() -> list[object]:
    return [
        pytest.param(
            (name, way),
            id=f"{name}-{way.name}",
            marks=pytest.mark.skipif(
                not KNOWN.issuperset(argument for argument in way.arguments if argument.startswith("--")),
                reason=f"no {' '.join(way.arguments)} on the command line: it comes with that option",
            ),
        )
        for way in WAYS
        for name in builtin_ids()
        if sum(phase.work_ms for phase in session_of(load_protocol(name)).phases) <= way.longest_s * 1000
    ]


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return music_file(tmp_path_factory.mktemp("music") / "music.wav")


@pytest.fixture(scope="module", params=cases())
def heard(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, run_folder: Path, built_in: BuiltIn
) -> tuple[Way, Listening]:
    protocol, way = request.param
    asked = [str(request.getfixturevalue("music")) if argument == MUSIC else argument for argument in way.arguments]

    def built() -> Path:
        if not asked:
            return built_in(protocol, Detail.FULL)
        path = tmp_path_factory.mktemp("recognised") / f"{protocol}.mp3"
        usual = ["--detail", "full", "--engine", "espeak", "--quiet", "-o", str(path)]
        assert run(["build", protocol, *usual, *asked]) == 0
        return path

    def listened() -> Listening:
        return listen(built(), load_protocol(protocol).lexicon, way.elsewhere)

    return way, made_once(run_folder, f"recognised-{protocol}-{way.name}", listened)


def test_nearly_every_spoken_cue_is_understood(heard: tuple[Way, Listening]):
    way, listening = heard
    missed = [f"{cue.cues} times {cue.text!r}, heard as {cue.hypotheses}" for cue in listening.rejected]
    assert listening.recognised >= way.recognised, "\n".join(missed)


def test_a_wrong_sentence_is_refused_even_where_the_right_one_is_not_offered(heard: tuple[Way, Listening]):
    _, listening = heard
    fooled = sorted(((cue.believed, cue.cues, cue.text) for cue in listening.heard if cue.believed), reverse=True)
    assert listening.believed <= MOST_BELIEVED, fooled


def test_words_are_as_the_voice_says_them():
    assert words_of("Part 2 of 3: Don't arch.", {}) == ("part", "two", "of", "three", "don't", "arch")
    assert words_of("Psoas, 45 seconds, hip-width.", {"psoas": "so as"}) == (
        *("so", "as", "forty", "five", "seconds", "hip", "width"),
    )
    assert words_of("1.5 or 1,250", {}) == (
        *("one", "point", "five", "or", "one", "thousand", "two", "hundred", "fifty"),
    )
    assert [number_words(n) for n in (0, 20, 31, 100, 105)] == [
        *("zero", "twenty", "thirty one", "one hundred", "one hundred five"),
    ]
