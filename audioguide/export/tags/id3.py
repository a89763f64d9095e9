"""Tags: title, chapters, list of times, lyrics, cover and the plan, in front of the MP3's frames. Reads the plan back.

ID3v2.3 with UTF-16 is what every player reads; chapters follow the ID3v2 Chapter Frame Addendum 1.0.
"""

# mypy: disable-error-code="no-untyped-call"
# mutagen declares that it has types, and its frames have none.

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from audioguide.errors import RequestError
from audioguide.export.figures.pictures import JPEG, PNG, SVG, Picture
from audioguide.export.figures.shown_figures import Shown, shown_in_chapters
from audioguide.export.plan.lyrics import lyrics
from audioguide.export.plan.plan_json import to_json
from audioguide.export.tags.chapters import fitted
from audioguide.export.titles import full_title
from audioguide.languages.registry import nearest
from audioguide.model.kinds import SpeechRole
from audioguide.model.plan import Plan
from audioguide.model.timeline import Chapter
from audioguide.model.units import clock
from audioguide.storage.plain_files import open_plain

if TYPE_CHECKING:
    from mutagen.id3 import ID3, Frame

PLAN_DESCRIPTION = "audioguide-plan"

_ARTIST = "audioguide"
_GENRE = "Health & Fitness"
_UTF16 = 1
_TOP_LEVEL_AND_ORDERED = 3
"""Flags of the table of contents; Apple Podcasts and Overcast show chapters only with both set."""

FIGURE_DESCRIPTION = "audioguide-figure: "
"""Opens the description of a picture that no player shows; its name comes after it."""

PictureOf = Callable[[Shown], Picture | None]
"""Gives the picture of a figure, or None where there is none."""

_MILLISECONDS, _LYRICS, _OTHER_PICTURE, _FRONT_COVER = 2, 1, 0, 3
"""Unit and content of synchronised lyrics, and kinds of pictures (ID3v2.3, 4.10 and 4.15)."""


_NO_OFFSET = 0xFFFFFFFF
"""Says that a chapter gives no offset in bytes (ID3v2 Chapter Frame Addendum 1.0, 3.1)."""

_HEADER_BYTES = 10
_ORDER = (
    *(b"TIT2", b"TPE1", b"TALB", b"TCON", b"TLEN", b"TLAN", b"COMM"),
    *(b"CTOC", b"CHAP", b"USLT", b"SYLT", b"APIC", b"GEOB"),
)
"""How frames stand in the file. What is small and wanted first comes first, for who reads only the file's beginning."""


def tag(mp3: bytes, plan: Plan) -> bytes:
    """Return ``mp3``, frames without a tag, behind an ID3v2.3 tag made from ``plan``."""
    return tag_of(plan) + mp3


def tag_of(plan: Plan, picture_of: PictureOf | None = None) -> bytes:
    """Return the ID3v2.3 tag made from ``plan``, to stand in front of the frames. The same plan, the same bytes.

    Args:
        plan: the session.
        picture_of: gives the picture of a figure, which its chapters show; without it, they have none.
    """
    from mutagen.id3 import APIC, COMM, GEOB, ID3, TALB, TCON, TIT2, TLAN, TLEN, TPE1

    # Not above: who only reads tags needs nothing that draws.
    from audioguide.export.tags.cover import cover_png

    chapters, language = plan.timeline.chapters, nearest(plan.language)
    # Three letters, as the frames have room for (ID3v2.3, 4.2.1).
    code, note = language.iso639_2, language.printed.notes.recording
    times = "\n".join(f"{clock(chapter.start_ms)} {chapter.title}" for chapter in chapters)
    # UTF-16 in all frames: ID3v2.3 has only that and Latin-1 (3.3); UTF-8 came with 2.4, which not every player reads.
    tags = ID3()
    for frame in (
        TIT2(encoding=_UTF16, text=full_title(plan)),
        TPE1(encoding=_UTF16, text=_ARTIST),
        TALB(encoding=_UTF16, text=plan.title),
        TCON(encoding=_UTF16, text=_GENRE),
        TLEN(encoding=_UTF16, text=str(plan.timeline.duration_ms)),
        TLAN(encoding=_UTF16, text=code),
        # Without a description of its own, as players show only such a comment as the recording's text.
        COMM(encoding=_UTF16, lang=code, desc="", text=f"{times}\n\n{note}".lstrip()),
        *_chapter_frames(plan, picture_of),
        *_lyrics_frames(plan),
        APIC(encoding=_UTF16, mime="image/png", type=_FRONT_COVER, desc="Cover", data=cover_png(plan)),
        # An object of any kind with a name (ID3v2.3, 4.16): players pass over it, and it moves along with the file.
        GEOB(
            encoding=_UTF16,
            mime="application/json",
            filename="plan.json",
            desc=PLAN_DESCRIPTION,
            data=to_json(plan).encode("utf-8"),
        ),
    ):
        tags.add(frame)
    tags.update_to_v23()
    file = io.BytesIO()
    # No ID3v1 behind the sound, which cuts titles at 30 letters; no padding, as nothing is edited in place.
    tags.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    return _in_time_order(file.getvalue())


