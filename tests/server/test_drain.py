from __future__ import annotations

from m2m_trio.server.drain import Drain


class Member:
    def __init__(self, drain: Drain) -> None:
        self.told = 0
        self.leaves = drain.leave

    def drain(self) -> None:
        self.told += 1
        self.leaves(self)  # as an idle connection does, while the drain tells the others


async def test_members_are_told_once() -> None:
    drain = Drain()
    here, gone, late = Member(drain), Member(drain), Member(drain)
    drain.join(here)
    drain.join(gone)
    drain.leave(gone)
    assert not drain.draining
    drain.start()
    drain.start()
    assert drain.draining
    assert drain.started.is_set()
    drain.join(late)
    assert (here.told, gone.told, late.told) == (1, 0, 1)
