import json
import math

import pytest
from hypothesis import given

from audioguide.errors import RequestError
from audioguide.export.plan.plan_json import to_json
from audioguide.export.plan.plan_reader import from_json
from audioguide.model.plan import Plan
from audioguide.model.sound import SoundSettings
from audioguide.model.timeline import Dropped
from tests.export.plans import plans, sample_plan


@given(plan=plans)
def test_what_is_written_reads_back_the_same(plan: Plan):
    assert from_json(to_json(plan)) == plan


def test_the_schema_is_the_documented_one():
    data = json.loads(to_json(sample_plan()))
    assert list(data) == [
        "format", "protocol", "title", "language", "profile", "week", "seed", "voice", "sound", "duration_ms", "events",
        "chapters", "dropped", "changes", "left_out", "notes", "recordings", "figures", "fingerprints", "notices",
        "warnings",
    ]  # fmt: skip
    assert data["format"] == 1
    assert data["events"][3] == {
        "kind": "beep", "role": "start", "start_ms": 9000, "end_ms": 9330, "text": None,
        "exercise": "half-kneeling", "side": "left", "set": 1, "rep": None,
    }  # fmt: skip
    assert data["chapters"][0] == {"start_ms": 0, "end_ms": 9000, "title": "Welcome", "phase": None}
    assert data["dropped"][0] == {
        "text": "Reach up.", "exercise": "half-kneeling", "why": "no room before the halfway call",
        "count": 1, "unheard": False, "longer_ms": 0, "tip": False,
    }  # fmt: skip


def test_keys_of_an_event_always_stand_in_the_same_order():
    keys = {tuple(event) for event in json.loads(to_json(sample_plan()))["events"]}
    assert keys == {("kind", "role", "start_ms", "end_ms", "text", "exercise", "side", "set", "rep")}


def test_it_is_one_line_an_event():
    assert '    {"kind": "beep", "role": "start", "start_ms": 9000' in to_json(sample_plan())


def changed(**fields: object) -> str:
    return json.dumps(json.loads(to_json(sample_plan())) | fields)


SOUND = {"loudness_lufs": -16.0, "lead": None, "music": None, "breath": None, "own_sounds": []}


def with_event(**fields: object) -> str:
    data = json.loads(to_json(sample_plan()))
    data["events"][0] |= fields
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "the plan must be an object, not a list"),
        ("{}", "the plan has no 'format'"),
        (changed(format=2), "newer audioguide"),
        (changed(format=0), "there is only 1"),
        (changed(format="1"), "'format' must be a whole number, not '1'"),
        (changed(format=True), "'format' must be a whole number, not True"),
        (changed(title=None), "'title' must be a text, not None"),
        (changed(events={}), "'events' must be a list, not an object"),
        (changed(events=[3]), r"events\[0\] must be an object, not 3"),
        (changed(warnings=[1]), "'warnings' must be a list of texts"),
        (changed(duration_ms=10), "contradicts itself: an event ends after"),
        (changed(voice={"engine": None, "voice": None, "rate_wpm": 150, "volume": 0}), "'volume' must be over 0"),
        (changed(voice={"engine": None, "voice": None, "rate_wpm": 150, "volume": "x"}), "'volume' must be a number"),
        (changed(warnings=["fine", 1]), "'warnings' must be a list of texts; number 2 is 1"),
        (changed(voice={"engine": None, "voice": None, "rate_wpm": 150}), "the plan: voice has no 'volume'"),
        (
            changed(voice={"engine": None, "voice": None, "rate_wpm": 150, "volume": math.nan}),
            "'volume' must be a finite",
        ),
        (changed(sound=SOUND | {"loudness_lufs": 10**400}), "sound: 'loudness_lufs' must be a finite number, not 1000"),
        (changed(sound=SOUND | {"lead": 3}), "the plan: sound: lead must be an object, not 3"),
        (changed(sound=SOUND | {"lead": {"length_ms": 50}}), "the plan: sound: lead has no 'below_db'"),
        (changed(format=2, events=3), "newer audioguide"),
        ('{"format": 1, "title": "\\ud83e"}', "the plan is not JSON: "),
        (
            with_event(kind="song"),
            r"events\[0\]: 'kind' must be one of speech, beep, hold, rep, rest, breath, not 'song'",
        ),
        (with_event(role="done"), r"events\[0\]: 'role' must be one of intro"),
        (with_event(side="up"), "'side' must be one of left, right"),
        (with_event(start_ms=1.5), "'start_ms' must be a whole number, not 1.5"),
        (with_event(end_ms=0), "contradicts itself: speech 'setup' from 0 to 0 ms has no length"),
    ],
)
def test_what_is_no_plan_is_refused_with_the_reason(text: str, message: str):
    with pytest.raises(RequestError, match=message) as caught:
        from_json(text)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


def test_what_a_later_program_adds_is_let_be():
    assert from_json(changed(mood="calm")) == sample_plan()


def test_a_plan_of_before_sound_had_settings_sounds_as_usual():
    data = json.loads(to_json(sample_plan()))
    del data["sound"]
    assert from_json(json.dumps(data)).sound == SoundSettings()


def test_a_plan_of_before_cues_without_room_were_counted_has_one_of_each():
    rows = [{"text": "Reach up.", "exercise": "reach", "why": "no room in a hold of 10 s"}]
    assert from_json(changed(dropped=rows)).timeline.dropped == (Dropped(**rows[0]),)


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Stretch: Couch stretch", ("Stretch", "Couch stretch")),
        ("Wall sit", (None, "Wall sit")),
        ("Open: ", (None, "Open: ")),
        ("A: B: C", ("A", "B: C")),
    ],
)
def test_a_plan_of_before_chapters_had_phases_says_them_in_the_titles(title: str, parts: tuple[str | None, str]):
    [chapter] = from_json(changed(chapters=[{"start_ms": 0, "end_ms": 9000, "title": title}])).timeline.chapters
    assert (chapter.phase, chapter.name) == parts
    assert chapter.title == title


@pytest.mark.parametrize("phase", [None, "Plank", "Legs"])
def test_a_phase_that_is_stated_counts_whatever_the_title(phase: str | None):
    row = {"start_ms": 0, "end_ms": 9000, "title": "Plank: on the elbows", "phase": phase}
    [chapter] = from_json(changed(chapters=[row])).timeline.chapters
    assert chapter.phase == phase
    assert chapter.name == ("on the elbows" if phase == "Plank" else "Plank: on the elbows")


def test_a_plan_of_before_there_were_notes_recordings_figures_and_notices_has_none():
    older = json.loads(to_json(sample_plan()))
    del older["notes"], older["recordings"], older["figures"], older["notices"]
    del older["fingerprints"]
    assert from_json(json.dumps(older)) == sample_plan()
