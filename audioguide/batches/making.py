"""One person's session, checked and made in a worker: their files whole in a folder, and what came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol as TypingProtocol
from typing import TypeVar

from msgspec import Struct, field

from audioguide.batches.people import Person, RowReader, Wanted
from audioguide.batches.records import FileRecord, Record
from audioguide.errors import AudioguideError, FileError, Problem, RequestError
from audioguide.languages.spoken_form import speaking_of
from audioguide.model.plan import Plan
from audioguide.model.recorded import recorded_in
from audioguide.pipeline import (
    KnownLengths,
    Prepared,
    TaggedMp3,
    make_mp3,
    pieces_of,
    prepare_session,
    prescribed,
    tagged_mp3,
)
from audioguide.prescribe.layers import Layers
from audioguide.prescribe.sound_choices import sound_files, voice_command, voice_settings
from audioguide.speech.elsewhere import AskedVoice, UnspokenError, VoiceFacts, VoicesElsewhere
from audioguide.storage.cache import Store, default_cache, digest
from audioguide.storage.memory_store import MemoryStore
from audioguide.storage.sha256 import sha256_of
from audioguide.storage.whole_files import why_unwritten

Answer = TypeVar("Answer")

PACKAGE = Path(__file__).parent.parent


class Finished(Struct, frozen=True):
    """A person's finished MP3, for what is made beside it.

    Attributes:
        wanted: what the person's row asks for.
        prepared: the session.
        mp3: the file.
        prepare: prepares further sessions of the person, as `pipeline.prepare_session` does, with the same voices.
    """

    wanted: Wanted
    prepared: Prepared
    mp3: Path
    prepare: Callable[..., Prepared]


class Beside(TypingProtocol):
    """Makes files that go with a person's MP3; of a module, so that workers find it."""

    def __call__(self, finished: Finished) -> Mapping[str, Iterable[bytes]]:
        """Return the pieces of each file by what stands behind the person's name in its own: ``.handout.html``."""


class Job(Struct, frozen=True):
    """What is the same for all people of a batch.

    Attributes:
        reader: reads their rows.
        today: from which weeks are counted.
        beside: makes what goes with the MP3s.
    """

    reader: RowReader
    today: date
    beside: tuple[Beside, ...] = ()


class Checked(Struct, frozen=True):
    """What is known of a person before anything is made.

    Attributes:
        problems: why their session can't be made.
        inputs: digest of what their files are made from, the voice aside.
        asked: the voice that they ask for.
    """

    problems: tuple[Problem, ...] = ()
    inputs: str = ""
    asked: AskedVoice | None = None


class Unspoken(Struct, frozen=True):
    """Texts that have to be spoken before a session can be made; see `elsewhere.UnspokenError`."""

    asked: AskedVoice
    loudness_lufs: float
    rate_wpm: int
    said: tuple[str, ...]


class Failed(Struct, frozen=True):
    """Why a person's session could not be made, on a line."""

    why: str


class MakeRequest(Struct, frozen=True):
    """A person's session to be made.

    Attributes:
        person: who.
        inputs: digest of all that it is made from.
        folder: where its files go, whole.
        facts: the voice that is open elsewhere.
        speech: clips that the worker may lack, by their kind and key in the cache.
        wanted: what the person's row asks for; None where the worker can read that itself.
    """

    person: Person
    inputs: str
    folder: Path
    facts: tuple[AskedVoice, VoiceFacts]
    speech: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    wanted: Wanted | None = None


class Packed(Struct, frozen=True):
    """A person's finished session as it goes from one machine to another.

    Attributes:
        stem: what the person's files are called.
        inputs: digest of all that the files are made from.
        mp3: the session.
        beside: the other files, by what stands behind the stem in their names.
        plan: the timed session.
    """

    stem: str
    inputs: str
    mp3: TaggedMp3
    beside: Mapping[str, bytes]
    plan: Plan

    def unpacked(self, folder: Path) -> Record:
        """Return the record of the person, whose files then lie whole in ``folder``.

        Raises:
            OSError: when they can't be written.
        """
        files = [written(folder / f"{self.stem}.mp3", folder, self.mp3.pieces())]
        files += (written(folder / f"{self.stem}{end}", folder, [data]) for end, data in self.beside.items())
        return _record(self.stem, self.inputs, files, self.plan)


