"""Stop without losing an answer: what is idle closes now, what is busy gets its time."""

from __future__ import annotations

from typing import Protocol

import trio


class Drainable(Protocol):
    """A connection, to the drain."""

    def drain(self) -> None:
        """Close now if idle; else finish the exchanges under way and close then."""


class Drain:
    """Tells the connections of a worker when to end. They join while they are open."""

    def __init__(self) -> None:
        self.started = trio.Event()
        """Set by `start`, for those who would rather wait for it than join."""

        self.draining = False
        self._members: set[Drainable] = set()

    def join(self, member: Drainable) -> None:
        """Count ``member`` in; one that comes late is told at once."""
        self._members.add(member)
        if self.draining:
            member.drain()

    def leave(self, member: Drainable) -> None:
        """Count ``member`` out; it need not have joined."""
        self._members.discard(member)

    def start(self) -> None:
        """Begin: idle members close, busy ones finish. May be called again."""
        if self.draining:
            return
        self.draining = True
        self.started.set()
        for member in tuple(self._members):
            member.drain()
