"""``--workers N``: processes that share a port and a board, restarted when they die.

Plain and synchronous, without trio, so that little is loaded before the forks. A worker:

- drains on SIGTERM, is cut by SIGINT, reads its settings again on SIGHUP;
- is a process group of its own: Ctrl-C on a terminal reaches only the supervisor, or every
  worker would see a second signal right after the first and cut its streams. For the same
  reason a systemd unit says ``KillMode=mixed``;
- holds the reading end of a pipe that only the supervisor can write to. Its end means the
  supervisor is gone, however it died, and the worker sends itself SIGTERM.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from m2m_trio.server.ports import HeldPort, hold_port
from m2m_trio.server.restarts import SETTINGS_STATUS, Slot, WorkerRules, gives_up
from m2m_trio.server.signals import SignalQueue
from m2m_trio.settings.address import Address
from m2m_trio.stats.board import Board

RunWorker = Callable[[int, Board, Address], int]
"""Runs one worker to its end: index, board, the address to bind; gives an exit status.

It binds with SO_REUSEPORT, and loads the settings itself, so that a worker started after a
SIGHUP has the ones that are in force.
"""

_STOPPING = (signal.SIGTERM, signal.SIGINT)
_HEARD = (*_STOPPING, signal.SIGHUP, signal.SIGCHLD)
_ESCALATION = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)
"""What workers are sent: to drain, to cut, to kill."""


class Log(Protocol):
    """Takes an event and its fields, as structlog's ``info`` does."""

    def __call__(self, event: str, **fields: Any) -> object: ...


def supervise(
    run_worker: RunWorker,
    *,
    workers: int,
    address: Address,
    log: Log,
    rules: WorkerRules | None = None,
) -> int:
    """Run workers until told to stop by SIGTERM or SIGINT; give the exit status.

    0: all drained. 1: one failed while stopping or was killed, or none came up. 2: the
    settings cannot be taken, said by a worker. To be called in the main thread of a process
    with no other.

    Raises:
        SettingsError: The address cannot be bound.
    """
    memory = mmap.mmap(-1, Board.size_bytes(workers))  # anonymous and shared with children
    board = Board(memory, workers, started=time.time())
    with hold_port(address) as port, SignalQueue(_HEARD) as signals:
        supervisor = Supervisor(run_worker, board, port, signals, log=log)
        return supervisor.run(rules or WorkerRules())


