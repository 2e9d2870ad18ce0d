"""One request under way: its ASGI scope, ``receive`` and ``send``.

No channel and no task: whoever waits is rescheduled by the connection's reader directly.
A `Call` is fed by its connection (`feed`, `finish`, `fail`, `hang_up`), never reads.
"""

from __future__ import annotations

import logging
from typing import Any, Protocol
from urllib.parse import unquote

import trio

from m2m_trio.errors import ClientGoneError, M2MError
from m2m_trio.net.wire import Wire
from m2m_trio.server.heads import RequestHead
from m2m_trio.server.replies import (
    CONTINUE,
    LAST_CHUNK,
    BadReplyError,
    ReplyHead,
    allows_body,
    error_fields,
)
from m2m_trio.server.service import Message, Peer
from m2m_trio.server.waiting import WaitingPlace

logger = logging.getLogger(__name__)

JOIN_BYTES = 64 * 1024
"""A body up to this size is copied behind its head or chunk line: one system call."""

SENDS_PER_CHECKPOINT = 16
"""Sends that went through at once, after which other tasks get their turn."""

_ASGI = {"version": "3.0", "spec_version": "2.4"}
_NO_BODY, _LENGTH, _CHUNKED, _UNTIL_CLOSE = range(4)


class Line(Protocol):
    """What a call needs of its connection."""

    wire: Wire

    @property
    def draining(self) -> bool:
        """Whether the connection should close after this call."""

    def resume(self) -> None:
        """The call has room for more body."""

    def listen(self) -> None:
        """The application waits for what comes from the client, or for its leaving."""

    def lose(self) -> None:
        """The client did not take what was sent to it."""


def make_scope(head: RequestHead, peer: Peer) -> dict[str, Any]:
    """The ASGI scope of a request."""
    path, _, query = head.target.partition(b"?")
    text = path.decode("ascii")
    return {
        "type": "http",
        "asgi": _ASGI,
        "http_version": "1.0" if head.is_http10 else "1.1",
        "method": head.method,
        "scheme": peer.scheme,
        "path": unquote(text) if "%" in text else text,
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": head.fields,
        "client": peer.client,
        "server": peer.server,
        "extensions": {},
    }


