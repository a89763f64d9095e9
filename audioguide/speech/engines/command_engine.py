"""The engine `command`: a program of the user's own, which a kept profile names, writes each text to a WAV file.

It gets what every engine gives: limits, tries in a fresh process, trimming, a check that the sound can be the text, and
clips that are cached.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.errors import RequestError, SpeechError
from audioguide.model.text import written_name
from audioguide.model.voice import VoiceCommand, VoiceSettings
from audioguide.speech.engines.catalogue import Catalogue, tags_of
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.pool import SLOW_TRIES, TRIES, usable_cpus
from audioguide.speech.engines.spoken_file import read_spoken
from audioguide.speech.engines.trimming import SOFT_ENDS, joined, plausible_length
from audioguide.speech.engines.worker import APART, kill, last_line
from audioguide.speech.text.clean import excerpt, speakable
from audioguide.speech.text.splitting import pieces

CUE_S = 60.0
"""Limit in s for one piece of text: a program may have to load a voice, or ask a server, each time."""

USUAL_WPM = 150
"""What a program without the placeholder for the rate is taken to speak at, to tell a clip that was cut short."""

EXAMPLE = '[voice] engine = "command", command = ["my-tts", "--out", "{wav}", "{text}"], version = "1"'

_PLACEHOLDER = re.compile(r"\{(text|wav|rate)\}")


class CommandEngine:
    """Runs a program for each text; safe to share between threads.

    Args:
        command: the program and its arguments; None where no profile names one.
    """

    name = "command"
    loads_slowly = False
    takes_phonemes = False

    def __init__(self, command: VoiceCommand | None = None) -> None:
        self.parallel = usable_cpus()
        """How many texts are worth speaking at once."""
        self._command = command

    def version(self) -> str:
        """Return the whole command and what its owner calls its version.

        Raises:
            RequestError: when no profile names a command.
        """
        return self._catalogue().version

    def voices(self) -> tuple[Voice, ...]:
        """Return the one voice, called like the program.

        Raises:
            RequestError: as `version` does.
        """
        return self._catalogue().voices

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return ``settings`` with engine and voice filled in.

        Raises:
            RequestError: when no profile names a command, for another voice, or a rate outside 80 to 300.
        """
        return self._catalogue().check(settings, self.name)

    def pace_factor(self, voice: str) -> float:
        """Return 1: the program is told the rate, if it can be."""
        return 1.0

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        """Return ``text`` spoken at the file's own sample rate, trimmed at both ends, never empty.

        Raises:
            RequestError: as `check` does.
            SpeechError: when there is nothing to speak, the program isn't there, or it failed three times.
        """
        words = speakable(text)
        settings = self.check(settings)
        parts = pieces(words, settings.rate_wpm)
        clips = [self._speak(part.text, settings.rate_wpm) for part in parts]
        return joined(clips, [part.pause_ms for part in parts])

    def close(self) -> None:
        """Do nothing: a program ends with its text."""

    def _catalogue(self) -> Catalogue:
        arguments = self._arguments()
        voice = Voice(written_name(Path(arguments[0]).name), written_name(Path(arguments[0]).stem), "en-us")
        version = self._command.version if self._command else ""
        return Catalogue(
            version=f"{version} {json.dumps(arguments)}", voices=(voice,), default=voice.id, tags=tags_of((voice,))
        )

    def _arguments(self) -> tuple[str, ...]:
        if self._command is None:
            raise RequestError(f"the engine 'command' runs a program that a kept profile names: {EXAMPLE}")
        return self._command.arguments

    def _speak(self, text: str, rate_wpm: int) -> Clip:
        arguments = self._arguments()
        # A program that can't be told a rate speaks at its own.
        paced = any("{rate}" in argument for argument in arguments)
        plausible_ms = plausible_length(text, rate_wpm if paced else USUAL_WPM)
        for number in range(1, TRIES):
            try:
                return _attempt(arguments, text, rate_wpm, plausible_ms)
            except _MissingError:
                raise
            except SpeechError as problem:
                if number >= SLOW_TRIES and isinstance(problem, _OverdueError):
                    raise
        return _attempt(arguments, text, rate_wpm, plausible_ms)


class _MissingError(SpeechError):
    """The program can't be started, which another try would not change."""


class _OverdueError(SpeechError):
    """The program took too long."""


def _attempt(arguments: tuple[str, ...], text: str, rate_wpm: int, plausible_ms: tuple[int, int]) -> Clip:
    """Return ``text`` as one run of the program speaks it."""
    # A folder for each attempt: what an earlier one left must not be taken for this one's.
    with tempfile.TemporaryDirectory(prefix="audioguide-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "cue.wav"
        _run(filled_in(arguments, {"text": text, "wav": str(file), "rate": str(rate_wpm)}), text)
        return read_spoken(file, text, plausible_ms, SOFT_ENDS)


def filled_in(arguments: tuple[str, ...], values: Mapping[str, str]) -> list[str]:
    """Return ``arguments`` with placeholders filled in, all at once: a text may hold what looks like one."""
    return [_PLACEHOLDER.sub(lambda found: values[found[1]], argument) for argument in arguments]


def _run(command: list[str], text: str) -> None:
    """Run ``command`` without a shell, and wait for its end.

    Raises:
        SpeechError: when it can't be started, takes too long, or says that it failed.
    """
    with tempfile.TemporaryFile() as stderr:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr, **APART
            )
        except (OSError, ValueError) as problem:
            reason = getattr(problem, "strerror", None) or str(problem)
            raise _MissingError(
                f"the voice command '{command[0]}' can't be started ({reason.lower()}); correct it in the profile"
            ) from problem
        try:
            status: int | None = process.wait(CUE_S)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            # Not once it has ended by itself: its number may be another process's by now.
            if process.returncode is None:
                kill(process)  # and what it has started
                process.wait()
        said = last_line(stderr)
    if status != 0:
        how = f"took over {CUE_S:g} s" if status is None else f"ended with status {status}"
        raise (_OverdueError if status is None else SpeechError)(
            f"the voice command '{command[0]}' {how} for '{excerpt(text)}'" + (f": {said}" if said else "")
        )
