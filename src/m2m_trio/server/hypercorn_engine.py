"""``--engine hypercorn``: a Quart-Trio app on stock hypercorn, with this node's settings.

For comparison and for those who trust it more; what it cannot do is listed in
``docs/reference/engines.md``. Two cures need nothing but a socket option and a wrapper: the
kernel cuts a client that takes nothing for the send timeout (hypercorn shields its sends,
without a limit, from every cancellation), and ``Date`` is added only where the upstream sent
none.
"""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast

import trio
from hypercorn.config import Config
from hypercorn.trio import serve

from m2m_trio.errors import SettingsError
from m2m_trio.server.replies import http_date
from m2m_trio.server.service import App, Message, Scope
from m2m_trio.server.sockets import BACKLOG, bound_address, open_sockets
from m2m_trio.settings.address import Address
from m2m_trio.settings.model import Settings


async def serve_hypercorn(
    app: App,
    settings: Settings,
    address: Address,
    *,
    drained: trio.Event,
    reuse_port: bool = False,
    task_status: trio.TaskStatus[list[Address]] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serve ``app`` until ``drained`` is set and exchanges are over, or the drain timeout.

    ``task_status`` is given the bound addresses, port 0 resolved.

    Raises:
        SettingsError: The address cannot be listened on, or the certificate not be read.
    """
    _check_certificate(settings)
    listeners = open_sockets(address, reuse_port=reuse_port)
    addresses = [bound_address(listener) for listener in listeners]
    _cut_stalled_readers(listeners, settings.timeouts.send)
    # hypercorn takes the descriptors over, and closes them
    config = make_config(settings, [f"fd://{listener.detach()}" for listener in listeners])
    async with trio.open_nursery() as nursery:
        await nursery.start(_serve, with_date(app), config, drained.wait)
        task_status.started(addresses)


async def _serve(
    app: App,
    config: Config,
    shutdown_trigger: Callable[[], Awaitable[None]],
    *,
    task_status: trio.TaskStatus[list[str]],
) -> None:
    await serve(
        cast("Any", app), config, shutdown_trigger=shutdown_trigger, task_status=task_status
    )


def make_config(settings: Settings, binds: Sequence[str]) -> Config:
    """``settings`` in hypercorn's words, as far as it has them."""
    config = Config()
    config.bind = list(binds)
    config.backlog = BACKLOG
    config.errorlog = logging.getLogger("hypercorn.error")
    config.errorlog.setLevel(logging.WARNING)  # what it says at a start, the node says
    config.include_server_header = False
    config.include_date_header = False
    config.h11_max_incomplete_size = settings.limits.header_bytes
    config.h2_max_header_list_size = settings.limits.header_bytes
    config.keep_alive_timeout = settings.timeouts.idle
    config.keep_alive_max_requests = 2**62
    config.ssl_handshake_timeout = settings.timeouts.handshake
    config.graceful_timeout = settings.timeouts.drain
    if settings.cert:
        config.certfile = settings.cert
        config.keyfile = settings.key
    return config


def with_date(app: App) -> App:
    """``app`` with a ``Date`` field on every response that has none."""

    async def dated(
        scope: Scope,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                fields = message["headers"]
                if not any(name == b"date" for name, _ in fields):
                    message["headers"] = [*fields, (b"date", http_date())]
            await send(message)

        await app(scope, receive, send_dated if scope["type"] == "http" else send)

    return dated


def _cut_stalled_readers(listeners: Sequence[socket.socket], seconds: float) -> None:
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is None:  # pragma: no cover  (not on macOS)
        return
    for listener in listeners:
        listener.setsockopt(socket.IPPROTO_TCP, option, int(seconds * 1000))


def _check_certificate(settings: Settings) -> None:
    if not settings.cert:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            settings.cert, settings.key
        )
    except OSError as error:  # ssl.SSLError is one
        raise SettingsError(
            f"the certificate in {settings.cert} and {settings.key} cannot be used: {error}"
        ) from error