class Call:
    """A request and the response to it. The slots without underscore are the connection's."""

    __slots__ = (
        "_body_given",
        "_error",
        "_framing",
        "_left",
        "_line",
        "_pieces",
        "_receiver",
        "_reply",
        "_sends",
        "body_complete",
        "buffered",
        "complete",
        "expects_continue",
        "gone",
        "head",
        "head_sent",
        "keeps_alive",
    )

    def __init__(self, line: Line, head: RequestHead) -> None:
        self._line = line
        self.head = head
        self._reply: ReplyHead | None = None
        self._pieces: list[bytes] = []
        self._receiver = WaitingPlace()
        self._error: M2MError | None = None
        self.expects_continue = head.expects_continue
        self._body_given = False
        self._framing = _NO_BODY
        self._left = 0
        self._sends = 0
        self.body_complete = False
        self.buffered = 0  # bytes of body that the application has not taken yet
        self.gone = False
        self.head_sent = False
        self.complete = False
        self.keeps_alive = head.keeps_alive

    # The connection's side: nothing here waits.

    def feed(self, piece: bytes) -> None:
        """Add a piece of body, which may be empty."""
        if not piece:
            return
        self._pieces.append(piece)
        self.buffered += len(piece)
        self._receiver.wake()

    def finish(self, piece: bytes) -> None:
        """Add the last piece of body, which may be empty."""
        self.body_complete = True
        if piece:
            self._pieces.append(piece)
        self._receiver.wake()

    def fail(self, error: M2MError) -> None:
        """No more body will come: ``receive`` raises ``error``, now or when it is called."""
        self._error = error
        self._receiver.wake()

    def hang_up(self) -> None:
        """The client has gone."""
        self.gone = True
        self._receiver.wake()

    # The application's side.

    async def receive(self) -> Message:
        """The next piece of body, or that the client has gone (ASGI).

        Raises:
            ClientError: What is wrong with the body: over its limit, too slow, malformed.
        """
        while True:
            if self._error is not None:
                raise self._error
            if self._pieces:
                return self._take_pieces()
            if self.body_complete and not self._body_given:
                self._body_given = True
                return {"type": "http.request", "body": b"", "more_body": False}
            if self.gone or self.complete:
                return {"type": "http.disconnect"}
            if self.expects_continue and not self.head_sent:
                self.expects_continue = False
                await self._hand_over(CONTINUE)
            else:
                self._line.listen()
                await self._receiver.wait()

    def _take_pieces(self) -> Message:
        pieces = self._pieces
        body = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        self._pieces = []
        self.buffered = 0
        self._body_given = self.body_complete
        if not self.body_complete:
            self._line.resume()
        return {"type": "http.request", "body": body, "more_body": not self.body_complete}

    async def send(self, message: Message) -> None:
        """Take a part of the response (ASGI). The head goes out with the first body message.

        A body message without bytes but with ``more_body`` sends the head alone.

        Raises:
            BadReplyError: The response is not one that may be sent.
            ClientGoneError: The client has gone, or takes nothing any more.
        """
        kind = message["type"]
        if kind == "http.response.start":
            if self._reply is not None:
                raise BadReplyError("the response has two heads")
            self._reply = ReplyHead(message["status"], message.get("headers", ()))
        elif kind == "http.response.body":
            if self._reply is None or self.complete:
                raise BadReplyError("a body message before the head or after the end")
            await self._send_body(
                self._reply, message.get("body", b""), more=message.get("more_body", False)
            )
        else:
            raise BadReplyError(f"this server does not know the message type {kind!r}")

    async def _send_body(self, reply: ReplyHead, body: bytes, *, more: bool) -> None:
        head = b"" if self.head_sent else self._open(reply, len(body), more=more)
        prefix, body, suffix = self._frame(body, more=more)
        self.head_sent = True
        if len(body) > JOIN_BYTES:
            await self._hand_over(head + prefix, body)
            data = suffix
        else:
            data = b"".join((head, prefix, body, suffix))
        if data:
            try:  # as `_hand_over` does, one coroutine less deep
                await self._line.wire.send(data)
            except OSError as error:
                raise self._lost(error) from error
        if not more:
            self.complete = True
            self._receiver.wake()  # whoever waits for http.disconnect
            return
        self._sends += 1
        if self._sends >= SENDS_PER_CHECKPOINT:
            self._sends = 0
            await trio.lowlevel.checkpoint()

    def _frame(self, body: bytes, *, more: bool) -> tuple[bytes, bytes, bytes]:
        """What goes before ``body``, what of it is sent, and what goes behind."""
        framing = self._framing
        if framing == _LENGTH:
            self._left -= len(body)
            if self._left < 0 or (self._left and not more):
                raise BadReplyError("the body is not as long as its Content-Length says")
        elif framing == _NO_BODY:
            body = b""
        elif framing == _CHUNKED:
            last = b"" if more else LAST_CHUNK
            if body:
                return b"%x\r\n" % len(body), body, b"\r\n" + last
            return b"", b"", last
        return b"", body, b""

    def _open(self, reply: ReplyHead, size: int, *, more: bool) -> bytes:
        """Decide on the framing of the response; its head block."""
        head = self.head
        if not allows_body(head.method, reply.status):
            self._framing = _NO_BODY
        elif reply.content_length is not None:
            self._framing = _LENGTH
            self._left = reply.content_length
        elif not more:
            self._framing = _LENGTH
            self._left = size
            reply.add(b"content-length: %d\r\n" % size)
        elif head.is_http10:
            self._framing = _UNTIL_CLOSE
            self.keeps_alive = False
        else:
            self._framing = _CHUNKED
            reply.add(b"transfer-encoding: chunked\r\n")
        if not self.body_complete or reply.closes or self._line.draining:
            self.keeps_alive = False
        if not self.keeps_alive:
            reply.add(b"connection: close\r\n")
        elif head.is_http10:
            reply.add(b"connection: keep-alive\r\n")
        return reply.encode()

    @property
    def ends_with_close(self) -> bool:
        """Whether only the end of the connection says that the body is complete."""
        return self._framing == _UNTIL_CLOSE

    async def answer(self, error: M2MError) -> None:
        """Answer with ``error``, in place of what the application may have begun."""
        fields, body = error_fields(error)
        self._reply = ReplyHead(error.status, fields)
        await self._send_body(self._reply, body, more=False)

    async def _hand_over(self, *parts: bytes) -> None:
        try:
            for part in parts:
                if part:
                    await self._line.wire.send(part)
        except OSError as error:
            raise self._lost(error) from error

    def _lost(self, error: OSError) -> ClientGoneError:
        self._line.lose()
        return ClientGoneError(f"the client has gone: {error}")


def as_error(failure: BaseException) -> M2MError:
    """What the client is told about an exception of the application."""
    while isinstance(failure, BaseExceptionGroup) and len(failure.exceptions) == 1:
        failure = failure.exceptions[0]
    if isinstance(failure, M2MError):
        return failure
    logger.error("the application failed", exc_info=failure)
    return M2MError("the server failed to answer; its log says why")
