"""Languages whose texts the tests bring themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audioguide.library import translations
from audioguide.storage.packaged_files import is_packaged, packaged_file
from scripts.translating.folder import write_texts

CACHED = (translations.builtin_translation, translations.builtin_things, translations.exercise_in)

Given = Callable[[Path], None]


@pytest.fixture
def given_texts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Given]:
    """Have the built-in texts of every language looked for in a folder of the test's."""

    def give(folder: Path) -> None:
        for function in CACHED:
            function.cache_clear()

        def file_of(name: str) -> Path | None:
            _, texts, rest = name.partition("/texts/")
            return folder / rest if texts else None

        def is_there(name: str) -> bool:
            file = file_of(name)
            return is_packaged(name) if file is None else file.is_file()

        def read(name: str) -> bytes:
            file = file_of(name)
            return packaged_file(name) if file is None else file.read_bytes()

        monkeypatch.setattr(translations, "is_packaged", is_there)
        monkeypatch.setattr(translations, "packaged_file", read)

    yield give
    for function in CACHED:
        function.cache_clear()


@pytest.fixture
def pseudo_german(tmp_path: Path, given_texts: Given) -> Path:
    """A folder with every built-in text in words that nobody takes for English, sides and measures kept."""
    folder = tmp_path / "texts"
    write_texts("de", folder)
    for file in folder.rglob("*.toml"):
        lines = file.read_text(encoding="utf-8").splitlines()
        english: list[str] = []
        for number, line in enumerate(lines):
            if "# en: " in line:
                english.append(line.partition("# en: ")[2])
            elif '""' in line and not line.startswith("#"):
                texts = iter(english or [line.partition(" = ")[0].strip('"')])
                lines[number] = "".join(part if part != '""' else f'"{pseudo(next(texts))}"' for part in parts(line))
                english = []
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    given_texts(folder)
    return folder


def parts(line: str) -> list[str]:
    """Return a line cut at its empty texts, which are parts of their own."""
    first, *others = line.split('""')
    return [first, *(part for other in others for part in ('""', other))]


def pseudo(english: str) -> str:
    text = english.replace("{side}", "{linkes|rechtes}").replace("{other_side}", "{other:linken|rechten}")
    return f"Ö {text}"
