"""Lines to standard error that never wait and never raise.

A log reader that stalls must not stall the node, and one that is gone must not end it.
The trick: a pipe or a terminal is opened anew, so that it can be non-blocking without
changing the mode of the file that other processes write to as well. What does not fit
is dropped and counted, and the next line that gets through tells how many were lost.
"""

from __future__ import annotations

import os
import select
import socket
import stat
from collections.abc import Callable
from typing import TextIO

LINE_BYTES = 4096
"""Bytes of one line, its end included. A pipe takes this much whole or not at all, so
the lines of several workers never mix (Linux; elsewhere they may, when it is full)."""

CUT = " …\n".encode()


class LineWriter:
    """Writes whole lines to ``stream``; to nothing where it is None or closed."""

    def __init__(self, stream: TextIO | None) -> None:
        self.stream = stream
        self._put, self._close = _open_sink(stream)
        self.lost = 0
        """Lines dropped since the last one that got through."""

    def write(self, line: str) -> None:
        """Write ``line``, whose end is added; drop it if that would wait or fail."""
        data = line.encode("utf-8", "backslashreplace") + b"\n"
        if len(data) > LINE_BYTES:
            whole = data[: LINE_BYTES - len(CUT)].decode("utf-8", "ignore")
            data = whole.encode() + CUT
        if self.lost and self._try(f"({self.lost} log lines lost)\n".encode()):
            self.lost = 0
        if self.lost or not self._try(data):
            self.lost += 1

    def close(self) -> None:
        """Give back what was opened; lines go nowhere after that."""
        self._put = _put_nowhere
        self._close()
        self._close = _nothing_to_close

    def _try(self, data: bytes) -> bool:
        try:
            self._put(data)
        except (OSError, ValueError):  # gone, full, or a stream that somebody closed
            return False
        return True


Put = Callable[[bytes], object]
Close = Callable[[], object]


def _put_nowhere(_data: bytes) -> None:
    pass


def _nothing_to_close() -> None:
    pass


def _open_sink(stream: TextIO | None) -> tuple[Put, Close]:
    """How to write to ``stream`` without waiting, and how to end that.

    `Put` raises OSError or ValueError for what cannot be written now.
    """
    if stream is None:
        return _put_nowhere, _nothing_to_close
    try:
        descriptor = stream.fileno()
        kind = os.fstat(descriptor).st_mode
    except (OSError, ValueError):  # not a file: a test's stream, a notebook's
        return lambda data: _put_text(stream, data), _nothing_to_close
    if stat.S_ISSOCK(kind):  # systemd's journal
        sock = socket.socket(fileno=os.dup(descriptor))
        return lambda data: sock.send(data, socket.MSG_DONTWAIT), sock.close
    if stat.S_ISFIFO(kind) or stat.S_ISCHR(kind):
        return _open_anew(descriptor)
    # A file never waits, and its place and O_APPEND would be lost by opening it anew.
    return lambda data: os.write(descriptor, data), _nothing_to_close


def _open_anew(descriptor: int) -> tuple[Put, Close]:
    flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY
    try:
        own = os.open(f"/proc/self/fd/{descriptor}", flags)
    except OSError:  # no Linux, no reader, or a terminal of another user
        return lambda data: _put_if_writable(descriptor, data), _nothing_to_close
    return lambda data: os.write(own, data), lambda: os.close(own)


def _put_if_writable(descriptor: int, data: bytes) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    if not poll.poll(0):
        raise BlockingIOError
    os.write(descriptor, data)


def _put_text(stream: TextIO, data: bytes) -> None:
    stream.write(data.decode())
    stream.flush()
