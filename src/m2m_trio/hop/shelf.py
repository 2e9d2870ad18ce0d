"""The bases of one tenant, filed so that the one a request repeats is found in a few look-ups.

The trick: each base is filed under a checksum of its prefix at every mark of a geometric
ladder, so that the longest common prefix is a dictionary look-up per mark, longest first.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections import OrderedDict

from attrs import frozen

OVERHEAD_BYTES = 2048
"""What a base takes in memory beside its text, about."""

FIRST_MARK = 256
"""A shorter common prefix is what all requests of an application have."""

COMPARED = 4
"""Bases under one checksum whose text is compared with the request."""


def _marks() -> tuple[int, ...]:
    marks = [FIRST_MARK]
    while marks[-1] < 64 << 20:
        marks.append(marks[-1] * 5 // 4)
    return tuple(marks)


MARKS = _marks()
"""Prefix lengths; each is a quarter longer than the one before."""

Tenant = bytes
Digest = bytes
Rungs = tuple[int, ...]


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


class Shelf:
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


def rungs_of(text: bytes, begun: Rungs = ()) -> Rungs:
    """Checksums of the prefixes of ``text``, one for each mark that it reaches.

    ``begun`` are those of what it begins with, where that is known.
    """
    view = memoryview(text)
    rungs = list(begun)
    checksum = rungs[-1] if rungs else 0
    start = MARKS[len(rungs) - 1] if rungs else 0
    for mark in MARKS[len(rungs) : bisect_right(MARKS, len(text))]:
        checksum = zlib.crc32(view[start:mark], checksum)
        rungs.append(checksum)
        start = mark
    return tuple(rungs)
