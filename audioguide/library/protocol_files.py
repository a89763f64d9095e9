"""Finds and loads protocols: built-in ones by id, a user's own by path."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from pydantic import ValidationError

from audioguide.errors import FileError, Problem, RequestError
from audioguide.languages.registry import code_of, find
from audioguide.library.builtin import raw_exercises
from audioguide.library.figure_rules import figure_problems
from audioguide.library.joining import Part, conflicts, join_protocols, phases_within, with_phases_of
from audioguide.library.language_rules import language_problems
from audioguide.library.length_rules import length_problems
from audioguide.library.own_words import outside_problems, side_word_problems, with_own_words
from audioguide.library.problems import problems_of
from audioguide.library.recording_rules import recording_problems
from audioguide.library.rules import exercise_problems, phase_problems
from audioguide.library.toml_files import parse_toml, read_toml
from audioguide.library.translations import (
    ORIGINAL,
    builtin_translation,
    exercise_in,
    in_translation,
    original_of,
    own_translation,
    own_translation_file,
    own_translations,
    same_language,
)
from audioguide.library.week_rules import empty_week_problems, week_problems
from audioguide.model.limits import DEFAULT_PROTOCOL
from audioguide.model.profile import Profile
from audioguide.model.protocol import Exercise, Phase, PhaseFrom, Protocol
from audioguide.model.recorded import note_places
from audioguide.model.text import listed, suggest
from audioguide.storage.packaged_files import packaged_file, packaged_in
from audioguide.storage.whole_files import refuse_existing, refuse_unwritable

_FOLDER = "library/protocols"


def refuse_as_new(path: Path) -> None:
    """Refuse a path that no new protocol file can have.

    Raises:
        RequestError: when it doesn't end in .toml, there is something already, or nothing can be written there.
    """
    if path.suffix.casefold() != ".toml":
        raise RequestError(f"{path}: a protocol is a .toml file; name it {path}.toml")
    refuse_existing(path)
    refuse_unwritable(path)


def builtin_ids() -> tuple[str, ...]:
    """Return the ids of the built-in protocols, the default first."""
    names = (name.removesuffix(".toml") for name in packaged_in(_FOLDER))
    return tuple(sorted(names, key=lambda name: name != DEFAULT_PROTOCOL))


def builtin_text(name: str) -> str:
    """Return the file of the built-in protocol ``name``.

    Raises:
        RequestError: when there is no such protocol.
        InstallationError: when its file is not the one that came with the program.
    """
    if name not in builtin_ids():
        raise RequestError(f"unknown protocol '{name}'; {suggest(name, builtin_ids())} (a file is named by its path)")
    return packaged_file(f"{_FOLDER}/{name}.toml").decode("utf-8")


@cache
def builtin_exercise_ids() -> frozenset[str]:
    """Return the id of every exercise that comes with the program: of the library, and of the protocols' own."""
    own = (parse_toml(builtin_text(name).encode(), name).get("exercise", {}) for name in builtin_ids())
    return frozenset(raw_exercises()).union(*own)


class Opened(Struct, frozen=True):
    """A protocol file while it is read.

    Attributes:
        source: what it is called in messages.
        folder: where relative paths in it start.
        above: the files whose phases come from this one, the outermost first, and itself.
        language: in which language it is read, so that what it names is read in that too; None for each its own.
    """

    source: str
    folder: Path = Path()
    above: tuple[str, ...] = ()
    language: str | None = None


