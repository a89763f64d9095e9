"""The ways to write a plan as a text file. To add one: a file in `export.plan` and a row here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from audioguide.export.plan.lyrics import to_lrc
from audioguide.export.plan.picture import to_svg
from audioguide.export.plan.plan_json import to_json
from audioguide.export.plan.subtitles import to_vtt
from audioguide.model.plan import Plan


class Export(NamedTuple):
    """A way to export.

    Attributes:
        suffix: the suffix of its files.
        write: gives their text.
        help: what the option of `build` that bears its name says; empty for none, as the command line has another.
    """

    suffix: str
    write: Callable[[Plan], str]
    help: str = ""


EXPORTS: dict[str, Export] = {
    "plan": Export(".json", to_json),
    "lrc": Export(".lrc", to_lrc, "Write lyrics beside the MP3 (.lrc)."),
    "vtt": Export(".vtt", to_vtt, "Write subtitles beside the MP3 (.vtt)."),
    "svg": Export(".svg", to_svg),
}
"""Each way to export by its name."""
