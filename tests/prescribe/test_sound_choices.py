from pathlib import Path

import pytest

from audioguide.errors import RequestError
from audioguide.model.sound import Breath, LeadTone, Music, SoundFiles, SoundSettings
from audioguide.prescribe.layers import Layers
from audioguide.prescribe.sound_choices import sound_files, sound_notes, sound_settings
from tests.helpers import layer


def settings(*tables: dict[str, object]) -> SoundSettings:
    return sound_settings(Layers([layer(**table) for table in tables]))


def files(*tables: dict[str, object]) -> SoundFiles:
    return sound_files(Layers([layer(**table) for table in tables]))


def test_what_nobody_states_is_the_usual():
    assert settings() == SoundSettings(-16.0, LeadTone(), None, None, ())
    assert files() == SoundFiles(None, None)


def test_the_stronger_layer_wins_field_by_field():
    found = settings(
        {
            "sound": {"loudness_lufs": -18.0},
            "lead": {"below_db": 20.0, "length_ms": 400},
            "breath": {"on": True, "in_s": 3.0},
        },
        {"sound": {"loudness_lufs": -20.0}, "lead": {"below_db": 12.0}, "breath": {"out_s": 7.5}},
    )
    assert found.loudness_lufs == -20
    assert found.lead == LeadTone(12, 400)
    assert found.breath == Breath(3_000, 7_500, 12)


def test_a_switch_turns_off_what_a_profile_turned_on():
    profile = {"lead": {"length_ms": 300}, "breath": {"on": True}, "music": {"path": "m.mp3"}}
    off = {"lead": {"on": False}, "breath": {"on": False}, "music": {"on": False}}
    assert settings(profile, off) == SoundSettings(lead=None)
    assert files(profile, off).music is None


def test_naming_music_turns_it_on_again():
    profile = {"music": {"on": False, "path": "m.mp3", "below_db": 20.0}}
    assert settings(profile).music is None
    assert settings(profile, {"music": {"path": "n.mp3"}}).music == Music((), 20, 8)
    assert files(profile, {"music": {"path": "n.mp3"}}).music == Path("n.mp3")
    assert files(profile, {"music": {"on": True}}).music == Path("m.mp3")


def test_music_without_a_file_is_refused():
    with pytest.raises(RequestError, match="nothing says which"):
        settings({"music": {"on": True}})


@pytest.mark.parametrize(
    ("levels", "below_db"),
    [({}, None), ({"below_db": 12.0}, None), ({"below_db": 12.1, "duck_db": 7.9}, None), ({"duck_db": 0.0}, "16"),
     ({"below_db": 12.0, "duck_db": 7.5}, "19.5"), ({"below_db": 30.0, "duck_db": 0.0}, None)],
)  # fmt: skip
@pytest.mark.parametrize("own", [{}, {"sound": {"loudness_lufs": -31.0}, "voice": {"volume": 0.1}}])
def test_music_too_near_to_the_voice_is_noted_whatever_its_loudness(levels, below_db, own):
    notes = sound_notes(settings({"music": {"path": "rain.mp3", **levels}, **own}))
    assert len(notes) == (below_db is not None)
    if below_db is not None:
        said = f"music lies {below_db} dB below the voice while it speaks, and WCAG 2.2 (1.4.7) asks for 20; "
        assert notes[0] == f"{said}raise music.below_db or music.duck_db until they come to 20"


def test_without_music_nothing_is_noted():
    assert sound_notes(settings()) == ()
