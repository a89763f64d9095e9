"""The class of every command: an option that takes one value may be given once, and mistakes name their command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click


class Command(click.Command):
    """A command that refuses an option given twice; click's own silently takes the last one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse ``args`` as click does.

        Raises:
            click.UsageError: also for an option that is given twice and takes one value.
        """
        try:
            # Parsed once more, as click keeps what was given in which order to itself. Parsing changes its list.
            order = self.make_parser(ctx).parse_args(list(args))[2]
            _refuse_repeated(order, args)
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            # click's parser leaves the command out, so that the advice would be to read the help of another one.
            error.ctx = error.ctx or ctx
            raise


class Group(click.Group):
    """A group of such commands."""

    command_class = Command


def _refuse_repeated(order: Sequence[click.Parameter], args: Sequence[str]) -> None:
    for parameter, times in Counter(order).items():
        if times == 1 or not isinstance(parameter, click.Option) or parameter.multiple:
            continue
        if parameter.is_flag:
            # The same flag twice says the same twice.
            stated = [name for name in (*parameter.opts, *parameter.secondary_opts) if name in args]
            if {*stated} & {*parameter.opts} and {*stated} & {*parameter.secondary_opts}:
                raise click.UsageError(f"{' and '.join(stated)} contradict each other; drop one of them.")
        else:
            name, often = "/".join(parameter.opts), "twice" if times == 2 else f"{times} times"
            raise click.UsageError(f"{name} is given {often}; give it once.")
