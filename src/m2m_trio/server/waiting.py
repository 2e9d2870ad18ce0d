"""Waiting for next to nothing: a hand-over without a channel, a deadline without a heap."""

from __future__ import annotations

import math

import trio


class WaitingPlace:
    """Where one task at a time waits to be woken; waking nobody does nothing."""

    __slots__ = ("_task",)

    def __init__(self) -> None:
        self._task: trio.lowlevel.Task | None = None

    async def wait(self) -> None:
        """Wait for `wake`.

        Raises:
            trio.BusyResourceError: Another task is waiting here.
        """
        if self._task is not None:
            raise trio.BusyResourceError("two tasks wait in one place")
        self._task = trio.lowlevel.current_task()
        await trio.lowlevel.wait_task_rescheduled(self._abort)

    def wake(self) -> None:
        """Reschedule whoever waits."""
        task = self._task
        if task is not None:
            self._task = None
            trio.lowlevel.reschedule(task)

    def _abort(self, _raise_cancel: object) -> trio.lowlevel.Abort:
        self._task = None
        return trio.lowlevel.Abort.SUCCEEDED


class LazyTimer:
    """A deadline that is moved once per request for the price of an attribute.

    Trio's own is moved only when it has to come earlier. When it fires, it may be too
    early: the owner asks `has_passed`, and arms it again.
    """

    __slots__ = ("_armed", "_scope", "deadline")

    def __init__(self) -> None:
        self.deadline = math.inf
        """May be set directly to something later."""

        self._armed = math.inf
        self._scope = trio.CancelScope()

    def move(self, deadline: float) -> None:
        """Set the deadline to any time."""
        self.deadline = deadline
        if deadline < self._armed:
            self._armed = self._scope.deadline = deadline

    def arm(self) -> trio.CancelScope:
        """A new scope for the block that the timer may end."""
        self._armed = self.deadline
        self._scope = trio.CancelScope(deadline=self.deadline)
        return self._scope

    def has_passed(self) -> bool:
        """Whether the block was ended, and rightly so."""
        return self._scope.cancelled_caught and trio.current_time() >= self.deadline
