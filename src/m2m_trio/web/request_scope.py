"""What Quart does to a request that a transparent proxy must not let it do, cured in one place.

`RequestScopes` is ASGI middleware around a Quart-Trio app, and needs no private name of Quart
or of the server. Per request it

- owns the exchange between its handler's return and the end of its reply. Quart sends the
  head before it enters the body, so a client that leaves just then would leave the upstream
  connection open for ever;
- keeps the server's ``http.disconnect`` back once the last part of the response is on its
  way. hypercorn posts one at every end of a response, quart-trio takes it for the client's
  leaving and cancels the task in which hypercorn is about to start its keep-alive timer: the
  connection would then never time out;
- gives header values back as the bytes they were; Quart encodes them anew as UTF-8;
- ends a reply that broke in silence: it has been logged, and the server sees that the
  response is not complete.

A nursery or a cancel scope never stays open from the handler to the body. The relay's nursery
opens in ``ReplyBody.__aenter__`` and closes in its ``__aexit__``; both are called by the
task that ran the handler, in one ``async with`` of Quart's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import TracebackType
from typing import Any, Self, cast

import quart.wrappers.base
import trio
from quart import has_websocket_context, request, websocket
from quart.wrappers.response import ResponseBody

from m2m_trio.errors import ClientGoneError, M2MError
from m2m_trio.proxy.exchange import Exchange
from m2m_trio.proxy.reply import Reply
from m2m_trio.web.problems import App, Message, Receive, Scope, Send

KEY = "m2m_trio.request"
"""Where a request's ASGI scope holds its `RequestScope`."""


class _NeverRaisedError(Exception):
    pass


CLIENT_LEFT: type[Exception] = getattr(
    quart.wrappers.base, "ClientDisconnectedError", _NeverRaisedError
)
"""What Quart raises from 0.23 on where a client left; older ones cancel the request's task."""


def current_scope() -> Scope:
    """The ASGI scope of the request, or websocket, that Quart is handling."""
    handled = websocket if has_websocket_context() else request
    return cast("Scope", handled.scope)


def put_before(app: object, middleware: Callable[[App], App]) -> None:
    """Put ASGI middleware in front of a Quart app, at the seam that Quart documents."""
    seam = cast("Any", app)  # its types are hypercorn's, event by event
    seam.asgi_app = middleware(seam.asgi_app)


class RequestScopes:
    """ASGI middleware: gives every request of ``app`` a `RequestScope`."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or KEY in scope:
            await self._app(scope, receive, send)
            return
        held = RequestScope()
        try:
            await self._app(
                {**scope, KEY: held}, held.wrap_receive(receive), held.wrap_send(send)
            )
        except* M2MError:
            if not held.head_sent:
                raise
        finally:
            await held.close(ClientGoneError("the client left before the reply's head"))


class RequestScope:
    """One request: its exchange, and how far its response is."""

    def __init__(self) -> None:
        self.head_sent = False
        self._last_part_sent = False
        self._exchange: Exchange | None = None

    @classmethod
    def of(cls, scope: Scope) -> RequestScope:
        """The one of a request whose app is behind `RequestScopes`."""
        held = scope[KEY]
        assert isinstance(held, cls)  # noqa: S101  (the key is ours)
        return held

    async def open(self, exchange: Exchange) -> Reply:
        """Enter ``exchange``; it is open until `close`.

        Raises:
            M2MError: As `open_exchange`; then there is nothing to close.
        """
        reply = await exchange.__aenter__()
        self._exchange = exchange
        return reply

    async def close(self, error: BaseException | None) -> None:
        """Leave the exchange, if one is open; ``error`` is what ended it early."""
        exchange, self._exchange = self._exchange, None
        if exchange is not None:
            await exchange.__aexit__(
                type(error) if error else None, error, error.__traceback__ if error else None
            )

    def wrap_receive(self, receive: Receive) -> Receive:
        """``receive`` without the disconnect that the end of the response brings."""

        async def receive_request() -> Message:
            message = await receive()
            if self._last_part_sent and message["type"] == "http.disconnect":
                await trio.sleep_forever()  # until the app is done
            return message

        return receive_request

    def wrap_send(self, send: Send) -> Send:
        """``send`` that notes how far the response is, and mends what Quart did to it."""

        async def send_response(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.head_sent = True
                if self._exchange is not None:
                    message["headers"] = [
                        (name, as_came(value)) for name, value in message["headers"]
                    ]
            elif not message.get("more_body", False):
                self._last_part_sent = True
            await send(message)

        return send_response


def as_came(value: bytes) -> bytes:
    """A header value that Quart was given as Latin-1 text and has encoded as UTF-8."""
    if value.isascii():
        return value
    try:
        return value.decode().encode("latin-1")
    except UnicodeError:  # not ours: an app's own text
        return value


class ReplyBody(ResponseBody):
    """A reply's body, pulled by Quart; leaving it leaves the exchange."""

    def __init__(self, held: RequestScope, reply: Reply) -> None:
        self._held = held
        self._reply = reply
        self._parts = _RelayedParts(reply)
        self._block: AbstractAsyncContextManager[None] = self._parts.run()

    async def __aenter__(self) -> Self:
        self._reply.mark_answered(0)  # Quart has sent the head
        await self._block.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            await self._block.__aexit__(kind, error, traceback)
        finally:
            if isinstance(error, OSError | CLIENT_LEFT):
                error = ClientGoneError("the client broke the connection")
            await self._held.close(error)

    def __aiter__(self) -> ReplyBody:
        return self

    async def __anext__(self) -> bytes:
        part = await self._parts.next()
        if part is None:
            raise StopAsyncIteration
        return part


class _RelayedParts:
    """Turns a relay, which pushes, into parts to be pulled; one at a time, none ahead."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self._sender, self._receiver = trio.open_memory_channel[tuple[bytes, trio.Event]](0)
        self._sent: trio.Event | None = None
        """To be set once the part that was pulled last has gone to the client."""

        self._failure: Exception | None = None

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """Relay for as long as the block lasts."""
        failure: Exception | None = None
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._relay)
            try:
                yield
            except Exception as error:  # raised below: a nursery would wrap it in a group
                failure = error
            nursery.cancel_scope.cancel()
        if failure is not None:
            raise failure

    async def next(self) -> bytes | None:
        """The next part; None at the end.

        Raises:
            M2MError: The reply cannot be completed.
        """
        if self._sent is not None:
            self._sent.set()
        try:
            part, self._sent = await self._receiver.receive()
        except trio.EndOfChannel:
            if self._failure is not None:
                raise self._failure from None
            return None
        return part

    async def _relay(self) -> None:
        try:
            whole = self._reply.body
            if whole is None:
                await self._reply.relay(self._hand_over)
            else:
                await self._hand_over(whole)
                self._reply.mark_answered(len(whole))
        except Exception as error:  # raised again where Quart pulls
            self._failure = error
        self._sender.close()

    async def _hand_over(self, part: bytes) -> None:
        sent = trio.Event()
        await self._sender.send((part, sent))
        await sent.wait()
