"""A proxy's `Hop`, from its settings."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from m2m_trio.codecs.codec import Limits
from m2m_trio.hop.edge import Edge, EdgeRules
from m2m_trio.hop.gateway import Gateway, GatewayRules, proof_of
from m2m_trio.hop.negotiate import Peer
from m2m_trio.hop.padding import Padding, padding_for
from m2m_trio.hop.sessions import BaseLimits, Bases
from m2m_trio.proxy.crossing import Hop
from m2m_trio.proxy.tenants import Tenants
from m2m_trio.settings.address import is_loopback_host
from m2m_trio.settings.model import HopSettings, Settings
from m2m_trio.stats.board import Row
from m2m_trio.store.redis import RedisStore
from m2m_trio.store.shared import SharedBases
from m2m_trio.upstream.targets import Target

TICK = 0.01
"""Seconds between two writes of a coded stream that leaves the machine."""


def make_hop(
    settings: Settings,
    target: Target,
    row: Row,
    *,
    node: str,
    directory: Path | None = None,
    before: Hop | None = None,
) -> Hop:
    """What ``settings`` say of coding towards ``target`` and towards whoever asks.

    Args:
        settings: All of them.
        target: The upstream.
        row: Where it is counted.
        node: Our id.
        directory: Where the workers of this node share what they remember.
        before: The hop until now: what it remembers and knows is kept where it still holds.
    """
    hop, compression = settings.hop, settings.compression
    limits = _base_limits(hop)
    peer = before.peer if before is not None and before.upstream == target.url else Peer()
    if before is not None and before.bases.limits == limits:
        bases = before.bases
    else:
        bases = Bases(limits) if directory is None else SharedBases(limits, directory)
    near = settings.listen.is_loopback
    gateway = Gateway(
        GatewayRules(
            node=node,
            open=hop.gateway and (near or bool(settings.cert) or hop.insecure),
            passes=hop.pass_coded,
            requests=compression.requests,
            replies=compression.responses,
            lasting=hop.lasting,
            pad_to=padding_of(hop, near=near).write_bytes,
            secret=hop.secret,
            limits=decoding_limits(settings.limits.body_bytes),
        )
    )
    tick = hop.tick if hop.tick >= 0 else (0.0 if near else TICK)
    return Hop(
        gateway=gateway,
        bases=bases,
        tenants=Tenants(without_sessions=hop.without_sessions, by_user=hop.by_user),
        row=row,
        upstream=target.url,
        peer=peer,
        edge=_edge(settings, target, bases, peer),
        store=_store(hop, before),
        greets=hop.hello,
        tick=tick,
    )


def node_id_of(directory: Path | None) -> str:
    """An id of 16 characters, the same for all workers that share ``directory``."""
    if directory is None:
        return secrets.token_hex(8)
    return hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]


def padding_of(hop: HopSettings, *, near: bool) -> Padding:
    """How lengths are rounded up; ``near`` is whether the hop stays on this machine."""
    return padding_for(loopback=near if hop.padding == "auto" else hop.padding == "never")


def decoding_limits(body_bytes: int) -> Limits:
    """Limits of decoding, from that of bodies."""
    return Limits(input_bytes=max(1, body_bytes), output_bytes=max(1, body_bytes))


def _edge(settings: Settings, target: Target, bases: Bases, peer: Peer) -> Edge | None:
    hop, compression = settings.hop, settings.compression
    near = is_loopback_host(target.host)
    if not hop.edge or not (near or target.scheme == "https" or hop.insecure):
        return None
    if not (compression.requests or compression.responses):
        return None
    rules = EdgeRules(
        requests=compression.requests,
        replies=compression.responses,
        pad_to=padding_of(hop, near=near).request_bytes,
        proof=proof_of(hop.secret, target.authority) if hop.secret else "",
    )
    return Edge(peer, bases, rules)


def _store(hop: HopSettings, before: Hop | None) -> RedisStore | None:
    kept = None if before is None else before.store
    if kept is not None and kept.url == hop.store:
        return kept
    return RedisStore(hop.store, lasting=hop.lasting) if hop.store else None


def _base_limits(hop: HopSettings) -> BaseLimits:
    return BaseLimits(
        tenant_bytes=hop.tenant_bytes if hop.sessions else 0,
        total_bytes=hop.total_bytes,
        base_bytes=hop.base_bytes,
        lasting=hop.lasting,
    )
