"""Generated profiles, right and changed, laid over a small protocol; and `profile set`, which keeps all else."""

from __future__ import annotations

from functools import cache
from typing import Any

from scripts.campaign.odd_values import changed, damaged, extended, odd, pick, small_protocol, toml_of
from scripts.campaign.trial import DONE, MISTAKE, Trial

FAKE = ("--engine", "fake")


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of profile files."""
    from audioguide.model.profile import Profile

    return Profile.model_json_schema()


def attempt(trial: Trial) -> None:
    """Try one profile."""
    chance = trial.chance
    protocol = small_protocol(chance)
    trial.write("own.toml", toml_of(protocol))
    table = _profile(trial, sorted(protocol["exercise"]))
    kind = chance.random()
    if kind < 0.35 and table:
        table = changed(table, schema(), chance, times=chance.choice((1, 1, 2, 3)))
    elif kind < 0.6 and table:
        table = extended(table, schema(), chance, times=chance.choice((1, 2)))
    text = f"# mine\n{toml_of(table)}# end\n".encode("utf-8", "surrogatepass")
    if chance.random() < 0.06:
        text = damaged(text, chance)
    trial.write("me.toml", text).chmod(0o600)
    shown = trial.run("profile", "show", "./me.toml", codes=(DONE, MISTAKE))
    if shown.code == MISTAKE:
        for line in shown.complaints:
            trial.expect("me.toml" in line, f"names no file: {line}")
    planned = trial.run("plan", "own.toml", "--profile", "./me.toml", *FAKE, "--json", codes=(DONE, MISTAKE))
    if shown.code == MISTAKE:
        trial.expect(planned.code == MISTAKE, f"refused by show and not by plan: {shown.err[:300]}")
    if planned.code == DONE and chance.random() < 0.5:
        from scripts.campaign.protocols import LONGEST_BUILT_S, length_s

        if length_s(planned.out) < LONGEST_BUILT_S:
            trial.expect(trial.built("own.toml", "--profile", "./me.toml", *FAKE), "planned and not built")
    if chance.random() < 0.5:
        _set(trial, shown.code)
    if chance.random() < 0.2:
        trial.run("calendar", "own.toml", "--profile", "./me.toml", "--length", "5", "-o", "s.ics")
    if chance.random() < 0.1:
        trial.run("handout", "own.toml", "--profile", "./me.toml", *FAKE, "-o", "s.html", codes=(DONE, MISTAKE))


def _profile(trial: Trial, exercises: list[str]) -> dict[str, Any]:
    """Return a profile that is right, or nearly."""
    chance = trial.chance
    choices: dict[str, list[Any]] = {
        "name": ["Anna", "Ärzte", "=1+1"],
        "greeting": ["Hello Anna."],
        "detail": ["full", "brief", "minimal"],
        "language": ["en", "de", "fr", "es", "it", "pt-BR", "de-AT"],
        "units": ["metric", "imperial"],
        "gather_s": [0, 10, 600],
        "scale": [0.1, 0.5, 1.0, 2.0],
        "first_side": ["left", "right"],
        "weak_side": ["left", "right"],
        "only_side": ["left", "right"],
        "minutes": [1, 3, 10],
        "week": [1, 2, 8, 520],
        "seed": [0, 7, 999_999_999],
        "days": [["mon"], ["mon", "wed", "fri"]],
        "acute": [True, False],
        "skip": [[exercises[0]], ["e9"]],
        "avoid": [["pregnancy"]],
        "cues": [{"halfway": False, "tips": False}, {"start": False}],
        "sound": [{"loudness_lufs": -20}, {"loudness_lufs": -14.0}],
        "lead": [{"on": True, "length_ms": 400}],
        "breath": [{"on": True, "in_s": 2, "out_s": 3}],
        "voice": [{"rate_wpm": 200}, {"engine": "fake", "id": "high"}],
        "exercise": [{exercises[-1]: {"hold_s": {"left": 6, "right": 4}}}, {exercises[0]: {"note": "Mind it."}}],
        "lexicon": [{"reach": "reech"}, {"hold": {"other": "hould"}}],
    }
    return {key: pick(chance, values) for key, values in choices.items() if chance.random() < 0.2}


def _set(trial: Trial, shown: int) -> None:
    """Change the profile by an option; its comments and mode stay."""
    before = (trial.folder / "me.toml").read_bytes()
    value = str(trial.chance.choice(("5", "20", odd(trial.chance)))).replace("\0", "")
    option = trial.chance.choice(("--minutes", "--scale", "--greeting", "--seed", "--rate", "--started", "--hold"))
    ran = trial.run("profile", "set", "./me.toml", f"{option}={value}", codes=(DONE, MISTAKE))
    after = (trial.folder / "me.toml").read_bytes()
    trial.expect((trial.folder / "me.toml").stat().st_mode & 0o777 == 0o600, "another mode")
    if ran.code == DONE:
        trial.expect(shown == DONE, "changed a profile that can't be shown")
        trial.expect(all(line in after for line in (b"# mine", b"# end") if line in before), "lost a comment")
        trial.run("profile", "show", "./me.toml", codes=(DONE,))
