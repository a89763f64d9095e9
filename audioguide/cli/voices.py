"""`audioguide voices`: lists the voices of this machine, and speaks a text to a file."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def voices() -> None:
    """List voices and hear one."""


@voices.command("list")
@click.option("--engine", metavar="NAME", help="Speech engine: hibari, espeak, pyttsx3.")
@click.option("--language", metavar="TAG", help="Only voices of this language, such as en.")
def list_(engine: str | None, language: str | None) -> None:
    """List the voices that --voice may name."""
    from audioguide.errors import RequestError
    from audioguide.speech.registry import open_engine

    speaker = open_engine(engine)
    try:
        # `en` finds en-GB and en-US.
        found = [voice for voice in speaker.voices() if language is None or voice.language.startswith(language)]
    finally:
        speaker.close()
    if not found:
        raise RequestError(f"{speaker.name} has no voice for '{language}'; leave --language out to see all")
    width = max(len(voice.id) for voice in found)
    for voice in found:
        click.echo(f"{voice.id:<{width}}  {voice.language:<12}  {voice.name}")


@voices.command()
@click.argument("text")
@click.option("--engine", metavar="NAME", help="Speech engine: hibari, espeak, pyttsx3.")
@click.option("--voice", metavar="ID", help="A voice that `audioguide voices list` names.")
@click.option("--rate", type=int, default=150, show_default=True, metavar="WPM", help="Words a minute, 80 to 300.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("voice.wav"), show_default=True)
def say(text: str, engine: str | None, voice: str | None, rate: int, output: Path) -> None:
    """Speak TEXT as a session would, into a WAV file to listen to."""
    from audioguide.audio.cues.spoken import prepare
    from audioguide.audio.wav import wav_bytes
    from audioguide.errors import RequestError
    from audioguide.model.voice import VoiceSettings
    from audioguide.speech.registry import open_engine
    from audioguide.speech.text.clean import has_words
    from audioguide.speech.text.normalise import spoken
    from audioguide.storage.whole_files import refuse_unwritable, write_whole

    refuse_unwritable(output)
    if not has_words(text):
        raise RequestError(f"'{text}' has no word that could be said; write a sentence")
    speaker = open_engine(engine)
    try:
        settings = speaker.check(VoiceSettings(engine, voice, rate))
        # Trimmed and brought to the loudness of a session, as a voice that is louder seems better.
        clip = prepare(speaker.synthesize(spoken(text, {}), settings))
    finally:
        speaker.close()
    write_whole(output, wav_bytes(clip))
    click.echo(output)
