"""What works: checked with h11, another implementation, as the client's parser."""

from __future__ import annotations

import itertools
import socket

import h11
import pytest
import trio
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.errors import BodyTooLargeError, OverloadedError
from m2m_trio.net.wire import PlainWire
from m2m_trio.server.http1 import Http1Connection
from m2m_trio.server.service import Peer, Service
from m2m_trio.stats.board import Board
from m2m_trio.testing.client import open_raw_client, raw_exchange

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def read_body(receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        assert message["type"] == "http.request"
        body += message["body"]
        more = message["more_body"]
    return body


async def respond(send, body=b"", *, status=200, headers=()) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def echo(scope, receive, send) -> None:
    body = await read_body(receive)
    line = f"{scope['method']} {scope['path']} {len(body)} ".encode()
    await respond(send, line + body, headers=[(b"content-type", b"text/plain")])


def with_parts(*parts: bytes, headers=()):
    async def app(scope, receive, send) -> None:
        await read_body(receive)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for part in parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body"})

    return app


class H11Client:
    """A client whose parser is not ours."""

    def __init__(self, raw) -> None:
        self.raw = raw
        self.machine = h11.Connection(h11.CLIENT)

    async def request(self, method="GET", target="/", body=b"", headers=()):
        machine = self.machine
        fields = [("Host", "x"), *headers]
        if body and not any(name == "Transfer-Encoding" for name, _ in fields):
            fields.append(("Content-Length", str(len(body))))
        data = machine.send(h11.Request(method=method, target=target, headers=fields))
        if body:
            data += machine.send(h11.Data(data=body))
        data += machine.send(h11.EndOfMessage())
        await self.raw.send(data)
        received = b""
        while True:
            event = machine.next_event()
            if event is h11.NEED_DATA:
                machine.receive_data(await self.raw.receive())
            elif isinstance(event, h11.Response):
                response = event
            elif isinstance(event, h11.Data):
                received += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                if machine.our_state is h11.DONE and machine.their_state is h11.DONE:
                    machine.start_next_cycle()
                return response, received


async def test_requests_of_one_connection_are_answered_in_turn(open_server) -> None:
    async with open_server(echo) as server, open_raw_client(server.address) as raw:
        client = H11Client(raw)
        response, body = await client.request("GET", "/a%20b?x=1")
        assert response.status_code == 200
        assert response.reason == b"OK"
        assert body == b"GET /a b 0 "
        _, body = await client.request("POST", "/c", b"x" * 300_000)
        assert body == b"POST /c 300000 " + b"x" * 300_000
        chunked = [("Transfer-Encoding", "chunked")]
        _, body = await client.request("PUT", "/d", b"y" * 1000, chunked)
        assert body == b"PUT /d 1000 " + b"y" * 1000
        response, body = await client.request("HEAD", "/e")
        assert body == b""


async def test_the_scope_is_asgi(open_server) -> None:
    scopes = []

    async def app(scope, receive, send) -> None:
        scopes.append(scope)
        await echo(scope, receive, send)

    request = b"GET /%C3%A9/?a=%20b HTTP/1.1\r\nHost: x:1\r\nX-A: 1\r\nx-a: \t2 \t\r\n\r\n"
    async with open_server(app) as server:
        await raw_exchange(server.address, request)
        (scope,) = scopes
        assert scope["type"] == "http"
        assert scope["asgi"]["version"] == "3.0"
        assert scope["http_version"] == "1.1"
        assert scope["path"] == "/é/"
        assert scope["raw_path"] == b"/%C3%A9/"
        assert scope["query_string"] == b"a=%20b"
        assert scope["headers"] == [(b"host", b"x:1"), (b"x-a", b"1"), (b"x-a", b"2")]
        assert scope["scheme"] == "http"
        assert scope["server"] == server.address
        assert scope["client"][0] == "127.0.0.1"


async def test_a_streamed_response_is_chunked_and_its_head_is_not_held_back(
    open_server,
) -> None:
    go_on = trio.Event()

    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": True})
        await go_on.wait()
        await send({"type": "http.response.body", "body": b"abc", "more_body": True})
        await send({"type": "http.response.body", "body": b"L" * 100_000, "more_body": True})
        await send({"type": "http.response.body", "body": b"end"})

    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(GET)
        head = await client.read_head()
        assert head.values(b"transfer-encoding") == [b"chunked"]
        go_on.set()
        response = await client.read_response()
        assert response.complete
        assert response.body == b"abc" + b"L" * 100_000 + b"end"


async def test_http10_bodies_end_with_the_connection(open_server) -> None:
    async with open_server(with_parts(b"a", b"b")) as server:
        answer = await raw_exchange(server.address, b"GET / HTTP/1.0\r\n\r\n", responses=None)
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"transfer-encoding" not in answer
        assert answer.endswith(b"connection: close\r\n\r\nab")


async def test_http10_keep_alive(open_server) -> None:
    request = b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    async with open_server(echo) as server, open_raw_client(server.address) as client:
        for _ in range(2):
            await client.send(request)
            response = await client.read_response()
            assert response.head.values(b"connection") == [b"keep-alive"]


@pytest.mark.parametrize("option", [b"close", b"Close", b"x, close", b"close\r\nConnection: x"])
async def test_the_client_ends_the_connection(open_server, option) -> None:
    request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: %b\r\n\r\n" % option
    async with open_server(echo) as server:
        answer = await raw_exchange(server.address, request, responses=None)
        assert b"connection: close\r\n" in answer


async def test_the_application_ends_the_connection(open_server) -> None:
    async def app(scope, receive, send) -> None:
        await respond(send, b"x", headers=[(b"connection", b"close"), (b"keep-alive", b"5")])

    async with open_server(app) as server:
        answer = await raw_exchange(server.address, GET, responses=None)
        assert b"connection: close\r\n" in answer
        assert b"keep-alive" not in answer


@pytest.mark.parametrize(
    ("method", "status"), [(b"HEAD", 200), (b"GET", 204), (b"GET", 304), (b"HEAD", 404)]
)
async def test_responses_without_body(open_server, method, status) -> None:
    async def app(scope, receive, send) -> None:
        await respond(send, b"a body", status=status)

    async with open_server(app) as server, open_raw_client(server.address) as client:
        for _ in range(2):  # a body would be taken for the next answer
            await client.send(b"%b / HTTP/1.1\r\nHost: x\r\n\r\n" % method)
            response = await client.read_response(method=method)
            assert response.status == status
        assert b"a body" not in client.received


async def test_a_204_has_no_content_length(open_server) -> None:
    async def app(scope, receive, send) -> None:
        await respond(send, status=204, headers=[(b"content-length", b"5"), (b"x-a", b"b")])

    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(GET)
        response = await client.read_response()
    assert (b"x-a", b"b") in response.fields
    assert b"content-length" not in dict(response.fields)


async def test_a_date_is_added_unless_there_is_one(open_server) -> None:
    async with open_server(echo) as server:
        assert (await raw_exchange(server.address, GET)).count(b"\r\ndate: ") == 1

    async def app(scope, receive, send) -> None:
        await respond(send, headers=[(b"Date", b"today")])

    async with open_server(app) as server:
        answer = await raw_exchange(server.address, GET)
        assert b"\r\ndate: today\r\n" in answer
        assert answer.count(b"\r\ndate: ") == 1


async def test_a_client_that_expects_100_gets_it_when_the_body_is_wanted(open_server) -> None:
    request = b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    async with open_server(echo) as server, open_raw_client(server.address) as client:
        await client.send(request)
        while client.received != b"HTTP/1.1 100 Continue\r\n\r\n":
            assert await client.receive()
        await client.send(b"abc")
        while not client.received.endswith(b"POST / 3 abc"):
            assert await client.receive()
        await client.send(request + b"abc")  # it did not wait: no 100
        while client.received.count(b"POST / 3 abc") < 2:
            assert await client.receive()
        assert client.received.count(b"100 Continue") == 1


async def test_an_answer_without_reading_the_expected_body_closes(open_server) -> None:
    async def app(scope, receive, send) -> None:
        await respond(send, b"no", status=403)

    request = b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(request)
        response = await client.read_response()
        assert response.head.values(b"connection") == [b"close"]
        assert b"100" not in client.received[:12]


async def test_upgrades_are_ignored(open_server) -> None:
    fields = b"Host: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
    get = b"GET / HTTP/1.1\r\n" + fields + b"\r\n"
    post = b"POST / HTTP/1.1\r\n" + fields + b"Content-Length: 2\r\n\r\nab"
    async with open_server(echo) as server:
        answer = await raw_exchange(server.address, get + post + GET, responses=3)
        assert answer.count(b"HTTP/1.1 200 OK") == 3
        assert b"POST / 2 ab" in answer


async def test_errors_of_the_application_are_answered_in_openai_shape(open_server) -> None:
    failures = [
        OverloadedError("too much", retry_after=7),
        ValueError("secret"),
        ExceptionGroup("", [BodyTooLargeError("big")]),
        None,
    ]

    async def app(scope, receive, send) -> None:
        failure = failures.pop(0)
        if failure is not None:
            raise failure

    async with open_server(app) as server, open_raw_client(server.address) as client:
        for status in (429, 500, 413, 500):
            await client.send(GET)
            response = await client.read_response()
            assert response.status == status
            assert b'"error":{"message":' in response.body
            if status == 429:
                assert response.head.values(b"retry-after") == [b"7"]
        assert b"secret" not in client.received


@pytest.mark.parametrize("headers", [[], [(b"content-length", b"10")]])
async def test_a_response_that_breaks_has_no_end(open_server, headers) -> None:
    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ab", "more_body": True})
        raise RuntimeError("broken")

    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(GET)
        response = await client.read_response()
        assert not response.complete
        assert b"0\r\n\r\n" not in client.received


@pytest.mark.parametrize(
    ("length", "parts", "cut"),
    [
        (b"5", [b"abc"], False),
        (b"2", [b"abc"], False),
        (b"5", [b"abc", b""], True),
        (b"2", [b"a", b"bc"], True),
        (b"x", [b"abc"], False),
        (b"+3", [b"abc"], False),
    ],
)
async def test_a_body_not_as_long_as_said(open_server, length, parts, cut) -> None:
    async def app(scope, receive, send) -> None:
        headers = [(b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for index, part in enumerate(parts):
            more = index < len(parts) - 1
            await send({"type": "http.response.body", "body": part, "more_body": more})

    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(GET)
        response = await client.read_response()
        assert response.complete is not cut
        assert response.status == (200 if cut else 500)


@pytest.mark.parametrize(
    "start",
    [
        {"status": 200, "headers": [(b"x", b"a\r\nb: c")]},
        {"status": 200, "headers": [(b"x", b"a\nb")]},
        {"status": 200, "headers": [(b"x", b"a\rb")]},
        {"status": 200, "headers": [(b"x", b"a\0b")]},
        {"status": 200, "headers": [(b"x\r\ny", b"a")]},
        {"status": 200, "headers": [(b"content-length", b"1"), (b"Content-Length", b"1")]},
        {"status": 101, "headers": []},
        {"status": 1000, "headers": []},
    ],
)
async def test_a_response_head_that_may_not_be_sent_becomes_a_500(open_server, start) -> None:
    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", **start})
        await send({"type": "http.response.body", "body": b"a"})

    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(GET)
        assert (await client.read_response()).status == 500


async def test_messages_out_of_order_are_refused(open_server) -> None:
    told = []

    async def app(scope, receive, send) -> None:
        for kind in ("http.response.body", "http.response.trailers"):
            with pytest.raises(ValueError) as caught:
                await send({"type": kind})
            told.append(str(caught.value))
        start = {"type": "http.response.start", "status": 200}
        await send(start)
        with pytest.raises(ValueError):
            await send(start)
        await send({"type": "http.response.body", "body": b"x"})
        with pytest.raises(ValueError):
            await send({"type": "http.response.body", "body": b"y"})
        assert (await receive())["type"] == "http.request"
        assert (await receive())["type"] == "http.disconnect"

    async with open_server(app) as server:
        assert (await raw_exchange(server.address, GET)).endswith(b"\r\n\r\nx")
    assert "http.response.trailers" in told[1]


async def test_two_tasks_cannot_receive_at_once(open_server) -> None:
    async def app(scope, receive, send) -> None:
        await receive()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(receive)
            await trio.testing.wait_all_tasks_blocked()
            with pytest.raises(trio.BusyResourceError):
                await receive()
            nursery.cancel_scope.cancel()
        await respond(send, b"ok")

    async with open_server(app) as server:
        assert (await raw_exchange(server.address, GET)).endswith(b"ok")


async def test_a_task_waiting_for_the_disconnect_learns_of_the_end(open_server) -> None:
    got = []

    async def app(scope, receive, send) -> None:
        await receive()

        async def wait() -> None:
            got.append(await receive())

        async with trio.open_nursery() as nursery:
            nursery.start_soon(wait)
            await trio.testing.wait_all_tasks_blocked()
            await respond(send, b"ok")

    async with open_server(app) as server:
        await raw_exchange(server.address, GET + GET, responses=2)
        assert got == [{"type": "http.disconnect"}] * 2


PIPELINE = (
    GET
    + b"\r\nPOST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
    + b"POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n"
    + b"3;a=b\r\nabc\r\n0A\r\n0123456789\r\n0\r\nX-Trailer: y\r\n\r\n"
    + b"HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n"
    + b"POST /z HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)


async def serve_bytes(pieces: list[bytes]) -> list[tuple[str, str, bytes]]:
    """The requests that an application sees when these pieces come one after the other."""
    seen = []

    async def app(scope, receive, send) -> None:
        seen.append((scope["method"], scope["path"], await read_body(receive)))
        await respond(send, b"ok")

    ours, theirs = socket.socketpair()
    service = Service(app=app, row=Board.in_memory().row(0))
    peer = Peer(client=None, server=None)
    with ours, theirs:
        connection = Http1Connection(PlainWire(ours, send_timeout=1), service, peer)
        client = PlainWire(theirs, send_timeout=1)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(connection.run)
            for piece in pieces:
                await client.send(piece)
                for _ in range(3):
                    await trio.lowlevel.checkpoint()
            while await client.receive():
                pass
    return seen


@settings(max_examples=60, deadline=None)
@given(cuts=st.lists(st.integers(1, len(PIPELINE) - 1), max_size=12))
def test_any_split_gives_the_same_requests(cuts) -> None:
    edges = [0, *sorted(set(cuts)), len(PIPELINE)]
    pieces = [PIPELINE[a:b] for a, b in itertools.pairwise(edges)]
    assert trio.run(serve_bytes, pieces) == [
        ("GET", "/", b""),
        ("POST", "/p", b"hello"),
        ("POST", "/c", b"abc0123456789"),
        ("HEAD", "/h", b""),
        ("POST", "/z", b""),
    ]


def test_byte_by_byte_gives_the_same_requests() -> None:
    whole = trio.run(serve_bytes, [PIPELINE])
    assert trio.run(serve_bytes, [PIPELINE[i : i + 1] for i in range(len(PIPELINE))]) == whole


async def test_many_pipelined_requests_are_answered_in_order(open_server) -> None:
    requests = b"".join(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % i for i in range(5000))
    async with (
        open_server(echo) as server,
        open_raw_client(server.address) as client,
        trio.open_nursery() as nursery,
    ):
        nursery.start_soon(client.send, requests)
        for i in range(5000):
            assert (await client.read_response()).body == b"GET /%d 0 " % i
