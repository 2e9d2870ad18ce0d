"""`HopMiddleware`: any ASGI app becomes the gateway of a hop.

::

    app = HopMiddleware(app)

Clients that are no nodes notice nothing. A node before the app (an ``m2m-trio`` edge, or an
httpx client with a `HopTransport`) sends coded requests and gets coded replies, while the app
sees and gives plain bytes. It needs no event loop of its own: it runs under whatever runs the
app. What it remembers is in the memory of one process.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable

from attrs import evolve

from m2m_trio.codecs.codec import Limits
from m2m_trio.errors import BodyTooLargeError, M2MError
from m2m_trio.hop.collected import ReplyGist
from m2m_trio.hop.gateway import Answer, Asked, Gateway, GatewayRules
from m2m_trio.hop.gist import GIST_BYTES
from m2m_trio.hop.negotiate import IDENTITY
from m2m_trio.hop.padding import padding_for
from m2m_trio.hop.sessions import BaseLimits, Bases, Tenant, Text
from m2m_trio.proxy.crossing import REMEMBERED
from m2m_trio.proxy.tenants import Tenants
from m2m_trio.settings.address import is_loopback_host
from m2m_trio.upstream.targets import route_of
from m2m_trio.web.problems import App, Message, Receive, Scope, Send, send_problem
from m2m_trio.wire.fields import Fields, field

MAX_BODY_BYTES = 64 << 20
"""Of a node's request, plain and coded."""


class HopMiddleware:
    """An ASGI app that decodes what nodes send to ``app``, and codes what it answers.

    Args:
        app: The app behind.
        secret: What an edge has to know to be taken for a node; empty: nothing.
        insecure: Whether nodes are served without TLS off this machine as well. Without it,
            such a client is answered plain.
        base_limits: How much is remembered.
        without_sessions: SHA-256 in hexadecimal, or its start, of API keys whose exchanges
            are not remembered.
        by_user: Whether users of one API key, as their requests name them, are kept apart.
    """

    def __init__(
        self,
        app: App,
        *,
        secret: str = "",
        insecure: bool = False,
        base_limits: BaseLimits | None = None,
        without_sessions: Iterable[str] = (),
        by_user: bool = False,
    ) -> None:
        self.app = app
        self.bases = Bases(base_limits)
        self._tenants = Tenants(without_sessions=without_sessions, by_user=by_user)
        self._insecure = insecure
        rules = GatewayRules(
            node=secrets.token_hex(8),
            lasting=self.bases.limits.lasting,
            secret=secret,
            limits=Limits(input_bytes=MAX_BODY_BYTES, output_bytes=MAX_BODY_BYTES),
        )
        self._near = Gateway(evolve(rules, pad_to=padding_for(loopback=True).write_bytes))
        self._far = Gateway(evolve(rules, pad_to=padding_for(loopback=False).write_bytes))
        self._shut = Gateway(evolve(rules, open=False))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        gateway = self._gateway_for(scope)
        fields: Fields = [(bytes(name), bytes(value)) for name, value in scope["headers"]]
        asked = gateway.read(fields, authority=field(fields, b"host") or b"")
        if not asked.is_node and asked.coding == IDENTITY:
            await self.app(scope, receive, send)
            return
        try:
            body = await self._read_body(receive)
            tenant = self._tenants.find(b"gateway", asked.fields, b"")
            plain = self._decode(gateway, asked, body, tenant)
        except M2MError as error:
            await send_problem(send, error)
            return
        if plain is None:
            return
        keeper = tenant if self._may_keep(scope, asked, plain) else None
        answering = _Answering(gateway, asked, self.bases, plain, keeper, send)
        try:
            await self.app(
                _plain_scope(scope, asked, len(plain)),
                _replaying(plain, receive),
                answering.send,
            )
        finally:
            answering.end()

    def _gateway_for(self, scope: Scope) -> Gateway:
        client = scope.get("client")
        if client is None or is_loopback_host(client[0]):
            return self._near
        return self._far if self._insecure or scope.get("scheme") == "https" else self._shut

    async def _read_body(self, receive: Receive) -> bytes | None:
        """The whole body; None where the client left.

        Raises:
            BodyTooLargeError: It is over the limit.
        """
        parts = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            part = message.get("body", b"")
            size += len(part)
            if size > MAX_BODY_BYTES:
                raise BodyTooLargeError(f"the request body is over {MAX_BODY_BYTES} bytes")
            parts.append(part)
            if not message.get("more_body", False):
                return b"".join(parts)

    def _decode(
        self, gateway: Gateway, asked: Asked, body: bytes | None, tenant: Tenant | None
    ) -> bytes | None:
        if body is None or asked.coding == IDENTITY:
            return body
        digest = gateway.base_id(asked, body)
        base = None
        if digest is not None and tenant is not None:
            base = self.bases.get(tenant, digest, time.monotonic())
        return gateway.decode(asked, body, base, is_proven=True)

    def _may_keep(self, scope: Scope, asked: Asked, plain: bytes) -> bool:
        path = scope.get("raw_path") or scope["path"].encode()
        return (
            asked.is_node
            and route_of(path) in REMEMBERED
            and 0 < len(plain) <= self.bases.request_bytes
        )


