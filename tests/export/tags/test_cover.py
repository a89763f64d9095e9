import io
import math
from itertools import pairwise

import pytest
from msgspec.structs import replace
from PIL import Image, ImageColor

from audioguide.export.plan.picture import COLOURS, FAINT, INK, SPEECH
from audioguide.export.tags.cover import HOLE, PHASES, RING, SIZE, cover_png, words
from audioguide.export.tags.cover_text import Face
from audioguide.model.kinds import EventKind, RestRole, Side, SpeechRole
from audioguide.model.plan import Plan
from audioguide.model.script import Place
from audioguide.model.timeline import Event, Timeline
from tests.export.plans import sample_plan

MOST_BYTES = 80_000
LONG = (
    "A gentle programme for hips, knees and ankles after a long day of sitting at the desk, for beginners of all ages"
)
TITLES = [
    "Yoga",
    "Hip flexor release",
    LONG,
    "Q" * 120,
    "Rindfleischetikettierungsüberwachung am Morgen",
    "W " * 60,
    "Ѹ‰" * 60,
    "Ǻy " * 40,
    "Растяжка бёдер и спины",
    "i",
]
ON_RING, ON_PHASES = (RING + HOLE) / 2, sum(PHASES) / 2


def seen(plan: Plan) -> Image.Image:
    return Image.open(io.BytesIO(cover_png(plan))).convert("RGB")


def lines(plan: Plan) -> list[str]:
    return [line.text for line, _ in words(plan, Face())]


def title_lines(title: str) -> list[str]:
    return lines(sample_plan(title=title))[:-1]


def made(*events: Event, duration_ms: int = 100_000) -> Plan:
    return replace(sample_plan(), timeline=Timeline(events, (), (), duration_ms))


def effort(kind: EventKind, start_s: int, end_s: int, side: Side | None = None) -> Event:
    return Event(kind, kind, start_s * 1000, end_s * 1000, Place("bridge", side))


def colour_at(image: Image.Image, share: float, radius: float) -> str:
    angle = 2 * math.pi * share
    at = (round(SIZE / 2 + radius * math.sin(angle)), round(SIZE / 2 - radius * math.cos(angle)))
    red, green, blue = image.getpixel(at)
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_the_cover_is_a_square_png():
    image = Image.open(io.BytesIO(cover_png(sample_plan())))
    assert image.format == "PNG"
    assert image.size == (SIZE, SIZE)


def test_the_same_plan_gives_the_same_bytes():
    assert cover_png(sample_plan()) == cover_png(sample_plan())


def test_another_title_person_or_session_gives_another_cover():
    covers = {
        cover_png(plan)
        for plan in (
            sample_plan(),
            sample_plan(title="Hip flexor releasf"),
            replace(sample_plan(), profile="anna"),
            made(effort(EventKind.HOLD, 10, 20)),
            made(effort(EventKind.HOLD, 10, 30)),
            made(effort(EventKind.HOLD, 10, 30, Side.LEFT)),
        )
    }
    assert len(covers) == 6


def test_the_ring_shows_what_is_done_when_clockwise_from_the_top():
    rest = Event(EventKind.REST, RestRole.REST, 50_000, 60_000)
    image = seen(
        made(
            Event(EventKind.REST, RestRole.SETUP, 0, 10_000),
            effort(EventKind.HOLD, 10, 30, Side.LEFT),
            effort(EventKind.HOLD, 30, 50, Side.RIGHT),
            rest,
            effort(EventKind.REP, 60, 80),
        )
    )
    shown = [colour_at(image, share, ON_RING) for share in (0.05, 0.2, 0.4, 0.55, 0.7, 0.9)]
    left, right = COLOURS[EventKind.HOLD, Side.LEFT], COLOURS[EventKind.HOLD, Side.RIGHT]
    assert shown == [SPEECH, left, right, FAINT, COLOURS[EventKind.REP, None], SPEECH]


def test_the_thin_ring_shows_each_phase_and_stops_between_them():
    cues = [
        Event(EventKind.SPEECH, role, at, at + 1000, text="Words.")
        for role, at in [
            (SpeechRole.INTRO, 0),
            (SpeechRole.PHASE, 10_000),
            (SpeechRole.PHASE, 12_000),
            (SpeechRole.EXERCISE, 14_000),
            (SpeechRole.PHASE, 50_000),
        ]
    ]
    image = seen(made(*cues))
    shown = [colour_at(image, share, ON_PHASES) for share in (0.05, 0.13, 0.3, 0.498, 0.7)]
    assert shown == [INK, FAINT, FAINT, INK, FAINT]


