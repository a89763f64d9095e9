"""Every language has every fixed sentence, with the same things filled in, and none is left in English."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec.structs import replace

from audioguide.export.handout import handout_page
from audioguide.export.handout.week_table import Weeks
from audioguide.export.player import player_page
from audioguide.languages.formats import Counted, Formats
from audioguide.languages.lengths import Lengths, printed_lengths
from audioguide.languages.paper import paper_of
from audioguide.languages.registry import CODES, find
from audioguide.languages.sides import of_side
from audioguide.model.kinds import Side
from audioguide.model.plan import Plan
from audioguide.model.timeline import Chapter
from audioguide.model.voice import VoiceSettings
from tests.helpers import HEAD, parsed, session_of, timed
from tests.languages import fixed_sentences
from tests.languages.fixed_sentences import problems

REACH = """
[[phase]]
title = "Stretch"
exercises = ["reach"]
[exercise.reach]
name = "Overhead reach"
hold_s = 30
"""


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_every_fixed_sentence(code: str):
    assert problems(code) == []


def test_what_a_translation_lacks_is_named(monkeypatch: pytest.MonkeyPatch):
    german, english = find("de"), find("en")
    worse = replace(
        german,
        wording=replace(german.wording, rest="Pause.", next="Next: {name}.", named_side="{liebe|gute} Seite"),
        printed=replace(
            german.printed,
            figures={**german.printed.figures, "walk": "Das {linke|rechte} Bein."},
            programme=replace(german.printed.programme, for_weeks=Counted("de", "{count} Wochen lang")),
        ),
    )
    monkeypatch.setattr(fixed_sentences, "find", {"de": worse, "en": english}.__getitem__)
    assert [line.partition(": ")[0] for line in problems("de")] == [
        "printed.figures.walk",
        "printed.programme.for_weeks",
        "wording.named_side",
        "wording.next",
        "wording.rest",
    ]


def test_a_count_takes_the_form_of_its_plural_category():
    weeks = Counted("fr", "{count} semaines", one="{count} semaine")
    assert [weeks.text(count) for count in (0, 1, 1.5, 2)] == ["0 semaine", "1 semaine", "1,5 semaine", "2 semaines"]
    days = Counted("de", "{count} Tage", one="{count} Tag")
    assert [days.text(count) for count in (0, 1, 1.5, "2 (1–3)")] == ["0 Tage", "1 Tag", "1,5 Tage", "2 (1–3) Tage"]


@pytest.mark.parametrize(
    ("locale", "spoken", "printed"),
    [
        ("de", ["2,5 Sekunden", "1 Minute", "2 Minuten 30 Sekunden"], ["2,5 s", "60 s", "2 min 30 s"]),
        ("fr", ["2,5 secondes", "1 minute", "2 minutes 30 secondes"], ["2,5 s", "60 s", "2 min 30 s"]),
        ("pt_BR", ["2,5 segundos", "1 minuto", "2 minutos 30 segundos"], ["2,5 s", "60 s", "2 min 30 s"]),
    ],
)
def test_a_length_is_said_and_printed_as_the_language_does(locale: str, spoken: list[str], printed: list[str]):
    lengths_ms = (2_500, 60_000, 150_000)
    assert list(map(Lengths(locale).text, lengths_ms)) == spoken
    assert [printed_lengths(locale).text(ms).replace("\N{NO-BREAK SPACE}", " ") for ms in lengths_ms] == printed
    # Who is told to stay so long must have as much left.
    assert Lengths(locale).least_named_ms(f"{spoken[2]}.") == 120_000


def test_a_list_ends_with_the_words_of_its_language():
    spanish = Formats("es", joints=((r" y (?=h?i(?!e))", " e "),))
    assert spanish.list(["cuádriceps", "glúteos", "isquiotibiales"]) == "cuádriceps, glúteos e isquiotibiales"
    assert find("de").formats.list(["Matte", "Band"], "or") == "Matte oder Band"
    assert find("en").formats.list(["mat", "band", "wall"]) == "mat, band and wall"


def test_a_date_is_written_as_the_language_does():
    day = date(2026, 10, 5)
    assert [find("de").formats.full_date(day), find("de").formats.date(day)] == ["Montag, 5. Oktober 2026", "5. Okt."]
    assert [find("en").formats.full_date(day), find("en").formats.date(day)] == ["Monday 5 October 2026", "5 Oct"]
    assert find("de").formats.short_day(0) == "Mo"


def test_a_side_has_its_words_and_a_third_form_stands_for_either():
    form = "unter dem {linken|rechten|einen} Knie"
    assert [of_side(form, side) for side in (Side.LEFT, Side.RIGHT, None)] == [
        "unter dem linken Knie",
        "unter dem rechten Knie",
        "unter dem einen Knie",
    ]


@pytest.mark.parametrize("code", CODES)
def test_a_chapters_title_begins_with_its_phase(code: str):
    title = find(code).wording.chapter_phase.format(phase="Phase: 1", name="Reach: left")
    assert Chapter(0, 1, title, "Phase: 1").name == "Reach: left"


def test_a_space_may_stand_before_the_colon_of_a_chapters_title():
    assert Chapter(0, 1, "Étirer\u00a0: Genou", "Étirer").name == "Genou"
    assert Chapter(0, 1, "Étirements", "Étirer").name == "Étirements"


@pytest.mark.parametrize(
    ("tag", "paper"),
    [("en", ""), ("en-US", "letter"), ("en-GB", "A4"), ("de", "A4"), ("es-MX", "letter"), ("es", "A4")],
)
def test_paper_is_that_of_the_region(tag: str, paper: str):
    assert paper_of(tag) == paper


def test_pages_of_a_language_that_runs_from_right_to_left_do(monkeypatch: pytest.MonkeyPatch):
    arabic = replace(find("en"), formats=Formats("ar"))
    monkeypatch.setattr(handout_page, "find", lambda _: arabic)
    monkeypatch.setattr(player_page, "nearest", lambda _: arabic)
    session = session_of(parsed(HEAD + REACH))
    plan = Plan(session.protocol, session.title, None, VoiceSettings(), timed(session)[1], language="ar")
    weeks = Weeks(date(2026, 10, 5), dated=True, done_on=frozenset())
    handout = handout_page.to_html(handout_page.Handout(replace(session, language="ar"), plan, None, (), weeks))
    for page in (handout, player_page.player_html(plan, "a.mp3"), player_page.sessions_html([])):
        assert re.search(r'<html lang="(ar|en)" dir="rtl">', page)
