"""The fast lane: one ASGI callable that serves the API straight on `proxy.exchange`.

Everything of the node's own (`OWN_PATHS`, lifespan, websockets) goes to ``fallback``, the
Quart-Trio app, which is built on its first request.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from m2m_trio._version import __version__
from m2m_trio.errors import ClientGoneError, M2MError
from m2m_trio.proxy.assembly import Proxy
from m2m_trio.proxy.exchange import BodyReader, Exchange, Request, open_exchange
from m2m_trio.proxy.reply import Reply
from m2m_trio.web.gate import Gate
from m2m_trio.web.paths import HELLO_PATH, is_own_path
from m2m_trio.web.problems import App, Receive, Scope, Send, send_problem, with_scan
from m2m_trio.web.timing import with_server_timing
from m2m_trio.wire.fields import Fields


class DataPlane:
    """ASGI app: the API through ``proxy``, the node's own paths to ``fallback``'s app."""

    def __init__(self, proxy: Proxy, make_fallback: Callable[[], App]) -> None:
        self.proxy = proxy
        self._make_fallback = make_fallback
        self._fallback: App | None = None
        self._gate = Gate(proxy)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """The ASGI application: gives the awaitable, so that the fast lane is one call deep."""
        if scope["type"] != "http" or is_own_path(scope["path"]):
            if scope.get("path") == HELLO_PATH and scope.get("method") == "GET":
                return self._serve_hello(scope, send)
            if self._fallback is None:
                self._fallback = self._make_fallback()
            return self._fallback(scope, receive, send)
        if self._gate.is_open_for(scope):
            return serve_exchange(self.proxy, scope, receive, send)
        return self._serve_at_gate(scope, receive, send)

    async def _serve_hello(self, scope: Scope, send: Send) -> None:
        """Greet another node, without loading the control plane for it."""
        passed = await self._gate.pass_in(scope, send)
        if passed is None:
            return
        body = json.dumps(self.proxy.hop.gateway.hello(__version__)).encode()
        fields = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
        ]
        await passed({"type": "http.response.start", "status": 200, "headers": fields})
        await passed({"type": "http.response.body", "body": body})

    async def _serve_at_gate(self, scope: Scope, receive: Receive, send: Send) -> None:
        passed = await self._gate.pass_in(scope, send)
        if passed is not None:
            await serve_exchange(self.proxy, scope, receive, passed)


async def serve_exchange(proxy: Proxy, scope: Scope, receive: Receive, send: Send) -> None:
    """One exchange, from an ASGI request to an ASGI reply.

    An error before the reply's head is answered; one after it is raised, and the server
    breaks the connection: there is no clean end that is not the upstream's.

    Raises:
        M2MError: The reply's head has gone, and its body cannot be completed.
    """
    request = Request(
        scope["method"],
        scope["raw_path"],
        scope["query_string"],
        scope["headers"],
        reader(receive),
    )
    del scope  # the request has of it what is needed, and a stream may be long
    exchange = open_exchange(proxy, request)
    try:
        async with exchange as reply:
            await send_reply(reply, exchange_fields(exchange, reply), send)
    except M2MError as error:
        if exchange.reply is not None:
            raise
        if not isinstance(error, ClientGoneError):
            await send_problem(send, error, exchange.request_id)


async def send_reply(reply: Reply, fields: Fields, send: Send) -> None:
    """The reply's head, and its body as it comes."""
    body = reply.body
    try:
        await send({"type": "http.response.start", "status": reply.status, "headers": fields})
        if body is not None:
            await send({"type": "http.response.body", "body": body})
            reply.mark_answered(len(body))
            return
        if not reply.upstream.ready:  # the first of it may take a model's time to think
            await send({"type": "http.response.body", "body": b"", "more_body": True})
            reply.mark_answered(0)

        def sink(part: bytes) -> Awaitable[None]:
            return send({"type": "http.response.body", "body": part, "more_body": True})

        await reply.relay(sink)
        await send({"type": "http.response.body", "body": b""})
    except OSError as error:
        raise ClientGoneError("the client broke the connection") from error


def exchange_fields(exchange: Exchange, reply: Reply) -> Fields:
    """The reply's fields; what the scan says, and a ``Server-Timing`` where it is asked for."""
    fields = reply.fields
    if exchange.scanned is not None:
        fields = with_scan(fields, exchange.scanned)
    if exchange.proxy.settings.server_timing:
        return with_server_timing(fields, exchange, reply)
    return fields


def reader(receive: Receive) -> BodyReader:
    """An ASGI request's body, part by part.

    Raises:
        ClientGoneError: From the reader: the client left before its end.
    """
    return _Body(receive).read


class _Body:
    """What is left of a request's body: a third of a closure's size, for long streams."""

    __slots__ = ("_ended", "_receive")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._ended = False

    async def read(self) -> bytes:
        while not self._ended:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientGoneError("the client left before its request was complete")
            self._ended = not message.get("more_body", False)
            if part := message.get("body", b""):
                return bytes(part)
        return b""
