"""Tables and progress on the terminal, by rich: colours are its own, and what is shown in them is plain text."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from audioguide.cli.streams import plain, styled


class _PlainConsole(Console):
    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield the parts of what is shown; orders to the terminal are those that rich adds."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(plain(segment.text), segment.style)


def console(stderr: bool = False) -> Console:
    """Return what prints tables to standard output, or to standard error."""
    return _PlainConsole(file=styled(sys.stderr if stderr else sys.stdout), highlight=False)
