from __future__ import annotations

import os
import signal

import pytest

from m2m_trio.server.signals import SignalQueue

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

USED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def test_signals_come_out_in_their_order() -> None:
    with SignalQueue(USED) as queue:
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGHUP):
            os.kill(os.getpid(), number)

        assert queue.wait(5) == [signal.SIGHUP, signal.SIGTERM, signal.SIGHUP]


def test_wait_gives_nothing_after_its_timeout() -> None:
    with SignalQueue(USED) as queue:
        assert queue.wait(0) == []


def test_other_signals_are_left_out() -> None:
    before = signal.signal(signal.SIGUSR1, lambda *_: None)
    try:
        with SignalQueue(USED) as queue:
            os.kill(os.getpid(), signal.SIGUSR1)

            assert queue.wait(5) == []
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_handlers_are_put_back() -> None:
    before = [signal.getsignal(number) for number in USED]
    with SignalQueue(USED):
        assert [signal.getsignal(number) for number in USED] != before

    assert [signal.getsignal(number) for number in USED] == before


def test_forked_child_has_the_default_handlers_and_no_share_in_the_queue() -> None:
    with SignalQueue(USED) as queue:
        pid = queue.fork()
        if pid == 0:  # pragma: no cover - runs in the child
            handlers = [signal.getsignal(number) for number in USED]
            expected = [signal.SIG_DFL, signal.default_int_handler, signal.SIG_IGN]
            os.kill(os.getpid(), signal.SIGHUP)
            blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [])
            os._exit(0 if handlers == expected and not blocked & set(USED) else 9)
        _, status = os.waitpid(pid, 0)

        assert os.waitstatus_to_exitcode(status) == 0
        assert queue.wait(0) == []
