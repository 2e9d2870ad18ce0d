"""Count what a node answers: the replies of its upstream, and errors of its own."""

from __future__ import annotations

from m2m_trio.errors import M2MError
from m2m_trio.stats.metrics import ERROR_KINDS, cell

_STATUSES = [cell("responses_total", status=f"{hundreds}xx") for hundreds in range(1, 6)]
_ERRORS = {kind: cell("errors_total", kind=kind) for kind in ERROR_KINDS}


def count_answer(cells: memoryview[int], status: int) -> None:
    """A reply with ``status`` was begun; one above 599 counts as a 5xx."""
    cells[_STATUSES[min(status, 599) // 100 - 1]] += 1


def count_error(cells: memoryview[int], kind: type[M2MError], status: int | None) -> None:
    """An error of ours, by its code; ``status`` is None where it was not answered.

    A class of somebody else's, a stage's perhaps, counts as its nearest known ancestor.
    """
    lines = (each for each in kind.__mro__ if issubclass(each, M2MError))
    cells[next(_ERRORS[each.code] for each in lines if each.code in _ERRORS)] += 1
    if status is not None:
        count_answer(cells, status)
