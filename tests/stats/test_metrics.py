from __future__ import annotations

import pytest

from m2m_trio import errors
from m2m_trio.stats.metrics import (
    ERROR_KINDS,
    METRICS,
    ROW_CELLS,
    Kind,
    cell,
)


def test_cells_of_all_metrics_are_disjoint_and_inside_the_row() -> None:
    taken = [
        place
        for metric in METRICS
        for labels in metric.combinations()
        for place in range(
            cell(metric.name, **labels), cell(metric.name, **labels) + metric.width
        )
    ]

    assert len(set(taken)) == len(taken)
    assert min(taken) == 0
    assert max(taken) < ROW_CELLS
    assert ROW_CELLS % 8 == 0


def test_names_are_unique_and_say_what_they_are() -> None:
    assert len({metric.name for metric in METRICS}) == len(METRICS)
    assert len({metric.exposed for metric in METRICS}) == len(METRICS)
    for metric in METRICS:
        assert metric.help.endswith((".", "none."))
        assert metric.name.endswith("_total") == (metric.kind is Kind.COUNTER)
        assert metric.name.endswith("_seconds") == (metric.kind is Kind.HISTOGRAM)


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("no_such_thing", {}),
        ("requests_total", {}),
        ("requests_total", {"route": "nowhere"}),
        ("streams_total", {"route": "chat"}),
    ],
)
def test_unknown_cell_names_what_is_missing(name: str, labels: dict[str, str]) -> None:
    with pytest.raises(KeyError, match=name):
        cell(name, **labels)


def test_every_error_of_the_tree_has_a_cell() -> None:
    classes = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.M2MError)
    ]

    assert len(classes) > 15
    for error in classes:
        assert cell("errors_total", kind=error.code)
    assert set(ERROR_KINDS) >= {error.code for error in classes}
