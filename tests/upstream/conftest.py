from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pool_client import Client, MakeClient
from trio.testing import MockClock


@pytest.fixture
async def make_client() -> AsyncIterator[MakeClient]:
    clients: list[Client] = []

    def make(url: str, **options: object) -> Client:
        clients.append(Client(url, **options))  # type: ignore[arg-type]
        return clients[-1]

    yield make
    for client in clients:
        client.pool.close()
        left_open = list(client.pool._connections)
        for connection in left_open:
            connection.give_back()
        assert not left_open
        assert client.count("connections_open") == 0


@pytest.fixture
def jumping_clock() -> MockClock:
    """Virtual time that jumps when nothing has happened for long enough on real sockets."""
    return MockClock(autojump_threshold=0.03)
