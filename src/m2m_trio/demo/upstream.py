"""Run the demo upstream on a loopback port of its own."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import trio

from m2m_trio.demo.app import DemoUpstream
from m2m_trio.server.service import Service
from m2m_trio.server.sockets import open_sockets
from m2m_trio.server.worker import serve_app
from m2m_trio.settings.address import Address
from m2m_trio.stats.board import Board


@asynccontextmanager
async def open_demo_upstream(
    app: DemoUpstream | None = None, *, port: int = 0
) -> AsyncGenerator[str]:
    """Serve ``app``, by default a new one, while the block lasts; the value is its base URL.

    It listens on 127.0.0.1 alone, on a free port unless ``port`` names one. The end of the
    block cuts what is under way.

    Raises:
        SettingsError: The port cannot be listened on.
    """
    service = Service(app=app or DemoUpstream(), row=Board.in_memory().row(0))
    listeners = open_sockets(Address("127.0.0.1", port))
    async with trio.open_nursery() as nursery:
        (bound,) = await nursery.start(serve_app, service, listeners)
        yield f"http://{bound}/v1"
        nursery.cancel_scope.cancel()
