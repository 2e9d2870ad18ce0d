"""HTTP/2 as an application and an ordinary client see it."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
from functools import partial

import httpx
import pytest
import trio
from h2.errors import ErrorCodes
from h2_peer import (
    GET,
    Client,
    Receive,
    Send,
    answer,
    open_client,
    open_server,
    read_body,
    request,
)
from hyperframe.frame import GoAwayFrame
from trio.testing import MockClock

from m2m_trio.errors import OverloadedError, UpstreamConnectError
from m2m_trio.server import http2
from m2m_trio.server.certificate import DEFAULT_HOSTS, make_pair, write_pair
from m2m_trio.server.http2_machine import MAX_STREAMS, STREAM_WINDOW_BYTES
from m2m_trio.server.http2_stream import SEND_BUFFER_BYTES
from m2m_trio.server.service import Service
from m2m_trio.server.tls import make_server_context
from m2m_trio.server.worker import serve_app
from m2m_trio.settings.model import LimitSettings, TimeoutSettings
from m2m_trio.stats.board import Board

MIB = 1024 * 1024


async def echo(scope, receive: Receive, send: Send) -> None:
    body = await read_body(receive)
    await answer(send, body or b"ok")


async def test_request_reaches_the_application_as_asgi_says() -> None:
    scopes = []

    async def app(scope, receive, send) -> None:
        scopes.append(scope)
        await echo(scope, receive, send)

    head = request(
        b"/v1/a%20b/%C3%A9?x=%20&y", b"POST", (b"cookie", b"a=1"), (b"x-a", b"1"),
        (b"cookie", b"b=2"), (b"te", b"trailers"),
    )  # fmt: skip
    async with open_server(app) as server, open_client(server) as client:
        reply = await client.fetch(head, b"hello")
        local = client.stream.socket.getsockname()

    assert (reply.status, bytes(reply.body), reply.ended) == (200, b"hello", True)
    scope = scopes[0]
    assert scope["headers"] == [
        (b"host", b"node.test"),
        (b"x-a", b"1"),
        (b"te", b"trailers"),
        (b"cookie", b"a=1; b=2"),
    ]
    assert {k: scope[k] for k in scope if k != "headers"} == {
        "type": "http",
        "http_version": "2",
        "asgi": {"spec_version": "2.1", "version": "3.0"},
        "method": "POST",
        "scheme": "http",
        "path": "/v1/a b/é",
        "raw_path": b"/v1/a%20b/%C3%A9",
        "query_string": b"x=%20&y",
        "root_path": "",
        "client": local,
        "server": server.address,
        "state": {},
        "extensions": {},
    }


async def test_reply_carries_its_fields_and_none_of_http1s_connection() -> None:
    fields = [
        (b"Content-Type", b" text/plain "), (b"connection", b"close, X-Hop"),
        (b"transfer-encoding", b"chunked"), (b"keep-alive", b"timeout=5"), (b"x-hop", b"1"),
        (b"set-cookie", b"a"), (b"set-cookie", b"b"), (b"content-length", b"2"),
    ]  # fmt: skip

    async def app(scope, receive, send) -> None:
        await answer(send, fields=fields)

    async with open_server(app) as server, open_client(server) as client:
        reply = await client.fetch()
    assert reply.fields[-1][0] == b"date"
    assert reply.fields[:-1] == [
        (b":status", b"200"), (b"content-type", b"text/plain"), (b"set-cookie", b"a"),
        (b"set-cookie", b"b"), (b"content-length", b"2"),
    ]  # fmt: skip


async def test_date_of_the_application_is_kept() -> None:
    app = partial(_answer_with, fields=[(b"date", b"then")])
    async with open_server(app) as server, open_client(server) as client:
        assert [v for n, v in (await client.fetch()).fields if n == b"date"] == [b"then"]


async def _answer_with(scope, receive, send, *, status=200, fields=(), body=b"ok") -> None:
    await answer(send, body, status, fields)


@pytest.mark.parametrize(("method", "status"), [(b"HEAD", 200), (b"GET", 204), (b"GET", 304)])
async def test_reply_without_body_sends_none(method: bytes, status: int) -> None:
    app = partial(_answer_with, status=status, fields=[(b"content-length", b"99")])
    async with open_server(app) as server, open_client(server) as client:
        reply = await client.fetch(request(method=method))
    assert (reply.status, bytes(reply.body), reply.ended) == (status, b"", True)
    assert (b"content-length", b"99") in reply.fields


async def test_each_message_is_flushed_when_it_is_sent() -> None:
    go = trio.Event()

    async def app(scope, receive, send) -> None:
        nonlocal go
        await send({"type": "http.response.start", "status": 200})
        for number in range(5):
            await go.wait()
            go = trio.Event()
            await send(
                {"type": "http.response.body", "body": b"%d" % number, "more_body": True}
            )
        await send({"type": "http.response.body", "body": b"", "more_body": True})
        await send({"type": "http.response.body"})

    async with open_server(app) as server, open_client(server) as client:
        stream_id = await client.ask()
        reply = client.replies[stream_id]
        await client.until(lambda: reply.status == 200)  # the head does not wait for a body
        for number in range(5):
            go.set()
            await client.until(lambda number=number: len(reply.body) == number + 1)
        await client.reply(stream_id)
    assert reply.body == b"01234"
    assert reply.ended


async def test_streams_run_side_by_side() -> None:
    meeting = trio.Event()

    async def app(scope, receive, send) -> None:
        if scope["path"] == "/first":
            await meeting.wait()
        meeting.set()
        await answer(send, scope["path"].encode())

    async with open_server(app) as server, open_client(server) as client:
        first = await client.ask(request(b"/first"))
        second = await client.ask(request(b"/second"))
        assert (await client.reply(first)).body == b"/first"
        assert (await client.reply(second)).body == b"/second"


async def test_trailers_of_a_request_are_ignored() -> None:
    async with open_server(echo) as server, open_client(server) as client:
        stream_id = await client.ask(request(method=b"POST"), b"body", ends=False)
        client.h2.send_headers(stream_id, [(b"x-checksum", b"1")], end_stream=True)
        await client.flush()
        assert (await client.reply(stream_id)).body == b"body"


async def test_continue_is_sent_when_the_body_is_asked_for() -> None:
    head = request(b"/", b"POST", (b"expect", b"100-continue"))
    async with open_server(echo) as server, open_client(server) as client:
        stream_id = await client.ask(head, ends=False)
        reply = client.replies[stream_id]
        await client.until(lambda: reply.interim == [b"100"])
        await client.upload(stream_id, b"now")
        assert (await client.reply(stream_id)).body == b"now"
        assert reply.interim == [b"100"]


# Errors


@pytest.mark.parametrize("grouped", [False, True])
async def test_error_before_the_head_is_answered_in_openais_shape(grouped: bool) -> None:
    async def app(scope, receive, send) -> None:
        error = OverloadedError("no room", retry_after=7)
        raise ExceptionGroup("", [ExceptionGroup("", [error])]) if grouped else error

    async with open_server(app) as server, open_client(server) as client:
        reply = await client.fetch()
        assert reply.status == 429
        assert bytes(reply.body) == OverloadedError("no room").body()
        assert (b"retry-after", b"7") in reply.fields
        assert (b"content-type", b"application/json") in reply.fields
        assert (await client.fetch()).status == 429  # same connection


async def _raise(scope, receive, send) -> None:
    raise ZeroDivisionError


async def _raise_group(scope, receive, send) -> None:
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_raise, scope, receive, send)


async def _do_nothing(scope, receive, send) -> None:
    pass


async def _body_before_head(scope, receive, send) -> None:
    await send({"type": "http.response.body", "body": b"x"})


@pytest.mark.parametrize("app", [_raise, _raise_group, _do_nothing, _body_before_head])
async def test_defect_of_the_application_is_a_500_that_tells_nothing(app, caplog) -> None:
    async with open_server(app) as server, open_client(server) as client:
        reply = await client.fetch()
    assert reply.status == 500
    assert b"internal_error" in reply.body
    assert b"ZeroDivision" not in reply.body
    assert "stream 1 (GET)" in caplog.text


@pytest.mark.parametrize(
    ("status", "field"),
    [
        (200, (b"x-a", b"a\r\nb: c")),
        (200, (b"x a", b"")),
        (200, (b":path", b"/")),
        (200, (b"content-length", b"two")),
        (99, (b"x-a", b"")),
        (1000, (b"x-a", b"")),
    ],
)
async def test_head_that_cannot_be_sent_ruins_nothing(status, field) -> None:
    async def app(scope, receive, send) -> None:
        good = [(b"x-indexed", b"by hpack"), (b"x-more", b"of it")]
        if scope["path"] == "/bad":
            await answer(send, b"", status, [*good, field])
        await answer(send, b"fine", 200, good)

    async with open_server(app) as server, open_client(server) as client:
        assert (await client.fetch(request(b"/bad"))).status == 500
        for _ in range(3):
            reply = await client.fetch()
            assert (reply.body, reply.status) == (b"fine", 200)
            assert (b"x-more", b"of it") in reply.fields


@pytest.mark.parametrize("ending", ["raise", "m2m", "return", "too short", "too long", "again"])
async def test_reply_that_breaks_is_reset_behind_what_was_sent(ending: str) -> None:
    async def app(scope, receive, send) -> None:
        fields = [(b"content-length", b"9")] if ending.startswith("too") else []
        start = {"type": "http.response.start", "status": 200, "headers": fields}
        await send(start)
        await send({"type": "http.response.body", "body": b"part", "more_body": True})
        if ending == "raise":
            raise ZeroDivisionError
        if ending == "m2m":
            raise UpstreamConnectError("gone")
        if ending == "too short":
            await send({"type": "http.response.body", "body": b"1234"})
        if ending == "too long":
            await send({"type": "http.response.body", "body": b"123456"})
        if ending == "again":
            await send(start)

    async with open_server(app) as server, open_client(server) as client:
        reply = await client.fetch()
        assert (reply.body, reply.ended) == (b"part", False)
        assert reply.reset == ErrorCodes.INTERNAL_ERROR
        assert (await client.fetch()).body == b"part"  # same connection


async def test_broken_reply_that_the_client_does_not_take_is_reset_soon() -> None:
    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": b"x" * 1000, "more_body": True})

    async with (
        open_server(app) as server,
        open_client(server, initial_window_size=10) as client,
    ):
        client.acknowledges = False
        reply = await client.fetch()
    assert (bytes(reply.body), reply.reset) == (b"x" * 10, ErrorCodes.INTERNAL_ERROR)


# Limits

LIMITS = LimitSettings(header_bytes=2048, header_fields=8, target_bytes=256, body_bytes=100_000)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (request(b"/", b"GET", *[(b"x-%d" % i, b"") for i in range(9)]), 431),
        (request(b"/", b"GET", (b"x-a", b"y" * 2048)), 431),
        (request(b"/", b"GET", (b"x-a", b"y" * 3500)), 431),
        (request(b"/" + b"x" * 256), 414),
        (request(b"/" + b"x" * 256, b"HEAD"), 414),
        (request(b"/caf\xc3\xa9"), 400),
        (request(b"v1/models"), 400),
        (request(b"*"), 400),
        (request(b"*", b"OPTIONS"), 200),
        (request(b"/a#b"), 400),
        (request(b"/a b"), 400),
        ([(b":method", b"CONNECT"), (b":authority", b"a.test:443")], 405),
        (request(b"/", b"POST", (b"content-length", b"100001")), 413),
    ],
)
async def test_request_over_a_limit_is_answered(head, status: int) -> None:
    async with open_server(echo, limits=LIMITS) as server, open_client(server) as client:
        reply = await client.reply(await client.ask(head, ends=status != 413))
        assert reply.status == status
        assert bool(reply.body) == (b"HEAD" not in dict(head).values())
        assert (await client.fetch()).status == 200


async def test_body_over_the_limit_is_refused_while_it_comes() -> None:
    async with open_server(echo, limits=LIMITS) as server, open_client(server) as client:
        stream_id = await client.ask(request(method=b"POST"), b"x" * 150_000, ends=False)
        reply = await client.reply(stream_id)
        assert reply.status == 413
        await client.until(lambda: reply.reset is not None)
        assert (reply.ended, reply.reset) == (True, ErrorCodes.NO_ERROR)
        assert (await client.fetch(request(method=b"POST"), b"x" * 100_000)).status == 200


async def test_body_that_nobody_reads_is_held_up_and_stops_no_other() -> None:
    go = trio.Event()

    async def app(scope, receive, send) -> None:
        if scope["path"] == "/slow":
            await go.wait()
        await echo(scope, receive, send)

    async with open_server(app) as server, open_client(server) as client:
        await client.fetch()  # settings are in force
        slow = [await client.ask(request(b"/slow", b"POST"), ends=False) for _ in range(5)]
        for stream_id in slow:
            room = client.h2.local_flow_control_window(stream_id)
            assert room == STREAM_WINDOW_BYTES
            await client.upload(stream_id, b"x" * room, ends=False)
        big = await client.fetch(request(b"/", b"POST"), b"y" * 3 * MIB)
        assert len(big.body) == 3 * MIB
        assert [client.h2.local_flow_control_window(i) for i in slow] == [0] * 5
        go.set()
        for stream_id in slow:
            await client.upload(stream_id, b"z" * MIB)
            assert len((await client.reply(stream_id)).body) == MIB + STREAM_WINDOW_BYTES


async def test_early_answer_gives_the_unread_window_back() -> None:
    async def app(scope, receive, send) -> None:
        await answer(send)

    async with open_server(app) as server, open_client(server) as client:
        await client.fetch()
        for _ in range(2 * MAX_STREAMS):  # twice the connection's window
            stream_id = await client.ask(
                request(method=b"POST"), b"x" * STREAM_WINDOW_BYTES, ends=False
            )
            assert (await client.reply(stream_id)).status == 200


async def test_streams_over_the_limit_are_refused_one_by_one() -> None:
    go = trio.Event()

    async def app(scope, receive, send) -> None:
        await go.wait()
        await answer(send)

    async with open_server(app) as server, open_client(server) as client:
        ids = [await client.ask() for _ in range(MAX_STREAMS + 5)]
        for stream_id in ids[MAX_STREAMS:]:
            assert (await client.reply(stream_id)).reset == ErrorCodes.REFUSED_STREAM
        go.set()
        for stream_id in ids[:MAX_STREAMS]:
            assert (await client.reply(stream_id)).status == 200
        assert (await client.fetch()).status == 200


async def test_large_upload_and_download() -> None:
    async with open_server(echo) as server, open_client(server) as client:
        body = bytes(range(256)) * 4096 * 8
        reply = await client.fetch(request(method=b"POST"), body)
    assert bytes(reply.body) == body


@pytest.mark.parametrize("piece", [1000, SEND_BUFFER_BYTES, MIB])
async def test_application_waits_for_a_client_that_does_not_read(piece: int) -> None:
    given = 0

    async def app(scope, receive, send) -> None:
        nonlocal given
        await send({"type": "http.response.start", "status": 200})
        for _ in range(4 * MIB // piece):
            await send({"type": "http.response.body", "body": b"x" * piece, "more_body": True})
            given += piece
        await send({"type": "http.response.body"})

    async with open_server(app) as server, open_client(server) as client:
        client.acknowledges = False
        stream_id = await client.ask()
        reply = client.replies[stream_id]
        await client.until(lambda: len(reply.body) == 65535)  # its window
        await trio.testing.wait_all_tasks_blocked(0.01)
        assert given <= 65535 + SEND_BUFFER_BYTES + piece
        client.acknowledges = True
        client.h2.acknowledge_received_data(65535, stream_id)
        await client.flush()
        await client.reply(stream_id)
    assert len(reply.body) == 4 * MIB // piece * piece
    assert reply.ended


async def test_window_opened_by_settings_lets_a_blocked_stream_go_on() -> None:
    app = partial(_answer_with, body=b"x" * 100_000)
    async with open_server(app) as server, open_client(server, initial_window_size=0) as client:
        stream_id = await client.ask()
        await client.until(lambda: client.replies[stream_id].status == 200)
        client.h2.update_settings({4: 200_000})
        await client.flush()
        assert len((await client.reply(stream_id)).body) == 100_000


# Time


@pytest.fixture
def clock() -> MockClock:
    return MockClock(autojump_threshold=0.1)


async def test_body_that_stops_coming_is_a_408(clock) -> None:
    started = trio.current_time()
    async with open_server(echo) as server, open_client(server) as client:
        stream_id = await client.ask(request(method=b"POST"), b"some", ends=False)
        with trio.fail_after(60):
            while not client.replies[stream_id].over:
                await client.pump()
        assert client.replies[stream_id].status == 408
    assert 30 <= trio.current_time() - started < 31


@pytest.mark.parametrize("piece", [10, 10 * SEND_BUFFER_BYTES])
async def test_stream_that_the_client_does_not_take_is_cut(piece: int, clock) -> None:
    outcomes = []

    async def app(scope, receive, send) -> None:
        try:
            await answer(send, b"x" * piece)
        except trio.Cancelled:
            outcomes.append("cancelled")
            raise
        outcomes.append("sent")

    async with open_server(app) as server, open_client(server, initial_window_size=0) as client:
        stream_id = await client.ask()
        with trio.fail_after(60):
            while not client.replies[stream_id].over:
                await client.pump()
        reply = client.replies[stream_id]
        assert (reply.ended, len(reply.body)) == (False, 0)
        assert reply.reset in {ErrorCodes.CANCEL, ErrorCodes.INTERNAL_ERROR}
    assert outcomes == ["sent" if piece == 10 else "cancelled"]


async def test_slow_but_steady_client_is_not_cut(clock) -> None:
    app = partial(_answer_with, body=b"x" * 3 * SEND_BUFFER_BYTES)
    async with open_server(app) as server, open_client(server, initial_window_size=0) as client:
        client.acknowledges = False
        stream_id = await client.ask()
        reply = client.replies[stream_id]
        while not reply.ended:
            assert reply.reset is None
            client.h2.increment_flow_control_window(16384, stream_id)
            client.h2.increment_flow_control_window(16384)
            await client.flush()
            await trio.sleep(20)
            with trio.move_on_after(1):
                await client.pump()
    assert len(reply.body) == 3 * SEND_BUFFER_BYTES


async def test_client_that_takes_no_bytes_at_all_is_cut() -> None:
    cancelled = trio.Event()

    async def app(scope, receive, send) -> None:
        try:
            await send({"type": "http.response.start", "status": 200})
            while True:
                await send(
                    {"type": "http.response.body", "body": b"x" * 65536, "more_body": True}
                )
        finally:
            cancelled.set()

    serving = open_server(app, send_timeout=0.2, send_buffer=4096)
    async with serving as server, open_client(server, initial_window_size=2**31 - 1) as client:
        client.h2.increment_flow_control_window(2**30)
        await client.ask()
        with trio.fail_after(3):
            await cancelled.wait()
        await server.until_ended(1)


async def test_connection_that_asks_nothing_is_closed(clock) -> None:
    timeouts = TimeoutSettings(header=5, idle=50)
    async with open_server(echo, timeouts=timeouts) as server, open_client(server) as client:
        started = trio.current_time()
        await client.until_closed(30)
        assert 5 <= trio.current_time() - started < 7
        assert client.goaway == ErrorCodes.NO_ERROR


async def test_idle_connection_is_closed_and_a_busy_one_is_not(clock) -> None:
    async def app(scope, receive, send) -> None:
        await trio.sleep(500)
        await answer(send)

    timeouts = TimeoutSettings(header=5, idle=50)
    async with open_server(app, timeouts=timeouts) as server, open_client(server) as client:
        stream_id = await client.ask()
        await client.until(lambda: client.replies[stream_id].over, 600)
        started = trio.current_time()
        client.h2.ping(b"12345678")  # no sign of use
        await client.flush()
        await client.until_closed(100)
        assert 49 <= trio.current_time() - started < 52
        assert client.goaway == ErrorCodes.NO_ERROR


# The end


async def test_drain_finishes_what_is_open_and_takes_nothing_new() -> None:
    go = trio.Event()

    async def app(scope, receive, send) -> None:
        await go.wait()
        await answer(send, b"x" * 300_000)

    async with open_server(app) as server, open_client(server) as client:
        stream_id = await client.ask()
        await client.until(lambda: bool(client.events))
        server.draining.set()
        await client.until(lambda: client.goaway == ErrorCodes.NO_ERROR)
        late = await client.fetch()
        assert late.reset == ErrorCodes.REFUSED_STREAM
        go.set()
        assert len((await client.reply(stream_id)).body) == 300_000
        await client.until_closed()
        await server.until_ended(1)


async def test_drain_closes_an_idle_connection() -> None:
    async with open_server(echo) as server, open_client(server) as client:
        await client.fetch()
        server.draining.set()
        await client.until(lambda: client.goaway == ErrorCodes.NO_ERROR)
        await client.stream.aclose()
        await server.until_ended(1)


async def test_goaway_of_a_client_lets_its_streams_finish() -> None:
    go = trio.Event()

    async def app(scope, receive, send) -> None:
        await go.wait()
        await answer(send, b"x" * 100_000)

    async with open_server(app) as server, open_client(server) as client:
        stream_id = await client.ask()
        await client.send_frames(GoAwayFrame(last_stream_id=0, error_code=0))
        await client.until(lambda: client.goaway is not None)
        go.set()
        assert len((await client.reply(stream_id)).body) == 100_000
        await client.until_closed()


async def test_goaway_of_an_idle_client_ends_the_connection() -> None:
    async with open_server(echo) as server, open_client(server) as client:
        await client.fetch()
        await client.send_frames(GoAwayFrame(last_stream_id=0, error_code=0))
        await client.until_closed()
        await server.until_ended(1)


async def test_outer_cancellation_ends_all_at_once() -> None:
    cancelled = []

    async def app(scope, receive, send) -> None:
        try:
            await trio.sleep_forever()
        finally:
            cancelled.append(scope["path"])

    async with open_server(app) as server, open_client(server) as client:
        await client.ask(request(b"/a"))
        await client.ask(request(b"/b"))
        await client.until(lambda: bool(client.events))
    assert sorted(cancelled) == ["/a", "/b"]


async def test_a_defect_of_ours_ends_one_connection(monkeypatch, caplog) -> None:
    async with open_server(echo) as server, open_client(server) as good:
        assert (await good.fetch()).status == 200
        broken = http2.Http2Connection._end_request
        monkeypatch.setattr(http2.Http2Connection, "_end_request", lambda *_: 1 / 0)
        async with open_client(server) as bad:
            await bad.ask()
            await bad.until_closed()
        monkeypatch.setattr(http2.Http2Connection, "_end_request", broken)
        assert (await good.fetch()).status == 200
    assert "crashed" in caplog.text


# Real clients


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
async def test_curl(tmp_path) -> None:
    (tmp_path / "body").write_bytes(b"z" * 3 * MIB)
    async with open_server(echo) as server:
        host, port = server.address
        result = await trio.run_process(
            ["curl", "-sS", "--http2-prior-knowledge", "--data-binary", f"@{tmp_path}/body",
             "-w", "%{http_version} %{http_code}", "-o", f"{tmp_path}/out",
             f"http://{host}:{port}/"],
            capture_stdout=True,
        )  # fmt: skip
    assert result.stdout == b"2 200"
    assert (tmp_path / "out").read_bytes() == (tmp_path / "body").read_bytes()


async def test_httpx() -> None:
    async with open_server(echo) as server:
        host, port = server.address
        async with httpx.AsyncClient(http1=False, http2=True) as client:
            for _ in range(3):
                reply = await client.post(f"http://{host}:{port}/", content=b"x" * MIB)
                assert (reply.http_version, reply.content) == ("HTTP/2", b"x" * MIB)
        assert server.opened == 1


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
@pytest.mark.parametrize("http1", [False, True])
@pytest.mark.parametrize("tls", [False, True])
async def test_worker_speaks_what_the_client_chooses(tls: bool, http1: bool, tmp_path) -> None:
    pair = make_pair(DEFAULT_HOSTS, days=1, now=dt.datetime.now(dt.UTC))
    cert, key = map(str, write_pair(pair, tmp_path, replace=False))
    service = Service(
        app=echo,
        row=Board.in_memory().row(0),
        tls=make_server_context(cert, key) if tls else None,
    )
    url = "https" if tls else "http"
    options = ["--cacert", cert, "--http1.1" if http1 else "--http2-prior-knowledge"]
    if tls and not http1:
        options[-1] = "--http2"
    async with trio.open_nursery() as nursery:
        listener = socket.create_server(("127.0.0.1", 0))
        (address,) = await nursery.start(serve_app, service, [listener])
        result = await trio.run_process(
            ["curl", "-sS", *options, "-d", "hello",
             "-w", " %{http_version}", f"{url}://127.0.0.1:{address.port}/"],
            capture_stdout=True,
        )  # fmt: skip
        service.drain.start()
    assert result.stdout == b"hello " + (b"1.1" if http1 else b"2")


def test_helpers_are_what_they_say() -> None:
    assert request() == GET
    assert Client.__doc__
