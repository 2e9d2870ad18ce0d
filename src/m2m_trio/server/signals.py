"""Signals as a queue that a plain synchronous loop waits on."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterable
from types import FrameType, TracebackType
from typing import Any, Self


class SignalQueue:
    """Collects signals while the block lasts. Main thread only.

    The trick is ``signal.set_wakeup_fd``: the number of each signal is written to a pipe at
    once, so none is lost between looking and waiting.
    """

    def __init__(self, numbers: Iterable[signal.Signals]) -> None:
        self._numbers = frozenset(numbers)
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        self._fd_before = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        for number in self._numbers:
            self._before[number] = signal.signal(number, _note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._fd_before)
        os.close(self._reader)
        os.close(self._writer)

    def wait(self, timeout: float | None) -> list[signal.Signals]:
        """Signals that came, in order; none after ``timeout`` seconds. None: no timeout."""
        select.select([self._reader], [], [], timeout)
        try:
            came = os.read(self._reader, 4096)
        except BlockingIOError:
            return []
        return [signal.Signals(number) for number in came if number in self._numbers]

    def fork(self) -> int:
        """Fork so that the child has the default handlers and gets none of our signals.

        The child ignores SIGHUP until it says otherwise: it has just read its settings.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, self._numbers)
        try:
            pid = os.fork()
            if pid == 0:  # pragma: no cover - runs in the child
                try:
                    self._leave_to_parent()
                except BaseException:  # never a second copy of the caller
                    os._exit(1)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, self._numbers)
        return pid

    def _leave_to_parent(self) -> None:  # pragma: no cover - runs in the child
        signal.set_wakeup_fd(-1)
        os.close(self._reader)
        os.close(self._writer)
        for number in self._numbers:
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _note(number: int, frame: FrameType | None) -> None:
    """Nothing: that a handler is set makes the interpreter write to the pipe."""