def load_protocols(names: Sequence[str | Path], with_breaks: bool = False, language: str | None = None) -> Protocol:
    """Return the protocols that built-in ids or paths name, joined into one; for no name the default one.

    Args:
        names: the ids or paths.
        with_breaks: whether the breaks that they state are done at the end.
        language: the BCP 47 tag of the language in which they are wanted; None for that of the first.

    Raises:
        RequestError: for an unknown id, exercises of one id that are not the same, or breaks that are wished for and
            that no protocol states.
        FileError: with every problem of a file, among them that it has no translation into the language.
    """
    parts: list[Part] = []
    for name in names or (DEFAULT_PROTOCOL,):
        parts.append(Part(str(name), load_protocol(name, language=language)))
        # One session is in one language.
        language = language or parts[0].protocol.language
    joined = join_protocols(parts)
    if with_breaks and joined.breaks is not None:
        parts.append(Part(joined.breaks, load_protocol(joined.breaks, language=language)))
        joined = join_protocols(parts)
    elif with_breaks and not any(part.protocol.breaks for part in parts):
        named = listed(part.source for part in parts)
        raise RequestError(f"--with-breaks: {named} states no breaks; write breaks = … in the file, or name them too")
    if problems := list(empty_week_problems(joined)):
        raise FileError(" and ".join(part.source for part in parts), problems)
    return joined


def and_breaks(protocol: Protocol) -> Protocol:
    """Return ``protocol`` with its breaks behind it, as ``--with-breaks`` does them; itself where it states none."""
    if protocol.breaks is None:
        return protocol
    breaks = load_protocol(protocol.breaks, language=protocol.language)
    return join_protocols([Part(protocol.id, protocol), Part(protocol.breaks, breaks)])


def load_protocol(
    name_or_path: str | Path = DEFAULT_PROTOCOL, included_by: Opened | None = None, language: str | None = None
) -> Protocol:
    """Return the protocol that a built-in id or a path names, checked, with every exercise it uses.

    Args:
        name_or_path: the id or path.
        included_by: the file that names it for its phases, if it is one.
        language: the BCP 47 tag of the language in which it is wanted; None for its own.

    Raises:
        RequestError: for an unknown id or language.
        FileError: with every problem of the file, or of its translation, and where it has none into the language.
    """
    name = str(name_or_path)
    folder, above = (included_by.folder, included_by.above) if included_by else (Path(), ())
    path = _file_of(name_or_path, folder)
    source = f"{name} (built-in)" if path is None else name
    try:
        # The same file may be named in several ways.
        known = source if path is None else os.path.realpath(path)
    except ValueError:
        # A null character, for which reading the file has its words.
        known = name
    if known in above:
        circle = [*above[above.index(known) :], known]
        raise RequestError(f"goes in a circle: {' → '.join(Path(step).name for step in circle)}; remove one of these")
    above = (*above, known)
    if path is None:
        table = parse_toml(builtin_text(name).encode(), source)
        if language is not None and not same_language(ORIGINAL, language):
            code = find(language).code
            found = builtin_translation(code, f"protocols/{name}")
            if found is None:
                what = f"is in English, and not translated into {find(code).name} yet"
                raise FileError(source, [Problem("language", what, "ask for English, or take a protocol of your own")])
            table, source = in_translation(table, code, found), found.source
        return parse_protocol(table, source, above=above)
    table = read_toml(path)
    if (other := other_kind(table, path)) is not None:
        raise FileError(source, [other])
    folder = path.absolute().parent
    own = table.get("language", ORIGINAL)
    if language is None or not isinstance(own, str) or same_language(own, language):
        return parse_protocol(table, source, folder, above)
    # Its own problems first: those of the translation are told by the name of that file.
    stated, code = parse_protocol(table, source, folder, above).language, find(language).code
    found = own_translation(path, code)
    if found is None:
        what = f"its texts are in {find(stated).name}, and {find(code).name} is asked for"
        hint = f"translate them in {own_translation_file(path, code).name} beside it, or ask for {find(stated).name}"
        raise FileError(source, [Problem("language", what, hint)])
    return parse_protocol(in_translation(table, code, found), found.source, folder, above)


def other_kind(table: Mapping[str, Any], path: Path) -> Problem | None:
    """Return that the file at ``path``, which holds ``table``, is a translation or a profile; None for a protocol."""
    if "format" not in table and (original := original_of(path)) is not None:
        hint = f"name {original.name}; --language takes its translation"
        return Problem("", f"is a translation of {original.name}, not a protocol", hint)
    if "phase" not in table and table.keys() & (Profile.model_fields.keys() - Protocol.model_fields.keys()):
        return Problem("", "is a profile, not a protocol", "name it with --profile")
    return None


