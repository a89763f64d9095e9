"""The table of campaigns: each lives in a module of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.campaign import (
    caches,
    cluster,
    editor,
    file_faults,
    kills,
    options,
    payloads,
    player_log,
    profiles,
    protocols,
    recordings,
    requests,
    sheets,
    streams,
    tables,
)
from scripts.campaign.trial import Trial


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign.

    Attributes:
        name: as it is typed.
        count: how many trials it is meant for.
        attempt: tries one input.
        prepare: makes what all trials of a process need, given the folder of their world.
        clean_up: undoes what preparing did outside that folder.
        most_jobs: how many may run at once.
    """

    name: str
    count: int
    attempt: Callable[[Trial], None]
    prepare: Callable[[Path], Any] | None = None
    clean_up: Callable[[Path], None] | None = None
    most_jobs: int = 64


CAMPAIGNS = {
    campaign.name: campaign
    for campaign in (
        Campaign("protocols", 3_500, protocols.attempt),
        Campaign("profiles", 1_600, profiles.attempt),
        Campaign("options", 1_450, options.attempt, options.prepare),
        Campaign("kills", 500, kills.attempt, kills.prepare),
        Campaign("files", len(file_faults.cases()), file_faults.attempt, options.prepare),
        Campaign("caches", 344, caches.attempt, caches.prepare),
        Campaign("recordings", 600, recordings.attempt, recordings.prepare),
        Campaign("requests", 100, requests.attempt, requests.prepare),
        Campaign("payloads", len(payloads.cases()), payloads.attempt, payloads.prepare),
        Campaign("streams", len(streams.cases()), streams.attempt, streams.prepare),
        Campaign("tables", 800, tables.attempt, tables.prepare),
        Campaign("editor", 400, editor.attempt),
        Campaign("sheets", 1_000, sheets.attempt),
        Campaign("log", 140, player_log.attempt, player_log.prepare, clean_up=player_log.clean_up, most_jobs=2),
        Campaign("cluster", 10, cluster.attempt, cluster.prepare, clean_up=cluster.clean_up, most_jobs=1),
    )
}
