"""Selects the exercise for each item of a protocol: by the person's choice, the week, acute pain, and what they skip or
avoid.
"""

from __future__ import annotations

from msgspec import Struct

from audioguide.errors import RequestError
from audioguide.model.plan import Change
from audioguide.model.protocol import ExerciseRef, Item, Protocol
from audioguide.model.session import Omission
from audioguide.prescribe.layers import Layers

ACUTE = "the acute phase"
"""What changes are by where pain is acute."""


def is_acute(layers: Layers) -> bool:
    """Return whether the person says that pain is acute."""
    return layers.last(lambda profile: profile.acute, False)


class Selection(Struct, frozen=True):
    """What is done for one item.

    Attributes:
        ref: the exercise as the protocol uses it; None where nothing is done.
        changes: what differs from the protocol's usual exercise, and by whom.
        omission: why nothing is done.
    """

    ref: ExerciseRef | None
    changes: tuple[Change, ...]
    omission: Omission | None = None


class Selector:
    """Selects exercises of one protocol for one person in one week."""

    def __init__(self, protocol: Protocol, layers: Layers, week: int | None) -> None:
        self._exercises, self._layers, self._week = protocol.exercise, layers, week
        self._chosen_by = layers.naming(lambda profile: profile.choose)
        self._skipped_by = layers.naming(lambda profile: profile.skip)
        self._avoided = layers.naming(lambda profile: profile.avoid)
        self._acute = is_acute(layers)

    def select(self, item: Item) -> Selection:
        """Return what is done for ``item``.

        Raises:
            RequestError: when the option that the person chose is one that they skip or avoid.
        """
        wanted, changes = self._wanted(item)
        name, chosen = self._exercises[wanted.use].name, item.choice in self._chosen_by
        if skipped_by := self._skipped_by.get(wanted.use):
            if chosen:
                # Which of two contradicting wishes is meant can't be guessed.
                raise RequestError(f"'{wanted.use}' was chosen and skipped; drop one of the two wishes")
            return Selection(None, changes, Omission(wanted.use, name, skipped_by=skipped_by))
        conditions = self._conditions_against(wanted)
        if not conditions:
            return Selection(wanted, changes)
        omission = Omission(wanted.use, name, avoided=conditions)
        if chosen:
            raise RequestError(
                f"'{wanted.use}' was chosen but is {omission.why}; choose another or drop one of the two wishes"
            )
        # Something of the choice is done if anything can be: it has its purpose in the order of the session.
        for instead in item.options:
            if not self._conditions_against(instead):
                change = _exchange(str(item.choice), "choose", before=wanted.use, after=instead.use, by=omission.why)
                return Selection(instead, (*changes, change))
        return Selection(None, changes, omission)

    def _wanted(self, item: Item) -> tuple[ExerciseRef, tuple[Change, ...]]:
        """Return what would be done if the person skipped and avoided nothing, and how it differs from the usual."""
        usual = item.options[0]
        name, by = usual.use, ""
        if item.choice is not None and item.choice in self._chosen_by:
            name = self._layers.last(lambda profile: profile.choose.get(item.choice or ""), name)
            by = self._chosen_by[item.choice]
        elif item.gentle is not None and self._acute:
            name, by = item.gentle, ACUTE
        wanted = next(ref for ref in item.options if ref.use == name)
        changes = []
        if name != usual.use:
            changes.append(_exchange(str(item.choice), "choose", before=usual.use, after=name, by=by))
        # Nothing gets harder while pain is acute, whatever week it is.
        if item.harder and self._week is not None and self._week >= item.harder.from_week and not self._acute:
            harder = ExerciseRef(use=item.harder.use)
            # Who can't do the harder exercise goes on with the usual one; nothing is lost.
            if harder.use not in self._skipped_by and not self._conditions_against(harder):
                by = f"week {self._week}"
                changes.append(_exchange(wanted.use, "exercise", before=wanted.use, after=harder.use, by=by))
                wanted = harder
        return wanted, tuple(changes)

    def _conditions_against(self, ref: ExerciseRef) -> tuple[str, ...]:
        return tuple(name for name in self._exercises[ref.use].avoid_if if name in self._avoided)


def _exchange(where: str, what: str, *, before: str, after: str, by: str) -> Change:
    return Change(exercise=where, what=what, side=None, before=before, after=after, by=by)
