from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
import trio
from attrs import evolve, frozen

from m2m_trio.server.service import App, Service
from m2m_trio.server.sockets import open_sockets
from m2m_trio.server.worker import serve_app
from m2m_trio.settings.address import Address
from m2m_trio.settings.model import LimitSettings, TimeoutSettings
from m2m_trio.stats.board import Board


@frozen
class Server:
    """A running worker."""

    address: tuple[str, int]
    service: Service
    scope: trio.CancelScope


@asynccontextmanager
async def _open_server(app: App, **changes: Any) -> AsyncGenerator[Server]:
    """Serve ``app`` on a free port; ``changes`` are fields of limits, timeouts, Service."""
    limits, timeouts = LimitSettings(), changes.pop("timeouts", TimeoutSettings())
    service = Service(app=app, row=Board.in_memory().row(0))
    for name, value in changes.items():
        if hasattr(limits, name):
            limits = evolve(limits, **{name: value})
        elif hasattr(timeouts, name):
            timeouts = evolve(timeouts, **{name: value})
        else:
            service = evolve(service, **{name: value})
    service = evolve(service, limits=limits, timeouts=timeouts)
    listeners = open_sockets(Address("127.0.0.1", 0))
    async with trio.open_nursery() as nursery:
        (bound,) = await nursery.start(serve_app, service, listeners)
        yield Server((bound.host, bound.port), service, nursery.cancel_scope)
        nursery.cancel_scope.cancel()


@pytest.fixture
def open_server() -> Callable[..., AbstractAsyncContextManager[Server]]:
    return _open_server
