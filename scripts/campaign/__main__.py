"""Runs campaigns and prints for each how many inputs were tried and how many failed."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scripts.campaign.campaigns import CAMPAIGNS, Campaign
from scripts.campaign.trial import Trial, kept, warm_up

JOBS = 2

SHOWN = 400
"""Characters of a failure that are printed; the whole is kept with the input."""


def main() -> None:
    """Run the campaigns that are named, else all."""
    parser = argparse.ArgumentParser(prog="python -m scripts.campaign")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(CAMPAIGNS)}; else all")
    parser.add_argument("--seed", type=int, default=1, help="what is drawn; 1 where not stated")
    parser.add_argument("--count", type=int, help="how many inputs of each; else as many as each is meant for")
    parser.add_argument("--only", type=int, help="only the input of this number, to see a failure again")
    parser.add_argument("--jobs", type=int, default=JOBS, help="how many at once")
    parser.add_argument("--keep", type=Path, default=Path("campaign-failures"), help="where failing inputs go")
    options = parser.parse_args()
    if unknown := [name for name in options.names if name not in CAMPAIGNS]:
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(CAMPAIGNS)}")
    if sys.platform != "linux":
        parser.error("campaigns need Linux: they fork, mount and read /proc")
    warm_up()
    print(f"{'campaign':<12}{'tried':>8}{'failed':>8}", flush=True)
    tried = failed = 0
    for name in options.names or CAMPAIGNS:
        campaign = CAMPAIGNS[name]
        numbers = [options.only] if options.only is not None else range(options.count or campaign.count)
        inputs = wrong = 0
        for result in _results(campaign, numbers, options):
            inputs += result["inputs"]
            wrong += bool(result["failures"])
            for failure in result["failures"]:
                print(f"    {result['number']}: {failure}", flush=True)
        tried, failed = tried + inputs, failed + wrong
        print(f"{name:<12}{inputs:>8}{wrong:>8}", flush=True)
    print(f"{'in all':<12}{tried:>8}{failed:>8}")
    if failed:
        print(f"the failing inputs are in {options.keep}")
    sys.exit(1 if failed else 0)


def _results(campaign: Campaign, numbers: Sequence[int], options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the result of each trial as it comes; processes of their own try them, each its share."""
    jobs = min(options.jobs, len(numbers), campaign.most_jobs)
    read, write = os.pipe()
    workers = []
    for job in range(jobs):
        pid = os.fork()
        if pid == 0:
            os.close(read)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            code = 1
            try:
                _work(campaign, numbers[job::jobs], options, write)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        workers.append(pid)
    os.close(write)
    with os.fdopen(read) as results:
        for line in results:
            yield json.loads(line)
    # Each is waited for, also behind one that failed.
    statuses = [os.waitpid(pid, 0)[1] for pid in workers]
    if any(statuses):
        raise SystemExit(f"{campaign.name}: could not be prepared, or ended before its time")


def _work(campaign: Campaign, numbers: Sequence[int], options: argparse.Namespace, results: int) -> None:
    """Try the inputs of ``numbers``, and write what became of each as a line of JSON to the pipe ``results``."""
    with tempfile.TemporaryDirectory(prefix="campaign-", ignore_cleanup_errors=True) as name:
        above = Path(name)
        # Another user is to get through to what lies below.
        above.chmod(0o755)
        world = above / "world"
        (world / "home").mkdir(parents=True)
        prepared = campaign.prepare(world) if campaign.prepare else None
        for number in numbers:
            folder = above / f"trial-{number}"
            folder.mkdir()
            chance = random.Random(f"{options.seed} {campaign.name} {number}")
            trial = Trial(campaign.name, number, chance=chance, folder=folder, world=world, prepared=prepared)
            try:
                campaign.attempt(trial)
            except BaseException:
                trial.failures.append(f"the campaign itself failed: {traceback.format_exc()}")
            if trial.failures:
                kept(trial, options.seed, options.keep.absolute())
            # Short enough to arrive in one piece beside those of others (PIPE_BUF).
            told = [failure[:SHOWN] for failure in trial.failures[:1]]
            line = json.dumps({"number": number, "inputs": trial.inputs, "failures": told})
            os.write(results, f"{line}\n".encode())
            shutil.rmtree(folder, ignore_errors=True)
        if campaign.clean_up:
            campaign.clean_up(world)


if __name__ == "__main__":
    main()
