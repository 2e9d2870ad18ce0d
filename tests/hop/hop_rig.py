"""An edge and a gateway without sockets: what one gives, the other takes."""

from __future__ import annotations

import json
from typing import Any

from m2m_trio.codecs.codec import LIMITS
from m2m_trio.errors import M2MError
from m2m_trio.hop.edge import Edge, EdgeRules, Head, Sent
from m2m_trio.hop.gateway import Answer, Asked, Gateway, GatewayRules
from m2m_trio.hop.negotiate import IDENTITY, ZD1, Peer
from m2m_trio.hop.replies import reply_decoder
from m2m_trio.hop.sessions import Bases, digest_of
from m2m_trio.hop.text import Text
from m2m_trio.wire.fields import Fields

ALICE = b"alice's tenant.."
JSON = [(b"content-type", b"application/json")]


def chat(turns: int, *, seed: str = "", system: int = 400) -> bytes:
    """A conversation of so many turns."""
    messages = [{"role": "system", "content": f"You are {seed}. " * (system // 10)}]
    for turn in range(turns):
        messages.append({"role": "user", "content": f"{seed} asks {turn}: {hash_text(turn)}"})
        messages.append({"role": "assistant", "content": said(turn, seed)})
    return json.dumps({"model": "m", "messages": messages[: 2 * turns]}).encode()


def said(turn: int, seed: str = "") -> str:
    return f"{seed} hears {turn}: {hash_text(turn + 1000)}"


def hash_text(number: int) -> str:
    return digest_of(str(number).encode()).hex() * 2


class HopRig:
    """Both halves, and a clock."""

    def __init__(self, edge: EdgeRules | None = None, **gateway: Any) -> None:
        self.now = 0.0
        self.peer = Peer()
        self.edge = Edge(self.peer, Bases(), edge)
        self.far = Bases()
        self.gateway = Gateway(GatewayRules(**{"node": "n1", **gateway}))
        self.sent: list[Sent] = []
        self.seen: list[bytes] = []
        self.asked: Asked | None = None

    def exchange(
        self,
        plain: bytes,
        reply: bytes = b"{}",
        *,
        fields: Fields | None = None,
        status: int = 200,
        reply_fields: Fields | None = None,
    ) -> bytes:
        """One exchange, with its resends; what the application gets."""
        base = self.edge.find_base(plain, ALICE, self.now)
        best = ZD1
        while True:
            sent = self.edge.encode(
                plain, fields or [], tenant=ALICE, base=base, now=self.now, best=best
            )
            self.sent.append(sent)
            status, out, body, gateways = self.serve(sent, reply, status, reply_fields)
            head = self.edge.read_head(sent, status, out, self.now)
            if head.resend is None:
                break
            base, best = None, head.resend
        assert head.fields == (JSON if reply_fields is None else reply_fields)
        got = self.received(sent, head, body)
        kept = self.edge.keep(sent, head, got, self.now)
        assert kept == gateways
        return got

    def serve(
        self, sent: Sent, reply: bytes, status: int, reply_fields: Fields | None
    ) -> tuple[int, Fields, bytes, bytes | None]:
        """The gateway's side."""
        asked = self.asked = self.gateway.read(sent.fields)
        try:
            digest = self.gateway.base_id(asked, sent.body)
            base = None if digest is None else self.far.get(ALICE, digest, self.now)
            plain = self.gateway.decode(asked, sent.body, base)
        except M2MError as error:
            return error.status, [*JSON, *error.fields], error.body(), None
        self.seen.append(plain)
        answer: Answer = self.gateway.answer(
            asked,
            status,
            JSON if reply_fields is None else reply_fields,
            body=reply,
            kept=Text(plain) if asked.is_node else None,
        )
        kept = None
        if asked.is_node:
            kept = self.far.put(ALICE, plain + reply, self.now, search=False)
        body = reply if answer.body is None else answer.body
        return status, answer.fields, body, kept

    def received(self, sent: Sent, head: Head, body: bytes) -> bytes:
        if head.coding == IDENTITY:
            return body
        decoder = reply_decoder(head.coding, LIMITS, request=sent.plain)
        return b"".join([*decoder.feed(body), *decoder.finish()])

    @property
    def codings(self) -> list[str]:
        """Of all that was sent so far."""
        return [sent.coding for sent in self.sent]
