"""Work done side by side in threads, with results in the order of the items and a clean end when one fails."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from audioguide.model.progress import Progress

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_parallel(
    items: Iterable[Item], make: Callable[[Item], Result], at_once: int, progress: Progress | None = None
) -> list[Result]:
    """Return what ``make`` gives for each of ``items``, in their order, whoever finished first.

    Args:
        items: begun in this order.
        make: called in threads; must leave the interpreter's lock to gain anything.
        at_once: how many threads; 1 for none besides this one.
        progress: told in this thread after each item.

    Raises:
        Exception: the first that ``make`` raises; items not begun by then are not made.
    """
    work = list(items)
    if len(work) < 2 or at_once == 1:
        made = []
        for item in work:
            made.append(make(item))
            if progress is not None:
                progress(len(made), len(work))
        return made
    import threading
    from concurrent.futures import CancelledError, ThreadPoolExecutor, as_completed

    has_failed = threading.Event()

    def attempt(item: Item) -> Result:
        # The thread of one that failed would begin the next before this one's has cancelled what is queued.
        if has_failed.is_set():
            raise CancelledError
        try:
            return make(item)
        except BaseException:
            has_failed.set()
            raise

    with ThreadPoolExecutor(max_workers=at_once) as executor:
        running = [executor.submit(attempt, item) for item in work]
        try:
            for done, future in enumerate(as_completed(running), 1):
                with contextlib.suppress(CancelledError):
                    future.result()
                if progress is not None:
                    progress(done, len(running))
        except BaseException:
            # Ctrl-C, too, ends the work within an item: left alone, the pool would work off all that is queued.
            executor.shutdown(wait=True, cancel_futures=True)
            raise
        return [future.result() for future in running]
