"""A whole node on its listeners: the fast lane, the control plane behind it, the drain."""

from __future__ import annotations

from functools import partial
from ssl import SSLContext
from typing import cast

import trio

from m2m_trio.proxy.assembly import Proxy
from m2m_trio.server.service import App, Service
from m2m_trio.server.sockets import open_sockets
from m2m_trio.server.worker import serve_app
from m2m_trio.settings.address import Address
from m2m_trio.settings.model import Settings
from m2m_trio.web.dataplane import DataPlane


async def serve(
    proxy: Proxy,
    *,
    address: Address | None = None,
    reuse_port: bool = False,
    task_status: trio.TaskStatus[list[Address]] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serve ``proxy`` until `Proxy.drain` has been called and its exchanges are over.

    Listens on ``address``, by default ``proxy.settings.listen``; ``reuse_port`` lets other
    processes listen there as well. ``task_status`` is given the bound addresses, port 0
    resolved. Cancelling it cuts every connection at once.

    Raises:
        SettingsError: The address cannot be listened on, or the certificate not be read.
    """
    settings = proxy.settings
    address = address or settings.listen
    if settings.engine == "hypercorn":
        from m2m_trio.server.hypercorn_engine import serve_hypercorn

        await serve_hypercorn(
            control_app(proxy),
            settings,
            address,
            drained=proxy.draining,
            reuse_port=reuse_port,
            task_status=task_status,
        )
        return

    service = Service(
        app=DataPlane(proxy, partial(control_app, proxy)),
        row=proxy.row,
        limits=settings.limits,
        timeouts=settings.timeouts,
        tls=_tls_context(settings),
    )
    listeners = open_sockets(address, reuse_port=reuse_port)
    async with trio.open_nursery() as nursery:

        async def begin_drain() -> None:
            await proxy.draining.wait()
            service.drain.start()

        nursery.start_soon(begin_drain)
        await serve_app(service, listeners, task_status=task_status)
        nursery.cancel_scope.cancel()


def control_app(proxy: Proxy) -> App:
    """The Quart-Trio app of ``proxy``; Quart is loaded here and not before."""
    from m2m_trio.web.control import make_app

    return cast("App", make_app(proxy))  # Quart's own types are narrower than ASGI's


def _tls_context(settings: Settings) -> SSLContext | None:
    if not settings.cert:
        return None
    from m2m_trio.server.tls import make_server_context

    return make_server_context(settings.cert, settings.key)
