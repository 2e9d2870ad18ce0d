"""One duplex byte stream, plain or TLS, with an abort that needs no await.

The trick of `PlainWire`: send first and wait only when the kernel says so, on a raw
non-blocking socket. A send that goes through at once passes no checkpoint; `receive`
always passes one, so a loop of both cannot starve other tasks. Every failure of either
kind of wire is an `OSError`, also "somebody else closed it under our feet".
"""

from __future__ import annotations

import select
import socket
import ssl
import struct
from typing import Protocol

import trio

RECEIVE_BYTES = 64 * 1024
SEND_SLICE_BYTES = 256 * 1024
"""What must get through within one send timeout: the slowest peer we put up with."""


class PartlySentError(ConnectionError):
    """A send failed after the kernel took some of it: the peer may have seen that."""


_HANG_UP = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


class Wire(Protocol):
    """What HTTP needs of a connection."""

    async def receive(self, max_bytes: int = RECEIVE_BYTES) -> bytes:
        """Bytes as they come; empty when the peer has closed its side.

        Raises:
            OSError: The connection broke or was aborted.
        """

    async def send(self, data: bytes | bytearray | memoryview) -> None:
        """Hand over all of ``data``.

        Raises:
            TimeoutError: The peer did not take it within the send timeout.
            OSError: The connection broke or was aborted.
        """

    def abort(self) -> None:
        """Close at once, whoever waits on it; may be called again."""

    def reset(self) -> None:
        """Close at once in a way that the peer cannot take for a clean end (RST)."""

    def shut_down(self) -> None:
        """Send no more: the peer sees the end of what was sent; receiving goes on."""

    def is_stale(self) -> bool:
        """Whether an unused connection has been closed, or sent to, by the peer."""

    def has_hung_up(self) -> bool:
        """Whether the peer has closed its side, even if bytes of it still wait unread."""


class _Probe:
    """Asks the kernel what waits on a socket: half the price of a read that finds nothing."""

    __slots__ = ("_poll", "_sock")

    def __init__(self, sock: socket.socket | trio.socket.SocketType) -> None:
        self._sock = sock
        self._poll: select.poll | None = None

    def events(self) -> int:
        """What ``poll(2)`` says; everything at once for a closed socket."""
        fd = self._sock.fileno()
        if fd == -1:
            return select.POLLIN | _HANG_UP
        if self._poll is None:
            self._poll = select.poll()
            self._poll.register(fd, select.POLLIN | _HANG_UP)
        ready = self._poll.poll(0)
        return ready[0][1] if ready else 0


def _close_with_reset(sock: socket.socket | trio.socket.SocketType) -> None:
    """Have the kernel send a reset when ``sock`` is closed, and drop what is unsent."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        pass  # already closed, by us or by the peer


def _shut_down(sock: socket.socket | trio.socket.SocketType) -> None:
    try:
        sock.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # already closed, by us or by the peer


class PlainWire:
    """A TCP connection on a raw non-blocking socket."""

    __slots__ = ("_probe", "_sock", "send_timeout")

    def __init__(self, sock: socket.socket, *, send_timeout: float) -> None:
        sock.setblocking(False)
        if sock.family != getattr(socket, "AF_UNIX", None):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock = sock
        self._probe = _Probe(sock)
        self.send_timeout = send_timeout

    async def receive(self, max_bytes: int = RECEIVE_BYTES) -> bytes:
        sock = self._sock
        while True:
            try:
                await trio.lowlevel.wait_readable(sock)
                return sock.recv(max_bytes)
            except BlockingIOError:
                continue
            except (trio.ClosedResourceError, ValueError) as error:
                raise ConnectionAbortedError("the connection was aborted") from error

    async def send(self, data: bytes | bytearray | memoryview) -> None:
        try:
            sent = self._sock.send(data)
        except BlockingIOError:
            sent = 0
        if sent != len(data):
            await self._send_rest(memoryview(data)[sent:])

    async def _send_rest(self, rest: memoryview) -> None:
        sock = self._sock
        while rest:
            slice_end = len(rest) - SEND_SLICE_BYTES
            with trio.move_on_after(self.send_timeout) as scope:
                while rest and len(rest) > slice_end:
                    try:
                        await trio.lowlevel.wait_writable(sock)
                        rest = rest[sock.send(rest) :]
                    except BlockingIOError:
                        continue
                    except (trio.ClosedResourceError, ValueError) as error:
                        raise ConnectionAbortedError("the connection was aborted") from error
                    except OSError as error:
                        raise PartlySentError(*error.args) from error
            if scope.cancelled_caught:
                raise TimeoutError(f"the peer took nothing for {self.send_timeout:g} s")

    def abort(self) -> None:
        if self._sock.fileno() != -1:
            trio.lowlevel.notify_closing(self._sock)
            self._sock.close()

    def reset(self) -> None:
        _close_with_reset(self._sock)
        self.abort()

    def shut_down(self) -> None:
        _shut_down(self._sock)

    def is_stale(self) -> bool:
        return self._probe.events() != 0

    def has_hung_up(self) -> bool:
        return self._probe.events() & _HANG_UP != 0


class TlsWire:
    """A TLS connection; the handshake is done by whoever opened it."""

    __slots__ = ("_probe", "_sock", "send_timeout", "stream")

    def __init__(
        self, stream: trio.SSLStream[trio.SocketStream], *, send_timeout: float
    ) -> None:
        self.stream = stream
        self._sock = stream.transport_stream.socket
        self._probe = _Probe(self._sock)
        self.send_timeout = send_timeout

    async def receive(self, max_bytes: int = RECEIVE_BYTES) -> bytes:
        try:
            return bytes(await self.stream.receive_some(max_bytes))
        except (trio.BrokenResourceError, trio.ClosedResourceError, ssl.SSLError) as error:
            raise ConnectionResetError(f"the TLS connection broke: {error}") from error

    async def send(self, data: bytes | bytearray | memoryview) -> None:
        rest = memoryview(data)
        try:
            for start in range(0, len(rest), SEND_SLICE_BYTES):
                with trio.move_on_after(self.send_timeout) as scope:
                    await self.stream.send_all(rest[start : start + SEND_SLICE_BYTES])
                if scope.cancelled_caught:
                    raise TimeoutError(f"the peer took nothing for {self.send_timeout:g} s")
        except (trio.BrokenResourceError, trio.ClosedResourceError, ssl.SSLError) as error:
            raise ConnectionResetError(f"the TLS connection broke: {error}") from error

    def abort(self) -> None:
        self._sock.close()  # trio's close wakes every task that waits on it

    def reset(self) -> None:
        _close_with_reset(self._sock)
        self.abort()

    def shut_down(self) -> None:
        _shut_down(self._sock)

    def is_stale(self) -> bool:
        # What has been read and not been asked for shows only in trio's own buffer.
        return bool(self.stream._incoming.pending) or self._probe.events() != 0  # noqa: SLF001

    def has_hung_up(self) -> bool:
        return self._probe.events() & _HANG_UP != 0
