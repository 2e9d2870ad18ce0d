from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.stats.histogram import (
    BUCKETS,
    CEILING,
    HISTOGRAM_CELLS,
    LOWEST,
    RELATIVE_ERROR,
    Distribution,
    bucket_bounds,
    record,
)

in_range = st.floats(LOWEST, CEILING, exclude_max=True)
durations = st.lists(in_range, max_size=60)


def distribution(values: list[float], base: int = 0) -> Distribution:
    cells = memoryview(bytearray(8 * (base + HISTOGRAM_CELLS))).cast("q")
    for value in values:
        record(cells, base, value)
    return Distribution.read(cells, base)


def test_range_covers_a_microsecond_to_an_hour() -> None:
    assert LOWEST <= 1e-6
    assert CEILING > 3600
    assert RELATIVE_ERROR < 0.05


def test_buckets_tile_the_range_without_gap() -> None:
    bounds = [bucket_bounds(bucket) for bucket in range(BUCKETS)]

    assert bounds[0][0] == LOWEST
    assert bounds[-1][1] == CEILING
    for (_, end), (start, _) in pairwise(bounds):
        assert end == pytest.approx(start, rel=1e-12)


@given(value=in_range)
def test_value_lands_in_the_bucket_that_holds_it(value: float) -> None:
    low, high = bucket_bounds(distribution([value]).buckets.index(1))

    # A bound that is no binary fraction may be one rounding away from frexp's product.
    assert low <= value * (1 + 1e-15)
    assert value * (1 - 1e-15) <= high


@given(values=durations.filter(bool), fraction=st.floats(0, 1))
def test_quantile_is_within_the_stated_error(values: list[float], fraction: float) -> None:
    exact = sorted(values)[max(1, math.ceil(fraction * len(values))) - 1]

    got = distribution(values).quantile(fraction)

    assert abs(got - exact) <= exact * (RELATIVE_ERROR + 1e-12)


@given(values=durations.filter(bool))
def test_quantiles_never_decrease(values: list[float]) -> None:
    dist = distribution(values)

    quantiles = [dist.quantile(i / 20) for i in range(21)]

    assert quantiles == sorted(quantiles)


@given(values=durations)
def test_count_and_sum_are_kept(values: list[float]) -> None:
    dist = distribution(values, base=7)

    assert dist.count == len(values)
    assert dist.sum == pytest.approx(math.fsum(values), abs=1e-9 * (len(values) + 1))
    assert dist.mean == pytest.approx(dist.sum / max(1, len(values)))


@given(left=durations, right=durations)
def test_sum_of_two_is_the_distribution_of_both(left: list[float], right: list[float]) -> None:
    merged = distribution(left) + distribution(right)
    both = distribution(left + right)

    assert merged.buckets == both.buckets
    assert merged.sum == pytest.approx(both.sum)


@given(value=st.floats(allow_nan=True, allow_infinity=True))
def test_any_float_is_counted_once_inside_its_own_cells(value: float) -> None:
    cells = memoryview(bytearray(8 * (HISTOGRAM_CELLS + 2))).cast("q")

    record(cells, 1, value)

    assert cells[0] == cells[HISTOGRAM_CELLS + 1] == 0
    assert Distribution.read(cells, 1).count == 1


@pytest.mark.parametrize("value", [-1.0, 0.0, 1e-9, math.nan, -math.inf])
def test_what_is_too_short_counts_as_the_lowest(value: float) -> None:
    assert distribution([value]).buckets[0] == 1


@pytest.mark.parametrize("value", [CEILING, 1e9, math.inf])
def test_what_is_too_long_counts_as_the_highest(value: float) -> None:
    dist = distribution([value])

    assert dist.buckets[-1] == 1
    assert dist.sum == pytest.approx(CEILING)


def test_nothing_recorded_reads_as_zero() -> None:
    nothing = Distribution()

    assert (nothing.count, nothing.sum, nothing.mean, nothing.quantile(0.99)) == (0, 0, 0, 0)


@pytest.mark.parametrize("fraction", [-0.1, 1.1, math.nan])
def test_quantile_refuses_what_is_no_fraction(fraction: float) -> None:
    with pytest.raises(ValueError, match="fraction from 0 to 1"):
        Distribution().quantile(fraction)


@given(values=durations, bounds=st.lists(st.floats(1e-7, 1e5), min_size=1, max_size=20))
def test_cumulative_counts_agree_but_for_the_error(
    values: list[float], bounds: list[float]
) -> None:
    bounds.sort()

    counts = distribution(values).cumulative(bounds)

    assert counts == sorted(counts)
    for bound, count in zip(bounds, counts, strict=True):
        slack = 1 + RELATIVE_ERROR + 1e-9
        assert sum(v * slack <= bound for v in values) <= count
        assert count <= sum(v / slack <= bound for v in values)
