"""Resolves a protocol for one person: which exercises, on which sides, with which doses, and who changed what."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from itertools import product, starmap
from types import MappingProxyType

from msgspec.structs import replace

from audioguide.errors import RequestError
from audioguide.model.doses import Dose, Minutes, Seconds
from audioguide.model.kinds import Detail, Side, Sides
from audioguide.model.limits import LONGEST_SESSION_MS
from audioguide.model.plan import Change
from audioguide.model.protocol import Circuit, Exercise, ExerciseRef, Phase, Protocol
from audioguide.model.protocol_weeks import all_weeks, differs_by_week, stated_weeks
from audioguide.model.recorded import recordings_of
from audioguide.model.session import (
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
from audioguide.model.units_of_texts import in_units
from audioguide.prescribe.circumstances import circumstances_of
from audioguide.prescribe.cue_choices import (
    cue_switches,
    own_calls,
    own_switches,
    unsaid_calls,
    untimed_calls,
    without_more,
)
from audioguide.prescribe.doses_of_week import GrownDoses
from audioguide.prescribe.equipment import gather_ms
from audioguide.prescribe.language_choice import session_language
from audioguide.prescribe.layers import Layer, Layers, Origin, Resolved
from audioguide.prescribe.names import (
    overruled_weak_side,
    refuse_two_treated_sides,
    refuse_unknown,
    unused_wishes,
    wishes_of_other_weeks,
)
from audioguide.prescribe.progression import protocol_of, requested_week
from audioguide.prescribe.selection import ACUTE, Selector, is_acute
from audioguide.prescribe.set_doses import Rests, SetDoses, circuit_efforts, rests, set_doses, without_lists
from audioguide.prescribe.shuffling import day_of_seed, has_shuffled, seed_of_day, shuffled
from audioguide.prescribe.sound_choices import breath_settings
from audioguide.prescribe.tempo_wishes import TempoWish, tempo_in_words, with_tempo
from audioguide.prescribe.weak_side import weak_side_sets


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
        RequestError: for names nothing bears, sides an exercise hasn't or that contradict each other, nothing left to
            do, over 24 hours, a start in the future, or a week that the protocol doesn't have.
    """
    if (language := session_language(protocol, Layers(layers))) != protocol.language:
        protocol = protocol.model_copy(update={"language": language})
    protocol = in_units(protocol, Layers(layers).last(lambda profile: profile.units, None))
    asked = requested_week(Layers(layers), today)
    # Where weeks differ, there is no session without a week; who names none has not begun yet.
    week = 1 if asked is None and stated_weeks(protocol) else asked
    this_week = protocol_of(protocol, week)
    laid = Layers(layers)
    own_conditions = {name for exercise in protocol.exercise.values() for name in exercise.avoid_if}
    refuse_two_treated_sides(laid)
    refuse_unknown(protocol, laid, library, {*own_conditions, *protocol.conditions, *conditions})
    seed = laid.last(lambda profile: profile.seed, None)
    if seed is None:
        # Who builds each day wants another order each day; a plan says the seed, which gives the same again.
        seed = 0 if today is None else seed_of_day(today)
    weeks_differ = bool(stated_weeks(protocol))

    def session_in(number: int | None, *below: Layer, laid_over: Sequence[Layer]) -> Session:
        doses, of_number = Layers([*below, *laid_over]), protocol_of(protocol, number)
        return _Prescriber(of_number, doses, number, weeks_differ=weeks_differ, seed=seed).session()

    session, grown = _at_doses_of_week(protocol, layers, week, session_in)
    warnings = [*grown.notes]
    if asked != week:
        weeks = all_weeks(protocol)
        warnings.append(
            f"this protocol has {weeks}, and no week is named: it is week 1; name yours with --week, or the day you "
            "began with --started"
        )
    if week is not None:
        warnings += wishes_of_other_weeks(protocol, this_week, laid, week)
    circumstances = circumstances_of(session, protocol, laid)
    if is_acute(laid) and not circumstances.eased:
        warnings.append("pain is acute, but this protocol has no gentle option and no dose with a range to ease")
    return replace(
        session,
        warnings=tuple(dict.fromkeys([*warnings, *session.warnings])),
        circumstances=circumstances,
        growth_waits=grown.waits,
    )


