import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from audioguide import pipeline
from audioguide.audio.clip import Clip
from audioguide.batches import making
from audioguide.batches.batch_run import Status
from audioguide.batches.making import Finished
from audioguide.batches.records import OWN_FOLDER, RECORDS
from audioguide.errors import RequestError, SpeechError
from audioguide.export.tags.id3 import read_plan
from audioguide.library.protocol_files import load_protocol
from audioguide.model.timeline import Timeline
from audioguide.model.voice import VoiceSettings
from audioguide.pipeline import KnownLengths, prepare_session
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.open_voices import OpenVoices
from audioguide.storage.cache import NoCache
from audioguide.storage.sha256 import sha256_of
from audioguide.verify.check import check
from tests.batches.conftest import Written
from tests.batches.inline_workers import batch_of, made
from tests.helpers import layer

HEADINGS = "name,protocol,engine,hold reach,note reach"
ROWS = (HEADINGS, "Anna,small.toml,fake,50,Mind your knee.", "Ben,small.toml,fake,,", "Anna,small.toml,fake,35,")


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the fake voice is asked to say."""
    said: list[str] = []
    speak = FakeEngine.synthesize

    def counting(self: FakeEngine, text: str, settings: VoiceSettings) -> Clip:
        said.append(text)
        if "impossible" in text:
            raise SpeechError("that can't be said")
        return speak(self, text, settings)

    monkeypatch.setattr(FakeEngine, "synthesize", counting)
    return said


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def manifest(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "manifest.csv").read_bytes().decode("utf-8-sig"))))


def test_everyone_has_their_own_session_under_a_name_of_their_own(write: Written, tmp_path: Path):
    results = made(write(*ROWS), tmp_path / "out")
    assert [(result.number, result.name, result.status) for result in results] == [
        (2, "Anna", Status.MADE), (3, "Ben", Status.MADE), (4, "Anna", Status.MADE),
    ]  # fmt: skip
    assert names_in(tmp_path / "out") == [
        OWN_FOLDER, "Anna-2.mp3", "Anna.mp3", "Ben.mp3", "index.html", "manifest.csv",
    ]  # fmt: skip
    assert all(check(result.mp3).ok for result in results if result.mp3)
    plan = read_plan(tmp_path / "out/Anna.mp3")
    assert plan.profile == "Anna"
    assert [(change.what, change.after, change.by) for change in plan.changes] == [("hold_s", "50", "the table")]
    assert [note.text for note in plan.notes] == ["Mind your knee."]
    rows = manifest(tmp_path / "out")
    assert [(row["person"], row["file"], row["doses"]) for row in rows] == [
        ("Anna", "Anna.mp3", "reach hold_s: 45 → 50"),
        ("Ben", "Ben.mp3", ""),
        ("Anna", "Anna-2.mp3", "reach hold_s: 45 → 35"),
    ]
    assert all(row["sha256"] == sha256_of(tmp_path / "out" / row["file"]) for row in rows)
    assert all(re.fullmatch(r"\d:\d\d", row["length"]) for row in rows)


@pytest.mark.real
def test_nothing_personal_is_in_an_mp3_but_what_the_table_asks_for(write: Written, tmp_path: Path):
    path = write("file,# patient,protocol,engine", "p17,Anna Secret,small.toml,fake", name="secret-clinic.csv")
    [result] = made(path, tmp_path / "secret-out")
    assert result.mp3 == tmp_path / "secret-out/p17.mp3"
    data = result.mp3.read_bytes()
    for private in ("Secret", "secret", "p17", str(tmp_path)):
        assert private.encode() not in data
        assert private.encode("utf-16-le") not in data


def test_the_same_table_again_makes_nothing(write: Written, tmp_path: Path, spoken: list[str]):
    first = made(write(*ROWS), tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.mp3")}
    spoken.clear()
    batch, workers = batch_of(write(*ROWS), tmp_path / "out")
    with batch:
        batch.check()
        again = sorted(batch.run(), key=lambda result: result.number)
    assert [result.status for result in again] == [Status.KEPT] * 3
    assert [result.record for result in again] == [result.record for result in first]
    assert "make" not in workers.asked
    assert not spoken
    assert times == {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.mp3")}


def changed_row(write: Written, out: Path) -> Path:
    return write(*ROWS[:2], "Ben,small.toml,fake,55,", ROWS[3])


def changed_protocol(write: Written, out: Path) -> Path:
    path = write(ROWS[0], ROWS[2])
    small = path.with_name("small.toml")
    small.write_text(small.read_text().replace("Look ahead.", "Look up."))
    return path


def file_gone(write: Written, out: Path) -> Path:
    (out / "Ben.mp3").unlink()
    return write(*ROWS)


def file_cut(write: Written, out: Path) -> Path:
    (out / "Ben.mp3").write_bytes((out / "Ben.mp3").read_bytes()[:-1000])
    return write(*ROWS)


def file_damaged(write: Written, out: Path) -> Path:
    data = (out / "Ben.mp3").read_bytes()
    (out / "Ben.mp3").write_bytes(data[:-1000] + b"\1" * 1000)
    return write(*ROWS)


def record_torn(write: Written, out: Path) -> Path:
    records = out / OWN_FOLDER / RECORDS
    kept = [line for line in records.read_text().splitlines() if json.loads(line)["stem"] != "Ben"]
    records.write_text("\n".join([*kept, '{"stem": "Ben", "inp']))
    return write(*ROWS)


@pytest.mark.real
def test_what_changed_is_made_anew_and_the_rest_is_kept(write: Written, tmp_path: Path):
    out = tmp_path / "out"
    made(write(*ROWS), out)
    for change in (file_gone, file_cut, file_damaged, record_torn, changed_row, changed_protocol):
        status = {result.mp3.name: result.status for result in made(change(write, out), out) if result.mp3}
        assert status.pop("Ben.mp3") is Status.MADE, change.__name__
        assert set(status.values()) <= {Status.KEPT}, change.__name__
        assert check(out / "Ben.mp3").ok


@pytest.mark.real
def test_another_version_of_the_program_makes_all_anew(write: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made(write(*ROWS), tmp_path / "out")
    monkeypatch.setattr(making, "program_digest", lambda: "another")
    assert {result.status for result in made(write(*ROWS), tmp_path / "out")} == {Status.MADE}


@pytest.mark.real
def test_a_copied_folder_is_kept_by_its_checksums(write: Written, tmp_path: Path):
    made(write(*ROWS), tmp_path / "out")
    for path in (tmp_path / "out").glob("*.mp3"):
        path.write_bytes(path.read_bytes())
    assert {result.status for result in made(write(*ROWS), tmp_path / "out")} == {Status.KEPT}


@pytest.mark.real
def test_what_a_killed_run_left_is_cleared_away(write: Written, tmp_path: Path):
    left = tmp_path / "out" / OWN_FOLDER / "unfinished-0123"
    left.mkdir(parents=True)
    (left / "Anna.mp3").write_bytes(b"half")
    made(write(*ROWS), tmp_path / "out")
    assert names_in(tmp_path / "out" / OWN_FOLDER) == ["lock", RECORDS]


@pytest.mark.real
@pytest.mark.parametrize("shares_cache", [True, False])
def test_each_text_is_spoken_once_over_the_whole_table(
    write: Written, tmp_path: Path, spoken: list[str], monkeypatch: pytest.MonkeyPatch, shares_cache: bool
):
    monkeypatch.setenv("AUDIOGUIDE_CACHE", "off" if not shares_cache else str(tmp_path / "cache"))
    rows = [f"P{number},small.toml,fake,{40 + number},Note {number % 2}." for number in range(5)]
    made(write(HEADINGS, *rows), tmp_path / "out", shares_cache=shares_cache)
    assert len(spoken) == len(set(spoken)) > 10
    kept = {path.name: sha256_of(path) for path in (tmp_path / "out").glob("*.mp3")}
    # Whoever made it, and whatever was there before, the same bytes come out.
    made(write(HEADINGS, *rows), tmp_path / "other")
    assert kept == {path.name: sha256_of(path) for path in (tmp_path / "other").glob("*.mp3")}


@pytest.mark.parametrize("how", ["gone", "damaged"])
def test_speech_that_a_shared_cache_lost_is_spoken_again(
    write: Written, tmp_path: Path, spoken: list[str], monkeypatch: pytest.MonkeyPatch, how: str
):
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(tmp_path / "cache"))
    made(write(*ROWS), tmp_path / "out")
    samples = list(tmp_path.glob("cache/v1/samples/*/*.bin"))
    shutil.rmtree(tmp_path / "cache/v1/segment")
    spoken.clear()
    for path in samples:
        path.unlink() if how == "gone" else path.write_bytes(path.read_bytes()[:-1])
    assert {result.status for result in made(write(*ROWS), tmp_path / "again")} == {Status.MADE}
    # The fake voice says some texts alike.
    assert len(spoken) == len(set(spoken)) >= len(samples) > 10
    for path in (tmp_path / "out").glob("*.mp3"):
        assert sha256_of(path) == sha256_of(tmp_path / "again" / path.name)


def test_one_person_s_fault_stops_nobody_else(write: Written, tmp_path: Path, spoken: list[str]):
    table = write(*ROWS[:3], "Cem,small.toml,fake,,This is impossible.", ROWS[3])
    results = made(table, tmp_path / "out")
    assert [result.status for result in results] == [Status.MADE, Status.MADE, Status.FAILED, Status.MADE]
    assert results[2].problem == "“This is impossible.”: that can't be said"
    assert [row["state"] for row in manifest(tmp_path / "out")] == ["made", "made", "failed", "made"]
    assert manifest(tmp_path / "out")[2]["warnings"] == "“This is impossible.”: that can't be said"


@pytest.mark.real
def test_a_run_that_is_stopped_lists_what_is_done_and_the_next_goes_on(write: Written, tmp_path: Path):
    batch, _ = batch_of(write(*ROWS), tmp_path / "out")
    with batch:
        batch.check()
        results = batch.run()
        next(results)
        results.close()
    assert [row["state"] for row in manifest(tmp_path / "out")] == ["made"]
    assert sorted(result.status for result in made(write(*ROWS), tmp_path / "out")) == ["kept", "made", "made"]


@pytest.mark.real
def test_two_batches_do_not_write_to_one_folder(write: Written, tmp_path: Path):
    batch, _ = batch_of(write(*ROWS), tmp_path / "out")
    with batch:
        batch.check()
        results = batch.run()
        next(results)
        with pytest.raises(RequestError, match="another batch is writing to it"):
            made(write(*ROWS), tmp_path / "out")
        results.close()


def one_more_file(finished: Finished) -> dict[str, list[bytes]]:
    return {".txt": [finished.prepared.plan.title.encode()]}


@pytest.mark.real
def test_what_goes_with_an_mp3_is_made_where_it_is_asked_for_later(write: Written, tmp_path: Path):
    made(write(*ROWS), tmp_path / "out")
    results = made(write(*ROWS), tmp_path / "out", beside=[one_more_file])
    assert {result.status for result in results} == {Status.MADE}
    assert (tmp_path / "out/Ben.txt").read_text() == "Test session"
    (tmp_path / "out/Ben.txt").unlink()
    again = {result.name: result.status for result in made(write(*ROWS), tmp_path / "out", beside=[one_more_file])}
    assert again == {"Anna": Status.KEPT, "Ben": Status.MADE}


@pytest.mark.real
def test_names_that_a_spreadsheet_would_compute_or_a_page_run_do_no_harm(write: Written, tmp_path: Path):
    hostile = ["=cmd|' /C calc'!A1", "+1", "-1", "@sum(1)", "<script>alert(1)</script>", "javascript:alert(1)", "a&b"]
    rows = ['"{}",small.toml,fake,,'.format(name.replace('"', '""')) for name in hostile]
    made(write(HEADINGS, *rows), tmp_path / "out")
    for row, name in zip(manifest(tmp_path / "out"), hostile, strict=True):
        assert row["person"] == (f"'{name}" if name[0] in "=+-@" else name)
        assert re.match(r"\w", row["file"])
    page = (tmp_path / "out/index.html").read_text()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert all(link.startswith("./") for link in re.findall(r'<a href="([^"]*)"', page))


def test_a_kept_profile_lies_below_the_row(write: Written, tmp_path: Path):
    path = write("profile,protocol,hold reach", "anna.toml,small.toml,", "anna.toml,small.toml,31")
    (tmp_path / "anna.toml").write_text('name = "Anna K"\nvoice.engine = "fake"\n[exercise.reach]\nhold_s = 52\n')
    results = made(path, tmp_path / "out")
    assert [result.mp3.name for result in results if result.mp3] == ["anna.mp3", "anna-2.mp3"]
    plans = [read_plan(result.mp3) for result in results if result.mp3]
    assert [(plan.profile, plan.changes[0].after, plan.changes[0].by) for plan in plans] == [
        ("Anna K", "52", "profile Anna K"), ("Anna K", "31", "the table"),
    ]  # fmt: skip


def test_both_sides_and_one_may_have_columns_and_protocols_are_joined(write: Written, tmp_path: Path):
    path = write("name,protocol,engine,hold reach,hold reach.left", "Anna,small.toml + movement-break,fake,50,55")
    [result] = made(path, tmp_path / "out")
    assert result.record is not None
    assert set(result.record.doses) == {"reach hold_s left: 45 → 55", "reach hold_s right: 45 → 50"}


def test_a_length_that_is_guessed_from_sessions_before_changes_no_plan(monkeypatch: pytest.MonkeyPatch):
    protocol = load_protocol("movement-break")
    voices, lengths = OpenVoices(NoCache()), KnownLengths()
    passes: list[int] = []
    timing = pipeline.schedule

    def counted(*arguments: Any) -> Timeline:
        passes[-1] += 1
        return timing(*arguments)

    monkeypatch.setattr(pipeline, "schedule", counted)
    for hold_s in range(20, 44, 3):
        person = layer(voice={"engine": "fake"}, exercise={"standing-stretch": {"hold_s": hold_s}})
        plans = []
        for known in (None, lengths):
            passes.append(0)
            plans.append(prepare_session(protocol, [person], voices=voices, lengths=known).plan)
        assert plans[0] == plans[1]
    # Where a minute is near its end it is timed as if nothing was known.
    assert set(passes[0::2]) <= {2, 3}
    assert passes[3::2].count(1) >= 2


@pytest.mark.real
def test_files_that_a_protocol_names_count_and_a_missing_one_is_a_fault(write: Written, tmp_path: Path):
    path = write(ROWS[0], ROWS[2])
    small = tmp_path / "small.toml"
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h{}"/></svg>'
    named = '[exercise.reach]\nfigure = { file = "own.svg", alt = "A reach." }'
    small.write_text(small.read_text().replace("[exercise.reach]", named))
    with pytest.raises(RequestError, match=r"people\.csv: row 2: .*own\.svg: can't be read"):
        made(path, tmp_path / "out")
    (tmp_path / "own.svg").write_text(picture.format(5))
    assert made(path, tmp_path / "out")[0].status is Status.MADE
    assert made(path, tmp_path / "out")[0].status is Status.KEPT
    (tmp_path / "own.svg").write_text(picture.format(6))
    assert made(path, tmp_path / "out")[0].status is Status.MADE
