from __future__ import annotations

import mmap
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.stats.board import LIVE_CELLS, Board
from m2m_trio.stats.histogram import record
from m2m_trio.stats.metrics import ROW_CELLS, cell

REQUESTS = cell("requests_total", route="chat")
STREAMS_OPEN = cell("streams_open")
ADDED = cell("added_seconds")


def test_rows_do_not_overlap() -> None:
    board = Board.in_memory(rows=3)

    for row in board:
        row.cells[0] = row.cells[ROW_CELLS - 1] = row.index + 1

    assert len(board) == 3
    assert [board.read(i)[0] for i in range(3)] == [1, 2, 3]
    assert [board.read(i)[-1] for i in range(3)] == [1, 2, 3]


def test_row_refuses_a_cell_outside_it() -> None:
    with pytest.raises(IndexError):
        Board.in_memory().row(0).cells[ROW_CELLS] = 1


def test_board_refuses_no_rows() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        Board.in_memory(rows=0)


def test_board_refuses_a_short_buffer() -> None:
    with pytest.raises(ValueError, match="2 rows take"):
        Board(bytearray(Board.size_bytes(1)), 2)


def test_dead_worker_leaves_its_counts_and_not_its_gauges() -> None:
    row = Board.in_memory().row(0)
    row.enter(4711, 2.5)
    row.cells[REQUESTS] += 3
    row.cells[STREAMS_OPEN] += 2
    record(row.cells, ADDED, 0.001)

    row.clear_gauges()

    assert row.cells[REQUESTS] == 3
    assert row.cells[ADDED] == 1_000_000
    assert [row.cells[place] for place in LIVE_CELLS] == [0] * len(LIVE_CELLS)


def test_worker_that_enters_a_row_begins_with_clean_gauges() -> None:
    row = Board.in_memory().row(0)
    row.cells[STREAMS_OPEN] = 9

    row.enter(4711, 2.5)

    assert row.cells[STREAMS_OPEN] == 0
    assert row.cells[cell("worker_pid")] == 4711
    assert row.cells[cell("worker_started_ms")] == 2500


@given(
    before=st.lists(st.integers(0, 2**40), min_size=2, max_size=2),
    after=st.lists(st.integers(0, 2**40), min_size=2, max_size=2),
)
def test_reset_counts_from_zero_and_keeps_gauges(before: list[int], after: list[int]) -> None:
    board = Board.in_memory(rows=2)
    for row, count in zip(board, before, strict=True):
        row.cells[REQUESTS] += count
        row.cells[STREAMS_OPEN] += count

    board.reset()
    for row, count in zip(board, after, strict=True):
        row.cells[REQUESTS] += count

    assert [board.read(i)[REQUESTS] for i in (0, 1)] == after
    assert [board.read(i)[STREAMS_OPEN] for i in (0, 1)] == before


def test_gauge_may_be_cleared_after_a_reset() -> None:
    board = Board.in_memory()
    board.row(0).cells[STREAMS_OPEN] = 5
    board.reset()

    board.row(0).clear_gauges()

    assert board.read(0)[STREAMS_OPEN] == 0


def test_processes_share_a_board_over_an_anonymous_mapping() -> None:
    board = Board(mmap.mmap(-1, Board.size_bytes(2)), 2)
    child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child
        board.row(1).cells[REQUESTS] += 7
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0

    assert board.read(1)[REQUESTS] == 7
    assert board.read(0)[REQUESTS] == 0
