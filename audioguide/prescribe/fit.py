"""Fits a session to the minutes that a person has: which doses move inside their ranges, and what is left out.

The cheapest choice of doses that takes the wished time is found by dynamic programming over seconds. What a choice
takes, words included, is estimated, and the estimate corrects the next choice, until the session is as near to the wish
as it can be. What is found is then spoken and timed; where that shows another length than was estimated, the search
runs again, now with the true lengths of what was spoken. So only what is heard is spoken, and little besides.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from audioguide.model.kinds import Detail
from audioguide.model.limits import LONGEST_SESSION_MS
from audioguide.model.profile import Profile
from audioguide.model.protocol import Protocol
from audioguide.model.session import Session
from audioguide.model.timeline import Timeline
from audioguide.model.units import clock
from audioguide.prescribe.dose_options import (
    DoseOption,
    ExerciseOptions,
    cap_options,
    exercise_options,
    name_of_cap,
)
from audioguide.prescribe.dose_ranges import caps_of, ranges_of
from audioguide.prescribe.knapsack import cheapest
from audioguide.prescribe.layers import Layer, Layers, Origin
from audioguide.prescribe.selection import is_acute

WITHIN_MS = 15_000
"""So near to the wished length is near enough: then fewer changes count more than seconds."""

ROOM_MS = 3_000
"""Times are rounded, and words between sets are guessed: so much is left for it."""

# Each costs a session that is composed and scheduled.
_MOST_TRIES = 16

# What takes another aim than the wish is rare, and a wish out of reach leads back each time.
_MOST_RETURNS = 6

# Two do nearly always: by then all but a few words have their true lengths.
_MOST_SEARCHES = 4


class Planner(typing.Protocol):
    """Makes a session of layers and times it: the pipeline with a real voice, or a test with fake lengths."""

    def prescribe(self, layers: Sequence[Layer]) -> Session:
        """Return the session that ``layers`` make, the strongest last."""

    def time(self, session: Session) -> Timeline:
        """Return ``session`` spoken and scheduled."""

    def estimate(self, session: Session) -> Timeline:
        """Return it scheduled without speaking; exact for words that `time` has met."""


class Trial(Struct, frozen=True):
    """A session as it was tried.

    Attributes:
        layer: what was laid over the person's own layers.
        session: the session that this made.
        timeline: its times, words included; estimated until it is found.
    """

    layer: Layer
    session: Session
    timeline: Timeline

    @property
    def length_ms(self) -> int:
        """How long the session takes."""
        return self.timeline.duration_ms


class Fitted(Struct, frozen=True):
    """A fitted session.

    Attributes:
        minutes: the wish.
        best: the session that comes nearest to it.
        reach: the shortest and the longest session that can be had; None where the wish was met.
        moves: whether any dose has a range to move in.
    """

    minutes: int
    best: Trial
    reach: tuple[Trial, Trial] | None
    moves: bool = True

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the person should know: that the wish is out of reach, and what is in it."""
        if self.reach is None:
            return ()
        shortest, longest = (clock(trial.length_ms) for trial in self.reach)
        span = f"from {shortest} to {longest}" if shortest != longest else f"{shortest} and nothing else"
        made = clock(self.best.length_ms)
        ranges = "inside its ranges" if self.moves else "as none of its doses has a range to move in,"
        return (
            f"{_in_words(self.minutes)} can't be reached: {ranges} this session takes {span}; it is made {made} long",
        )


def fit(protocol: Protocol, layers: Sequence[Layer], minutes: int, planner: Planner) -> Fitted:
    """Return the session of ``layers`` that lasts ``minutes``, or comes as near as the ranges allow.

    What the person states stays as it is: their own doses, their level of detail, the option that they chose.

    Args:
        protocol: the checked protocol; of the session's week alone, where weeks differ.
        layers: the person's changes, the strongest last.
        minutes: the wished length.
        planner: makes and times what is tried.
    """
    for _ in range(_MOST_SEARCHES):
        found = _found(protocol, layers, minutes, planner)
        trials = [found.best, *(found.reach or ())]
        timed = [replace(trial, timeline=planner.time(trial.session)) for trial in trials]
        near = found.reach is None and abs(timed[0].length_ms - minutes * 60_000) <= WITHIN_MS
        if near or timed == trials:
            reach = (timed[1], timed[2]) if found.reach else None
            return replace(found, best=timed[0], reach=reach)
    return _found(protocol, layers, minutes, _Exact(planner))


