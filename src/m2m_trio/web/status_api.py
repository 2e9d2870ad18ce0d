"""The node about itself: health, readiness, statistics."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from quart import Response

from m2m_trio._version import __version__
from m2m_trio.errors import DrainingError, LoopbackOnlyError
from m2m_trio.proxy.assembly import Proxy
from m2m_trio.settings.address import is_loopback_host
from m2m_trio.stats.snapshot import Snapshot, stats_document, take_snapshot
from m2m_trio.web.problems import Scope
from m2m_trio.web.request_scope import current_scope
from m2m_trio.wire.fields import field

FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via")
"""Fields of a reverse proxy: whoever asks is behind it, not on this machine."""


class StatusApi:
    """Handlers of the control plane. Nothing they say holds a key."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy

    async def health(self) -> Response:
        """The process lives and answers."""
        return json_response({"status": "ok", "version": __version__})

    async def ready(self) -> Response:
        """Whether new exchanges are taken.

        Raises:
            DrainingError: They are not: a load balancer should look elsewhere.
        """
        if not self._proxy.admission.ready:
            raise DrainingError("this node is shutting down")
        return json_response({"status": "ready"})

    async def stats(self) -> Response:
        """The statistics of all workers: the seed's six fields first."""
        document = stats_document(self._snapshot())
        target = self._proxy.target
        document["upstream"] = {"name": target.name, **document["upstream"]}
        return json_response(document)

    async def reset_stats(self) -> Response:
        """Count from zero again, in all workers.

        Raises:
            LoopbackOnlyError: The request does not come from this machine.
        """
        if not is_local(current_scope()):
            raise LoopbackOnlyError("statistics are reset from the node's own machine only")
        self._proxy.board.reset()
        return json_response({"status": "reset"})

    async def hello(self) -> Response:
        """What this node reads, for another one that is about to send it requests."""
        return json_response(self._proxy.hop.gateway.hello(__version__))

    async def metrics(self) -> Response:
        """The statistics as Prometheus wants them."""
        from m2m_trio.telemetry.prometheus import CONTENT_TYPE, render_metrics

        return Response(render_metrics(self._snapshot()), content_type=CONTENT_TYPE)

    def _snapshot(self) -> Snapshot:
        return take_snapshot(self._proxy.board, now=time.time())


def json_response(document: Mapping[str, Any]) -> Response:
    """``document`` with its fields in order; Quart's ``jsonify`` would sort them."""
    body = json.dumps(document, indent=2) + "\n"
    return Response(body, content_type="application/json")


def is_local(scope: Scope) -> bool:
    """Whether a request comes from this machine, and not through a reverse proxy on it."""
    client = scope.get("client")
    if client is None or not is_loopback_host(client[0]):
        return False
    return not any(field(scope["headers"], name) is not None for name in FORWARDED)
