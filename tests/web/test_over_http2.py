"""The same behaviour over HTTP/2 (prior knowledge), and where stock hypercorn falls short."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import pytest
import trio
from rig import Rig, RigOpener

from m2m_trio.testing import gzipped_sse, reply, sse, unanswered

STREAM = b': c\n\nevent: x\r\ndata: {"a":"\xe4\xbd\xa0"}\r\n\r\ndata: [DONE]\n\n'
CHAT = "/v1/chat/completions?a=%2F&b"


@asynccontextmanager
async def open_client(node: Rig) -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=node.origin, http1=False, http2=True, trust_env=False
    ) as client:
        yield client


async def test_exchange_is_transparent(rig: RigOpener) -> None:
    fields = [(b"x-dup", b"1"), (b"x-dup", b"2"), (b"retry-after", b"3")]
    async with rig(reply(b'{"a":1,"a":2}', status=429, fields=fields)) as node:
        async with open_client(node) as client:
            answer = await client.post(CHAT, content=b'{ "b":1, "b":2}')
            assert answer.http_version == "HTTP/2"
            assert (answer.status_code, answer.content) == (429, b'{"a":1,"a":2}')
            assert answer.headers.get_list("x-dup") == ["1", "2"]
        sent = node.upstream.requests[0]
        assert (sent.target, sent.body) == (CHAT.encode(), b'{ "b":1, "b":2}')


@pytest.mark.parametrize("size", [1, 5, 1000])
async def test_stream_is_equal_however_it_is_cut(rig: RigOpener, size: int) -> None:
    pieces = [STREAM[start : start + size] for start in range(0, len(STREAM), size)]
    async with rig(sse(pieces)) as node, open_client(node) as client:
        assert (await client.post(CHAT)).content == STREAM
        node.upstream.script = gzipped_sse([STREAM])
        assert (await client.post(CHAT)).content == STREAM  # httpx decodes it


@pytest.mark.parametrize("phase", ["head", "stream"])
async def test_reset_stream_reaches_the_upstream(rig: RigOpener, phase: str) -> None:
    script = unanswered("stall") if phase == "head" else sse([b"data: 1\n\n"], ending="stall")
    async with rig(script) as node, open_client(node) as client:
        async with trio.open_nursery() as nursery:

            async def ask() -> None:
                async with client.stream("POST", CHAT) as answer:
                    async for _ in answer.aiter_raw():
                        nursery.cancel_scope.cancel()

            nursery.start_soon(ask)
            if phase == "head":
                await node.upstream.request(0)
                nursery.cancel_scope.cancel()
        await client.aclose()  # httpx resets no stream: it leaves
        await node.upstream.requests[0].closed.wait()
        assert node.upstream.requests[0].closed_by_peer


async def test_errors_keep_their_shape(rig: RigOpener) -> None:
    async with rig(unanswered("close")) as node, open_client(node) as client:
        answer = await client.post(CHAT)
        assert answer.status_code == 502
        assert answer.json()["error"]["code"] == "upstream_broken"
        assert (await client.get("/health")).json()["status"] == "ok"
        assert (await client.get("/m2m/x")).status_code == 501


async def test_broken_stream_has_no_end(rig: RigOpener, engine: str) -> None:
    async with rig(sse([b"data: 1\n\n"], ending="close")) as node, open_client(node) as client:
        received = bytearray()
        with trio.move_on_after(0.5):
            with pytest.raises(httpx.RemoteProtocolError):
                async with client.stream("POST", CHAT) as answer:
                    async for part in answer.aiter_raw():
                        received += part
            assert engine == "fast"  # RST_STREAM; stock hypercorn leaves the stream open
        assert received.startswith(b"data: 1\n\ndata: {")
