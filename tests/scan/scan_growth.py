"""Whether what is twice as long takes twice the time, measured on a machine that others use."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import TypeVar

MOST = 2.2
"""Times the time of a half: four were square."""

LEAST_ROUNDS, ROUNDS = 3, 24

T = TypeVar("T")


def growth(call: Callable[[T], object], half: T, whole: T) -> float:
    """Times the time of ``half`` that ``call`` takes for ``whole``; exact where over `MOST`.

    Of all measurements the best count: a busy machine makes them longer, never shorter.
    Where it changes its speed meanwhile, those of a half and a whole one after the other do.
    """
    taken: list[tuple[float, float]] = []
    times = 0.0
    for _ in range(ROUNDS):
        started = time.thread_time()
        call(half)
        between = time.thread_time()
        call(whole)
        taken.append((between - started, time.thread_time() - between))
        shortest, longest = map(min, zip(*taken, strict=True))
        times = min(longest / shortest, median(one / other for other, one in taken))
        if len(taken) >= LEAST_ROUNDS and times <= MOST:
            break
    return times
