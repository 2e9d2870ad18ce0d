"""One HTTP/1.1 connection to the upstream, and the reply that comes over it.

The trick: llhttp calls this object straight, no task or channel lies between the socket
and whoever asks for the reply, and a deadline is a number that the pool's reaper looks at:
entering a cancel scope for each wait costs more than parsing the reply.
"""

from __future__ import annotations

import math
import re
from time import perf_counter
from typing import Protocol

import trio
from httptools import HttpParserError, HttpResponseParser

from m2m_trio.errors import (
    UpstreamBrokenError,
    UpstreamError,
    UpstreamProtocolError,
    UpstreamTimeoutError,
)
from m2m_trio.net.wire import PartlySentError, Wire
from m2m_trio.settings.model import PoolSettings
from m2m_trio.wire.fields import Fields

JOINED_BYTES = 64 * 1024
"""Head and body together up to here go out in one send, larger ones in two."""

GATHERED_BYTES = 64 * 1024
"""A reply with a ``Content-Length`` up to here is read whole before anybody sees its head."""

MAX_INTERIM_REPLIES = 16
"""1xx replies before the real one; more is an upstream gone wrong."""

_SAFE_METHODS = frozenset((b"GET", b"HEAD", b"OPTIONS"))
_KEEP_ALIVE_TIMEOUT = re.compile(rb"(?:^|[,; ])timeout=(\d{1,9})", re.IGNORECASE)


class ConnectionOwner(Protocol):
    """What a connection needs of its pool."""

    next_look: float
    """When deadlines are looked at next, on trio's clock."""

    def look_at(self, deadline: float) -> None:
        """Look at deadlines as early as ``deadline``."""

    def take_back(self, connection: Connection) -> None:
        """The connection's exchange is over, well or badly."""


class _StopParsing(Exception):  # noqa: N818  (a signal through llhttp, never seen outside)
    """Nothing after this point is wanted."""


