"""Who can read which coding, told by plain HTTP: ``Accept-Encoding`` both ways.

A node that sends a request adds the reply codings it reads to the client's own
``Accept-Encoding`` (RFC 9110 12.5.3): a provider ignores tokens it does not know. A node that
sees them names the request codings it reads in the ``Accept-Encoding`` of its reply (RFC 7694)
and adds one field of its own, ``m2m-hop``, which says which node answered. Nothing else makes a
peer, and whatever is lost on the way leaves both sides with plain bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from attrs import field, frozen

from m2m_trio.wire.fields import Fields

IDENTITY = "identity"
ZSTD = "zstd"
ZD1 = "m2m-zd1"
DCZ = "dcz"
DF1 = "m2m-df1"

REQUEST_CODINGS = (DCZ, ZD1, ZSTD)
"""What a node reads in the requests of another one, best first."""

REPLY_CODINGS = (DF1, ZD1)
"""What a node reads in the replies of another one: streams, whole bodies."""

FAMILY = ("m2m-t1", "m2m-tk", "m2m-frame", "m2m-br")
"""What other nodes of the M2M family write: read where it comes, written where it is asked for
and nothing better is."""

HOP_FIELD = b"m2m-hop"
"""Our own field, on the hop only: ``node=…, stored=…, ttl=…`` (never passed on)."""

PRIVATE = "m2m-"
"""How the tokens of nodes begin; no registered content coding does."""

MAX_MEMBERS = 64
"""Members of a field value that are looked at."""

_WEIGHT = re.compile(r"q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE | re.ASCII)
_PAIR = re.compile(r"(?:\A|(?<=,))[\t ]*([a-z]+)=([!-+\--~]{1,200})[\t ]*(?=,|\Z)")


@frozen
class Accept:
    """The codings of an ``Accept-Encoding`` field, each with its weight."""

    weights: Mapping[str, float] = field(factory=dict)

    is_node: bool = field(init=False)
    """Whether whoever wrote it knows our codings, wanted or not."""

    @is_node.default
    def _knows_ours(self) -> bool:
        return any(coding.startswith(PRIVATE) for coding in self.weights)

    def takes(self, coding: str) -> bool:
        """Whether ``coding`` is named with a weight above 0; ``*`` names nothing here.

        A ``*`` promises that its sender reads whatever is registered, and ours are not.
        """
        return self.weights.get(coding, 0.0) > 0.0


NOTHING = Accept()


@lru_cache(maxsize=256)  # a connection says the same with every message
def parse_accept(value: bytes) -> Accept:
    """Read an ``Accept-Encoding`` value; members that are malformed count as not there."""
    weights: dict[str, float] = {}
    for member in value.decode("latin-1").split(",", MAX_MEMBERS)[:MAX_MEMBERS]:
        coding, *parameters = (part.strip(" \t").lower() for part in member.split(";"))
        if not coding:
            continue
        weight = 1.0
        for parameter in parameters:
            if not _WEIGHT.fullmatch(parameter):
                break
            weight = float(parameter[2:])
        else:
            weights[coding] = max(weight, weights.get(coding, 0.0))
    return Accept(weights)


def format_accept(codings: Iterable[str]) -> bytes:
    """The ``Accept-Encoding`` value that names ``codings``."""
    return ", ".join(codings).encode("ascii")


REQUEST_ANNOUNCEMENT = format_accept(REQUEST_CODINGS)
"""What a gateway says in its replies."""

_ANNOUNCEMENT = format_accept(REPLY_CODINGS)
_DECLINED = format_accept(f"{coding};q=0" for coding in REPLY_CODINGS)


def announce(fields: Fields, *, replies: bool = True) -> Fields:
    """``fields`` of a request with the reply codings of a node added at their end.

    They stand behind the client's own ``Accept-Encoding``, which keeps its meaning for
    everybody who does not know them. ``replies`` is false for a node that wants its replies
    plain and yet to be known. A client that forbids every coding is left alone: then
    ``fields`` are given back as they are.
    """
    tokens = _ANNOUNCEMENT if replies else _DECLINED
    last = None
    for index, (name, value) in enumerate(fields):
        if name == b"accept-encoding":
            if not value.strip(b" \t"):
                return fields
            last = index
    if last is None:
        return [*fields, (b"accept-encoding", tokens)]
    announced = list(fields)
    announced[last] = (b"accept-encoding", announced[last][1] + b", " + tokens)
    return announced


def strip_announcement(fields: Fields) -> tuple[Fields, Accept]:
    """``fields`` of a request as its client wrote them, and what the node before us reads.

    Where no node announced anything, ``fields`` are given back as they are.
    """
    accept = NOTHING
    kept: Fields = []
    for pair in fields:
        if pair[0] != b"accept-encoding" or (found := _announced(pair[1])) is None:
            kept.append(pair)
            continue
        said, rest = found
        if rest:
            kept.append((pair[0], rest))
        accept = Accept({**accept.weights, **said.weights}) if accept.weights else said
    return (kept, accept) if accept.is_node else (fields, NOTHING)


@lru_cache(maxsize=256)
def _announced(value: bytes) -> tuple[Accept, bytes] | None:
    """What a request's ``Accept-Encoding`` says if a node had a hand in it, and the rest."""
    if PRIVATE.encode() not in value.lower():
        return None
    return parse_accept(value), without_private(value)


