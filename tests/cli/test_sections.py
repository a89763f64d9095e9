import re

import pytest

from audioguide.cli.build import build
from audioguide.cli.handout import handout
from audioguide.cli.plan import plan
from audioguide.cli.profile import new, set_
from audioguide.cli.programme import programme
from audioguide.cli.sections import Section, SectionOption
from audioguide.model import sound, voice
from audioguide.model.units import to_seconds

COMMANDS = {
    "build": build,
    "plan": plan,
    "programme": programme,
    "handout": handout,
    "profile new": new,
    "profile set": set_,
}
TITLES = re.compile(r"^(\w+):$", re.MULTILINE)


def help_of(audioguide, name: str) -> str:
    ran = audioguide(*name.split(), "--help")
    assert ran.code == 0
    return ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_stands_in_a_named_section(name):
    options = [parameter for parameter in COMMANDS[name].params if parameter.param_type_name == "option"]
    assert len(options) > 30
    for option in options:
        assert isinstance(option, SectionOption), f"{option.name} has no section"
        assert option.section is not Section.HELP


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_has_every_option_once_below_titles_in_one_order(audioguide, name):
    text = help_of(audioguide, name)
    titles = TITLES.findall(text)
    assert titles == [section for section in Section if section in titles]
    assert {"Person", "Doses", "Weeks", "Words", "Voice", "Sound", "Help"} <= set(titles)
    options = text[TITLES.search(text).start() :]
    for option in COMMANDS[name].params:
        if isinstance(option, SectionOption):
            assert len(re.findall(rf"^  (?:-\w, )?{option.opts[-1]}\b(?!-)", options, re.MULTILINE)) == 1


@pytest.mark.parametrize("columns", [80, 120])
def test_the_words_of_all_sections_begin_in_one_column(audioguide, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", f"{columns}")
    text = help_of(audioguide, "build")
    begins = {re.match(r"  \S.*?  +(?=\S)", line).end() for line in text.splitlines() if line.startswith("  -")}
    assert len(begins) == 1
    assert max(map(len, text.splitlines())) <= columns


def test_the_bounds_that_the_help_names_are_the_models(audioguide, monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    text = " ".join(help_of(audioguide, "build").split())
    lead, music, breath = sound.LeadTone(), sound.Music(pieces=()), sound.Breath()
    loudness = (sound.QUIETEST_LUFS, sound.LOUDEST_LUFS, sound.DEFAULT_LUFS)
    quietest, loudest, usual = (f"{lufs:g}".replace("-", "−") for lufs in loudness)
    for words in (
        f"Words a minute, {voice.SLOWEST_WPM} to {voice.FASTEST_WPM}.",
        f"Loudness of the voice, {quietest} to {loudest}; else {usual}.",
        f"below the voice, {sound.MUSIC_NEAREST_DB:g} to {sound.MUSIC_FARTHEST_DB:g}; else {music.below_db:g}.",
        f"How long it rises; else {to_seconds(breath.in_ms):g}.",
        f"How long it falls; else {to_seconds(breath.out_ms):g}.",
        f"below the voice, {sound.TONE_NEAREST_DB} to {sound.TONE_FARTHEST_DB}; else {lead.below_db:g}.",
        f"How long it is, {sound.SHORTEST_LEAD_MS} to {sound.LONGEST_LEAD_MS}.",
    ):
        assert words in text