class Maker:
    """Makes one session after the other in a worker, which keeps what they share.

    Args:
        job: what is the same for all.
        store: what is kept between builds on this machine.
    """

    def __init__(self, job: Job, store: Store | None = None) -> None:
        self._job = job
        self._store = MemoryStore(store or default_cache())
        self._voices = VoicesElsewhere(self._store)
        self._lengths = KnownLengths()
        self._digests: dict[Path, str] = {}

    def check(self, people: Iterable[Person]) -> list[Checked]:
        """Return for each person what is wrong with their row, or what their files are made from."""
        return [self._checked(person) for person in people]

    def _checked(self, person: Person) -> Checked:
        reader = self._job.reader
        try:
            wanted = reader.wanted(person)
            session = prescribed(wanted.protocol, wanted.layers, self._job.today)
            laid = Layers(wanted.layers)
            files = sound_files(laid)
            used = list(pieces_of(files.music))
            if files.beeps is not None and files.beeps.is_dir():
                used += sorted(path for path in files.beeps.iterdir() if path.is_file())
            used += (path for _, words in recorded_in(wanted.protocol) for path in words.clips.values())
            used += (picture.path for picture in wanted.protocol.own_pictures().values())
            files_used = [f"{path.name} {self._digest_of(path)}" for path in used]
        except FileError as error:
            return Checked(error.problems)
        except RequestError as error:
            return Checked(tuple(reader.refused(person, error)))
        made_of = (
            program_digest(),
            _protocol_json(wanted),
            *(layer.profile.model_dump_json(exclude_defaults=True) for layer in wanted.layers),
            *(layer.by for layer in wanted.layers),
            session.week,
            session.seed,
            *files_used,
            # Their functions, and what was asked of them.
            *map(repr, map(_described, self._job.beside)),
        )
        usual_wpm = speaking_of(session.language).rate_wpm
        asked = AskedVoice(voice_settings(laid, usual_wpm), voice_command(laid), session.language)
        return Checked(inputs=digest(*made_of), asked=asked)

    def _digest_of(self, path: Path) -> str:
        """Return the digest of a file, which most people share.

        Raises:
            RequestError: when it can't be read.
        """
        if path not in self._digests:
            try:
                self._digests[path] = sha256_of(path)
            except OSError as error:
                raise RequestError(f"{path}: can't be read ({error.strerror})") from None
        return self._digests[path]

    def make(self, request: MakeRequest) -> Record | Unspoken | Failed:
        """Return what came out of a person's session, whose files then lie whole in the request's folder."""
        return self._answered(request, self._made)

    def pack(self, request: MakeRequest) -> Packed | Unspoken | Failed:
        """Return what `make` does, with the files inside."""
        return self._answered(request, self._packed)

    def _answered(self, request: MakeRequest, make: Callable[[MakeRequest], Answer]) -> Answer | Unspoken | Failed:
        self._voices.facts = {**self._voices.facts, request.facts[0]: request.facts[1]}
        self._store.lend(request.speech)
        try:
            return make(request)
        except UnspokenError as missing:
            return Unspoken(missing.asked, missing.loudness_lufs, missing.rate_wpm, missing.said)
        except AudioguideError as error:
            return Failed(" ".join(f"{error}".splitlines()))
        except OSError as error:
            return Failed(why_unwritten(error))
        finally:
            self._store.lend({})

    def _made(self, request: MakeRequest) -> Record:
        wanted, prepared = self._prepared(request)
        stem = request.person.stem
        mp3 = request.folder / f"{stem}.mp3"
        files = [written(mp3, request.folder, make_mp3(prepared))]
        for ending, pieces in self._beside(wanted, prepared, mp3):
            files.append(written(request.folder / f"{stem}{ending}", request.folder, pieces))
        return _record(stem, request.inputs, files, prepared.plan)

    def _packed(self, request: MakeRequest) -> Packed:
        wanted, prepared = self._prepared(request)
        tagged = tagged_mp3(prepared)
        beside: dict[str, bytes] = {}
        if self._job.beside:
            # A page is made from the file.
            with TemporaryDirectory() as folder:
                mp3 = Path(folder) / f"{request.person.stem}.mp3"
                written(mp3, mp3.parent, tagged.pieces())
                beside = {ending: b"".join(pieces) for ending, pieces in self._beside(wanted, prepared, mp3)}
        return Packed(request.person.stem, request.inputs, tagged, beside=beside, plan=prepared.plan)

    def _prepared(self, request: MakeRequest) -> tuple[Wanted, Prepared]:
        wanted = request.wanted or self._job.reader.wanted(request.person)
        prepared = prepare_session(
            wanted.protocol, wanted.layers, today=self._job.today, voices=self._voices, lengths=self._lengths
        )
        return wanted, prepared

    def _beside(self, wanted: Wanted, prepared: Prepared, mp3: Path) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield the files that go with a person's MP3: what stands behind the stem in its name, and its pieces."""
        finished = Finished(wanted, prepared, mp3, partial(prepare_session, voices=self._voices))
        for make in self._job.beside:
            yield from make(finished).items()


def _record(stem: str, inputs: str, files: Iterable[FileRecord], plan: Plan) -> Record:
    doses = []
    for change in plan.changes:
        side = f" {change.side}" if change.side else ""
        doses.append(f"{change.exercise} {change.what}{side}: {change.before} → {change.after}")
    return Record(
        stem=stem,
        inputs=inputs,
        files=tuple(files),
        length_ms=plan.timeline.duration_ms,
        title=plan.title,
        doses=tuple(doses),
        warnings=plan.warnings,
    )


def written(path: Path, folder: Path, pieces: Iterable[bytes]) -> FileRecord:
    """Write a file below ``folder`` and return its record.

    Raises:
        OSError: when it can't be written.
    """
    checksum = hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for piece in pieces:
            checksum.update(piece)
            file.write(piece)
    status = path.stat()
    name = path.relative_to(folder).as_posix()
    return FileRecord(name, size=status.st_size, modified_ns=status.st_mtime_ns, sha256=checksum.hexdigest())


def _described(beside: Beside) -> tuple[object, ...]:
    if isinstance(beside, partial):
        return (*_described(beside.func), beside.args, sorted(beside.keywords.items()))
    return (getattr(beside, "__module__", ""), getattr(beside, "__qualname__", ""))


@cache
def program_digest() -> str:
    """Return a digest of this program: what another version made is made anew."""
    made_of = hashlib.blake2b(digest_size=20)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in (".py", ".toml", ".j2", ".css", ".js", ".wav"):
            made_of.update(path.relative_to(PACKAGE).as_posix().encode())
            made_of.update(path.read_bytes())
    return made_of.hexdigest()


_protocols: dict[int, tuple[object, str]] = {}
"""The digest of each protocol that is loaded, by its identity: many people share one."""


def _protocol_json(wanted: Wanted) -> str:
    protocol = wanted.protocol
    found = _protocols.get(id(protocol))
    if found is None or found[0] is not protocol:
        text = json.dumps(protocol.model_dump(mode="json"), sort_keys=True, default=str)
        found = _protocols[id(protocol)] = (protocol, digest(text))
    return found[1]
