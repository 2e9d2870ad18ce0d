"""What is coded on an exchange's way: the request that came, the one that goes, the reply.

An exchange has a `Crossing` only where its `Hop` is concerned. The rules of the hop are in
`m2m_trio.hop`; here is what waits and what counts.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from attrs import evolve

from m2m_trio.codecs import inbound
from m2m_trio.errors import M2MError, UnsupportedCodingError
from m2m_trio.hop.edge import Edge, Head, Sent
from m2m_trio.hop.gist import GIST_BYTES, body_gist
from m2m_trio.hop.negotiate import DCZ, IDENTITY, ZD1, format_accept
from m2m_trio.hop.sessions import Tenant, Text
from m2m_trio.proxy.coded_reply import CrossingReply, DecodedReply
from m2m_trio.proxy.hop import ALONE_FACTOR, ASKING_METHODS, OFFLOADED_BYTES, SWITCH, Hop
from m2m_trio.proxy.reply import Relay, ReplySource, reply_fields
from m2m_trio.stats.metrics import cell
from m2m_trio.store.shared import SharedBases
from m2m_trio.upstream.connection import Meanwhile
from m2m_trio.wire.fields import REQUEST_FRAMING, Fields, end_to_end, field

if TYPE_CHECKING:
    from m2m_trio.proxy.exchange import Request

REMEMBERED = frozenset({"chat", "completions", "responses", "messages"})
"""Routes whose requests repeat what was said before."""

HITS = cell("hop_base_events_total", event="hit")
MISSES = cell("hop_base_events_total", event="miss")
KEPT = cell("hop_base_events_total", event="kept")
RESENDS = cell("hop_resends_total")
BASES = cell("hop_bases")
BASE_BYTES = cell("hop_base_bytes")

Forward = Callable[[bytes, Fields, Meanwhile], Awaitable[ReplySource]]
"""Sends a body with its end-to-end fields to the upstream; calls what may be done meanwhile."""

Greet = Callable[[], Awaitable[ReplySource]]
"""Sends ``GET /m2m/hello`` to the upstream."""


class Crossing:
    """One exchange with something coded on its way."""

    def __init__(self, hop: Hop, request: Request) -> None:
        self.hop = hop
        self.request = request
        self.asked = hop.gateway.read(
            end_to_end(request.fields, REQUEST_FRAMING),
            authority=field(request.fields, b"host") or b"",
        )
        self.plain_bytes = 0
        """Of the request."""

        self.coded_bytes = 0
        """Of the request, as it crossed the hop."""

        self.sent: Sent | None = None
        self.head: Head | None = None
        self._text: Text | None = None
        """The plain request, until the exchange is over."""
        self._may_keep = False
        self._base: Text | None = None
        """What was kept of the exchange."""

        self.gist = b""
        """Of a reply that has said all, which may be kept once it is over."""

        self._found: dict[bytes, Tenant | None] = {}
        self._keeper: Tenant | None = None
        """Whose the exchange is, where we keep it for the node before us."""
        self._settled = False
        self._words = self._take_switch()

    # -- the request ------------------------------------------------------------------------

    async def decode(self, body: bytes) -> bytes:
        """The plain request.

        Raises:
            UnknownDictionaryError: The base it was coded against is lost.
            UnsupportedCodingError: Its coding is none that is read here.
            CodecError: It is damaged, or over a limit.
        """
        self.plain_bytes = self.coded_bytes = len(body)
        asked, gateway = self.asked, self.hop.gateway
        if asked.coding == IDENTITY:
            return await self._decode_clients(body)
        base = None
        digest = gateway.base_id(asked, body)
        if digest is not None:
            tenant = self._tenant(b"gateway", b"")
            if tenant is not None:
                base = await self.hop.find_base(tenant, digest)
            self.hop.cells[MISSES if base is None else HITS] += 1
        work = ALONE_FACTOR * len(body) if base is None else len(body) + len(base)
        is_proven = not self.hop.is_shared
        plain = await self.hop.compute(
            work, partial(gateway.decode, asked, body, base, is_proven=is_proven)
        )
        self.plain_bytes = len(plain)
        self.hop.count("request", asked.coding, plain=len(plain), coded=len(body))
        return plain

    async def _decode_clients(self, body: bytes) -> bytes:
        """The plain form of a body that the client itself coded, as any client may."""
        values = [value for name, value in self.asked.fields if name == b"content-encoding"]
        if not values or not body or self.hop.gateway.rules.passes:
            return body
        codings = client_codings(values)
        limits = self.hop.limits
        plain = await self.hop.compute(
            ALONE_FACTOR * len(body), partial(inbound.decode, body, codings, limits)
        )
        kept = [pair for pair in self.asked.fields if pair[0] != b"content-encoding"]
        self.asked = evolve(self.asked, fields=kept)
        self.plain_bytes = len(plain)
        if codings:
            self.hop.count("request", codings[-1], plain=len(plain), coded=len(body))
        return plain

    async def reply(
        self, plain: bytes, forward: Forward, greet: Greet, relay: Relay
    ) -> CrossingReply:
        """Send the request on; its reply.

        Raises:
            M2MError: There is none.
        """
        text = self._text = Text(plain)
        bases = self.hop.bases
        self._may_keep = (
            self.request.route in REMEMBERED and 0 < len(text) <= bases.request_bytes
        )
        edge = self.hop.edge
        if self.hop.greets and edge is not None and edge.wants_hello(time.monotonic()):
            hello = await greet()
            edge.read_hello(hello.status, hello.body or b"", time.monotonic())
            hello.release()
        source, fields = await self._send(text, forward)
        fields = reply_fields(source, fields)
        kept = text if self._keeper is not None else None
        answer = self.hop.gateway.answer(
            self.asked, source.status, fields, body=source.body, kept=kept
        )
        reply = CrossingReply(source, relay, self, fields=fields, answer=answer)
        if source.body is not None:
            self.gist = body_gist(source.body, GIST_BYTES)
            if self.hop.is_shared:  # the next request may reach another worker at once
                await self.settle(self.gist)
        if "show" in self._words:
            reply.fields = [*reply.fields, *self._shown(answer.coding)]
        return reply

    async def _send(self, text: Text, forward: Forward) -> tuple[ReplySource, Fields]:
        edge = self.hop.edge
        fields = self.asked.fields
        if edge is None or not self._asks(edge):
            source = await forward(text.data, fields, self._make_ready)
            return source, end_to_end(source.fields)
        if isinstance(self.hop.bases, SharedBases):
            self.hop.bases.catch_up(time.monotonic(), self.hop.peer)
        tenant, base = None, None
        if self._may_keep:
            tenant = self._tenant(b"edge", text.data)
        if tenant is not None:
            if len(text) > OFFLOADED_BYTES:
                await self.hop.compute(len(text), text.make_rungs)
            base = edge.find_base(text, tenant, time.monotonic())
        best = ZD1
        while True:
            repeats = base is not None and 2 * base.common_bytes > len(text)
            sent = await self.hop.compute(
                len(text) if repeats else ALONE_FACTOR * len(text),
                partial(
                    edge.encode,
                    text,
                    fields,
                    tenant=tenant,
                    now=time.monotonic(),
                    base=base,
                    best=best,
                ),
            )
            source = await forward(sent.body, sent.fields, self._make_ready)
            head = edge.read_head(
                sent, source.status, end_to_end(source.fields), time.monotonic()
            )
            self._count_sent(sent, head, first=best == ZD1 and self.sent is None)
            self.sent, self.head = sent, head
            if head.resend is None:
                break
            source.release()
            base, best = None, head.resend
        if isinstance(self.hop.bases, SharedBases):
            self.hop.bases.introduce(self.hop.peer)
        if head.coding != IDENTITY:
            return DecodedReply(source, head, self.hop, request=text.data), head.fields
        return source, head.fields

    async def _make_ready(self) -> None:
        """The upstream has the request: make what its reply will be answered with."""
        text = self._text
        assert text is not None  # noqa: S101  (it was sent)
        if self._may_keep:
            await self.hop.compute(len(text), text.make_digest)
            if self.asked.is_node:
                self._keeper = self._tenant(b"gateway", b"")
        if self.hop.edge is not None and self._asks(self.hop.edge):
            self.hop.edge.prepare_reply()

    def _asks(self, edge: Edge) -> bool:
        return (
            "off" not in self._words
            and edge.peer.quiet_until <= time.monotonic()
            and self.request.method in ASKING_METHODS
        )

    def _count_sent(self, sent: Sent, head: Head, *, first: bool) -> None:
        cells = self.hop.cells
        size = len(sent.body)
        self.coded_bytes = size if first else self.coded_bytes + size
        if not first:
            cells[RESENDS] += 1
        if sent.coding != IDENTITY:
            plain = len(sent.plain) if head.resend is None else 0
            self.hop.count("request", sent.coding, plain=plain, coded=size)
        if sent.coding == DCZ:
            cells[HITS if head.resend is None else MISSES] += 1

    def mark(self, error: M2MError) -> None:
        """Have the answer to ``error`` say that a node gives it, if a node asked."""
        error.fields = error.fields or (*self.hop.gateway.mark(self.asked),)

    # -- what is remembered -----------------------------------------------------------------

    @property
    def is_gateway(self) -> bool:
        """Whether there is a node before us that keeps the exchange as we do."""
        return self._keeper is not None

    @property
    def remembers(self) -> bool:
        """Whether the exchange is to be kept, here and by the node behind us or before us."""
        return self._keeper is not None or bool(self.head and self.head.remembered)

    async def settle(self, gist: bytes) -> None:
        """The reply is complete: keep the exchange, here and in the fleet's store."""
        base = self._keep(gist)
        if base is not None and self._keeper is not None and self.hop.store is not None:
            await self.hop.store.put(self._keeper, base)

    def _keep(self, gist: bytes) -> Text | None:
        """Keep the exchange here; the base, if this is the first time and it was kept."""
        if self._settled or not self.remembers:
            return None
        self._settled = True
        hop, now, kept = self.hop, time.monotonic(), None
        assert self._text is not None  # noqa: S101  (there was a reply)
        base = self._text.followed_by(gist)
        if self._keeper is not None:
            kept = hop.bases.put(self._keeper, base, now, search=False)
        if self.sent is not None and self.head is not None and hop.edge is not None:
            kept = hop.edge.keep(self.sent, self.head, gist, now) or kept
        if kept is None:
            return None
        self._base = base
        hop.cells[KEPT] += 1
        hop.cells[BASES] = hop.bases.own_count
        hop.cells[BASE_BYTES] = hop.bases.own_bytes
        return base

    def end(self) -> None:
        """The exchange is over; one whose reply broke off in the middle is kept without it."""
        self._keep(self.gist)
        self._text = None
        if self._base is not None:
            self._prepare(self._base, time.monotonic())

    def _prepare(self, base: Text, now: float) -> None:
        """Make ready for the request that goes on from this exchange."""
        if self._keeper is not None:
            self.hop.gateway.prepare(base, now)
        if self.head is not None and self.head.remembered and self.hop.edge is not None:
            self.hop.edge.prepare(base, now)

    def _tenant(self, role: bytes, plain: bytes) -> Tenant | None:
        if role not in self._found:
            self._found[role] = self.hop.tenants.find(role, self.request.fields, plain)
        return self._found[role]

    # -- what clients say and see -----------------------------------------------------------

    def _take_switch(self) -> frozenset[str]:
        """The words of the client's `SWITCH`, which goes no further."""
        words: set[str] = set()
        kept: Fields = []
        for pair in self.asked.fields:
            if pair[0] == SWITCH:
                said = pair[1].decode("latin-1").lower().split(",")
                words.update(word.strip(" \t") for word in said)
            else:
                kept.append(pair)
        if words:
            self.asked = evolve(self.asked, fields=kept)
        return frozenset(words)

    def _shown(self, answered: str) -> Fields:
        """What a client that asked is told of its exchange."""
        sent, head = self.sent, self.head
        request = self.asked.coding if sent is None else sent.coding
        reply = answered if head is None or head.coding == IDENTITY else head.coding
        sizes = b"plain=%d; coded=%d" % (self.plain_bytes, self.coded_bytes)
        node = self.hop.edge.peer.node if self.hop.edge is not None else ""
        shown = [
            (b"x-m2m-request", request.encode("ascii") + b"; " + sizes),
            (b"x-m2m-reply", reply.encode("ascii")),
        ]
        return [*shown, (b"x-m2m-peer", node.encode("latin-1"))] if node else shown


def client_codings(values: list[bytes]) -> tuple[str, ...]:
    """What a client's ``Content-Encoding`` fields name, in the order it was applied.

    Raises:
        UnsupportedCodingError: One of them is not read here; the answer names those that are
            (RFC 7694).
    """
    try:
        return inbound.codings_of(values)
    except UnsupportedCodingError as error:
        error.fields = ((b"accept-encoding", format_accept(inbound.CODINGS)),)
        raise