@pytest.mark.parametrize("title", TITLES)
def test_words_stay_within_the_ring(title: str):
    plan = replace(sample_plan(title=title), profile=title)
    face = Face()
    for line, _ in words(plan, face):
        left, top, right, bottom = face.at(line.size).getbbox(line.text, anchor="ms")
        corners = [(x, y + line.baseline) for x in (left, right) for y in (top, bottom)]
        assert max(math.hypot(x, y) for x, y in corners) <= PHASES[1]
    image = seen(plan)
    assert {colour_at(image, step / 720, PHASES[1] - 4) for step in range(720)} == {INK}


@pytest.mark.parametrize("title", TITLES)
def test_lines_of_words_stay_off_each_other(title: str):
    plan = replace(sample_plan(title=title), profile=title)
    baselines = [(line.baseline, line.size) for line, _ in words(plan, Face())]
    for (earlier, _), (later, size) in pairwise(baselines):
        assert later - earlier >= size


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_shown_whole(title: str):
    assert "".join(title_lines(title)).replace(" ", "") == title.replace(" ", "")


@pytest.mark.parametrize("title", ["Hip flexor release", LONG, "Movement break", "Растяжка бёдер и спины"])
def test_words_that_fit_are_not_broken(title: str):
    assert " ".join(title_lines(title)) == title


def test_what_no_protocol_would_have_as_a_title_is_cut_and_says_so():
    shown = "".join(title_lines("endless " * 100))
    assert shown.startswith("endless")
    assert shown.endswith("…")


def test_a_title_is_as_large_as_a_lock_screen_needs():
    sizes = {line.size for line, _ in words(sample_plan(), Face()) if line.text in title_lines(sample_plan().title)}
    assert min(sizes) * 60 / SIZE >= 8


def test_the_name_and_the_length_frame_the_title():
    plan = replace(sample_plan(title="Yoga"), profile="Živa")
    assert lines(plan) == ["Živa", "Yoga", "62 min"]
    assert lines(made(duration_ms=20_000))[-1] == "1 min"


@pytest.mark.parametrize(
    ("accented", "plain"), [("Želva", "Zelva"), ("Łódź", "Lódź"), ("Ősz", "Ösz"), ("йога", "иога")]
)
def test_accents_are_drawn(accented: str, plain: str):
    assert cover_png(sample_plan(title=accented)) != cover_png(sample_plan(title=plain))


@pytest.mark.parametrize(
    ("title", "like"),
    [
        ("Z\u030celva", "Želva"),
        ("🧘 Yoga 漢字", "Yoga"),
        ("Yo\u200dga\ufe0f\u0007", "Yoga"),
        ("Ḥaṭha-yoga", "Hatha-yoga"),
        ("Non\u2011stop\u00a0yoga", "Non-stop yoga"),
        ("髋关节", "hip-flexor"),
        ("تمدد الورك A", "hip-flexor"),
        ("מתיחה 2", "hip-flexor"),
    ],
)
def test_what_the_font_lacks_leaves_no_box(title: str, like: str):
    assert cover_png(sample_plan(title=title)) == cover_png(sample_plan(title=like))


def test_a_cover_without_a_word_to_draw_still_has_its_length():
    assert lines(replace(sample_plan(title="髋"), protocol="髋", profile="髋")) == ["62 min"]


@pytest.mark.parametrize("title", ["Yoga", LONG])
def test_the_cover_of_a_dense_session_stays_small(title: str):
    reps = [effort(EventKind.REP, at, at + 3, (Side.LEFT, Side.RIGHT)[at % 2]) for at in range(0, 3600, 3)]
    plan = replace(made(*reps, duration_ms=3_600_000), title=title, profile="Živa")
    assert len(cover_png(plan)) < MOST_BYTES


def test_every_colour_is_exactly_that_of_the_picture():
    image = seen(sample_plan())
    assert image.getpixel((1, 1)) == ImageColor.getrgb(INK)
