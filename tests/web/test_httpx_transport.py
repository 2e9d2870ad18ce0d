"""`HopTransport` towards those that are no nodes, and in a sync client."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import trio
from hop_app import EVENTS, REPLY, RecordingApp, chat

from m2m_trio.upstream import httpx_transport
from m2m_trio.upstream.httpx_transport import HopTransport
from m2m_trio.web.hop_middleware import HopMiddleware

URL = "http://localhost/v1/chat/completions"
Handler = Callable[[httpx.Request], httpx.Response]


def client_of(handler: Handler, **options: bool) -> httpx.Client:
    return httpx.Client(transport=HopTransport(httpx.MockTransport(handler), **options))


class Served(httpx.BaseTransport):
    """An ASGI app for sync clients: a small event loop for each request."""

    def __init__(self, app: object) -> None:
        self._inner = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        self.codings: list[str | None] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def ask() -> httpx.Response:
            response = await self._inner.handle_async_request(request)
            assert isinstance(response.stream, httpx.AsyncByteStream)
            body = b"".join([part async for part in response.stream])
            return httpx.Response(
                response.status_code, headers=response.headers.raw, content=body
            )

        self.codings.append(request.headers.get("content-encoding"))
        request.read()
        return trio.run(ask)


def test_a_sync_client_is_an_edge_too() -> None:
    served = Served(HopMiddleware(RecordingApp()))
    with httpx.Client(transport=HopTransport(served)) as client:
        assert client.post(URL, content=chat("Owls?", stream=True)).content == b"".join(EVENTS)
        with client.stream("POST", URL, content=chat("Owls?", stream=True)) as reply:
            assert list(reply.iter_raw()) == EVENTS
    assert served.codings == [None, "dcz"]


@pytest.mark.parametrize("name", ["httpx", "httpx2"])
async def test_clients_of_the_fork_are_taken_as_well(name: str) -> None:
    library = pytest.importorskip(name)
    app, codings = RecordingApp(), []

    async def line(scope: Any, receive: Any, send: Any) -> None:
        codings.append(dict(scope["headers"]).get(b"content-encoding"))
        await gateway(scope, receive, send)

    gateway = HopMiddleware(app)
    transport = HopTransport(library.ASGITransport(app=line))
    async with library.AsyncClient(transport=transport) as client:
        for _ in range(2):
            reply = await client.post(URL, content=chat("Owls?", stream=True))
            assert reply.content == b"".join(EVENTS)
            assert isinstance(reply, library.Response)
    assert codings == [None, b"dcz"]


@pytest.mark.parametrize("name", ["httpx", "httpx2"])
def test_what_comes_damaged_is_the_librarys_own_error(name: str) -> None:
    library = pytest.importorskip(name)

    def gateway(_request: Any) -> Any:
        headers = {"m2m-hop": "node=n", "content-encoding": "m2m-df1"}
        return library.Response(200, headers=headers, content=b"no such stream")

    transport = HopTransport(library.MockTransport(gateway))
    with (
        library.Client(transport=transport) as client,
        pytest.raises(library.RemoteProtocolError, match="damaged"),
    ):
        client.post(URL, content=chat("Owls?"))


@pytest.mark.parametrize(("by_user", "next_coding"), [(False, "dcz"), (True, "m2m-zd1")])
def test_users_behind_one_key_are_told_apart_if_asked(by_user: bool, next_coding: str) -> None:
    served = Served(HopMiddleware(RecordingApp()))
    asked = chat("Owls? " * 40)
    with httpx.Client(transport=HopTransport(served, by_user=by_user)) as client:
        for user in (b"ann", b"ann", b"bob", b"bob"):
            client.post(URL, content=asked[:-1] + b',"user":"%s"}' % user)
    assert served.codings == [None, "dcz", next_coding, "dcz"]


def test_threads_may_share_a_client() -> None:
    app = RecordingApp()
    transport = HopTransport(Served(HopMiddleware(app)))
    replies = []

    def session(name: int) -> None:
        turns = [f"Tell me of owl {name}"]
        for turn in range(3):
            replies.append(client.post(URL, content=chat(*turns)).content)
            turns.append(f"{turn}?")

    with httpx.Client(transport=transport) as client:
        threads = [threading.Thread(target=session, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert replies == [REPLY] * 12
    assert len(set(app.bodies)) == 12


def test_a_plain_provider_is_asked_once_and_left_alone() -> None:
    accepted = []

    def provider(request: httpx.Request) -> httpx.Response:
        accepted.append(request.headers["accept-encoding"])
        assert request.content == chat("Owls?")
        assert request.headers["host"] == "localhost"
        return httpx.Response(200, headers={"x-a": "b", "m2m-x": "y"}, content=REPLY)

    with client_of(provider) as client:
        for _ in range(2):
            reply = client.post(URL, content=chat("Owls?"))
            assert reply.content == REPLY
            assert reply.headers["x-a"] == "b"
    assert accepted[0].endswith("m2m-df1, m2m-zd1")
    assert "m2m" not in accepted[1]


@pytest.mark.parametrize(
    ("method", "url"),
    [("GET", "http://localhost/v1/models"), ("POST", "http://provider.example/v1/x")],
)
def test_nothing_is_asked_where_nothing_may_be_coded(method: str, url: str) -> None:
    def provider(request: httpx.Request) -> httpx.Response:
        assert "m2m" not in str(request.headers)
        return httpx.Response(200)

    with client_of(provider) as client:
        assert client.request(method, url).status_code == 200


def test_a_body_that_is_made_while_it_is_sent_is_left_alone() -> None:
    def provider(request: httpx.Request) -> httpx.Response:
        assert "m2m" not in str(request.headers)
        assert request.headers["transfer-encoding"] == "chunked"
        return httpx.Response(200, content=request.read())

    with client_of(provider) as client:
        assert client.post(URL, content=iter([b"one", b"two"])).content == b"onetwo"


def test_far_sides_are_forgotten_beyond_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpx_transport, "MAX_ORIGINS", 2)
    asked = []

    def provider(request: httpx.Request) -> httpx.Response:
        asked.append("m2m" in request.headers["accept-encoding"])
        return httpx.Response(200)

    with client_of(provider) as client:
        for port in (1, 2, 3, 2, 3, 1):
            client.post(f"http://localhost:{port}/", content=b"x")
    assert asked == [True, True, True, False, False, True]


async def test_one_transport_is_for_one_kind_of_client() -> None:
    transport = HopTransport(httpx.ASGITransport(app=RecordingApp()))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="AsyncClient"):
        transport.handle_request(httpx.Request("POST", URL))
    transport.close()
    sync = HopTransport(Served(RecordingApp()))
    with pytest.raises(TypeError, match="Client's"):
        await sync.handle_async_request(httpx.Request("POST", URL))
    await sync.aclose()


async def test_httpx_own_transport_carries_the_bytes_by_default() -> None:
    transport = HopTransport()
    with pytest.raises(httpx.ConnectError):
        transport.handle_request(httpx.Request("POST", "http://127.0.0.1:1/", content=b"x"))
    transport.close()
    other = HopTransport()
    with pytest.raises(httpx.ConnectError):
        await other.handle_async_request(httpx.Request("GET", "http://127.0.0.1:1/"))
    await other.aclose()
