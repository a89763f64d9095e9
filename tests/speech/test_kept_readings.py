import json
import sys
from pathlib import Path

import pytest

from audioguide.speech import kept_readings
from audioguide.speech.kept_readings import MOST_READINGS, KeptReadings
from audioguide.speech.text import normalise
from audioguide.storage.cache import Cache, NoCache


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that the rules are asked for, as they are asked."""
    asked: list[str] = []
    spoken = normalise.spoken

    def asking(text, *how):
        asked.append(text)
        return spoken(text, *how)

    monkeypatch.setattr(normalise, "spoken", asking)
    return asked


def test_a_text_is_read_once_over_builds_and_as_without_a_cache(tmp_path: Path, read: list[str]):
    texts = ["45 s.", "Hold.", "SI joint", "lone \ud83d, flag 🏳️", ""]
    first = KeptReadings({}, Cache(tmp_path)).of(texts)
    assert read == texts
    assert KeptReadings({}, Cache(tmp_path)).of(texts) == first == KeptReadings({}, NoCache()).of(texts)
    assert read == [*texts, *texts]


def test_only_a_new_text_is_read(tmp_path: Path, read: list[str]):
    KeptReadings({}, Cache(tmp_path)).of(["45 s.", "Hold."])
    said = KeptReadings({}, Cache(tmp_path)).of(["Hold.", "30 s."])
    assert said == {"Hold.": "Hold.", "30 s.": "30 seconds."}
    assert read == ["45 s.", "Hold.", "30 s."]
    KeptReadings({}, Cache(tmp_path)).of(["45 s.", "Hold.", "30 s."])
    assert read == ["45 s.", "Hold.", "30 s."]


def test_another_lexicon_or_other_rules_read_anew(tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch):
    assert KeptReadings({}, Cache(tmp_path)).of(["psoas"]) == {"psoas": "psoas"}
    assert KeptReadings({"psoas": "so-as"}, Cache(tmp_path)).of(["psoas"]) == {"psoas": "so-as"}
    assert KeptReadings({"so-as": "psoas"}, Cache(tmp_path)).of(["psoas"]) == {"psoas": "psoas"}
    assert read == ["psoas"] * 3
    monkeypatch.setattr(kept_readings, "_rules", lambda: "others")
    KeptReadings({}, Cache(tmp_path)).of(["psoas"])
    assert read == ["psoas"] * 4


def test_the_rules_are_known_by_what_stands_in_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def rules() -> str:
        kept_readings._rules.cache_clear()
        return kept_readings._rules()

    was = rules()
    (tmp_path / "text").mkdir()
    for file in (Path(kept_readings.__file__).parent / "text").glob("*.py"):
        (tmp_path / "text" / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(kept_readings, "__file__", str(tmp_path / "kept_readings.py"))
    assert rules() == was
    (tmp_path / "text" / "marks.py").write_text("# other rules\n")
    changed = rules()
    assert changed != was
    monkeypatch.setattr(sys, "version", "3.99")
    assert rules() not in {was, changed}
    kept_readings._rules.cache_clear()


def test_what_is_kept_stays_within_bounds_and_holds_the_latest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept_readings, "MOST_READINGS", 3)
    KeptReadings({}, Cache(tmp_path)).of(["a", "b", "c", "d"])
    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
    data = file.read_bytes()
    assert json.loads(data[data.index(b"{") :]) == {"b": "b", "c": "c", "d": "d"}
    assert MOST_READINGS > 3 * 400, "some sessions of 35 minutes"


def test_damage_is_read_anew(tmp_path: Path, read: list[str]):
    KeptReadings({}, Cache(tmp_path)).of(["45 s."])
    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
    file.write_bytes(file.read_bytes()[:-3])
    assert KeptReadings({}, Cache(tmp_path)).of(["45 s."]) == {"45 s.": "45 seconds."}
    assert read == ["45 s.", "45 s."]


def test_each_language_reads_by_its_own_tables(tmp_path: Path):
    english, german = KeptReadings({}, Cache(tmp_path)), KeptReadings({}, Cache(tmp_path), "de-AT")
    assert [kept.of(["3 x 30 s"])["3 x 30 s"] for kept in (english, german)] == [
        "3 sets of 30 seconds",
        "3 mal 30 Sekunden",
    ]
