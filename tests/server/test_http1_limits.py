"""Limits, timeouts, back-pressure, and that a client sees the answer to its upload."""

from __future__ import annotations

import json

import pytest
import trio
from trio.testing import MockClock

from m2m_trio.errors import BodyTooLargeError, RequestTimeoutError
from m2m_trio.server import http1
from m2m_trio.testing.client import open_raw_client, raw_exchange

pytestmark = pytest.mark.slow  # waits for real time-outs

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture
def clock() -> MockClock:
    """Virtual time for real sockets: it jumps when nothing happened for a moment."""
    return MockClock(autojump_threshold=0.03)


async def sink(scope, receive, send) -> None:
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message["body"])
        more = message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"%d" % size})


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"GET /" + b"a" * 300 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414, "target_too_long"),
        (b"GET /" + b"a" * 3000, 414, "target_too_long"),
        (GET[:-2] + b"A: " + b"a" * 3000 + b"\r\n\r\n", 431, "header_too_large"),
        (GET[:-2] + b"A: " + b"a" * 3000, 431, "header_too_large"),
        (b"G" * 3000, 431, "header_too_large"),
        (GET[:-2] + b"A: b\r\n" * 20 + b"\r\n", 431, "header_too_large"),
        (POST + b"Content-Length: 11\r\n\r\n", 413, "body_too_large"),
        (POST + b"Content-Length: 11\r\nExpect: 100-continue\r\n\r\n", 413, "body_too_large"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nb\r\nhello world", 413, "body_too_large"),
        (
            POST + b"Transfer-Encoding: chunked\r\n\r\n6\r\nhello \r\n5\r\nworld\r\n",
            413,
            "body_too_large",
        ),
    ],
)
async def test_over_a_limit(open_server, data, status, code) -> None:
    limits = {"header_bytes": 1024, "header_fields": 10, "target_bytes": 256, "body_bytes": 10}
    async with open_server(sink, **limits) as server, open_raw_client(server.address) as client:
        await client.send(data)
        response = await client.read_response()
        assert response.status == status
        assert response.head.values(b"connection") == [b"close"]
        assert json.loads(response.body)["error"]["code"] == code


async def test_at_the_limits(open_server) -> None:
    target = b"/" + b"a" * 255
    head = b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nA: " % target
    head += b"a" * (1024 - len(head) - 4) + b"\r\n\r\n"
    limits = {"header_bytes": 1024, "header_fields": 8, "target_bytes": 256, "body_bytes": 10}
    async with open_server(sink, **limits) as server:
        assert (await raw_exchange(server.address, head + b"0123456789")).endswith(b"10")


async def test_the_application_may_handle_a_body_error_itself(open_server) -> None:
    async def app(scope, receive, send) -> None:
        with pytest.raises(BodyTooLargeError):
            while True:
                await receive()
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b"mine"})

    data = POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nff\r\n" + b"x" * 255
    async with open_server(app, body_bytes=10) as server:
        answer = await raw_exchange(server.address, data)
        assert answer.startswith(b"HTTP/1.1 299 ")
        assert b"connection: close" in answer


async def test_an_answer_during_a_large_upload_is_seen(open_server) -> None:
    body = b"x" * 5_000_000
    data = POST + b"Content-Length: %d\r\n\r\n" % len(body) + body
    async with open_server(sink, body_bytes=10) as server:
        for _ in range(5):
            answer = await raw_exchange(server.address, data, responses=None)
            assert answer.startswith(b"HTTP/1.1 413 ")


async def test_the_drain_of_an_upload_is_bounded_in_bytes(open_server, monkeypatch) -> None:
    monkeypatch.setattr(http1, "LINGER_BYTES", 100_000)
    async with (
        open_server(sink, body_bytes=10) as server,
        open_raw_client(server.address) as client,
    ):
        await client.send(POST + b"Content-Length: 100000000\r\n\r\n")
        assert (await client.read_response()).status == 413
        with pytest.raises(trio.BrokenResourceError):
            while True:
                await client.send(b"x" * 100_000)


async def test_the_drain_of_an_upload_is_bounded_in_time(open_server, clock) -> None:
    async with (
        open_server(sink, body_bytes=10) as server,
        open_raw_client(server.address) as client,
    ):
        await client.send(POST + b"Content-Length: 100\r\n\r\n")
        assert (await client.read_response()).status == 413
        start = trio.current_time()
        with pytest.raises(trio.BrokenResourceError):
            while True:
                await client.send(b"x")
                await trio.sleep(1)
        assert 4 < trio.current_time() - start < 8


@pytest.mark.parametrize("first", [b"", GET])
async def test_a_slow_head_is_cut(open_server, clock, first) -> None:
    async with open_server(sink) as server, open_raw_client(server.address) as client:
        if first:
            await client.send(first)
            await client.read_response()
            await trio.sleep(50)
        start = trio.current_time()
        for i in range(14):
            await client.send(GET[i : i + 1])
            await trio.sleep(1)
        response = await client.read_response()
        assert response.status == 408
        assert "15 s" in json.loads(response.body)["error"]["message"]
        assert 14.5 < trio.current_time() - start < 15.5


