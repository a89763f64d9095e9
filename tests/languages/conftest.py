"""Languages whose texts the tests bring themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.languages import registry
from audioguide.library import translations

CACHED = (translations.builtin_translation, translations.builtin_things, translations.exercise_in)

Given = Callable[[Path], None]


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be German, where its fixed sentences are not here yet, with the English ones."""
    if "de" not in registry.CODES:
        monkeypatch.setitem(registry.FOLDERS, "de", "de")
        monkeypatch.setattr(registry, "CODES", (*registry.CODES, "de"))
        english, loaded = registry.find("en"), registry._loaded
        wording = replace(english.wording, left="links", right="rechts")
        made = replace(english, code="de", name="German", wording=wording)
        monkeypatch.setattr(registry, "_loaded", lambda code: made if code == "de" else loaded(code))


@pytest.fixture
def given_texts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Given]:
    """Have the built-in texts of every language looked for in a folder of the test's."""

    def give(folder: Path) -> None:
        for function in CACHED:
            function.cache_clear()
        monkeypatch.setattr(translations, "texts_folder", lambda code: folder)

    yield give
    for function in CACHED:
        function.cache_clear()
