from __future__ import annotations

import os
import socket

import pytest
import trio
from pool_client import MakeClient, read_all
from trio.testing import MockClock, wait_all_tasks_blocked

from m2m_trio.errors import (
    BadRequestError,
    DrainingError,
    MethodNotAllowedError,
    OverloadedError,
    UpstreamBrokenError,
    UpstreamProtocolError,
)
from m2m_trio.testing import (
    Connection,
    Request,
    in_turn,
    open_upstream,
    raw,
    reply,
    sse,
    unanswered,
    until_close,
)

JSON = b'{"ok": true}'


async def test_a_request_goes_out_as_it_was_given(make_client: MakeClient) -> None:
    async with open_upstream(reply(JSON)) as upstream:
        client = make_client(upstream.url)
        fields = [(b"x-a", b"1"), (b"authorization", b"Bearer k"), (b"x-a", b"\xe2\x82\xac")]
        got = await client.send(b"POST", b"/chat/completions", fields, b'{"a": 1}')
        request = await upstream.request(0)
    assert request.head.raw == (
        b"POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:%d\r\ncontent-length: 8\r\n"
        b"x-a: 1\r\nauthorization: Bearer k\r\nx-a: \xe2\x82\xac\r\n\r\n" % upstream.port
    )
    assert request.body == b'{"a": 1}'
    assert (got.status, got.body) == (200, JSON)
    assert got.fields == [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(JSON)),
    ]
    assert got.sent_at <= got.head_at
    assert await got.receive() == JSON
    assert await got.receive() == b""


@pytest.mark.parametrize(
    ("method", "body", "expected"),
    [
        (b"GET", b"", None),
        (b"DELETE", b"", None),
        (b"POST", b"", b"0"),
        (b"PATCH", b"", b"0"),
        (b"GET", b"x", b"1"),
    ],
)
async def test_a_length_is_said_where_a_body_may_be(
    make_client: MakeClient, method: bytes, body: bytes, expected: bytes | None
) -> None:
    async with open_upstream(reply()) as upstream:
        client = make_client(upstream.url)
        (await client.send(method, body=body)).release()
        assert (await upstream.request(0)).value(b"content-length") == expected


async def test_a_large_body_arrives_whole(make_client: MakeClient) -> None:
    body = bytes(range(256)) * 20_000
    async with open_upstream(reply()) as upstream:
        client = make_client(upstream.url)
        assert (await client.send(body=body)).body == b"{}"
        assert upstream.requests[0].body == body


@pytest.mark.parametrize(
    "field", [(b"x", b"a\r\ny: b"), (b"x", b"a\rb"), (b"x\n", b"a"), (b"x", b"a\0")]
)
async def test_a_line_break_in_a_field_never_goes_out(
    make_client: MakeClient, field: tuple[bytes, bytes]
) -> None:
    client = make_client("http://127.0.0.1:9/v1")
    with pytest.raises(BadRequestError):
        await client.send(fields=[field])


@pytest.mark.parametrize("method", [b"TRACE", b"CONNECT"])
async def test_what_would_show_the_key_is_not_forwarded(
    make_client: MakeClient, method: bytes
) -> None:
    async with open_upstream(reply(JSON)) as upstream:
        client = make_client(upstream.url)
        with pytest.raises(MethodNotAllowedError):
            await client.send(method)
        assert upstream.requests == []


async def test_a_connection_serves_one_request_after_the_other(
    make_client: MakeClient,
) -> None:
    async with open_upstream(reply(JSON)) as upstream:
        client = make_client(upstream.url)
        for _ in range(5):
            got = await client.send()
            got.release()
            got.release()
    assert len(upstream.connections) == 1
    assert (client.count("connects_total"), client.count("reuses_total")) == (1, 4)


