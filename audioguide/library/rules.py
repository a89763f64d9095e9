"""What a protocol file must keep beyond the shape of each field: one kind of work, known names, fitting doses.

The rules read the raw tables, so that they find their problems also where a field's own shape is wrong: a person sees
all problems of a file at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.errors import Problem
from audioguide.library.coaching_rules import coaching_problems
from audioguide.library.cue_rules import cue_problems
from audioguide.library.suggestion_rules import mark_problems
from audioguide.model.kinds import Sides
from audioguide.model.side_forms import PLACEHOLDERS, form_problem, names_a_side, names_working_side, without_pairs
from audioguide.model.text import fields_in, suggest

Table = Mapping[str, Any]

_COUNTED_ROUNDS = ("rounds", "work_s", "rest_s", "round_rest_s")
"""What a circuit states of its rounds where it counts them."""

SENTENCES = (
    *("setup", "setup_brief", "setup_again", "setup_minimal", "setup_minimal_again"),
    *("load", "load_brief", "load_again", "load_minimal", "side_role"),
    *("leave", "leave_between", "mid_set", "coaching"),
    *("caution", "caution_brief", "mistake", "mistake_brief"),
)


def exercise_problems(exercises: Any, phases: Any = None) -> Iterator[Problem]:
    """Yield the problems inside each exercise of a file.

    Args:
        exercises: the raw ``exercise`` table of the file.
        phases: its raw ``phase`` list; an exercise that only phases with sides use has a side in its texts, and reps
            that are done in rounds against the clock only need no tempo.
    """
    by_side, otherwise = _uses(phases)
    uncounted = _uncounted(phases)
    for key, exercise in _table(exercises).items():
        if not isinstance(exercise, Mapping):
            continue
        where = f"exercise.{key}"
        unsided = _without_side(_of_phase(exercise, by_side=key in by_side - otherwise))
        yield from _work_problems(where, exercise, counted=key not in uncounted)
        yield from _set_problems(where, exercise)
        if isinstance(exercise.get("side_role"), str) and not names_working_side(exercise["side_role"]):
            yield Problem(f"{where}.side_role", "does not name the side", 'write {side} in it: "{side} knee down"')
        yield from coaching_problems(where, exercise)
        if "switch_s" in exercise and exercise.get("sides") != Sides.EACH:
            yield Problem(f"{where}.switch_s", "has no switch to time", 'use it with sides = "each", or remove it')
        if "leave_between" in exercise and exercise.get("sides") != Sides.EACH and exercise.get("sets", 1) == 1:
            what = "has neither a change of sides nor a rest to be said before"
            yield Problem(f"{where}.leave_between", what, 'use it with sides = "each" or with sets, or remove it')
        if "mid_set" in exercise and "tempo" not in exercise:
            yield Problem(f"{where}.mid_set", "has no rep to be said in", "use it with reps and a tempo, or remove it")
        for sentences in SENTENCES:
            for number, text in enumerate(_texts(exercise.get(sentences)), 1):
                yield from _text_problems(f"{where}.{sentences} {number}", text, unsided)
            for number, line in enumerate(_lines(exercise.get(sentences)), 1):
                for key in ("say", "again"):
                    for text in _texts(line.get(key)):
                        yield from _text_problems(f"{where}.{sentences} {number}.{key}", text, unsided)
        # A name is said once for both sides, and stands in the chapters.
        for text in _texts(exercise.get("name")):
            yield from _text_problems(f"{where}.name", text, "leave the side out: a name is said once for both sides")
        for number, part in enumerate(_list(exercise.get("tempo")), 1):
            alternating = exercise.get("sides") == Sides.ALTERNATING
            for say in _texts(_table(part).get("say")):
                yield from _text_problems(f"{where}.tempo {number}.say", say, "" if alternating else unsided)
        yield from _call_text_problems(where, exercise, unsided)
        for key in ("read", "read_tips"):
            for number, text in enumerate(_texts(exercise.get(key)), 1):
                advice = "leave the side out: it is read once for both"
                yield from _text_problems(f"{where}.{key} {number}", text, advice)
        yield from mark_problems(where, exercise)
        yield from cue_problems(where, exercise, exercise)


def _uses(phases: Any) -> tuple[set[Any], set[Any]]:
    """Return the ids of exercises in phases that go by sides, and of those in others."""
    found: tuple[set[Any], set[Any]] = (set(), set())
    for phase in map(_table, _list(phases)):
        for item in _list(phase.get("exercises")):
            names = [option.get("use") for _, option in _options("", item)]
            names.append(_table(_table(item).get("harder")).get("use"))
            found["sides" not in phase].update(name for name in names if isinstance(name, str))
    return found


def phase_problems(phases: Any, own: Any, library: Table) -> Iterator[Problem]:
    """Yield the problems in how phases use exercises.

    Args:
        phases: the raw ``phase`` list.
        own: the raw ``exercise`` table of the file.
        library: raw tables of the built-in exercises; the file's own come before them.
    """
    # The raw tables, as an exercise with a problem of its own is known all the same.
    known = {**library, **_table(own)}
    choices: set[str] = set()
    for number, phase in enumerate(_list(phases), 1):
        if not isinstance(phase, Mapping):
            continue
        circuit, by_side = phase.get("circuit"), phase.get("sides") == Sides.EACH
        if phase.get("shuffle") is True and len(_list(phase.get("exercises"))) == 1:
            yield Problem(f"phase {number}.shuffle", "has one exercise, whose order can't vary", "remove it")
        timed = "minutes" in _table(circuit)
        if timed and by_side:
            advice = 'remove it, or give the exercises sides = "each"'
            yield Problem(f"phase {number}.sides", "does not go with rounds against the clock", advice)
        for key in _COUNTED_ROUNDS if timed else ():
            if key in _table(circuit):
                where = f"phase {number}.circuit.{key}"
                yield Problem(where, "does not go with minutes", "the time ends the rounds, so remove one of the two")
        for position, item in enumerate(_list(phase.get("exercises")), 1):
            where = f"phase {number}.exercises {position}"
            if isinstance(item, Mapping):
                yield from _item_problems(where, item, choices)
            for option_where, option in _options(where, item):
                yield from _use_problems(option_where, option, known, in_circuit=isinstance(circuit, Mapping))
                yield from mark_problems(option_where, option)
                used = _table(known.get(str(option.get("use"))))
                if used:
                    yield from _call_text_problems(option_where, option, _without_side(_of_phase(used, by_side)))
                if by_side:
                    yield from _by_side_problems(option_where, option, known)
                if timed:
                    # Of a shuffled phase nobody knows which one opens it.
                    opens = position == 1 and phase.get("shuffle") is not True
                    yield from _timed_problems(option_where, option, used, opens)
                    continue
                if used:
                    yield from cue_problems(option_where, option, used, _work_s(option, _table(circuit)))
                if isinstance(circuit, Mapping):
                    yield from _circuit_problems(option_where, option, known, circuit)
                elif "work_s" in option:
                    yield Problem(f"{option_where}.work_s", "belongs to a circuit", "write hold_s here")
            harder = _table(_table(item).get("harder"))
            yield from _unknown_problems(f"{where}.harder", harder.get("use"), known)
            if by_side:
                yield from _by_side_problems(f"{where}.harder", harder, known)


def _of_phase(exercise: Table, by_side: bool) -> Table:
    """Return an exercise as a phase has it: where that goes by sides, one that says nothing of sides has one."""
    return {"sides": Sides.EACH, **exercise} if by_side else exercise


def _call_text_problems(where: str, table: Table, unsided: str) -> Iterator[Problem]:
    for number, call in enumerate(_list(table.get("calls")), 1):
        for text in _texts(_table(call).get("say")):
            yield from _text_problems(f"{where}.calls {number}.say", text, unsided)


def _uncounted(phases: Any) -> set[str]:
    """Return the ids of exercises that are done in rounds against the clock only, in which no rep is timed."""
    uses: dict[bool, set[str]] = {True: set(), False: set()}
    for phase in _list(phases):
        timed = "minutes" in _table(_table(phase).get("circuit"))
        for item in _list(_table(phase).get("exercises")):
            harder = _table(_table(item).get("harder")).get("use")
            names = [harder, *(option.get("use") for _, option in _options("", item))]
            uses[timed].update(name for name in names if isinstance(name, str))
    return uses[True] - uses[False]


def _work_problems(where: str, exercise: Table, counted: bool) -> Iterator[Problem]:
    """Yield what is wrong with the kind of work: a hold has no tempo, no count; reps that are ``counted`` have both."""
    hold, reps, tempo = (key in exercise for key in ("hold_s", "reps", "tempo"))
    if hold and reps:
        yield Problem(where, "has both hold_s and reps", "keep one: a position to hold, or reps with a tempo")
    elif not hold and not reps:
        yield Problem(where, "has no work", "add hold_s = 45, or reps = 10 with a tempo")
    elif reps and exercise.get("tempo", []) == [] and (counted or "tempo" in exercise):
        yield Problem(
            where, "has reps without a tempo", 'add tempo = [ { say = "Lift", s = 2 }, { say = "Lower", s = 2 } ]'
        )
    elif (
        reps
        and isinstance(exercise.get("tempo"), list)
        and all(_table(part).get("s") == 0 for part in exercise["tempo"])
    ):
        yield Problem(f"{where}.tempo", "takes no time", "give at least one part 0.5 s or more")
    elif hold and tempo:
        yield Problem(
            f"{where}.tempo", "belongs to reps, and this is a hold", "remove it, or write reps instead of hold_s"
        )
    if hold and exercise.get("sides") == Sides.ALTERNATING:
        yield Problem(f"{where}.sides", "alternating sides need reps", "use 'each' for a hold on each side")
    if reps and exercise.get("breath") is True:
        yield Problem(f"{where}.breath", "belongs to a hold", 'write breath = "in" or "out" in the parts of the tempo')
    yield from _repeat_problems(where, exercise)
    if hold and "count" in exercise:
        yield Problem(f"{where}.count", "belongs to reps, and this is a hold", "remove it")


def _without_side(exercise: Table) -> str:
    """Return what to do about a side in the sentences of an exercise; empty where each is said of one side."""
    # Who wrote side for sides is told so, and meant a side all the same.
    sides = exercise.get("sides", exercise.get("side"))
    if sides in (Sides.EACH, Sides.LEFT, Sides.RIGHT):
        return ""
    if sides == Sides.ALTERNATING:
        return "leave the side out, or put it into a say of the tempo: the sides alternate from rep to rep"
    # Who stated the sides meant them; who didn't may have forgotten to.
    return "leave the side out" if sides is not None else 'add sides = "each", or leave the side out'


def _repeat_problems(where: str, exercise: Table) -> Iterator[Problem]:
    """Yield what is wrong with a hold that is repeated in one go."""
    if "repeat" in exercise and "hold_s" not in exercise:
        advice = "write reps alone" if "reps" in exercise else "add hold_s = 7"
        yield Problem(f"{where}.repeat", "repeats a hold, and there is none", advice)
    elif "repeat" in exercise and "relax_s" not in exercise:
        yield Problem(where, "repeats its hold without relax_s", "add relax_s = 3, the time between, or 0 for none")
    elif "relax_s" in exercise and "repeat" not in exercise:
        yield Problem(f"{where}.relax_s", "has no repeated hold to stand between", "add repeat = 6, or remove it")


def _set_problems(where: str, exercise: Table) -> Iterator[Problem]:
    """Yield what of an exercise's sets contradicts its lists: of doses one a set, of rests one between two."""
    key, listed = _listed(exercise)
    if listed and "sets" in exercise and exercise["sets"] != listed:
        yield Problem(f"{where}.sets", f"{key} lists {listed} sets", "remove sets, or list a number for each of them")
    rests = exercise.get("rest_s")
    if not isinstance(rests, list) or not rests:
        return
    sets = listed or exercise.get("sets", 1)
    if not isinstance(sets, int):
        what = "lists rests, and the number of sets may change"
        yield Problem(f"{where}.rest_s", what, "write sets as one number, or one rest for all")
    elif len(rests) not in (sets - 1, sets):
        count = f"lists {len(rests)} rest{'s' * (len(rests) != 1)} for {sets} set{'s' * (sets != 1)}"
        advice = f"list {sets - 1} between the sets, or {sets}" if sets > 1 else "write sets too, or one number"
        yield Problem(f"{where}.rest_s", count, advice)


