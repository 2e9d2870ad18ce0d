"""An upstream that records bytes, a node in front of it, and clients of every protocol."""

from __future__ import annotations

import ssl
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import trio
from attrs import frozen
from law_lines import CHAT, Answer, Line, Pairs, open_line

from m2m_trio.proxy.assembly import Proxy
from m2m_trio.settings.model import Settings
from m2m_trio.stats.metrics import cell
from m2m_trio.testing import Script, Upstream, open_node, open_upstream

GAUGES = (
    "exchanges_open",
    "streams_open",
    "buffered_bytes",
    "connections_open",
    "upstream_connections_open",
)


@frozen(kw_only=True)
class Rig:
    """What a test of a law needs."""

    upstream: Upstream
    proxy: Proxy
    address: tuple[str, int]
    protocol: str
    authority: ssl.SSLContext | None

    def connect(self, protocol: str = "") -> AbstractAsyncContextManager[Line]:
        """A connection to the node."""
        return open_line(self.address, protocol or self.protocol, self.authority)

    async def ask(
        self, method: str, target: str, fields: Pairs = (), body: bytes | None = None
    ) -> Answer:
        """One request on a connection of its own."""
        async with self.connect() as line:
            await line.start(method, target, fields, body)
            return await line.answer()

    async def chat(self, body: bytes = b"{}", fields: Pairs = ()) -> Answer:
        """One POST on a connection of its own."""
        return await self.ask("POST", CHAT, fields, body)

    def count(self, name: str, **labels: str) -> int:
        """A counter or gauge of the node."""
        return self.proxy.row.cells[cell(name, **labels)]

    def gauges(self) -> dict[str, int]:
        """Everything that is zero when nothing is under way; idle connections are."""
        return {name: self.count(name) for name in GAUGES}

    async def settle(self, *, but: tuple[str, ...] = ()) -> None:
        """Wait until the node holds nothing; the rig's deadline is above."""
        while any(count for name, count in self.gauges().items() if name not in but):
            await trio.sleep(0.001)


@asynccontextmanager
async def open_rig(
    script: Script,
    protocol: str,
    tls: tuple[str, ssl.SSLContext] | None,
    *,
    deadline: float = 30.0,
    **changes: Any,
) -> AsyncGenerator[Rig]:
    """A node with these settings in front of an upstream that follows ``script``."""
    authority = None
    if protocol.endswith("s"):
        assert tls is not None
        changes["cert"] = changes["key"] = tls[0]
        authority = tls[1]
    with trio.fail_after(deadline):
        async with (
            open_upstream(script) as upstream,
            open_node(upstream.url, Settings(**changes)) as node,
        ):
            yield Rig(
                upstream=upstream,
                proxy=node.proxy,
                address=node.address,
                protocol=protocol,
                authority=authority,
            )


RigOpener = Callable[..., AbstractAsyncContextManager[Rig]]