class _Exact(Struct, frozen=True):
    """A planner that speaks whatever it is asked about."""

    planner: Planner

    def prescribe(self, layers: Sequence[Layer]) -> Session:
        return self.planner.prescribe(layers)

    def time(self, session: Session) -> Timeline:
        return self.planner.time(session)

    estimate = time


def _found(protocol: Protocol, layers: Sequence[Layer], minutes: int, planner: Planner) -> Fitted:
    """Return what `fit` does, by estimated lengths."""
    search = _Search(protocol, layers, minutes, planner)
    wish_ms = minutes * 60_000
    stated = any(layer.profile.detail is not None for layer in layers)
    usual = search.trial(None, {})
    details: tuple[Detail | None, ...] = (None,)
    if not stated and usual.length_ms > wish_ms + WITHIN_MS:
        # Instruction gives way before any dose does, by one level. At minimal detail nothing is explained, which nobody
        # asked for, so that it is the last resort.
        details = (Detail.BRIEF, None, Detail.MINIMAL)
    near: list[Trial] = []
    for detail in details:
        near.append(search.nearest(detail, usual if detail is None else search.trial(detail, {}), wish_ms))
        if abs(near[-1].length_ms - wish_ms) <= WITHIN_MS:
            return Fitted(minutes, near[-1], None)
    # The shortest session has the fewest words, the longest the most; but where little is said anyhow, telling that
    # less is said may take longer than what is left out.
    shortest = search.nearest(None, usual, 0)
    if not stated:
        least = search.nearest(Detail.MINIMAL, search.trial(Detail.MINIMAL, {}), 0)
        shortest = _nearest([shortest, least], 0)
    longest = search.nearest(None, usual, LONGEST_SESSION_MS)
    return Fitted(minutes, _nearest(near, wish_ms), (shortest, longest), search.moves(usual))


