"""The files that come with the program beside its code: protocols, sounds, templates, the font.

Each is held against its digest when it is read. An installation that a full disk or a bad copy cut short would
otherwise speak half a protocol, or write half a page, and say nothing.
"""

from __future__ import annotations

from hashlib import blake2b
from importlib.resources import files

from audioguide.errors import InstallationError
from audioguide.storage.packaged_digests import DIGESTS

# Through importlib.resources, as an installed package need not be a folder.
_ROOT = files("audioguide")


def packaged_file(name: str) -> bytes:
    """Return the file ``name`` of the program, such as ``library/template.toml``, whole.

    Raises:
        InstallationError: when it is missing or not as it came with the program.
        KeyError: when no such file comes with it.
    """
    expected, file = DIGESTS[name], _ROOT.joinpath(*name.split("/"))
    try:
        data = file.read_bytes()
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise InstallationError(f"{file}: can't be read ({what}); install audioguide anew") from error
    if digest_of(data) != expected:
        # Who develops this changes such files on purpose.
        hint = "install audioguide anew, or run scripts/make_digests if you changed it"
        raise InstallationError(f"{file}: is not the file that came with audioguide; {hint}")
    return data


def is_packaged(name: str) -> bool:
    """Return whether a file of that name comes with the program."""
    return name in DIGESTS


def packaged_in(folder: str) -> tuple[str, ...]:
    """Return the names of the files in a folder such as ``library/protocols``, by the alphabet and without it."""
    return tuple(name.rpartition("/")[2] for name in sorted(DIGESTS) if name.rpartition("/")[0] == folder)


def digest_of(data: bytes) -> str:
    """Return what a file is known by in the table of digests."""
    return blake2b(data, digest_size=16).hexdigest()
