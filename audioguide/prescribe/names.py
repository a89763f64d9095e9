"""Checks that what a person asks for exists in the protocol, and says what of it this session doesn't use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from audioguide.errors import RequestError
from audioguide.model.kinds import Sides
from audioguide.model.protocol import Protocol
from audioguide.model.session import Prescription
from audioguide.model.text import listed, similar_names, suggest
from audioguide.prescribe.layers import Layers, Origin


def refuse_unknown(protocol: Protocol, layers: Layers, known_elsewhere: Iterable[str], conditions: set[str]) -> None:
    """Refuse names that a layer states and nothing bears.

    Args:
        protocol: what is done.
        layers: what the person asks for.
        known_elsewhere: exercises of the library; a profile serves many protocols and may name them.
        conditions: every condition that some exercise knows.

    Raises:
        RequestError: for an unknown exercise, choice, option or condition.
    """
    offered = {ref.use for ref in protocol.exercise_refs()}
    elsewhere = offered | set(known_elsewhere) | set(protocol.exercise)
    choices = protocol.choices()
    for layer in layers:
        for_this_session = layer.origin is Origin.COMMAND_LINE
        known = offered if for_this_session else elsewhere
        wishes = {f"exercise.{name}": name for name in layer.profile.exercise}
        wishes |= {f"skip {number}": name for number, name in enumerate(layer.profile.skip, 1)}
        for where, name in wishes.items():
            if name not in known:
                advice = suggest(name, sorted(known))
                raise RequestError(f"{layer.place(where)}: no exercise '{name}' in this session; {advice}")
        for name, option in layer.profile.choose.items():
            options = [ref.use for ref in choices[name].of] if name in choices else []
            if not options and for_this_session:
                advice = f" in this protocol; {suggest(name, choices)}" if choices else "; this protocol offers none"
                raise RequestError(f"{layer.by}: no choice '{name}'{advice}")
            if options and option not in options:
                where = layer.place(f"choose.{name}")
                raise RequestError(f"{where}: '{option}' is no option of '{name}'; choose {listed(options, 'or')}")
        # Of a profile too: a condition that nothing knows would protect from nothing, unnoticed.
        for number, name in enumerate(layer.profile.avoid, 1):
            if name not in conditions:
                advice = suggest(name, sorted(conditions))
                where = layer.place(f"avoid {number}")
                raise RequestError(f"{where}: no exercise knows the condition '{name}'; {advice}")


def refuse_two_treated_sides(layers: Layers) -> None:
    """Refuse a weak side that is not the one side that is done: which of the two is meant can't be guessed.

    Raises:
        RequestError: naming who states what.
    """
    stated = {"weak_side": "", "only_side": ""}
    sides = dict.fromkeys(stated, None)
    for layer in layers:
        for key in stated:
            if (side := getattr(layer.profile, key)) is not None:
                stated[key], sides[key] = layer.by, side
    if None not in sides.values() and sides["weak_side"] is not sides["only_side"]:
        raise RequestError(
            f"{stated['only_side']}: only_side {sides['only_side']} contradicts weak_side {sides['weak_side']} "
            f"({stated['weak_side']}); name the same side, or drop one of them"
        )


def overruled_weak_side(layers: Layers, items: Iterable[Prescription]) -> Iterator[str]:
    """Yield a warning where the weak side does not go first, as another one is to: both can't be.

    Args:
        layers: what the person asks for.
        items: what is done; where sides take turns in none of it, no side goes first.
    """
    weak = layers.stating(lambda profile: profile.weak_side)
    first = layers.stating(lambda profile: profile.first_side)
    takes_turns = any(item.exercise.sides in (Sides.EACH, Sides.ALTERNATING) for item in items)
    if weak is None or first is None or not takes_turns or first.profile.first_side is weak.profile.weak_side:
        return
    side = first.profile.first_side
    other = "" if weak.by == first.by else f" ({weak.by})"
    yield (
        f"{first.by}: first_side {side} wins over weak_side {weak.profile.weak_side}{other}: the {side} side goes "
        "first; drop one of them, or name the same side"
    )


def wishes_of_other_weeks(protocol: Protocol, this_week: Protocol, layers: Layers, week: int) -> Iterator[str]:
    """Yield a warning for each dose of the command line whose exercise is done in other weeks only.

    A profile's are for all weeks, so they are passed over in silence.

    Args:
        protocol: what is done in all weeks.
        this_week: what is done in this one.
        layers: what the person asks for.
        week: its number, 1 for the first.
    """
    elsewhere = {ref.use for ref in protocol.exercise_refs()} - {ref.use for ref in this_week.exercise_refs()}
    for layer in layers:
        for name in layer.profile.exercise if layer.origin is Origin.COMMAND_LINE else ():
            if name in elsewhere:
                yield f"{layer.by}: doses for '{name}' are not used, as it is not done in week {week}"


def unused_wishes(protocol: Protocol, layers: Layers, done: Collection[str]) -> Iterator[str]:
    """Yield a warning for each wish that this session doesn't use, though it seems to be meant for it.

    Args:
        protocol: what is done.
        layers: what the person asks for; names that exist elsewhere are allowed in them.
        done: the ids of the exercises in the session.
    """
    choices = protocol.choices()
    for layer in layers:
        for name in layer.profile.choose:
            # A profile may name another protocol's choice; one of nearly this protocol's name is likely a slip.
            if name not in choices and similar_names(name, choices):
                yield f"{layer.by}: no choice '{name}' in this protocol; {suggest(name, choices)}"
    offered = {ref.use for ref in protocol.exercise_refs()}
    for layer in layers:
        for name, own in () if layer.origin is Origin.DERIVED else layer.profile.exercise.items():
            if name in offered and name not in done:
                what = "doses for '{}' are" if own.states_dose else "the note for '{}' is"
                yield f"{layer.by}: {what.format(name)} not used, as it is not done in this session"
