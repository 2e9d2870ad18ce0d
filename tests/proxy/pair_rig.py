"""Talks to a pair of nodes over real sockets, and watches or spoils the hop between them."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import trio

from m2m_trio.settings.model import Settings
from m2m_trio.testing import Response, open_node, open_raw_client, parse_response, raw_exchange
from m2m_trio.testing.node import Node
from m2m_trio.testing.pair import Pair

KEY = b"authorization: Bearer alice"


def chat(turns: int, *, seed: str = "", model: str = "m", **more: Any) -> bytes:
    """A growing conversation."""
    messages: list[dict[str, str]] = [{"role": "system", "content": f"Be {seed}! " * 60}]
    for turn in range(turns):
        messages.append({"role": "user", "content": f"{seed}: question {turn} " * 8})
        messages.append({"role": "assistant", "content": f"{seed}: answer {turn} " * 8})
    return json.dumps({"model": model, "messages": messages[: 2 * turns], **more}).encode()


def post(body: bytes, *lines: bytes, path: bytes = b"/v1/chat/completions") -> bytes:
    """A request as an application writes it."""
    head = [
        b"POST " + path + b" HTTP/1.1",
        b"host: localhost",
        b"content-type: application/json",
        b"content-length: %d" % len(body),
        *lines,
    ]
    return b"\r\n".join([*head, b"", body])


async def ask(node: Node, body: bytes, *lines: bytes) -> Response:
    """One exchange on a connection of its own."""
    raw = await raw_exchange(node.address, post(body, *(lines or (KEY,))))
    return parse_response(raw)


def hop_stats(node: Node) -> dict[str, Any]:
    """What a node says of its hop."""
    from m2m_trio.stats.snapshot import stats_document, take_snapshot

    document = stats_document(take_snapshot(node.proxy.board, now=0.0))
    return {**document["hop"], "ratio": document["compression_ratio"]}


Spoil = Callable[[bytes, str], bytes]
"""Takes a piece of the hop's bytes and its direction, gives what goes on."""


@asynccontextmanager
async def open_spoiled_pair(
    upstream: str, spoil: Spoil, *, gateway: Settings | None = None
) -> AsyncGenerator[Pair]:
    """A pair with somebody on the hop."""
    async with open_node(upstream, gateway) as far, trio.open_nursery() as nursery:

        async def pump(source: trio.SocketStream, sink: trio.SocketStream, way: str) -> None:
            try:
                while piece := await source.receive_some(65536):
                    await sink.send_all(spoil(piece, way))
                await sink.send_eof()
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                await trio.aclose_forcefully(sink)

        async def serve(near: trio.SocketStream) -> None:
            async with (
                near,
                await trio.open_tcp_stream(*far.address) as away,
                trio.open_nursery() as both,
            ):
                both.start_soon(pump, near, away, "request")
                both.start_soon(pump, away, near, "reply")

        listeners = await nursery.start(trio.serve_tcp, serve, 0)
        port = listeners[0].socket.getsockname()[1]
        async with open_node(f"http://127.0.0.1:{port}/v1") as near:
            yield Pair(near, far)
        nursery.cancel_scope.cancel()


__all__ = ["KEY", "ask", "chat", "hop_stats", "open_raw_client", "open_spoiled_pair", "post"]
