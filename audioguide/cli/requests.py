"""What a command is asked for: the session's protocol and layers, and the files that go in and come out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from audioguide.errors import RequestError

if TYPE_CHECKING:
    from audioguide.model.kinds import Day
    from audioguide.model.protocol import Protocol
    from audioguide.prescribe.layers import Layer

OUTPUT = Path("output")
"""Where files go if nobody says."""


class SessionRequest(NamedTuple):
    """A session as a command is asked for it.

    Attributes:
        protocol: what is done.
        layers: the person's changes, the profile's first, then those of the options.
        name: what its files are called if nobody says.
        sources: the files that it is made from, which no result may replace.
    """

    protocol: Protocol
    layers: list[Layer]
    name: str
    sources: tuple[Path, ...]


def read_request(options: dict[str, Any]) -> SessionRequest:
    """Return the session that the `session_options` ask for.

    Raises:
        RequestError: for options that can't be, an unknown protocol or profile, or a file with problems.
    """
    from audioguide.cli.options import checked, profile_table
    from audioguide.library.profile_files import find_profile, load_profile
    from audioguide.library.protocol_files import files_of, load_protocols
    from audioguide.model.recorded import recorded_in
    from audioguide.prescribe.layers import Layer, Layers
    from audioguide.prescribe.sound_choices import sound_files

    profile: str | None = options["profile"]
    profile_file = None if profile is None else find_profile(profile)
    layers = [] if profile_file is None else [Layer.of_profile(load_profile(profile_file), profile_file)]
    # The strongest comes last.
    layers.append(Layer.of_options(checked(profile_table(options))))
    language = Layers(layers).last(lambda profile: profile.language, None)
    protocol = load_protocols(options["protocol"], options["with_breaks"], language)
    # They matter only to what makes several sessions, and are a mistake all the same.
    chosen_days(protocol, layers)
    sounds = sound_files(Layers(layers))
    files = [file for name in options["protocol"] for file in files_of(name)]
    named = [*files, profile_file]
    named += (path for _, words in recorded_in(protocol) for path in words.clips.values())
    named += (picture.path for picture in protocol.own_pictures().values())
    found = existing_files(named, folders=(sounds.music, sounds.beeps))
    return SessionRequest(protocol, layers, session_name(protocol.id, profile), found)


def chosen_days(protocol: Protocol, layers: Iterable[Layer]) -> tuple[Day, ...]:
    """Return the days of the week that the strongest of ``layers`` chooses; empty where none does.

    Raises:
        RequestError: when the protocol's programme doesn't allow them, naming who chose them.
    """
    from audioguide.prescribe.layers import Layers, Origin
    from audioguide.prescribe.training_days import training_days

    # Empty days state nothing.
    layer = Layers([*layers]).stating(lambda profile: profile.days or None)
    if layer is None:
        return ()
    days = layer.profile.days
    if protocol.programme is not None:
        try:
            training_days(protocol.programme, days)
        except RequestError as error:
            by = f"--days {','.join(days)}" if layer.origin is Origin.COMMAND_LINE else layer.by
            raise RequestError(f"{by}: {error}") from None
    return days


def started_on(layers: Iterable[Layer], today: date) -> date | None:
    """Return the day on which the strongest of ``layers`` says that the programme began or begins; None for none.

    Raises:
        RequestError: for one over ten years ago.
    """
    from audioguide.prescribe.layers import Layers
    from audioguide.prescribe.progression import requested_week

    layer = Layers([*layers]).stating(lambda profile: profile.started)
    if layer is None or layer.profile.started is None:
        return None
    if layer.profile.started <= today:
        # What makes one session refuses the rest; what makes many is to refuse the same.
        requested_week(Layers([layer]), today)
    return layer.profile.started


def note_past(dates: Sequence[date], today: date, option: str) -> None:
    """Print a note where sessions on ``dates`` may be a mistake: all are past, or they began over a year ago."""
    if dates[-1] < today:
        click.echo(f"note: all sessions are past, the last one on {dates[-1]}; name a later {option}", err=True)
    elif today - dates[0] > timedelta(days=365):
        click.echo(f"note: the first session, on {dates[0]}, is more than a year past", err=True)


def existing_files(paths: Sequence[Path | None], folders: Sequence[Path | None] = ()) -> tuple[Path, ...]:
    """Return the files among ``paths``, and those that ``folders`` are or hold."""
    found = [path for path in (*paths, *folders) if path is not None]
    # Of a folder of beeps or music no file may be replaced. A folder in the place of a file is a mistake of whoever
    # names it, and no reason to refuse a result in it.
    inside = [file for folder in folders if folder is not None and folder.is_dir() for file in folder.iterdir()]
    return tuple(path for path in (*found, *inside) if path.is_file())


def session_name(protocol: str, profile: str | None) -> str:
    """Return what the files of a session are called if nobody says: its protocol, and whose it is."""
    return protocol if profile is None else f"{protocol}-{Path(profile).stem}"


def output_folder(folder: Path = OUTPUT, advice: str = "name a file with -o") -> Path:
    """Return the folder that results go to; it is made where it doesn't exist, and goes again if nothing comes of it.

    Raises:
        RequestError: when it can't be made; ``advice`` says how to go on.
    """
    made: list[Path] = []

    def remove_empty() -> None:
        # A folder with something in it stays, and so do those around it.
        for one in made:
            with contextlib.suppress(OSError):
                one.rmdir()

    # Also after Ctrl-C and errors, which leave the command's context.
    click.get_current_context().call_on_close(remove_empty)
    try:
        made += [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"{folder}: can't be made ({error.strerror}); {advice}") from None
    return folder
