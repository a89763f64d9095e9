"""Fills in the templates of the web pages, which stand in the folder ``templates`` beside the code that fills them."""

from __future__ import annotations


def filled_page(package: str, template: str, **values: object) -> str:
    """Return a template of ``package``, such as ``audioguide.export.player``, with ``values`` in it.

    Every value is escaped as HTML unless the template marks it as safe.

    Raises:
        jinja2.UndefinedError: when the template uses a name without a value.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        # Without it a misspelt name would leave a hole in the page and say nothing.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # A title may hold half a surrogate pair, which no encoding of a page can write.
    return environment.get_template(template).render(values).encode("utf-8", "replace").decode("utf-8")