async def test_the_connection_used_last_is_used_next(make_client: MakeClient) -> None:
    async with open_upstream(sse([b"data: 1\n\n"])) as upstream:
        client = make_client(upstream.url)
        first = await client.send()
        second = await client.send()
        await read_all(first)
        await read_all(second)
        await read_all(await client.send())
        assert [r.connection.number for r in upstream.requests] == [0, 1, 1]


@pytest.mark.parametrize(
    "script",
    [
        reply(fields=[(b"Connection", b"close")]),
        raw(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", ending="stall"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}surplus", ending="stall"),
        until_close(b"{}"),
    ],
    ids=["close", "http10", "surplus", "until-close"],
)  # fmt: skip
async def test_a_connection_that_ends_is_not_used_again(
    make_client: MakeClient, script: object
) -> None:
    async with open_upstream(script) as upstream:  # type: ignore[arg-type]
        client = make_client(upstream.url)
        for _ in range(2):
            got = await client.send()
            assert got.status == 200
            assert await read_all(got) == b"{}"
        assert len(upstream.connections) == 2
        assert client.count("connections_open") == 0


async def test_surplus_that_comes_late_is_never_an_answer(make_client: MakeClient) -> None:
    evil = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"

    async def script(request: Request, connection: Connection) -> None:
        await reply(JSON)(request, connection)
        if request is upstream.requests[0]:
            await trio.sleep(0)
            await connection.send(evil)
            poisoned.set()

    poisoned = trio.Event()
    async with open_upstream(script) as upstream:
        client = make_client(upstream.url)
        assert (await client.send()).body == JSON
        await poisoned.wait()
        assert (await client.send()).body == JSON
        assert len(upstream.connections) == 2


async def test_a_connection_closed_meanwhile_is_not_used(make_client: MakeClient) -> None:
    async with open_upstream(reply(JSON)) as upstream:
        client = make_client(upstream.url)
        await client.send()
        await upstream.connections[0].close()
        assert (await client.send()).body == JSON
    assert client.count("reuses_total") == client.count("retries_total") == 0


async def test_an_idle_connection_is_closed_in_time(
    make_client: MakeClient, jumping_clock: MockClock
) -> None:
    async with open_upstream(reply()) as upstream:
        client = make_client(upstream.url, keepalive=4.0)
        await client.send()
        start = trio.current_time()
        await upstream.all_closed()
        assert 4.0 <= trio.current_time() - start < 4.2
        assert client.count("connections_open") == 0
        await client.send()
        assert len(upstream.connections) == 2


@pytest.mark.parametrize(("hint", "seconds"), [(3, 2), (1, 0.5), (60, 4)])
async def test_the_upstream_may_ask_for_less_idle_time(
    make_client: MakeClient, jumping_clock: MockClock, hint: int, seconds: float
) -> None:
    fields = [(b"Keep-Alive", b"max=100, timeout=%d" % hint)]
    async with open_upstream(reply(fields=fields)) as upstream:
        client = make_client(upstream.url, keepalive=4.0)
        await client.send()
        await client.send()
        start = trio.current_time()
        await upstream.all_closed()
        assert seconds <= trio.current_time() - start < seconds + 0.2


@pytest.mark.parametrize("value", [b"timeout=0", b"timeout=x", b"max=5"])
async def test_odd_keep_alive_fields_do_no_harm(make_client: MakeClient, value: bytes) -> None:
    async with open_upstream(reply(fields=[(b"Keep-Alive", value)])) as upstream:
        client = make_client(upstream.url)
        assert (await client.send()).status == (await client.send()).status == 200


async def test_a_stale_connection_found_late_is_closed_on_the_way(
    make_client: MakeClient,
) -> None:
    clock_step = 0.01
    async with open_upstream(reply()) as upstream:
        client = make_client(upstream.url, keepalive=clock_step)
        await client.send()
        deadline = trio.current_time() + clock_step
        while trio.current_time() < deadline:  # busy: the reaper has no turn
            pass
        await client.send()
        assert len(upstream.connections) == 2