class Connection:
    """One connection, its parser, and the state of the exchange that is on it.

    Args:
        wire: The open connection.
        owner: Gets the connection back when an exchange is over.
        name: The upstream, for messages.
        settings: Its timeouts are kept here, but for ``connect`` and ``wait``.
        header_bytes: Limit of a reply's header block, and of what comes between two pieces
            of a body without being body (chunk sizes and extensions, trailers).
    """

    __slots__ = (
        "_fault",
        "_fields",
        "_header_bytes",
        "_interim",
        "_keep_alive_field",
        "_name",
        "_owner",
        "_parser",
        "_settings",
        "answered",
        "bodiless",
        "complete",
        "deadline",
        "expired",
        "fields",
        "keep_alive",
        "keepalive",
        "pieces",
        "reused",
        "sent",
        "status",
        "total_deadline",
        "wire",
    )

    def __init__(
        self,
        wire: Wire,
        owner: ConnectionOwner,
        *,
        name: str,
        settings: PoolSettings,
        header_bytes: int,
    ) -> None:
        self.wire = wire
        self._owner = owner
        self._name = name
        self._settings = settings
        self._header_bytes = header_bytes
        self._parser = HttpResponseParser(self)
        self._fields: Fields = []
        self._fault = ""
        self._interim = 0
        self._keep_alive_field: bytes | None = None
        self.keepalive = settings.keepalive
        """Seconds it may wait unused."""
        self.deadline = math.inf
        """When the reaper ends it, on trio's clock."""
        self.total_deadline = math.inf
        self.expired = False
        """Whether the reaper did, in the middle of an exchange."""
        self.reused = False
        self.sent = False
        """Whether the upstream may have seen any of the request."""
        self.answered = False
        """Whether any byte of a reply has come."""
        self.bodiless = False
        self.status = 0
        self.fields: Fields = []
        self.pieces: list[bytes] = []
        self.complete = False
        """Whether the reply is all here."""
        self.keep_alive = False
        """Whether the upstream takes another request after this reply."""

    # -- what llhttp calls ------------------------------------------------------------------

    def on_message_begin(self) -> None:
        if self.complete:  # surplus, or a reply to a request that nobody sent
            self.keep_alive = False
            raise _StopParsing

    def on_header(self, name: bytes, value: bytes) -> None:
        self._fields.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        fields = self._fields
        self._fields = []  # for trailers, which are dropped, or for the next head
        if 200 <= status <= 599:
            self.status = status
            self.fields = fields
            self.keep_alive = self._parser.should_keep_alive()
            if self.bodiless:  # llhttp does not know, and would take what follows for a body
                self.complete = True
                self.keep_alive = False
                raise _StopParsing
            return
        self._interim += 1
        if status == 101:
            self._fault = "it switched protocols (101), which nobody had asked for"
        elif not 100 <= status <= 199:
            self._fault = f"it answered with status {status}, which HTTP does not have"
        elif self._interim > MAX_INTERIM_REPLIES:
            self._fault = f"it sent more than {MAX_INTERIM_REPLIES} interim (1xx) replies"
        else:
            return
        raise _StopParsing

    def on_body(self, data: bytes) -> None:
        self.pieces.append(data)

    def on_message_complete(self) -> None:
        if self.status:  # else it was an interim reply
            self.complete = True

    # -- one exchange -----------------------------------------------------------------------

    async def exchange(
        self, head: bytes, body: bytes, *, total_deadline: float, bodiless: bool
    ) -> UpstreamReply:
        """Send a request; wait for the head of its reply, and for all of a small reply.

        Args:
            head: The request's header block, complete.
            body: The request's body.
            total_deadline: When all of the reply must be here, on trio's clock.
            bodiless: The reply has no body whatever its fields say (HEAD).

        Raises:
            UpstreamError: One of its kinds. The owner has the connection back, closed.
        """
        self._begin(total_deadline=total_deadline, bodiless=bodiless)
        try:
            sent_at = perf_counter()
            if await self._send(head, body):
                sent_at = perf_counter()
                await self._read_head()
            head_at = perf_counter()
            gathered = await self._gather()
        except BaseException:  # of whatever kind: the exchange is over, and the caller told
            self.complete = False
            self._owner.take_back(self)
            raise
        return UpstreamReply(self, sent_at=sent_at, head_at=head_at, gathered=gathered)

    def may_repeat(self, method: bytes) -> bool:
        """Whether a request that broke may be sent again: the upstream has not seen it.

        A connection that was kept may have been closed by the upstream as we sent. Then a
        request that changes nothing may be repeated, if no reply had begun, and any other
        one only if the kernel did not take a single byte of it.
        """
        if not self.reused:
            return False
        return not self.sent or (method in _SAFE_METHODS and not self.answered)

    def give_back(self) -> None:
        """The exchange is over; unless its reply is complete, the connection is closed."""
        self._owner.take_back(self)

    def close(self) -> None:
        """Close at once, whoever waits on it."""
        self.wire.abort()
        del self._parser  # it holds methods of this object: both are freed now

    def _begin(self, *, total_deadline: float, bodiless: bool) -> None:
        self.status = 0
        self.complete = self.sent = self.answered = False
        self.bodiless = bodiless
        self.total_deadline = total_deadline
        self._interim = 0
        self._fields = []
        self.pieces = []
        self._set_deadline(total_deadline)

    def _set_deadline(self, deadline: float) -> None:
        self.deadline = deadline
        if deadline < self._owner.next_look:
            self._owner.look_at(deadline)

    async def _send(self, head: bytes, body: bytes) -> bool:
        """Hand the request to the kernel; False if the upstream answered before all of it.

        An upstream that refuses a body (413, 401) may answer and close while it is sent.
        """
        wire = self.wire
        try:
            if len(head) + len(body) <= JOINED_BYTES:
                await wire.send(head + body)
            else:
                await wire.send(head)
                self.sent = True
                await wire.send(body)
        except TimeoutError as error:
            idle = self._settings.idle
            raise UpstreamTimeoutError(
                f"{self._name} took nothing of the request for {idle:g} s ([proxy.pool] idle)"
            ) from error
        except PartlySentError:
            self.sent = True
            return await self._read_refusal()
        except OSError as error:
            if not self.sent or self.expired:
                raise self._failure("head") from error
            return await self._read_refusal()
        self.sent = True
        return True

    async def _read_refusal(self) -> bool:
        await self._read_head()
        self.keep_alive = False
        return False

    async def _read_head(self) -> None:
        deadline = trio.current_time() + self._settings.head
        self._set_deadline(min(deadline, self.total_deadline))
        read_bytes = 0
        while not self.status:
            data = await self._read("head")
            read_bytes += len(data)
            if read_bytes > self._header_bytes:
                self._check_head_size(data, read_bytes)
        self.deadline = self.total_deadline

    def _check_head_size(self, data: bytes, read_bytes: int) -> None:
        after_head = len(data) - data.find(b"\r\n\r\n") - 4 if self.status else 0
        if read_bytes - after_head > self._header_bytes:
            raise UpstreamProtocolError(
                f"the reply of {self._name} has a header block of more than"
                f" {self._header_bytes} bytes ([proxy.limits] header_bytes)"
            )

    async def _gather(self) -> bool:
        """Look at the head, read the rest of a small reply. Whether the body is all here.

        A stream of events is never gathered: its events travel as they come.
        """
        fields = dict(self.fields)
        if b"transfer-encoding" in fields:
            self._check_transfer_encoding()
        keep_alive = fields.get(b"keep-alive")
        if keep_alive is not None and keep_alive != self._keep_alive_field:
            self._heed_keep_alive(keep_alive)
        if fields.get(b"content-type", b"")[:17].lower() == b"text/event-stream":
            return False
        if not self.complete:
            length = fields.get(b"content-length")
            if length is None or int(length) > GATHERED_BYTES:
                return False
            while not self.complete:
                await self.read_body()
        return True

    def _check_transfer_encoding(self) -> None:
        codings = [value for name, value in self.fields if name == b"transfer-encoding"]
        if b",".join(codings).lower() != b"chunked":
            raise UpstreamProtocolError(
                f"the reply of {self._name} has a transfer coding nobody asked for:"
                " only chunked is understood"
            )

    def _heed_keep_alive(self, value: bytes) -> None:
        """Give up an idle connection a little before the upstream says that it will."""
        self._keep_alive_field = value
        found = _KEEP_ALIVE_TIMEOUT.search(value)
        if found:
            seconds = int(found[1])
            self.keepalive = min(self._settings.keepalive, max(seconds - 1.0, seconds / 2))

    async def read_body(self) -> None:
        """Read once at least, until there is a new piece of the body, or its end.

        Raises:
            UpstreamError: One of its kinds; the connection is of no use any more.
        """
        pieces = self.pieces
        had = len(pieces)
        deadline = trio.current_time() + self._settings.idle
        self._set_deadline(min(deadline, self.total_deadline))
        read_bytes = 0
        while len(pieces) == had and not self.complete:
            read_bytes += len(await self._read("idle"))
            if read_bytes > self._header_bytes and len(pieces) == had and not self.complete:
                raise UpstreamProtocolError(
                    f"the reply of {self._name} has more than {self._header_bytes} bytes of"
                    " chunk extensions or trailers ([proxy.limits] header_bytes)"
                )
        self.deadline = self.total_deadline

    def take_pieces(self) -> bytes:
        """All of the body that came since the last time."""
        pieces = self.pieces
        self.pieces = []
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    async def _read(self, phase: str) -> bytes:
        """Read once and parse. ``phase`` is the timeout that is running."""
        try:
            data = await self.wire.receive()
        except OSError as error:
            raise self._failure(phase) from error
        if not data:
            self._end_of_input(phase)
            return data
        self.answered = True
        try:
            self._parser.feed_data(data)
        except HttpParserError as error:
            self.keep_alive = False
            if not self.complete:
                raise self._violation(data, error) from error
        return data

    def _end_of_input(self, phase: str) -> None:
        """The upstream closed its side: the end of a body without any other end, or a break."""
        if self.status and not any(
            name in (b"content-length", b"transfer-encoding") for name, _ in self.fields
        ):
            self.complete = True
        else:
            raise self._failure(phase)

    def _violation(self, data: bytes, error: HttpParserError) -> UpstreamProtocolError:
        if self._fault:
            what = self._fault
        elif self.status:
            what = f"the body of its reply is broken: {error}"
        elif data.startswith(b"\x15\x03"):
            what = "it answered in TLS: the upstream URL wants https://"
        else:
            what = f"it did not answer in HTTP/1.1: {error}"
        return UpstreamProtocolError(f"{self._name}: {what}")

    def _failure(self, phase: str) -> UpstreamError:
        """What it means that the connection ended in ``phase``."""
        name, settings = self._name, self._settings
        if self.expired:
            if self.total_deadline <= trio.current_time():
                return UpstreamTimeoutError(
                    f"the exchange with {name} took longer than {settings.total:g} s"
                    " ([proxy.pool] total)"
                )
            if phase == "head":
                return UpstreamTimeoutError(
                    f"{name} sent no reply within {settings.head:g} s ([proxy.pool] head)"
                )
            return UpstreamTimeoutError(
                f"{name} fell silent in the middle of its reply for {settings.idle:g} s"
                " ([proxy.pool] idle)"
            )
        if self.status:
            return UpstreamBrokenError(
                f"{name} closed the connection before its reply was complete"
            )
        if self.answered:
            return UpstreamBrokenError(
                f"{name} closed the connection in the middle of its reply's header block"
            )
        return UpstreamBrokenError(f"{name} closed the connection: nothing was answered")


