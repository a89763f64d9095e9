import re

import pytest
from hypothesis import given
from msgspec.structs import replace

from audioguide.export.plan.lyrics import lyrics, to_lrc
from audioguide.export.plan.plan_json import to_json
from audioguide.export.plan.subtitles import to_vtt
from audioguide.export.registry import EXPORTS
from audioguide.model.kinds import EventKind
from audioguide.model.plan import Plan
from audioguide.model.timeline import Event, Timeline
from tests.export.plans import plans, sample_plan

LRC = """\
[ti:Hip flexor release]
[by:audioguide]
[length:62:10.00]
[00:00.00]Kneel on your "left" knee, foot flat & <calm>.
[00:09.00]Hold 45 s, left side
[00:31.50](Halfway) --> go on
[62:05.01]Done.
"""

VTT = """\
WEBVTT - made by audioguide

00:00:00.000 --> 00:00:02.310
Kneel on your "left" knee, foot flat &amp; &lt;calm&gt;.

00:00:31.500 --> 00:00:32.104
[Halfway] --&gt; go on

01:02:05.016 --> 01:02:06.000
Done.
"""


def test_lyrics_read_as_a_player_scrolls_them():
    assert to_lrc(sample_plan()) == LRC


def test_lyrics_are_each_cue_and_hold_with_its_words_on_one_line():
    found = [(event.kind, words) for event, words in lyrics(sample_plan())]
    assert found == [
        (EventKind.SPEECH, 'Kneel on your "left" knee, foot flat & <calm>.'),
        (EventKind.HOLD, "Hold 45 s, left side"),
        (EventKind.SPEECH, "[Halfway] --> go on"),
        (EventKind.SPEECH, "Done."),
    ]


@pytest.mark.parametrize(
    ("length_ms", "words"), [(19_992, "20 s"), (20_016, "20 s"), (2496, "2.5 s"), (120_000, "120 s")]
)
def test_a_hold_is_as_long_as_people_say(length_ms: int, words: str):
    hold = Event(EventKind.HOLD, EventKind.HOLD, 0, length_ms)
    plan = replace(sample_plan(), timeline=Timeline((hold,), (), (), length_ms))
    assert to_lrc(plan).endswith(f"]Hold {words}\n")


def test_subtitles_read_as_a_player_shows_them():
    assert to_vtt(sample_plan()) == VTT


@given(plan=plans)
def test_each_spoken_cue_is_one_cue_of_the_subtitles_whatever_its_words(plan: Plan):
    cues = plan.timeline.of_kind(EventKind.SPEECH)
    lines = to_vtt(plan).split("\n")
    assert sum("-->" in line for line in lines) == len(cues)
    assert len(lines) == 2 + 3 * len(cues)


@given(plan=plans)
def test_each_line_of_the_lyrics_has_its_time_whatever_its_words(plan: Plan):
    lines = to_lrc(plan).splitlines()[3:]
    assert all(re.match(r"\[\d{2,}:\d\d\.\d\d\][^\[\]]*$", line) for line in lines)


def test_the_registry_names_every_way_to_export():
    assert {name: export.suffix for name, export in EXPORTS.items()}.items() >= {
        "plan": ".json", "lrc": ".lrc", "vtt": ".vtt",
    }.items()  # fmt: skip
    assert EXPORTS["plan"].write is to_json
