"""HTTP/2 as an application and an ordinary client see it."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
from functools import partial

import h2.events
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

from m2m_trio.errors import OverloadedError, UpstreamConnectError
from m2m_trio.server.certificate import DEFAULT_HOSTS, make_pair, write_pair
from m2m_trio.server.service import Service
from m2m_trio.server.tls import make_server_context
from m2m_trio.server.worker import serve_app
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
    assert ((b"content-length", b"99") in reply.fields) == (status != 204)


async def test_each_message_is_flushed_when_it_is_sent() -> None:
    go = trio.Event()

    async def app(scope, receive, send) -> None:
        nonlocal go
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "more_body": True})
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


async def test_broken_reply_is_reset_when_the_client_says_it_has_the_rest() -> None:
    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": b"part", "more_body": True})

    async with open_server(app) as server, open_client(server) as client:
        reply = client.replies[await client.ask()]
        probes: list[h2.events.Event] = []

        def is_probed() -> bool:
            probes[:] = [e for e in client.events if isinstance(e, h2.events.PingReceived)]
            return bool(probes)

        await client.until(is_probed)
        assert (reply.body, reply.reset) == (b"part", None)
        await client.reply(1)
        assert reply.reset == ErrorCodes.INTERNAL_ERROR


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