async def test_without_keepalive_every_request_has_its_own_connection(
    make_client: MakeClient,
) -> None:
    async with open_upstream(reply()) as upstream:
        client = make_client(upstream.url, keepalive=0.0)
        await client.send()
        await client.send()
        assert len(upstream.connections) == 2


async def test_waiters_get_their_turn_in_order(make_client: MakeClient) -> None:
    order: list[int] = []
    async with open_upstream(sse([b"data: 1\n\n"])) as upstream:
        client = make_client(upstream.url, connections=1)
        first = await client.send()

        async def take(number: int) -> None:
            got = await client.send()
            order.append(number)
            await read_all(got)

        async with trio.open_nursery() as nursery:
            for number in range(4):
                nursery.start_soon(take, number)
                await wait_all_tasks_blocked()
            await read_all(first)
        assert order == [0, 1, 2, 3]
        assert len(upstream.connections) == 1


async def test_a_waiter_gets_the_place_of_a_broken_connection(make_client: MakeClient) -> None:
    async with open_upstream(in_turn(sse([b"x"], ending="stall"), reply())) as upstream:
        client = make_client(upstream.url, connections=1)
        first = await client.send()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(client.send)
            await wait_all_tasks_blocked()
            first.release()
        assert len(upstream.connections) == 2


async def test_a_waiter_is_not_given_a_connection_with_news(make_client: MakeClient) -> None:
    async with open_upstream(in_turn(sse([b"data: 1\n\n"]), reply(JSON))) as upstream:
        client = make_client(upstream.url, connections=1)

        async def wait_for_turn() -> None:
            assert (await client.send()).body == JSON

        first = await client.send()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(wait_for_turn)
            await wait_all_tasks_blocked()
            await read_all(first)
            # No checkpoint from here on: the waiter has its turn but has not run yet.
            stream = upstream.connections[0]._stream
            assert isinstance(stream, trio.SocketStream)
            with socket.socket(fileno=os.dup(stream.socket.fileno())) as peer:
                peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
        assert len(upstream.connections) == 2


async def test_a_full_pool_sheds_after_the_wait(
    make_client: MakeClient, jumping_clock: MockClock
) -> None:
    async with open_upstream(unanswered("stall")) as upstream:
        client = make_client(upstream.url, connections=1, wait=5.0)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(client.send)
            await upstream.request(0)
            start = trio.current_time()
            with pytest.raises(OverloadedError, match=r"\[proxy.pool\] connections") as caught:
                await client.send()
            assert trio.current_time() - start == pytest.approx(5, abs=0.1)
            nursery.cancel_scope.cancel()
        assert caught.value.retry_after == 5


async def test_nobody_waits_if_waiting_is_off(make_client: MakeClient) -> None:
    async with open_upstream(sse([b"x"], ending="stall")) as upstream:
        client = make_client(upstream.url, connections=1, wait=0.0)
        first = await client.send()
        with pytest.raises(OverloadedError):
            await client.send()
        first.release()
        (await client.send()).release()


async def test_leaving_the_queue_leaves_nothing_behind(make_client: MakeClient) -> None:
    async with open_upstream(sse([b"data: 1\n\n"])) as upstream:
        client = make_client(upstream.url, connections=1)
        first = await client.send()
        for _ in range(50):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(client.send)
                await wait_all_tasks_blocked()
                nursery.cancel_scope.cancel()
        await read_all(first)
        await read_all(await client.send())
        assert len(upstream.connections) == 1


async def test_a_waiter_cancelled_as_its_turn_comes_passes_it_on(
    make_client: MakeClient,
) -> None:
    async with open_upstream(sse([b"data: 1\n\n"])) as upstream:
        client = make_client(upstream.url, connections=1)
        for handed in ("connection", "slot"):
            first = await client.send()
            async with trio.open_nursery() as nursery:
                nursery.start_soon(client.send)
                await wait_all_tasks_blocked()
                if handed == "connection":
                    await read_all(first)
                else:
                    first.release()
                nursery.cancel_scope.cancel()
            await read_all(await client.send())
        assert client.count("connections_open") == 1