def _listed(table: Table) -> tuple[str, int]:
    """Return which dose of a table lists one a set, and how many; ``("", 0)`` for none."""
    for key in ("hold_s", "reps"):
        if isinstance(table.get(key), list):
            return key, len(table[key])
    return "", 0


def _used_set_problems(where: str, use: Table, exercise: Table) -> Iterator[Problem]:
    """Yield what of the sets that a place states contradicts the lists of the place or of the exercise."""
    if not use.keys() & {"hold_s", "reps", "sets", "rest_s"}:
        # Then it is as the exercise has it, whose problems are its own.
        return
    key, listed = _listed(exercise)
    own = bool(use.keys() & {"hold_s", "reps"})
    if listed and not own and "sets" in use and use["sets"] != listed:
        advice = f"state {key} for these sets, or one number for all"
        yield Problem(f"{where}.sets", f"'{use['use']}' lists {key} of {listed} sets", advice)
        return
    # Where one number for all takes the place of a list, there are as many sets as before.
    effective = {**exercise, **use}
    if "sets" not in use and _listed(use)[1]:
        effective.pop("sets", None)
    elif "sets" not in use and listed:
        effective["sets"] = listed
    yield from _set_problems(where, effective)


def _text_problems(where: str, text: str, unsided: str) -> Iterator[Problem]:
    """Yield what is wrong with a sentence; ``unsided`` is advice where it can't name a side, empty where it may."""
    if (wrong := form_problem(text)) is not None:
        yield Problem(where, *wrong)
        return
    # A brace that is left open, or holds another name, would be spoken as it stands.
    try:
        names = fields_in(without_pairs(text))
    except ValueError:
        yield Problem(where, "has a brace without its partner", "write {side} or {other_side}")
        return
    for name in sorted(names - set(PLACEHOLDERS)):
        yield Problem(where, f"{{{name}}} is unknown", "write {side} or {other_side}")
    if unsided and names_a_side(text):
        yield Problem(where, "names a side where there is none", unsided)


