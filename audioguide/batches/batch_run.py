"""A batch from the table to the folder: check everyone, speak each text once, make what is new, note what is done."""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from enum import StrEnum
from pathlib import Path
from typing import Any
from typing import Protocol as TypingProtocol

from msgspec import Struct
from msgspec.structs import replace

from audioguide.batches.making import Checked, Failed, Job, MakeRequest, Unspoken
from audioguide.batches.manifest import HEAD_LINE, index_html, manifest_csv
from audioguide.batches.people import Person
from audioguide.batches.records import OWN_FOLDER, RECORDS, Record, Records, sync
from audioguide.errors import AudioguideError, FileError, Problem, RequestError, SpeechError
from audioguide.export.bystanders import MARKS, refuse_bystanders
from audioguide.speech.elsewhere import AskedVoice, VoiceFacts
from audioguide.speech.open_voices import OpenVoice, OpenVoices
from audioguide.speech.text.clean import excerpt
from audioguide.speech.voicing import Texts, Voicing
from audioguide.storage.cache import default_cache, digest
from audioguide.storage.memory_store import MemoryStore
from audioguide.storage.whole_files import write_all

MANIFEST, INDEX = "manifest.csv", "index.html"

CHECKED_AT_ONCE = 25
"""People in one request to a worker: enough that asking takes no time, few enough that all workers have some."""

AHEAD = 2
"""Requests that wait for each worker, so that none waits for us."""

MOST_LISTED = 100
"""Faults that are listed; who has more has made the same one over and over."""

MOST_ROUNDS = 500
"""How often a session may ask for speech: a few times, and while it is fitted to minutes once a trial."""


class Status(StrEnum):
    """What became of a person."""

    MADE = "made"
    KEPT = "kept"
    FAILED = "failed"


class Result(Struct, frozen=True):
    """What became of one person.

    Attributes:
        number: their row in the table.
        name: what they are called there.
        status: made, kept from an earlier run, or failed.
        record: their files and what is in them; None where it failed.
        problem: why it failed, on a line; empty where it didn't.
        mp3: the file; None where it failed.
    """

    number: int
    name: str
    status: Status
    record: Record | None = None
    problem: str = ""
    mp3: Path | None = None


class Workers(TypingProtocol):
    """What makes sessions side by side: processes here, or a cluster.

    Attributes:
        count: how many work at once.
        shares_cache: whether what is put into the cache here is found there.
    """

    count: int
    shares_cache: bool

    def submit(self, what: str, value: Any) -> Future[Any]:
        """Return what will be the answer of `making.Maker`'s method ``what``."""

    def close(self) -> None:
        """End the work, in its middle if need be."""


class _Task(Struct):
    """A person whose session is being made."""

    person: Person
    request: MakeRequest
    rounds: int = 0


