import time

import pytest

from audioguide.audio.parallel import in_parallel


def test_results_come_in_the_order_of_the_items_and_each_is_told():
    told: list[tuple[int, int]] = []

    def slowest_first(item: int) -> int:
        time.sleep(0.02 / item)
        return item * 10

    assert in_parallel([1, 2, 3], slowest_first, 3, lambda *seen: told.append(seen)) == [10, 20, 30]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_no_items_are_no_results():
    assert in_parallel([], str, 2) == []


def test_a_failure_ends_the_work_early():
    begun: list[int] = []

    def failing(item: int) -> None:
        begun.append(item)
        if item == 0:
            raise ValueError("no")
        time.sleep(0.001)

    with pytest.raises(ValueError, match="no"):
        in_parallel(range(2000), failing, 2)
    assert len(begun) < 2000
