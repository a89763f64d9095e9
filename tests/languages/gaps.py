"""What the folder of a language still lacks, a line each: `python -m tests.languages.gaps de`."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from audioguide.languages.registry import FOLDERS
from audioguide.library.text_slots import slots, things_of
from audioguide.library.translations import ORIGINAL
from scripts.translating.folder import LANGUAGES, text_gaps
from tests.languages.fixed_sentences import problems
from tests.languages.reading_gaps import reading_gaps
from tests.languages.text_checks import text_faults

TEMPLATE = LANGUAGES.parent / "library" / "template.toml"


def folder_of(code: str) -> Path:
    """Return the folder of a language, also of one that is not in the registry yet."""
    return LANGUAGES / FOLDERS.get(code, code.lower().replace("-", "_"))


def gaps(code: str) -> Iterator[str]:
    """Yield what a language lacks: its row, its fixed sentences, its words, its template and its texts."""
    folder = folder_of(code)
    if code == ORIGINAL:
        # Its texts are what others are translated from.
        return
    if not folder.is_dir():
        yield f"audioguide/languages/{folder.name}: no such folder"
        return
    if code not in FOLDERS:
        yield f"registry.py: FOLDERS has no row '{code}'"
    yield from sentence_gaps(code, folder)
    yield from reading_gaps(folder)
    if not (folder / "words.toml").exists():
        yield "words.toml: no such file; it has the words that tell a text's language and its sides"
        return
    if not (folder / "sheet.toml").exists():
        yield "sheet.toml: no such file; it has the words that doses of sheets are read by"
    yield from template_gaps(folder)
    yield from text_gaps(folder / "texts")
    yield from text_faults(code, folder / "texts")


def sentence_gaps(code: str, folder: Path) -> Iterator[str]:
    """Yield what the fixed sentences lack, where there are any."""
    module = f"audioguide.languages.{folder.name}"
    if find_spec(module) is None or not hasattr(import_module(module), "LANGUAGE"):
        yield "__init__.py: has no LANGUAGE"
    elif code in FOLDERS:
        yield from problems(code)


def template_gaps(folder: Path) -> Iterator[str]:
    """Yield in what the template of a language differs from the English one, texts and ids of its own aside."""
    file = folder / "template.toml"
    if not file.exists():
        yield "template.toml: no such file"
        return
    text, original = file.read_text(encoding="utf-8"), TEMPLATE.read_text(encoding="utf-8")
    table, english = tomllib.loads(text), tomllib.loads(original)
    if FOLDERS.get(str(table.pop("language", "en"))) != folder.name:
        yield "template.toml: language: does not state the language"
    if _shape(table) != _shape(english):
        yield "template.toml: has other keys, doses or numbers of texts than the English one"
    kept = {slot.text for slot in slots(table)} & {slot.text for slot in slots(english)}
    yield from (f"template.toml: is still in English: {text}" for text in sorted(kept))
    # Comments explain each key: a translated one stands in its place.
    comments = [len([line for line in found.splitlines() if "#" in line]) for found in (text, original)]
    if comments[0] < comments[1]:
        yield f"template.toml: has {comments[0]} lines with comments, and the English one {comments[1]}"


def _shape(table: dict[str, Any]) -> Any:
    """Return a protocol without its texts and ids."""
    ids = {*table.get("exercise", {}), table.get("id"), *things_of(table)}
    ids |= {item["choice"] for phase in table["phase"] for item in phase["exercises"] if "choice" in item}
    texts = {slot.text for slot in slots(table)}

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {"ID" if key in ids else key: plain(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [plain(entry) for entry in value]
        return "ID" if value in ids else "TEXT" if value in texts else value

    exercises = [plain(exercise) for exercise in table.pop("exercise", {}).values()]
    return plain(table), exercises


def main() -> None:
    """Print what the language that the command line names still lacks; ends with 1 where it lacks anything."""
    if len(sys.argv) != 2:
        sys.exit("name a language: python -m tests.languages.gaps de")
    found = list(gaps(sys.argv[1]))
    print("\n".join(found) if found else f"{sys.argv[1]}: nothing is missing")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
