"""An edge and a gateway in a row, in the test's own process."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from attrs import frozen

from m2m_trio.settings.model import Settings
from m2m_trio.testing.node import Node, open_node


@frozen
class Pair:
    """Two nodes; applications talk to the edge, the gateway talks to the provider."""

    edge: Node
    gateway: Node

    @property
    def url(self) -> str:
        """The edge's base URL, as an OpenAI client wants it."""
        return self.edge.url


@asynccontextmanager
async def open_pair(
    upstream: str, *, edge: Settings | None = None, gateway: Settings | None = None
) -> AsyncGenerator[Pair]:
    """Serve an edge and a gateway in front of ``upstream``, while the block lasts.

    All but addresses and upstreams is as the settings say.

    Raises:
        SettingsError: The settings cannot be taken.
    """
    async with (
        open_node(upstream, gateway) as far,
        open_node(f"{far.origin}/v1", edge) as near,
    ):
        yield Pair(near, far)
