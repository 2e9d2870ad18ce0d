"""The bases two nodes remember: earlier exchanges that a request can be coded against.

A base is a request's body and the gist of its reply, known by its SHA-256, and belongs to one
tenant. The gateway looks it up by its hash. The edge looks for the one that has most in common
with a new request: a conversation grows at its end, so that is the base with the longest common
prefix. The trick: each base is filed under a checksum of its prefix at every mark of a
geometric ladder, so that the search is a dictionary look-up per mark, longest first, and a
branch, a retry, an edited history or another agent under the same key each finds its own.
"""

from __future__ import annotations

import hashlib
import zlib
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from attrs import evolve, field, frozen
from attrs.validators import ge, gt

KIB = 1024
MIB = 1024 * KIB

FIRST_MARK = 256
"""A shorter common prefix is what all requests of an application have."""

OVERHEAD_BYTES = 2 * KIB
"""What a base takes in memory beside its text, about."""

COMPARED = 4
"""Bases under one checksum whose text is compared with the request."""


def _marks() -> tuple[int, ...]:
    marks = [FIRST_MARK]
    while marks[-1] < 64 * MIB:
        marks.append(marks[-1] * 5 // 4)
    return tuple(marks)


MARKS = _marks()
"""Prefix lengths; each is a quarter longer than the one before."""

Tenant = bytes
Digest = bytes
Rungs = tuple[int, ...]


@frozen(kw_only=True)
class BaseLimits:
    """How much is remembered."""

    tenant_bytes: int = field(default=32 * MIB, validator=ge(0))
    """Of bases of one tenant."""

    total_bytes: int = field(default=256 * MIB, validator=ge(0))
    """Of bases of all tenants."""

    base_bytes: int = field(default=4 * MIB, validator=ge(0))
    """Of one base; a larger exchange is not remembered."""

    lasting: float = field(default=3600.0, validator=gt(0))
    """Seconds after its last use that a base is still there."""


class Texts(Protocol):
    """Where the text of bases lies. It may lose any of them at any time."""

    def put(self, tenant: Tenant, digest: Digest, text: bytes) -> None:
        """Keep ``text``."""

    def get(self, tenant: Tenant, digest: Digest) -> bytes | None:
        """The text, unless it is lost."""

    def drop(self, tenant: Tenant, digest: Digest) -> None:
        """Keep it no longer; nothing happens where it is lost."""


class HeldTexts:
    """Texts in the memory of this process."""

    def __init__(self) -> None:
        self._texts: dict[tuple[Tenant, Digest], bytes] = {}

    def put(self, tenant: Tenant, digest: Digest, text: bytes) -> None:
        self._texts[tenant, digest] = text

    def get(self, tenant: Tenant, digest: Digest) -> bytes | None:
        return self._texts.get((tenant, digest))

    def drop(self, tenant: Tenant, digest: Digest) -> None:
        self._texts.pop((tenant, digest), None)


@frozen(kw_only=True)
class Base:
    """A base that was found."""

    digest: Digest
    text: bytes = field(repr=False)

    common_bytes: int
    """What it has in common with the request, from the start of both."""


@frozen(kw_only=True)
class Entry:
    """What is known of a base without its text."""

    tenant: Tenant
    digest: Digest
    size_bytes: int
    rungs: Rungs = ()
    """`rungs_of` its text; empty on a side that does not search."""

    deadline: float
    """When it is forgotten, unless it is used in the meantime."""

    @property
    def cost_bytes(self) -> int:
        """What it counts against the limits."""
        return self.size_bytes + OVERHEAD_BYTES


Listener = Callable[[str, Entry], None]
"""Hears ``put``, ``use`` and ``drop`` of what this process did itself."""


class Bases:
    """The bases of all tenants, least recently used first out.

    Times are seconds on any one clock.
    """

    def __init__(
        self,
        limits: BaseLimits | None = None,
        texts: Texts | None = None,
        *,
        listener: Listener | None = None,
    ) -> None:
        self.limits = limits or BaseLimits()
        self._texts: Texts = HeldTexts() if texts is None else texts
        self._tell = listener
        self._tenants: OrderedDict[Tenant, _Shelf] = OrderedDict()
        self._order: OrderedDict[tuple[Tenant, Digest], Entry] = OrderedDict()
        self._deadlines: dict[tuple[Tenant, Digest], float] = {}
        self.held_bytes = 0
        """What all bases count together."""

        self._own: dict[tuple[Tenant, Digest], int] = {}
        self.own_bytes = 0
        """What those count that were put by this process."""

    def __len__(self) -> int:
        return len(self._order)

    @property
    def own_count(self) -> int:
        """Bases that were put by this process."""
        return len(self._own)

    @property
    def room_bytes(self) -> int:
        """The longest text that is remembered."""
        limits = self.limits
        room = min(limits.tenant_bytes, limits.total_bytes) - OVERHEAD_BYTES
        return max(0, min(limits.base_bytes, room))

    def put(
        self,
        tenant: Tenant,
        text: bytes,
        now: float,
        *,
        search: bool,
        lasting: float | None = None,
    ) -> Digest | None:
        """Remember ``text``; its digest, or None where it is too large to be remembered.

        ``search`` is whether `find` is to find it; a gateway does without. ``lasting`` is
        for how many seconds, where that is less than the limits say.
        """
        limits = self.limits
        if not text or len(text) > self.room_bytes:
            return None
        digest = digest_of(text)
        known = self._order.get((tenant, digest))
        if known is not None:
            self.use(tenant, digest, now)
            return digest
        entry = Entry(
            tenant=tenant,
            digest=digest,
            size_bytes=len(text),
            rungs=rungs_of(text) if search else (),
            deadline=now + min(limits.lasting, lasting or limits.lasting),
        )
        self._texts.put(tenant, digest, text)
        self.take(entry, now)
        self._own[tenant, digest] = entry.cost_bytes
        self.own_bytes += entry.cost_bytes
        if self._tell is not None:
            self._tell("put", entry)
        return digest

    def take(self, entry: Entry, now: float) -> None:
        """Know a base whose text is there already; make room for it."""
        key = entry.tenant, entry.digest
        if key in self._order:
            self._forget(key)
        self._order[key] = entry
        self._deadlines[key] = entry.deadline
        shelf = self._tenants.get(entry.tenant)
        if shelf is None:
            shelf = self._tenants[entry.tenant] = _Shelf()
        shelf.add(entry)
        self.held_bytes += entry.cost_bytes
        while shelf.held_bytes > self.limits.tenant_bytes:
            self.drop(entry.tenant, shelf.oldest)
        while self.held_bytes > self.limits.total_bytes:
            self.drop(*next(iter(self._order)))
        self.expire(now)

    def get(self, tenant: Tenant, digest: Digest, now: float) -> bytes | None:
        """The text of a base, if it is still there."""
        text = self._texts.get(tenant, digest)
        if text is None:
            self.lose(tenant, digest)
            return None
        self.use(tenant, digest, now)
        return text

    def find(self, tenant: Tenant, body: bytes, now: float) -> Base | None:
        """The base that has most in common with ``body``.

        Where none has `FIRST_MARK` bytes, the one used last is better than nothing:
        applications send the same tools and instructions in every conversation.
        """
        self.expire(now)
        shelf = self._tenants.get(tenant)
        if shelf is None:
            return None
        for digests in shelf.candidates(rungs_of(body)):
            base = self._longest(tenant, digests, body)
            if base is not None:
                self.use(tenant, base.digest, now)
                return base
        return None

    def use(self, tenant: Tenant, digest: Digest, now: float) -> None:
        """A base was of use: it is the last to go now."""
        key = tenant, digest
        entry = self._order.get(key)
        if entry is None:
            return
        deadline = now + self.limits.lasting
        self._touch(key, deadline)
        if self._tell is not None:
            self._tell("use", evolve(entry, deadline=deadline))

    def renew(self, entry: Entry) -> None:
        """Somebody else used a base: put it at the end of the order, with its new deadline."""
        key = entry.tenant, entry.digest
        if key in self._order:
            self._touch(key, entry.deadline)

    def _touch(self, key: tuple[Tenant, Digest], deadline: float) -> None:
        self._deadlines[key] = max(self._deadlines[key], deadline)
        self._order.move_to_end(key)
        self._tenants[key[0]].renew(key[1])

    def drop(self, tenant: Tenant, digest: Digest) -> None:
        """Forget a base, and its text."""
        entry = self.lose(tenant, digest)
        self._texts.drop(tenant, digest)
        if entry is not None and self._tell is not None:
            self._tell("drop", entry)

    def expire(self, now: float) -> None:
        """Forget what nobody used for `BaseLimits.lasting`."""
        while self._order:
            key = next(iter(self._order))
            if self._deadlines[key] > now:
                return
            self.drop(*key)

    def forget_all(self) -> None:
        """Forget every base, and their texts."""
        for tenant, digest in tuple(self._order):
            self.drop(tenant, digest)

    def lose(self, tenant: Tenant, digest: Digest) -> Entry | None:
        """Forget a base whose text is gone; what was known of it."""
        if (tenant, digest) not in self._order:
            return None
        return self._forget((tenant, digest))

    def _forget(self, key: tuple[Tenant, Digest]) -> Entry:
        entry = self._order.pop(key)
        del self._deadlines[key]
        shelf = self._tenants[entry.tenant]
        shelf.remove(entry)
        if not shelf:
            del self._tenants[entry.tenant]
        self.held_bytes -= entry.cost_bytes
        self.own_bytes -= self._own.pop(key, 0)
        return entry

    def _longest(self, tenant: Tenant, digests: list[Digest], body: bytes) -> Base | None:
        best: Base | None = None
        for digest in digests:
            text = self._texts.get(tenant, digest)
            if text is None:
                self.lose(tenant, digest)
                continue
            common = common_prefix(text, body)
            if best is None or common > best.common_bytes:
                best = Base(digest=digest, text=text, common_bytes=common)
        return best


class _Shelf:
    """The bases of one tenant."""

    def __init__(self) -> None:
        self.held_bytes = 0
        self._digests: OrderedDict[Digest, None] = OrderedDict()
        self._files: dict[tuple[int, int], dict[Digest, None]] = {}
        """Number of a mark and checksum of the prefix up to it: digests, newest last."""

    def __bool__(self) -> bool:
        return bool(self._digests)

    @property
    def oldest(self) -> Digest:
        return next(iter(self._digests))

    def add(self, entry: Entry) -> None:
        self.held_bytes += entry.cost_bytes
        self._digests[entry.digest] = None
        for key in enumerate(entry.rungs):
            self._files.setdefault(key, {})[entry.digest] = None

    def remove(self, entry: Entry) -> None:
        self.held_bytes -= entry.cost_bytes
        del self._digests[entry.digest]
        for key in enumerate(entry.rungs):
            files = self._files[key]
            del files[entry.digest]
            if not files:
                del self._files[key]

    def renew(self, digest: Digest) -> None:
        self._digests.move_to_end(digest)

    def candidates(self, rungs: Rungs) -> list[list[Digest]]:
        """What to compare, the longest common prefix first, and what was used last at last."""
        found = []
        for key in reversed(tuple(enumerate(rungs))):
            files = self._files.get(key)
            if files is not None:
                found.append(list(reversed(files))[:COMPARED])
                break
        found.append([next(reversed(self._digests))])
        return found


def digest_of(text: bytes) -> Digest:
    """The id of a base."""
    return hashlib.sha256(text).digest()


def rungs_of(text: bytes) -> Rungs:
    """Checksums of the prefixes of ``text``, one for each mark that it reaches."""
    view = memoryview(text)
    checksum = start = 0
    rungs = []
    for mark in MARKS[: bisect_right(MARKS, len(text))]:
        checksum = zlib.crc32(view[start:mark], checksum)
        rungs.append(checksum)
        start = mark
    return tuple(rungs)


def common_prefix(one: bytes, other: bytes) -> int:
    """How many bytes two texts have in common, from the start of both."""
    end = min(len(one), len(other))
    step = 64 * KIB
    start = 0
    while start < end and one[start : start + step] == other[start : start + step]:
        start += step
    if start >= end:
        return end
    low, high = start, min(start + step, end)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