class Supervisor:
    """The loop: reap, start what is due, wait for a signal or for the next thing due."""

    def __init__(
        self,
        run_worker: RunWorker,
        board: Board,
        port: HeldPort,
        signals: SignalQueue,
        *,
        log: Log,
    ) -> None:
        self._run_worker = run_worker
        self._board = board
        self._port = port
        self._signals = signals
        self._log = log
        self._slots = [Slot(index=row.index) for row in board]
        self._status = 0
        self._stage = 0  # how many of _ESCALATION were sent
        self._deadline: float | None = None

    def run(self, rules: WorkerRules) -> int:
        """Supervise to the end; give the exit status."""
        self._rules = rules
        self._lifeline, self._grip = os.pipe()
        self._log(
            "supervisor_started", workers=len(self._slots), address=str(self._port.address)
        )
        try:
            while True:
                self._reap()
                self._start_due()
                if self._stage and not self._alive:
                    self._log("supervisor_stopped", status=self._status)
                    return self._status
                for number in self._signals.wait(self._patience()):
                    self._obey(number)
                if self._deadline is not None and time.monotonic() >= self._deadline:
                    self._escalate()
        finally:
            os.close(self._grip)
            os.close(self._lifeline)

    @property
    def _alive(self) -> list[tuple[Slot, int]]:
        return [(slot, slot.pid) for slot in self._slots if slot.pid is not None]

    def _patience(self) -> float | None:
        """Seconds until something is due; None: only a signal can bring news."""
        due = [] if self._deadline is None else [self._deadline]
        if not self._stage:
            due += [slot.due for slot in self._slots if slot.pid is None]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _obey(self, number: signal.Signals) -> None:
        if number in _STOPPING:
            self._log("supervisor_signal", signal=number.name)
            self._escalate()
        elif number == signal.SIGHUP:
            self._log("supervisor_signal", signal=number.name)
            self._tell(signal.SIGHUP)

    def _escalate(self) -> None:
        """Drain; when that is under way, cut; when that is, kill."""
        number = _ESCALATION[min(self._stage, len(_ESCALATION) - 1)]
        self._stage += 1
        wait = self._rules.cut
        if number == signal.SIGTERM:
            wait += self._rules.drain
        self._deadline = time.monotonic() + wait
        self._log("workers_told", signal=number.name, workers=len(self._alive))
        self._tell(number)

    def _tell(self, number: signal.Signals) -> None:
        for _, pid in self._alive:
            os.kill(pid, number)  # not reaped yet, so the number is still this worker's

    def _reap(self) -> None:
        for slot, pid in self._alive:
            dead, wait_status = os.waitpid(pid, os.WNOHANG)
            if dead:
                self._bury(slot, os.waitstatus_to_exitcode(wait_status))

    def _bury(self, slot: Slot, status: int) -> None:
        now = time.monotonic()
        pid, lived = slot.pid, round(now - slot.began, 3)
        delay = slot.end(now, self._rules)
        self._board.row(slot.index).clear_gauges()
        died = {"worker": slot.index, "pid": pid, "status": status, "lived": lived}
        if self._stage:
            self._log("worker_stopped", **died)
            # One that SIGTERM met before its handler was there had nothing to drain.
            if status not in (0, -signal.SIGTERM):
                self._status = self._status or 1
        elif gives_up(self._slots, slot, status, now=now, rules=self._rules):
            self._give_up(slot, status)
        else:
            self._log("worker_died", **died, restart_in=delay)

    def _give_up(self, slot: Slot, status: int) -> None:
        self._status = SETTINGS_STATUS if status == SETTINGS_STATUS else 1
        self._log(
            "supervisor_gave_up",
            worker=slot.index,
            failures=slot.failures,
            status=status,
            message=f"worker {slot.index} died {slot.failures} times while starting, "
            f"the last time {describe_status(status)}: its messages above say why",
        )
        self._escalate()

    def _start_due(self) -> None:
        now = time.monotonic()
        for slot in self._slots:
            if not self._stage and slot.pid is None and slot.due <= now:
                self._start(slot)

    def _start(self, slot: Slot) -> None:
        sys.stdout.flush()  # or the child has the same bytes to write
        sys.stderr.flush()
        try:
            pid = self._signals.fork()
        except OSError as error:
            delay = slot.end(time.monotonic(), self._rules)
            self._log("worker_not_started", reason=str(error), restart_in=delay)
            return
        if pid == 0:  # pragma: no cover - runs in the child
            self._be_worker(slot.index)
        slot.start(pid, time.monotonic())
        self._log("worker_started", worker=slot.index, pid=pid)

    def _be_worker(self, index: int) -> None:  # pragma: no cover - runs in the child
        """Never returns: the caller's stack is the supervisor's."""
        status = 1
        try:
            os.setpgid(0, 0)
            os.close(self._grip)
            self._port.close()
            threading.Thread(target=_follow, args=(self._lifeline,), daemon=True).start()
            self._board.row(index).enter(os.getpid(), time.time())
            status = self._run_worker(index, self._board, self._port.address)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        except KeyboardInterrupt:
            status = 128 + signal.SIGINT
        except BaseException:  # the border of the process: told, then gone
            traceback.print_exc()
        finally:
            with suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)


def describe_status(status: int) -> str:
    """An exit status as ``os.waitstatus_to_exitcode`` gives it, in words."""
    if status >= 0:
        return f"with exit status {status}"
    try:
        return f"by {signal.Signals(-status).name}"
    except ValueError:
        return f"by signal {-status}"  # a real-time one has no name


def _follow(lifeline: int) -> None:  # pragma: no cover - runs in the child
    """Tell this worker to drain when the supervisor is gone."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
