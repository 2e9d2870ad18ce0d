from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.server.restarts import (
    SETTINGS_STATUS,
    Slot,
    WorkerRules,
    gives_up,
    restart_delay,
)

RULES = WorkerRules()
lifetimes = st.lists(st.floats(0, 100), min_size=1, max_size=30)


def live(slot: Slot, lifetime: float, now: float = 0.0) -> tuple[float, float]:
    """One worker's life in ``slot``; the delay after it and the time of its death."""
    slot.start(4711, now)
    return slot.end(now + lifetime, RULES), now + lifetime


def test_delays_double_from_a_quarter_second_to_eight() -> None:
    delays = [restart_delay(failures, RULES) for failures in range(1, 9)]

    assert delays == [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


@given(failures=st.integers(1, 10**9))
def test_delay_is_bounded_and_never_decreases(failures: int) -> None:
    delay = restart_delay(failures, RULES)

    assert RULES.first_delay <= delay <= RULES.longest_delay
    assert restart_delay(failures + 1, RULES) >= delay


def test_delay_refuses_no_failures() -> None:
    with pytest.raises(ValueError, match="count from 1"):
        restart_delay(0, RULES)


@given(lives=lifetimes)
def test_failures_are_the_early_deaths_since_the_last_stable_life(
    lives: list[float],
) -> None:
    slot = Slot(index=0)
    now = 0.0
    for lifetime in lives:
        delay, died = live(slot, lifetime, now)
        assert slot.due == died + delay
        assert slot.pid is None
        now = slot.due

    since = 0
    for lifetime in lives:
        since = 1 if lifetime >= RULES.stable else since + 1
    # The clock adds up, so a life of just ten seconds may be measured a hair shorter.
    if all(abs(lifetime - RULES.stable) > 1e-6 for lifetime in lives):
        assert slot.failures == since
        assert slot.proven == any(lifetime >= RULES.stable for lifetime in lives)


@given(lives=lifetimes)
def test_node_gives_up_only_if_no_worker_was_ever_stable(lives: list[float]) -> None:
    slot = Slot(index=0)
    for early, lifetime in enumerate(lives, start=1):
        _, died = live(slot, lifetime)
        up = gives_up([slot], slot, 1, now=died, rules=RULES)
        if slot.proven:
            assert not up
        else:
            assert up == (early >= RULES.failures)


def test_worker_with_wrong_settings_is_believed_at_once() -> None:
    slot = Slot(index=0)
    _, died = live(slot, 0.1)

    assert gives_up([slot], slot, SETTINGS_STATUS, now=died, rules=RULES)


def test_a_neighbour_that_serves_keeps_the_node_up() -> None:
    neighbour = Slot(index=1)
    neighbour.start(12, 0.0)
    slot = Slot(index=0, failures=RULES.failures)

    def up(now: float) -> bool:
        return gives_up([slot, neighbour], slot, 1, now=now, rules=RULES)

    assert up(RULES.stable - 1)
    assert not up(RULES.stable + 1)


def test_worker_that_could_not_be_started_counts_as_an_early_death() -> None:
    slot = Slot(index=0)

    assert slot.end(1000.0, RULES) == RULES.first_delay
    assert (slot.failures, slot.proven) == (1, False)
