from datetime import time

import pytest

from audioguide.errors import RequestError
from audioguide.prescribe.times_of_day import times_of_day


@pytest.mark.parametrize(
    ("times_a_day", "times"),
    [
        (1, ["18:00"]),
        (2, ["08:00", "20:00"]),
        (3, ["08:00", "14:00", "20:00"]),
        (4, ["08:00", "12:00", "16:00", "20:00"]),
        (6, ["08:00", "10:30", "12:45", "15:15", "17:30", "20:00"]),
    ],
)
def test_times_that_nobody_names_are_spread_over_the_day(times_a_day, times):
    assert [f"{at:%H:%M}" for at in times_of_day((), times_a_day)] == times


@pytest.mark.parametrize("times_a_day", range(1, 13))
def test_there_are_as_many_times_as_the_protocol_says_each_on_a_quarter(times_a_day):
    times = times_of_day((), times_a_day)
    assert len({*times}) == times_a_day
    assert [*times] == sorted(times)
    assert {at.minute % 15 for at in times} == {0}


def test_named_times_are_sorted_and_may_be_more_than_the_protocol_says():
    assert times_of_day((time(18), time(8), time(13, 5)), 2) == (time(8), time(13, 5), time(18))


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ((time(8),), "this protocol is done 3 times a day; name 3 times, or none to have them spread over the day"),
        ((time(8), time(9), time(8)), "8:00 is named twice; name each time once"),
    ],
)
def test_too_few_times_and_the_same_twice_are_refused(named, message):
    with pytest.raises(RequestError) as refused:
        times_of_day(named, 3)
    assert str(refused.value) == message
