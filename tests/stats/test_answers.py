from __future__ import annotations

import pytest

from m2m_trio.errors import BodyTooLargeError, ClientGoneError, UpstreamTimeoutError
from m2m_trio.stats.answers import count_answer, count_error
from m2m_trio.stats.board import Board
from m2m_trio.stats.metrics import cell


@pytest.mark.parametrize(
    ("status", "label"), [(100, "1xx"), (200, "2xx"), (404, "4xx"), (599, "5xx"), (999, "5xx")]
)
def test_answers_are_counted_by_class(status: int, label: str) -> None:
    cells = Board.in_memory().row(0).cells
    count_answer(cells, status)
    assert cells[cell("responses_total", status=label)] == 1


def test_an_error_nobody_was_told_is_no_answer() -> None:
    cells = Board.in_memory().row(0).cells
    count_error(cells, ClientGoneError, None)
    count_error(cells, BodyTooLargeError, 413)
    assert cells[cell("errors_total", kind="client_gone")] == 1
    assert cells[cell("errors_total", kind="body_too_large")] == 1
    assert [cells[cell("responses_total", status=f"{n}xx")] for n in range(1, 6)] == [
        0, 0, 0, 1, 0,
    ]  # fmt: skip


def test_an_error_of_somebody_elses_counts_as_its_known_ancestor() -> None:
    class LaterError(UpstreamTimeoutError):
        code = "defined_after_the_table"

    cells = Board.in_memory().row(0).cells
    count_error(cells, LaterError, None)
    assert cells[cell("errors_total", kind="upstream_timeout")] == 1