@lru_cache(maxsize=256)
def announced_in_reply(value: bytes) -> tuple[Accept, bytes] | None:
    """The same of a reply's."""
    if PRIVATE.encode() not in value.lower():
        return None
    rest = value.removesuffix(REQUEST_ANNOUNCEMENT).rstrip(b", \t")
    return parse_accept(value), without_private(rest)


def without_private(value: bytes) -> bytes:
    """An ``Accept-Encoding`` value without the tokens of nodes; the rest byte for byte."""
    for tokens in (_ANNOUNCEMENT, _DECLINED):
        if value == tokens:
            return b""
        if value.endswith(b", " + tokens):
            return value[: -len(tokens) - 2]
    members = [
        member.strip(b" \t")
        for member in value.split(b",")
        if not member.strip(b" \t").lower().startswith(PRIVATE.encode())
    ]
    return b", ".join(member for member in members if member)


def format_pairs(pairs: Mapping[str, str]) -> bytes:
    """The value of an ``m2m-hop`` field."""
    return ", ".join(f"{name}={value}" for name, value in pairs.items()).encode("ascii")


def parse_pairs(value: bytes) -> dict[str, str]:
    """The pairs of an ``m2m-hop`` value; what is malformed counts as not there."""
    if value.count(b",") >= MAX_MEMBERS:
        value = b",".join(value.split(b",", MAX_MEMBERS)[:MAX_MEMBERS])
    return dict(_PAIR.findall(value.decode("latin-1")))


@frozen(kw_only=True)
class PeerRules:
    """How long is remembered what a far side said; seconds."""

    lasting: float = 3600.0
    """For what it reads, from its last word on."""

    quiet: float = 300.0
    """For its having said nothing: so long no announcement is sent."""

    rest: float = 60.0
    """Without ``dcz`` after it lost ``misses`` bases in a row."""

    misses: int = 2


class Peer:
    """What the far side of one hop is known to read. ``now`` is seconds on any one clock."""

    def __init__(self, rules: PeerRules | None = None) -> None:
        self.rules = rules or PeerRules()
        self.node = ""
        """The id of the node that answered last; empty before one did."""

        self.quiet_until = 0.0
        """No announcements before that."""

        self._accept: Accept | None = None
        self._codings: frozenset[str] = frozenset()
        self._known_until = 0.0
        self._misses = 0
        self._rests_until = 0.0

    def is_known(self, now: float) -> bool:
        """Whether it is a node, as far as we remember."""
        return now < self._known_until

    def reads(self, coding: str, now: float) -> bool:
        """Whether a request may be sent in ``coding``."""
        if now >= self._known_until or coding not in self._codings:
            return False
        return coding != DCZ or now >= self._rests_until

    @property
    def codings(self) -> frozenset[str]:
        """What it said last that it reads."""
        return self._codings

    def learn(self, accept: Accept | None, now: float, *, node: str = "") -> None:
        """It answered, naming what it reads; or it is no node, where ``accept`` is None."""
        if accept is None:
            self.forget(now)
            return
        if accept is not self._accept:
            self._accept = accept
            read = (coding for coding in REQUEST_CODINGS if accept.takes(coding))
            self._codings = frozenset(read)
        self._known_until = now + self.rules.lasting
        self.quiet_until = 0.0
        self.node = node

    def forget(self, now: float) -> None:
        """It is no node, or none any more: not asked again for a while."""
        self._accept = None
        self._codings = frozenset()
        self._known_until = 0.0
        self.quiet_until = now + self.rules.quiet

    def note_hit(self) -> None:
        """It held a base that a request was coded with."""
        self._misses = 0

    def note_miss(self, now: float) -> None:
        """It had lost a base; after some in a row ``dcz`` is not tried for a while."""
        self._misses += 1
        if self._misses >= self.rules.misses:
            self._misses = 0
            self._rests_until = now + self.rules.rest
