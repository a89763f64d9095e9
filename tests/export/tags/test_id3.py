import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from audioguide.audio.mp3.encoder import encode
from audioguide.audio.mp3.info_frame import is_unaltered, without_tag
from audioguide.errors import RequestError
from audioguide.export.figures.figure_png import figure_png
from audioguide.export.figures.pictures import PNG, SVG, Picture
from audioguide.export.tags.chapters import MOST_CHAPTERS, fitted
from audioguide.export.tags.cover import cover_png
from audioguide.export.tags.id3 import PLAN_DESCRIPTION, read_chapters, read_pictures, read_plan, tag, tag_of
from audioguide.model.kinds import BeepRole, EventKind, SpeechRole
from audioguide.model.plan import ExerciseFigure, Plan
from audioguide.model.script import Place
from audioguide.model.timeline import Chapter, Event, Timeline
from audioguide.verify.decode import decode
from tests.decoders import ffmpeg, ffmpeg_samples
from tests.english import ENGLISH
from tests.export.plans import sample_plan
from tests.sounds import voice_like

FRAMES = encode(voice_like(1).samples)
TITLE = 'Hüfte “frei” 🧘 "now" & <then>'


def many(count: int) -> tuple[Chapter, ...]:
    return tuple(Chapter(at * 24, (at + 1) * 24, f"Part {at} " + "long " * (at * 7 % 11)) for at in range(count))


def with_events(*events: Event) -> Plan:
    return replace(sample_plan(), timeline=Timeline(events, many(3), (), 3_600_000))


def talkative(count: int) -> Plan:
    """Return a plan with ``count`` cues whose letters need one to four bytes."""
    cues = (
        Event(EventKind.SPEECH, SpeechRole.COACHING, at * 2000, at * 2000 + 900, text=f"{at}: Hüfte 🧘 bleibt 漢 Ž.")
        for at in range(count)
    )
    return with_events(*cues)


@pytest.fixture
def written(tmp_path: Path):
    def write(data: bytes) -> Path:
        path = tmp_path / "session.mp3"
        path.write_bytes(data)
        return path

    return write


def test_the_embedded_plan_reads_back_the_same(written):
    assert read_plan(written(tag(FRAMES, sample_plan(title=TITLE)))) == sample_plan(title=TITLE)


def test_the_same_plan_gives_the_same_bytes():
    assert tag(FRAMES, sample_plan()) == tag(FRAMES, sample_plan())


def test_the_sound_behind_the_tag_is_untouched(written):
    tagged = tag(FRAMES, sample_plan())
    assert without_tag(tagged) == FRAMES
    assert is_unaltered(without_tag(tagged))
    assert decode(written(tagged)).samples.size == 24_000


def test_players_find_title_artist_length_and_times(written):
    from mutagen.id3 import ID3

    tags = ID3(written(tag(FRAMES, sample_plan(title=TITLE))))
    assert tags.version == (2, 3, 0)
    assert tags["TIT2"].text == [TITLE]
    assert tags["TPE1"].text == ["audioguide"]
    assert tags["TALB"].text == [TITLE]
    assert tags["TCON"].text == ["Health & Fitness"]
    assert tags["TLEN"].text == ["3730008"]
    assert tags["COMM::eng"].text[0].startswith('0:00 Welcome\n0:09 Half-kneeling 🧘 "left" – 45 s\n\n')
    assert tags["COMM::eng"].text[0].endswith(ENGLISH.printed.notes.recording)
    assert tags[f"GEOB:{PLAN_DESCRIPTION}"].mime == "application/json"


def test_the_contents_are_top_level_and_ordered(written):
    from mutagen.id3 import ID3

    tags = ID3(written(tag(FRAMES, sample_plan(many(30)))))
    contents = tags["CTOC:toc"]
    assert contents.flags == 3
    assert contents.child_element_ids == [f"chp{number:04}" for number in range(1, 31)]


@pytest.mark.parametrize("count", [0, 1, 30, 255])
def test_chapters_read_back_in_order(written, count):
    assert read_chapters(written(tag(FRAMES, sample_plan(many(count))))) == many(count)


def test_chapters_stand_in_order_of_time_in_the_file():
    ids = re.findall(rb"CHAP....\x00\x00(chp\d{4})\x00", tag(FRAMES, sample_plan(many(255))), re.DOTALL)
    assert len(ids) == 255
    assert ids == sorted(ids)


def test_more_chapters_than_fit_are_merged_evenly():
    merged = fitted(many(1000))
    assert len(merged) == MOST_CHAPTERS
    assert merged[0].start_ms == 0
    assert merged[-1].end_ms == 24_000
    assert all(earlier.end_ms == later.start_ms for earlier, later in pairwise(merged))
    assert {chapter.end_ms - chapter.start_ms for chapter in merged} == {72, 96}
    assert merged[1].title.startswith("Part 3 ")
    assert "– Part 6" in merged[1].title


