"""Doses in a column of a table, which has room for ``2 × 45 s a side``; the command line is in English."""

from __future__ import annotations

from functools import partial

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.formats import Counted, Formats

_counted = partial(Counted, "en")

LISTED = DoseWording(
    formats=Formats("en"),
    once="1 rep",
    times=_counted("{count} reps"),
    reps_of_set=_counted("{count}"),
    one_hold="{work}",
    each_side="{work} a side",
    on_left="{work} left",
    on_right="{work} right",
    only_left="{work} left",
    only_right="{work} right",
    between_sides=" and ",
    sets=_counted("{count} × {work}"),
    sets_of_sides=_counted("{count} × {work}"),
    varied=_counted("{count} sets: {work}"),
    between_lists="; ",
    repeated=_counted("{count} times {work}"),
)
