"""Many people at once: sessions a second of a processor, and memory; prints JSON.

Each person has holds of their own. Finished MP3s are removed as they come, so that a disk need not hold them:
python -m scripts.benchmark.batch PEOPLE [--protocol NAME] [--engine NAME] [--workers N] [--cluster ADDRESS]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

from audioguide.batches.batch_run import Batch, Status, Workers
from audioguide.batches.local_workers import LocalWorkers
from audioguide.batches.making import Job
from audioguide.batches.people import read_people, table_of_people
from audioguide.batches.tables import table_of
from audioguide.library.protocol_files import load_protocol
from audioguide.pipeline import prescribed

HOLDS_S = range(30, 125, 5)
WARM_SHARE = 0.2
"""Of the people, so many are made before warm sessions are counted."""


def main() -> None:
    """Make everyone's sessions and print what it took."""
    parser = argparse.ArgumentParser(prog="batch")
    parser.add_argument("people", type=int)
    parser.add_argument("--protocol", default="hip-flexor")
    parser.add_argument("--engine", default=None)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--cluster", default=None)
    options = parser.parse_args()
    table = table_of(table_of_people(people(options)), "people", Path.cwd())
    reader, listed = read_people(table, options.protocol)
    job = Job(reader, date.today())
    workers: Workers
    if options.cluster:
        from audioguide.batches.cluster import ClusterWorkers

        workers = ClusterWorkers(job, options.cluster)
    else:
        workers = LocalWorkers(job, options.workers)
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(Batch(job, listed, Path(folder), workers), workers)
    print(json.dumps({"people": options.people, "workers": workers.count, **figures}, indent=2))


def people(options: argparse.Namespace) -> list[dict[str, object]]:
    """Return people with holds of their own in every exercise that is held."""
    held = [
        item.id
        for phase in prescribed(load_protocol(options.protocol)).phases
        for item in phase.prescriptions
        if item.exercise.hold_s is not None
    ]
    chance = random.Random(15)
    return [
        {"name": f"Person {number}", "engine": options.engine}
        | {f"hold {exercise}": chance.choice(HOLDS_S) for exercise in dict.fromkeys(held)}
        for number in range(options.people)
    ]


def measured(batch: Batch, workers: Workers) -> dict[str, float]:
    """Return the figures of a batch, whose MP3s are removed."""
    started_s = time.perf_counter()
    made = warm_from = 0
    warm_s = warm_started_s = 0.0
    peak_kb: dict[int, int] = {}
    with batch:
        batch.check()
        checked_s = time.perf_counter() - started_s
        for result in batch.run():
            if result.status is not Status.MADE or result.mp3 is None:
                raise SystemExit(f"{result.name}: {result.problem}")
            result.mp3.unlink()
            made += 1
            if made == round(batch.count * WARM_SHARE):
                warm_from, warm_started_s, warm_s = made, time.perf_counter(), _cpu_s(workers)
            if made % 20 == 0 or made == batch.count:
                peak_kb |= {pid: _peak_kb(pid) for pid in getattr(workers, "pids", ())}
            if made == batch.count:
                warm_s = _cpu_s(workers) - warm_s
                warm_wall_s = time.perf_counter() - warm_started_s
        wall_s = time.perf_counter() - started_s
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu_s = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return {
        "wall_s": round(wall_s, 2),
        "of_it_checking_s": round(checked_s, 2),
        "sessions_a_wall_s": round(made / wall_s, 1),
        "processor_s": round(cpu_s, 2),
        "sessions_a_processor_s": round(made / cpu_s, 1),
        "warm_sessions_a_processor_s": round((made - warm_from) / warm_s, 1) if warm_s else 0,
        "warm_sessions_a_wall_s": round((made - warm_from) / warm_wall_s, 1),
        "peak_here_mb": round(usages[0].ru_maxrss / 1000),
        "peak_of_a_worker_mb": round(max(peak_kb.values(), default=0) / 1000),
    }


def _cpu_s(workers: Workers) -> float:
    """Return the processor's time of this process and the workers that run now, in s."""
    ticks = 0.0
    for pid in ("self", *getattr(workers, "pids", ())):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


def _peak_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    main()
