"""`audioguide voices`: lists the voices, fetches and removes more, and lets them be heard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from audioguide.cli.command import Group
from audioguide.cli.endings import refuse_ending

if TYPE_CHECKING:
    from audioguide.speech.downloads import Progress
    from audioguide.speech.engines.voice_list import ListedVoice

engine_option = click.option("--engine", metavar="NAME", help="Speech engine: espeak, hibari, piper, pyttsx3.")
rate_option = click.option(
    "--rate", type=int, default=150, show_default=True, metavar="WPM", help="Words a minute, 80 to 300."
)


@click.group(cls=Group)
def voices() -> None:
    """List voices, get more, hear and compare them."""


@voices.command("list")
@engine_option
@click.option("--language", metavar="TAG", help="Only voices of this language, such as en.")
def list_(engine: str | None, language: str | None) -> None:
    """List the voices that --voice may name, then those to get.

    Those to get come with engine, licence and size, and whether they are installed. Getting one also measures its pace,
    so that --rate means the same with every voice.
    """
    from audioguide.cli.show import size
    from audioguide.errors import RequestError, SpeechError
    from audioguide.speech.engines.voice_list import listed_voices
    from audioguide.speech.registry import open_engine
    from audioguide.speech.voice_files import is_installed, model_path

    to_get = listed_voices(engine, language or "")
    speaker = open_engine(engine)
    try:
        # `en` finds en-GB and en-US.
        found = [voice for voice in speaker.voices() if language is None or voice.language.startswith(language)]
    except SpeechError as problem:
        # An engine may wait for its first voice, and the list is where its name stands.
        if not to_get:
            raise
        click.echo(f"note: {problem}", err=True)
        found = []
    finally:
        speaker.close()
    if not found and not to_get:
        raise RequestError(f"{speaker.name} has no voice for '{language}'; leave --language out to see all")
    width = max((len(voice.id) for voice in found), default=0)
    for voice in found:
        click.echo(f"{voice.id:<{width}}  {voice.language:<12}  {voice.name}")
    if found and to_get:
        click.echo()
    if to_get:
        click.echo("More, by `audioguide voices get NAME`, which also measures its pace:")
    rows = []
    for one in to_get:
        # A file that is there and not the one that is listed was damaged, or replaced by someone.
        state = "installed" if is_installed(one) else "damaged: get it again" if model_path(one).exists() else ""
        rows.append((one.name, one.language, one.accent, one.engine, one.licence, size(one.bytes), state))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@voices.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option(
    "--from", "source", metavar="FOLDER|URL", help="Take the files from a folder or a mirror, without the network."
)
def get(names: tuple[str, ...], source: str | None) -> None:
    """Fetch voices into your data folder, once.

    `audioguide voices list` names them. Each file is checked against its SHA-256 before it is used; a fetch that was
    stopped goes on where it ended. Then its pace is measured and kept beside it, so that --rate means the same with
    every voice. Building a session never fetches anything.
    """
    from audioguide.speech.engines.voice_list import find_voice
    from audioguide.speech.voice_files import fetch, is_installed

    for voice in [find_voice(name) for name in names]:
        if is_installed(voice):
            click.echo(f"{voice.name} is installed already")
            _measure_pace(voice)
            continue
        with _progress(voice) as progress:
            path = fetch(voice, source, progress)
        click.echo(f"{path}")
        _measure_pace(voice)
        click.echo(f"speak with it: --engine {voice.engine} --voice {voice.name} (licence: {voice.licence})")


def _measure_pace(voice: ListedVoice) -> None:
    """Measure the pace of a voice unless it is kept beside it; a voice that can't speak yet is no failure."""
    from audioguide.errors import AudioguideError
    from audioguide.model.voice import VoiceSettings
    from audioguide.speech.registry import open_engine

    speaker = open_engine(voice.engine)
    try:
        # Asked first: an engine that isn't installed, or doesn't know the voice, says so here.
        speaker.check(VoiceSettings(voice=voice.name))
        speaker.pace_factor(voice.name)
    except AudioguideError as problem:
        click.echo(f"note: the pace of {voice.name} is measured when it first speaks ({problem})", err=True)
    finally:
        speaker.close()


@contextmanager
def _progress(voice: ListedVoice) -> Iterator[Progress | None]:
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=voice.bytes, label=voice.name, file=sys.stderr) as bar:
        yield bar.update


@voices.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
def remove(names: tuple[str, ...]) -> None:
    """Remove voices that were fetched."""
    from audioguide.cli.show import size
    from audioguide.speech import voice_files
    from audioguide.speech.engines.voice_list import find_voice

    for voice in [find_voice(name) for name in names]:
        click.echo(f"removed {voice.name}, {size(voice_files.remove(voice))}")


