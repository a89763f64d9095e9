"""What a protocol has for the printed page alone: reasons, mistakes, lists for reading, breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from audioguide.model.protocol import Protocol
from audioguide.model.session import SessionPhase


class Breaks(Struct, frozen=True):
    """Breaks from sitting: what they are called, what they are, when to stop, and what is done."""

    title: str
    summary: tuple[str, ...]
    safety: tuple[str, ...]
    phases: tuple[SessionPhase, ...]


class TextList(Struct, frozen=True):
    """Texts that belong together.

    Attributes:
        lead: what stands above them; empty for nothing.
        items: the texts.
    """

    lead: str
    items: tuple[str, ...]


class PrintedTexts(Struct, frozen=True):
    """What is printed and not spoken.

    Attributes:
        red_flags: who sees a professional first; empty where what is spoken is printed.
        see_professional: who sees one later; empty where what is spoken is printed.
        why: why it is done in this way.
        mistakes: common ones.
        suggestions: what is the author's own and has no mark at a dose.
        breaks: None where the protocol states none, or they are part of the session.
    """

    red_flags: tuple[TextList, ...] = ()
    see_professional: tuple[TextList, ...] = ()
    why: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    breaks: Breaks | None = None


def printed_texts(protocol: Protocol, breaks: Breaks | None = None) -> PrintedTexts:
    """Return what ``protocol`` has for the page, with its ``breaks``."""
    return PrintedTexts(
        red_flags=tuple(_lists(protocol.read_red_flags)),
        see_professional=tuple(_lists(protocol.read_see_professional)),
        why=protocol.why,
        mistakes=protocol.mistakes,
        suggestions=protocol.suggestions,
        breaks=breaks,
    )


def _lists(texts: Iterable[str]) -> Iterator[TextList]:
    """Yield texts as lists, each led by a text that ends with a colon."""
    lead, items = "", list[str]()
    for text in texts:
        if text.endswith(":"):
            if lead or items:
                yield TextList(lead, tuple(items))
            lead, items = text, []
        else:
            items.append(text)
    if lead or items:
        yield TextList(lead, tuple(items))
