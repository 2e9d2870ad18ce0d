from __future__ import annotations

import pytest

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
    count_error(cells, "client_gone", None)
    count_error(cells, "body_too_large", 413)
    assert cells[cell("errors_total", kind="client_gone")] == 1
    assert cells[cell("errors_total", kind="body_too_large")] == 1
    assert [cells[cell("responses_total", status=f"{n}xx")] for n in range(1, 6)] == [
        0, 0, 0, 1, 0,
    ]  # fmt: skip
