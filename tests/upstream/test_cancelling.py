"""Cancelled in any phase: the upstream sees its connection closed at once, nothing stays."""

from __future__ import annotations

import time

import pytest
import trio
from pool_client import Client, MakeClient
from trio.testing import wait_all_tasks_blocked

from m2m_trio.testing import count_open_fds, in_turn, open_upstream, reply, sse, unanswered
from m2m_trio.testing.upstream import Script, Upstream

SOON = 0.05


async def cancel_when(upstream: Upstream, client: Client, *, read: bool) -> float:
    """Cancel an exchange once the upstream has the request; seconds until it knows."""
    before = len(upstream.requests)
    async with trio.open_nursery() as nursery:

        async def exchange() -> None:
            got = await client.send()
            try:
                while read:
                    await got.receive()
            finally:
                got.release()

        nursery.start_soon(exchange)
        request = await upstream.request(before)
        await wait_all_tasks_blocked()
        cancelled_at = time.perf_counter()
        nursery.cancel_scope.cancel()
    await request.closed.wait()
    assert request.closed_by_peer
    assert request.closed_at is not None
    return request.closed_at - cancelled_at


@pytest.mark.parametrize(
    ("script", "read"),
    [
        (unanswered("stall"), False),
        (sse([], ending="stall"), True),
        (sse([b"x"], ending="stall"), True),
    ],
    ids=["head", "first chunk", "stream"],
)
async def test_the_upstream_knows_at_once(
    make_client: MakeClient, script: Script, *, read: bool
) -> None:
    async with open_upstream(script) as upstream:
        client = make_client(upstream.url)
        delays = [await cancel_when(upstream, client, read=read) for _ in range(5)]
        assert min(delays) < SOON  # a busy machine may be late with some
        assert client.count("connections_open") == 0


async def test_a_thousand_cancels_leave_nothing(make_client: MakeClient) -> None:
    async with open_upstream(unanswered("stall")) as upstream:
        client = make_client(upstream.url, connections=10)
        before = count_open_fds()

        async def give_up(after: int) -> None:
            with trio.CancelScope() as scope:
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(client.send)
                    for _ in range(after):
                        await trio.lowlevel.checkpoint()
                    scope.cancel()

        for round_number in range(20):
            async with trio.open_nursery() as nursery:
                for number in range(50):
                    nursery.start_soon(give_up, (number + round_number) % 25)
        assert client.count("connections_open") == 0
        assert client.pool._slots == 0
        assert not client.pool._waiters
        await upstream.all_closed()
        upstream.script = reply()
        assert (await client.send()).status == 200
        client.pool.close()
        await upstream.all_closed()
        assert count_open_fds() == before


async def test_cancelled_while_connecting(make_client: MakeClient) -> None:
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with listener:
        client = make_client(f"https://127.0.0.1:{listener.socket.getsockname()[1]}/v1")
        async with trio.open_nursery() as nursery:
            nursery.start_soon(client.send)
            peer = await listener.accept()
            assert await peer.receive_some()
            nursery.cancel_scope.cancel()
        async with peer:
            with trio.fail_after(5):
                assert await peer.receive_some() == b""
        assert client.pool._slots == 0


async def test_cancelled_after_the_whole_reply_the_connection_is_kept(
    make_client: MakeClient,
) -> None:
    async with open_upstream(in_turn(reply(), reply())) as upstream:
        client = make_client(upstream.url)
        with trio.CancelScope() as scope:
            got = await client.send()
            scope.cancel()
            try:
                await trio.lowlevel.checkpoint()
            finally:
                got.release()
        await client.send()
        assert len(upstream.connections) == 1
