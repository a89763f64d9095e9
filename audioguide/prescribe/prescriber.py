"""Resolves a protocol for one person: which exercises, on which sides, with which doses, and who changed what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from audioguide.errors import RequestError
from audioguide.model.doses import Dose
from audioguide.model.kinds import Detail, Side, Sides
from audioguide.model.lexicon import Spoken
from audioguide.model.plan import Change, Omitted
from audioguide.model.protocol import Circuit, Exercise, ExerciseRef, Item, Phase, Protocol
from audioguide.model.session import CueSwitches, Effort, Prescription, RepPart, Rounds, Session, SessionPhase
from audioguide.model.text import listed
from audioguide.model.units import LONGEST_SESSION_MS, plain_number, to_ms
from audioguide.model.voice import VoiceSettings
from audioguide.prescribe.layers import Layer, Layers, Resolved
from audioguide.prescribe.names import COMMAND_LINE, doubtful_choices, exercise_refs, not_in_session, refuse_unknown
from audioguide.prescribe.progression import asked_week, week_layer
from audioguide.prescribe.sound_choices import sound_files, sound_settings


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
    week = asked_week(Layers(layers), today)
    grown = None if week is None else week_layer(protocol, week)
    laid = Layers(layers if grown is None else [grown, *layers])
    own_conditions = {name for exercise in protocol.exercise.values() for name in exercise.avoid_if}
    refuse_unknown(protocol, laid, library, own_conditions | set(conditions))
    return _Prescriber(protocol, laid, week).session()


@dataclass(slots=True)
class _Prescriber:
    """Carries what the walk over the phases collects: changes, what is left out, warnings."""

    protocol: Protocol
    layers: Layers
    week: int | None = None
    changes: list[Change] = field(default_factory=list)
    left_out: list[Omitted] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def session(self) -> Session:
        phases = tuple(phase for phase in map(self._phase, self.protocol.phase) if phase.prescriptions)
        self._refuse_empty_or_endless(phases)
        self._warn_of_idle_doses(phases)
        self._warn_of_idle_breath(phases)
        protocol, layers = self.protocol, self.layers
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
            cues=_cue_switches(layers),
            voice=_voice(layers),
            sound=sound_settings(layers),
            files=sound_files(layers),
            lexicon=MappingProxyType(_lexicon(protocol, layers)),
            changes=_sides_together(self.changes),
            left_out=tuple(self.left_out),
            warnings=tuple(dict.fromkeys((*self._idle_week(), *self.warnings))),
            week=self.week,
        )

    def _phase(self, phase: Phase) -> SessionPhase:
        used = [use for item in phase.exercises if (use := self._chosen(item)) is not None]
        return SessionPhase(
            title=phase.title,
            say=phase.say,
            prescriptions=tuple(self._prescription(use, phase.circuit) for use in used),
            circuit=_rounds(phase.circuit),
        )

    def _chosen(self, item: Item) -> ExerciseRef | None:
        """Return what is done in an item's place, or None where the person leaves it out."""
        wanted = self._grown_into(item, self._preferred(item))
        chosen = item.choice in self.layers.naming(lambda profile: profile.choose)
        if skipped_by := self.layers.naming(lambda profile: profile.skip).get(wanted.use):
            if chosen:
                raise RequestError(f"'{wanted.use}' was chosen and skipped; drop one of the two wishes")
            self._leave_out(wanted, f"skipped by {skipped_by}")
            return None
        why = self._avoided(wanted)
        if not why:
            return wanted
        if chosen:
            raise RequestError(f"'{wanted.use}' was chosen but is {why}; choose another or drop one of the two wishes")
        for instead in item.options:
            if not self._avoided(instead):
                self.changes.append(Change(str(item.choice), "choose", None, wanted.use, instead.use, why))
                return instead
        self._leave_out(wanted, why)
        return None

    def _preferred(self, item: Item) -> ExerciseRef:
        """Return the option that the strongest layer chooses, else the first."""
        usual = item.options[0]
        if item.choice is None:
            return usual
        for layer in reversed(tuple(self.layers)):
            name = layer.profile.choose.get(item.choice, usual.use)
            if name != usual.use:
                self.changes.append(Change(item.choice, "choose", None, usual.use, name, layer.by))
            if item.choice in layer.profile.choose:
                return next(use for use in item.options if use.use == name)
        if item.gentle is not None and self.layers.last(lambda profile: profile.acute, False):
            if item.gentle != usual.use:
                self.changes.append(Change(item.choice, "choose", None, usual.use, item.gentle, "the acute phase"))
            return next(use for use in item.options if use.use == item.gentle)
        return usual

    def _grown_into(self, item: Item, usual: ExerciseRef) -> ExerciseRef:
        """Return the harder exercise where the week has come for it; not while pain is acute."""
        acute = self.layers.last(lambda profile: profile.acute, False)
        if item.harder is None or self.week is None or self.week < item.harder.from_week or acute:
            return usual
        skipped = item.harder.use in self.layers.naming(lambda profile: profile.skip)
        if skipped or self._avoided(ExerciseRef(use=item.harder.use)):
            return usual
        self.changes.append(Change(usual.use, "exercise", None, usual.use, item.harder.use, f"week {self.week}"))
        return ExerciseRef(use=item.harder.use)

    def _idle_week(self) -> Iterator[str]:
        programme = self.protocol.programme
        grows = programme is not None and programme.grow_until_week is not None
        if self.week is not None and not grows:
            yield f"this protocol does not grow over the weeks; week {self.week} is like any other"

    def _avoided(self, use: ExerciseRef) -> str:
        wanted = self.layers.naming(lambda profile: profile.avoid)
        reasons = [condition for condition in self.protocol.exercise[use.use].avoid_if if condition in wanted]
        return f"avoided: {listed(reasons)}" if reasons else ""

    def _leave_out(self, use: ExerciseRef, why: str) -> None:
        self.left_out.append(Omitted(use.use, self.protocol.exercise[use.use].name, why))

    def _prescription(self, use: ExerciseRef, circuit: Circuit | None) -> Prescription:
        exercise = self.protocol.exercise[use.use]
        weak_side = self.layers.last(lambda profile: profile.weak_side, None)
        first_side = self.layers.last(lambda profile: profile.first_side, weak_side or Side.LEFT)
        setup = self._number(use.use, "setup_s", exercise.setup_s if use.setup_s is None else use.setup_s)
        switch = setup if exercise.switch_s is None else exercise.switch_s
        sets, rest = (1, 0.0) if circuit else self._sets_and_rest(use, exercise, switch)
        return Prescription(
            id=use.use,
            exercise=exercise,
            efforts=self._efforts(use, exercise, circuit, first_side),
            sets=sets,
            first_side=first_side,
            ends_with_first=weak_side is not None,
            rest_ms=to_ms(rest),
            setup_ms=to_ms(setup),
            switch_ms=to_ms(switch),
            tempo=tuple(RepPart(to_ms(part.s), part.say, part.breath) for part in exercise.tempo),
        )

    def _sets_and_rest(self, use: ExerciseRef, exercise: Exercise, switch_s: float) -> tuple[int, float]:
        sets = round(self._dose(use.use, "sets", exercise.sets.overridden(use.sets)))
        rest_s = self._number(use.use, "rest_s", exercise.rest_s if use.rest_s is None else use.rest_s)
        if sets > 1 and exercise.sides is Sides.EACH and 0 < rest_s < switch_s:
            # Going back to the first side takes its time, however short the rest.
            longer, asked = plain_number(switch_s), plain_number(rest_s)
            self.warnings.append(
                f"the rest of {asked} s in '{use.use}' is made {longer} s: changing sides takes that long"
            )
            rest_s = switch_s
        return sets, rest_s

    def _efforts(
        self, use: ExerciseRef, exercise: Exercise, circuit: Circuit | None, first: Side
    ) -> tuple[Effort, ...]:
        sides: tuple[Side | None, ...] = (first, first.other) if exercise.sides is Sides.EACH else (None,)
        self._refuse_sided_doses(use.use, exercise, circuit)
        if exercise.hold_s is None:
            assert exercise.reps is not None
            reps = round(self._dose(use.use, "reps", exercise.reps.overridden(use.reps)))
            return tuple(Effort(side, reps=reps) for side in sides)
        dose: Dose = exercise.hold_s.overridden(use.hold_s)
        if circuit and circuit.work_s is not None:
            dose = type(dose)(default=circuit.work_s)
        return tuple(Effort(side, hold_ms=to_ms(self._hold(use.use, side, dose))) for side in sides)

    def _refuse_sided_doses(self, name: str, exercise: Exercise, circuit: Circuit | None) -> None:
        for layer in self.layers:
            own = layer.profile.exercise.get(name)
            if own is None:
                continue
            if own.hold_s and exercise.hold_s is None:
                raise RequestError(f"{layer.by}: '{name}' is done by reps and has no hold_s; set reps or sets instead")
            if own.reps and exercise.reps is None:
                raise RequestError(f"{layer.by}: '{name}' is a hold and has no reps; set hold_s or sets instead")
            if own.hold_s and (own.hold_s.left or own.hold_s.right) and exercise.sides is not Sides.EACH:
                raise RequestError(f"{layer.by}: '{name}' is not done one side at a time; set one hold_s for it")
            if circuit and (own.sets is not None or own.rest_s is not None):
                self._note_no_sets(name, layer)

    def _note_no_sets(self, name: str, layer: Layer) -> None:
        """Refuse sets and rests in a circuit where they were asked for this session; a profile serves many."""
        message = f"{layer.by}: '{name}' is in a circuit, which has no sets or rests of its own"
        if layer.by == COMMAND_LINE:
            raise RequestError(f"{message}; drop --sets and --rest for it")
        self.warnings.append(f"{message}; those are not used")

    def _hold(self, name: str, side: Side | None, dose: Dose) -> float:
        return self._taken(name, "hold_s", side, dose, self.layers.hold(name, side, dose.default))

    def _dose(self, name: str, what: str, dose: Dose) -> float:
        resolved = self.layers.dose(name, lambda own: getattr(own, what), dose.default)
        return self._taken(name, what, None, dose, resolved)

    def _number(self, name: str, what: str, default: float) -> float:
        resolved = self.layers.dose(name, lambda own: getattr(own, what), default)
        return self._taken(name, what, None, None, resolved, default)

    def _taken(
        self, name: str, what: str, side: Side | None, dose: Dose | None, resolved: Resolved, default: float = 0.0
    ) -> float:
        """Note a change and a dose outside its range; return the value."""
        before, value = dose.default if dose else default, resolved.value
        if resolved.by is not None and value != before:
            self.changes.append(Change(name, what, side, plain_number(before), plain_number(value), resolved.by))
        if resolved.by is not None and dose is not None and not dose.holds(value):
            self.warnings.append(_outside(name, what, dose, value, resolved.by))
        return value

    def _refuse_empty_or_endless(self, phases: tuple[SessionPhase, ...]) -> None:
        if not phases:
            reasons = listed(f"{item.exercise} ({item.why})" for item in self.left_out)
            raise RequestError(f"nothing is left to do: {reasons}; leave at least one exercise in")
        total_ms = sum(_work_ms(phase) for phase in phases)
        if total_ms > LONGEST_SESSION_MS:
            hours = plain_number(round(total_ms / 3_600_000, 1))
            raise RequestError(
                f"the session would take over {hours} hours; at most 24 are possible, so shorten its doses"
            )

    def _warn_of_idle_doses(self, phases: tuple[SessionPhase, ...]) -> None:
        done = {item.id for phase in phases for item in phase.prescriptions}
        self.warnings += doubtful_choices(self.protocol, self.layers)
        for layer, name in not_in_session(self.layers, {use.use for use in exercise_refs(self.protocol)}, done):
            self.warnings.append(f"{layer.by}: doses for '{name}' are not used, as it is not done in this session")

    def _warn_of_idle_breath(self, phases: tuple[SessionPhase, ...]) -> None:
        paced = any(item.paced for phase in phases for item in phase.prescriptions)
        if sound_settings(self.layers).breath is not None and not paced:
            self.warnings.append("the breath pacer is on, but no exercise of this session asks for deep breathing")


