"""`HopTransport`: any httpx client, sync or async, becomes the edge of a hop.

::

    client = OpenAI(http_client=httpx.Client(transport=HopTransport()))
    client = AsyncOpenAI(http_client=httpx.AsyncClient(transport=HopTransport()))

Towards a gateway (``m2m-trio serve``, or any app behind a `HopMiddleware`) requests and replies
are coded; towards anybody else nothing changes but a few words in ``Accept-Encoding``. The
async form runs on asyncio and on trio, as httpx does. Clients of httpx2, the fork that
openai-python 3 is made of, are taken as well: whatever is made for a client is made of the
library that its request came from.
"""

from __future__ import annotations

import hashlib
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from functools import cache
from typing import Any

import httpx

from m2m_trio.codecs.codec import LIMITS
from m2m_trio.errors import CodecError
from m2m_trio.hop.collected import ReplyGist
from m2m_trio.hop.edge import Edge, EdgeRules, Head, Sent
from m2m_trio.hop.gateway import proof_of
from m2m_trio.hop.gist import GIST_BYTES
from m2m_trio.hop.negotiate import IDENTITY, ZD1, Peer
from m2m_trio.hop.padding import padding_for
from m2m_trio.hop.replies import reply_decoder
from m2m_trio.hop.sessions import BaseLimits, Bases, Tenant
from m2m_trio.hop.users import user_of
from m2m_trio.settings.address import is_loopback_host
from m2m_trio.wire.fields import REQUEST_FRAMING, Fields, end_to_end

MAX_ORIGINS = 64
"""Far sides whose codings are remembered, the one used last first."""

ASKING_METHODS = frozenset({"POST", "PUT", "PATCH"})

MAX_BODY_BYTES = 64 << 20
"""A longer request is left plain: it would be held in memory."""

SWITCH = "x-m2m-hop"
"""A request's own word: ``off`` leaves it plain."""

_CREDENTIALS = (b"authorization", b"api-key", b"x-api-key")


class HopTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport for `httpx.Client` and `httpx.AsyncClient`.

    Args:
        transport: What carries the bytes; by default httpx's own.
        secret: What the gateway asks nodes to know; empty: nothing.
        insecure: Whether gateways are asked for without TLS off this machine as well.
        sessions: Whether earlier exchanges are remembered, to code the next ones with.
        base_limits: How much is remembered.
        by_user: Whether ``safety_identifier`` or ``user`` of a request tells apart those whom
            one key serves: what one sent is never used to code what another sends.
    """

    def __init__(
        self,
        transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None = None,
        *,
        secret: str = "",
        insecure: bool = False,
        sessions: bool = True,
        base_limits: BaseLimits | None = None,
        by_user: bool = False,
    ) -> None:
        self._inner: Any = transport
        self._secret = secret
        self._insecure = insecure
        self._sessions = sessions
        self._by_user = by_user
        self._edges: OrderedDict[tuple[str, str, int | None], Edge] = OrderedDict()
        self._lock = threading.Lock()  # a sync client may be used by many threads
        self.bases = Bases(base_limits)

    # -- sync -------------------------------------------------------------------------------

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send ``request``, coded if the far side reads that; its reply, plain.

        Raises:
            httpx.TransportError: There is none, or it came damaged.
        """
        inner = self._sync(_library_of(request))
        exchange = self._begin(request)
        if exchange is None:
            return inner.handle_request(request)
        plain = request.read()
        while True:
            response = inner.handle_request(exchange.request(plain))
            if not exchange.read_head(response):
                return exchange.response(response)
            response.close()

    def close(self) -> None:
        """Close the connections of the sync form."""
        if self._inner is not None and hasattr(self._inner, "close"):
            self._inner.close()

    def _sync(self, library: Any) -> httpx.BaseTransport:
        if self._inner is None:
            self._inner = library.HTTPTransport()
        if not isinstance(self._inner, library.BaseTransport):
            raise TypeError("this HopTransport is an AsyncClient's: give a Client its own")
        inner: httpx.BaseTransport = self._inner
        return inner

    # -- async ------------------------------------------------------------------------------

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As `handle_request`."""
        inner = self._async(_library_of(request))
        exchange = self._begin(request)
        if exchange is None:
            return await inner.handle_async_request(request)
        plain = await request.aread()
        while True:
            response = await inner.handle_async_request(exchange.request(plain))
            if not exchange.read_head(response):
                return exchange.response(response)
            await response.aclose()

    async def aclose(self) -> None:
        """Close the connections of the async form."""
        if self._inner is not None and hasattr(self._inner, "aclose"):
            await self._inner.aclose()

    def _async(self, library: Any) -> httpx.AsyncBaseTransport:
        if self._inner is None:
            self._inner = library.AsyncHTTPTransport()
        if not isinstance(self._inner, library.AsyncBaseTransport):
            raise TypeError("this HopTransport is a Client's: give an AsyncClient its own")
        inner: httpx.AsyncBaseTransport = self._inner
        return inner

    # -- both -------------------------------------------------------------------------------

    def _begin(self, request: httpx.Request) -> _Exchange | None:
        """The exchange to code; None where the far side is not to be asked."""
        url = request.url
        near = is_loopback_host(url.host)
        if request.method not in ASKING_METHODS or "off" in request.headers.get(SWITCH, ""):
            return None
        if int(request.headers.get("content-length", MAX_BODY_BYTES)) >= MAX_BODY_BYTES:
            return None  # too long, or made while it is sent
        if not (near or url.scheme == "https" or self._insecure):
            return None
        with self._lock:
            edge = self._edge((url.scheme, url.host, url.port), near=near)
            if edge.peer.quiet_until > time.monotonic():
                return None
        return _Exchange(edge, self._lock, request, self._tenant)

    def _edge(self, origin: tuple[str, str, int | None], *, near: bool) -> Edge:
        edge = self._edges.get(origin)
        if edge is None:
            scheme, host, port = origin
            netloc = httpx.URL(scheme=scheme, host=host, port=port).netloc
            rules = EdgeRules(
                pad_to=padding_for(loopback=near).request_bytes,
                proof=proof_of(self._secret, netloc) if self._secret else "",
            )
            edge = self._edges[origin] = Edge(Peer(), self.bases, rules)
            if len(self._edges) > MAX_ORIGINS:
                self._edges.popitem(last=False)
        self._edges.move_to_end(origin)
        return edge

    def _tenant(self, request: httpx.Request, plain: bytes) -> Tenant | None:
        """Whose the request is: bases of one far side or one key are no one else's."""
        if not self._sessions:
            return None
        parts = [str(request.url.copy_with(path="/", query=None)).encode()]
        parts += [value for name, value in request.headers.raw if name.lower() in _CREDENTIALS]
        if self._by_user:
            parts.append(user_of(plain))
        return hashlib.sha256(b"\0".join(parts)).digest()[:16]


class _Exchange:
    """One request and its reply, without the I/O."""

    def __init__(
        self,
        edge: Edge,
        lock: threading.Lock,
        request: httpx.Request,
        find_tenant: Callable[[httpx.Request, bytes], Tenant | None],
    ) -> None:
        self._edge = edge
        self._lock = lock
        self._request = request
        self._library = _library_of(request)
        self._find_tenant = find_tenant
        self._best = ZD1
        self._sent: Sent | None = None
        self._head: Head | None = None

    def request(self, plain: bytes) -> httpx.Request:
        """The request as it goes over the hop."""
        request, edge, now = self._request, self._edge, time.monotonic()
        raw = [(name.lower(), value) for name, value in request.headers.raw]
        host = [pair for pair in raw if pair[0] == b"host"]
        base = None
        tenant = self._find_tenant(request, plain)
        if tenant is not None and self._sent is None:
            with self._lock:
                base = edge.find_base(plain, tenant, now)
        self._sent = edge.encode(
            plain,
            end_to_end(raw, REQUEST_FRAMING),
            tenant=tenant,
            now=now,
            base=base,
            best=self._best,
        )
        made: httpx.Request = self._library.Request(
            request.method,
            request.url,
            headers=[*host, *self._sent.fields],
            content=self._sent.body,
            extensions=request.extensions,
        )
        return made

    def read_head(self, response: httpx.Response) -> bool:
        """Whether the request is to be sent again, another way."""
        assert self._sent is not None  # noqa: S101  (it was sent)
        fields: Fields = [(name.lower(), value) for name, value in response.headers.raw]
        with self._lock:
            head = self._edge.read_head(
                self._sent, response.status_code, fields, time.monotonic()
            )
        self._head = head
        if head.resend is None:
            return False
        self._best = head.resend
        return True

    def response(self, response: httpx.Response) -> httpx.Response:
        """The reply as the far side's upstream wrote it."""
        head = self._head
        assert head is not None  # noqa: S101  (it was read)
        stream: httpx.SyncByteStream | httpx.AsyncByteStream = response.stream
        if head.coding != IDENTITY or head.remembered:
            stream = _stream_class(self._library)(stream, self.body())
        made: httpx.Response = self._library.Response(
            response.status_code,
            headers=head.fields,
            stream=stream,
            extensions=response.extensions,
        )
        return made

    def body(self) -> _Body:
        """What the reply's body goes through."""
        assert self._head is not None  # noqa: S101
        assert self._sent is not None  # noqa: S101
        return _Body(self._edge, self._lock, self._sent, self._head, self._library)


