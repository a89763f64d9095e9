"""Resolves a protocol for one person: which exercises, on which sides, with which doses, and who changed what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from operator import attrgetter
from types import MappingProxyType

from audioguide.errors import RequestError
from audioguide.model.doses import Dose
from audioguide.model.kinds import Detail, Side, Sides
from audioguide.model.limits import LONGEST_SESSION_MS
from audioguide.model.plan import Change
from audioguide.model.protocol import Circuit, Exercise, ExerciseRef, Phase, Protocol
from audioguide.model.protocol_weeks import all_weeks, stated_weeks
from audioguide.model.session import (
    CueSwitches,
    Effort,
    Omission,
    Prescription,
    RepPart,
    Rounds,
    Session,
    SessionPhase,
)
from audioguide.model.text import listed
from audioguide.model.units import plain_number, to_ms
from audioguide.prescribe.layers import Layer, Layers, Origin
from audioguide.prescribe.names import refuse_unknown, unused_wishes, wishes_of_other_weeks
from audioguide.prescribe.progression import protocol_of, requested_week, week_layer
from audioguide.prescribe.selection import Selector
from audioguide.prescribe.shuffling import has_shuffled, seed_of_day, shuffled
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
        today: from which the week is counted where a start is stated, and whose date is the seed of shuffled phases
            where none is stated; None leaves starts aside, and its seed is 0.

    Raises:
        RequestError: for names nothing bears, sides an exercise hasn't, nothing left to do, over 24 hours, a start in
            the future, or a week that the protocol doesn't have.
    """
    asked = requested_week(Layers(layers), today)
    # Where weeks differ, there is no session without a week; who names none has not begun yet.
    week = 1 if asked is None and stated_weeks(protocol) else asked
    this_week = protocol_of(protocol, week)
    grown = None if week is None else week_layer(this_week, week)
    laid = Layers(layers if grown is None else [grown, *layers])
    own_conditions = {name for exercise in protocol.exercise.values() for name in exercise.avoid_if}
    refuse_unknown(protocol, laid, library, own_conditions | set(conditions))
    seed = laid.last(lambda profile: profile.seed, None)
    if seed is None:
        # Who builds each day wants another order each day; a plan says the seed, which gives the same again.
        seed = 0 if today is None else seed_of_day(today)
    prescriber = _Prescriber(this_week, laid, week, weeks_differ=bool(stated_weeks(protocol)), seed=seed)
    if asked != week:
        weeks = all_weeks(protocol)
        prescriber.warnings.append(
            f"this protocol has {weeks}, and no week is named: it is week 1; name yours with --week, or the day you "
            "began with --started"
        )
    if week is not None:
        prescriber.warnings += wishes_of_other_weeks(protocol, this_week, laid, week)
    return prescriber.session()


