"""Generated protocols: small right ones in every language, and such with changes, through every command that reads one.

What `protocol check` finds right is planned and built, and the MP3 is as planned; what it refuses is refused by all,
in lines that name the file.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from scripts.campaign.odd_values import LANGUAGES, changed, damaged, extended, small_protocol, toml_of
from scripts.campaign.trial import DONE, MISTAKE, Trial

FAKE = ("--engine", "fake")
LONGEST_BUILT_S = 900


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of protocol files."""
    from audioguide.model.protocol import Protocol

    return Protocol.model_json_schema()


def attempt(trial: Trial) -> None:
    """Try one protocol."""
    chance = trial.chance
    table = small_protocol(chance)
    kind = chance.random()
    if kind < 0.35:
        table = changed(table, schema(), chance, times=chance.choice((1, 1, 2, 3)))
    elif kind < 0.7:
        table = extended(table, schema(), chance, times=chance.choice((1, 2, 3)))
    text = toml_of(table).encode("utf-8", "surrogatepass")
    if chance.random() < 0.08:
        text = damaged(text, chance)
    trial.write("own.toml", text)
    checked = trial.run("protocol", "check", "own.toml", codes=(DONE, MISTAKE))
    options = ("--language", chance.choice(LANGUAGES)) if chance.random() < 0.15 else ()
    planned = trial.run("plan", "own.toml", *FAKE, *options, "--json")
    if checked.code == MISTAKE:
        trial.expect(planned.code == MISTAKE, f"refused by check and not by plan: {checked.err[:300]}")
        for line in checked.complaints:
            trial.expect("own.toml" in line or "own: " in line, f"names no file: {line}")
        return
    if not options:
        trial.expect(planned.code == DONE, f"found right by check and not planned: {planned.err[:300]}")
    if planned.code == DONE and length_s(planned.out) < LONGEST_BUILT_S:
        _make(trial, options)


def length_s(plan: str) -> float:
    """Return how long the session of a plan in JSON is."""
    return float(json.loads(plan)["duration_ms"]) / 1000


def _make(trial: Trial, options: tuple[str, ...]) -> None:
    """Make what can be made of a protocol that is right."""
    trial.expect(trial.built("own.toml", *FAKE, *options, "--lrc", "--plan", "s.json"), "planned and not built")
    more = trial.chance.random()
    if more < 0.15:
        trial.run("handout", "own.toml", *FAKE, *options, "-o", "s.html", codes=(DONE,))
    elif more < 0.3:
        trial.run("programme", "own.toml", *FAKE, *options, "--weeks", "2", "-o", "weeks")
    elif more < 0.45:
        trial.run("page", "s.mp3", "-o", "page.html", codes=(DONE,))
    elif more < 0.6:
        trial.run("calendar", "own.toml", "--length", "5", "--weeks", "2", "-o", "s.ics")
    elif more < 0.7:
        trial.run("protocol", "show", "own.toml", codes=(DONE,))
    elif more < 0.8:
        trial.run("plan", "own.toml", *FAKE, *options, codes=(DONE,))
    elif more < 0.9:
        trial.run("plan", "own.toml", *FAKE, *options, "--svg", "s.svg", codes=(DONE,))
