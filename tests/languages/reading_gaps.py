"""What the folder of a language lacks for being read aloud: its voices, its tables, readings that test them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from audioguide.languages.reading import Reading

READINGS = Path(__file__).parent / "readings"

MAY_BE_EMPTY = {"inflected", "agreeing", "one_and_a_half", "one_and_a_half_of_one", "singular_below_two", "rows"}
"""Tables that a language may do without: its numbers may not change, or it says no halves so."""


def reading_gaps(folder: Path) -> Iterator[str]:
    """Yield what the ``folder`` of a language lacks for being read aloud, a line each."""
    for name in ("speaking.py", "reading.py", "lexicon.toml"):
        if not (folder / name).is_file():
            yield f"{name}: no such file"
    if (folder / "reading.py").is_file():
        reading = import_module(f"audioguide.languages.{folder.name}.reading").READING
        yield from table_gaps(reading)
    if not (READINGS / f"{folder.name}.txt").is_file():
        yield f"tests/languages/readings/{folder.name}.txt: no such file; it shows what is said and what stays"


def table_gaps(reading: Reading) -> Iterator[str]:
    """Yield the tables of ``reading`` that are empty."""
    for name in reading.__struct_fields__:
        if name not in MAY_BE_EMPTY and not getattr(reading, name):
            yield f"reading.py: {name}: is empty, so such shorthand is read as it is written"
