"""Refuses an SVG that could run a script, load something, or is no SVG.

Pages show it only as an image, in which browsers run and load nothing (SVG Integration, 2.2); a file that tries to is
refused all the same, as it may be opened by itself.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from audioguide.errors import RequestError

_NAMESPACE = "http://www.w3.org/2000/svg"

_ACTIVE = frozenset(
    {
        *("script", "handler", "listener", "foreignobject", "iframe", "embed", "object", "audio", "video", "canvas"),
        # They may set a link to a script once the picture is shown.
        *("animate", "animatemotion", "animatetransform", "animatecolor", "set"),
    }
)
"""Elements that run or embed something, in small letters."""

_LOADING = re.compile(r"@import|\\|url\((?!\s*[\"']?\s*#)|javascript:", re.IGNORECASE)
"""What in a style loads something; also a backslash, by which a word can be hidden (CSS Syntax Level 3, 4.3.7)."""

_LINKS = frozenset({"href", "src", "base"})


def refuse_unsafe_svg(path: Path, data: bytes) -> None:
    """Refuse the SVG in ``data`` unless it only draws.

    Raises:
        RequestError: naming the file at ``path``, what is wrong and what to do.
    """

    def refuse(what: str, *_: object) -> NoReturn:
        raise RequestError(f"{path}: {what}; save it as plain SVG, or as PNG")

    depth, styles = 0, [""]

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        space, _, name = tag.rpartition(" ")
        if depth == 0 and (space, name) != (_NAMESPACE, "svg"):
            refuse("is no SVG")
        depth += 1
        if name.lower() in _ACTIVE:
            refuse(f"has the element '{name}', which a picture may not have")
        for key, value in attributes.items():
            _, _, local = key.rpartition(" ")
            if local.lower().startswith("on"):
                refuse(f"has the event handler '{local}'")
            if (local.lower() in _LINKS and not value.strip().startswith("#")) or _LOADING.search(value):
                refuse(f"would load something ('{local}' of '{name}')")
        styles.append("")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1
        # All of an element's text together, as a parser may hand it on in pieces.
        if _LOADING.search(styles.pop()):
            refuse("would load something (a style)")

    def text(piece: str) -> None:
        styles[-1] += piece

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    # Without a document type there are no entities: neither ones that read files nor ones that grow to gigabytes.
    parser.StartDoctypeDeclHandler = lambda *_: refuse("has a DOCTYPE")
    parser.ProcessingInstructionHandler = lambda *_: refuse("has a processing instruction")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise RequestError(f"{path}: is no SVG that can be read ({error}); save the picture anew") from error