class _SessionIn(typing.Protocol):
    """Makes the session of a week from what lies below the person's layers, and those laid over it."""

    def __call__(self, number: int | None, *below: Layer, laid_over: Sequence[Layer]) -> Session: ...


def _at_doses_of_week(
    protocol: Protocol, layers: Sequence[Layer], week: int | None, session_in: _SessionIn
) -> tuple[Session, GrownDoses]:
    """Return the session at the doses of its week, or at the least ones while pain is acute, and what these are.

    The weaker side's further sets come to them, and growth leaves room for those.
    """
    # No week's growth depends on what is worked out later, such as doses fitted to minutes.
    own = [layer for layer in layers if layer.origin is not Origin.DERIVED]
    this_week, laid = protocol_of(protocol, week), Layers(layers)

    def doses_of_week(reserved_ms: int = 0) -> GrownDoses:
        # Growth is loaded only where doses grow or are at their least, which most sessions do without.
        if is_acute(laid):
            from audioguide.prescribe.growth import least_doses

            # Nothing grows while pain is acute, whatever week it is.
            return GrownDoses(least_doses(this_week, ACUTE))
        if week is None:
            return GrownDoses(None)
        from audioguide.prescribe.growth import grown_doses

        least_in = partial(session_in, laid_over=own)
        return grown_doses(protocol, week, Layers(own), least_in, reserved_ms=reserved_ms)

    grown = doses_of_week()
    session = session_in(week, *grown.layers, laid_over=layers)
    if (more := weak_side_sets(session, this_week, laid)) is not None:
        longer = session_in(week, *grown.layers, more, laid_over=layers)
        grown = doses_of_week(longer.work_ms - session.work_ms)
        session = session_in(week, *grown.layers, laid_over=layers)
        more = weak_side_sets(session, this_week, laid) or more
        session = session_in(week, *grown.layers, more, laid_over=layers)
    return session, grown


