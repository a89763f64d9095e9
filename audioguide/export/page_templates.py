"""Fills in the templates of the web pages, which stand in the folder ``templates`` beside the code that fills them."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from audioguide.storage.packaged_files import is_packaged, packaged_file

if TYPE_CHECKING:
    from jinja2 import Template


PLAYER = "audioguide.export.player"
"""Whose colours and letters are on every page that has none of its own."""


def filled_page(package: str, template: str, **values: object) -> str:
    """Return a template of ``package``, such as ``audioguide.export.player``, with ``values`` in it.

    Every value is escaped as HTML unless the template marks it as safe.

    Raises:
        jinja2.UndefinedError: when the template uses a name without a value.
        InstallationError: when the template is not the one that came with the program.
    """
    # A title may hold half a surrogate pair, which no encoding of a page can write.
    return _template(package, template).render(values).encode("utf-8", "replace").decode("utf-8")


# Cached, as compiling the player's takes as long as filling it, and a server fills it each time it is opened.
@cache
def _template(package: str, name: str) -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(partial(_source, package)),
        autoescape=True,
        # Without it a misspelt name would leave a hole in the page and say nothing.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def _source(package: str, name: str) -> str | None:
    """Return the text of a template; where ``package`` has none of its own, that of the player's."""
    for owner in (package, PLAYER):
        file = f"{owner.removeprefix('audioguide.').replace('.', '/')}/templates/{name}"
        if is_packaged(file):
            return packaged_file(file).decode("utf-8")
    return None
