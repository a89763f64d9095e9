"""Fixed sentences that name a side, which in most languages changes the words around it: ``{linkes|rechtes} Knie``."""

from __future__ import annotations

import re

from audioguide.model.kinds import Side

_FORMS = re.compile(r"\{([^{}|]*)\|([^{}|]*)(?:\|([^{}|]*))?\}")
"""The words where the side is left, where it is right, and, where a third stands there, where it is either one."""


def of_side(text: str, side: Side | None) -> str:
    """Return ``text`` with one form of each ``{left|right}`` in it; for no side the third, else "left/right"."""

    def chosen(forms: re.Match[str]) -> str:
        if side is None:
            return forms[3] if forms[3] is not None else f"{forms[1]}/{forms[2]}"
        return forms[1] if side is Side.LEFT else forms[2]

    return _FORMS.sub(chosen, text) if "|" in text else text


def side_free(text: str) -> str:
    """Return ``text`` with ``{side}`` for each pair of forms, as translations are compared."""
    return _FORMS.sub("{side}", text)
