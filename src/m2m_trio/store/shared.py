"""The bases of one node with several workers: a client's next connection may reach any.

Texts lie in files named by tenant and hash, so that a gateway's worker finds what another one
kept without being told. Which there are, each worker knows by itself: it hears of what others
keep, use and drop through the `Ring`, and so all of them forget the same ones.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from m2m_trio.hop.negotiate import REQUEST_CODINGS, Accept, Peer
from m2m_trio.hop.sessions import (
    Base,
    BaseLimits,
    Bases,
    Digest,
    Entry,
    Tenant,
    Text,
)
from m2m_trio.store.ring import MAX_PAYLOAD_BYTES, Ring

_ENTRY = struct.Struct("<c16s32sQd")
_PEER = struct.Struct("<cB16s")
NODE_ID_CHARACTERS = 16
_KINDS = {"put": b"p", "use": b"u", "drop": b"d"}
_MAX_RUNGS = (MAX_PAYLOAD_BYTES - _ENTRY.size) // 4


class FileTexts:
    """Texts in files of one directory; what cannot be written is lost."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def put(self, tenant: Tenant, digest: Digest, text: bytes) -> None:
        path = self._path(tenant, digest)
        draft = path.with_suffix(f".{os.getpid()}")
        try:
            draft.write_bytes(text)
            draft.replace(path)
        except OSError:  # the file system is full: a base less
            draft.unlink(missing_ok=True)

    def get(self, tenant: Tenant, digest: Digest) -> bytes | None:
        try:
            return self._path(tenant, digest).read_bytes()
        except OSError:
            return None

    def drop(self, tenant: Tenant, digest: Digest) -> None:
        self._path(tenant, digest).unlink(missing_ok=True)

    def _path(self, tenant: Tenant, digest: Digest) -> Path:
        return self._directory / f"{tenant.hex()}-{digest.hex()}"


class SharedBases(Bases):
    """`Bases` that all workers of a node have in ``directory``.

    Times are on a clock that all of them share, such as ``time.monotonic``. What a worker
    knows of the peer it tells the others as well, so that each need not meet it anew.
    """

    def __init__(self, limits: BaseLimits, directory: Path) -> None:
        super().__init__(limits, FileTexts(directory), listener=self._tell_others)
        self._ring = Ring(directory / "ring")
        self._told = ("", frozenset[str]())
        self._met: tuple[Accept, str] | None = None
        """A peer that another worker told of, until we have use for it."""

    def close(self) -> None:
        """Let go of the directory."""
        self._ring.close()

    def put(
        self,
        tenant: Tenant,
        text: Text | bytes,
        now: float,
        *,
        search: bool,
        lasting: float | None = None,
    ) -> Digest | None:
        self.catch_up(now)
        return super().put(tenant, text, now, search=search, lasting=lasting)

    def get(self, tenant: Tenant, digest: Digest, now: float) -> bytes | None:
        self.catch_up(now)
        return super().get(tenant, digest, now)

    def find(self, tenant: Tenant, body: Text | bytes, now: float) -> Base | None:
        self.catch_up(now)
        return super().find(tenant, body, now)

    def catch_up(self, now: float, peer: Peer | None = None) -> None:
        """Hear what the others told, of ``peer`` as well."""
        for payload in self._ring.news():
            if payload[:1] == b"n":
                self._meet(payload)
            else:
                self._hear(payload, now)
        if peer is not None and self._met is not None:
            accept, node = self._met
            self._met = None
            peer.learn(accept, now, node=node)
            self._told = peer.node, peer.codings

    def introduce(self, peer: Peer) -> None:
        """Tell the others what ``peer`` reads, if that is news."""
        if (peer.node, peer.codings) == self._told or len(peer.node) != NODE_ID_CHARACTERS:
            return
        self._told = peer.node, peer.codings
        mask = sum(1 << i for i, name in enumerate(REQUEST_CODINGS) if name in peer.codings)
        self._ring.write(_PEER.pack(b"n", mask, peer.node.encode("latin-1", "replace")))

    def _meet(self, payload: bytes) -> None:
        _, mask, node = _PEER.unpack(payload)
        read = [name for i, name in enumerate(REQUEST_CODINGS) if mask >> i & 1]
        self._met = Accept(dict.fromkeys(read, 1.0)), node.decode("latin-1")

    def _tell_others(self, what: str, entry: Entry) -> None:
        rungs = entry.rungs[:_MAX_RUNGS] if what == "put" else ()
        head = _ENTRY.pack(
            _KINDS[what], entry.tenant, entry.digest, entry.size_bytes, entry.deadline
        )
        self._ring.write(head + struct.pack(f"<{len(rungs)}I", *rungs))

    def _hear(self, payload: bytes, now: float) -> None:
        kind, tenant, digest, size, deadline = _ENTRY.unpack_from(payload)
        if kind == b"d":
            self.lose(tenant, digest)
            return
        count = (len(payload) - _ENTRY.size) // 4
        entry = Entry(
            tenant=tenant,
            digest=digest,
            size_bytes=size,
            rungs=struct.unpack_from(f"<{count}I", payload, _ENTRY.size),
            deadline=deadline,
        )
        if kind == b"p":
            self.take(entry, now)
        else:
            self.renew(entry)
