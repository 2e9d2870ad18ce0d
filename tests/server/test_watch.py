from __future__ import annotations

import pytest
import trio
from trio.testing import MockClock

from m2m_trio.server.watch import REST, TICK, Watch


class Member:
    def __init__(self, looks: int) -> None:
        self.left = looks
        self.ticks: list[int] = []

    def look(self, tick: int) -> bool:
        self.ticks.append(tick)
        self.left -= 1
        return self.left == 0


async def test_members_are_looked_at_until_they_need_no_more(autojump_clock: MockClock) -> None:
    watch, short, long = Watch(), Member(1), Member(3)
    watch.add(short)
    watch.add(long)
    await trio.sleep(1)
    assert (short.ticks, long.ticks) == ([1], [1, 2, 3])


@pytest.mark.parametrize("pause", [0.5 * REST, REST, 2 * REST])
async def test_nothing_runs_while_there_is_nobody_to_look_at(
    autojump_clock: MockClock, pause: float
) -> None:
    watch, first, second = Watch(), Member(1), Member(1)
    watch.add(first)
    await trio.sleep(pause)
    assert watch.tick == 1
    watch.add(second)
    await trio.sleep(1.5 * TICK)
    assert second.ticks == [2]


async def test_no_task_is_left_of_a_watch_that_rests(autojump_clock: MockClock) -> None:
    before = trio.lowlevel.current_statistics().tasks_living
    watch = Watch()
    watch.add(Member(1))
    await trio.sleep(TICK + 0.5 * REST)
    assert trio.lowlevel.current_statistics().tasks_living == before + 1
    await trio.sleep(REST)
    assert trio.lowlevel.current_statistics().tasks_living == before
