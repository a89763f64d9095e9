from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.errors import RequestError
from audioguide.library.protocol_files import load_protocol
from audioguide.model.kinds import Day
from audioguide.model.protocol import Programme, TimesAWeek
from audioguide.prescribe.dose_ranges import ranges_of
from audioguide.prescribe.layers import Layers
from audioguide.prescribe.progression import requested_week
from audioguide.prescribe.training_days import session_dates, training_days
from tests.helpers import HOLD, layer, parsed, session_of, timed

HIP_FLEXOR = load_protocol("hip-flexor")
MONDAY = date(2026, 11, 23)


def week(number: int):
    return session_of(HIP_FLEXOR, layer(week=number))


# Days


@pytest.mark.parametrize(
    ("times", "days"), [(1, "mon"), (2, "mon thu"), (3, "mon wed fri"), (7, "mon tue wed thu fri sat sun")]
)
def test_days_are_spread_over_the_week(times, days):
    found = training_days(Programme(times_a_week=TimesAWeek(default=times)))
    assert len(found) == times
    assert found[0] == Day.MONDAY
    assert times != 2 or found == (Day.MONDAY, Day.THURSDAY)
    assert times != 7 or " ".join(found) == days


def test_every_day_for_fourteen_days_then_the_chosen_ones():
    dates = session_dates(HIP_FLEXOR.programme, MONDAY, 4, (Day.FRIDAY, Day.TUESDAY, Day.SUNDAY))
    assert dates[:14] == tuple(MONDAY + timedelta(days=number) for number in range(14))
    assert [day.strftime("%a") for day in dates[14:]] == ["Tue", "Fri", "Sun"] * 2


def test_too_many_days_or_too_few_are_refused():
    for days in ((Day.MONDAY,), tuple(Day)):
        with pytest.raises(RequestError, match="3 to 4"):
            training_days(HIP_FLEXOR.programme, days)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_dates_are_in_order_each_once_and_inside_the_weeks(start, weeks):
    dates = session_dates(HIP_FLEXOR.programme, start, weeks)
    assert list(dates) == sorted(set(dates))
    assert start <= dates[0] <= dates[-1] < start + timedelta(weeks=weeks)


# Growth


@pytest.mark.parametrize(("number", "end"), [(1, "min"), (8, "max"), (500, "max")])
def test_doses_start_at_their_min_and_reach_their_max_where_nothing_holds_them_back(number, end):
    assert HIP_FLEXOR.programme
    free = HIP_FLEXOR.programme.model_copy(update={"growth_percent": 1000.0, "longest_min": 90.0})
    protocol = HIP_FLEXOR.model_copy(update={"programme": free})
    ranges = ranges_of(protocol)
    for item in session_of(protocol, layer(week=number, skip=["single-leg-bridge"])).prescriptions():
        own = ranges[item.id]
        assert own.sets.max is None or item.sets == getattr(own.sets, end)
        assert all(item.efforts[0].hold_ms == getattr(dose, end) * 1000 for dose in own.hold_s)
        assert all(item.efforts[0].reps == getattr(dose, end) for dose in own.reps)


def test_no_dose_ever_shrinks_from_week_to_week_and_holds_are_whole_steps():
    for before, after in zip(map(week, range(1, 12)), map(week, range(2, 13)), strict=True):
        later = {item.id: item for item in after.prescriptions()}
        for item in before.prescriptions():
            if item.id in later:
                assert later[item.id].sets >= item.sets
                assert (later[item.id].efforts[0].hold_ms or 0) >= (item.efforts[0].hold_ms or 0)
                assert (item.efforts[0].hold_ms or 0) % 5_000 == 0


def test_a_harder_exercise_takes_its_place_from_its_week_on_but_not_in_pain():
    assert "glute-bridge" in {item.id for item in week(7).prescriptions()}
    assert "single-leg-bridge" in {item.id for item in week(8).prescriptions()}
    skipped = session_of(HIP_FLEXOR, layer(week=8, skip=["single-leg-bridge"]))
    assert "glute-bridge" in {item.id for item in skipped.prescriptions()}
    acute = session_of(HIP_FLEXOR, layer(week=8, acute=True))
    assert "glute-bridge" in {item.id for item in acute.prescriptions()}