class _Prescriber:
    """Carries what the walk over the phases collects: changes, what is left out, warnings."""

    def __init__(self, protocol: Protocol, layers: Layers, week: int | None, weeks_differ: bool, seed: int) -> None:
        self.seed, self.day = seed if has_shuffled(protocol) else None, day_of_seed(seed)
        self.protocol, self.layers, self.week, self.weeks_differ = protocol, layers, week, weeks_differ
        self.selector, self.acute = Selector(protocol, layers, week), is_acute(layers)
        self.weak_side = layers.last(lambda profile: profile.weak_side, None)
        self.first_side = layers.last(lambda profile: profile.first_side, self.weak_side or Side.LEFT)
        self.derived = {layer.by for layer in layers if layer.origin is Origin.DERIVED}
        self.own_layers = Layers([layer for layer in layers if layer.origin is not Origin.DERIVED])
        self.changes: list[Change] = []
        self.left_out: list[Omission] = []
        self.warnings: list[str] = []

    def session(self) -> Session:
        protocol, layers = self.protocol, self.layers
        if self.week is not None and not (differs_by_week(protocol) or self.weeks_differ):
            self.warnings.append(f"this protocol does not grow over the weeks; week {self.week} is like any other")
        phases = tuple(phase for phase in starmap(self._phase, enumerate(protocol.phase, 1)) if phase.prescriptions)
        if not phases:
            reasons = listed(f"{omission.exercise} ({omission.why})" for omission in self.left_out)
            when = f" in week {self.week}" if self.weeks_differ else ""
            raise RequestError(f"nothing is left to do{when}: {reasons}; leave at least one exercise in")
        states_detail = layers.stating(lambda profile: profile.detail)
        if states_detail is not None and states_detail.origin is Origin.DERIVED:
            # Nobody asked for fewer words, so that a person must be told.
            after, by = str(states_detail.profile.detail), states_detail.by
            self.changes.append(Change("session", "detail", side=None, before=Detail.FULL, after=after, by=by))
        # Words come on top and are checked when they are timed; this refuses a slip before a voice starts.
        work_ms = sum(phase.work_ms for phase in phases)
        if work_ms > LONGEST_SESSION_MS:
            hours = plain_number(round(work_ms / 3_600_000, 1))
            longest = max(phases, key=lambda phase: phase.work_ms)
            raise RequestError(
                f"{protocol.id}: the session would take over {hours} hours; at most 24 are possible, so shorten its "
                f"doses, first those of '{longest.title}'"
            )
        detail = layers.last(lambda profile: profile.detail, Detail.FULL)
        encouraging = layers.last(lambda profile: profile.encouragement, True)
        # At minimal detail no word has variants.
        varies = self.seed is not None or (encouraging and detail is not Detail.MINIMAL)
        for layer in layers:
            if layer.origin is Origin.COMMAND_LINE and layer.profile.seed is not None and not varies:
                self.warnings.append("nothing is shuffled or varies in this session, so the seed changes nothing")
        breath = breath_settings(layers)
        items = [item for phase in phases for item in phase.prescriptions]
        self.warnings += unused_wishes(protocol, layers, done={item.id for item in items})
        self.warnings += overruled_weak_side(layers, items)
        if breath is not None and not any(item.paced for item in items):
            self.warnings.append("the breath pacer is on, but no exercise of this session asks for deep breathing")
        return Session(
            protocol=protocol.id,
            title=protocol.title,
            language=protocol.language,
            profile=layers.last(lambda profile: profile.name, None),
            summary=protocol.summary,
            safety=protocol.safety,
            red_flags=protocol.red_flags,
            closing=protocol.closing_in(self.week),
            see_professional=protocol.see_professional,
            phases=phases,
            detail=detail,
            cues=cue_switches(layers),
            greeting=layers.last(lambda profile: profile.greeting, None),
            gather_ms=gather_ms(layers, {thing for item in items for thing in item.exercise.equipment}),
            put_by=MappingProxyType(protocol.put_by),
            recordings=MappingProxyType(recordings_of(protocol)),
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
            day=self.day,
            encouraging=encouraging,
            encouragement=protocol.encouragement,
            check=protocol.check,
            check_again=protocol.check_again,
            done=protocol.done,
        )

    def _phase(self, number: int, phase: Phase) -> SessionPhase:
        refs: list[ExerciseRef] = []
        for item in phase.exercises if self.seed is None or not phase.shuffle else shuffled(phase, self.seed):
            selected = self.selector.select(item)
            self.changes += selected.changes
            self.left_out += [] if selected.omission is None else [selected.omission]
            refs += [] if selected.ref is None else [selected.ref]
        circuit = phase.circuit
        # Of one treated side there are no turns: each exercise says it, as anywhere else.
        by_side = phase.sides is not None and self.layers.last(lambda profile: profile.only_side, None) is None
        turns = (self.first_side, self.first_side.other) if by_side else (None,)
        items = tuple(self._prescription(ref, phase, turn) for turn in turns for ref in refs)
        rounds = None if circuit is None else _rounds(circuit, items)
        if rounds is not None and circuit is not None and circuit.minutes is not None:
            rounds = replace(rounds, cap=self._cap(number, phase.title, circuit.minutes))
        return SessionPhase(
            title=phase.title,
            say=phase.say,
            prescriptions=items,
            circuit=rounds,
            by_side=by_side,
            shuffled=phase.shuffle,
            encouragement=phase.encouragement,
        )

    def _cap(self, number: int, title: str, minutes: Minutes) -> TimeCap:
        """Return how long the rounds of a phase go on; note where that is not the protocol's own time."""
        resolved = self.layers.cap(number, minutes.default)
        if resolved.by is not None and resolved.value != minutes.default:
            before, after = plain_number(minutes.default), plain_number(resolved.value)
            self.changes.append(Change(title, "minutes", side=None, before=before, after=after, by=resolved.by))
        return TimeCap(number, to_ms(resolved.value * 60))

    def _prescription(self, ref: ExerciseRef, phase: Phase, turn: Side | None) -> Prescription:
        """Return what is done of an exercise; in a phase that goes by sides, what the side of this ``turn`` does."""
        exercise, circuit = self.protocol.exercise[ref.use], phase.circuit
        if self.acute:
            exercise = without_more(exercise)
        used = stated = exercise.used_as(ref)
        if phase.sides is not None:
            takes_side = exercise.takes_side if ref.sides is None else ref.sides is Sides.EACH
            used = used.model_copy(update={"sides": Sides.EACH if takes_side else Sides.BOTH})
        against_clock = circuit is not None and circuit.minutes is not None
        used = self._at_own_tempo(ref.use, self._on_treated_side(ref.use, used), timed=not against_clock)
        sides, by_side = used.sides, turn is not None and used.sides is Sides.EACH
        if by_side:
            used = used.model_copy(update={"sides": Sides(f"{turn}")})
        only_side = used.sides.only
        first_side = turn or only_side or self.first_side
        resolved = self.layers.dose(ref.use, "setup_s", used.setup_s)
        setup_s = self._noted(ref.use, "setup_s", (Dose(default=used.setup_s),), resolved)[0]
        switch_s = setup_s if used.switch_s is None else used.switch_s
        self._refuse_unfit_doses(ref, used, circuit, by_side)
        own_rests = Rests()
        if circuit is None:
            doses = set_doses(ref.use, used, self.layers, first=first_side, noted=partial(self._noted, ref.use))
            own_rests = self._rests(ref.use, used, doses.sets, switch_s)
        else:
            # A circuit's rounds are its sets.
            doses = SetDoses(self._circuit_efforts(ref, used, circuit, first_side))
        self.warnings += untimed_calls(ref.use, used) if against_clock else unsaid_calls(ref.use, used, doses.efforts)
        return Prescription(
            id=ref.use,
            exercise=exercise if sides is exercise.sides else exercise.model_copy(update={"sides": sides}),
            efforts=doses.efforts,
            sets=doses.sets,
            by_set=doses.by_set,
            first_side=first_side,
            ends_with_first=self.weak_side is not None and only_side is None and turn is None,
            by_side=by_side,
            rest_ms=None if own_rests.last_s is None else to_ms(own_rests.last_s),
            rests_ms=tuple(map(to_ms, own_rests.between_s)),
            setup_ms=to_ms(setup_s),
            switch_ms=to_ms(switch_s),
            # A part of no time is none: tempos are written in four figures, such as 2-0-2-1.
            tempo=tuple(RepPart(to_ms(part.s), part.say, part.breath) for part in used.tempo if part.s > 0),
            cues=own_switches(self.layers, used),
            calls=() if against_clock else own_calls(used),
            call_every_ms=None if against_clock or used.every_s is None else to_ms(used.every_s),
            note=self.layers.note(ref.use),
            station=Station() if circuit is None else self._station(ref, used, circuit, setup_s),
            stated=stated,
        )

    def _station(self, ref: ExerciseRef, used: Exercise, circuit: Circuit, setup_s: float) -> Station:
        """Return what an exercise has of its own in a circuit, of which ``setup_s`` is already this person's."""
        work = None if used.hold_s is None else circuit.work_of(ref)
        rest_ms = None
        if ref.rest_s is not None:
            # A circuit's rounds are its sets, so that nobody lists one a set here.
            rest_s = ref.rest_s[0] if isinstance(ref.rest_s, tuple) else ref.rest_s
            own = without_lists(self.own_layers, ref.use).dose(ref.use, "rest_s", rest_s)
            rest_ms = to_ms(self._noted(ref.use, "rest_s", (Dose(default=rest_s),), own)[0])
        return Station(
            fixed_work=work is not None and not work.ranged,
            rest_ms=rest_ms,
            setup_ms=None if ref.setup_s is None else to_ms(setup_s),
        )

    def _on_treated_side(self, name: str, used: Exercise) -> Exercise:
        """Return the exercise on the person's treated side, where they name one and it is done on both in turn."""
        layer = self.layers.stating(lambda profile: profile.only_side)
        only = None if layer is None else layer.profile.only_side
        if layer is None or only is None or used.sides is Sides.BOTH or used.sides.only is only:
            return used
        if used.sides.only is not None:
            self.warnings.append(
                f"'{name}' stays on the {used.sides} side: the protocol states it for that side, so the treated side, "
                f"{only}, does not change it"
            )
            return used
        self.changes.append(Change(name, "sides", side=None, before=used.sides, after=only, by=layer.by))
        return used.model_copy(update={"sides": Sides(only)})

    def _at_own_tempo(self, name: str, used: Exercise, timed: bool) -> Exercise:
        """Return the exercise with the person's tempo, where they state one and its reps are ``timed``."""
        own = [layer for layer in self.layers if name in layer.profile.exercise and layer.profile.exercise[name].tempo]
        if not own:
            return used
        by, tempo = own[-1].by, own[-1].profile.exercise[name].tempo
        where = own[-1].place(f"exercise.{name}.tempo")
        if used.reps is None or tempo is None:
            raise RequestError(f"{where}: '{name}' is a hold and has no tempo; drop it")
        if not timed:
            self.warnings.append(
                f"{by}: '{name}' is in rounds against the clock, where each person goes at their own pace; "
                "its tempo is not used there"
            )
            return used
        changed = with_tempo(name, used, TempoWish(tempo, where, self.protocol.language))
        before, after = tempo_in_words(used), tempo_in_words(changed)
        if before != after:
            self.changes.append(Change(name, "tempo", side=None, before=before, after=after, by=by))
        return changed

    def _circuit_efforts(self, ref: ExerciseRef, used: Exercise, circuit: Circuit, first: Side) -> tuple[Effort, ...]:
        layers, name = self.layers, ref.use
        work = None if used.hold_s is None else circuit.work_of(ref)
        if work is not None:
            used = used.model_copy(update={"hold_s": Seconds(default=work.default, min=work.min, max=work.max)})
            if not work.ranged:
                # The circuit's times are its own. A person's hold replaces them unwarned, one that is worked out from
                # the exercise's range elsewhere does not.
                layers = self.own_layers
        return circuit_efforts(name, used, layers, first=first, noted=partial(self._noted, name))

    def _rests(self, name: str, used: Exercise, sets: int, switch_s: float) -> Rests:
        found = rests(name, used, self.layers, sets=sets, noted=partial(self._noted, name))
        if sets == 1 or used.sides is not Sides.EACH:
            return found
        between_s = found.between_s or (() if found.last_s is None else (found.last_s,))
        for rest_s in dict.fromkeys(between_s):
            if rest_s < switch_s:
                # Going back to the first side takes its time, however short the rest.
                self.warnings.append(
                    f"the rest of {plain_number(rest_s)} s in '{name}' is made {plain_number(switch_s)} s: "
                    "changing sides takes that long"
                )
        return found.at_least(switch_s)

    def _refuse_unfit_doses(self, ref: ExerciseRef, used: Exercise, circuit: Circuit | None, by_side: bool) -> None:
        """Refuse doses that an exercise doesn't have; of a profile, which serves many sessions, some are only noted."""
        name = ref.use
        for layer in self.layers:
            own = layer.profile.exercise.get(name)
            if own is None:
                continue
            for key, lacking in (
                ("hold_s", "is done by reps and has no hold_s; set reps or sets instead"),
                ("repeat", "has no hold that is repeated in one go; set sets instead"),
                ("reps", "is a hold and has no reps; set hold_s or sets instead"),
            ):
                if getattr(own, key) and getattr(used, key) is None:
                    raise RequestError(f"{layer.place(f'exercise.{name}.{key}')}: '{name}' {lacking}")
            for key, dose in (("hold_s", own.hold_s), ("reps", own.reps), ("sets", own.sets)):
                if dose and dose.sided and not used.sides.one_at_a_time:
                    where = layer.place(f"exercise.{name}.{key}")
                    raise RequestError(f"{where}: '{name}' is not done one side at a time; set one {key} for it")
                # The other side's is that of its own turn.
                if dose and not by_side and (only := used.sides.only) and dose.for_side(only) is None:
                    self.warnings.append(
                        f"{layer.by}: '{name}' is done on the {only} only; the {key} of the {only.other} is not used"
                    )
            # What is worked out for an exercise goes for all its places, also those outside the circuit.
            unused = own.sets is not None or (own.rest_s is not None and ref.rest_s is None)
            if circuit and layer.origin is not Origin.DERIVED and unused:
                message = f"{layer.by}: '{name}' is in a circuit, which has no sets or rests of its own"
                if layer.origin is Origin.COMMAND_LINE:
                    raise RequestError(f"{message}; drop --sets and --rest for it")
                self.warnings.append(f"{message}; those are not used")
            listed_rests = isinstance(own.rest_s, tuple) and ref.rest_s is not None
            if circuit and layer.origin is not Origin.DERIVED and (own.listed or listed_rests):
                message = f"{layer.by}: '{name}' is in a circuit, whose rounds are its sets"
                if layer.origin is Origin.COMMAND_LINE:
                    raise RequestError(f"{message}; state one number for it")
                self.warnings.append(f"{message}; a list of doses is not used")

    def _noted(
        self, name: str, what: str, doses: tuple[Dose, ...], resolved: Resolved, side: Side | None = None
    ) -> tuple[float, ...]:
        """Return a resolved dose; note where it differs from the protocol's, and where it leaves its range.

        Args:
            name: the exercise's id.
            what: the field.
            doses: the protocol's dose of each set, or one for all; none where it states none.
            resolved: the dose after all layers.
            side: the side that it is for.
        """
        values, by = resolved.values, resolved.by
        if by is None:
            return values
        usual = tuple(dose.default for dose in doses)
        if by in self.derived and what in ("hold_s", "repeat", "reps", "sets"):
            # What is worked out for an exercise goes for all its places; each keeps its own form and range.
            values = tuple(map(_inside, values, doses)) if len(values) == len(doses) else usual
        after = _in_words(values)
        if values != usual:
            before = _in_words(usual) or "not stated"
            self.changes.append(Change(exercise=name, what=what, side=side, before=before, after=after, by=by))
        # One number for all sets, or a list where the protocol has one number, is held to each of the other.
        pairs = zip(values, doses, strict=True) if len(values) == len(doses) else product(values, doses)
        for dose in dict.fromkeys((dose.min, dose.max) for value, dose in pairs if not dose.holds(value)):
            # A range is the protocol's advice: a dose outside is the person's own decision, done and said.
            low, high = (plain_number(limit) if limit is not None else "…" for limit in dose)
            self.warnings.append(
                f"{by}: {what} {after} for '{name}' is outside the protocol's {low} to {high}; done as asked"
            )
        return values


def _inside(value: float, dose: Dose) -> float:
    """Return a derived value inside a dose's range; one without a range has its default only."""
    ranged = dose.min is not None and dose.max is not None
    return min(max(value, dose.min or 0), dose.max or value) if ranged else dose.default


def _in_words(values: tuple[float, ...]) -> str:
    return ", ".join(map(plain_number, values))


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
        change: dataclasses.replace(change, side=None)
        for change in distinct
        if change.side and dataclasses.replace(change, side=change.side.other) in distinct
    }
    return tuple(dict.fromkeys(together.get(change, change) for change in distinct))
