"""An upstream and a node in front of it, for the tests in this directory."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import trio
from attrs import frozen

from m2m_trio.proxy.assembly import Proxy
from m2m_trio.settings.model import Settings
from m2m_trio.stats.metrics import cell
from m2m_trio.testing import (
    RawClient,
    Response,
    Script,
    Upstream,
    open_node,
    open_raw_client,
    open_upstream,
)


@frozen
class Rig:
    """An upstream, and a node in front of it."""

    upstream: Upstream
    proxy: Proxy
    address: tuple[str, int]
    origin: str

    async def ask(self, request: bytes) -> Response:
        """The response to one request on a connection of its own."""
        async with open_raw_client(self.address) as client:
            await client.send(request)
            return await client.read_response(method=request.split(b" ", 1)[0])

    async def get(self, target: str, *fields: str) -> Response:
        """The response to a GET."""
        return await self.ask(format_request("GET", target, *fields))

    async def post(self, target: str, body: bytes = b"{}", *fields: str) -> Response:
        """The response to a POST."""
        return await self.ask(format_request("POST", target, *fields, body=body))

    def connect(self) -> AbstractAsyncContextManager[RawClient]:
        """A raw connection to the node."""
        return open_raw_client(self.address)

    def count(self, name: str, **labels: str) -> int:
        """A counter or gauge of the node."""
        return self.proxy.row.cells[cell(name, **labels)]


def format_request(
    method: str, target: str, *fields: str, body: bytes | None = None, host: str = "localhost"
) -> bytes:
    """An HTTP/1.1 request."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *fields]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (body or b"")


@asynccontextmanager
async def open_rig(script: Script, engine: str, **changes: Any) -> AsyncGenerator[Rig]:
    """A node with these settings in front of an upstream that follows ``script``."""
    with trio.fail_after(20):
        async with open_upstream(script) as upstream:
            settings = Settings(engine=engine, **changes)
            async with open_node(upstream.url, settings) as node:
                yield Rig(upstream, node.proxy, node.address, node.origin)


RigOpener = Callable[..., AbstractAsyncContextManager[Rig]]
