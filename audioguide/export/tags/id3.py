"""Tags: title, chapters, list of times, lyrics, cover and the plan, in front of the MP3's frames. Reads the plan back.

ID3v2.3 with UTF-16 is what every player reads; chapters follow the ID3v2 Chapter Frame Addendum 1.0.
"""

# mypy: disable-error-code="no-untyped-call"
# mutagen declares that it has types, and its frames have none.

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioguide.errors import RequestError
from audioguide.export.plan.plan_json import to_json
from audioguide.export.tags.chapters import fitted
from audioguide.export.tags.cover import cover_png
from audioguide.export.tags.lyrics import lyrics
from audioguide.model.kinds import SpeechRole
from audioguide.model.plan import Plan
from audioguide.model.timeline import Chapter
from audioguide.model.units import clock

if TYPE_CHECKING:
    from mutagen.id3 import ID3, Frame

PLAN_DESCRIPTION = "audioguide-plan"
NO_ADVICE = "It is not medical advice; stop if something hurts."
HEALTH_NOTE = f"This recording informs and times exercises. {NO_ADVICE}"

_ARTIST = "audioguide"
_GENRE = "Health & Fitness"
_LANGUAGE = "eng"
_UTF16 = 1
_TOP_LEVEL_AND_ORDERED = 3
"""Flags of the table of contents; Apple Podcasts and Overcast show chapters only with both set."""

_MILLISECONDS, _LYRICS, _FRONT_COVER = 2, 1, 3
"""Unit and content of synchronised lyrics, and the kind of a picture (ID3v2.3, 4.10 and 4.15)."""

_NO_OFFSET = 0xFFFFFFFF
_PLAN_MIME = "application/json"
_HEADER_BYTES = 10
_ORDER = (
    *(b"TIT2", b"TPE1", b"TALB", b"TCON", b"TLEN", b"TLAN", b"COMM"),
    *(b"CTOC", b"CHAP", b"USLT", b"SYLT", b"APIC", b"GEOB"),
)
"""How frames stand in the file. What is small and wanted first comes first, for who reads only the file's beginning."""


def tag(mp3: bytes, plan: Plan) -> bytes:
    """Return ``mp3``, frames without a tag, behind an ID3v2.3 tag made from ``plan``."""
    return tag_of(plan) + mp3


def tag_of(plan: Plan) -> bytes:
    """Return the ID3v2.3 tag made from ``plan``, to stand in front of the frames. The same plan, the same bytes."""
    from mutagen.id3 import ID3

    tags = ID3()
    for frame in _frames(plan):
        tags.add(frame)
    tags.update_to_v23()
    file = io.BytesIO()
    tags.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    return _in_time_order(file.getvalue())


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
    frames = [tags[f"CHAP:{name}"] for name in listed if f"CHAP:{name}" in tags]
    return tuple(Chapter(frame.start_time, frame.end_time, _title_of(frame)) for frame in frames)


def _tags_of(path: Path) -> ID3:
    from mutagen import MutagenError
    from mutagen.id3 import ID3, ID3NoHeaderError

    try:
        return ID3(path)
    except ID3NoHeaderError as error:
        raise RequestError(f"{path}: not an MP3 with tags; only files that audioguide built carry a plan") from error
    except MutagenError as error:
        raise RequestError(f"{path}: {_reason(path, error)}") from error


def _reason(path: Path, error: Exception) -> str:
    if not path.exists():
        return "no such file"
    return "a folder, not an MP3" if path.is_dir() else f"its tags can't be read: {error}"


def _frames(plan: Plan) -> Iterable[Frame]:
    yield from _facts(plan)
    yield from _comments(plan)
    yield from _chapter_frames(fitted(plan.timeline.chapters))
    yield from _lyrics_frames(plan)
    yield _cover_frame(plan)
    yield _plan_frame(plan)


def _facts(plan: Plan) -> Iterable[Frame]:
    from mutagen.id3 import TALB, TCON, TIT2, TLAN, TLEN, TPE1

    yield TIT2(encoding=_UTF16, text=plan.title if plan.profile is None else f"{plan.title} ({plan.profile})")
    yield TPE1(encoding=_UTF16, text=_ARTIST)
    yield TALB(encoding=_UTF16, text=plan.title)
    yield TCON(encoding=_UTF16, text=_GENRE)
    yield TLEN(encoding=_UTF16, text=str(plan.timeline.duration_ms))
    yield TLAN(encoding=_UTF16, text=_LANGUAGE)


