"""The words of exercise sheets in each language: of doses, sides, rests, headings, and what keeps a person safe."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from audioguide.languages.registry import FOLDERS
from audioguide.storage.packaged_files import packaged_file


class SheetWords(Struct, frozen=True):
    """What a language's file ``sheet.toml`` holds; all words as `plain` gives them.

    Attributes:
        rep_word: what is said where a rep is held.
        phase_title: the title of exercises that stand under no heading.
        decimal_comma: whether 1,5 is one and a half.
        without: by which words a dose has none of what follows, such as a rest.
        getting_ready: how steps of timers begin in which one gets into position or changes sides.
        words: each kind of word of a dose to its words and phrases.
        refused: each reason for which a dose can't be read to the words that tell it.
        openings: with what a line begins that is for a person's safety.
        stems: what stands somewhere in such a line.
        one_of_two: how words begin that tell one side from the other without naming it.
        held: parts of names of exercises that are held, so that a bare number is not known to be of reps.
        headings: headings of phases.
        left_out: labels of lines about the person and the clinic, which are no part of a protocol.
        text_labels: labels of lines that are text.
        columns: each kind of column to its headings.
        side_letters: what stands for left and right in a column of sides.
        aliases: other names of built-in exercises, by id.
    """

    rep_word: str
    phase_title: str
    decimal_comma: bool
    without: tuple[str, ...]
    getting_ready: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    refused: Mapping[str, tuple[str, ...]]
    openings: tuple[str, ...]
    stems: tuple[str, ...]
    one_of_two: tuple[str, ...]
    held: tuple[str, ...]
    headings: frozenset[str]
    left_out: frozenset[str]
    text_labels: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]
    side_letters: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, tuple[str, ...]]


def plain(text: str) -> str:
    """Return ``text`` as it is compared: in small letters, without accents, with straight apostrophes."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@cache
def sheet_words(code: str) -> SheetWords:
    """Return the words of the language of ``code``."""
    table = tomllib.loads(packaged_file(f"languages/{FOLDERS[code]}/sheet.toml").decode("utf-8"))

    def lists(key: str) -> dict[str, tuple[str, ...]]:
        return {kind: tuple(map(plain, words)) for kind, words in table[key].items()}

    health, names = lists("health"), lists("names")
    return SheetWords(
        rep_word=table["rep_word"],
        phase_title=table["phase_title"],
        decimal_comma=table["decimal_comma"],
        without=tuple(map(plain, table["without"])),
        getting_ready=tuple(map(plain, table["getting_ready"])),
        words=lists("words"),
        refused=lists("refused"),
        openings=health["openings"],
        stems=health["stems"],
        one_of_two=names["one_of_two"],
        held=names["held"],
        headings=frozenset(names["headings"]),
        left_out=frozenset(names["left_out"]),
        text_labels=frozenset(names["text_labels"]),
        columns=lists("columns"),
        side_letters=lists("side_letters"),
        aliases={name: tuple(words) for name, words in table["aliases"].items()},
    )
