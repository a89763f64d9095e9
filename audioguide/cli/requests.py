"""What a command is asked for: the session's protocol and layers, and the files that go in and come out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from audioguide.errors import RequestError

if TYPE_CHECKING:
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
    from audioguide.prescribe.layers import Layer, Layers
    from audioguide.prescribe.sound_choices import sound_files

    profile: str | None = options["profile"]
    layers = []
    if profile is not None:
        layers.append(Layer.of_profile(load_profile(profile)))
    # The strongest comes last.
    layers.append(Layer.of_options(checked(profile_table(options))))
    protocol = load_protocols(options["protocol"])
    sounds = sound_files(Layers(layers))
    files = [file for name in options["protocol"] for file in files_of(name)]
    named = [*files, None if profile is None else find_profile(profile), sounds.music, sounds.beeps]
    return SessionRequest(protocol, layers, session_name(protocol.id, profile), existing_files(named))


def existing_files(paths: list[Path | None]) -> tuple[Path, ...]:
    """Return the files among ``paths``, and those in its folders."""
    found = [path for path in paths if path is not None]
    # Of a folder of beeps or music no file may be replaced.
    inside = [file for folder in found if folder.is_dir() for file in folder.iterdir()]
    return tuple(path for path in (*found, *inside) if path.is_file())


def session_name(protocol: str, profile: str | None) -> str:
    """Return what the files of a session are called if nobody says: its protocol, and whose it is."""
    return protocol if profile is None else f"{protocol}-{Path(profile).stem}"


def output_folder(folder: Path = OUTPUT, advice: str = "name a file with -o") -> Path:
    """Return the folder that results go to; it is made where it doesn't exist.

    Raises:
        RequestError: when it can't be made; ``advice`` says how to go on.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"{folder}: can't be made ({error.strerror}); {advice}") from None
    return folder
