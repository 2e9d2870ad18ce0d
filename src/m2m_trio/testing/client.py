"""A raw HTTP/1.1 client: sends any bytes, and reads answers as far as they have come."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import trio

from m2m_trio.testing.messages import Head, Response, ResponseReader

Address = tuple[str, int]

_RECEIVE_BYTES = 256 * 1024
_CLOSE_WITH_RESET = struct.pack("ii", 1, 0)


class RawClient:
    """One connection to a server under test."""

    def __init__(self, stream: trio.SocketStream | trio.SSLStream[trio.SocketStream]) -> None:
        self.received = bytearray()
        """Every byte that has come."""

        self.closed = False
        """Whether the server has ended the connection, by an end of data or a reset."""

        self.was_reset = False
        """Whether it did so with a reset, or over TLS without a close_notify."""

        self._stream = stream
        self._unread = bytearray()
        self._reader = ResponseReader()

    async def send(self, data: bytes) -> None:
        """Send raw bytes."""
        await self._stream.send_all(data)

    async def half_close(self) -> None:
        """Say that nothing more will be sent (FIN), and go on reading. Not over TLS."""
        if isinstance(self._stream, trio.SSLStream):
            raise ValueError("TLS has no half-close")  # noqa: TRY004
        await self._stream.send_eof()

    async def close(self) -> None:
        """Leave in order (FIN)."""
        await trio.aclose_forcefully(self._stream)

    async def reset(self) -> None:
        """Leave with a reset (RST)."""
        stream = self._stream
        transport = stream.transport_stream if isinstance(stream, trio.SSLStream) else stream
        linger = (socket.SOL_SOCKET, socket.SO_LINGER)
        transport.socket.setsockopt(*linger, _CLOSE_WITH_RESET)
        await trio.aclose_forcefully(transport)

    async def receive(self) -> bytes:
        """The next bytes as they come; empty at the end, however it came about."""
        if self.closed:
            return b""
        try:
            data = bytes(await self._stream.receive_some(_RECEIVE_BYTES))
        except (trio.BrokenResourceError, ssl.SSLError):
            self.was_reset = True
            data = b""
        self.closed = not data
        self.received += data
        self._unread += data
        return data

    async def read_head(self, *, method: bytes = b"GET") -> Head:
        """The head of the next response; `read_body_until` and `read_response` go on from it.

        Raises:
            ValueError: It is malformed, or the connection ended before it was complete.
        """
        self._reader = ResponseReader(method=method)
        self._reader.feed(self._unread)
        while self._reader.head is None:
            if not await self.receive():
                raise ValueError(f"no complete head before the end: {bytes(self._unread)!r}")
            self._reader.feed(self._unread)
        return self._reader.head

    async def read_body_until(self, marker: bytes) -> bytes:
        """The body so far, framing removed, as soon as ``marker`` is in it.

        Raises:
            ValueError: The response ended, whole or broken, without it.
        """
        if (body := self._reader.body) is None:
            raise ValueError("read_head comes first")
        while marker not in body.data:
            if body.complete or not await self.receive():
                raise ValueError(f"{marker!r} never came: {bytes(body.data)!r}")
            body.feed(self._unread)
        return bytes(body.data)

    async def read_response(self, *, method: bytes = b"GET") -> Response:
        """The rest of the response that `read_head` began, or else the whole next one.

        A response that is cut short has ``complete`` False.

        Raises:
            ValueError: It is malformed, or the connection ended before its head was complete.
        """
        if self._reader.head is None:
            await self.read_head(method=method)
        reader = self._reader
        while not reader.complete and await self.receive():
            reader.feed(self._unread)
        if self.closed:
            reader.finish()
        self._reader = ResponseReader()
        return reader.response()

    async def read_to_end(self) -> bytes:
        """Every byte received on this connection, once the server has closed it."""
        while await self.receive():
            pass
        return bytes(self.received)


@asynccontextmanager
async def open_raw_client(
    address: Address, *, tls: ssl.SSLContext | None = None, server_name: str | None = None
) -> AsyncGenerator[RawClient]:
    """Connect; leave at the end of the block without waiting for anything.

    The handshake, where there is TLS, is done when this returns.
    """
    host, port = address
    transport = await trio.open_tcp_stream(host, port)
    stream: trio.SocketStream | trio.SSLStream[trio.SocketStream] = transport
    try:
        if tls is not None:
            stream = trio.SSLStream(
                transport, tls, server_hostname=server_name or host, https_compatible=True
            )
            await stream.do_handshake()
        yield RawClient(stream)
    finally:
        await trio.aclose_forcefully(stream)


async def raw_exchange(address: Address, data: bytes, *, responses: int | None = 1) -> bytes:
    """Send ``data`` on a connection of its own; return the bytes that came back.

    Stops after that many complete final responses, or when the server closes; with
    ``responses=None`` only then. The method in the first line of ``data`` says whether
    bodies are to come.

    Raises:
        ValueError: What came back is no HTTP/1.1 response (never with ``responses=None``).
    """
    method = data.split(b" ", 1)[0]
    async with open_raw_client(address) as client:
        try:
            await client.send(data)
        except trio.BrokenResourceError:
            pass  # refused while sending: what was answered can still be read
        if responses is None:
            return await client.read_to_end()
        for _ in range(responses):
            await client.read_response(method=method)
            if client.closed:
                break
        return bytes(client.received)