def _chapter_frames(chapters: tuple[Chapter, ...]) -> Iterable[Frame]:
    from mutagen.id3 import CHAP, CTOC, TIT2

    names = [_chapter_id(number) for number in range(1, len(chapters) + 1)]
    if names:
        title = [TIT2(encoding=_UTF16, text="Chapters")]
        yield CTOC(element_id="toc", flags=_TOP_LEVEL_AND_ORDERED, child_element_ids=names, sub_frames=title)
    for name, chapter in zip(names, chapters, strict=True):
        yield CHAP(
            element_id=name,
            start_time=chapter.start_ms,
            end_time=chapter.end_ms,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[TIT2(encoding=_UTF16, text=chapter.title)],
        )


def _chapter_id(number: int) -> str:
    return f"chp{number:04}"


def _comments(plan: Plan) -> Iterable[Frame]:
    """Yield the list of times, which players show as the description, with the note below it.

    It has no description of its own: players show only such a comment.
    """
    from mutagen.id3 import COMM

    times = "\n".join(f"{clock(chapter.start_ms)} {chapter.title}" for chapter in plan.timeline.chapters)
    yield COMM(encoding=_UTF16, lang=_LANGUAGE, desc="", text=f"{times}\n\n{HEALTH_NOTE}".lstrip())


def _lyrics_frames(plan: Plan) -> Iterable[Frame]:
    """Yield the lyrics to read at leisure, without the counts that would bury the rest, and all of them with times.

    Lyrics without a line are no frame: mutagen drops such a one when it reads.
    """
    from mutagen.id3 import SYLT, USLT

    lines = list(lyrics(plan))
    untimed = "\n".join(words for event, words in lines if event.role is not SpeechRole.COUNT)
    if untimed:
        yield USLT(encoding=_UTF16, lang=_LANGUAGE, desc="", text=untimed)
    if lines:
        timed = [(words, event.start_ms) for event, words in lines]
        yield SYLT(encoding=_UTF16, lang=_LANGUAGE, format=_MILLISECONDS, type=_LYRICS, desc="", text=timed)


def _cover_frame(plan: Plan) -> Frame:
    from mutagen.id3 import APIC

    return APIC(encoding=_UTF16, mime="image/png", type=_FRONT_COVER, desc="Cover", data=cover_png(plan))


def _plan_frame(plan: Plan) -> Frame:
    from mutagen.id3 import GEOB

    data = to_json(plan).encode("utf-8")
    return GEOB(encoding=_UTF16, mime=_PLAN_MIME, filename="plan.json", desc=PLAN_DESCRIPTION, data=data)


def _title_of(frame: Any) -> str:
    titles = frame.sub_frames.getall("TIT2")
    return str(titles[0]) if titles else ""


def _in_time_order(tagged: bytes) -> bytes:
    """Return ``tagged`` with its frames sorted by kind and id, so that chapters stand in order of time.

    mutagen writes frames in order of size, and players list chapters as they stand in the file.
    """
    end = _HEADER_BYTES + _unsynchsafe(tagged[6:_HEADER_BYTES])
    frames: list[bytes] = []
    at = _HEADER_BYTES
    while at < end:
        size = _HEADER_BYTES + int.from_bytes(tagged[at + 4 : at + 8], "big")
        frames.append(tagged[at : at + size])
        at += size
    frames.sort(key=_place)
    return tagged[:_HEADER_BYTES] + b"".join(frames)


def _place(frame: bytes) -> tuple[int, bytes]:
    """Return what sorts a frame: texts first, then contents, chapters by id, lyrics, cover, and the plan last."""
    name = frame[:4]
    return _ORDER.index(name), frame[_HEADER_BYTES : _HEADER_BYTES + 8]


def _unsynchsafe(size: bytes) -> int:
    """Return a size of seven bits a byte (ID3v2.3, 3.1)."""
    return sum(byte << 7 * place for place, byte in enumerate(reversed(size)))
