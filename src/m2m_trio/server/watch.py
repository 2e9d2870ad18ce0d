"""Tells connections when a request has been under way for longer than a tick.

Watching a client for its leaving costs a second task step per request. Most exchanges of a
busy node are over before a client can have left, so a connection watches only those that a
`Watch` says are still there a tick later: nothing per request but an integer copied.
"""

from __future__ import annotations

from typing import Protocol

import trio

from m2m_trio.server.waiting import WaitingPlace

TICK = 0.005
"""Seconds between two looks: a request is watched 5 to 10 ms after it began."""

REST = 1.0
"""Seconds without members after which the task ends: waking it is cheaper than a new one, which
every request of an idle node would wait for."""


class Watched(Protocol):
    """A connection, to the watch."""

    def look(self, tick: int) -> bool:
        """The time is ``tick``; whether the connection needs no more looks. Never raises."""


class Watch:
    """Looks at its members every `TICK`; rests as long as there are none."""

    def __init__(self) -> None:
        self.tick = 0
        """How many looks there were."""

        self._members: set[Watched] = set()
        self._running = False
        self._resting = WaitingPlace()

    def add(self, member: Watched) -> None:
        """Look at ``member`` from now on, until it needs no more."""
        self._members.add(member)
        if self._running:
            self._resting.wake()
        else:
            self._running = True
            trio.lowlevel.spawn_system_task(self._run, name="watch for clients that leave")

    async def _run(self) -> None:
        try:
            while self._members:
                await trio.sleep(TICK)
                self.tick += 1
                for member in tuple(self._members):
                    if member.look(self.tick):
                        self._members.discard(member)
                if not self._members:
                    with trio.move_on_after(REST):
                        await self._resting.wait()
        finally:
            self._running = False
