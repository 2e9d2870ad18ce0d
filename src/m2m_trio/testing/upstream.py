"""A scripted upstream on loopback that records every request byte for byte.

Each connection has a reader of its own, so the upstream notices the moment its peer goes
away, whatever the script is doing; the script is not cancelled by that, as a model that
nobody tells would go on generating.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import trio
from attrs import frozen

from m2m_trio.testing.messages import BodyReader, Head, parse_request_line, take_head

_RECEIVE_BYTES = 256 * 1024
_CLOSE_WITH_RESET = struct.pack("ii", 1, 0)


class Connection:
    """One accepted connection, as a script sees it."""

    def __init__(
        self, stream: trio.SocketStream | trio.SSLStream[trio.SocketStream], number: int
    ) -> None:
        self.number = number
        """Counts from 0 in the order of acceptance."""

        self.closed = trio.Event()
        """Set when the connection is over, whoever ended it."""

        self.closed_at: float | None = None
        """`time.perf_counter` of that moment."""

        self.closed_by_peer = False
        """Whether the peer ended it: an end of data (a half-close counts) or a reset."""

        self.received = bytearray()
        """What has come and is not yet part of a complete request."""

        self._stream = stream
        self._news = trio.Event()

    async def send(self, data: bytes) -> None:
        """Send raw bytes. `trio.BrokenResourceError` or `trio.ClosedResourceError` if over."""
        await self._stream.send_all(data)

    async def close(self) -> None:
        """End the connection in order (FIN; over TLS a close_notify before it)."""
        self._over(by_peer=False)
        await self._stream.aclose()

    async def reset(self) -> None:
        """End the connection with a reset (RST), losing what is still under way."""
        self._over(by_peer=False)
        transport = self._transport()
        linger = (socket.SOL_SOCKET, socket.SO_LINGER)
        transport.socket.setsockopt(*linger, _CLOSE_WITH_RESET)
        await trio.aclose_forcefully(transport)

    async def stall(self) -> None:
        """Do nothing until the connection is over."""
        await self.closed.wait()

    def _transport(self) -> trio.SocketStream:
        stream = self._stream
        return stream.transport_stream if isinstance(stream, trio.SSLStream) else stream

    def _over(self, *, by_peer: bool) -> None:
        if not self.closed.is_set():
            self.closed_by_peer = by_peer
            self.closed_at = time.perf_counter()
            self.closed.set()
        self._news.set()

    async def _keep_reading(self) -> None:
        try:
            while data := await self._stream.receive_some(_RECEIVE_BYTES):
                self.received += data
                self._news.set()
        except (trio.BrokenResourceError, trio.ClosedResourceError, ssl.SSLError):
            pass
        self._over(by_peer=True)

    async def _wait_for_more(self) -> bool:
        """Whether more has come; False when the connection is over."""
        if self.closed.is_set():
            return False
        await self._news.wait()
        self._news = trio.Event()
        return True

    async def _next_request(self) -> Request | None:
        """The next complete request; None when the connection ends without one."""
        while (head := take_head(self.received)) is None:
            if not await self._wait_for_more():
                return None
        body = BodyReader.of_request(head)
        body.feed(self.received)
        while not body.complete:
            if not await self._wait_for_more():
                self.received[:0] = head.raw + body.raw
                return None
            body.feed(self.received)
        method, target, version = parse_request_line(head.start_line)
        return Request(
            head,
            method,
            target,
            version,
            body=bytes(body.data),
            raw_body=bytes(body.raw),
            connection=self,
            received_at=time.perf_counter(),
        )


@frozen(eq=False)
class Request:
    """One request as its bytes said it."""

    head: Head
    method: bytes
    target: bytes
    version: bytes
    body: bytes
    """Chunked framing removed."""

    raw_body: bytes
    """Chunked framing included."""

    connection: Connection
    """What it came on; shared with other requests when the peer keeps it alive."""

    received_at: float
    """`time.perf_counter` when its last byte had been read."""

    @property
    def fields(self) -> tuple[tuple[bytes, bytes], ...]:
        """Names in the case they came in, in order, duplicates kept."""
        return self.head.fields

    @property
    def closed(self) -> trio.Event:
        """Set when its connection is over; `closed_by_peer` says by whom."""
        return self.connection.closed

    @property
    def closed_at(self) -> float | None:
        """`time.perf_counter` of that moment."""
        return self.connection.closed_at

    @property
    def closed_by_peer(self) -> bool:
        return self.connection.closed_by_peer

    def values(self, name: bytes) -> list[bytes]:
        """All values of the field ``name``, in any case."""
        return self.head.values(name)

    def value(self, name: bytes) -> bytes | None:
        """The only value of the field ``name``, or None; ValueError if there are more."""
        return self.head.value(name)

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def keeps_alive(self) -> bool:
        """Whether the peer means to use the connection again."""
        options = b",".join(self.values(b"connection")).lower()
        return self.version == b"1.1" and b"close" not in options


Script = Callable[[Request, Connection], Awaitable[None]]
"""What the upstream does about one request. It may send any bytes, close, reset, stall."""


class Upstream:
    """What a test knows of its scripted upstream."""

    def __init__(self, script: Script, *, tls: ssl.SSLContext | None) -> None:
        self.script = script
        """May be replaced while the upstream runs."""

        self.requests: list[Request] = []
        """Every complete request, in the order of arrival over all connections."""

        self.connections: list[Connection] = []
        self.host = ""
        self.port = 0
        self._tls = tls
        self._arrival = trio.Event()

    @property
    def origin(self) -> str:
        """``http://127.0.0.1:PORT``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}"

    @property
    def url(self) -> str:
        """The base URL as an OpenAI client wants it: ``http://127.0.0.1:PORT/v1``."""
        return f"{self.origin}/v1"

    @property
    def open_connections(self) -> list[Connection]:
        """Those that are not over."""
        return [c for c in self.connections if not c.closed.is_set()]

    async def request(self, number: int) -> Request:
        """The request with this index in `requests`, awaited if it is still to come."""
        while len(self.requests) <= number:
            await self._arrival.wait()
        return self.requests[number]

    async def all_closed(self) -> None:
        """Wait until every connection accepted so far is over."""
        for connection in self.connections:
            await connection.closed.wait()

    async def _serve(self, transport: trio.SocketStream) -> None:
        stream: trio.SocketStream | trio.SSLStream[trio.SocketStream] = transport
        if self._tls is not None:
            stream = trio.SSLStream(
                transport, self._tls, server_side=True, https_compatible=True
            )
        connection = Connection(stream, len(self.connections))
        self.connections.append(connection)
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(connection._keep_reading)  # noqa: SLF001
                await self._answer(connection)
                nursery.cancel_scope.cancel()
        finally:
            connection._over(by_peer=False)  # noqa: SLF001
            await trio.aclose_forcefully(stream)

    async def _answer(self, connection: Connection) -> None:
        while (request := await connection._next_request()) is not None:  # noqa: SLF001
            self.requests.append(request)
            self._arrival.set()
            self._arrival = trio.Event()
            try:
                await self.script(request, connection)
                if not request.keeps_alive:
                    await connection.close()
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                return  # the peer left, or the script closed and went on sending


@asynccontextmanager
async def open_upstream(
    script: Script,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    tls: ssl.SSLContext | None = None,
) -> AsyncGenerator[Upstream]:
    """Serve ``script`` on ``host`` until the block ends; a free port by default.

    An exception of the script, and a request that is not strictly HTTP/1.1 (`ValueError`),
    ends the block: a test fails on it. One exception alone is raised as it is, not in a
    group.
    """
    upstream = Upstream(script, tls=tls)
    listeners = await trio.open_tcp_listeners(port, host=host)
    upstream.host, upstream.port = listeners[0].socket.getsockname()[:2]
    try:
        async with trio.open_nursery() as nursery:
            await nursery.start(trio.serve_listeners, upstream._serve, listeners)  # noqa: SLF001
            yield upstream
            nursery.cancel_scope.cancel()
    except BaseExceptionGroup as group:
        raise only_exception(group) from None


def only_exception(error: BaseException) -> BaseException:
    """The exception itself where nested groups hold just one."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error
