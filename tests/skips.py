"""Which tests were skipped, why, and how to have them: one line for each reason, at the end of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def skip_lines(reasons: Iterable[str]) -> list[str]:
    """Return a line for each reason, the most frequent first.

    Args:
        reasons: of each skipped test, "why: how to have it", with pytest's "Skipped: " before it or without.
    """
    counted = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    width = max((len(str(count)) for count in counted.values()), default=0)
    return [
        f"{count:>{width}} {'test ' if count == 1 else 'tests'}  {reason}" for reason, count in counted.most_common()
    ]
