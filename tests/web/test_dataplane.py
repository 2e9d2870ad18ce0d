"""The fast lane as an ASGI app: what it serves itself, what it leaves to the fallback."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import trio

from m2m_trio import DataPlane, open_proxy
from m2m_trio.errors import ClientGoneError, UpstreamBrokenError
from m2m_trio.proxy.assembly import Proxy
from m2m_trio.settings.model import Settings
from m2m_trio.stats.metrics import cell
from m2m_trio.testing import Script, Upstream, chunked, open_upstream, reply, sse
from m2m_trio.web.problems import Message, Receive, Scope, Send

HEAD: dict[str, Any] = {"http_version": "1.1", "asgi": {"version": "3.0"}, "client": None}


def http_scope(path: str, method: str = "POST") -> dict[str, Any]:
    return {
        **HEAD,
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
    }


class Server:
    """A server's side of one request."""

    def __init__(self, *messages: Message, break_at: int = 10**9) -> None:
        self.sent: list[Message] = []
        self._messages = list(messages) or [{"type": "http.request", "body": b"{}"}]
        self._break_at = break_at

    async def receive(self) -> Message:
        await trio.lowlevel.checkpoint()
        return self._messages.pop(0)

    async def send(self, message: Message) -> None:
        if len(self.sent) == self._break_at:
            raise BrokenPipeError("gone")
        self.sent.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


@asynccontextmanager
async def open_both(script: Script) -> AsyncGenerator[tuple[Upstream, Proxy]]:
    async with (
        open_upstream(script) as upstream,
        open_proxy(Settings(upstream=upstream.url)) as proxy,
    ):
        yield upstream, proxy


async def serve_fallback(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "fallback"})


def plane_of(proxy: Proxy, made: list[int]) -> DataPlane:
    def make_fallback() -> Any:
        made.append(1)
        return serve_fallback

    return DataPlane(proxy, make_fallback)


async def test_fallback_is_made_for_the_first_own_path_and_once() -> None:
    made: list[int] = []
    async with open_both(reply()) as (_upstream, proxy):
        plane = plane_of(proxy, made)
        api = Server()
        await plane(http_scope("/v1/models"), api.receive, api.send)
        assert made == []
        for scope in (
            http_scope("/stats"),
            http_scope("/m2m/x"),
            {"type": "lifespan"},
            {"type": "websocket", "path": "/v1/realtime"},
        ):
            own = Server()
            await plane(scope, own.receive, own.send)
            assert own.sent == [{"type": "fallback"}]
        assert made == [1]


async def test_whole_reply_is_two_messages() -> None:
    async with open_both(reply(b"{}")) as (_upstream, proxy):
        server = Server()
        await plane_of(proxy, [])(http_scope("/v1/models"), server.receive, server.send)
    start, body = server.sent
    assert start["status"] == 200
    assert body == {"type": "http.response.body", "body": b"{}"}


async def test_upload_comes_in_parts_empty_ones_among_them() -> None:
    parts = [b"{", b"", b"1", b"}"]
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts] + [
        {"type": "http.request"}
    ]
    async with open_both(reply(b"{}")) as (upstream, proxy):
        server = Server(*messages)
        await plane_of(proxy, [])(http_scope("/v1/files"), server.receive, server.send)
        assert upstream.requests[0].body == b"{1}"


async def test_client_that_leaves_while_uploading_gets_no_answer() -> None:
    async with open_proxy(Settings()) as proxy:
        server = Server(
            {"type": "http.request", "body": b"x", "more_body": True},
            {"type": "http.disconnect"},
        )
        await plane_of(proxy, [])(http_scope("/v1/files"), server.receive, server.send)
        assert server.sent == []
        assert proxy.row.cells[cell("errors_total", kind="client_gone")] == 1


@pytest.mark.parametrize("break_at", [0, 1, 2])
async def test_broken_client_connection_ends_the_exchange(break_at: int) -> None:
    async with open_both(chunked([b"1", b"2"], ending="stall")) as (upstream, proxy):
        server = Server(break_at=break_at)
        with pytest.raises(ClientGoneError):
            await plane_of(proxy, [])(http_scope("/v1/files"), server.receive, server.send)
        await upstream.requests[0].closed.wait()
        assert proxy.row.cells[cell("exchanges_open")] == 0


async def test_broken_reply_is_raised_to_the_server() -> None:
    async with open_both(sse([b"data: 1\n\n"], ending="close")) as (_upstream, proxy):
        server = Server()
        with pytest.raises(UpstreamBrokenError):
            await plane_of(proxy, [])(http_scope("/v1/chat"), server.receive, server.send)
    assert all(message.get("more_body") for message in server.sent[1:])
    assert server.body.startswith(b"data: 1\n\ndata: {")


async def test_head_of_a_slow_stream_goes_alone() -> None:
    send_piece, pieces = trio.open_memory_channel[bytes](0)
    async with open_both(sse(pieces)) as (_upstream, proxy):
        server = Server()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(
                plane_of(proxy, []), http_scope("/v1/chat"), server.receive, server.send
            )
            while len(server.sent) < 2:
                await trio.sleep(0.001)
            assert server.sent[1]["body"] == b""
            assert server.sent[1]["more_body"]
            await send_piece.send(b"data: 1\n\n")
            await send_piece.aclose()
    assert server.body == b"data: 1\n\n"
