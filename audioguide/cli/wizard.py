"""The guided start: asks a person what a first profile needs, shows the session it makes, and gives the file's text.

The same can be said with options; then nothing is asked, and the file is the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from audioguide.cli.questions import ask, first_day, minutes, numbered, one_of, say, several
from audioguide.errors import AudioguideError, FileError, RequestError
from audioguide.library.profile_files import parse_profile, profile_path
from audioguide.library.profile_text import LINES, profile_text
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import Detail, Side, Sides
from audioguide.model.limits import DEFAULT_PROTOCOL
from audioguide.model.protocol import Protocol
from audioguide.model.text import listed
from audioguide.prescribe.equipment import Adaptation, adapt_to_missing, conditions_of, equipment_of, find_equipment

EXPERIENCE = {"new": Detail.FULL, "some": Detail.BRIEF, "expert": Detail.MINIMAL}
"""How well someone knows the exercises, and how much is said to them."""

YES_NO = {"yes": True, "no": False}
NO_YES = {"no": False, "yes": True}


@dataclass(frozen=True, slots=True)
class Start:
    """What `profile new` is told besides a person's options.

    Attributes:
        protocol: what the profile is made for, an id or a path.
        without: equipment that is not at hand.
        experience: a key of ``EXPERIENCE``.
    """

    protocol: str | None = None
    without: tuple[str, ...] = ()
    experience: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A profile that is ready to be written.

    Attributes:
        name: what it is called.
        text: its file, without what ``rest`` holds.
        rest: settings for which the text has no line of its own.
        source: what it is made for, an id or a path.
        protocol: the same, loaded.
        lacking: exercises that need what is not at hand, each with those things.
        notes: what the person should know, a line each.
    """

    name: str
    text: str
    rest: Mapping[str, Any]
    source: str
    protocol: Protocol
    lacking: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    """A profile in the making: the protocol, what is stated so far, and what can't be done."""

    source: str
    protocol: Protocol
    stated: dict[str, Any]
    found: Adaptation | None = None
    notes: list[str] = field(default_factory=list)

    def sift(self, missing: tuple[str, ...]) -> Adaptation:
        """Return how the protocol is done without ``missing``.

        Raises:
            RequestError: when that leaves nothing to do.
        """
        stated = self.stated
        found = adapt_to_missing(
            self.protocol, missing, stated.get("avoid", ()), stated.get("skip", ()), stated.get("choose", {})
        )
        if found.nothing_left:
            why = f"without {listed(missing)} " if missing else ""
            raise RequestError(f"{why}nothing of '{self.protocol.title}' is left to do; leave out less")
        return found

    def emptied(self, found: Adaptation) -> tuple[str, ...]:
        """Return the phases of which missing equipment leaves nothing."""
        return tuple(title for title in found.emptied if title not in self.sift(()).emptied)

    def made(self, name: str) -> Made:
        found = self.found or self.sift(())
        chosen = dict(found.choose) | self.stated.get("choose", {})
        skipped = [*dict.fromkeys((*self.stated.get("skip", ()), *found.skip))]
        derived = {key: value for key, value in (("skip", skipped), ("choose", chosen)) if value}
        stated = {"name": name, **self.stated, **derived}
        text = profile_text(stated, self.protocol, self.source, conditions_of(self.protocol), found.lacking)
        rest = {key: value for key, value in stated.items() if key not in LINES}
        return Made(name, text, rest, self.source, self.protocol, found.lacking, tuple(self.notes))


def unattended(name: str, table: Mapping[str, Any], start: Start) -> Made:
    """Return the profile that options alone make.

    Raises:
        RequestError: for a protocol or equipment that there isn't, or when nothing is left to do.
    """
    draft = _draft(start.protocol or DEFAULT_PROTOCOL, _stated(table, start))
    _without_stated(draft, start)
    return draft.made(name)


def asked(name: str | None, table: Mapping[str, Any], start: Start, today: date) -> Made:
    """Return the profile that the answers make, together with options; what they say is not asked.

    Raises:
        RequestError: for options that can't be.
    """
    stated = _stated(table, start)
    draft = None if start.protocol is None else _draft(start.protocol, stated)
    say("A few questions make your profile. Enter takes the answer in [brackets]; Ctrl-C leaves, and writes nothing.")
    name = name or _ask_name()
    if draft is None:
        draft = _ask_protocol(stated)
    _ask_person(draft)
    _ask_conditions(draft)
    if start.without:
        _without_stated(draft, start)
    else:
        _ask_equipment(draft)
    _ask_manner(draft, today)
    return draft.made(name)


def agreed(made: Made, text: str, today: date) -> bool:
    """Show the session that the profile in ``text`` makes, and return whether it is to be written."""
    say()
    try:
        _show(made, text, today)
    except AudioguideError as error:
        say(f"This session can't be made: {error}")
        say()
        return ask("Write the profile all the same?", "y/N", one_of(NO_YES))
    say()
    return ask("Write it?", "Y/n", one_of(YES_NO))


def _show(made: Made, text: str, today: date) -> None:
    from audioguide.cli.preview import print_preview
    from audioguide.library.toml_files import parse_toml
    from audioguide.pipeline import prepare_session
    from audioguide.prescribe.layers import Layer

    profile = parse_profile(parse_toml(text.encode(), made.name), made.name)
    # Until the first day there is no session, so the first one is shown.
    day = max(today, profile.started or today)
    print_preview(
        prepare_session(made.protocol, [Layer.of_profile(profile)], today=day).plan,
        made.protocol,
        made.lacking,
    )


