"""A stream of HTTP/2 or 3: an ASGI request and its reply, in a task and a scope of its own.

The connection's reader calls `feed`, `finish` and `lose`, its writer `take`; none of them
waits. What is held is bounded on both sides: the client gets window back only for what
the application has read, and the application waits while `SEND_BUFFER_BYTES` are queued.
"""

from __future__ import annotations

import logging
from enum import Enum, auto
from typing import Any, Protocol
from urllib.parse import unquote

import trio

from m2m_trio.errors import BodyTooLargeError, M2MError, RequestTimeoutError
from m2m_trio.server.http2_head import Refusal, RequestHead, reply_fields
from m2m_trio.server.replies import NO_CONTENT, BadReplyError, allows_body, error_fields
from m2m_trio.server.service import App, Message, Peer
from m2m_trio.settings.model import LimitSettings, TimeoutSettings
from m2m_trio.wire.fields import Fields

SEND_BUFFER_BYTES = 64 * 1024
"""Reply bytes queued on a stream from which on its application waits."""

BREAK_GRACE = 1.0
"""Seconds for what is queued to leave, and as many for the client to say that it has it,
before a broken reply is reset: a client may drop what it has read together with a reset."""

_log = logging.getLogger(__name__)


class Reset(Enum):
    """Why a stream is cut; each version of HTTP has codes of its own for it."""

    BROKEN = auto()
    """The reply cannot be completed."""

    UNREAD = auto()
    """The reply is complete, and nobody wants the rest of the request."""

    SLOW = auto()
    """The client does not take the reply."""


class Carrier(Protocol):
    """What a stream needs of its connection; none of it waits."""

    http_version: str
    """As ASGI names it."""

    def send_head(self, stream_id: int, fields: Fields, *, ends: bool = False) -> None:
        """Send a header block that is known to be well-formed."""

    def wake_writer(self, stream: HttpStream) -> None:
        """``stream`` has output."""

    def acknowledge(self, stream_id: int, count: int) -> None:
        """Give the client ``count`` bytes of window back."""

    def probe(self, stream_id: int) -> None:
        """Tell the stream (`HttpStream.confirm`) once the client has what was sent to it."""

    def reset(self, stream_id: int, why: Reset) -> None:
        """Cut the stream, if it is still open."""