class _Answering:
    """An app's reply on its way to a node."""

    def __init__(
        self,
        gateway: Gateway,
        asked: Asked,
        bases: Bases,
        plain: bytes,
        keeper: Tenant | None,
        send: Send,
    ) -> None:
        self._gateway = gateway
        self._asked = asked
        self._bases = bases
        self._text = Text(plain)
        self._keeper = keeper
        self._send = send
        self._start: Message | None = None
        self._answer: Answer | None = None
        self._gist: ReplyGist | None = None

    async def send(self, message: Message) -> None:
        """What the app sends; the head waits for the first of the body."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        body = bytes(message.get("body", b""))
        more = message.get("more_body", False)
        if self._answer is None:
            body = await self._send_head(body, more=more)
        elif self._answer.encoder is not None:
            body = self._coded(body, more=more)
        else:
            self._note(body, more=more)
        await self._send({**message, "body": body, "more_body": more})

    async def _send_head(self, body: bytes, *, more: bool) -> bytes:
        """Send the head; give what goes out of ``body``, the first of the reply's."""
        start = self._start or {"type": "http.response.start", "status": 200}
        fields: Fields = [
            (bytes(name).lower(), bytes(value)) for name, value in start.get("headers", ())
        ]
        answer = self._answer = self._gateway.answer(
            self._asked,
            start["status"],
            fields,
            body=None if more else body,
            kept=self._text if self._keeper is not None else None,
        )
        if self._keeper is not None:
            self._gist = ReplyGist(fields, GIST_BYTES)
        if answer.encoder is not None:
            body = self._coded(body, more=more)
        else:
            self._note(body, more=more)
            body = body if answer.body is None else answer.body
        await self._send({**start, "headers": answer.fields})
        return body

    def _coded(self, body: bytes, *, more: bool) -> bytes:
        self._note(body, more=more)
        assert self._answer is not None  # noqa: S101  (whoever calls looked)
        encoder = self._answer.encoder
        assert encoder is not None  # noqa: S101
        encoder.feed(body)
        return encoder.flush() if more else encoder.finish()

    def _note(self, body: bytes, *, more: bool) -> None:
        """Remember the exchange at its end, before the far side has it."""
        if self._gist is not None:
            self._gist.feed(body)
            if not more:
                self._keep(self._gist.finish())

    def end(self) -> None:
        """The app is done: an exchange that broke off is remembered without its reply."""
        if self._gist is not None:
            self._keep(self._gist.leave())

    def _keep(self, gist: bytes) -> None:
        self._gist = None
        if self._keeper is not None:
            base = self._text.followed_by(gist)
            self._bases.put(self._keeper, base, time.monotonic(), search=False)


def _plain_scope(scope: Scope, asked: Asked, size_bytes: int) -> Scope:
    """``scope`` as if the body had come plain; the app sends its bodies by messages."""
    fields = [pair for pair in asked.fields if pair[0] != b"content-length"]
    if size_bytes or field(asked.fields, b"content-length") is not None:
        fields.append((b"content-length", b"%d" % size_bytes))
    extensions = {
        name: value
        for name, value in (scope.get("extensions") or {}).items()
        if name not in ("http.response.pathsend", "http.response.zerocopysend")
    }
    fields = [pair for pair in fields if pair[0] != b"transfer-encoding"]
    return {**scope, "headers": fields, "extensions": extensions}


def _replaying(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives ``body``, then what comes after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
