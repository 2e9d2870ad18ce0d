"""When to start a dead worker again, and when to give up. Pure: the clock is an argument."""

from __future__ import annotations

import math

from attrs import define, field, frozen
from attrs.validators import ge, gt

SETTINGS_STATUS = 2
"""Exit status of a worker whose settings cannot be taken: trying again will not help."""


@frozen(kw_only=True)
class WorkerRules:
    """How patient the supervisor is with its workers."""

    first_delay: float = field(default=0.25, validator=gt(0))
    """Seconds before the first restart; each further one waits twice as long."""

    longest_delay: float = field(default=8.0, validator=gt(0))
    """Seconds between restarts at the most."""

    stable: float = field(default=10.0, validator=gt(0))
    """Seconds a worker must live for its earlier deaths to be forgotten."""

    failures: int = field(default=5, validator=ge(1))
    """Early deaths in a row of one worker, none ever having been stable, that end the node."""

    drain: float = field(default=600.0, validator=ge(0))
    """Seconds for workers to finish, which is theirs to keep; over it by ``cut``: cut."""

    cut: float = field(default=5.0, validator=ge(0))
    """Seconds for a worker that was cut to go before it is killed."""


def restart_delay(failures: int, rules: WorkerRules) -> float:
    """Seconds to wait before a restart after so many early deaths in a row.

    Raises:
        ValueError: ``failures`` is below 1.
    """
    if failures < 1:
        raise ValueError(f"failures count from 1, got {failures}")
    doublings = min(failures - 1, 64)  # ldexp would overflow long after the cap
    return min(rules.longest_delay, math.ldexp(rules.first_delay, doublings))


@define
class Slot:
    """One worker's place: who works there now, or when the next may."""

    index: int
    pid: int | None = None
    began: float = 0.0
    due: float = -math.inf
    """When the next worker may start, while there is none."""

    failures: int = 0
    """Early deaths in a row."""

    proven: bool = False
    """A worker in this place was stable once."""

    def start(self, pid: int, now: float) -> None:
        """A worker was started."""
        self.pid = pid
        self.began = now

    def is_stable(self, now: float, rules: WorkerRules) -> bool:
        """Whether a worker here lives long enough, or one did."""
        return self.proven or (self.pid is not None and now - self.began >= rules.stable)

    def end(self, now: float, rules: WorkerRules) -> float:
        """The worker is gone, or could not be started; the seconds until the next."""
        if self.pid is not None and now - self.began >= rules.stable:
            self.proven = True
            self.failures = 0
        self.failures += 1
        self.pid = None
        delay = restart_delay(self.failures, rules)
        self.due = now + delay
        return delay


def gives_up(
    slots: list[Slot], dead: Slot, status: int, *, now: float, rules: WorkerRules
) -> bool:
    """Whether the node ends because the worker of ``dead`` did, with ``status``.

    Only a node of which no worker was ever stable: one that has served for a while has
    sound settings, and a second of service between crashes is better than none.
    """
    if any(slot.is_stable(now, rules) for slot in slots):
        return False
    return status == SETTINGS_STATUS or dead.failures >= rules.failures
