"""The edge's half of a hop, without the I/O: what to send, what a reply's head means.

::

    base = edge.find_base(plain, tenant, now)
    sent = edge.encode(plain, fields, tenant=tenant, base=base, now=now)
    …send sent.fields and sent.body, read the reply's head…
    head = edge.read_head(sent, status, fields, now)
    if head.resend is not None:  # the far side took nothing of it: once more, another way
        sent = edge.encode(plain, fields, tenant=tenant, now=now, best=head.resend)
    …relay the body, through reply_decoder(head.coding, limits) unless that is identity…
    edge.keep(sent, head, gist, now)

A far side that never said it is a node gets plain bytes, and a node that lost what we thought
it had says so before it calls its upstream: a request is never lost, and never sent twice to
a provider.
"""

from __future__ import annotations

import msgspec
from attrs import field, frozen

from m2m_trio.codecs import dcz, zstd, zstd_static
from m2m_trio.codecs.codec import LIMITS
from m2m_trio.hop.ahead import Ahead
from m2m_trio.hop.negotiate import (
    DCZ,
    HOP_FIELD,
    IDENTITY,
    NOTHING,
    REPLY_CODINGS,
    ZD1,
    ZSTD,
    Accept,
    Peer,
    announce,
    announced_in_reply,
    format_pairs,
    parse_pairs,
)
from m2m_trio.hop.sessions import Base, Bases, Digest, Tenant, Text
from m2m_trio.wire.fields import Fields
from m2m_trio.wire.fields import field as field_of

MIN_BYTES = 100
"""Shorter bodies are not worth coding."""

WORTH = 0.9
"""What is left of a body must be under this part of it."""

AT_ODDS = frozenset({400, 415, 422, 500, 501})
"""Statuses of a server that was sent a coding it does not know, and did nothing about it."""

SUCCESSES = range(200, 400)
"""Statuses that only whoever serves the request gives: others may come from anybody between."""


@frozen(kw_only=True)
class EdgeRules:
    """What an edge may do."""

    requests: bool = True
    """Whether request bodies are coded."""

    replies: bool = True
    """Whether coded replies are asked for."""

    pad_to: int = 0
    """``dcz`` bodies are made a multiple of so many bytes."""

    proof: str = field(default="", repr=False)
    """Shows the gateway that we know the secret of both, if they have one."""


@frozen(kw_only=True)
class Sent:
    """A request as it goes over the hop."""

    fields: Fields = field(repr=False)
    body: bytes = field(repr=False)

    text: Text = field(repr=False)
    """The plain body."""

    coding: str
    """Its content coding; `IDENTITY` where ``body`` is ``plain``."""

    tenant: Tenant | None = field(repr=False)
    """Whose it is, if it may be remembered."""

    base: Digest | None = None
    """What a ``dcz`` body was coded against."""

    @property
    def plain(self) -> bytes:
        """The plain body's bytes."""
        return self.text.data


@frozen(kw_only=True)
class Head:
    """What the head of a reply says once what belongs to the hop is taken off."""

    fields: Fields = field(repr=False)
    """As the far side's upstream sent them."""

    coding: str = IDENTITY
    """Of the body: it goes through `reply_decoder` unless it is `IDENTITY`."""

    resend: str | None = None
    """The request is to be sent again, in this coding at best; None: this is the reply."""

    remembered: float = 0.0
    """Seconds for which the far side keeps the exchange of ``stored``; 0: it keeps none."""

    stored: str = ""
    """SHA-256 in hexadecimal of a request; `Edge.keep` looks whether it is ours."""


class _Codings(msgspec.Struct):
    requests: list[str]


class _Hello(msgspec.Struct):
    m2m: int
    node: str
    codings: _Codings


_decode_hello = msgspec.json.Decoder(_Hello).decode