def _chapter_frames(plan: Plan, picture_of: PictureOf | None) -> Iterable[Frame]:
    """Yield the table of contents and the chapters (ID3v2 Chapter Frame Addendum 1.0, 3.1 and 3.2), with pictures."""
    from mutagen.id3 import APIC, CHAP, CTOC, GEOB, TIT2

    chapters = fitted(plan.timeline.chapters)
    # Ids of one length that sort as the chapters do. Two of the same would be one chapter in most readers.
    names = [f"chp{number:04}" for number in range(1, len(chapters) + 1)]
    if names:
        title = [TIT2(encoding=_UTF16, text=nearest(plan.language).printed.titles.chapters)]
        yield CTOC(element_id="toc", flags=_TOP_LEVEL_AND_ORDERED, child_element_ids=names, sub_frames=title)
    unplayable = {}
    for name, chapter, shown in zip(names, chapters, shown_in_chapters(plan, chapters), strict=True):
        inside: list[Frame] = [TIT2(encoding=_UTF16, text=chapter.title)]
        picture = picture_of(shown) if shown and picture_of else None
        if picture is not None and picture.media_type == SVG:
            unplayable[picture.name] = picture
        elif picture is not None:
            # Pages find it by its description (the addendum, 3.1).
            kind, short = picture.media_type, picture.short_name
            inside.append(APIC(encoding=_UTF16, mime=kind, type=_OTHER_PICTURE, desc=short, data=picture.data))
        yield CHAP(
            element_id=name,
            start_time=chapter.start_ms,
            end_time=chapter.end_ms,
            # Times alone count: offsets in bytes would be wrong as soon as a program changes the tag's size.
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=inside,
        )
    # Pictures that no player shows are for the pages that are made from the file.
    for name, picture in unplayable.items():
        # Each needs a description of its own, as the last of two would stay.
        described = f"{FIGURE_DESCRIPTION}{name}"
        yield GEOB(encoding=_UTF16, mime=picture.media_type, filename=name, desc=described, data=picture.data)


def _lyrics_frames(plan: Plan) -> Iterable[Frame]:
    """Yield the lyrics to read at leisure (USLT), and with times (SYLT); no frame for those without a line."""
    from mutagen.id3 import SYLT, USLT

    lines, code = list(lyrics(plan)), nearest(plan.language).iso639_2
    # Without the counts, which would bury the rest where nothing scrolls.
    untimed = "\n".join(words for event, words in lines if event.role is not SpeechRole.COUNT)
    # Not empty ones, as mutagen drops such a frame when it reads.
    if untimed:
        yield USLT(encoding=_UTF16, lang=code, desc="", text=untimed)
    if lines:
        timed = [(words, event.start_ms) for event, words in lines]
        yield SYLT(encoding=_UTF16, lang=code, format=_MILLISECONDS, type=_LYRICS, desc="", text=timed)


