"""Help in sections: which section an option stands in, and the command that writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

import click

from audioguide.cli.command import Command

Function = Callable[..., Any]


class Section(StrEnum):
    """The sections of a command's help, in the order in which it shows them."""

    PROFILE = "Profile"
    PERSON = "Person"
    DOSES = "Doses"
    WEEKS = "Weeks"
    WORDS = "Words"
    VOICE = "Voice"
    SOUND = "Sound"
    OUTPUT = "Output"
    HELP = "Help"


class SectionOption(click.Option):
    """An option that stands in a section of the help."""

    def __init__(self, declarations: Sequence[str], section: Section, **attributes: Any) -> None:
        super().__init__(declarations, **attributes)
        self.section = section


def section_option(section: Section, *declarations: str, **attributes: Any) -> Callable[[Function], Function]:
    """Return a decorator like `click.option` for an option in ``section``."""
    return click.option(*declarations, cls=SectionOption, section=section, **attributes)


class SectionCommand(Command):
    """A command whose help lists its options in sections."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections, each with its options in the order of their declaration."""
        rows: dict[str, list[tuple[str, str]]] = {section: [] for section in Section}
        for option in self.get_params(ctx):
            record = option.get_help_record(ctx)
            if record is not None and isinstance(option, click.Option):
                # click adds --help by itself.
                rows[getattr(option, "section", Section.HELP)].append(record)
        # click aligns the options of one list; padding them all to one width aligns the lists with each other.
        width = max(len(name) for section in rows.values() for name, _ in section)
        for title, section in rows.items():
            if section:
                with formatter.section(title):
                    formatter.write_dl([(name.ljust(width), words) for name, words in section], col_max=width)