@pytest.mark.parametrize("ending", ["close", "reset"])
async def test_a_safe_request_is_repeated_where_a_kept_connection_ended(
    make_client: MakeClient, ending: str
) -> None:
    breaking = unanswered(ending)  # type: ignore[arg-type]
    async with open_upstream(in_turn(reply(), breaking, reply(JSON))) as upstream:
        client = make_client(upstream.url)
        await client.send()
        assert (await client.send(b"GET", b"/v1/models", body=b"")).body == JSON
        assert [r.method for r in upstream.requests] == [b"POST", b"GET", b"GET"]
    assert client.count("retries_total") == 1


async def test_what_is_done_meanwhile_is_done_once_the_request_is_sent(
    make_client: MakeClient,
) -> None:
    seen = []

    async def meanwhile() -> None:
        with trio.fail_after(5):
            seen.append((await upstream.request(0)).body)

    async with open_upstream(reply(JSON)) as upstream:
        client = make_client(upstream.url)
        assert (await client.send(body=b"{1}", meanwhile=meanwhile)).body == JSON
    assert seen == [b"{1}"]


async def test_an_exchange_is_over_where_what_is_done_meanwhile_fails(
    make_client: MakeClient,
) -> None:
    async def meanwhile() -> None:
        raise ZeroDivisionError

    async with open_upstream(reply(JSON)) as upstream:
        client = make_client(upstream.url)
        with pytest.raises(ZeroDivisionError):
            await client.send(meanwhile=meanwhile)
        assert client.count("connections_open") == 0


async def test_nothing_else_is_ever_repeated(make_client: MakeClient) -> None:
    async with open_upstream(in_turn(reply(), unanswered(), reply())) as upstream:
        client = make_client(upstream.url)
        await client.send()
        with pytest.raises(UpstreamBrokenError, match="nothing was answered"):
            await client.send(b"POST")
        assert len(upstream.requests) == 2
    assert client.count("retries_total") == 0


async def test_a_fresh_connection_is_no_reason_to_repeat(make_client: MakeClient) -> None:
    async with open_upstream(in_turn(unanswered(), reply())) as upstream:
        client = make_client(upstream.url)
        with pytest.raises(UpstreamBrokenError, match="nothing was answered"):
            await client.send(b"GET", b"/v1/models", body=b"")
        assert len(upstream.requests) == 1


async def test_a_reply_that_began_is_no_reason_to_repeat(make_client: MakeClient) -> None:
    broken = raw(b"HTTP/1.1 100 Continue\r\n\r\nHTTP")
    async with open_upstream(in_turn(reply(), broken, reply())) as upstream:
        client = make_client(upstream.url)
        await client.send()
        with pytest.raises(UpstreamBrokenError, match="header block"):
            await client.send(b"GET", b"/v1/models", body=b"")
        assert len(upstream.requests) == 2


async def test_a_request_the_kernel_refused_is_repeated(make_client: MakeClient) -> None:
    """The upstream's reset overtakes the look before reuse: the first send fails."""
    async with open_upstream(reply(JSON)) as upstream:
        client = make_client(upstream.url)
        await client.send()
        (kept,) = client.pool._idle
        kept.wire._sock.shutdown(1)  # type: ignore[attr-defined]
        assert (await client.send()).body == JSON
        assert len(upstream.requests) == 2
    assert client.count("retries_total") == 1


async def test_a_repeat_makes_room_for_its_connection(make_client: MakeClient) -> None:
    async with open_upstream(sse([b"data: 1\n\n"])) as upstream:
        client = make_client(upstream.url, connections=2)
        both = [await client.send(), await client.send()]
        for got in both:
            await read_all(got)
        client.pool._idle[-1].wire._sock.shutdown(1)  # type: ignore[attr-defined]
        await read_all(await client.send())
        assert client.count("connections_open") == 2

        client.pool._settings = type(client.pool._settings)(connections=1)
        client.pool._idle[-1].wire._sock.shutdown(1)  # type: ignore[attr-defined]
        await read_all(await client.send())
        assert client.count("connections_open") == 1