def files_of(name_or_path: str | Path, folder: Path = Path()) -> tuple[Path, ...]:
    """Return the files that a protocol which can be loaded is made from, those of its phases and breaks among them."""
    path = _file_of(name_or_path, folder)
    if path is None:
        return ()
    table = read_toml(path)
    named = [phase["from"] for phase in table["phase"] if "from" in phase]
    named += [table["breaks"]] if "breaks" in table else []
    return (path, *own_translations(path).values(), *(file for name in named for file in files_of(name, path.parent)))


def _file_of(name_or_path: str | Path, folder: Path) -> Path | None:
    """Return the file that a path from ``folder`` names; None for an id."""
    name = str(name_or_path)
    is_path = isinstance(name_or_path, Path) or name.endswith(".toml") or "/" in name or "\\" in name
    # A built-in id wins over a file of that name in the current folder.
    if not is_path and name not in builtin_ids():
        # Unlike pathlib, os.path answers also where a name can't be a path.
        is_path = os.path.exists(folder / name)  # noqa: PTH110
    return folder / name if is_path else None


def parse_protocol(
    table: dict[str, Any], source: str, folder: Path | None = None, above: tuple[str, ...] = ()
) -> Protocol:
    """Return the protocol in ``table``.

    Args:
        table: what the file holds.
        source: names the file in errors.
        folder: where its recordings and pictures, and the files that its phases come from, are looked for; None for a
            protocol that is no file, which can't have recordings or pictures.
        above: as in `Opened`.

    Raises:
        FileError: with every problem of the file.
    """
    stated = table.get("language", ORIGINAL)
    opened = Opened(source, folder or Path(), above, stated if isinstance(stated, str) and code_of(stated) else None)
    included, own = _included(table.get("phase"), opened)
    # All kinds are gathered before any is raised, so that one run names all.
    problems = [part for part in included.values() if isinstance(part, Problem)]
    problems += exercise_problems(table.get("exercise"), own)
    problems += phase_problems(own, table.get("exercise"), raw_exercises())
    problems += language_problems(table)
    problems += side_word_problems(table)
    problems += outside_problems(table)
    problems += recording_problems(table)
    problems += length_problems(table)
    problems += figure_problems(table.get("exercise"), builtin_exercise_ids)
    if included:
        table = {**table, "phase": [_STAND_IN if index in included else phase for index, phase in enumerate(own)]}
    if isinstance(table.get("exercise"), dict):
        table = {**table, "exercise": with_own_words(table["exercise"], str(stated))}
    try:
        protocol = Protocol.model_validate(table, context={"folder": folder, "source": source})
    except ValidationError as error:
        raise FileError(source, [*problems_of(error, Protocol, table), *problems]) from None
    problems = problems or list(week_problems(protocol))
    if problems:
        raise FileError(source, problems)
    note_places(protocol, source)
    used = _built_in_exercises(protocol, source)
    # A file's own definition replaces the built-in one of the same id.
    whole = protocol.model_copy(update={"exercise": used | protocol.exercise})
    if included:
        whole = _with_included(whole, source, included)
    if whole.breaks is not None:
        whole = _with_breaks_found(whole, opened)
    if problems := list(empty_week_problems(whole)):
        raise FileError(source, problems)
    return whole


def _built_in_exercises(protocol: Protocol, source: str) -> dict[str, Exercise]:
    """Return the built-in exercises that ``protocol`` uses, in its language.

    Raises:
        FileError: when one is not translated into it.
    """
    found, problems = {}, []
    code = find(protocol.language).code
    for number, phase in enumerate(protocol.phase, 1):
        for name in (ref.use for item in phase.exercises for ref in item.refs):
            # A file's own definition replaces the built-in one of the same id.
            if name not in raw_exercises() or name in protocol.exercise or name in found:
                continue
            try:
                found[name] = exercise_in(name, code)
            except RequestError as error:
                problems.append(Problem(f"phase {number}.exercises", f"{error}", f"define it here: [exercise.{name}]"))
    if problems:
        raise FileError(source, list(dict.fromkeys(problems)))
    return found


