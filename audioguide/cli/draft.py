"""A new profile in the making: what is stated so far, what the protocol can't do without, and the file it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from msgspec import Struct, field

from audioguide.cli.options import EXPERIENCE
from audioguide.cli.profile_document import merged
from audioguide.errors import FileError, RequestError
from audioguide.library.profile_files import parse_profile, profile_path
from audioguide.library.profile_text import LINES, profile_text
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.limits import DEFAULT_PROTOCOL
from audioguide.model.protocol import Protocol
from audioguide.model.text import listed
from audioguide.prescribe.equipment import Adaptation, adapt_to_missing, conditions_of, find_equipment


class Start(Struct, frozen=True):
    """What `profile new` is told besides a person's options.

    Attributes:
        protocol: what the profile is made for, an id or a path.
        without: equipment that is not at hand.
        experience: a key of ``EXPERIENCE``.
    """

    protocol: str | None = None
    without: tuple[str, ...] = ()
    experience: str | None = None


class MadeProfile(Struct, frozen=True):
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

    def document(self) -> Any:
        """Return the whole file."""
        return merged(tomlkit.parse(self.text), dict(self.rest))


class Draft(Struct):
    """A profile in the making. Questions change it one by one, so it is not frozen.

    Attributes:
        source: what it is made for, an id or a path.
        protocol: the same, loaded.
        stated: the settings so far, as in a profile file.
        equipment: what can and can't be done without the equipment that is missing; None before that is known.
        notes: what the person should know, a line each.
    """

    source: str
    protocol: Protocol
    stated: dict[str, Any]
    equipment: Adaptation | None = None
    notes: list[str] = field(default_factory=list)

    def without(self, missing: tuple[str, ...]) -> Adaptation:
        """Return how the protocol is done without ``missing``.

        Raises:
            RequestError: when that leaves nothing to do.
        """
        found = adapt_to_missing(
            self.protocol,
            missing,
            avoid=self.stated.get("avoid", ()),
            skip=self.stated.get("skip", ()),
            choose=self.stated.get("choose", {}),
        )
        if found.nothing_left:
            why = f"without {listed(missing)} " if missing else ""
            raise RequestError(f"{why}nothing of '{self.protocol.title}' is left to do; leave out less")
        return found

    def emptied_phases(self, found: Adaptation) -> list[str]:
        """Return a sentence for each phase of which missing equipment leaves nothing."""
        # A phase may be empty by the person's conditions or wishes; that is no news.
        empty_anyway = self.without(()).emptied
        return [f"Nothing of '{title}' is left to do." for title in found.emptied if title not in empty_anyway]

    def leave_out_stated(self, missing: tuple[str, ...]) -> None:
        """Do without the equipment that options name.

        Raises:
            RequestError: for equipment that the protocol doesn't need, or when nothing is left to do.
        """
        self.equipment = self.without(tuple(find_equipment(self.protocol, name) for name in missing))
        self.notes += self.emptied_phases(self.equipment)

    def made(self, name: str) -> MadeProfile:
        """Return the profile that is stated, called ``name``."""
        found = self.equipment or self.without(())
        derived = {
            "skip": [*dict.fromkeys((*self.stated.get("skip", ()), *found.skip))],
            "choose": dict(found.choose) | self.stated.get("choose", {}),
        }
        stated = {"name": name, **self.stated, **{key: value for key, value in derived.items() if value}}
        text = profile_text(
            stated,
            self.protocol,
            self.source,
            conditions=conditions_of(self.protocol),
            lacking=found.lacking,
        )
        return MadeProfile(
            name=name,
            text=text,
            rest={key: value for key, value in stated.items() if key not in LINES},
            source=self.source,
            protocol=self.protocol,
            lacking=found.lacking,
            notes=tuple(self.notes),
        )


def made_from_options(name: str, table: Mapping[str, Any], start: Start) -> MadeProfile:
    """Return the profile that options alone make.

    Raises:
        RequestError: for a protocol or equipment that there isn't, or when nothing is left to do.
    """
    draft = new_draft(start.protocol or DEFAULT_PROTOCOL, stated_settings(table, start))
    draft.leave_out_stated(start.without)
    return draft.made(name)


def new_draft(source: str, stated: dict[str, Any]) -> Draft:
    """Return a draft for the protocol that ``source`` names, an id or a path.

    Raises:
        RequestError: for a protocol that there isn't, or when what is stated leaves nothing to do.
    """
    protocol = load_protocol(source)
    if source not in builtin_ids():
        # The profile says in its notes how its session is built, which is to work from every folder.
        source = f"{Path(source).absolute()}"
    draft = Draft(source, protocol, stated)
    draft.without(())
    return draft


def stated_settings(table: Mapping[str, Any], start: Start) -> dict[str, Any]:
    """Return what options state; experience is how much is said.

    Raises:
        RequestError: when two options say how much is said.
    """
    if start.experience is None:
        return dict(table)
    if "detail" in table:
        raise RequestError("--experience and --detail both say how much is said; drop one of them")
    return {**table, "detail": EXPERIENCE[start.experience].value}


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
