"""Real processes: the workers below steer the supervisor that forked them."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

from m2m_trio.errors import SettingsError
from m2m_trio.server.restarts import WorkerRules
from m2m_trio.server.supervisor import RunWorker, describe_status, supervise
from m2m_trio.settings.address import Address
from m2m_trio.stats.board import Board
from m2m_trio.stats.metrics import cell

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

LOOPBACK = Address("127.0.0.1", 0)
QUICK = WorkerRules(first_delay=0.01, longest_delay=0.05, drain=10.0, cut=10.0)
LIVES = cell("requests_total", route="other")
UP = cell("streams_open")


class Events:
    """A log that keeps what it was told."""

    def __init__(self) -> None:
        self.all: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, event: str, /, **fields: object) -> None:
        self.all.append((event, fields))

    def named(self, name: str) -> list[dict[str, Any]]:
        return [fields for event, fields in self.all if event == name]


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    def give_up(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("the supervisor did not end")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def run(
    worker: RunWorker, *, workers: int = 1, rules: WorkerRules = QUICK
) -> tuple[int, Events]:
    events = Events()
    status = supervise(worker, workers=workers, address=LOOPBACK, log=events, rules=rules)
    return status, events


# What follows down to the tests runs in the workers.


def tell_supervisor(number: signal.Signals) -> None:
    os.kill(os.getppid(), number)


def on(number: signal.Signals, do: Callable[[], None]) -> None:
    signal.signal(number, lambda *_: do())


def leave(status: int = 0) -> None:
    raise SystemExit(status)


def wait_for_signals() -> int:
    while True:
        signal.pause()


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        if time.monotonic() > deadline:
            os._exit(99)
        time.sleep(0.01)


def all_up(board: Board) -> bool:
    return all(row.cells[UP] for row in board)


# Tests.


def test_all_workers_drain_on_one_signal() -> None:
    def worker(index: int, board: Board, address: Address) -> int:
        on(signal.SIGTERM, leave)
        board.row(index).cells[UP] = 1
        if index == 0:
            wait_until(lambda: all_up(board))
            tell_supervisor(signal.SIGINT)
        return wait_for_signals()

    status, events = run(worker, workers=3)

    assert status == 0
    assert [stopped["status"] for stopped in events.named("worker_stopped")] == [0, 0, 0]
    assert not events.named("worker_died")


def test_workers_bind_one_port_and_have_a_row_and_a_group_each() -> None:
    reader, writer = os.pipe()

    def worker(index: int, board: Board, address: Address) -> int:
        on(signal.SIGTERM, leave)
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        sock.bind((address.host, address.port))
        sock.listen()
        in_row = board.row(index).cells[cell("worker_pid")] == os.getpid()
        alone = os.getpgid(0) == os.getpid()
        os.write(writer, f"{address.port} {in_row} {alone}\n".encode())
        board.row(index).cells[UP] = 1
        if index == 0:
            wait_until(lambda: all_up(board))
            tell_supervisor(signal.SIGTERM)
        return wait_for_signals()

    status, events = run(worker, workers=2)
    os.close(writer)
    with os.fdopen(reader) as said:
        lines = said.read().splitlines()

    assert status == 0
    port = lines[0].split()[0]
    assert port != "0"
    assert lines == [f"{port} True True"] * 2
    assert events.named("supervisor_started")[0]["address"] == f"127.0.0.1:{port}"


def test_dead_worker_comes_back_with_its_counts_and_without_its_gauges() -> None:
    def worker(index: int, board: Board, address: Address) -> int:
        cells = board.row(index).cells
        cells[LIVES] += 1
        if cells[LIVES] < 3:
            cells[UP] = 1
            return 7
        if cells[UP]:
            return 9
        tell_supervisor(signal.SIGTERM)
        return wait_for_signals()

    status, events = run(worker)

    died = events.named("worker_died")
    assert status == 0
    assert [death["status"] for death in died] == [7, 7]
    assert [death["restart_in"] for death in died] == [0.01, 0.02]
    assert len(events.named("worker_started")) == 3


def test_worker_killed_by_a_signal_comes_back() -> None:
    def worker(index: int, board: Board, address: Address) -> int:
        cells = board.row(index).cells
        cells[LIVES] += 1
        if cells[LIVES] == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        tell_supervisor(signal.SIGTERM)
        return wait_for_signals()

    status, events = run(worker)

    assert status == 0
    assert [death["status"] for death in events.named("worker_died")] == [-signal.SIGKILL]


def test_node_gives_up_when_a_worker_never_comes_up() -> None:
    def worker(index: int, board: Board, address: Address) -> int:
        if index == 0:
            on(signal.SIGTERM, leave)
            return wait_for_signals()
        raise RuntimeError("no such luck")

    status, events = run(worker, workers=2)

    assert status == 1
    assert len(events.named("worker_died")) == QUICK.failures - 1
    (told,) = events.named("supervisor_gave_up")
    assert told["message"].startswith("worker 1 died 5 times while starting")
    assert "with exit status 1" in told["message"]


def test_worker_with_wrong_settings_ends_the_node_with_status_two() -> None:
    status, events = run(lambda *_: 2)

    assert status == 2
    assert len(events.named("worker_started")) == 1


@pytest.mark.parametrize(("code", "status"), [(None, 0), (0, 0), (7, 7), ("a message", 1)])
def test_worker_may_end_by_system_exit(code: str | int | None, status: int) -> None:
    def worker(index: int, board: Board, address: Address) -> int:
        raise SystemExit(code)

    _, events = run(worker, rules=WorkerRules(failures=1))

    assert events.named("supervisor_gave_up")[0]["status"] == status


def test_hangup_is_passed_on() -> None:
    def worker(index: int, board: Board, address: Address) -> int:
        on(signal.SIGTERM, leave)
        on(signal.SIGHUP, lambda: tell_supervisor(signal.SIGTERM))
        tell_supervisor(signal.SIGHUP)
        return wait_for_signals()

    status, events = run(worker)

    assert status == 0
    assert [told["signal"] for told in events.named("supervisor_signal")] == [
        "SIGHUP",
        "SIGTERM",
    ]


def test_second_signal_cuts() -> None:
    def worker(index: int, board: Board, address: Address) -> int:
        on(signal.SIGTERM, lambda: tell_supervisor(signal.SIGTERM))
        tell_supervisor(signal.SIGTERM)
        return wait_for_signals()

    status, events = run(worker)

    assert status == 1
    assert [told["signal"] for told in events.named("workers_told")] == ["SIGTERM", "SIGINT"]
    assert events.named("worker_stopped")[0]["status"] == 128 + signal.SIGINT


def test_third_signal_kills() -> None:
    def worker(index: int, board: Board, address: Address) -> int:
        on(signal.SIGTERM, lambda: tell_supervisor(signal.SIGTERM))
        on(signal.SIGINT, lambda: tell_supervisor(signal.SIGTERM))
        tell_supervisor(signal.SIGTERM)
        return wait_for_signals()

    status, events = run(worker)

    assert status == 1
    assert events.named("worker_stopped")[0]["status"] == -signal.SIGKILL


def test_worker_that_hears_nothing_is_killed_after_its_time() -> None:
    def worker(index: int, board: Board, address: Address) -> int:
        on(signal.SIGTERM, lambda: None)
        on(signal.SIGINT, lambda: None)
        tell_supervisor(signal.SIGTERM)
        return wait_for_signals()

    status, events = run(worker, rules=WorkerRules(drain=0.0, cut=0.05))

    assert status == 1
    signals = [told["signal"] for told in events.named("workers_told")]
    assert signals[:3] == ["SIGTERM", "SIGINT", "SIGKILL"]
    assert set(signals[3:]) <= {"SIGKILL"}  # on a busy machine the end takes its time


def test_dead_worker_is_not_replaced_while_draining() -> None:
    def worker(index: int, board: Board, address: Address) -> int:
        on(signal.SIGTERM, lambda: leave(3))
        tell_supervisor(signal.SIGTERM)
        return wait_for_signals()

    status, events = run(worker)

    assert status == 1
    assert len(events.named("worker_started")) == 1


def test_fork_that_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, attempts = os.fork, iter([1, 2])

    def scarce() -> int:
        if next(attempts, None):
            raise BlockingIOError("Resource temporarily unavailable")
        return fork()

    def worker(index: int, board: Board, address: Address) -> int:
        tell_supervisor(signal.SIGTERM)
        return wait_for_signals()

    monkeypatch.setattr(os, "fork", scarce)
    status, events = run(worker)

    assert status == 0
    assert [failed["restart_in"] for failed in events.named("worker_not_started")] == [
        0.01,
        0.02,
    ]


def test_address_in_use_is_told_before_any_worker_starts() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = Address(*holder.getsockname())
        events = Events()

        with pytest.raises(SettingsError, match="in use"):
            supervise(lambda *_: 0, workers=2, address=taken, log=events)

    assert not events.all


def test_supervisor_leaves_signals_and_threads_as_they_were() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGCHLD)
    threads = threading.active_count()

    run(lambda *_: 2)

    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGCHLD)) == before
    assert threading.active_count() == threads


def test_workers_leave_when_their_supervisor_is_killed() -> None:
    reader, writer = os.pipe()
    script = f"""
        import os, signal
        from m2m_trio.server.supervisor import supervise
        from m2m_trio.settings.address import Address

        def log(event, **fields):
            pass

        def worker(index, board, address):
            os.write({writer}, b"u")
            while True:
                signal.pause()

        supervise(worker, workers=2, address=Address("127.0.0.1", 0), log=log)
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    with subprocess.Popen(command, pass_fds=[writer]) as supervisor:
        os.close(writer)  # now only the three processes hold it
        started = [os.read(reader, 1) for _ in range(2)]
        supervisor.kill()

    assert started == [b"u", b"u"]
    readable, _, _ = select.select([reader], [], [], 10)
    assert readable
    assert os.read(reader, 1) == b""
    os.close(reader)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0, "with exit status 0"),
        (3, "with exit status 3"),
        (-9, "by SIGKILL"),
        (-40, "by signal 40"),
    ],
)
def test_status_in_words(status: int, words: str) -> None:
    assert describe_status(status) == words
