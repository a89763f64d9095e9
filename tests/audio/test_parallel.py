import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from audioguide.audio.parallel import in_parallel


def test_results_come_in_the_order_of_the_items_and_each_is_told():
    told: list[tuple[int, int]] = []

    ended = {item: threading.Event() for item in (1, 2, 3, 4)}
    ended[4].set()

    def last_first(item: int) -> int:
        assert ended[item + 1].wait(10)
        ended[item].set()
        return item * 10

    assert in_parallel([1, 2, 3], last_first, 3, lambda *seen: told.append(seen)) == [10, 20, 30]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_no_items_are_no_results():
    assert in_parallel([], str, 2) == []


def test_a_failure_ends_the_work_early(monkeypatch: pytest.MonkeyPatch):
    begun: list[int] = []
    cancelled = threading.Event()

    class Executor(ThreadPoolExecutor):
        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            super().shutdown(wait=False, cancel_futures=cancel_futures)
            cancelled.set()
            super().shutdown(wait)

    monkeypatch.setattr("concurrent.futures.ThreadPoolExecutor", Executor)

    def failing(item: int) -> None:
        begun.append(item)
        if item == 0:
            raise ValueError("no")
        assert cancelled.wait(10)

    with pytest.raises(ValueError, match="no"):
        in_parallel(range(2000), failing, 2)
    assert len(begun) <= 2


def test_one_at_once_is_made_here_and_told_item_by_item():
    made, told = [], []

    def make(item: int) -> int:
        made.append(threading.current_thread())
        return item * 2

    assert in_parallel([1, 2, 3], make, 1, lambda done, total: told.append((done, total))) == [2, 4, 6]
    assert set(made) == {threading.main_thread()}
    assert told == [(1, 3), (2, 3), (3, 3)]
