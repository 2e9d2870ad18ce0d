"""The client leaves: whatever is done for it is cancelled at once, in any phase."""

from __future__ import annotations

import socket
from contextlib import asynccontextmanager

import pytest
import trio

from m2m_trio.errors import ClientGoneError
from m2m_trio.net.wire import PlainWire
from m2m_trio.server.http1 import Http1Connection
from m2m_trio.server.service import Peer, Service
from m2m_trio.stats.board import Board
from m2m_trio.stats.metrics import cell
from m2m_trio.testing.client import open_raw_client
from m2m_trio.testing.descriptors import count_open_fds

POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
WAYS = ["close", "reset", "half_close"]


class Watched:
    """An application that stops in one phase and notes how it ends."""

    def __init__(self, phase: str) -> None:
        self.phase = phase
        self.reached = trio.Event()
        self.ended = trio.Event()
        self.how: BaseException | None = None
        self.messages = []

    async def __call__(self, scope, receive, send) -> None:
        try:
            if self.phase != "body":
                await receive()
            if self.phase in ("stream", "send"):
                await send({"type": "http.response.start", "status": 200, "headers": []})
                part = {"type": "http.response.body", "body": b"x" * 9, "more_body": True}
                await send(part)
            self.reached.set()
            while self.phase == "send":
                await send({"type": "http.response.body", "body": bytes(99), "more_body": True})
            while self.phase in ("body", "receive"):
                self.messages.append(await receive())
                await trio.lowlevel.checkpoint()
            await trio.sleep_forever()
        except BaseException as error:
            self.how = error
            raise
        finally:
            self.ended.set()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("phase", ["body", "head", "receive", "stream", "send"])
async def test_the_application_is_cancelled(open_server, phase, way) -> None:
    app = Watched(phase)
    async with open_server(app) as server, open_raw_client(server.address) as client:
        body = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"
        await client.send(body if phase == "body" else GET)
        await app.reached.wait()
        await getattr(client, way)()
        with trio.fail_after(1):
            await app.ended.wait()
        assert isinstance(app.how, trio.Cancelled | ClientGoneError)
        if phase == "receive":
            assert app.messages[-1:] in ([], [{"type": "http.disconnect"}])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("ahead", [1, 4000])
async def test_it_is_while_next_requests_wait_in_the_buffer(open_server, ahead, way) -> None:
    app = Watched("head")
    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(GET * ahead)  # 4,000 are more than the buffer holds
        await app.reached.wait()
        await getattr(client, way)()
        with trio.fail_after(1):
            await app.ended.wait()


async def test_it_is_while_reading_is_paused_for_the_body(open_server) -> None:
    app = Watched("head")
    app.phase = "paused"

    async def unread(scope, receive, send) -> None:
        app.reached.set()
        try:
            await trio.sleep_forever()
        finally:
            app.ended.set()

    async with open_server(unread) as server, open_raw_client(server.address) as client:
        await client.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
        await client.send(b"x" * 300_000)  # over the high water, and no more
        await app.reached.wait()
        await client.close()
        with trio.fail_after(1):
            await app.ended.wait()


async def test_work_after_the_answer_is_not_cancelled(open_server) -> None:
    go_on, done = trio.Event(), trio.Event()

    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})
        await go_on.wait()
        await trio.lowlevel.checkpoint()
        done.set()

    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(GET)
        await client.read_response()
        await client.close()
        await trio.testing.wait_all_tasks_blocked(0.01)
        go_on.set()
        with trio.fail_after(1):
            await done.wait()


async def test_an_application_that_survives_its_client_sends_to_nobody(open_server) -> None:
    told = []
    reached, done = trio.Event(), trio.Event()

    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        reached.set()
        with trio.CancelScope(shield=True):
            assert (await receive())["type"] == "http.request"
            assert (await receive())["type"] == "http.disconnect"
            for _ in range(20):  # the kernel may take some before it says so
                try:
                    part = {"type": "http.response.body", "body": b"y" * 99, "more_body": True}
                    await send(part)
                except ClientGoneError as error:
                    told.append(error)
                    done.set()
                    raise
                await trio.testing.wait_all_tasks_blocked()

    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(GET)
        await reached.wait()
        await client.reset()
        with trio.fail_after(2):
            await done.wait()
    assert told


