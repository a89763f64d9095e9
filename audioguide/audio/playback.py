"""Plays a WAV file aloud through what the machine has for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from audioguide.errors import OutputError

PLAYERS: dict[str, tuple[str, ...]] = {
    "afplay": (),
    "pw-play": (),
    "paplay": (),
    "aplay": ("-q",),
    "ffplay": ("-nodisp", "-autoexit", "-loglevel", "error"),
}
"""Program and its options, the path follows: macOS's, those of Linux's sound servers and drivers, and ffmpeg's."""

LONGEST_S = 600
"""A player that takes longer hangs: what is played are single sentences."""


def play(path: Path) -> None:
    """Play the WAV file at ``path`` to its end.

    Raises:
        OutputError: when the machine has no player, or none that has a device to play on.
    """
    file = str(path.resolve())  # a name that begins with "-" would be taken for an option
    if sys.platform == "win32":
        import winsound

        # Windows' own, which spares starting PowerShell for its SoundPlayer and quoting a path for it.
        try:
            winsound.PlaySound(file, winsound.SND_FILENAME | winsound.SND_NODEFAULT)
        except RuntimeError as error:
            raise OutputError(f"{path}: could not be played; open it with a player of yours") from error
        return
    tried = [name for name in PLAYERS if shutil.which(name)]
    for name in tried:
        # One that is there may have no sound server to talk to; the next may have.
        try:
            ran = subprocess.run(
                [name, *PLAYERS[name], file],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=LONGEST_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if ran.returncode == 0:
            return
    why = f"{' and '.join(tried)} could not play it" if tried else f"no player found ({', '.join(PLAYERS)})"
    raise OutputError(f"{path}: is written, but {why}; open it with a player of yours")