class _Search:
    """Tries doses of one session."""

    def __init__(self, protocol: Protocol, layers: Sequence[Layer], minutes: int, planner: Planner) -> None:
        self._layers, self._planner = tuple(layers), planner
        self._by = f"fit to {_in_words(minutes)}"
        self._ranges, self._caps = ranges_of(protocol), caps_of(protocol)
        self._acute = is_acute(Layers(layers))
        self._gentle = {item.gentle for item in protocol.items() if item.gentle is not None} if self._acute else set()

    def trial(self, detail: Detail | None, chosen: Mapping[str, DoseOption]) -> Trial:
        """Return the session with ``chosen`` options instead of the usual ones, with estimated times."""
        moved = {name: option for name, option in chosen.items() if option.cost}
        doses = {name: option.doses for name, option in moved.items() if option.doses and not option.caps}
        caps = {number: minutes for option in moved.values() for number, minutes in option.caps.items()}
        skip = tuple(name for name, option in chosen.items() if option.doses is None)
        layer = Layer(self._by, Profile(detail=detail, skip=skip, exercise=doses), Origin.DERIVED, caps)
        session = self._planner.prescribe([*self._layers, layer])
        return Trial(layer, session, self._planner.estimate(session))

    def moves(self, usual: Trial) -> bool:
        """Return whether any exercise may be done otherwise than in ``usual``, or left out."""
        return any(len(exercise.options) > 1 for longer in (False, True) for exercise in self._options(usual, longer))

    def _options(self, usual: Trial, longer: bool) -> Iterator[ExerciseOptions]:
        """Yield what may be done otherwise than in ``usual``."""
        if longer and self._acute:
            # Doses are at their least while pain is acute, however much time there is.
            return
        yield from exercise_options(usual.session, self._layers, self._ranges, kept=self._gentle, longer=longer)
        yield from cap_options(usual.session, self._caps, longer)

    def nearest(self, detail: Detail | None, usual: Trial, wish_ms: int) -> Trial:
        """Return the trial that comes nearest to ``wish_ms``; ``usual`` is the session at its usual doses."""
        if abs(usual.length_ms - wish_ms) <= WITHIN_MS:
            return usual
        exercises = tuple(self._options(usual, wish_ms > usual.length_ms))
        as_usual = {exercise.id: exercise.options[0] for exercise in exercises}
        found, chosen = self._nearest_of(exercises, (usual, as_usual), detail, wish_ms)
        if abs(found.length_ms - wish_ms) <= WITHIN_MS:
            return found
        # Leaving an exercise out changes what is said in its neighbours, so that no two measurements agree. Of the
        # nearest session only doses are moved.
        same = tuple(
            replace(
                exercise,
                options=tuple(
                    option
                    for option in exercise.options
                    if (option.doses is None) == (chosen[exercise.id].doses is None)
                ),
            )
            for exercise in exercises
        )
        return self._nearest_of(same, (found, chosen), detail, wish_ms)[0]

    def _nearest_of(
        self,
        exercises: Sequence[ExerciseOptions],
        start: tuple[Trial, Mapping[str, DoseOption]],
        detail: Detail | None,
        wish_ms: int,
    ) -> tuple[Trial, Mapping[str, DoseOption]]:
        """Return the trial nearest to ``wish_ms``, and what is chosen in it; at worst ``start``."""
        trial, chosen = start
        # What an exercise takes besides its sets, words and getting into position, is measured anew in each trial.
        besides_ms = dict.fromkeys(chosen, 0) | _besides_ms(_kept(chosen), trial)
        fixed_ms = _fixed_ms(_kept(chosen), besides_ms, trial)
        first = tuple(exercise.options.index(chosen[exercise.id]) for exercise in exercises)
        tried = {first: start}
        aim_ms, returns = wish_ms, 0
        for _ in range(_MOST_TRIES):
            groups = [exercise.group(besides_ms[exercise.id]) for exercise in exercises]
            picks = cheapest(groups, (aim_ms - fixed_ms) / 1000, (WITHIN_MS - ROOM_MS) / 1000)
            if picks in tried:
                # The measured times lead back to a choice that was measured already: aim as far beside the wish as
                # that choice missed it, until that leads nowhere either.
                returns += 1
                if returns > _MOST_RETURNS:
                    break
                aim_ms += wish_ms - tried[picks][0].length_ms
                continue
            chosen = {exercise.id: exercise.options[at] for exercise, at in zip(exercises, picks, strict=True)}
            trial = self.trial(detail, chosen)
            tried[picks] = (trial, chosen)
            if abs(trial.length_ms - wish_ms) <= WITHIN_MS:
                break
            besides_ms |= _besides_ms(_kept(chosen), trial)
            fixed_ms = _fixed_ms(_kept(chosen), besides_ms, trial)
        nearest = _nearest([trial for trial, _ in tried.values()], wish_ms)
        return next(one for one in tried.values() if one[0] is nearest)


def _kept(chosen: Mapping[str, DoseOption]) -> dict[str, DoseOption]:
    """Return the options of ``chosen`` in which anything is done."""
    return {name: option for name, option in chosen.items() if option.doses is not None}


def _nearest(trials: Iterable[Trial], wish_ms: int) -> Trial:
    """Return the first of those nearest to ``wish_ms``; all that are near enough count alike.

    So a few seconds never buy more changes.
    """
    return min(trials, key=lambda trial: max(WITHIN_MS, abs(trial.length_ms - wish_ms)))


def _besides_ms(options: Mapping[str, DoseOption], trial: Trial) -> dict[str, int]:
    """Return what each exercise took besides the time of its option: its chapters less that."""
    # The first chapter is the introduction; then each exercise has one, in a circuit one a round.
    chapters = iter(trial.timeline.chapters[1:])
    taken: dict[str, int] = {}
    for phase in trial.session.phases:
        if phase.circuit and phase.circuit.cap:
            # Rounds against the clock are one chapter, whatever is done in them.
            chapter = next(chapters)
            taken[name_of_cap(phase.circuit.cap)] = chapter.end_ms - chapter.start_ms
            continue
        for _ in range(phase.circuit.rounds if phase.circuit else 1):
            for item in phase.prescriptions:
                chapter = next(chapters)
                taken[item.id] = taken.get(item.id, 0) + chapter.end_ms - chapter.start_ms
    return {name: taken[name] - option.time_ms for name, option in options.items()}


def _fixed_ms(options: Mapping[str, DoseOption], besides_ms: Mapping[str, int], trial: Trial) -> int:
    """Return what of a trial no option changes: introduction, circuits, closing."""
    return trial.length_ms - sum(besides_ms[name] + option.time_ms for name, option in options.items())


def _in_words(minutes: int) -> str:
    return f"{minutes} minute{'s' * (minutes != 1)}"
