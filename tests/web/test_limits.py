"""Limits and timeouts towards the client, each with its own status, on both engines."""

from __future__ import annotations

import time

import pytest
import trio
from rig import RigOpener, format_request

from m2m_trio.settings.model import LimitSettings, TimeoutSettings
from m2m_trio.testing import Response, endless_body, format_chunk, reply, sse, unanswered

SMALL = LimitSettings(body_bytes=1000)


def code_of(response: Response) -> str:
    assert response.value(b"content-type") == b"application/json"
    return str(response.json()["error"]["code"])


async def test_body_at_the_limit_passes(rig: RigOpener) -> None:
    async with rig(reply(), limits=SMALL) as node:
        assert (await node.post("/v1/files", b"x" * 1000)).status == 200


async def test_announced_body_over_the_limit_is_a_413(rig: RigOpener) -> None:
    async with rig(reply(), limits=SMALL) as node, node.connect() as client:
        await client.send(format_request("POST", "/v1/files", "Content-Length: 1001"))
        response = await client.read_response()
        assert (response.status, code_of(response)) == (413, "body_too_large")
        assert "1000 bytes" in response.json()["error"]["message"]
        assert not node.upstream.connections


async def test_chunked_body_over_the_limit_is_a_413_while_it_comes(rig: RigOpener) -> None:
    async with rig(reply(), limits=SMALL) as node, node.connect() as client:
        await client.send(format_request("POST", "/v1/files", "Transfer-Encoding: chunked"))
        await client.send(format_chunk(b"x" * 900) + format_chunk(b"x" * 900))
        response = await client.read_response()
        assert (response.status, code_of(response)) == (413, "body_too_large")
        assert not node.upstream.connections
        assert node.count("buffered_bytes") == 0


async def test_body_that_stops_coming_is_a_408(rig: RigOpener) -> None:
    async with rig(reply(), timeouts=TimeoutSettings(body=0.1)) as node:
        async with node.connect() as client:
            await client.send(
                format_request("POST", "/v1/files", "Content-Length: 5") + b"half"
            )
            response = await client.read_response()
        assert (response.status, code_of(response)) == (408, "request_timeout")
        assert "0.1 s" in response.json()["error"]["message"]
        assert not node.upstream.connections


async def test_exchange_over_the_limit_is_a_429(rig: RigOpener) -> None:
    limits = LimitSettings(exchanges=1)
    async with rig(sse([b"data: 1\n\n"], ending="stall"), limits=limits) as node:
        async with node.connect() as client:
            await client.send(format_request("POST", "/v1/chat/completions", body=b"{}"))
            await client.read_head()
            response = await node.get("/v1/models")
            assert (response.status, code_of(response)) == (429, "overloaded")
            assert response.value(b"retry-after") == b"1"
            assert (await node.get("/health")).status == 200
        await node.upstream.all_closed()
        node.upstream.script = reply()
        while node.count("exchanges_open"):
            await trio.sleep(0.001)
        assert (await node.get("/v1/models")).status == 200


async def test_draining_node_is_a_503(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        assert (await node.get("/ready")).status == 200
        node.proxy.admission.drain()
        ready, answer = await node.get("/ready"), await node.get("/v1/models")
        assert (ready.status, code_of(ready)) == (503, "draining")
        assert (answer.status, code_of(answer)) == (503, "draining")
        assert (await node.get("/health")).status == 200


async def test_drain_lets_a_stream_finish(rig: RigOpener) -> None:
    send_piece, pieces = trio.open_memory_channel[bytes](0)
    async with rig(sse(pieces)) as node, node.connect() as client:
        await client.send(format_request("POST", "/v1/chat/completions", body=b"{}"))
        await client.read_head()
        node.proxy.drain()
        await send_piece.send(b"data: last\n\n")
        await send_piece.aclose()
        response = await client.read_response()
        assert response.complete
        assert response.body == b"data: last\n\n"
        await client.read_to_end()


async def test_drain_closes_idle_connections_and_listeners(rig: RigOpener) -> None:
    async with rig(reply()) as node, node.connect() as client:
        await client.send(format_request("GET", "/v1/models"))
        await client.read_response()
        node.proxy.drain()
        await client.read_to_end()
        with pytest.raises(OSError):
            while True:
                async with node.connect() as late:
                    await late.receive()


@pytest.mark.parametrize("script", [reply(), sse([b"data: 1\n\n"])])
async def test_idle_connection_is_closed_after_its_time(rig: RigOpener, script: object) -> None:
    timeouts = TimeoutSettings(idle=0.2)
    async with rig(script, timeouts=timeouts) as node, node.connect() as client:
        since = time.perf_counter()
        await client.send(format_request("POST", "/v1/chat/completions", body=b"{}"))
        await client.read_response()
        await client.read_to_end()
        assert 0.2 < time.perf_counter() - since < 5


async def test_silent_upstream_does_not_count_as_an_idle_client(rig: RigOpener) -> None:
    send_piece, pieces = trio.open_memory_channel[bytes](0)
    timeouts = TimeoutSettings(idle=0.05, body=0.05, header=0.05)
    async with rig(sse(pieces), timeouts=timeouts) as node, node.connect() as client:
        await client.send(format_request("POST", "/v1/chat/completions", body=b"{}"))
        await client.read_head()
        await trio.sleep(0.2)
        await send_piece.send(b"data: late\n\n")
        await send_piece.aclose()
        assert (await client.read_response()).body == b"data: late\n\n"


async def test_reader_that_stalls_is_cut(rig: RigOpener) -> None:
    endless = endless_body(b"data: %b\n\n" % (b"x" * 60_000))
    timeouts = TimeoutSettings(send=0.3)
    async with rig(endless, timeouts=timeouts) as node, node.connect() as client:
        await client.send(format_request("POST", "/v1/chat/completions", body=b"{}"))
        await node.upstream.request(0)
        await node.upstream.requests[0].closed.wait()
        assert node.upstream.requests[0].closed_by_peer


async def test_no_limit_of_quarts_is_in_force(rig: RigOpener) -> None:
    body = b"x" * (17 * 2**20)  # over Quart's default MAX_CONTENT_LENGTH
    async with rig(unanswered("close")) as node:
        assert (await node.post("/v1/files", body)).status == 502
        assert len(node.upstream.requests[0].body) == len(body)