class UpstreamReply:
    """A reply whose head is here, and perhaps all of its body."""

    __slots__ = (
        "_connection",
        "_ended",
        "_rest",
        "body",
        "fields",
        "head_at",
        "sent_at",
        "status",
    )

    def __init__(
        self, connection: Connection, *, sent_at: float, head_at: float, gathered: bool
    ) -> None:
        self.status = connection.status
        self.fields = connection.fields
        """As they came, names lower-cased, hop-by-hop ones included."""
        self.sent_at = sent_at
        """`perf_counter` when the kernel had the request."""
        self.head_at = head_at
        """`perf_counter` when the head had been read."""
        self.body: bytes | None = None
        """The whole body, if it is known to be complete. `receive` gives it as well."""
        self._rest = connection.take_pieces() if connection.pieces else b""
        self._ended = connection.complete
        self._connection: Connection | None = connection
        if gathered:
            self.body = self._rest
        if connection.complete:
            self._connection = None
            connection.give_back()

    @property
    def ready(self) -> bool:
        """Whether `receive` has something to give, or the end, without waiting for it."""
        return bool(self._rest) or self._connection is None

    async def receive(self) -> bytes:
        """The next piece of the body: all that one read of the socket gave; empty at its end.

        Raises:
            UpstreamBrokenError: The upstream closed early, or the reply has been released.
            UpstreamTimeoutError: The upstream was silent for too long.
            UpstreamProtocolError: What came is not HTTP.
        """
        rest = self._rest
        if rest:
            self._rest = b""
            return rest
        connection = self._connection
        if connection is None:
            if self._ended:
                return b""
            raise UpstreamBrokenError("the reply was released before its end")
        await connection.read_body()
        data = connection.take_pieces() if connection.pieces else b""
        if connection.complete and self._connection is not None:
            self._connection = None
            self._ended = True
            connection.give_back()
        return data

    def release(self) -> None:
        """Done with it: a reply that is not complete is cut off, its connection closed, now.

        May be called again. That is how a cancelled exchange reaches the upstream.
        """
        connection = self._connection
        if connection is not None:
            self._connection = None
            connection.give_back()
