"""Resolves a protocol for one person: which exercises, on which sides, with which doses, and who changed what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import starmap
from operator import attrgetter
from types import MappingProxyType

from audioguide.errors import RequestError
from audioguide.model.doses import Dose, Minutes
from audioguide.model.kinds import Detail, Side, Sides
from audioguide.model.limits import LONGEST_SESSION_MS
from audioguide.model.plan import Change
from audioguide.model.protocol import Circuit, Exercise, ExerciseRef, Phase, Protocol
from audioguide.model.session import (
    CueSwitches,
    Effort,
    Omission,
    Prescription,
    RepPart,
    Rounds,
    Session,
    SessionPhase,
    Station,
    TimeCap,
)
from audioguide.model.text import listed
from audioguide.model.units import plain_number, to_ms
from audioguide.prescribe.layers import Layer, Layers, Origin, Resolved
from audioguide.prescribe.names import refuse_unknown, unused_wishes
from audioguide.prescribe.progression import requested_week, week_layer
from audioguide.prescribe.selection import Selector
from audioguide.prescribe.sound_choices import breath_settings


def prescribe(
    protocol: Protocol,
    layers: Sequence[Layer],
    library: Iterable[str] = (),
    conditions: Iterable[str] = (),
    today: date | None = None,
) -> Session:
    """Return the session that ``protocol`` becomes for this person.

    Args:
        protocol: the checked protocol, with every exercise it uses.
        layers: the person's changes, the strongest last.
        library: ids of exercises that exist elsewhere, which a profile may mention.
        conditions: conditions that exercises elsewhere know, which a profile may mention.
        today: from which the week is counted where a start is stated; None leaves starts aside.

    Raises:
        RequestError: for names nothing bears, sides an exercise hasn't, nothing left to do, over 24 hours, or a start
            in the future.
    """
    week = requested_week(Layers(layers), today)
    grown = None if week is None else week_layer(protocol, week)
    laid = Layers(layers if grown is None else [grown, *layers])
    own_conditions = {name for exercise in protocol.exercise.values() for name in exercise.avoid_if}
    refuse_unknown(protocol, laid, library, own_conditions | set(conditions))
    return _Prescriber(protocol, laid, week).session()


class _Prescriber:
    """Carries what the walk over the phases collects: changes, what is left out, warnings."""

    def __init__(self, protocol: Protocol, layers: Layers, week: int | None) -> None:
        self.protocol, self.layers, self.week = protocol, layers, week
        self.selector = Selector(protocol, layers, week)
        self.derived = {layer.by for layer in layers if layer.origin is Origin.DERIVED}
        self.own_layers = Layers([layer for layer in layers if layer.origin is not Origin.DERIVED])
        self.changes: list[Change] = []
        self.left_out: list[Omission] = []
        self.warnings: list[str] = []

    def session(self) -> Session:
        protocol, layers = self.protocol, self.layers
        if self.week is not None and (protocol.programme is None or protocol.programme.grow_until_week is None):
            self.warnings.append(f"this protocol does not grow over the weeks; week {self.week} is like any other")
        phases = tuple(phase for phase in starmap(self._phase, enumerate(protocol.phase, 1)) if phase.prescriptions)
        if not phases:
            reasons = listed(f"{omission.exercise} ({omission.why})" for omission in self.left_out)
            raise RequestError(f"nothing is left to do: {reasons}; leave at least one exercise in")
        # Words come on top and are checked when they are timed; this refuses a slip before a voice starts.
        work_ms = sum(phase.work_ms for phase in phases)
        if work_ms > LONGEST_SESSION_MS:
            hours = plain_number(round(work_ms / 3_600_000, 1))
            raise RequestError(
                f"the session would take over {hours} hours; at most 24 are possible, so shorten its doses"
            )
        breath = breath_settings(layers)
        items = [item for phase in phases for item in phase.prescriptions]
        self.warnings += unused_wishes(protocol, layers, done={item.id for item in items})
        if breath is not None and not any(item.paced for item in items):
            self.warnings.append("the breath pacer is on, but no exercise of this session asks for deep breathing")
        return Session(
            protocol=protocol.id,
            title=protocol.title,
            profile=layers.last(lambda profile: profile.name, None),
            summary=protocol.summary,
            safety=protocol.safety,
            closing=protocol.closing,
            see_professional=protocol.see_professional,
            phases=phases,
            detail=layers.last(lambda profile: profile.detail, Detail.FULL),
            cues=CueSwitches(
                **{cue.name: layers.last(attrgetter(f"cues.{cue.name}"), True) for cue in fields(CueSwitches)}
            ),
            breath=breath,
            # The person's words come after the protocol's, which they replace.
            lexicon=MappingProxyType(
                protocol.lexicon | {word: said for layer in layers for word, said in layer.profile.lexicon.items()}
            ),
            changes=_sides_together(self.changes),
            left_out=tuple(self.left_out),
            warnings=tuple(dict.fromkeys(self.warnings)),
            week=self.week,
        )

    def _phase(self, number: int, phase: Phase) -> SessionPhase:
        refs: list[ExerciseRef] = []
        for item in phase.exercises:
            selected = self.selector.select(item)
            self.changes += selected.changes
            self.left_out += [] if selected.omission is None else [selected.omission]
            refs += [] if selected.ref is None else [selected.ref]
        circuit = phase.circuit
        items = tuple(self._prescription(ref, circuit) for ref in refs)
        rounds = None if circuit is None else _rounds(circuit, items)
        if rounds is not None and circuit is not None and circuit.minutes is not None:
            rounds = replace(rounds, cap=self._cap(number, phase.title, circuit.minutes))
        return SessionPhase(title=phase.title, say=phase.say, prescriptions=items, circuit=rounds)

    def _cap(self, number: int, title: str, minutes: Minutes) -> TimeCap:
        """Return how long the rounds of a phase go on; note where that is not the protocol's own time."""
        resolved = self.layers.cap(number, minutes.default)
        if resolved.by is not None and resolved.value != minutes.default:
            before, after = plain_number(minutes.default), plain_number(resolved.value)
            self.changes.append(Change(title, "minutes", side=None, before=before, after=after, by=resolved.by))
        return TimeCap(number, to_ms(resolved.value * 60))

    def _prescription(self, ref: ExerciseRef, circuit: Circuit | None) -> Prescription:
        exercise = self.protocol.exercise[ref.use]
        used = exercise.used_as(ref)
        weak_side = self.layers.last(lambda profile: profile.weak_side, None)
        first_side = self.layers.last(lambda profile: profile.first_side, weak_side or Side.LEFT)
        setup_s = self._dose(ref.use, "setup_s", used.setup_s)
        switch_s = setup_s if used.switch_s is None else used.switch_s
        # A circuit's rounds are its sets.
        sets, rest_s = 1, None
        if circuit is None:
            sets = round(self._dose(ref.use, "sets", used.sets))
            rest_s = self._rest_s(ref.use, used)
            if sets > 1 and used.sides is Sides.EACH and rest_s is not None and rest_s < switch_s:
                # Going back to the first side takes its time, however short the rest.
                self.warnings.append(
                    f"the rest of {plain_number(rest_s)} s in '{ref.use}' is made {plain_number(switch_s)} s: "
                    "changing sides takes that long"
                )
                rest_s = switch_s
        self._refuse_unfit_doses(ref, used, circuit)
        work = None if circuit is None or used.hold_s is None else circuit.work_of(ref)
        return Prescription(
            id=ref.use,
            exercise=exercise,
            efforts=self._efforts(ref.use, used, work, first_side),
            sets=sets,
            first_side=first_side,
            ends_with_first=weak_side is not None,
            rest_ms=None if rest_s is None else to_ms(rest_s),
            setup_ms=to_ms(setup_s),
            switch_ms=to_ms(switch_s),
            # A part of no time is none: tempos are written in four figures, such as 2-0-2-1.
            tempo=tuple(RepPart(to_ms(part.s), part.say, part.breath) for part in exercise.tempo if part.s > 0),
            station=Station() if circuit is None else self._station(ref, work, setup_s),
        )

    def _station(self, ref: ExerciseRef, work: Dose | None, setup_s: float) -> Station:
        """Return what an exercise has of its own in a circuit, of which ``setup_s`` is already this person's."""
        rest = Dose(default=ref.rest_s or 0.0)
        own = self.own_layers.dose(ref.use, "rest_s", rest.default)
        return Station(
            fixed_work=work is not None and not work.ranged,
            rest_ms=None if ref.rest_s is None else to_ms(self._noted(ref.use, "rest_s", rest, own, None)),
            setup_ms=None if ref.setup_s is None else to_ms(setup_s),
        )

    def _efforts(self, name: str, used: Exercise, work: Dose | None, first: Side) -> tuple[Effort, ...]:
        sides: tuple[Side | None, ...] = (first, first.other) if used.sides is Sides.EACH else (None,)
        if used.hold_s is None:
            assert used.reps is not None
            reps = round(self._dose(name, "reps", used.reps))
            return tuple(Effort(side, reps=reps) for side in sides)
        hold_s: Dose = used.hold_s
        layers = self.layers
        if work is not None:
            hold_s = work
            if not work.ranged:
                # The circuit's times are its own. A person's hold replaces them unwarned, one that is worked out from
                # the exercise's range elsewhere does not.
                layers = self.own_layers
        return tuple(Effort(side, hold_ms=to_ms(self._hold_s(layers, name, hold_s, side))) for side in sides)

    def _hold_s(self, layers: Layers, name: str, dose: Dose, side: Side | None) -> float:
        return self._noted(name, "hold_s", dose, layers.hold(name, side, dose.default), side)

    def _rest_s(self, name: str, used: Exercise) -> float | None:
        """Return the rest after each set; None where nobody states one."""
        if used.rest_s is not None:
            return self._dose(name, "rest_s", used.rest_s)
        resolved = self.layers.stated(name, "rest_s")
        if resolved is None or resolved.by is None:
            return None
        self.changes.append(
            Change(
                exercise=name,
                what="rest_s",
                side=None,
                before="not stated",
                after=plain_number(resolved.value),
                by=resolved.by,
            )
        )
        return resolved.value

    def _refuse_unfit_doses(self, ref: ExerciseRef, used: Exercise, circuit: Circuit | None) -> None:
        """Refuse doses that an exercise doesn't have; of a profile, which serves many sessions, some are only noted."""
        name = ref.use
        for layer in self.layers:
            own = layer.profile.exercise.get(name)
            if own is None:
                continue
            if own.hold_s and used.hold_s is None:
                raise RequestError(f"{layer.by}: '{name}' is done by reps and has no hold_s; set reps or sets instead")
            if own.reps and used.reps is None:
                raise RequestError(f"{layer.by}: '{name}' is a hold and has no reps; set hold_s or sets instead")
            if own.hold_s and (own.hold_s.left or own.hold_s.right) and used.sides is not Sides.EACH:
                raise RequestError(f"{layer.by}: '{name}' is not done one side at a time; set one hold_s for it")
            # What is worked out for an exercise goes for all its places, also those outside the circuit.
            unused = own.sets is not None or (own.rest_s is not None and ref.rest_s is None)
            if circuit and layer.origin is not Origin.DERIVED and unused:
                message = f"{layer.by}: '{name}' is in a circuit, which has no sets or rests of its own"
                if layer.origin is Origin.COMMAND_LINE:
                    raise RequestError(f"{message}; drop --sets and --rest for it")
                self.warnings.append(f"{message}; those are not used")

    def _dose(self, name: str, what: str, default: Dose | float) -> float:
        """Return a dose that has no sides after all layers."""
        dose = default if isinstance(default, Dose) else Dose(default=default)
        return self._noted(name, what, dose, self.layers.dose(name, what, dose.default), None)

    def _noted(self, name: str, what: str, dose: Dose, resolved: Resolved, side: Side | None) -> float:
        """Return a resolved dose; note where it differs from the protocol's, and where it leaves its range."""
        value, by = resolved.value, resolved.by
        if by is None:
            return value
        if by in self.derived and what in ("hold_s", "reps", "sets"):
            # What is worked out for an exercise goes for all its places; each keeps its own range.
            ranged = dose.min is not None and dose.max is not None
            value = min(max(value, dose.min or 0), dose.max or value) if ranged else dose.default
        if value != dose.default:
            before, after = plain_number(dose.default), plain_number(value)
            self.changes.append(Change(exercise=name, what=what, side=side, before=before, after=after, by=by))
        if not dose.holds(value):
            # A range is the protocol's advice: a dose outside is the person's own decision, done and said.
            low, high = (plain_number(limit) if limit is not None else "…" for limit in (dose.min, dose.max))
            self.warnings.append(
                f"{by}: {what} {plain_number(value)} for '{name}' is outside the protocol's {low} to {high}; "
                "done as asked"
            )
        return value


def _rounds(circuit: Circuit, items: Sequence[Prescription]) -> Rounds:
    """Return how ``circuit`` goes round with what is done of it, ``items``."""
    rest_ms = to_ms(circuit.rest_s)
    rounds = Rounds(circuit.rounds, rest_ms, round_rest_ms=rest_ms, same_work=circuit.work_s is not None)
    if circuit.round_rest_s is not None:
        return replace(rounds, round_rest_ms=to_ms(circuit.round_rest_s))
    # The rest after the last exercise is the one before the next round.
    return replace(rounds, round_rest_ms=rounds.rest_after_ms(items[-1])) if items else rounds


def _sides_together(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return each change once; where both sides changed alike, as one change of the exercise."""
    # Each side is resolved by itself, so a hold for both is noted twice.
    distinct = dict.fromkeys(changes)
    together = {
        change: replace(change, side=None)
        for change in distinct
        if change.side and replace(change, side=change.side.other) in distinct
    }
    return tuple(dict.fromkeys(together.get(change, change) for change in distinct))
