"""Who may come in: limits on what one worker holds at once, and whether it is draining."""

from __future__ import annotations

from m2m_trio.errors import DrainingError, OverloadedError
from m2m_trio.settings.model import LimitSettings
from m2m_trio.stats.board import Row
from m2m_trio.stats.metrics import cell

EXCHANGES_OPEN = cell("exchanges_open")
BUFFERED_BYTES = cell("buffered_bytes")


class Admission:
    """Counts exchanges and buffered bytes in the worker's row, and refuses what is too much."""

    def __init__(self, limits: LimitSettings, row: Row) -> None:
        self.limits = limits
        self._cells = row.cells
        self._draining = False

    @property
    def ready(self) -> bool:
        """Whether new exchanges are taken; false once `drain` was called."""
        return not self._draining

    def drain(self) -> None:
        """Take nothing new from now on."""
        self._draining = True

    def enter(self) -> None:
        """Admit one exchange; whoever calls it calls `leave` once the exchange is over.

        Raises:
            DrainingError: The node is shutting down.
            OverloadedError: ``limits.exchanges`` are under way.
        """
        if self._draining:
            raise DrainingError(
                "this node is shutting down: send the request again", retry_after=1
            )
        if self._cells[EXCHANGES_OPEN] >= self.limits.exchanges:
            raise OverloadedError(
                f"{self.limits.exchanges} exchanges are under way (exchanges in "
                "[proxy.limits]): try again in a moment",
                retry_after=1,
            )
        self._cells[EXCHANGES_OPEN] += 1

    def leave(self, held_bytes: int) -> None:
        """The exchange is over, and what it held is free again."""
        self._cells[EXCHANGES_OPEN] -= 1
        self._cells[BUFFERED_BYTES] -= held_bytes

    def hold(self, size_bytes: int) -> None:
        """Account for request bytes kept in memory until `leave`.

        Raises:
            OverloadedError: All exchanges together hold ``limits.buffered_bytes``; then
                nothing was accounted for.
        """
        if self._cells[BUFFERED_BYTES] + size_bytes > self.limits.buffered_bytes:
            raise OverloadedError(
                f"request bodies under way fill {self.limits.buffered_bytes} bytes "
                "(buffered_bytes in [proxy.limits]): try again in a moment",
                retry_after=1,
            )
        self._cells[BUFFERED_BYTES] += size_bytes