def test_own_doses_stand_above_the_week_and_who_changed_what_is_kept():
    session = session_of(HIP_FLEXOR, layer(week=1, exercise={"quad-foam-roll": {"hold_s": 90}}))
    assert session.prescriptions()[0].efforts[0].hold_ms == 90_000
    assert {change.by for change in session.changes} == {"week 1", "command line"}


def test_the_week_is_counted_from_the_start():
    def asked(today: date, **table: object) -> int | None:
        return requested_week(Layers([layer(**table)]), today)

    assert asked(MONDAY, started=MONDAY) == 1
    assert asked(MONDAY + timedelta(days=6), started=MONDAY) == 1
    assert asked(MONDAY + timedelta(days=7), started="2026-11-23") == 2
    assert asked(MONDAY, started=MONDAY, week=5) == 5
    assert asked(MONDAY) is None
    assert requested_week(Layers([layer(started=MONDAY)]), None) is None


@pytest.mark.parametrize(("start", "words"), [(date(2026, 12, 1), "after 2026-11-23"), (date(2001, 1, 1), "ten years")])
def test_a_start_that_cannot_be_is_refused(start, words):
    with pytest.raises(RequestError, match=words):
        requested_week(Layers([layer(started=start)]), MONDAY)


def test_a_protocol_that_does_not_grow_says_so():
    interval = load_protocol("interval")
    session = session_of(interval, layer(week=3))
    assert session.phases == session_of(interval).phases
    assert any("does not grow" in warning for warning in session.warnings)


# Pain and the weak side


def test_an_acute_phase_takes_the_gentle_option_unless_another_is_chosen():
    gentle = session_of(HIP_FLEXOR, layer(acute=True))
    assert "supine-hang" in {item.id for item in gentle.prescriptions()}
    assert any(change.by == "the acute phase" for change in gentle.changes)
    chosen = session_of(HIP_FLEXOR, layer(acute=True, choose={"deep-stretch": "couch-stretch"}))
    assert "couch-stretch" in {item.id for item in chosen.prescriptions()}


def test_the_weak_side_goes_first_and_last_and_both_get_the_same():
    session = session_of(HIP_FLEXOR, layer(weak_side="right", exercise={"half-kneeling": {"sets": 3}}))
    holds = [
        event for event in timed(session)[1].events if event.kind == "hold" and event.place.exercise == "half-kneeling"
    ]
    assert [str(hold.place.side) for hold in holds] == ["right", "left", "right", "left", "left", "right"]
    assert len({hold.duration_ms for hold in holds}) == 1
    reps = [event for event in timed(session)[1].events if event.kind == "rep" and event.place.exercise == "bird-dog"]
    assert (reps[0].place.side, reps[-1].place.side) == ("right", "right")
    assert len([rep for rep in reps if rep.place.side == "left"]) == len(reps) / 2


def test_the_first_side_may_be_said_apart_from_the_weak_one():
    session = session_of(HIP_FLEXOR, layer(weak_side="right", first_side="left"))
    assert session.prescriptions()[0].efforts[0].side == "left"


def test_a_first_side_that_is_not_the_weak_one_wins_and_that_is_said_where_sides_take_turns():
    anna = layer("profile anna", weak_side="right", first_side="left")
    said = (
        "profile anna: first_side left wins over weak_side right: the left side goes first; drop one of them, or name "
        "the same side"
    )
    assert session_of(parsed(HOLD), anna).warnings == (said,)
    assert (
        session_of(
            parsed(HOLD.replace('"each"', '"both"').replace("{side} ", "").replace("{other_side} ", "")), anna
        ).warnings
        == ()
    )
    assert session_of(parsed(HOLD), layer(weak_side="right", only_side="right", first_side="left")).warnings == ()
    assert session_of(parsed(HOLD), layer(weak_side="right", first_side="right")).warnings == ()
    [asked] = session_of(parsed(HOLD), layer("profile anna", first_side="left"), layer(weak_side="right")).warnings
    assert asked == said.replace("weak_side right", "weak_side right (command line)")


@pytest.mark.parametrize(("start", "weeks"), [(date(9999, 12, 31), 1), (date(9999, 10, 20), 12)])
def test_weeks_beyond_the_last_date_are_refused(start: date, weeks: int):
    with pytest.raises(RequestError, match=f"the calendar ends before week {weeks} does; name an earlier start"):
        session_dates(Programme(), start, weeks)
