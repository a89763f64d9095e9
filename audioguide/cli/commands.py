"""The table of commands. Each lives in a file of its own, which is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "build": ("audioguide.cli.build", "build", "Make the MP3 of a session."),
    "plan": ("audioguide.cli.plan", "plan", "Show a session's times without making an MP3."),
    "programme": ("audioguide.cli.programme", "programme", "Make the sessions of several weeks."),
    "handout": ("audioguide.cli.handout", "handout", "Write a page to print: exercises, doses, weeks to tick."),
    "check": ("audioguide.cli.check", "check", "Hold a finished MP3 against its plan."),
    "page": ("audioguide.cli.page", "page", "Make one web page with the player and the session in it."),
    "calendar": ("audioguide.cli.calendar", "calendar", "Write reminders for the weeks as a calendar file."),
    "share": ("audioguide.cli.share", "share", "Serve sessions to phones in the same network, with a QR code."),
    "protocol": ("audioguide.cli.protocol", "protocol", "List, show, check and write protocols."),
    "profile": ("audioguide.cli.profile", "profile", "Keep a person's own doses and voice."),
    "voices": ("audioguide.cli.voices", "voices", "List voices, get more, hear and compare them."),
    "cache": ("audioguide.cli.cache", "cache", "Show or clear what is kept between builds."),
}
"""Name, module, attribute and the line that ``--help`` shows, so that help imports no command."""


class Commands(click.Group):
    """A group that imports a command only when it runs, which keeps ``--help`` quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command called ``cmd_name``, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, _, summary) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that ``args`` names; an unknown one is refused with near names."""
        from audioguide.model.text import suggest

        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            ctx.fail(f"no command '{args[0]}'; {suggest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="audioguide", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn an exercise protocol into an MP3 that you follow with your eyes closed.

    `audioguide build` makes the built-in hip flexor session. It informs; it is no medical advice.
    """
