"""What a developer calls: `plan`, `build` and `batch`, over the pipeline and the writing of whole files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from audioguide.model.limits import DEFAULT_PROTOCOL
from audioguide.model.plan import Plan
from audioguide.model.profile import Profile
from audioguide.model.protocol import Protocol
from audioguide.pipeline import Prepared, make_mp3, prepare_session
from audioguide.prescribe.layers import Layer
from audioguide.storage.whole_files import refuse_unwritable, write_all

if TYPE_CHECKING:
    from audioguide.batches.batch_run import Result, Workers


def plan(protocol: Protocol, profile: Profile | None = None) -> Plan:
    """Return the timed plan of ``protocol`` for ``profile``.

    Raises:
        RequestError: for wishes of the profile that can't be met.
        SpeechError: when the voice engine fails.
    """
    return _prepared(protocol, profile).plan


def build(protocol: Protocol, output: Path, profile: Profile | None = None) -> Plan:
    """Write the MP3 of ``protocol`` for ``profile`` to ``output``, whole or not at all, and return its plan.

    Raises:
        RequestError: for wishes that can't be met, or an output that can't be written to.
        SpeechError: when the voice engine fails.
        OutputError: when the disk is full or fails.
    """
    # Before minutes of speaking, not after them.
    refuse_unwritable(output)
    prepared = _prepared(protocol, profile)
    write_all({output: make_mp3(prepared)})
    return prepared.plan


def batch(
    people: str | Path | Iterable[Mapping[str, object]],
    folder: str | Path,
    *,
    protocol: str = DEFAULT_PROTOCOL,
    workers: int | None = None,
    cluster: str | None = None,
) -> Iterator[Result]:
    """Yield what became of each person, as they are finished; their MP3s are in ``folder`` then.

    Everyone is checked before the first file is made, and what an earlier call left is kept where it is unchanged.

    Args:
        people: a CSV, TSV or XLSX file, or for each person what stands in which column, such as
            ``{"name": "Anna", "hold couch-stretch": 60}``.
        folder: where the files go, with an index and a manifest; made where it doesn't exist.
        protocol: what people do who name none.
        workers: how many processes; None for one a processor.
        cluster: the address of a Dask scheduler, whose workers make the sessions instead.

    Raises:
        FileError: with every fault of the table, by row and column, at the first result.
        RequestError: when the folder can't be written to.
        SpeechError: when a voice engine can't run.
    """
    from audioguide.batches.batch_run import Batch
    from audioguide.batches.local_workers import LocalWorkers
    from audioguide.batches.making import Job
    from audioguide.batches.people import read_people, table_of_people
    from audioguide.batches.tables import read_table, table_of

    if isinstance(people, str | Path):
        table = read_table(Path(people))
    else:
        table = table_of(table_of_people(people), "people", Path.cwd())
    reader, listed = read_people(table, protocol)
    job = Job(reader, date.today())
    makers: Workers
    if cluster is not None:
        from audioguide.batches.cluster import ClusterWorkers

        makers = ClusterWorkers(job, cluster)
    else:
        makers = LocalWorkers(job, min(workers or LocalWorkers.usual(), len(listed)))
    with Batch(job, listed, Path(folder), makers) as made:
        made.check()
        yield from made.run()


def _prepared(protocol: Protocol, profile: Profile | None) -> Prepared:
    layers = [] if profile is None else [Layer.of_profile(profile)]
    return prepare_session(protocol, layers, today=date.today())
