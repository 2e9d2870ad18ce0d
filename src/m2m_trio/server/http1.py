"""An HTTP/1.1 connection: one task runs the application, the other watches the client.

The connection's task reads the next request itself. Once the application has been at it for
a tick (`Watch`), or waits for more of its body, the reader's task takes over the reading,
until it has a whole request again.

The whole disconnect story: the reader waits for bytes while the application works, also
while a next request waits in the buffer; when the client closes its side, or the
connection breaks, the reader cancels the nursery both run in. A client that only shuts down
its sending half counts as gone, too: no HTTP client has a reason to.

Nothing is made per request but a `Call`: the same two tasks, one nursery, one timer. The
timer is lazy: its deadline is only moved when it has to come earlier, or when it fires.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable

import trio
from attrs import define, field

from m2m_trio.errors import (
    BadRequestError,
    ClientError,
    ClientGoneError,
    M2MError,
    RequestTimeoutError,
)
from m2m_trio.net.wire import Wire
from m2m_trio.server.calls import Call, as_error, make_scope
from m2m_trio.server.framer import Http2PrefaceSeenError, RequestFramer
from m2m_trio.server.heads import RequestHead
from m2m_trio.server.service import Peer, Service
from m2m_trio.server.waiting import LazyTimer, WaitingPlace
from m2m_trio.settings.model import TimeoutSettings
from m2m_trio.stats.answers import count_error

logger = logging.getLogger(__name__)

AHEAD_BYTES = 64 * 1024
"""Bytes of later requests that are held while one is answered; then reading pauses."""

BODY_HIGH_WATER = 256 * 1024
"""Bytes of body that the application has not taken, above which reading pauses."""

HANG_UP_POLL = 0.02
"""Seconds between two looks whether the client has gone while reading is paused. TCP tells
of it only once all bytes before it fit the kernel."""

FIRST_REQUEST_GRACE = 1.0
"""Seconds that a connection without a request yet gets for one when a drain starts."""

LINGER_SECONDS, LINGER_BYTES = 5.0, 16 * 1024 * 1024
"""What a client may still send after an error answer, so that it gets to see the answer."""

REQUESTS_PER_CHECKPOINT = 16
"""Requests that were ready at once, after which other tasks get their turn."""

Http2Handover = Callable[[Wire, Service, Peer, bytes], Awaitable[None]]
"""Serves HTTP/2 on the same wire; is given the bytes that were read from it so far."""


@define(eq=False, repr=False)
class Http1Connection:
    """Serves the requests of one connection, in order, until either side ends it."""

    wire: Wire
    _service: Service
    _peer: Peer
    _http2: Http2Handover | None = field(default=None, kw_only=True)

    _framer: RequestFramer = field(init=False)
    _timeouts: TimeoutSettings = field(init=False)

    _call: Call | None = field(default=None, init=False)  # from its head until it is answered
    _refusal: ClientError | None = field(default=None, init=False)  # answered next, at last
    _preface: bytes = field(default=b"", init=False)
    _served: int = field(default=0, init=False)

    _deaf: bool = field(default=False, init=False)  # bytes that come are dropped, not parsed
    _dropped: int = field(default=0, init=False)
    _ended: bool = field(default=False, init=False)  # nothing comes any more
    _nursery: trio.Nursery = field(init=False)
    _sleeper: WaitingPlace = field(factory=WaitingPlace, init=False)  # of the connection's task
    _reading: bool = field(default=False, init=False)  # the connection's task is
    _listening: bool = field(default=False, init=False)  # the reader's task is, or will
    _parked: WaitingPlace = field(factory=WaitingPlace, init=False)  # of the idle reader's task
    _watched: bool = field(default=False, init=False)
    _begun: int = field(default=0, init=False)  # the tick in which the request under way began
    _paused: trio.Event | None = field(default=None, init=False)
    _timer: LazyTimer = field(factory=LazyTimer, init=False)  # of the reader's task

    def __attrs_post_init__(self) -> None:
        service = self._service
        self._timeouts = service.timeouts
        self._framer = RequestFramer(service.head_limits, body_bytes=service.limits.body_bytes)

    async def run(self) -> None:
        """Serve until the connection ends. The wire is closed in any case."""
        try:
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                self._timer.deadline = trio.current_time() + self._timeouts.header
                self._service.drain.join(self)
                nursery.start_soon(self._read)
                await self._serve()
                nursery.cancel_scope.cancel()
            if self._preface and self._http2 is not None:
                self._service.drain.leave(self)
                await self._http2(self.wire, self._service, self._peer, self._preface)
        finally:
            self._service.drain.leave(self)
            self.wire.abort()

    @property
    def draining(self) -> bool:
        return self._service.drain.draining

    def drain(self) -> None:
        if self._call is not None or self._framer.ahead:
            return  # it answers with Connection: close
        if self._served:
            self._end()
        else:
            self._timer.move(trio.current_time() + FIRST_REQUEST_GRACE)

    def resume(self) -> None:
        if self._paused is not None:
            self._paused.set()

    def listen(self) -> None:
        if not self._listening:
            self._listening = True
            self._parked.wake()

    def look(self, tick: int) -> bool:
        if self._call is not None and not self._listening:
            if tick <= self._begun + 1:
                return False
            self.listen()
        self._watched = False
        return True

    def lose(self) -> None:
        """Give up on the client: cancel what is done for it."""
        self._ended = True
        call = self._call
        if call is not None:
            if call.complete:
                return  # what the application does now, it does for itself
            call.hang_up()
        self._nursery.cancel_scope.cancel()

    # The connection's task.

    async def _serve(self) -> None:
        ready = 0
        while True:
            call = self._call
            if call is not None:
                if not await self._answer(call):
                    if self._framer.ahead or not call.body_complete:
                        await self._linger()
                    return
                self._call = None
                self._next_request()
                ready += 1
                if ready == REQUESTS_PER_CHECKPOINT:
                    ready = 0
                    await trio.lowlevel.checkpoint()
            elif self._refusal is not None:
                await self._refuse(self._refusal)
                return
            elif self._ended:
                return
            else:
                ready = 0
                await self._wait_for_request()

    async def _wait_for_request(self) -> None:
        """Read once, where a request is to begin, or wait until the reader has it all."""
        if self._listening or self._framer.ahead:
            self.listen()
            await self._sleeper.wait()
            return
        self._reading = True
        try:
            data = await self.wire.receive()
        except OSError:
            data = b""  # broken is gone
        finally:
            self._reading = False
        if data:
            self._parse(None, data)
        else:
            self._ended = True

    async def _answer(self, call: Call) -> bool:
        """Run the application; whether the connection can take another request."""
        error: M2MError | None = None
        try:
            await self._service.app(  # the scope is the application's to keep or not
                make_scope(call.head, self._peer), call.receive, call.send
            )
        except ClientGoneError:
            return False  # there is nobody to answer
        except Exception as failure:
            error = as_error(failure)
        if call.complete:
            return call.keeps_alive and not self._ended
        if call.head_sent:
            if error is None:  # else whoever raised it, or `as_error`, has said so
                logger.error("a response ended early; its connection is cut")
            self._ended = True
            if call.ends_with_close:
                self.wire.reset()
            return False
        try:
            await call.answer(error or M2MError("the application ended without an answer"))
        except ClientGoneError:
            return False
        return call.keeps_alive

    def _next_request(self) -> None:
        """Make ready for the next request, which may be here already."""
        self._served += 1
        self._timer.move(trio.current_time() + self._timeouts.idle)
        if self._framer.ahead:
            data, self._framer.ahead = self._framer.ahead, b""
            self._parse(None, data)
            self.resume()
        elif self._service.drain.draining:
            self._end()

    async def _refuse(self, error: ClientError) -> None:
        """Answer what is no request."""
        count_error(self._service.row.cells, type(error), error.status)
        call = Call(self, RequestHead(b"GET", b"/", []))
        try:
            await call.answer(error)  # its body is not complete, so it says close
        except ClientGoneError:
            return
        await self._linger()

    async def _linger(self) -> None:
        """Let the client read the answer before the connection is closed under its upload."""
        if self._ended:
            return
        self._deaf = True
        self._call = None
        self._framer.ahead = b""
        self.resume()
        self.wire.shut_down()
        self._timer.move(trio.current_time() + LINGER_SECONDS)
        self.listen()
        while not self._ended:
            await self._sleeper.wait()

    def _end(self) -> None:
        self._ended = True
        self._sleeper.wake()
        if self._reading:
            self.wire.abort()

    # The reader's task.

    async def _read(self) -> None:
        try:
            while not self._ended:
                with self._timer.arm():
                    await self._read_on()
                if self._timer.has_passed():
                    self._on_deadline()
        except OSError:
            pass  # broken is gone
        self._ended = True
        if self._call is not None:
            self.lose()
        self._sleeper.wake()

    async def _read_on(self) -> None:
        while not self._ended:
            if not self._listening:
                await self._parked.wait()
                continue
            if self._is_full():
                await self._pause()
            data = await self.wire.receive()
            call = self._call
            if not data:
                self._ended = True
            elif self._deaf:
                self._dropped += len(data)
                if self._dropped > LINGER_BYTES:
                    self._end()
            elif call is not None and call.body_complete:
                self._framer.ahead += data
            else:
                self._parse(call, data)
                if call is None and self._call is not None and self._call.body_complete:
                    self._listening = False

    def _on_deadline(self) -> None:
        """Too late: for the drain of an upload, a body, a head or the next request."""
        self._timer.deadline = math.inf
        if self._deaf:
            self._end()
        elif self._call is not None:
            seconds = self._timeouts.body
            if self._call.expects_continue:
                self._timer.move(trio.current_time() + seconds)  # it waits for us
                return
            self._fail(RequestTimeoutError(f"nothing of the body came for {seconds:g} s"))
        elif self._framer.ahead:
            seconds = self._timeouts.header
            self._fail(RequestTimeoutError(f"the header block took over {seconds:g} s"))
        else:
            self._end()

    def _is_full(self) -> bool:
        call = self._call
        if call is None:
            return False
        return len(self._framer.ahead) > AHEAD_BYTES or (
            call.buffered > BODY_HIGH_WATER and not call.body_complete
        )

    async def _pause(self) -> None:
        """Read no more until there is room; but look whether the client is still there."""
        self._timer.deadline = math.inf  # it is not the client who is slow
        while self._is_full():
            if self.wire.has_hung_up():
                raise ConnectionResetError("the client went away")
            self._paused = trio.Event()
            with trio.move_on_after(HANG_UP_POLL):
                await self._paused.wait()
        if self._call is not None and not self._call.body_complete:
            self._timer.move(trio.current_time() + self._timeouts.body)

    # Bytes to requests.

    def _parse(self, call: Call | None, data: bytes) -> None:
        """Take bytes of the body of ``call``, or of the next request's head."""
        try:
            if call is None:
                self._take_head(data)
            else:
                self._take_body(call, data)
        except ClientError as error:
            self._fail(error)
        except Http2PrefaceSeenError as seen:
            if self._http2 is None:
                self._fail(BadRequestError("HTTP/2 is agreed upon in the TLS handshake here"))
            else:
                self._preface = seen.received
                self._end()

    def _fail(self, error: ClientError) -> None:
        """What comes from the client is wrong: nothing more of it is parsed."""
        self._deaf = True
        self._framer.ahead = b""
        self._timer.deadline = math.inf
        if self._call is not None and not self._call.body_complete:
            self._call.fail(error)
            self.listen()
        else:
            self._refusal = error
            self._sleeper.wake()

    def _take_head(self, data: bytes) -> None:
        framer = self._framer
        begun = framer.ahead
        head = framer.take_head(data)
        if head is None:
            if framer.ahead and not begun:
                self._timer.move(trio.current_time() + self._timeouts.header)
            return
        call = self._call = Call(self, head)
        self._sleeper.wake()
        data, framer.ahead = framer.ahead, b""
        self._take_body(call, data)
        if not call.body_complete:
            self.listen()
            return
        self._begun = self._service.watch.tick
        if not self._watched:
            self._watched = True
            self._service.watch.add(self)

    def _take_body(self, call: Call, data: bytes) -> None:
        piece, last = self._framer.take_body(data)
        if last:
            self._timer.deadline = math.inf
            call.finish(piece)
        else:
            self._timer.move(trio.current_time() + self._timeouts.body)
            call.feed(piece)
