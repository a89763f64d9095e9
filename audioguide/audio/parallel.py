"""Work done side by side in threads, with results in the order of the items and a clean end when one fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

OnDone = Callable[[int, int], None]
"""Told how many items are done, and how many there are."""


def in_parallel(
    items: Iterable[Item], make: Callable[[Item], Result], at_once: int, on_done: OnDone | None = None
) -> list[Result]:
    """Return what ``make`` gives for each of ``items``, in their order, whoever finished first.

    Args:
        items: begun in this order.
        make: called in threads; must leave the interpreter's lock to gain anything.
        at_once: how many threads.
        on_done: called in this thread after each item.

    Raises:
        Exception: the first that ``make`` raises; items not begun by then are not made.
    """
    with ThreadPoolExecutor(max_workers=at_once) as executor:
        running = [executor.submit(make, item) for item in items]
        try:
            for done, future in enumerate(as_completed(running), 1):
                future.result()
                if on_done is not None:
                    on_done(done, len(running))
        except BaseException:
            # Ctrl-C, too, ends the work within an item: left alone, the pool would work off all that is queued.
            executor.shutdown(wait=True, cancel_futures=True)
            raise
        return [future.result() for future in running]
