"""A log-linear histogram of durations in a run of 8-byte cells, HDR-like.

Each power of two of a second is cut into ``STEPS`` equal buckets, so the middle of a bucket
is at most ``RELATIVE_ERROR`` away from anything in it, from a microsecond to over an hour.
The trick is ``frexp``: it yields the octave and the place inside it without a logarithm.

The first cell is the sum in nanoseconds, the others are the buckets. The count is the sum
of the buckets: one write less for each value, and the two can never disagree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, repeat
from math import frexp
from operator import add

from attrs import field, frozen

STEPS = 10
"""Buckets an octave."""

LOWEST = 2.0**-20
"""Seconds (0.95 us); anything shorter, negative or not a number counts as this."""

CEILING = 2.0**12
"""Seconds (68 minutes); anything as long or longer counts as just below it."""

RELATIVE_ERROR = 1 / (2 * STEPS + 1)
"""Bound on the error of a quantile: 4.8 %, inside the range."""

_FIRST_EXPONENT = -19  # frexp(LOWEST)
_OCTAVES = 32  # LOWEST * 2**32 == CEILING
_HIGHEST = math.nextafter(CEILING, 0.0)
_NANO = 1e9

BUCKETS = _OCTAVES * STEPS
HISTOGRAM_CELLS = 1 + BUCKETS
"""Cells a histogram takes in a row."""

# frexp's mantissa is in [0.5, 1), so int(mantissa * _SCALE) counts from STEPS.
_SCALE = 2.0 * STEPS
_OFFSET = 1 - _FIRST_EXPONENT * STEPS - STEPS


def record(cells: memoryview[int], base: int, seconds: float) -> None:
    """Add one duration to the histogram whose first cell is ``base``. Never raises."""
    if not LOWEST <= seconds < CEILING:
        seconds = _HIGHEST if seconds >= CEILING else LOWEST
    mantissa, exponent = frexp(seconds)
    cells[base + _OFFSET + exponent * STEPS + int(mantissa * _SCALE)] += 1
    cells[base] += int(seconds * _NANO)


def bucket_bounds(bucket: int) -> tuple[float, float]:
    """Seconds at which a bucket begins (included) and ends (excluded)."""
    octave, step = divmod(bucket, STEPS)
    unit = math.ldexp(0.5 / STEPS, _FIRST_EXPONENT + octave)
    return unit * (STEPS + step), unit * (STEPS + step + 1)


def _middle(bucket: int) -> float:
    """The value whose largest relative distance to anything in the bucket is the smallest."""
    low, high = bucket_bounds(bucket)
    return 2 * low * high / (low + high)


_MIDDLES = tuple(_middle(bucket) for bucket in range(BUCKETS))


@frozen(kw_only=True)
class Distribution:
    """A histogram as it was read: durations in seconds. Two of them add up to their union."""

    sum: float = 0.0
    """Seconds, exact to a nanosecond a value."""

    buckets: tuple[int, ...] = field(default=tuple(repeat(0, BUCKETS)), repr=False)

    @classmethod
    def read(cls, cells: Sequence[int], base: int) -> Distribution:
        """The histogram whose first cell is ``base``."""
        return cls(
            sum=cells[base] / _NANO,
            buckets=tuple(cells[base + 1 : base + HISTOGRAM_CELLS]),
        )

    def __add__(self, other: Distribution) -> Distribution:
        return Distribution(
            sum=self.sum + other.sum, buckets=tuple(map(add, self.buckets, other.buckets))
        )

    @property
    def count(self) -> int:
        """How many durations were recorded."""
        return sum(self.buckets)

    @property
    def mean(self) -> float:
        """Mean in seconds, 0.0 of nothing."""
        count = self.count
        return self.sum / count if count else 0.0

    def quantile(self, fraction: float) -> float:
        """Seconds that ``fraction`` of the durations do not exceed, 0.0 of nothing.

        The nearest-rank quantile, within ``RELATIVE_ERROR``.

        Raises:
            ValueError: ``fraction`` is not in [0, 1].
        """
        if not 0.0 <= fraction <= 1.0:
            raise ValueError(f"a quantile is a fraction from 0 to 1, got {fraction}")
        rank = max(1, math.ceil(fraction * self.count))
        for middle, seen in zip(_MIDDLES, accumulate(self.buckets), strict=True):
            if seen >= rank:
                return middle
        return 0.0

    def cumulative(self, bounds: Sequence[float]) -> list[int]:
        """For each ascending bound in seconds, how many durations do not exceed it.

        A bucket is counted whole, where its middle lies: a duration within
        ``RELATIVE_ERROR`` of a bound may be on its other side.
        """
        counts = []
        total = 0
        start = 0
        for bound in bounds:
            while start < BUCKETS and _MIDDLES[start] <= bound:
                total += self.buckets[start]
                start += 1
            counts.append(total)
        return counts
