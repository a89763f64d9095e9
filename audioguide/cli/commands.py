"""The table of commands. Each lives in a file of its own, which is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "build": "Make the MP3 of a session.",
    "plan": "Show a session's times without making an MP3.",
    "programme": "Make the sessions of several weeks.",
    "batch": "Make the sessions of many people from a table.",
    "handout": "Write a page to print: exercises, doses, weeks to tick.",
    "check": "Hold a finished MP3 against its plan.",
    "page": "Make one web page with the player and the session in it.",
    "calendar": "Write reminders for the weeks as a calendar file.",
    "share": "Serve sessions to phones in the same network, with a QR code.",
    "protocol": "List, show, check and write protocols.",
    "edit": "Write a protocol on a page in your browser.",
    "profile": "Keep a person's own doses and voice.",
    "voices": "List voices, get more, hear and compare them.",
    "cache": "Show or clear what is kept between builds.",
}
"""Name and the line that ``--help`` shows, in the order in which people need them; so help imports no command."""


class ImportedWhenRun(click.Command):
    """A command that is known by its name and summary, and imported from the module of its name when it runs."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Return the context of the command itself, which click then invokes."""
        command: click.Command = getattr(import_module(f"audioguide.cli.{self.name}"), f"{self.name}")
        return command.make_context(info_name, args, parent, **extra)


class Commands(click.Group):
    """A group that lists its commands in their own order; click's goes by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)


@click.group(
    cls=Commands,
    commands={name: ImportedWhenRun(name, short_help=summary) for name, summary in COMMANDS.items()},
    # click's help is 80 columns wide however wide the terminal is; lines of over 110 are hard to read.
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(package_name="audioguide", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn an exercise protocol into an MP3 that you follow with your eyes closed.

    `audioguide build` makes the built-in hip flexor session. It informs; it is no medical advice.
    """