class Batch:
    """One run over a table. To be used as a context, which ends the workers and the voices.

    Args:
        job: what is the same for all.
        people: everyone.
        folder: where results go; made where it doesn't exist.
        workers: what makes the sessions.
    """

    def __init__(self, job: Job, people: Sequence[Person], folder: Path, workers: Workers) -> None:
        self._job, self._people, self._folder, self._workers = job, people, folder, workers
        self._store = MemoryStore(default_cache())
        self._voices = OpenVoices(self._store)
        self._open: dict[AskedVoice, OpenVoice] = {}
        self._voicings: dict[tuple[AskedVoice, float], Voicing] = {}
        self._facts: dict[AskedVoice, VoiceFacts] = {}
        self._checked: list[Checked] = []
        self.results: list[Result] = []

    @property
    def count(self) -> int:
        """How many people there are."""
        return len(self._people)

    def __enter__(self) -> Batch:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers and the voices."""
        self._workers.close()
        self._voices.close()

    def check(self) -> None:
        """Find every fault of everyone; nothing is written.

        Raises:
            FileError: with all faults, by row and column.
            SpeechError: when the voice engine can't run.
        """
        chunks = [self._people[at : at + CHECKED_AT_ONCE] for at in range(0, len(self._people), CHECKED_AT_ONCE)]
        futures = [self._workers.submit("check", chunk) for chunk in chunks]
        problems: list[Problem] = []
        for chunk, future in zip(chunks, futures, strict=True):
            answer = future.result()
            if isinstance(answer, Failed):
                raise RequestError(f"rows {chunk[0].row.number} to {chunk[-1].row.number}: {answer.why}")
            for person, checked in zip(chunk, answer, strict=True):
                problems += checked.problems
                self._checked.append(checked)
                if (asked := checked.asked) is None or asked in self._facts:
                    continue
                try:
                    voice = self._voices.voice(asked.settings, asked.command, asked.language)
                    self._open[asked], self._facts[asked] = voice, VoiceFacts.of(voice)
                except RequestError as error:
                    problems += self._job.reader.refused(person, error)
        if problems:
            count = len(problems)
            more = [Problem("", f"{count - MOST_LISTED} more faults are not listed")] if count > MOST_LISTED else []
            raise FileError(self._job.reader.source, [*problems[:MOST_LISTED], *more])

    def run(self) -> Iterator[Result]:
        """Yield what became of each person, as they are finished; their files are in place then.

        Raises:
            RequestError: when the folder can't be written to, has other files where the results are listed, or another
                batch is writing to it.
        """
        # A folder that has records of a batch was made by one.
        if not (self._folder / OWN_FOLDER / RECORDS).is_file():
            listings = (self._folder / MANIFEST, self._folder / INDEX)
            refuse_bystanders(listings, advice="name another folder with -o", marks=(*MARKS, HEAD_LINE))
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RequestError(f"{self._folder}: can't be made ({error.strerror}); name another folder") from None
        with contextlib.closing(Records(self._folder)) as records:
            try:
                for result in self._results(records):
                    self.results.append(result)
                    yield result
            finally:
                # Also after Ctrl-C: what is done is listed, and the same command goes on from there.
                self._workers.close()
                self._list_results()

    def _results(self, records: Records) -> Iterator[Result]:
        waiting = []
        for person, checked in zip(self._people, self._checked, strict=True):
            assert checked.asked is not None
            facts = self._facts[checked.asked]
            spoken_by = (facts.name, facts.version, facts.settings.voice, facts.pace_factor)
            inputs = digest(checked.inputs, *spoken_by)
            if (kept := records.kept(person.stem, inputs)) is not None:
                yield self._result(person, Status.KEPT, kept)
                continue
            try:
                # Before the work; for what goes with the MP3 it is asked once that is known.
                records.refuse_bystanders([f"{person.stem}.mp3"])
            except RequestError as error:
                yield Result(person.row.number, person.name, Status.FAILED, problem=f"{error}")
            else:
                waiting.append(_Task(person, MakeRequest(person, inputs, records.unfinished, (checked.asked, facts))))
        done: queue.SimpleQueue[tuple[_Task, Future[Any]]] = queue.SimpleQueue()

        def begin(task: _Task) -> None:
            future = self._workers.submit("make", task.request)
            future.add_done_callback(lambda finished: done.put((task, finished)))

        waiting.reverse()
        running = 0
        while waiting or running:
            while waiting and running < AHEAD * self._workers.count:
                begin(waiting.pop())
                running += 1
            task, future = done.get()
            answer = future.result()
            if isinstance(answer, Unspoken):
                answer = self._spoken_for(task, answer)
            if answer is None:
                begin(task)
                continue
            running -= 1
            yield self._finished(records, task.person, answer)

    def _spoken_for(self, task: _Task, missing: Unspoken) -> Failed | None:
        """Speak what a session lacks, and lay it with its request; return why that can't be done, else None."""
        task.rounds += 1
        if task.rounds > MOST_ROUNDS:
            return Failed("asks for more and more speech")
        key = missing.asked, missing.loudness_lufs
        try:
            if key not in self._voicings:
                # The texts come as they are said.
                texts = Texts(missing.asked.language)
                self._voicings[key] = self._voices.voicing(
                    self._open[missing.asked], texts, loudness_lufs=missing.loudness_lufs
                )
            entries = self._voicings[key].entries(missing.said, missing.rate_wpm)
        except SpeechError as error:
            return Failed(f"“{excerpt(error.text)}”: {error}" if error.text else f"{error}")
        # Where the cache is shared it has them, unless it can't be written: then they come with the second request.
        if not self._workers.shares_cache or task.rounds > 1:
            task.request = replace(task.request, speech={**task.request.speech, **entries})
        return None

    def _finished(self, records: Records, person: Person, answer: Record | Failed) -> Result:
        if isinstance(answer, Record):
            try:
                records.finish(answer)
                return self._result(person, Status.MADE, answer)
            except AudioguideError as error:
                answer = Failed(f"{error}")
        return Result(person.row.number, person.name, Status.FAILED, problem=answer.why)

    def _result(self, person: Person, status: Status, record: Record) -> Result:
        mp3 = self._folder / record.files[0].name
        return Result(person.row.number, person.name, status, record, mp3=mp3)

    def _list_results(self) -> None:
        """Write the index and the manifest of all who are done, in the order of the table."""
        listed = sorted(self.results, key=lambda result: result.number)
        if not any(result.record for result in listed):
            return
        sync(
            self._folder / file.name
            for result in listed
            if result.record and result.status is Status.MADE
            for file in result.record.files
        )
        write_all({self._folder / MANIFEST: [manifest_csv(listed)], self._folder / INDEX: [index_html(listed)]})


def counts(results: Sequence[Result]) -> Mapping[Status, int]:
    """Return how many people each thing became of."""
    return {status: sum(result.status is status for result in results) for status in Status}