class HttpStream:
    """A request and its reply."""

    def __init__(
        self,
        stream_id: int,
        head: RequestHead | Refusal,
        carrier: Carrier,
        *,
        limits: LimitSettings,
        timeouts: TimeoutSettings,
    ) -> None:
        self.stream_id = stream_id
        self.head = head
        """The request, or why it is refused without asking the application."""
        self.gone = False
        """Nobody listens any more: the client reset it, or the connection is over."""
        self._carrier = carrier
        self._body_limit = limits.body_bytes
        self._body_timeout = timeouts.body
        self._send_timeout = timeouts.send
        self._scope = trio.CancelScope()
        self._news = trio.Event()  # for `receive`
        self._room = trio.Event()  # for whoever waits until the queue shrinks
        # The request's body.
        self.received = 0
        """Body bytes of the request so far, without padding."""
        self.request_ended = False
        self._arrived = bytearray()
        self._unacknowledged = 0
        self._end_delivered = False
        self._declared = 0
        self._continue_due = False
        if isinstance(head, RequestHead):
            self._declared = head.content_length or 0
            self._continue_due = head.expects_continue
        # The reply.
        self.queued = bytearray()
        self.ending = False
        """The application has given the last byte."""
        self.end_taken = False
        """The end is in the hands of the connection."""
        self._status = 0
        self._bodiless = False
        self._length: int | None = None
        self._given = 0
        self._taken_at = 0.0

    # From the connection's reader.

    def feed(self, data: bytes, window: int) -> None:
        """Body bytes that cost the client ``window`` bytes of its window."""
        self.received += len(data)
        self._unacknowledged += window
        self._continue_due = False
        if self.received > self._body_limit:
            self._arrived.clear()
        else:
            self._arrived += data
        self._news.set()

    def finish(self) -> None:
        """The request is complete."""
        self.request_ended = True
        self._news.set()

    def confirm(self) -> None:
        """The client has seen what was sent before the probe."""
        self._room.set()

    def lose(self) -> None:
        """The client is gone: cancel the application, wherever it waits."""
        self.gone = True
        self.queued.clear()
        self._news.set()
        self._room.set()
        self._scope.cancel()

    # From the connection's writer.

    @property
    def has_output(self) -> bool:
        """Whether bytes, or the end, wait to be taken."""
        return bool(self.queued) or (self.ending and not self.end_taken)

    def take(self, count: int) -> bytes:
        """Up to ``count`` queued bytes, which are now on their way."""
        part = bytes(self.queued[:count])
        del self.queued[:count]
        self._taken_at = trio.current_time()
        if len(self.queued) < SEND_BUFFER_BYTES:
            self._room.set()
        return part

    def take_end(self) -> None:
        """The end is on its way."""
        self.end_taken = True
        self._room.set()
        self._news.set()

    # The stream's own task.

    async def run(self, app: App, peer: Peer) -> None:
        """Answer the request; never raises but for a cancellation from outside."""
        failure: Exception | None = None
        try:
            if isinstance(self.head, Refusal):
                raise self.head.error
            with self._scope:
                scope = _asgi_scope(self.head, peer, self._carrier.http_version)
                await app(scope, self._receive, self._send)
        except Exception as error:  # whatever it is ends this request: see _conclude
            failure = error
        await self._conclude(failure)

    async def _conclude(self, failure: Exception | None) -> None:
        known = _find_m2m_error(failure)
        if known is None and failure is not None:
            level = logging.DEBUG if self.gone else logging.ERROR
            _log.log(level, "the application failed on %s", self._name, exc_info=failure)
        if not self._status and not self.gone:
            if failure is None:
                _log.error("the application returned without an answer on %s", self._name)
            self._answer_error(known or M2MError("this server failed; its log says why"))
        await self._wait_taken(self._send_timeout if self.ending else BREAK_GRACE)
        if not self.gone and not self.end_taken and not self.queued:
            self._carrier.probe(self.stream_id)
            await self._wait_room(BREAK_GRACE)
        self._close()

    def _close(self) -> None:
        if not self.gone and not self.end_taken:  # a break is never made to look like an end
            self._carrier.reset(self.stream_id, Reset.BROKEN)
        elif not self.gone and not self.request_ended:
            self._carrier.reset(self.stream_id, Reset.UNREAD)
        if self._unacknowledged:
            self._carrier.acknowledge(self.stream_id, self._unacknowledged)

    def _answer_error(self, error: M2MError) -> None:
        fields, body = error_fields(error)
        self._start({"status": error.status, "headers": fields})
        self._queue(body, more=False)

    async def _wait_taken(self, timeout: float) -> None:
        """Until all that is queued, and the end if there is one, has left."""
        while self.has_output and not self.gone:
            if not await self._wait_room(timeout):
                return

    async def _wait_room(self, timeout: float) -> bool:
        """Wait for the queue to shrink; whether the client took anything in time."""
        self._room = trio.Event()
        started = trio.current_time()
        with trio.move_on_after(timeout) as waiting:
            await self._room.wait()
        return not waiting.cancelled_caught or self._taken_at > started

    @property
    def _name(self) -> str:
        return f"stream {self.stream_id} ({self.head.method})"

    # What the application calls.

    async def _receive(self) -> Message:
        while True:
            if self.gone or (self.ending and self.end_taken):
                await trio.lowlevel.checkpoint()
                return {"type": "http.disconnect"}
            self._check_body_size()
            if self._arrived or (self.request_ended and not self._end_delivered):
                await trio.lowlevel.checkpoint()
                self._check_body_size()  # what came meanwhile may have been dropped
                return self._body_message()
            self._send_continue()
            self._news = trio.Event()
            with trio.move_on_after(
                float("inf") if self._end_delivered else self._body_timeout
            ) as waiting:
                await self._news.wait()
            if waiting.cancelled_caught:
                raise RequestTimeoutError(
                    f"no more of the request body came for {self._body_timeout:g} s"
                )

    def _check_body_size(self) -> None:
        if max(self.received, self._declared) > self._body_limit:
            raise BodyTooLargeError(
                f"the request body is over the limit of {self._body_limit} bytes"
            )

    def _body_message(self) -> Message:
        body = bytes(self._arrived)
        self._arrived.clear()
        self._carrier.acknowledge(self.stream_id, self._unacknowledged)
        self._unacknowledged = 0
        self._end_delivered = self.request_ended
        return {"type": "http.request", "body": body, "more_body": not self.request_ended}

    def _send_continue(self) -> None:
        if self._continue_due and not self._status:
            self._continue_due = False
            self._carrier.send_head(self.stream_id, [(b":status", b"100")])

    async def _send(self, message: Message) -> None:
        await trio.lowlevel.checkpoint_if_cancelled()
        if self.gone:
            raise ConnectionResetError("the client has reset the stream")
        kind = message["type"]
        if kind == "http.response.start" and not self._status:
            self._start(message)
        elif kind == "http.response.body" and self._status and not self.ending:
            self._queue(message.get("body", b""), more=message.get("more_body", False))
            await self._wait_for_queue()
        else:
            raise BadReplyError(f"the application sends {kind} out of turn")

    def _start(self, message: Message) -> None:
        status = int(message["status"])
        if not 200 <= status <= 999:
            raise BadReplyError(f"{status} is not the status of a final response")
        fields, length = reply_fields(message.get("headers", ()))
        if status == NO_CONTENT:
            fields = [pair for pair in fields if pair[0] != b"content-length"]
        self._bodiless = not allows_body(self.head.method, status)
        self._length = None if self._bodiless else length
        head = [(b":status", b"%d" % status), *fields]
        self._carrier.send_head(self.stream_id, head, ends=self._bodiless)
        self.end_taken = self._bodiless
        self._status = status

    def _queue(self, body: bytes, *, more: bool) -> None:
        self.ending = not more
        if self._bodiless:
            return
        self._given += len(body)
        if self._length is not None and (
            self._given > self._length or (self.ending and self._given < self._length)
        ):
            self.ending = False
            raise BadReplyError(
                f"the application gave {self._given} bytes of body "
                f"and said {self._length} in content-length"
            )
        self.queued += body
        if self.has_output:
            self._carrier.wake_writer(self)

    async def _wait_for_queue(self) -> None:
        while len(self.queued) >= SEND_BUFFER_BYTES and not self.gone:
            if not await self._wait_room(self._send_timeout):
                self._carrier.reset(self.stream_id, Reset.SLOW)
                self.lose()
        if self.gone:
            await trio.lowlevel.checkpoint_if_cancelled()
            raise ConnectionResetError("the client has reset the stream")


def _asgi_scope(head: RequestHead, peer: Peer, http_version: str) -> dict[str, Any]:
    raw_path, _, query = head.target.partition(b"?")
    return {
        "type": "http",
        "http_version": http_version,
        "asgi": {"spec_version": "2.1", "version": "3.0"},
        "method": head.method,
        "scheme": peer.scheme,
        "path": unquote(raw_path.decode("ascii")),
        "raw_path": raw_path,
        "query_string": query,
        "root_path": "",
        "headers": head.fields,
        "client": peer.client,
        "server": peer.server,
        "state": {},
        "extensions": {},
    }


def _find_m2m_error(failure: Exception | None) -> M2MError | None:
    """``failure`` itself, or the first of ours in the group a nursery made of it."""
    if isinstance(failure, ExceptionGroup):
        for part in failure.exceptions:
            if (found := _find_m2m_error(part)) is not None:
                return found
    return failure if isinstance(failure, M2MError) else None
