"""Reload under load loses no request; a drain finishes what is under way and takes no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import trio
from attrs import evolve
from law_lines import CHAT, Line
from law_rig import Rig, RigOpener

from m2m_trio.settings.model import LimitSettings, PoolSettings, TimeoutSettings
from m2m_trio.testing import Connection, Request, Upstream, open_upstream, reply, sse

RELOADS = 30
CLIENTS = 8


async def slow_reply(request: Request, connection: Connection) -> None:
    await trio.sleep(0.002)
    await reply(b"whole: " + request.body)(request, connection)


async def keep_asking(node: Rig, name: int, goes_on: Callable[[], bool]) -> int:
    """Ask one question after the other; each must be answered well. How many there were."""
    count = 0
    async with node.connect() as line:
        while goes_on():
            body = b"%d-%d" % (name, count)
            await line.start("POST", CHAT, (), body)
            answer = await line.answer()
            assert (answer.status, answer.body) == (200, b"whole: " + body)
            count += 1
    return count


def asked_least(*upstreams: Upstream) -> int:
    return min(len(upstream.requests) for upstream in upstreams)


@pytest.mark.slow
@pytest.mark.parametrize("connections", [1000, 2])
async def test_reload_under_load_loses_no_request(rig: RigOpener, connections: int) -> None:
    """Also while exchanges wait for one of too few connections to the upstream."""
    pool = PoolSettings(connections=connections)
    async with rig(slow_reply, pool=pool) as node, open_upstream(slow_reply) as second:
        urls = [second.url, node.upstream.url]
        going = True
        counts: list[int] = []

        async def client(name: int) -> None:
            counts.append(await keep_asking(node, name, lambda: going))

        async with trio.open_nursery() as nursery:
            for name in range(CLIENTS):
                nursery.start_soon(client, name)
            number = 0
            # Both were asked, and after an even number the node is back at the first.
            while number < RELOADS or number % 2 or asked_least(node.upstream, second) <= 20:
                await trio.sleep(0.01)
                node.proxy.reload(evolve(node.proxy.settings, upstream=urls[number % 2]))
                number += 1
            going = False
        assert len(counts) == CLIENTS
        assert sum(counts) == len(node.upstream.requests) + len(second.requests)
        assert node.count("errors_total", kind="draining") == 0
        await node.settle(but=("upstream_connections_open",))
        assert not second.open_connections  # the node is back at the first, the pool is closed


async def test_stream_outlives_a_reload_and_the_next_one_goes_to_the_new_upstream(
    rig: RigOpener,
) -> None:
    send_piece, pieces = trio.open_memory_channel[bytes](0)
    async with rig(sse(pieces)) as node, open_upstream(reply(b"new")) as second:
        async with node.connect() as line:
            await line.start("POST", CHAT, (), b"{}")
            await line.head()
            limits = LimitSettings(body_bytes=10)
            settings = evolve(node.proxy.settings, upstream=second.url, limits=limits)
            node.proxy.reload(settings)
            assert (await node.chat()).body == b"new"
            assert (await node.chat(b"x" * 11)).status == 413
            await send_piece.send(b"data: 1\n\n")
            await send_piece.aclose()
            answer = await line.answer()
            assert (answer.body, answer.complete) == (b"data: 1\n\n", True)
        await node.upstream.all_closed()


async def hold(line: Line) -> None:
    await line.start("POST", CHAT, (), b"{}")
    await line.head()


async def test_drain_finishes_what_is_under_way(rig: RigOpener) -> None:
    send_piece, pieces = trio.open_memory_channel[bytes](0)
    async with rig(sse(pieces)) as node:
        async with node.connect() as busy, node.connect() as idle:
            await hold(busy)
            node.upstream.script = reply(b"quick")
            await idle.start("GET", "/v1/models")
            assert (await idle.answer()).body == b"quick"
            node.proxy.drain()
            await until_left(idle)
            with pytest.raises(OSError):
                while True:  # the listener closes with the next turn of the loop
                    async with node.connect() as late:
                        await until_left(late)
                    await trio.sleep(0.001)
            await send_piece.send(b"data: last\n\n")
            await send_piece.aclose()
            answer = await busy.answer()
            assert (answer.body, answer.complete) == (b"data: last\n\n", True)
            await until_left(busy)
        await node.settle(but=("upstream_connections_open",))


async def until_left(line: Line) -> None:
    """Wait until the node has ended the connection."""
    if hasattr(line, "stream_id"):
        await line.client.until_closed()  # type: ignore[attr-defined]
        assert line.client.goaway in {None, 0}  # type: ignore[attr-defined]
    else:
        await line.client.read_to_end()  # type: ignore[attr-defined]


async def test_draining_node_says_503_to_what_still_comes_in(rig: RigOpener) -> None:
    """On a connection that was open, between the signal and its end."""
    async with rig(reply()) as node, node.connect() as line:
        node.proxy.admission.drain()
        for target, status in (("/ready", 503), (CHAT, 503), ("/health", 200)):
            await line.start("GET", target)
            answer = await line.answer()
            assert answer.status == status
            if status == 503:
                assert b'"code":"draining"' in answer.body
        assert not node.upstream.connections


async def test_drain_cuts_what_takes_too_long(rig: RigOpener) -> None:
    script = sse([b"data: 1\n\n"], ending="stall")
    timeouts = TimeoutSettings(drain=0.2)
    async with rig(script, timeouts=timeouts) as node, node.connect() as line:
        await hold(line)
        node.proxy.drain()
        assert not (await line.answer()).complete
        await node.upstream.requests[0].closed.wait()
        assert node.upstream.requests[0].closed_by_peer