class _Prescriber:
    """Carries what the walk over the phases collects: changes, what is left out, warnings."""

    def __init__(self, protocol: Protocol, layers: Layers, week: int | None, weeks_differ: bool, seed: int) -> None:
        self.seed = seed if has_shuffled(protocol) else None
        self.protocol, self.layers, self.week, self.weeks_differ = protocol, layers, week, weeks_differ
        self.selector = Selector(protocol, layers, week)
        self.changes: list[Change] = []
        self.left_out: list[Omission] = []
        self.warnings: list[str] = []

    def session(self) -> Session:
        protocol, layers = self.protocol, self.layers
        grows = protocol.programme is not None and protocol.programme.grow_until_week is not None
        if self.week is not None and not (grows or self.weeks_differ):
            self.warnings.append(f"this protocol does not grow over the weeks; week {self.week} is like any other")
        phases = tuple(phase for phase in map(self._phase, protocol.phase) if phase.prescriptions)
        if not phases:
            reasons = listed(f"{omission.exercise} ({omission.why})" for omission in self.left_out)
            when = f" in week {self.week}" if self.weeks_differ else ""
            raise RequestError(f"nothing is left to do{when}: {reasons}; leave at least one exercise in")
        # Words come on top and are checked when they are timed; this refuses a slip before a voice starts.
        work_ms = sum(phase.work_ms for phase in phases)
        if work_ms > LONGEST_SESSION_MS:
            hours = plain_number(round(work_ms / 3_600_000, 1))
            raise RequestError(
                f"the session would take over {hours} hours; at most 24 are possible, so shorten its doses"
            )
        for layer in layers:
            if layer.origin is Origin.COMMAND_LINE and layer.profile.seed is not None and self.seed is None:
                self.warnings.append("nothing is shuffled in this session, so the seed changes nothing")
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
            seed=self.seed,
        )

    def _phase(self, phase: Phase) -> SessionPhase:
        refs: list[ExerciseRef] = []
        for item in phase.exercises if self.seed is None or not phase.shuffle else shuffled(phase, self.seed):
            selected = self.selector.select(item)
            self.changes += selected.changes
            self.left_out += [] if selected.omission is None else [selected.omission]
            refs += [] if selected.ref is None else [selected.ref]
        rounds, circuit = None, phase.circuit
        if circuit is not None:
            round_rest_s = circuit.rest_s if circuit.round_rest_s is None else circuit.round_rest_s
            rounds = Rounds(circuit.rounds, to_ms(circuit.rest_s), to_ms(round_rest_s))
        return SessionPhase(
            title=phase.title,
            say=phase.say,
            prescriptions=tuple(self._prescription(ref, circuit, side) for side in self._sides(phase) for ref in refs),
            circuit=rounds,
            by_side=phase.sides is not None,
            shuffled=phase.shuffle,
        )

    def _sides(self, phase: Phase) -> tuple[Side | None, ...]:
        """Return the sides with which a phase is done one after the other; None for one that doesn't go by sides."""
        weak_side = self.layers.last(lambda profile: profile.weak_side, None)
        first = self.layers.last(lambda profile: profile.first_side, weak_side or Side.LEFT)
        return (None,) if phase.sides is None else (first, first.other)

    def _prescription(self, ref: ExerciseRef, circuit: Circuit | None, one_side: Side | None) -> Prescription:
        """Return what is done of an exercise; with ``one_side`` alone in a phase that goes by sides."""
        exercise = self.protocol.exercise[ref.use]
        used = exercise.used_as(ref)
        weak_side = self.layers.last(lambda profile: profile.weak_side, None)
        first_side = self.layers.last(lambda profile: profile.first_side, weak_side or Side.LEFT)
        setup_s = self._dose(ref.use, "setup_s", used.setup_s)
        switch_s = setup_s if used.switch_s is None else used.switch_s
        # A circuit's rounds are its sets.
        sets, rest_s = 1, 0.0
        if circuit is None:
            sets = round(self._dose(ref.use, "sets", used.sets))
            rest_s = self._dose(ref.use, "rest_s", used.rest_s)
            if sets > 1 and used.sides is Sides.EACH and one_side is None and 0 < rest_s < switch_s:
                # Going back to the first side takes its time, however short the rest.
                self.warnings.append(
                    f"the rest of {plain_number(rest_s)} s in '{ref.use}' is made {plain_number(switch_s)} s: "
                    "changing sides takes that long"
                )
                rest_s = switch_s
        takes_sides = used.sides is Sides.EACH if one_side is None else exercise.takes_side
        sides: tuple[Side | None, ...] = (None,)
        if takes_sides:
            sides = (first_side, first_side.other) if one_side is None else (one_side,)
        self._refuse_unfit_doses(ref.use, used, circuit, takes_sides)
        return Prescription(
            id=ref.use,
            exercise=exercise,
            efforts=self._efforts(ref.use, used, circuit, sides),
            sets=sets,
            first_side=one_side or first_side,
            ends_with_first=weak_side is not None and one_side is None,
            rest_ms=to_ms(rest_s),
            setup_ms=to_ms(setup_s),
            switch_ms=to_ms(switch_s),
            tempo=tuple(RepPart(to_ms(part.s), part.say, part.breath) for part in exercise.tempo),
        )

    def _efforts(
        self, name: str, used: Exercise, circuit: Circuit | None, sides: tuple[Side | None, ...]
    ) -> tuple[Effort, ...]:
        if used.hold_s is None:
            assert used.reps is not None
            reps = round(self._dose(name, "reps", used.reps))
            return tuple(Effort(side, reps=reps) for side in sides)
        hold_s: Dose = used.hold_s
        if circuit and circuit.work_s is not None:
            # Without a range: the circuit's times are its own, and a person's hold replaces them unwarned.
            hold_s = Dose(default=circuit.work_s)
        return tuple(Effort(side, hold_ms=to_ms(self._dose(name, "hold_s", hold_s, side))) for side in sides)

    def _refuse_unfit_doses(self, name: str, used: Exercise, circuit: Circuit | None, takes_sides: bool) -> None:
        """Refuse doses that an exercise doesn't have; of a profile, which serves many sessions, some are only noted."""
        for layer in self.layers:
            own = layer.profile.exercise.get(name)
            if own is None:
                continue
            if own.hold_s and used.hold_s is None:
                raise RequestError(f"{layer.by}: '{name}' is done by reps and has no hold_s; set reps or sets instead")
            if own.reps and used.reps is None:
                raise RequestError(f"{layer.by}: '{name}' is a hold and has no reps; set hold_s or sets instead")
            if own.hold_s and (own.hold_s.left or own.hold_s.right) and not takes_sides:
                raise RequestError(f"{layer.by}: '{name}' is not done one side at a time; set one hold_s for it")
            if circuit and (own.sets is not None or own.rest_s is not None):
                message = f"{layer.by}: '{name}' is in a circuit, which has no sets or rests of its own"
                if layer.origin is Origin.COMMAND_LINE:
                    raise RequestError(f"{message}; drop --sets and --rest for it")
                self.warnings.append(f"{message}; those are not used")

    def _dose(self, name: str, what: str, default: Dose | float, side: Side | None = None) -> float:
        """Return a dose after all layers; note where it differs from the protocol's, and where it leaves its range."""
        dose = default if isinstance(default, Dose) else Dose(default=default)
        if what == "hold_s":
            resolved = self.layers.hold(name, side, dose.default)
        else:
            resolved = self.layers.dose(name, what, dose.default)
        value, by = resolved.value, resolved.by
        if by is None:
            return value
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
