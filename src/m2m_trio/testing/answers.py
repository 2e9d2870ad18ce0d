"""Ready-made scripts for `open_upstream`: good answers, and every kind of bad one.

Each function returns a script. ``ending`` says how an answer ends: ``"clean"`` as its
framing promises, else the connection is closed, reset or left silent at that point.
"""

from __future__ import annotations

import gzip
import http.client
import zlib
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Sequence
from contextlib import aclosing
from typing import Literal

from m2m_trio.testing.upstream import Connection, Request, Script

Ending = Literal["clean", "close", "reset", "stall"]
Pieces = Iterable[bytes] | AsyncIterable[bytes]
RawFields = Sequence[tuple[bytes, bytes]]

JSON: RawFields = ((b"Content-Type", b"application/json"),)
EVENT_STREAM: RawFields = (
    (b"Content-Type", b"text/event-stream; charset=utf-8"),
    (b"Cache-Control", b"no-cache"),
)


def format_head(status: int, fields: RawFields) -> bytes:
    """A response head with exactly these fields."""
    reason = http.client.responses.get(status, "").encode()
    lines = [b"HTTP/1.1 %d %b" % (status, reason), *(b"%b: %b" % pair for pair in fields)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def format_chunk(data: bytes) -> bytes:
    """``data`` as one chunk of the chunked framing."""
    return b"%x\r\n%b\r\n" % (len(data), data)


async def _end(connection: Connection, ending: Ending) -> None:
    if ending == "close":
        await connection.close()
    elif ending == "reset":
        await connection.reset()
    elif ending == "stall":
        await connection.stall()


def raw(data: bytes, *, ending: Ending = "close") -> Script:
    """Exactly these bytes."""

    async def script(_request: Request, connection: Connection) -> None:
        await connection.send(data)
        await _end(connection, ending)

    return script


def reply(body: bytes = b"{}", *, status: int = 200, fields: RawFields = JSON) -> Script:
    """A whole answer with a true ``Content-Length``, in one send. HEAD gets the head alone."""
    head = format_head(status, [*fields, (b"Content-Length", b"%d" % len(body))])

    async def script(request: Request, connection: Connection) -> None:
        await connection.send(head if request.method == b"HEAD" else head + body)

    return script


def gzipped(body: bytes, *, status: int = 200, fields: RawFields = JSON) -> Script:
    """`reply` with ``body`` coded by gzip, and saying so."""
    coding = (b"Content-Encoding", b"gzip")
    return reply(gzip.compress(body, mtime=0), status=status, fields=[*fields, coding])


def chunked(
    pieces: Pieces,
    *,
    status: int = 200,
    fields: RawFields = JSON,
    trailers: RawFields = (),
    ending: Ending = "clean",
) -> Script:
    """A chunked answer: the head in one send, then each piece as one chunk in its own send.

    An async iterable (such as a memory channel) lets the test decide when each piece goes.
    It can be used for one request only, like any iterator.
    """
    head = format_head(status, [*fields, (b"Transfer-Encoding", b"chunked")])
    last = b"0\r\n" + b"".join(b"%b: %b\r\n" % pair for pair in trailers) + b"\r\n"

    async def script(_request: Request, connection: Connection) -> None:
        await connection.send(head)
        async with aclosing(_each(pieces)) as each:  # a send may end it early
            async for piece in each:
                await connection.send(format_chunk(piece))
        if ending == "clean":
            await connection.send(last)
        await _end(connection, ending)

    return script


def sse(
    pieces: Pieces, *, fields: RawFields = EVENT_STREAM, ending: Ending = "clean"
) -> Script:
    """A stream of server-sent events, `chunked`; the pieces are any bytes."""
    return chunked(pieces, fields=fields, ending=ending)


def gzipped_sse(pieces: Iterable[bytes]) -> Script:
    """`sse` as one gzip stream, flushed after each piece: each can be decoded as it comes."""
    coder = zlib.compressobj(wbits=31)
    coded = [coder.compress(piece) + coder.flush(zlib.Z_SYNC_FLUSH) for piece in pieces]
    coded.append(coder.flush())
    return sse(coded, fields=[*EVENT_STREAM, (b"Content-Encoding", b"gzip")])


def until_close(body: bytes, *, fields: RawFields = JSON) -> Script:
    """An answer without a length: the end of the connection is the end of the body."""
    return raw(format_head(200, [*fields, (b"Connection", b"close")]) + body)


def lying_length(
    body: bytes, claimed: int, *, fields: RawFields = JSON, ending: Ending = "close"
) -> Script:
    """An answer whose ``Content-Length`` is not the length of its body."""
    return raw(
        format_head(200, [*fields, (b"Content-Length", b"%d" % claimed)]) + body, ending=ending
    )


def unanswered(ending: Literal["close", "reset", "stall"] = "close") -> Script:
    """Not one byte of an answer."""

    async def script(_request: Request, connection: Connection) -> None:
        await _end(connection, ending)

    return script


def garbage() -> Script:
    """Bytes that are not HTTP."""
    return raw(b"\x16\x03\x01\x00\xff SSH-2.0 hello \x00\xff\r\n\r\n\r\n")


def endless_head() -> Script:
    """Header fields for as long as the peer takes them."""

    async def script(_request: Request, connection: Connection) -> None:
        await connection.send(b"HTTP/1.1 200 OK\r\n")
        while True:
            await connection.send(b"X-Endless: " + b"e" * 1000 + b"\r\n")

    return script


def endless_body(piece: bytes = b"data: again\n\n") -> Script:
    """A chunked stream of ``piece`` for as long as the peer takes it."""
    head = format_head(200, [*EVENT_STREAM, (b"Transfer-Encoding", b"chunked")])

    async def script(_request: Request, connection: Connection) -> None:
        await connection.send(head)
        while True:
            await connection.send(format_chunk(piece))

    return script


def in_turn(*scripts: Script) -> Script:
    """The first script for the first request, and so on; the last one for all that follow."""
    waiting = list(scripts)

    async def script(request: Request, connection: Connection) -> None:
        turn = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        await turn(request, connection)

    return script


async def _each(pieces: Pieces) -> AsyncGenerator[bytes]:
    if isinstance(pieces, AsyncIterable):
        async for piece in pieces:
            yield piece
    else:
        for piece in pieces:
            yield piece