def _in_time_order(tagged: bytes) -> bytes:
    """Return ``tagged`` with its frames sorted by kind and id, so that chapters stand in order of time.

    mutagen writes frames in order of size (https://github.com/quodlibet/mutagen/issues/506), and players list chapters
    as they stand in the file.
    """
    # The size of the whole tag has seven bits a byte (ID3v2.3, 3.1), that of a frame eight (3.3).
    size = sum(byte << 7 * place for place, byte in enumerate(reversed(tagged[6:_HEADER_BYTES])))
    frames: list[bytes] = []
    at = _HEADER_BYTES
    while at < _HEADER_BYTES + size:
        length = _HEADER_BYTES + int.from_bytes(tagged[at + 4 : at + 8], "big")
        frames.append(tagged[at : at + length])
        at += length
    # A chapter's frame begins with its id. mutagen writes objects of one kind in order of size, which stays the same.
    frames.sort(key=lambda frame: (_ORDER.index(frame[:4]), frame[_HEADER_BYTES : _HEADER_BYTES + 8]))
    return tagged[:_HEADER_BYTES] + b"".join(frames)


def read_plan(path: Path) -> Plan:
    """Return the plan embedded in the file at ``path``.

    Raises:
        RequestError: when there is no such file, no plan in it, or one that this program can't read.
    """
    # Not above: to build, which only writes plans, the reader and pydantic's schema of the file are not needed.
    from audioguide.export.plan.plan_reader import from_json

    frame = _tags_of(path).get(f"GEOB:{PLAN_DESCRIPTION}")
    if frame is None:
        raise RequestError(f"{path}: there is no plan in it; only files that audioguide built carry one")
    try:
        return from_json(frame.data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RequestError(f"{path}: the plan in it is damaged") from error
    except RequestError as error:
        raise RequestError(f"{path}: {error}") from error


def read_chapters(path: Path) -> tuple[Chapter, ...]:
    """Return the chapters of the file at ``path``, in the order of its table of contents; empty without one.

    Raises:
        RequestError: when there is no such file or no tag in it.
    """
    tags = _tags_of(path)
    contents = tags.getall("CTOC")
    listed = contents[0].child_element_ids if contents else []
    chapters = []
    for frame in (tags[f"CHAP:{name}"] for name in listed if f"CHAP:{name}" in tags):
        # Another program may have left a chapter without a title, which the standard allows.
        titles = frame.sub_frames.getall("TIT2")
        chapters.append(Chapter(frame.start_time, frame.end_time, str(titles[0]) if titles else ""))
    return tuple(chapters)


def read_pictures(path: Path) -> dict[str, Picture]:
    """Return the pictures of figures in the file at ``path``, by their `Picture.short_name`.

    Raises:
        RequestError: when there is no such file or no tag in it.
    """
    tags = _tags_of(path)
    found = {}
    for chapter in tags.getall("CHAP"):
        for frame in chapter.sub_frames.getall("APIC"):
            if frame.mime in (PNG, JPEG):
                found[frame.desc] = Picture(frame.desc, frame.mime, frame.data)
    for frame in tags.getall("GEOB"):
        if frame.desc.startswith(FIGURE_DESCRIPTION) and frame.mime == SVG:
            picture = Picture(frame.filename, SVG, frame.data)
            found[picture.short_name] = picture
    return found


def _tags_of(path: Path) -> ID3:
    from mutagen import MutagenError
    from mutagen.id3 import ID3, ID3NoHeaderError

    try:
        with open_plain(path) as file:
            return ID3(file)
    except ID3NoHeaderError as error:
        raise RequestError(f"{path}: not an MP3 with tags; only files that audioguide built carry a plan") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise RequestError(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise RequestError(f"{path}: a folder, not an MP3") from error
    except (MutagenError, OSError, ValueError) as error:
        # Of a tag that ends too early mutagen says nothing.
        reason = (isinstance(error, OSError) and error.strerror) or str(error) or "they are cut short"
        raise RequestError(f"{path}: its tags can't be read: {reason}") from error