@voices.command()
@click.argument("text")
@engine_option
@click.option("--voice", metavar="ID", help="A voice that `audioguide voices list` names.")
@click.option("--language", metavar="TAG", help="The language of TEXT, such as de; the voice's where not stated.")
@rate_option
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("voice.wav"), show_default=True)
@click.option("--play", is_flag=True, help="Play it too.")
@click.pass_context
def say(context: click.Context, /, text: str, play: bool, output: Path, **asked: Any) -> None:
    """Speak TEXT as a session would, into a WAV file to listen to."""
    from audioguide.audio.cues.spoken import prepare
    from audioguide.audio.wav import wav_bytes
    from audioguide.languages.spoken_form import lexicon_of, reading_of
    from audioguide.model.made_by import MADE_BY
    from audioguide.model.voice import VoiceSettings
    from audioguide.speech.registry import open_engine
    from audioguide.speech.text.normalise import spoken
    from audioguide.speech.text.pronunciation import entries_for
    from audioguide.speech.voice_language import language_note, tag_of, voice_for
    from audioguide.storage.whole_files import refuse_unwritable, write_whole

    refuse_unwritable(output)
    _refuse_bystander(output)
    refuse_ending(output, ".wav")
    _refuse_wordless(text)
    stated: str | None = asked["language"]
    engine, voice = asked["engine"], asked["voice"]
    speaker = open_engine(engine, voice, language=stated or "en")
    try:
        wanted = VoiceSettings(engine, voice, asked["rate"])
        settings = voice_for(speaker, wanted, stated) if stated else speaker.check(wanted)
        language = stated or tag_of(speaker, settings) or "en"
        if (note := language_note(speaker, settings, language)) is not None:
            click.echo(f"note: {note}", err=True)
        respelt = entries_for(lexicon_of(language), speaker.name, takes_phonemes=False)
        said = spoken(text, {}, reading_of(language), respelt)
        # Trimmed and brought to the loudness of a session, as a voice that is louder seems better.
        clip = prepare(speaker.synthesize(said, settings))
    finally:
        speaker.close()
    write_whole(output, wav_bytes(clip, MADE_BY))
    click.echo(output)
    if play:
        from audioguide.audio import playback

        playback.play(output)


@voices.command()
@click.argument("text")
@click.option(
    "--engine", "engines", metavar="NAME", multiple=True, help="Only this engine; may be given more than once."
)
@click.option("--language", metavar="TAG", default="en", show_default=True, help="The language of TEXT, such as de.")
@rate_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("voices.html"), show_default=True, metavar="FILE"
)
@click.pass_context
def compare(
    context: click.Context, /, text: str, engines: tuple[str, ...], language: str, rate: int, output: Path
) -> None:
    """Write a page on which every voice there is says TEXT.

    All samples lie in the page, equally loud; it loads nothing. Open it in a browser.
    """
    from audioguide.audio.mp3.encoder import encode
    from audioguide.errors import RequestError
    from audioguide.export.player.voices_page import VoiceSample, voices_html
    from audioguide.speech.samples import engines_to_compare, samples
    from audioguide.storage.whole_files import refuse_unwritable, write_whole

    refuse_unwritable(output)
    _refuse_bystander(output)
    refuse_ending(output, ".html")
    _refuse_wordless(text)
    notes: list[str] = []
    found = [
        VoiceSample(
            engine=one.engine,
            voice=one.voice.id,
            name=one.voice.name,
            language=one.voice.language,
            licence=one.licence,
            words_a_minute=one.words_a_minute,
            mp3=encode(one.clip.samples),
        )
        for one in samples(text, engines or engines_to_compare(), language, rate_wpm=rate, skipped=notes.append)
    ]
    for note in notes:
        click.echo(f"note: {note}", err=True)
    if not found:
        raise RequestError(f"no voice here speaks '{language}'; 'audioguide voices list' shows what there is")
    write_whole(output, voices_html(text, found, rate).encode())
    click.echo(output)


def _refuse_bystander(output: Path) -> None:
    """Refuse to replace a file that is not audioguide's where the user named none."""
    from audioguide.export.bystanders import refuse_bystanders

    if click.get_current_context().get_parameter_source("output") is ParameterSource.DEFAULT:
        refuse_bystanders([output], advice="name another file with -o")


def _refuse_wordless(text: str) -> None:
    from audioguide.errors import RequestError
    from audioguide.speech.text.clean import has_words

    if not has_words(text):
        raise RequestError(f"'{text}' has no word that could be said; write a sentence")