def _sides_together(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return each change once; where both sides changed alike, as one change of the exercise."""
    distinct = dict.fromkeys(changes)
    together = {
        change: replace(change, side=None)
        for change in distinct
        if change.side and replace(change, side=change.side.other) in distinct
    }
    return tuple(dict.fromkeys(together.get(change, change) for change in distinct))


def _outside(name: str, what: str, dose: Dose, value: float, by: str) -> str:
    low, high = (plain_number(limit) if limit is not None else "…" for limit in (dose.min, dose.max))
    return f"{by}: {what} {plain_number(value)} for '{name}' is outside the protocol's {low} to {high}; done as asked"


def _work_ms(phase: SessionPhase) -> int:
    """Return how long a phase takes at least, before anything is said."""
    once_ms = sum(map(_sets_ms, phase.prescriptions))
    if not phase.prescriptions or phase.circuit is None:
        return once_ms + sum(item.setup_ms for item in phase.prescriptions)
    rounds = phase.circuit
    rests_ms = (len(phase.prescriptions) - 1) * rounds.rest_ms * rounds.rounds + (
        rounds.rounds - 1
    ) * rounds.round_rest_ms
    return phase.prescriptions[0].setup_ms + rounds.rounds * once_ms + rests_ms


def _sets_ms(item: Prescription) -> int:
    work_ms = sum(effort.hold_ms or (effort.reps or 0) * item.rep_ms for effort in item.efforts)
    moves_ms = item.switch_ms * (len(item.efforts) - 1)
    return item.sets * (work_ms + moves_ms) + (item.sets - 1) * item.rest_ms


def _rounds(circuit: Circuit | None) -> Rounds | None:
    if circuit is None:
        return None
    between = circuit.rest_s if circuit.round_rest_s is None else circuit.round_rest_s
    return Rounds(circuit.rounds, to_ms(circuit.rest_s), to_ms(between))


def _cue_switches(layers: Layers) -> CueSwitches:
    def on(name: str) -> bool:
        return layers.last(lambda profile: getattr(profile.cues, name), True)

    return CueSwitches(*(on(name) for name in ("halfway", "ten_seconds", "countdown", "tips")))


def _voice(layers: Layers) -> VoiceSettings:
    default = VoiceSettings()
    return VoiceSettings(
        engine=layers.last(lambda profile: profile.voice.engine, default.engine),
        voice=layers.last(lambda profile: profile.voice.id, default.voice),
        rate_wpm=layers.last(lambda profile: profile.voice.rate_wpm, default.rate_wpm),
        volume=layers.last(lambda profile: profile.voice.volume, default.volume),
    )


def _lexicon(protocol: Protocol, layers: Layers) -> dict[str, Spoken]:
    return protocol.lexicon | {key: word for layer in layers for key, word in layer.profile.lexicon.items()}
