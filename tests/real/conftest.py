"""Real clients, real model server: what `m2m_trio.testing` cannot stand in for."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from attrs import frozen

from m2m_trio.demo import Delivery, DemoUpstream, open_demo_upstream
from m2m_trio.settings.model import Settings
from m2m_trio.testing import Node, open_node

LEFT_BY_THE_SDK = (
    "ignore:Async generator:ResourceWarning",
    "ignore:.*<async_generator object:pytest.PytestUnraisableExceptionWarning",
)
"""openai-python and its HTTP client leave the generators of a stream that is not read to its
end to the garbage collector; trio warns of each, and which one it is depends on timing."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.real)
            for left_to_the_collector in LEFT_BY_THE_SDK:
                item.add_marker(pytest.mark.filterwarnings(left_to_the_collector))


@frozen
class Place:
    """A node, and the embedded upstream behind it."""

    node: Node
    upstream: DemoUpstream

    @property
    def last(self) -> Delivery:
        """The last request as the upstream saw it."""
        return self.upstream.deliveries[-1]

    async def arrival(self) -> Delivery:
        """The first request, awaited if it is still to come."""
        if not self.upstream.deliveries:
            await self.upstream.next_delivery()
        return self.upstream.deliveries[0]


@pytest.fixture(params=["fast", "hypercorn"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def place(engine: str) -> AsyncIterator[Place]:
    upstream = DemoUpstream(pace=0)
    settings = Settings(engine=engine)
    async with open_demo_upstream(upstream) as url, open_node(url, settings) as node:
        yield Place(node, upstream)
        gc.collect()  # what a client left to it belongs to this test, not to the next