def _included(phases: Any, opened: Opened) -> tuple[dict[int, _Included | Problem], Any]:
    """Return what phases take from other protocols, by their index, and the phases with nothing in those places."""
    found: dict[int, _Included | Problem] = {}
    own = list(phases) if isinstance(phases, list) else phases
    for index, phase in enumerate(own if isinstance(own, list) else ()):
        if isinstance(phase, dict) and "from" in phase:
            found[index] = _read_included(phase, f"phase {index + 1}", opened)
            # An empty place keeps the numbers of the phases after it, by which problems name them.
            own[index] = {}
    return found, own


_STAND_IN = {"title": "Phases of another protocol", "exercises": ["of-another-protocol"]}
"""Has the place of a phase that names another protocol, until its phases come."""


class _Included(Struct, frozen=True):
    """Phases of another protocol in the place of one, where ``where`` names that place."""

    where: str
    part: Part
    phases: tuple[Phase, ...]


def _read_included(phase: dict[str, Any], where: str, opened: Opened) -> _Included | Problem:
    if others := sorted(phase.keys() - {"from", "weeks"}):
        hint = "the other protocol's phases come as they are; remove it"
        return Problem(f"{where}.{others[0]}", "does not go with from", hint)
    try:
        stated = PhaseFrom.model_validate(phase)
    except ValidationError as error:
        problem = problems_of(error, PhaseFrom, phase)[0]
        return Problem(f"{where}.{problem.where}", problem.what, problem.hint)
    try:
        part = Part(stated.from_, load_protocol(stated.from_, opened, opened.language))
    except RequestError as error:
        # One of its problems is enough here: `protocol check` of that file names them all.
        return Problem(f"{where}.from", f"{error}".splitlines()[0])
    phases = phases_within(part, stated.weeks, where)
    return phases if isinstance(phases, Problem) else _Included(where, part, phases)


def _with_included(protocol: Protocol, source: str, included: dict[int, _Included | Problem]) -> Protocol:
    """Return ``protocol`` with the phases of others in the places of their stand-ins.

    Raises:
        FileError: when an exercise or choice of one name is not the same in two of them.
    """
    taken = {index: entry for index, entry in included.items() if isinstance(entry, _Included)}
    own = tuple(phase for index, phase in enumerate(protocol.phase) if index not in taken)
    host = protocol.model_copy(update={"phase": own})
    parts = [Part(source, host)]
    problems = []
    for entry in taken.values():
        problems += [Problem(f"{entry.where}.from", text, "rename it") for text in conflicts(parts, entry.part)]
        parts.append(entry.part)
    if problems:
        raise FileError(source, problems)
    phases: list[Phase] = []
    for index, phase in enumerate(protocol.phase):
        phases += taken[index].phases if index in taken else (phase,)
    return with_phases_of(host, parts[1:], phases)


def _with_breaks_found(protocol: Protocol, opened: Opened) -> Protocol:
    """Return ``protocol`` with its breaks named so that they are found from any folder.

    Raises:
        FileError: when they can't be loaded, or can't be done after it.
    """
    assert protocol.breaks is not None
    try:
        breaks = Part(protocol.breaks, load_protocol(protocol.breaks, opened, opened.language))
    except RequestError as error:
        # One of its problems is enough here, as for phases.
        raise FileError(opened.source, [Problem("breaks", f"{error}".splitlines()[0])]) from None
    problems = [Problem("breaks", text, "rename it") for text in conflicts([Part(opened.source, protocol)], breaks)]
    if problems:
        raise FileError(opened.source, problems)
    path = _file_of(protocol.breaks, opened.folder)
    return protocol if path is None else protocol.model_copy(update={"breaks": str(path)})


def unused_exercises(protocol: Protocol) -> tuple[str, ...]:
    """Return the ids of exercises that the protocol defines and no phase uses."""
    used = {ref.use for ref in protocol.exercise_refs()}
    return tuple(name for name in protocol.exercise if name not in used)
