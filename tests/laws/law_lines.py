"""One way to ask, whatever the client speaks: HTTP/1.1 or HTTP/2, in plain text or over TLS."""

from __future__ import annotations

import ssl
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

import trio
from attrs import field, frozen
from h2_peer import Client, Reply
from hyperframe.frame import GoAwayFrame, RstStreamFrame

from m2m_trio.testing import RawClient, open_raw_client

Pairs = Sequence[tuple[bytes, bytes]]
CHAT = "/v1/chat/completions"


@frozen
class Answer:
    """What came back, the framing of the hop left out."""

    status: int
    fields: list[tuple[bytes, bytes]]
    """Names lower-cased, in order, but those of the hop: transfer-encoding, connection."""

    body: bytes
    complete: bool
    """Whether it came to its end: False is what a cut reply looks like."""

    interim: list[int] = field(factory=list)

    def value(self, name: bytes) -> bytes | None:
        """The only value of a field, or None."""
        values = [value for key, value in self.fields if key == name]
        assert len(values) < 2, (name, values)
        return values[0] if values else None

    @property
    def pairs(self) -> list[tuple[bytes, bytes]]:
        """The fields without ``date``, which a proxy adds where the upstream sent none."""
        return [pair for pair in self.fields if pair[0] != b"date"]


class Line(Protocol):
    """One connection to a node, one request at a time."""

    leavings: tuple[str, ...]
    """The ways to leave in the middle."""

    async def start(
        self,
        method: str,
        target: str,
        fields: Pairs = (),
        body: bytes | None = None,
        *,
        length: int | None = None,
    ) -> None:
        """Send a request; only the first of ``length`` bytes of its body if that is given."""

    async def head(self) -> None:
        """Wait for the reply's head."""

    async def until(self, marker: bytes) -> bytes:
        """The body so far, once ``marker`` is in it."""

    async def answer(self) -> Answer:
        """Wait for the reply's end, clean or not."""

    async def leave(self, how: str) -> None:
        """Be gone, one of `leavings`."""


class H1Line:
    """HTTP/1.1."""

    leavings = ("close", "reset", "half_close")

    def __init__(self, client: RawClient, *, secure: bool) -> None:
        self.client = client
        self._method = b"GET"
        if secure:
            self.leavings = ("close", "reset")

    async def start(
        self,
        method: str,
        target: str,
        fields: Pairs = (),
        body: bytes | None = None,
        *,
        length: int | None = None,
    ) -> None:
        self._method = method.encode()
        lines = [f"{method} {target} HTTP/1.1".encode("latin-1"), b"Host: localhost"]
        lines += [b"%b: %b" % pair for pair in fields]
        if body is not None:
            lines.append(b"Content-Length: %d" % (len(body) if length is None else length))
        await self.client.send(b"\r\n".join([*lines, b"", b""]) + (body or b""))

    async def head(self) -> None:
        await self.client.read_head(method=self._method)

    async def until(self, marker: bytes) -> bytes:
        return await self.client.read_body_until(marker)

    async def answer(self) -> Answer:
        response = await self.client.read_response(method=self._method)
        fields = [(name.lower(), value) for name, value in response.fields]
        hop = {b"transfer-encoding", b"connection"}
        return Answer(
            response.status,
            [pair for pair in fields if pair[0] not in hop],
            response.body,
            response.complete,
            [int(head.start_line.split()[1]) for head in response.interim],
        )

    async def leave(self, how: str) -> None:
        await getattr(self.client, how)()


class H2Line:
    """HTTP/2."""

    leavings = ("rst_stream", "goaway", "close", "reset")

    def __init__(self, client: Client) -> None:
        self.client = client
        self.stream_id = 0

    @property
    def reply(self) -> Reply:
        return self.client.replies[self.stream_id]

    async def start(
        self,
        method: str,
        target: str,
        fields: Pairs = (),
        body: bytes | None = None,
        *,
        length: int | None = None,
    ) -> None:
        head = [
            (b":method", method.encode()),
            (b":scheme", b"http"),
            (b":path", target.encode("latin-1")),
            (b":authority", b"localhost"),
            *[(name.lower(), value) for name, value in fields],
        ]
        self.stream_id = await self.client.ask(head, body, ends=length is None)

    async def head(self) -> None:
        await self.client.until(lambda: bool(self.reply.fields), 20)

    async def until(self, marker: bytes) -> bytes:
        await self.client.until(lambda: marker in self.reply.body, 20)
        return bytes(self.reply.body)

    async def answer(self) -> Answer:
        reply = self.reply
        while not reply.over and await self.client.pump():
            pass
        assert reply.fields, "not even a head"
        fields = [pair for pair in reply.fields if not pair[0].startswith(b":")]
        interim = [int(status) for status in reply.interim]
        assert reply.status is not None
        complete = reply.ended and reply.reset in {None, 0}
        return Answer(reply.status, fields, bytes(reply.body), complete, interim)

    async def leave(self, how: str) -> None:
        if how == "rst_stream":
            # Not h2's own reset: it refuses where the reply has ended, and a client need not.
            await self.client.send_frames(RstStreamFrame(self.stream_id, error_code=8))
        elif how == "goaway":
            await self.client.send_frames(GoAwayFrame(0, last_stream_id=0, error_code=0))
            await trio.aclose_forcefully(self.client.stream)
        else:
            raw = RawClient(self.client.stream)
            await (raw.close() if how == "close" else raw.reset())


@asynccontextmanager
async def open_line(
    address: tuple[str, int], protocol: str, authority: ssl.SSLContext | None = None
) -> AsyncGenerator[Line]:
    """Connect in ``h1``, ``h1s``, ``h2`` or ``h2s`` (s: over TLS, trusting ``authority``)."""
    tls = None
    if protocol.endswith("s"):
        assert authority is not None
        tls = authority
    if protocol.startswith("h1"):
        async with open_raw_client(address, tls=tls) as raw:
            yield H1Line(raw, secure=tls is not None)
        return
    transport = await trio.open_tcp_stream(*address)
    stream: trio.SocketStream | trio.SSLStream[trio.SocketStream] = transport
    try:
        if tls is not None:
            stream = trio.SSLStream(
                transport, tls, server_hostname="127.0.0.1", https_compatible=True
            )
            await stream.do_handshake()
            assert stream.selected_alpn_protocol() == "h2"
        client = _TolerantClient(stream)  # type: ignore[arg-type]
        await client.start()
        yield H2Line(client)
    finally:
        await trio.aclose_forcefully(stream)


class _TolerantClient(Client):
    """Takes what a broken TLS connection raises for its end."""

    async def pump(self) -> bool:
        try:
            return await super().pump()
        except (ssl.SSLError, trio.ClosedResourceError):
            self.closed = True
            return False


__all__ = ["CHAT", "Answer", "Line", "Pairs", "open_line"]