def _stated(table: Mapping[str, Any], start: Start) -> dict[str, Any]:
    """Return what options state, in the values of a file."""
    stated = dict(table)
    if "started" in stated:
        stated["started"] = date.fromisoformat(stated["started"])
    if start.experience is not None:
        if "detail" in stated:
            raise RequestError("--experience and --detail both say how much is said; drop one of them")
        stated["detail"] = EXPERIENCE[start.experience].value
    return stated


def _draft(source: str, stated: dict[str, Any]) -> _Draft:
    protocol = load_protocol(source)
    if source not in builtin_ids():
        source = str(Path(source).absolute())
    draft = _Draft(source, protocol, stated)
    draft.sift(())
    return draft


def _without_stated(draft: _Draft, start: Start) -> None:
    draft.found = draft.sift(tuple(find_equipment(draft.protocol, name) for name in start.without))
    draft.notes += [_emptied(title) for title in draft.emptied(draft.found)]


def _emptied(title: str) -> str:
    return f"Nothing of '{title}' is left to do."


def refuse_name(name: str) -> None:
    """Refuse a name that no new profile can have.

    Raises:
        RequestError: when it is taken, can't be a file name, or can't be said.
    """
    path = profile_path(name)
    try:
        parse_profile({"name": name}, name)
        taken = path.exists()
    except FileError:
        raise RequestError(f"'{name}' can't be a profile's name; use at least one letter") from None
    except OSError as error:
        raise RequestError(f"{path}: can't be a profile's file ({error.strerror}); take another name") from None
    if taken:
        raise RequestError(f"profile '{name}' exists already; change it with `audioguide profile set {name}`")


def _ask_name() -> str:
    default = "" if profile_path("me").exists() else "me"

    def read(answer: str) -> str:
        if not answer and not default:
            raise RequestError("Type a name of letters and digits, such as anna.")
        refuse_name(answer or default)
        return answer or default

    say()
    return ask("What shall the profile be called?", default, read)


def _ask_protocol(stated: dict[str, Any]) -> _Draft:
    ids = builtin_ids()

    def read(answer: str) -> _Draft:
        if answer.isdecimal() and 1 <= int(answer) <= len(ids):
            return _draft(ids[int(answer) - 1], stated)
        # Unlike pathlib it leaves a user that there isn't as it is.
        return _draft(os.path.expanduser(answer) or DEFAULT_PROTOCOL, stated)  # noqa: PTH111

    say()
    numbered("Protocols:", [f"{name}: {load_protocol(name).title}" for name in ids])
    return ask("Which one? Number, name, or a file of yours", DEFAULT_PROTOCOL, read)


def _ask_person(draft: _Draft) -> None:
    protocol = draft.protocol
    sided = any(protocol.exercise[use.use].sides is not Sides.BOTH for use in protocol.exercise_refs())
    gentle = any(item.gentle or item.harder for item in protocol.items())
    say()
    _ask_for(draft, "minutes", "How many minutes do you have?", "as many as it takes", minutes)
    if sided:
        sides = {"none": None} | {side.value: side.value for side in Side}
        _ask_for(draft, "weak_side", "Is one side weaker or more sensitive? none, left, right", "none", one_of(sides))
    if gentle:
        _ask_for(draft, "acute", "Is the pain acute at the moment? y/n", "n", one_of(NO_YES))


def _ask_for(draft: _Draft, key: str, question: str, default: str, read: Callable[[str], Any]) -> None:
    """Ask for one setting, unless an option states it; None leaves it unstated."""
    if key not in draft.stated and (answer := ask(question, default, read)) is not None:
        draft.stated[key] = answer


def _ask_conditions(draft: _Draft) -> None:
    known = conditions_of(draft.protocol)
    if "avoid" in draft.stated or not known:
        return
    names = several(known)

    def read(answer: str) -> _Draft:
        trial = _Draft(draft.source, draft.protocol, draft.stated | {"avoid": list(names(answer))})
        trial.sift(())
        return trial

    say()
    numbered("Some exercises are not for everyone. They are left out for:", known)
    draft.stated = ask("Which apply to you? Numbers or names", "none", read).stated


def _ask_equipment(draft: _Draft) -> None:
    things = equipment_of(draft.protocol)
    if not things:
        return
    names = several(things)

    def read(answer: str) -> Adaptation:
        return draft.sift(names(answer))

    say()
    numbered("The exercises need:", things)
    while True:
        draft.found = ask("What do you NOT have at hand? Numbers or names", "none", read)
        gone = draft.emptied(draft.found)
        for title in gone:
            say(_emptied(title), "  ")
        if not gone or ask("Go on like this?", "Y/n", one_of(YES_NO)):
            return


def _ask_manner(draft: _Draft, today: date) -> None:
    details = {"no": Detail.FULL.value, "a bit": Detail.BRIEF.value, "yes": Detail.MINIMAL.value}
    say()
    _ask_for(draft, "detail", "Do you know these exercises? no, a bit, yes", "no", one_of(details))
    if draft.protocol.programme is not None and "week" not in draft.stated:
        question = "When do you start? YYYY-MM-DD, or none to go without weeks"
        _ask_for(draft, "started", question, f"{today}", first_day(today))