class Edge:
    """The edge of one hop. ``now`` is seconds on any one clock."""

    def __init__(self, peer: Peer, bases: Bases, rules: EdgeRules | None = None) -> None:
        self.peer = peer
        self.bases = bases
        self.rules = rules or EdgeRules()
        self._proof = format_pairs({"key": self.rules.proof}) if self.rules.proof else b""
        self._ahead = Ahead(dcz.make_compressor)

    def wants_hello(self, now: float) -> bool:
        """Whether nothing is known of the far side: asking may be worth a round trip."""
        return not self.peer.is_known(now) and now >= self.peer.quiet_until

    def read_hello(self, status: int, body: bytes, now: float) -> None:
        """Learn from the answer to ``GET /m2m/hello``, whatever it is."""
        try:
            hello = _decode_hello(body) if status == 200 else None
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            hello = None
        if hello is None:
            self.peer.forget(now)
            return
        accept = Accept(dict.fromkeys(hello.codings.requests, 1.0))
        is_id = hello.node.isascii() and hello.node.isprintable()  # it may go into a field
        self.peer.learn(accept, now, node=hello.node if is_id else "")

    def find_base(self, plain: Text | bytes, tenant: Tenant, now: float) -> Base | None:
        """What ``plain`` may be coded against, if the far side reads that now."""
        if not self.rules.requests or len(plain) < MIN_BYTES or not self.peer.reads(DCZ, now):
            return None
        return self.bases.find(tenant, plain, now)

    def encode(
        self,
        plain: Text | bytes,
        fields: Fields,
        *,
        tenant: Tenant | None,
        now: float,
        base: Base | None = None,
        best: str = ZD1,
    ) -> Sent:
        """A request in the shortest coding the far side reads, asking for coded replies.

        It only computes, so that a long body may go through it in a thread.

        Args:
            plain: The body.
            fields: Its end-to-end fields. One with a ``Content-Encoding`` is not coded again.
            tenant: Whose it is; None for one that is not to be remembered.
            now: The time.
            base: What `find_base` gave.
            best: What may be used beside ``base``: `ZD1`, `ZSTD` or, for plain, `IDENTITY`.
        """
        fields = announce(fields, replies=self.rules.replies)
        if self._proof:
            fields = [*fields, (HOP_FIELD, self._proof)]
        text = Text.of(plain)
        coding, body = IDENTITY, text.data
        if best != IDENTITY and self._may_code(body, fields, now):
            coding, body = self._shortest(body, base, best, now)
        if coding != IDENTITY:
            fields = [*fields, (b"content-encoding", coding.encode("ascii"))]
        return Sent(
            fields=fields,
            body=body,
            text=text,
            coding=coding,
            tenant=tenant,
            base=base.digest if base is not None and coding == DCZ else None,
        )

    def read_head(self, sent: Sent, status: int, fields: Fields, now: float) -> Head:
        """What the head of the reply to ``sent`` means, remembering what it says."""
        kept, ours, accept = _taken_apart(fields)
        if not ours:
            return self._read_stranger(sent, status, fields, now)
        said = parse_pairs(b",".join(ours))
        self.peer.learn(accept, now, node=said.get("node", ""))
        if sent.coding != IDENTITY and "refused" in said:
            return Head(fields=kept, resend=self._instead(sent, said["refused"], now))
        if sent.base is not None:
            self.peer.note_hit()
        coding = _reply_coding(kept)
        if coding != IDENTITY:
            kept = _with_plain_length(kept, said.get("length", ""))
        stored = said.get("stored", "")
        return Head(
            fields=kept,
            coding=coding,
            remembered=_seconds(said.get("ttl", "")) if stored else 0.0,
            stored=stored,
        )

    def keep(self, sent: Sent, head: Head, gist: bytes, now: float) -> Digest | None:
        """The exchange is over: remember it, if the far side does.

        ``gist`` is that of the reply; of one that did not come to its end it is empty. What
        the far side makes of it may differ: then the next request finds out.
        """
        if not head.remembered or sent.tenant is None:
            return None
        text = sent.text
        if head.stored != text.digest.hex():
            return None
        base = text.followed_by(gist)
        return self.bases.put(sent.tenant, base, now, search=True, lasting=head.remembered)

    def prepare(self, base: Text, now: float) -> None:
        """Nobody waits: make ready for a request that goes on from what was kept last."""
        self._ahead.prepare(base, now)

    def prepare_reply(self) -> None:
        """The request has been sent: make ready for its reply."""
        if self.rules.replies:
            zstd_static.prepare()

    def _may_code(self, plain: bytes, fields: Fields, now: float) -> bool:
        return (
            self.rules.requests
            and len(plain) >= MIN_BYTES
            and self.peer.is_known(now)
            and field_of(fields, b"content-encoding") is None
        )

    def _shortest(
        self, plain: bytes, base: Base | None, best: str, now: float
    ) -> tuple[str, bytes]:
        coding, body = IDENTITY, plain
        if base is not None:
            goes_on = 2 * base.common_bytes > len(plain)
            coded = dcz.encode(
                plain,
                base.text,
                pad_to=self.rules.pad_to,
                base_sha256=base.digest,
                compressor=self._ahead.take(base.digest) if goes_on else None,
            )
            if is_worth_it(len(plain), len(coded), base_bytes=len(base.text)):
                coding, body = DCZ, coded
                if goes_on:
                    return coding, body
        for name, encode in _ALONE[best == ZSTD :]:
            if self.peer.reads(name, now):
                coded = encode(plain)
                if len(coded) < len(body) and is_worth_it(len(plain), len(coded)):
                    coding, body = name, coded
                break
        return coding, body

    def _read_stranger(self, sent: Sent, status: int, fields: Fields, now: float) -> Head:
        """The far side is no node, or none any more, or somebody between us answered."""
        at_odds = sent.coding != IDENTITY and status in AT_ODDS
        if at_odds or status in SUCCESSES:
            self.peer.forget(now)
        return Head(fields=fields, resend=IDENTITY if at_odds else None)

    def _instead(self, sent: Sent, refused: str, now: float) -> str | None:
        """How to send again what the far side could not read.

        What came damaged goes again with a checksum; if that comes damaged as well, the line
        is bad, and plain bytes would arrive wrong without anybody's knowing.
        """
        if refused == "base" and sent.base is not None and sent.tenant is not None:
            self.bases.drop(sent.tenant, sent.base)
            self.peer.note_miss(now)
            return ZD1
        if refused == "body":
            return {DCZ: ZD1, ZD1: ZSTD}.get(sent.coding)
        return IDENTITY