@pytest.mark.parametrize("framing", [b"Content-Length: 100", b"Transfer-Encoding: chunked"])
async def test_a_slow_body_is_cut(open_server, clock, framing) -> None:
    async with open_server(sink) as server, open_raw_client(server.address) as client:
        await client.send(POST + framing + b"\r\n\r\n")
        start = trio.current_time()
        for _ in range(3):
            await trio.sleep(29)
            await client.send(b"00000005\r\nhello\r\n"[8 * (framing[0] == 0x43) :])
        response = await client.read_response()
        assert response.status == 408
        assert "30 s" in json.loads(response.body)["error"]["message"]
        assert 116 < trio.current_time() - start < 118.5


async def test_a_slow_body_ends_an_application_that_already_answers(open_server, clock) -> None:
    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        with pytest.raises(RequestTimeoutError):
            await receive()
        await send({"type": "http.response.body", "body": b"b"})

    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(POST + b"Content-Length: 5\r\n\r\n")
        response = await client.read_response()
        assert response.body == b"ab"
        assert await client.receive() == b""


async def test_a_client_that_waits_for_100_is_not_slow(open_server, clock) -> None:
    async def app(scope, receive, send) -> None:
        await trio.sleep(100)
        await sink(scope, receive, send)

    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        while not client.received:
            await client.receive()
        await client.send(b"ab")
        assert (await client.read_response()).status == 200


async def test_an_unused_connection_closes_after_the_header_timeout(open_server, clock) -> None:
    async with open_server(sink) as server, open_raw_client(server.address) as client:
        start = trio.current_time()
        assert await client.receive() == b""
        assert 14.9 < trio.current_time() - start < 15.5


async def test_an_idle_connection_closes_without_a_word(open_server, clock) -> None:
    async with open_server(sink) as server, open_raw_client(server.address) as client:
        for _ in range(3):  # the timer is lazy: it must count from the last answer
            await client.send(GET)
            await client.read_response()
            await trio.sleep(70)
        await client.send(GET)
        await client.read_response()
        start, before = trio.current_time(), len(client.received)
        assert await client.receive() == b""
        assert len(client.received) == before
        assert 74.9 < trio.current_time() - start < 75.6


async def test_a_long_answer_is_not_a_timeout(open_server, clock) -> None:
    async def app(scope, receive, send) -> None:
        await receive()
        await trio.sleep(1000)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        await trio.sleep(1000)
        await send({"type": "http.response.body", "body": b"b"})

    async with open_server(app) as server, open_raw_client(server.address) as client:
        for _ in range(2):
            await client.send(GET)
            assert (await client.read_response()).body == b"ab"


async def test_an_application_that_does_not_read_stops_the_upload(open_server, clock) -> None:
    calls = []
    go_on = trio.Event()

    class Probe(http1.Call):
        def __init__(self, *arguments) -> None:
            super().__init__(*arguments)
            calls.append(self)

    async def app(scope, receive, send) -> None:
        await go_on.wait()
        await sink(scope, receive, send)

    size = 40_000_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(http1, "Call", Probe)
        patch.setattr(http1, "HANG_UP_POLL", 20)  # each look costs real time here
        async with open_server(app) as server, open_raw_client(server.address) as client:
            await client.send(POST + b"Content-Length: %d\r\n\r\n" % size)
            async with trio.open_nursery() as nursery:
                nursery.start_soon(client.send, b"x" * size)
                await trio.sleep(100)  # longer than the body timeout: not the client's fault
                assert 0 < calls[0].buffered <= http1.BODY_HIGH_WATER + 64 * 1024
                go_on.set()
                assert (await client.read_response()).body == b"%d" % size


async def test_a_client_that_stops_reading_is_cut(open_server, clock) -> None:
    ended = trio.Event()

    async def app(scope, receive, send) -> None:
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            while True:
                await send(
                    {"type": "http.response.body", "body": b"x" * 65536, "more_body": True}
                )
        finally:
            ended.set()

    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(GET)
        start = trio.current_time()
        await ended.wait()
        assert 29.9 < trio.current_time() - start < 31


async def test_requests_ahead_of_a_slow_answer_are_held_and_then_answered(open_server) -> None:
    go_on = trio.Event()
    paths = []

    async def app(scope, receive, send) -> None:
        paths.append(scope["path"])
        await receive()
        await go_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    requests = b"".join(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % i for i in range(4000))
    async with (
        open_server(app) as server,
        open_raw_client(server.address) as client,
        trio.open_nursery() as nursery,
    ):
        nursery.start_soon(client.send, requests)
        await trio.testing.wait_all_tasks_blocked(0.01)  # until reading is paused
        assert paths == ["/0"]
        go_on.set()
        for _ in range(4000):
            assert (await client.read_response()).body == b"ok"
    assert paths == [f"/{i}" for i in range(4000)]
