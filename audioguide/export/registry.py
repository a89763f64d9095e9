"""The ways to write a plan as a text file beside the MP3. A new one is a file in this folder and a row here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from audioguide.export.plan.picture import to_svg
from audioguide.export.plan.plan_json import to_json
from audioguide.export.plan.subtitles import to_vtt
from audioguide.export.tags.lyrics import to_lrc
from audioguide.model.plan import Plan


class Export(NamedTuple):
    """A way to export: the suffix of its files, and the function that gives their text."""

    suffix: str
    write: Callable[[Plan], str]


EXPORTS: dict[str, Export] = {
    "plan": Export(".json", to_json),
    "lrc": Export(".lrc", to_lrc),
    "vtt": Export(".vtt", to_vtt),
    "svg": Export(".svg", to_svg),
}
"""Each way to export by its name."""
