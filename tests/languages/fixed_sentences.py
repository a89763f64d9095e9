"""What is wrong with a language's fixed sentences, held against the English ones.

`python -m tests.languages.fixed_sentences de` lists it. Each problem names the field, such as
``printed.handout.rest``, so that a translator finds it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from audioguide.export.figures.figure_table import FIGURES
from audioguide.export.figures.side_letters import SIDE_LETTERS
from audioguide.languages.formats import Counted, Formats, plural
from audioguide.languages.language import Language
from audioguide.languages.lengths import Lengths
from audioguide.languages.registry import find
from audioguide.languages.sides import side_free
from audioguide.library.builtin import conditions
from audioguide.model.text import fields_in

PAIR = re.compile(r"\{([^{}|]*)\|([^{}|]*)(?:\|[^{}|]*)?\}")

LEAST_ENCOURAGEMENTS = 6

# What a field holds is one of these; all else is a table of them.
Sentence = str | Counted

SHARED = re.compile(r"min|h|s|mp3|podcast|start|position|pause|session|ready", re.IGNORECASE)
"""Words that may be the same in another language as in English, alone."""


def sentences(table: Struct, path: str = "") -> Iterator[tuple[str, Sentence]]:
    """Yield every fixed sentence in ``table`` with its dotted path; of a list or mapping each with its place in it."""
    for name in table.__struct_fields__:
        value, where = getattr(table, name), f"{path}{name}"
        if isinstance(value, str | Counted):
            yield where, value
        elif isinstance(value, Mapping):
            yield from ((f"{where}.{key}", text) for key, text in value.items())
        elif isinstance(value, tuple):
            yield from ((f"{where} {number}", text) for number, text in enumerate(value, 1))
        elif not isinstance(value, Formats | Lengths):
            yield from sentences(value, f"{where}.")


def all_sentences(language: Language) -> dict[str, Sentence]:
    """Return every fixed sentence of a language by its path, but those of which each language has its own number."""
    found = [*sentences(language.wording, "wording."), *sentences(language.printed, "printed.")]
    own = (
        "printed.side_letters",
        "wording.encouragement",
        "wording.conditions",
        "wording.professionals",
        "printed.figures",
    )
    return {path: text for path, text in found if not path.startswith(own)}


def forms(sentence: Sentence) -> dict[str, str]:
    """Return the forms of a sentence by plural category."""
    return {"other": sentence} if isinstance(sentence, str) else sentence.forms


def placeholders(text: str) -> Counter[str]:
    """Return what is filled into ``text``; sides in either of their forms are one."""
    return Counter(name if name != "other_side" else "side" for name in re.findall(r"\{(\w+)\}", side_free(text)))


def problems(code: str) -> list[str]:
    """Return what is wrong with the fixed sentences of a language, a line each."""
    language, english = find(code), find("en")
    own, reference = all_sentences(language), all_sentences(english)
    found = [f"{path}: missing" for path in reference.keys() - own.keys()]
    found += [f"{path}: English has no such sentence" for path in own.keys() - reference.keys()]
    for path in reference.keys() & own.keys():
        found += (f"{path}: {problem}" for problem in _sentence_problems(own[path], reference[path], language))
    return sorted([*found, *_table_problems(language)])


def _sentence_problems(own: Sentence, english: Sentence, language: Language) -> Iterator[str]:
    wanted = placeholders(forms(english)["other"])
    for category, text in forms(own).items():
        fields_in(side_free(text))
        here = placeholders(text)
        # "One exercise" needs no number.
        if here != wanted and not (category != "other" and here == wanted - Counter(["count"])):
            yield f"'{text}' is filled with {sorted(here)}, and English with {sorted(wanted)}"
        yield from _side_problems(text, language)
    stated = len(forms(english)) > 1
    categories = {plural(language.formats.locale, count) for count in range(121)}
    if stated and language.code != "en" and (lacking := categories - forms(own).keys()):
        yield f"lacks the form for {', '.join(sorted(lacking))}"
    if language.code != "en":
        text = forms(own)["other"]
        bare = re.sub(r"\{[^{}]*\}", "", text)
        if text == forms(english)["other"] and re.search(r"[^\W\d_]{2}", bare) and not SHARED.fullmatch(bare.strip()):
            yield f"'{text}' is English still"


def _side_problems(text: str, language: Language) -> Iterator[str]:
    """Yield what is wrong with the forms of a side: each pair has a word of either side, or is wholly of that side."""
    left, right = (word.split()[-1][:4].casefold() for word in (language.wording.left, language.wording.right))
    for one, other in PAIR.findall(text):
        sides = [
            "left" if left in form.casefold() else "right" if right in form.casefold() else "" for form in (one, other)
        ]
        if "" in sides or sides[0] == sides[1]:
            # Forms of an article or an ending alone, as in "{la|el}", stand beside one that names the side.
            named = [form for pair in PAIR.findall(text) for form in pair[:2] if left in form.casefold()]
            if not named:
                yield f"'{text}' names no side in {{{one}|{other}}}"


def _table_problems(language: Language) -> Iterator[str]:
    english = find("en")
    wording, printed = language.wording, language.printed
    if len({*wording.encouragement}) < LEAST_ENCOURAGEMENTS:
        yield f"wording.encouragement: fewer than {LEAST_ENCOURAGEMENTS}"
    for condition in english.wording.professionals.keys() - wording.professionals.keys():
        yield f"wording.professionals.{condition}: missing"
    if set(printed.side_letters) - SIDE_LETTERS.keys() or len({*printed.side_letters}) != 2:
        yield f"printed.side_letters: '{printed.side_letters}' are not two of {''.join(SIDE_LETTERS)}"
    if language.code == "en":
        return
    for condition in conditions() - wording.conditions.keys():
        yield f"wording.conditions.{condition}: missing"
    for name, figure in FIGURES.items():
        if name not in printed.figures:
            yield f"printed.figures.{name}: missing"
        elif ("{side}" in figure.words) != bool(PAIR.search(printed.figures[name])):
            yield f"printed.figures.{name}: names a side where English doesn't, or the other way round"
        else:
            yield from (f"printed.figures.{name}: {what}" for what in _side_problems(printed.figures[name], language))
    for name in printed.figures.keys() - FIGURES.keys():
        yield f"printed.figures.{name}: there is no such figure"


if __name__ == "__main__":
    for problem in problems(sys.argv[1]):
        print(problem)