@pytest.mark.slow
async def test_2000_aborts_leave_nothing_behind(open_server) -> None:
    async def app(scope, receive, send) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while True:
            await send({"type": "http.response.body", "body": b"x", "more_body": True})
            await trio.sleep(0.001)

    async with open_server(app) as server:
        cells = server.service.row.cells
        total, now = sum(cells), count_open_fds()
        tasks = trio.lowlevel.current_statistics().tasks_living
        moments = [b"", GET[:9], GET, GET]

        async def abort(count: int) -> None:
            for i in range(count):
                async with open_raw_client(server.address) as client:
                    await client.send(moments[i % 4])
                    if i % 4 == 3:
                        await client.receive()
                    await (client.reset() if i % 8 < 4 else client.close())

        async with trio.open_nursery() as nursery:
            for _ in range(20):
                nursery.start_soon(abort, 100)
        with trio.fail_after(5):
            while trio.lowlevel.current_statistics().tasks_living > tasks:
                await trio.testing.wait_all_tasks_blocked(0.01)
        assert count_open_fds() == now
        assert sum(cells) == total + 2000


@asynccontextmanager
async def open_connection(app, data: bytes):
    """A connection with ``data`` waiting on it; gives the client's socket."""
    ours, theirs = socket.socketpair()
    service = Service(app=app, row=Board.in_memory().row(0))
    connection = Http1Connection(
        PlainWire(ours, send_timeout=1), service, Peer(client=None, server=None)
    )
    theirs.send(data)
    with trio.fail_after(2), ours, theirs:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(connection.run)
            yield theirs


async def never(scope, receive, send) -> None:
    raise AssertionError


async def test_a_refusal_that_nobody_takes() -> None:
    async with open_connection(never, b"BAD\r\n\r\n") as client:
        client.close()


async def test_a_preface_where_http2_is_not_spoken_is_refused() -> None:
    async with open_connection(never, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") as client:
        await trio.testing.wait_all_tasks_blocked()
        assert b"agreed upon in the TLS handshake" in client.recv(9999)
        client.close()


async def test_an_error_that_nobody_takes() -> None:
    closed = trio.Event()

    async def app(scope, receive, send) -> None:
        with trio.CancelScope(shield=True):
            await closed.wait()
        raise ValueError

    async with open_connection(app, GET) as client:
        await trio.testing.wait_all_tasks_blocked()
        client.close()
        closed.set()


async def test_a_client_that_leaves_its_upload_after_the_answer() -> None:
    closed = trio.Event()

    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"enough"})
        await closed.wait()

    async with open_connection(app, POST + b"abc") as client:
        await trio.testing.wait_all_tasks_blocked()
        assert client.recv(9999).endswith(b"enough")
        client.close()
        await trio.testing.wait_all_tasks_blocked()
        closed.set()


async def test_a_break_that_would_look_like_an_end_is_a_reset(open_server) -> None:
    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ab", "more_body": True})
        await broken.wait()
        raise RuntimeError("broken")

    broken = trio.Event()
    async with open_server(app) as server, open_raw_client(server.address) as client:
        await client.send(b"GET / HTTP/1.0\r\n\r\n")
        while not client.received.endswith(b"ab"):
            await client.receive()
        broken.set()
        assert await client.receive() == b""
        assert client.was_reset


async def test_refusals_are_counted(open_server) -> None:
    async with open_server(never) as server, open_raw_client(server.address) as client:
        cells = server.service.row.cells
        await client.send(b"GET / HTTP/1.1\r\n\r\n")
        await client.read_response()
        assert cells[cell("errors_total", kind="bad_request")] == 1
        assert cells[cell("responses_total", status="4xx")] == 1
