"""The translated texts of a language's folder: which files there must be, written anew, and what they still lack."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from audioguide.errors import RequestError
from audioguide.languages.registry import FOLDERS
from audioguide.library.builtin import exercise_files
from audioguide.library.protocol_files import builtin_ids, builtin_text
from audioguide.library.text_slots import THINGS, things_of, translated
from audioguide.storage.whole_files import write_whole
from scripts.translating.texts_file import english_changes, entries, texts_file

LANGUAGES = Path(__file__).parent.parent.parent / "audioguide" / "languages"


class Original(NamedTuple):
    """A built-in file with English texts.

    Attributes:
        name: its path in a folder of texts, without ``.toml``.
        table: its raw table.
    """

    name: str
    table: Mapping[str, Any]


def originals() -> Iterator[Original]:
    """Yield everything that a language translates, names of things aside."""
    for name, table in exercise_files().items():
        yield Original(f"exercises/{name}", {"exercise": table})
    for name in builtin_ids():
        yield Original(f"protocols/{name}", tomllib.loads(builtin_text(name)))


def all_things() -> list[str]:
    """Return every name of a thing or muscle that the built-in files have."""
    return sorted({name for original in originals() for name in things_of(original.table)})


def write_texts(code: str, folder: Path) -> list[Path]:
    """Write the files of a language's texts into ``folder`` with the English of today, and return them.

    What is translated already stays, as long as its English does.

    Raises:
        ValueError: when a file that is there can't be read, naming the line.
    """
    written = []
    for original in originals():
        path = folder / f"{original.name}.toml"
        try:
            known = entries(path.read_text(encoding="utf-8")) if path.exists() else []
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
        heading = (
            f"The texts of {original.name} in {code}, each below its English. What is empty is not translated yet.\n"
            "{a|b} are the two forms of a word: the first is said when the side is left; {other:a|b} is the other side."
        )
        written.append(_write(path, texts_file(original.table, heading, known)))
    path = folder / f"{THINGS}.toml"
    names = tomllib.loads(path.read_text(encoding="utf-8"))[THINGS] if path.exists() else {}
    rows = "".join(
        f"{json.dumps(name)} = {json.dumps(names.get(name, ''), ensure_ascii=False)}\n" for name in all_things()
    )
    heading = f"# What exercises need and the muscles they work on, in {code}, as in a list.\n"
    return [*written, _write(path, f"{heading}\n[{THINGS}]\n{rows}")]


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
    return path


def text_gaps(folder: Path) -> Iterator[str]:
    """Yield what the texts in ``folder`` lack, a line each: files, texts, and those whose English has changed."""
    things_file = folder / f"{THINGS}.toml"
    things = tomllib.loads(things_file.read_text(encoding="utf-8"))[THINGS] if things_file.exists() else {}
    if not things_file.exists():
        yield f"texts/{THINGS}.toml: no such file"
    else:
        yield from (f"texts/{THINGS}.toml: {name}: has no name" for name in all_things() if not things.get(name))
        yield from (f"texts/{THINGS}.toml: {name}: is no thing of ours" for name in things.keys() - {*all_things()})
    for original in originals():
        yield from (f"texts/{original.name}.toml: {gap}" for gap in _gaps(original, folder, things))


def _gaps(original: Original, folder: Path, things: Mapping[str, str]) -> Iterable[str]:
    path = folder / f"{original.name}.toml"
    if not path.exists():
        return ["no such file"]
    text = path.read_text(encoding="utf-8")
    try:
        changes = english_changes(original.table, text)
    except ValueError as error:
        return [str(error)]
    # Names of things are asked for once, not for each exercise.
    named = {**dict.fromkeys(all_things(), "-"), **things}
    problems = translated(original.table, tomllib.loads(text), named).problems
    return [*changes, *(f"{problem.where}: {problem.what}; {problem.hint}" for problem in problems)]


def main() -> None:
    """Write the texts of the language that the command line names."""
    code = sys.argv[1] if len(sys.argv) == 2 else ""
    folder = LANGUAGES / FOLDERS.get(code, code.lower().replace("-", "_"))
    if not code or not folder.is_dir():
        sys.exit("name a language whose folder is in audioguide/languages: scripts/translation de")
    try:
        print("\n".join(str(path) for path in write_texts(code, folder / "texts")))
    except (ValueError, RequestError) as error:
        sys.exit(str(error))
    for gap in text_gaps(folder / "texts"):
        print(gap)


if __name__ == "__main__":
    main()
