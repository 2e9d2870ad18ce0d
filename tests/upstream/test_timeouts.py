from __future__ import annotations

import pytest
import trio
from pool_client import MakeClient, read_all
from trio.testing import MockClock

from m2m_trio.errors import OverloadedError, UpstreamTimeoutError
from m2m_trio.testing import Connection, Request, open_upstream, reply, sse, unanswered

HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
)


def trickle(*parts: bytes, every: float) -> object:
    async def script(_request: Request, connection: Connection) -> None:
        for part in parts:
            await connection.send(part)
            await trio.sleep(every)
        await connection.stall()

    return script


async def test_no_head_in_time(make_client: MakeClient, jumping_clock: MockClock) -> None:
    async with open_upstream(unanswered("stall")) as upstream:
        client = make_client(upstream.url, head=30.0)
        start = trio.current_time()
        with pytest.raises(UpstreamTimeoutError, match=r"within 30 s \(\[proxy.pool\] head\)"):
            await client.send()
        assert 30 <= trio.current_time() - start < 30.2
        await upstream.all_closed()
        assert client.count("connections_open") == 0


async def test_a_trickling_head_does_not_buy_time(
    make_client: MakeClient, jumping_clock: MockClock
) -> None:
    script = trickle(*[b"HTTP/1.1 103 Early\r\n\r\n"] * 10, every=4)
    async with open_upstream(script) as upstream:  # type: ignore[arg-type]
        client = make_client(upstream.url, head=30.0)
        start = trio.current_time()
        with pytest.raises(UpstreamTimeoutError, match="head"):
            await client.send()
        assert 30 <= trio.current_time() - start < 30.2


async def test_silence_in_a_stream(make_client: MakeClient, jumping_clock: MockClock) -> None:
    script = trickle(HEAD, b"1\r\na\r\n", b"1\r\nb\r\n", every=50)
    async with open_upstream(script) as upstream:  # type: ignore[arg-type]
        client = make_client(upstream.url, idle=60.0)
        got = await client.send()
        assert await got.receive() == b"a"
        assert await got.receive() == b"b"
        with pytest.raises(UpstreamTimeoutError, match=r"for 60 s \(\[proxy.pool\] idle\)"):
            await got.receive()
        got.release()
        await upstream.all_closed()


async def test_silence_in_a_small_reply(
    make_client: MakeClient, jumping_clock: MockClock
) -> None:
    script = trickle(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na", every=1)
    async with open_upstream(script) as upstream:  # type: ignore[arg-type]
        with pytest.raises(UpstreamTimeoutError, match=r"\[proxy.pool\] idle"):
            await make_client(upstream.url, idle=60.0).send()


async def test_a_slow_reader_is_not_a_silent_upstream(
    make_client: MakeClient, jumping_clock: MockClock
) -> None:
    async with open_upstream(sse([b"a", b"b"])) as upstream:
        got = await make_client(upstream.url, idle=5.0, head=5.0).send()
        received = b""
        await trio.sleep(100)
        while piece := await got.receive():
            received += piece
            await trio.sleep(100)
        assert received == b"ab"


async def test_total_counts_from_the_start(
    make_client: MakeClient, jumping_clock: MockClock
) -> None:
    script = trickle(HEAD, *[b"1\r\na\r\n"] * 30, every=4)
    async with open_upstream(script) as upstream:  # type: ignore[arg-type]
        client = make_client(upstream.url, total=30.0)
        start = trio.current_time()
        got = await client.send()
        with pytest.raises(
            UpstreamTimeoutError, match=r"longer than 30 s \(\[proxy.pool\] total"
        ):
            await read_all(got)
        assert 30 <= trio.current_time() - start < 30.2
        got.release()


async def test_total_also_ends_a_head_a_pause_and_a_queue(
    make_client: MakeClient, jumping_clock: MockClock
) -> None:
    async with open_upstream(unanswered("stall")) as upstream:
        client = make_client(upstream.url, total=3.0, connections=1)
        async with trio.open_nursery() as nursery:

            async def first() -> None:
                with pytest.raises(UpstreamTimeoutError, match="total"):
                    await client.send()

            nursery.start_soon(first)
            await upstream.request(0)
            with pytest.raises((OverloadedError, UpstreamTimeoutError)):
                await client.send()
    async with open_upstream(sse([b"a"], ending="stall")) as upstream:
        got = await make_client(upstream.url, total=3.0).send()
        assert await got.receive() == b"a"
        await trio.sleep(10)
        with pytest.raises(UpstreamTimeoutError, match="total"):
            await got.receive()
        got.release()


async def test_an_upstream_that_takes_nothing(
    make_client: MakeClient, jumping_clock: MockClock
) -> None:
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with listener:
        url = f"http://127.0.0.1:{listener.socket.getsockname()[1]}/v1"
        for settings, key in (({"idle": 5.0}, "idle"), ({"total": 5.0}, "total")):
            client = make_client(url, **settings)
            with pytest.raises(UpstreamTimeoutError, match=rf"5 s \(\[proxy.pool\] {key}\)"):
                await client.send(body=b"x" * 20_000_000)


@pytest.mark.parametrize("key", ["connect", "total"])
async def test_no_connection_in_time(
    make_client: MakeClient, jumping_clock: MockClock, key: str
) -> None:
    """A TLS handshake that the far side never answers."""
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with listener:
        port = listener.socket.getsockname()[1]
        client = make_client(f"https://127.0.0.1:{port}/v1", **{key: 5.0})
        with pytest.raises(UpstreamTimeoutError, match=rf"within 5 s \(\[proxy.pool\] {key}\)"):
            await client.send()
        assert client.count("connections_open") == 0


async def test_deadlines_of_many_exchanges_are_kept_apart(
    make_client: MakeClient, jumping_clock: MockClock
) -> None:
    ended: list[float] = []

    async def script(request: Request, connection: Connection) -> None:
        await trio.sleep(float(request.body))
        await reply()(request, connection)

    async with open_upstream(script) as upstream:
        client = make_client(upstream.url, head=10.0)

        async def ask(seconds: float) -> None:
            try:
                await client.send(body=b"%g" % seconds)
            except UpstreamTimeoutError:
                ended.append(round(trio.current_time() - start, 0))

        start = trio.current_time()
        async with trio.open_nursery() as nursery:
            for seconds in (1, 100, 5, 200):
                nursery.start_soon(ask, seconds)
                await trio.sleep(1)
    assert ended == [11, 13]