def test_chapters_that_fit_stay():
    assert fitted(many(255)) == many(255)


def test_a_thousand_chapters_can_be_tagged(written):
    path = written(tag(FRAMES, sample_plan(many(1000))))
    assert read_chapters(path) == fitted(many(1000))
    assert read_plan(path) == sample_plan(many(1000))


@pytest.mark.real
def test_ffmpeg_lists_chapters_in_order_with_times_and_titles(written):
    path = written(tag(FRAMES, sample_plan(title=TITLE)))
    said = ffmpeg("-i", str(path), "-f", "null", "-").stderr.decode()
    listed = re.findall(r"Chapter #0:\d+: start (\S+), end (\S+)\s+Metadata:\s+title\s+: (.*)", said)
    assert f": {TITLE}\n" in said
    assert listed[:2] == [
        ("0.000000", "9.000000", "Welcome"),
        ("9.000000", "3730.008000", 'Half-kneeling 🧘 "left" – 45 s'),
    ]


@pytest.mark.real
def test_ffmpeg_decodes_the_same_length_behind_the_tag(written):
    assert ffmpeg_samples(written(tag(FRAMES, sample_plan(many(255))))).size == 24_000


@pytest.mark.real
def test_the_cover_and_the_lyrics_leave_the_sound_alone(written, tmp_path):
    bare = tmp_path / "bare.mp3"
    bare.write_bytes(FRAMES)
    tagged = written(tag(FRAMES, talkative(1200)))
    assert np.array_equal(ffmpeg_samples(tagged), ffmpeg_samples(bare))
    assert np.array_equal(decode(tagged).samples, decode(bare).samples)


@pytest.mark.real
def test_ffmpeg_shows_the_cover_and_the_lyrics(written):
    said = ffmpeg("-i", str(written(tag(FRAMES, sample_plan()))), "-f", "null", "-").stderr.decode()
    assert re.search(r"Video: png.*800x800.*\(attached pic\)", said)
    assert "Cover (front)" in said
    assert "lyrics-eng      : Kneel on your" in said


def test_players_find_the_cover(written):
    from mutagen.id3 import ID3

    [picture] = ID3(written(tag(FRAMES, sample_plan()))).getall("APIC")
    assert (picture.mime, picture.type) == ("image/png", 3)
    assert picture.data == cover_png(sample_plan())


def test_lyrics_with_times_are_those_of_the_lrc(written):
    from mutagen.id3 import ID3

    [lyrics] = ID3(written(tag(FRAMES, sample_plan()))).getall("SYLT")
    assert (lyrics.lang, lyrics.format, lyrics.type, lyrics.encoding) == ("eng", 2, 1, 1)
    assert lyrics.text == [
        ('Kneel on your "left" knee, foot flat & <calm>.', 0),
        ("Hold 45 s, left side", 9000),
        ("[Halfway] --> go on", 31_500),
        ("Done.", 3_725_016),
    ]


def test_lyrics_without_times_leave_the_counts_out(written):
    from mutagen.id3 import ID3

    counts = [Event(EventKind.SPEECH, SpeechRole.COUNT, at, at + 500, text=f"{at}.") for at in (1000, 2000)]
    ready = Event(EventKind.SPEECH, SpeechRole.SETUP, 0, 500, text="Ready.\nNow.")
    path = written(tag(FRAMES, with_events(ready, *counts, Event(EventKind.HOLD, EventKind.HOLD, 3000, 5500))))
    assert ID3(path)["USLT::eng"].text == "Ready. Now.\nHold 2.5 s"
    assert [words for words, _ in ID3(path)["SYLT::eng"].text] == ["Ready. Now.", "1000.", "2000.", "Hold 2.5 s"]


def test_lyrics_of_a_long_session_read_back_whatever_their_letters(written):
    from mutagen.id3 import ID3

    plan = talkative(1200)
    lyrics = ID3(written(tag(FRAMES, plan)))["SYLT::eng"].text
    assert lyrics == [(event.text, event.start_ms) for event in plan.timeline.events]


def test_a_nul_in_the_words_does_not_end_the_lyrics(written):
    from mutagen.id3 import ID3

    cues = [Event(EventKind.SPEECH, SpeechRole.SETUP, at, at + 500, text=f"Half\0way {at}.") for at in (0, 1000)]
    assert ID3(written(tag(FRAMES, with_events(*cues))))["SYLT::eng"].text == [
        ("Half way 0.", 0),
        ("Half way 1000.", 1000),
    ]


