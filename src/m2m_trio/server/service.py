"""What all connections of a worker share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from ssl import SSLContext
from typing import Any

from attrs import field, frozen

from m2m_trio.server.drain import Drain
from m2m_trio.server.heads import HeadLimits
from m2m_trio.server.watch import Watch
from m2m_trio.settings.model import LimitSettings, TimeoutSettings
from m2m_trio.stats.board import Row

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
App = Callable[
    [Scope, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]
"""An ASGI 3 application, as a server sees it."""


@frozen(kw_only=True)
class Peer:
    """The two ends of a connection, as ASGI names them."""

    client: tuple[str, int] | None
    server: tuple[str, int | None] | None
    scheme: str = "http"


@frozen(kw_only=True)
class Service:
    """An application and the terms on which it is served."""

    app: App
    row: Row
    limits: LimitSettings = field(factory=LimitSettings)
    timeouts: TimeoutSettings = field(factory=TimeoutSettings)
    tls: SSLContext | None = None
    """Clients must speak TLS on these terms; None is plain TCP."""

    drain: Drain = field(factory=Drain)
    """Whoever holds it ends the service with ``drain.start()``."""

    watch: Watch = field(factory=Watch)
    """Says which requests take long enough to watch their clients."""

    head_limits: HeadLimits = field(init=False)
    """What a request's head may measure."""

    @head_limits.default
    def _take_head_limits(self) -> HeadLimits:
        return HeadLimits(
            header_bytes=self.limits.header_bytes,
            header_fields=self.limits.header_fields,
            target_bytes=self.limits.target_bytes,
        )
