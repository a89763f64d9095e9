"""Languages are found by their tags, and a session holds the one that it is in."""

from __future__ import annotations

import pytest

from audioguide.errors import FileError, RequestError
from audioguide.languages import registry
from audioguide.languages.registry import CODES, code_of, find
from tests.helpers import layer, parsed, session_of

OWN = """
format = 1
id = "reach"
title = "Reach"
{language}
[[phase]]
title = "Reach"
exercises = ["reach"]
[exercise.reach]
name = "Overhead reach"
hold_s = 30
"""


def test_a_tag_finds_the_language_that_serves_it(monkeypatch: pytest.MonkeyPatch):
    assert find("en").code == "en"
    assert find("en-GB") is find("en")
    monkeypatch.setattr(registry, "CODES", ("en", "de", "es", "pt-BR"))
    for tag, code in (("de-AT", "de"), ("DE", "de"), ("es-MX", "es"), ("pt", "pt-BR"), ("pt_br", "pt-BR")):
        assert code_of(tag) == code
    assert code_of("nl") is None


@pytest.mark.parametrize("code", CODES)
def test_each_language_is_called_by_its_code(code: str):
    assert find(code).code == code


def test_a_language_that_is_not_here_is_refused_with_those_that_are():
    with pytest.raises(RequestError, match="there is no language 'nl' here; there is en"):
        find("nl")
    with pytest.raises(FileError, match="language: is 'nl', which is not here; there is en"):
        parsed(OWN.format(language='language = "nl"'))
    with pytest.raises(FileError, match="language: is no language tag; write one such as en"):
        parsed(OWN.format(language='language = "English"'))


def test_the_person_decides_before_the_protocol():
    assert session_of(parsed(OWN.format(language=""))).language == "en"
    assert session_of(parsed(OWN.format(language='language = "en_us"'))).language == "en-US"
    british = parsed(OWN.format(language='language = "en-GB"'))
    assert session_of(british, layer(language="en-us")).language == "en-US"
    # Who asks for English is not asking for another one.
    assert session_of(british, layer(language="en")).language == "en-GB"
