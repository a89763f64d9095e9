"""Answers about a protocol that are remembered, as many sessions of one process are made of one protocol."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

MOST = 8
"""How many are remembered: a table of people names few protocols, and remembering keeps them in memory."""


def remembered(answer: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Return ``answer``, which looks through a whole protocol, asked once for each of the last few.

    By identity, as models are frozen, and comparing two takes as long as answering.
    """
    known: deque[tuple[Asked, Answer]] = deque(maxlen=MOST)

    @wraps(answer)
    def found(asked: Asked) -> Answer:
        # A copy, as another thread may add one.
        for one, its_answer in list(known):
            if one is asked:
                return its_answer
        made = answer(asked)
        known.append((asked, made))
        return made

    return found