class _Body:
    """A reply's body: decoded, and remembered at its end."""

    def __init__(
        self, edge: Edge, lock: threading.Lock, sent: Sent, head: Head, library: Any
    ) -> None:
        self._library = library
        self._edge = edge
        self._lock = lock
        self._sent = sent
        self._head = head
        self._decoder = None
        if head.coding != IDENTITY:
            self._decoder = reply_decoder(head.coding, LIMITS, request=sent.plain)
        self._gist = ReplyGist(head.fields, GIST_BYTES) if head.remembered else None

    def feed(self, coded: bytes) -> list[bytes]:
        """The plain pieces that are complete now.

        Raises:
            httpx.RemoteProtocolError: The body came damaged.
        """
        try:
            pieces = [coded] if self._decoder is None else self._decoder.feed(coded)
        except CodecError as error:
            raise self._damaged(error) from error
        return self._noted(pieces)

    def finish(self) -> list[bytes]:
        """The rest; the exchange is remembered.

        Raises:
            httpx.RemoteProtocolError: The body came damaged, or is not complete.
        """
        try:
            pieces = [] if self._decoder is None else self._decoder.finish()
        except CodecError as error:
            raise self._damaged(error) from error
        self._noted(pieces)
        if self._gist is not None:
            self._keep(self._gist.finish())
        return pieces

    def leave(self) -> None:
        """Whoever reads the body is done with it, be it complete or not."""
        if self._gist is not None:
            self._keep(self._gist.leave())

    def _keep(self, gist: bytes) -> None:
        self._gist = None
        with self._lock:
            self._edge.keep(self._sent, self._head, gist, time.monotonic())

    def _noted(self, pieces: list[bytes]) -> list[bytes]:
        if self._gist is not None:
            for piece in pieces:
                self._gist.feed(piece)
        return pieces

    def _damaged(self, error: CodecError) -> Exception:
        made: Exception = self._library.RemoteProtocolError(
            f"the reply was damaged on its hop: {error}"
        )
        return made


class _PlainStream:
    """The body of a reply, as httpx reads it."""

    def __init__(self, stream: Any, body: _Body) -> None:
        self._stream = stream
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        body = self._body
        for coded in self._stream:
            yield from body.feed(coded)
        yield from body.finish()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        body = self._body
        coded_pieces = aiter(self._stream)
        try:
            async for coded in coded_pieces:
                for piece in body.feed(coded):
                    yield piece
        finally:
            if isinstance(coded_pieces, AsyncGenerator):
                await coded_pieces.aclose()
        for piece in body.finish():
            yield piece

    def close(self) -> None:
        self._body.leave()
        self._stream.close()

    async def aclose(self) -> None:
        self._body.leave()
        await self._stream.aclose()


@cache
def _stream_class(library: Any) -> Any:
    """`_PlainStream` as ``library`` wants its streams: derived from both of its own."""
    kinds = (_PlainStream, library.SyncByteStream, library.AsyncByteStream)
    return type("PlainStream", kinds, {})


def _library_of(request: httpx.Request) -> Any:
    """``httpx``, or ``httpx2``."""
    return sys.modules[type(request).__module__.partition(".")[0]]
