"""The node as an ASGI app for somebody else's server.

As in::

    hypercorn --worker-class trio --bind 127.0.0.1:8080 m2m_trio.asgi:app

Settings come from the file and the environment as for ``m2m-trio serve`` (``M2M_CONFIG``
names another file), and are read when the server starts the app, not on import. What
belongs to the listener (``listen``, ``cert``, ``workers``, limits of heads) is the server's
business; ``listen`` still says whether ``Host`` fields other than loopback names are answered.

The app cannot see where the server listens. So as long as it would send the operator's key
for clients that show none, it answers only to peers on this machine.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Mapping

from quart_trio import QuartTrio

from m2m_trio.errors import AuthenticationError
from m2m_trio.proxy.assembly import Proxy, open_proxy
from m2m_trio.settings.address import is_loopback_host
from m2m_trio.web.control import add_routes, new_app
from m2m_trio.web.problems import App, Receive, Scope, Send, send_problem
from m2m_trio.web.request_scope import put_before

__all__ = ["app", "make_standalone_app"]


def make_standalone_app(environ: Mapping[str, str] | None = None) -> QuartTrio:
    """An app that opens its proxy when the server starts it, and closes it at the end.

    ``environ`` stands in for the process's environment. It can be started once.
    """
    app = new_app()

    @app.while_serving
    async def run_proxy() -> AsyncGenerator[None]:
        from m2m_trio.settings.load import load
        from m2m_trio.telemetry.logs import configure_logs, reset_logs

        settings = load(environ=environ).settings
        secrets = tuple(key for key in (settings.api_key, *settings.client_keys) if key)
        configure_logs(settings.log.level, settings.log.format, secrets=secrets)
        logging.getLogger("hypercorn").propagate = False  # it writes its lines itself
        try:
            async with open_proxy(settings) as proxy:
                add_routes(app, proxy)
                put_before(app, lambda inner: _KeepKeyHome(proxy, inner))
                yield
        finally:
            reset_logs()

    return app


class _KeepKeyHome:
    """ASGI middleware: strangers on other machines cannot use the operator's key."""

    def __init__(self, proxy: Proxy, app: App) -> None:
        self._proxy = proxy
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._must_refuse(scope):
            error = AuthenticationError(
                "this node sends its own key for clients without one, so it answers to its own "
                "machine only: set client_keys of [proxy] to let others in"
            )
            await send_problem(send, error)
            return
        await self._app(scope, receive, send)

    def _must_refuse(self, scope: Scope) -> bool:
        if self._proxy.target.credential is None or self._proxy.access.needs_key:
            return False
        client = scope.get("client")
        return client is not None and not is_loopback_host(client[0])


app = make_standalone_app()
