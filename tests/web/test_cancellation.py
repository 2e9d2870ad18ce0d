"""The client leaves: the upstream hears of it within 50 ms, and nothing stays behind."""

from __future__ import annotations

import gc
import time

import pytest
import trio
from rig import Rig, RigOpener, format_request

from m2m_trio.testing import (
    Connection,
    Request,
    Script,
    count_open_fds,
    format_head,
    reply,
    sse,
    unanswered,
)

LIMIT = 0.05
"""Seconds, from the law. A late task switch of a busy machine is forgiven: we try again."""

TRIES = 3
CHAT = format_request("POST", "/v1/chat/completions", body=b"{}")


def head_only() -> Script:
    async def script(_request: Request, connection: Connection) -> None:
        fields = [(b"Content-Type", b"text/event-stream"), (b"Transfer-Encoding", b"chunked")]
        await connection.send(format_head(200, fields))
        await connection.stall()

    return script


SCRIPTS = {
    "head": unanswered("stall"),
    "first_chunk": head_only(),
    "stream": sse([b"data: 1\n\n"], ending="stall"),
}


async def leave(node: Rig, phase: str, how: str) -> float:
    """Seconds between the client's leaving in ``phase`` and the upstream's noticing."""
    number = len(node.upstream.requests)
    async with node.connect() as client:
        await client.send(CHAT)
        request = await node.upstream.request(number)
        if phase != "head":
            await client.read_head()
        if phase == "stream":
            await client.read_body_until(b"data: 1")
        left_at = time.perf_counter()
        await (client.close() if how == "close" else client.reset())
        await request.closed.wait()
        assert request.closed_by_peer
        assert request.closed_at is not None
        return request.closed_at - left_at


@pytest.mark.parametrize("how", ["close", "reset"])
@pytest.mark.parametrize("phase", SCRIPTS)
async def test_upstream_is_closed_within_50_ms(rig: RigOpener, phase: str, how: str) -> None:
    async with rig(SCRIPTS[phase]) as node:
        for _ in range(TRIES):
            if await leave(node, phase, how) < LIMIT:
                break
        else:
            pytest.fail(f"over {LIMIT} s, {TRIES} times")
        await settle(node)
        assert node.count("cancelled_total", phase=phase) >= 1


async def test_client_that_leaves_during_its_upload_reaches_no_upstream(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        async with node.connect() as client:
            await client.send(format_request("POST", "/v1/files", "Content-Length: 100") + b"x")
            while not node.count("exchanges_open"):
                await trio.lowlevel.checkpoint()
        await settle(node)
        assert not node.upstream.connections
        assert node.count("cancelled_total", phase="head") == 1


async def test_client_that_leaves_between_head_and_body_leaks_nothing(rig: RigOpener) -> None:
    async with rig(SCRIPTS["first_chunk"]) as node:
        for _ in range(20):  # a reset that meets the head under way
            async with node.connect() as client:
                await client.send(CHAT)
                await node.upstream.request(len(node.upstream.requests))
                await client.reset()
        await settle(node)


async def test_half_close_counts_as_leaving(rig: RigOpener) -> None:
    async with rig(SCRIPTS["stream"]) as node, node.connect() as client:
        await client.send(CHAT)
        await client.read_head()
        await client.half_close()
        await node.upstream.requests[0].closed.wait()
        assert node.upstream.requests[0].closed_by_peer


@pytest.mark.slow
@pytest.mark.parametrize("phase", SCRIPTS)
async def test_aborts_leave_nothing_behind(rig: RigOpener, phase: str) -> None:
    async with rig(SCRIPTS[phase]) as node:
        await leave(node, phase, "close")  # what is loaded once is loaded
        await settle(node)
        gc.collect()
        before = count_open_fds(), trio.lowlevel.current_statistics().tasks_living
        async with trio.open_nursery() as nursery:
            for _ in range(50):
                nursery.start_soon(leave_somehow, node, phase)
        await settle(node)
        gc.collect()
        assert (count_open_fds(), trio.lowlevel.current_statistics().tasks_living) == before
        node.upstream.script = reply(b'{"ok":1}')
        assert (await node.get("/v1/models")).body == b'{"ok":1}'


async def leave_somehow(node: Rig, phase: str) -> None:
    async with node.connect() as client:
        await client.send(CHAT)
        if phase != "head":
            await client.read_head()
        await client.reset()


async def settle(node: Rig) -> None:
    """Wait until the node holds nothing any more; the rig's deadline is above."""
    gauges = ("exchanges_open", "streams_open", "buffered_bytes", "upstream_connections_open")
    while any(node.count(gauge) for gauge in gauges) or node.upstream.open_connections:
        await trio.sleep(0.001)
    while node.count("connections_open"):  # counted by the fast engine alone
        await trio.sleep(0.001)
    for _ in range(50):  # hypercorn's own tasks end a little later
        await trio.sleep(0.001)