def _item_problems(where: str, item: Table, choices: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with an item as an exercise or a choice; add its choice to those that have a name already."""
    if "choice" not in item:
        if "gentle" in item:
            yield Problem(f"{where}.gentle", "belongs to a choice", "remove it")
        elif "of" in item:
            yield Problem(where, "has options but no choice", 'add choice = "…", a name for --choose')
        elif "use" not in item:
            yield Problem(where, "names no exercise", "write its id, { use = … } or { choice = …, of = […] }")
        return
    name = item["choice"]
    if isinstance(name, str):
        if name in choices:
            # A person chooses by this name, so it means one place.
            yield Problem(f"{where}.choice", f"'{name}' stands twice", "give each choice a name of its own")
        choices.add(name)
    if "gentle" in item and item["gentle"] not in [option.get("use") for _, option in _options("", item)]:
        yield Problem(
            f"{where}.gentle", f"'{item['gentle']}' is no option of this choice", "name one that stands in of"
        )
    for key in sorted(item.keys() - {"choice", "of", "gentle", "priority", "weeks"}):
        own_entry = "give it an entry of its own in the list: { use = …, harder = … }"
        advice = own_entry if key == "harder" else "state it for an option: of = [{ use = …, … }]"
        yield Problem(f"{where}.{key}", "does not belong to a choice", advice)
    if len(_list(item.get("of"))) < 2:
        yield Problem(f"{where}.of", "leaves nothing to choose", "list two exercises or more, the usual one first")


def _options(where: str, item: Any) -> Iterator[tuple[str, Table]]:
    """Yield each exercise that an item may be, with its place: itself, or the options of a choice."""
    table = {"use": item} if isinstance(item, str) else _table(item)
    if "choice" not in table:
        yield where, table
    for number, option in enumerate(_list(table.get("of")), 1):
        yield f"{where}.of {number}", {"use": option} if isinstance(option, str) else _table(option)


def _use_problems(where: str, use: Table, known: Table, in_circuit: bool) -> Iterator[Problem]:
    """Yield what is wrong with the exercise that is named, or with doses for another kind of work than it is."""
    name = use.get("use")
    yield from _unknown_problems(where, name, known)
    exercise = _table(known.get(name)) if isinstance(name, str) else {}
    for key, other in (("hold_s", "reps"), ("reps", "hold_s")):
        if key in use and key not in exercise and other in exercise:
            yield Problem(f"{where}.{key}", f"'{name}' is done by {other}", f"state {other} instead")
    if not in_circuit:
        yield from _used_set_problems(where, use, exercise)
    if use.keys() & {"repeat", "relax_s"} and exercise:
        yield from _repeat_problems(where, {**exercise, **use})
    sides = use.get("sides")
    if sides == Sides.ALTERNATING and "hold_s" in exercise:
        yield Problem(f"{where}.sides", "alternating sides need reps", "use 'each' for a hold on each side")
    elif sides in (Sides.BOTH, Sides.ALTERNATING):
        texts = [text for key in SENTENCES for text in _texts(exercise.get(key))]
        texts += [text for call in _list({**exercise, **use}.get("calls")) for text in _texts(_table(call).get("say"))]
        lines = [line for key in SENTENCES for line in _lines(exercise.get(key))]
        texts += [text for line in lines for key in ("say", "again") for text in _texts(line.get(key))]
        if sides == Sides.BOTH:
            texts += [text for part in _list(exercise.get("tempo")) for text in _texts(_table(part).get("say"))]
        if any(map(names_a_side, texts)):
            yield Problem(f"{where}.sides", f"'{name}' names {{side}} in its texts", 'use "each", "left" or "right"')


def _circuit_problems(where: str, use: Table, known: Table, circuit: Table) -> Iterator[Problem]:
    """Yield what of an exercise contradicts the times of the circuit that it stands in."""
    exercise = _table(known.get(str(use.get("use"))))
    if "sets" in use:
        yield Problem(f"{where}.sets", "has no place in a circuit", "the circuit's rounds say how often")
    if "work_s" in use and "hold_s" in use:
        yield Problem(where, "has both hold_s and work_s, which mean the same here", "keep one of them")
    if isinstance(use.get("rest_s"), list):
        yield Problem(f"{where}.rest_s", "lists rests, and a circuit's rounds are its sets", "state one number here")
    by_time = "work_s" in use or ("work_s" in circuit and "hold_s" not in use)
    yield from _list_problems(where, use, exercise, by_time=by_time)
    if "reps" in exercise and "work_s" in use:
        yield Problem(f"{where}.work_s", f"'{use['use']}' is done by reps", "state reps instead")
    elif "reps" in exercise and "work_s" in circuit and "reps" not in use:
        yield Problem(
            where,
            f"'{use['use']}' counts reps, and the circuit works by time",
            "state its reps here, use a hold, or drop work_s",
        )
    if exercise and by_time and "repeat" in {**exercise, **use}:
        advice = "state its hold_s here, or drop one of the two"
        yield Problem(where, f"'{use['use']}' repeats its hold, and the circuit works by time", advice)


def _timed_problems(where: str, use: Table, exercise: Table, opens: bool) -> Iterator[Problem]:
    """Yield what an exercise can't have in rounds against the clock, which each person does at their own pace."""
    cues = [f"cues.{cue}" for cue in _table(use.get("cues")) if cue != "tips"]
    unused = ("sets", "rest_s", "work_s", "every_s", "calls", *(() if opens else ("setup_s",)))
    for key in (*(key for key in unused if key in use), *cues):
        yield Problem(f"{where}.{key}", "has no place in rounds against the clock", "remove it, or state rounds")
    yield from _list_problems(where, use, exercise, by_time=False)


def _list_problems(where: str, use: Table, exercise: Table, by_time: bool) -> Iterator[Problem]:
    """Yield what is wrong with a dose of each set in a circuit; where that works ``by_time``, no hold has a say."""
    key, listed = _listed({key: use.get(key, exercise.get(key)) for key in ("hold_s", "reps")})
    if listed and not (by_time and key == "hold_s"):
        advice = f"state one number here: {{ use = …, {key} = … }}"
        yield Problem(f"{where}.{key}", f"lists {listed} sets, and a circuit's rounds are its sets", advice)


def _work_s(use: Table, circuit: Table) -> Any:
    """Return the seconds of work that a circuit states for an exercise, as the file has them; None for its own hold."""
    if "work_s" in use:
        return use["work_s"]
    return use.get("hold_s", circuit["work_s"]) if "work_s" in circuit else None


def _by_side_problems(where: str, use: Table, known: Table) -> Iterator[Problem]:
    name = str(use.get("use"))
    sides = use.get("sides", _table(known.get(name)).get("sides"))
    does = {
        Sides.ALTERNATING: "alternates sides",
        Sides.LEFT: "is done with the left side only",
        Sides.RIGHT: "is done with the right side only",
    }
    if isinstance(sides, str) and sides in does:
        what = f"'{name}' {does[Sides(sides)]}, and the phase is done with one side after the other"
        yield Problem(where, what, 'drop the phase\'s sides, or give the exercise sides = "each"')


def _unknown_problems(where: str, name: Any, known: Table) -> Iterator[Problem]:
    if isinstance(name, str) and name not in known:
        yield Problem(where, f"unknown exercise '{name}'", suggest(name, known) or "define it as [exercise.ID]")


def _table(value: Any) -> Table:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _lines(value: Any) -> list[Table]:
    """Return a table for each line, empty for one that is a text alone."""
    return [_table(line) for line in (value if isinstance(value, list) else [value])]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    # Of a text with a recording its words.
    words = [text.get("text") if isinstance(text, Mapping) else text for text in values]
    return [text for text in words if isinstance(text, str)]
