"""Words by which texts are told to be of a language, and to say left or right."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from msgspec import Struct

from audioguide.languages.registry import FOLDERS
from audioguide.storage.packaged_files import packaged_file


class TextWords(Struct, frozen=True):
    """What a language's file ``words.toml`` holds.

    Attributes:
        left: how its words for left begin, in all their forms.
        right: the same for right.
        lower: the words by which a part of a rep is known to lower; the first is said for a tempo in figures.
        lift: the same for lifting.
        pause: the same for a pause.
        function_words: small words of nearly every sentence, in lower case, none of them English in other languages.
    """

    left: str
    right: str
    lower: tuple[str, ...]
    lift: tuple[str, ...]
    pause: tuple[str, ...]
    function_words: frozenset[str]

    @property
    def tempo(self) -> tuple[str, str, str, str]:
        """What is said for each figure of a tempo: to lower, pause, lift, and pause again."""
        return self.lower[0], self.pause[0], self.lift[0], self.pause[0]

    def says_left(self, text: str) -> bool:
        """Return whether a word of ``text`` means left."""
        return _begins(self.left, text)

    def says_right(self, text: str) -> bool:
        """Return whether a word of ``text`` means right."""
        return _begins(self.right, text)


def _begins(stem: str, text: str) -> bool:
    return re.search(rf"\b{stem}", text, re.IGNORECASE) is not None


@cache
def text_words(code: str) -> TextWords:
    """Return the words of the language of ``code``, as its folder has them."""
    # Also of a folder that is begun and not in the registry yet.
    folder = FOLDERS.get(code, code.lower().replace("-", "_"))
    table = tomllib.loads(packaged_file(f"languages/{folder}/words.toml").decode("utf-8"))
    return TextWords(
        left=table["left"],
        right=table["right"],
        lower=tuple(table["lower"].split()),
        lift=tuple(table["lift"].split()),
        pause=tuple(table["pause"].split()),
        function_words=frozenset(table["function_words"].split()),
    )
