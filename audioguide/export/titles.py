"""The title of a session with what tells it from others of its protocol: its week, and whose it is."""

from __future__ import annotations

from audioguide.languages.registry import nearest
from audioguide.model.plan import Plan


def full_title(plan: Plan) -> str:
    """Return the title of ``plan`` with its week and the name of its profile."""
    words, title = nearest(plan.language).printed.titles, plan.title
    if plan.week is not None:
        title = words.of_week.format(title=title, week=plan.week)
    return title if plan.profile is None else words.of_person.format(title=title, name=plan.profile)