def test_a_silent_session_has_no_lyrics_and_can_be_tagged(written):
    from mutagen.id3 import ID3

    path = written(tag(FRAMES, with_events(Event(EventKind.BEEP, BeepRole.DONE, 0, 300))))
    assert not {"USLT", "SYLT"} & {frame.FrameID for frame in ID3(path).values()}
    assert read_plan(path).timeline.events


def test_texts_come_first_then_chapters_lyrics_cover_and_the_plan(written):
    found = re.findall(
        rb"(TIT2|COMM|CTOC|USLT|SYLT|APIC|GEOB)\x00[\x00-\x0f]..\x00\x00", tag(FRAMES, sample_plan()), re.DOTALL
    )
    outer = [name for name in dict.fromkeys(found) if name != b"TIT2"]
    assert found[0] == b"TIT2"
    assert outer == [b"COMM", b"CTOC", b"USLT", b"SYLT", b"APIC", b"GEOB"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not an MP3 with tags"),
        (b"nothing of the kind", "not an MP3 with tags"),
        (FRAMES, "not an MP3 with tags"),
        (b"ID3\x03\x00\x00\x00\x00\x00\x00" + FRAMES, "there is no plan in it"),
        (tag(FRAMES, sample_plan()).replace(b'"format": 1', b'"format": 7'), "newer audioguide"),
        (tag(FRAMES, sample_plan()).replace(b'"title"', b'"tit\xff"'), "damaged"),
    ],
)
def test_a_file_without_a_readable_plan_is_refused_by_name(written, content, message):
    with pytest.raises(RequestError, match=rf"session\.mp3: .*{message}"):
        read_plan(written(content))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(RequestError, match="no such file"):
        read_plan(tmp_path / "none.mp3")
    with pytest.raises(RequestError, match="a folder"):
        read_plan(tmp_path)


DOG, LUNGE, LINE = (
    ExerciseFigure("dog", "bird-dog", None),
    ExerciseFigure("lunge", "a lunge with a name of over sixty-four letters, as it may have.png", "A lunge."),
    ExerciseFigure("line", "line.svg", "A line."),
)


def pictured() -> Plan:
    events = tuple(
        Event(EventKind.HOLD, EventKind.HOLD, at * 1_200_000 + 1, at * 1_200_000 + 2, Place(exercise))
        for at, exercise in enumerate(("dog", "lunge", "line"))
    )
    chapters = tuple(Chapter(at * 1_200_000, (at + 1) * 1_200_000, f"Part {at}") for at in range(3))
    return replace(sample_plan(), timeline=Timeline(events, chapters, (), 3_600_000), figures=(DOG, LUNGE, LINE))


def test_pictures_of_chapters_read_back(written):
    made = {DOG: Picture("bird-dog", PNG, b"drawn"), LUNGE: Picture(LUNGE.figure, PNG, b"own"), LINE: None}
    made[LINE] = Picture("line.svg", SVG, b"<svg/>")
    data = tag_of(pictured(), lambda shown: made[shown.figure])
    assert data == tag_of(pictured(), lambda shown: made[shown.figure])
    found = read_pictures(written(data + FRAMES))
    assert {picture.data for picture in found.values()} == {b"drawn", b"own", b"<svg/>"}
    # The description of a picture takes 64 letters.
    assert found[LUNGE.figure[:64]].data == b"own"
    assert found["line.svg"] == made[LINE]
    assert read_chapters(written(data + FRAMES)) == pictured().timeline.chapters
    assert read_plan(written(data + FRAMES)) == pictured()


def test_a_picture_of_another_kind_is_passed_over(written):
    data = tag_of(pictured(), lambda shown: Picture("line.svg", 'text/html" onerror="', b"<script/>"))
    assert read_pictures(written(data + FRAMES)) == {}


def test_a_figure_without_a_picture_leaves_its_chapter_as_it_was():
    assert tag_of(pictured(), lambda shown: None) == tag_of(pictured())


@pytest.mark.real
def test_ffmpeg_lists_chapters_that_have_pictures(written):
    path = written(tag_of(pictured(), lambda shown: Picture("bird-dog", PNG, figure_png("bird-dog") or b"")) + FRAMES)
    said = ffmpeg("-i", str(path), "-f", "null", "-").stderr.decode()
    assert list(dict.fromkeys(re.findall(r"title\s+: (Part \d)", said))) == ["Part 0", "Part 1", "Part 2"]
    assert "rror" not in said


def test_a_tag_that_ends_too_early_is_said_to_be_cut(tmp_path: Path):
    # Its extended header begins in its last byte (ID3v2.4, 3.2).
    (tmp_path / "cut.mp3").write_bytes(b"ID3\4\0\x40\0\0\0\1x")
    with pytest.raises(RequestError, match=r"cut.mp3: its tags can't be read: they are cut short$"):
        read_plan(tmp_path / "cut.mp3")