async def test_closing_ends_idle_connections_now_and_busy_ones_when_released(
    make_client: MakeClient,
) -> None:
    async with open_upstream(sse([b"x"], ending="stall")) as upstream:
        client = make_client(upstream.url, connections=2)
        async with trio.open_nursery() as nursery:
            busy = await client.send()
            also_busy = await client.send()
            errors: list[type] = []

            async def wait_in_line() -> None:
                try:
                    await client.send()
                except DrainingError as error:
                    errors.append(type(error))

            nursery.start_soon(wait_in_line)
            await wait_all_tasks_blocked()
            client.pool.close()
        assert errors == [DrainingError]
        assert await busy.receive() == b"x"
        busy.release()
        also_busy.release()
        with pytest.raises(DrainingError):
            await client.send()
        await upstream.all_closed()
        assert client.count("connections_open") == 0


async def test_a_closed_pool_keeps_nothing(make_client: MakeClient) -> None:
    async with open_upstream(sse([b"data: 1\n\n"])) as upstream:
        client = make_client(upstream.url)
        got = await client.send()
        client.pool.close()
        assert await read_all(got) == b"data: 1\n\n"
        await upstream.all_closed()
        client.pool.close()


async def test_the_reaper_goes_when_nothing_is_left(
    make_client: MakeClient, jumping_clock: MockClock
) -> None:
    async with open_upstream(reply()) as upstream:
        client = make_client(upstream.url)
        for _ in range(2):
            await client.send()
            assert client.pool._reaping
            await trio.sleep(10)
            assert not client.pool._reaping


async def test_an_early_refusal_of_a_large_body_is_read(make_client: MakeClient) -> None:
    """The upstream answers, leaves most of the body unread, and resets the connection."""
    listener = (await trio.open_tcp_listeners(0, host="127.0.0.1"))[0]

    async def refuse() -> None:
        stream = await listener.accept()
        await stream.receive_some(1000)
        await stream.send_all(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig")
        await trio.aclose_forcefully(stream)

    async with trio.open_nursery() as nursery, listener:
        nursery.start_soon(refuse)
        client = make_client(f"http://127.0.0.1:{listener.socket.getsockname()[1]}/v1")
        got = await client.send(body=b"x" * 20_000_000)
        assert (got.status, got.body) == (413, b"big")
        assert client.count("connections_open") == 0


@pytest.mark.parametrize("size", [3_000_000, 5_000_000])
async def test_an_upstream_that_breaks_off_a_large_body_is_told_so(
    make_client: MakeClient, size: int
) -> None:
    listener = (await trio.open_tcp_listeners(0, host="127.0.0.1"))[0]

    async def refuse() -> None:
        stream = await listener.accept()
        await stream.receive_some(1000)
        await trio.aclose_forcefully(stream)  # unread bytes: the kernel sends a reset

    async with trio.open_nursery() as nursery, listener:
        nursery.start_soon(refuse)
        client = make_client(f"http://127.0.0.1:{listener.socket.getsockname()[1]}/v1")
        with pytest.raises(UpstreamBrokenError, match="nothing was answered"):
            await client.send(body=b"x" * size)


async def test_other_exchanges_do_not_notice_a_broken_one(make_client: MakeClient) -> None:
    script = in_turn(sse([b"data: 1\n\n"] * 3), raw(b"garbage\r\n\r\n"))
    async with open_upstream(script) as upstream:
        client = make_client(upstream.url)
        stream = await client.send()
        with pytest.raises(UpstreamProtocolError):
            await client.send()
        assert await read_all(stream) == b"data: 1\n\n" * 3
