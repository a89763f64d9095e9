"""Texts that name a side: ``{side}``, ``{other_side}``, and both forms of a word, ``{linkes|rechtes} Knie``.

Of two forms the first is said when the side is left. ``{other:linken|rechten}`` are those of the other side. A pair
with a number in each half, ``{5 centimetres|2 inches}``, is one measure in two units (`model.units_of_texts`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from audioguide.model.kinds import Side

PLACEHOLDERS = ("side", "other_side")
"""What a sentence of an exercise may leave to be filled in."""

_PLACE = re.compile(r"\{(?:(side|other_side)|(other:)?([^{}|]*)\|([^{}|]*))\}")
"""A side to fill in, or a pair; a half of a pair may be empty here, which `form_problem` finds."""


class SideForm(NamedTuple):
    """One place of a text where a side is named.

    Attributes:
        other: whether it is the side that doesn't work.
        left: what is said there where the side that it means is left.
        right: the same for right.
    """

    other: bool
    left: str
    right: str


def is_measure(left: str, right: str) -> bool:
    """Return whether the halves of a pair are one measure in two units: each holds a number."""
    return bool(re.search(r"\d", left) and re.search(r"\d", right))


def side_forms(text: str) -> tuple[SideForm, ...]:
    """Return every place of ``text`` that names a side, in order."""
    # Nearly all texts have none, and fitting a session to minutes asks for all of them many times.
    if "{" not in text:
        return ()
    return tuple(form for place in _PLACE.finditer(text) if (form := _form(place)) is not None)


def _form(place: re.Match[str]) -> SideForm | None:
    """Return what a place says of each side; None for a measure."""
    name, other, left, right = place.groups()
    if name is not None:
        return SideForm(name == "other_side", Side.LEFT.value, Side.RIGHT.value)
    return None if other is None and is_measure(left, right) else SideForm(other is not None, left, right)


def names_a_side(text: str) -> bool:
    """Return whether ``text`` names the side that works or the other."""
    return bool(side_forms(text))


def names_working_side(text: str) -> bool:
    """Return whether ``text`` names the side that works."""
    return any(not form.other for form in side_forms(text))


def names_other_side(text: str) -> bool:
    """Return whether ``text`` names the side that doesn't work."""
    return any(form.other for form in side_forms(text))


def with_forms(text: str, say: Callable[[SideForm], str]) -> str:
    """Return ``text`` with what ``say`` gives for each place that names a side.

    One that begins a sentence begins with a capital letter.
    """
    if not names_a_side(text):
        return text

    def one(place: re.Match[str]) -> str:
        form = _form(place)
        if form is None:
            return place[0]
        said = say(form)
        begins = place.start() == 0 or text[: place.start()].endswith((". ", "! ", "? "))
        return said[:1].upper() + said[1:] if begins else said

    return _PLACE.sub(one, text)


def filled(text: str, side: Side | None) -> str:
    """Return ``text`` as it is for ``side``; without a side it stays as it is.

    A side that begins a sentence begins with a capital letter.
    """
    if side is None:
        return text
    return with_forms(text, lambda form: form.left if (side is Side.LEFT) is not form.other else form.right)


def filled_for_both(text: str, first: Side, joined: Callable[[str, str], str]) -> str:
    """Return ``text`` for both sides: in each place its form for the ``first`` side ``joined`` to that for the other.

    A side that begins a sentence begins with a capital letter.
    """

    def both(form: SideForm) -> str:
        forms = (form.left, form.right) if (first is Side.LEFT) is not form.other else (form.right, form.left)
        return joined(*forms)

    return with_forms(text, both)


_BRACED_BAR = re.compile(r"\{[^{}]*\|[^{}]*\}")


def form_problem(text: str) -> tuple[str, str] | None:
    """Return what is wrong with the pairs of ``text``, and what to write; None where both forms stand in each."""
    for pair in _BRACED_BAR.findall(text):
        halves = pair[1:-1].removeprefix("other:").split("|")
        if len(halves) > 2:
            return f"{pair} has {len(halves)} forms", "write two: the first is said when the side is left"
        if not all(half.strip() for half in halves):
            return f"{pair} lacks a form", "write both: {left|right}, the first for the left side"
    if "|" in _BRACED_BAR.sub("", text):
        return "has a bar outside braces", "write both forms in braces, {left|right}, or leave the bar out"
    return None


def without_pairs(text: str) -> str:
    """Return ``text`` with nothing where it has pairs of forms or of measures."""
    return _BRACED_BAR.sub("", text)


def has_measure(text: str) -> bool:
    """Return whether ``text`` states a measure in two units."""
    return any(place[1] is None and _form(place) is None for place in _PLACE.finditer(text))