_ALONE = ((ZD1, zstd_static.encode), (ZSTD, zstd.encode))


def is_worth_it(plain_bytes: int, coded_bytes: int, *, base_bytes: int = 0) -> bool:
    """Whether a coded body is shorter by enough, and looks like no decompression bomb.

    A far side that guards against those would refuse it.
    """
    most = LIMITS.allowed(coded_bytes) + base_bytes
    return coded_bytes <= WORTH * plain_bytes and plain_bytes <= most


def _taken_apart(fields: Fields) -> tuple[Fields, list[bytes], Accept]:
    """``fields`` of a reply without what a gateway added, that, and what it reads."""
    accept = NOTHING
    kept: Fields = []
    ours = []
    for pair in fields:
        name, value = pair
        if name == HOP_FIELD:
            ours.append(value)
            continue
        if name == b"accept-encoding" and (found := announced_in_reply(value)) is not None:
            accept, rest = found
            if rest:
                kept.append((name, rest))
            continue
        kept.append(pair)
    return kept, ours, accept


def _reply_coding(fields: Fields) -> str:
    value = field_of(fields, b"content-encoding")
    if value is None:
        return IDENTITY
    coding = value.decode("latin-1").strip(" \t").lower()
    return coding if coding in REPLY_CODINGS else IDENTITY


def _with_plain_length(fields: Fields, length: str) -> Fields:
    """``fields`` of a coded reply as those of the plain one; its length where it is told."""
    plain: Fields = []
    told = length.isdigit()
    for name, value in fields:
        if name == b"content-encoding":
            continue
        if name == b"content-length":
            if told:
                plain.append((name, length.encode("ascii")))
                told = False
            continue
        plain.append((name, value))
    if told:
        plain.append((b"content-length", length.encode("ascii")))
    return plain


def _seconds(text: str) -> float:
    return float(text) if text.isdigit() and len(text) < 10 else 0.0
