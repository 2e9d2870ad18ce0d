"""`HopMiddleware` and `HopTransport` as a pair, and the middleware towards others."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from hop_app import EVENTS, REPLY, Line, RecordingApp, chat

from m2m_trio.codecs import zstd, zstd_static
from m2m_trio.hop.sessions import BaseLimits, digest_of
from m2m_trio.proxy.tenants import Tenants
from m2m_trio.upstream.httpx_transport import HopTransport
from m2m_trio.web import hop_middleware
from m2m_trio.web.hop_middleware import HopMiddleware

URL = "http://localhost/v1/chat/completions"
KEY = {"authorization": "Bearer key-1"}
STREAM = b"".join(EVENTS)


class Pair:
    """An httpx client at one end, a recording app at the other, a line between."""

    def __init__(
        self,
        middleware: dict[str, Any] | None = None,
        transport: dict[str, Any] | None = None,
        client: tuple[str, int] = ("127.0.0.1", 9),
    ) -> None:
        self.app = RecordingApp()
        self.gateway = HopMiddleware(self.app, **(middleware or {}))
        self.line = Line(self.gateway, client)
        self.transport = HopTransport(self.line, **(transport or {}))
        self.client = httpx.AsyncClient(transport=self.transport, headers=KEY)

    async def post(self, body: bytes, url: str = URL, **headers: str) -> httpx.Response:
        return await self.client.post(url, content=body, headers=headers)


async def test_a_session_is_coded_after_its_first_turn() -> None:
    pair = Pair()
    turns = ["What do owls eat?"]
    for turn in ("And at night?", "And in winter?", "Why?"):
        reply = await pair.post(chat(*turns))
        assert reply.content == REPLY
        assert reply.headers["content-length"] == str(len(REPLY))
        assert "m2m-hop" not in reply.headers
        assert "content-encoding" not in reply.headers
        assert pair.app.bodies[-1] == chat(*turns)
        turns.append(turn)
    assert pair.line.codings == [
        ("identity", "m2m-zd1"),
        ("dcz", "m2m-zd1"),
        ("dcz", "m2m-zd1"),
    ]
    assert len(pair.line.requests[-1].content) < len(chat(*turns)) / 5


async def test_the_app_sees_a_plain_request() -> None:
    pair = Pair()
    for _ in range(2):
        await pair.post(chat("Owls?"))
    headers = dict(pair.app.scopes[-1]["headers"])
    assert headers[b"content-length"] == str(len(chat("Owls?"))).encode()
    assert b"m2m" not in b"".join(headers.values())
    assert not {b"m2m-hop", b"content-encoding", b"transfer-encoding"} & headers.keys()


async def test_a_streamed_reply_is_coded_and_remembered() -> None:
    pair = Pair()
    for _ in range(2):
        async with pair.client.stream("POST", URL, content=chat("Owls?", stream=True)) as reply:
            parts = [part async for part in reply.aiter_raw()]
        assert parts == EVENTS  # the rhythm of the app
    assert pair.line.codings == [("identity", "m2m-df1"), ("dcz", "m2m-df1")]
    assert len(pair.line.replies[-1][2]) < len(STREAM) / 2


def test_a_client_that_stops_at_done_has_its_base() -> None:
    async def session() -> None:
        pair = Pair()
        for _ in range(2):
            async with pair.client.stream(
                "POST", URL, content=chat("Owls?", stream=True)
            ) as reply:
                async for part in reply.aiter_raw():  # openai-python reads like this
                    if b"[DONE]" in part:
                        break
        assert pair.line.codings == [("identity", "m2m-df1"), ("dcz", "m2m-df1")]
        assert {status for status, _, _ in pair.line.replies} == {200}

    asyncio.run(session())  # on trio httpx warns of its own generators


async def test_an_exchange_that_broke_off_is_a_base_without_its_reply() -> None:
    async def app(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"one", "more_body": True})
        raise ConnectionError

    gateway = HopMiddleware(app)
    with pytest.raises(ConnectionError):
        await messages_of(gateway, {"type": "http.request", "body": b"owl"}, wrapped=False)
    tenant = Tenants().find(b"gateway", [], b"")
    assert tenant is not None
    assert gateway.bases.get(tenant, digest_of(b"owl"), 0.0) == b"owl"


def test_the_pair_runs_on_asyncio_as_well() -> None:
    async def session() -> list[tuple[str, str]]:
        pair = Pair()
        for _ in range(2):
            assert (await pair.post(chat("Owls?", stream=True))).content == STREAM
        return pair.line.codings

    assert asyncio.run(session()) == [("identity", "m2m-df1"), ("dcz", "m2m-df1")]


async def test_one_request_may_be_left_plain() -> None:
    pair = Pair()
    await pair.post(chat("Owls?"))
    assert (await pair.post(chat("Owls?"), **{"x-m2m-hop": "off"})).content == REPLY
    assert pair.line.codings[1] == ("identity", "identity")


async def test_a_lost_base_costs_one_more_request() -> None:
    pair = Pair()
    await pair.post(chat("Owls?"))
    pair.gateway.bases.forget_all()
    assert (await pair.post(chat("Owls?", "Owls!"))).content == REPLY
    assert [request for request, _ in pair.line.codings] == ["identity", "dcz", "m2m-zd1"]
    assert [status for status, _, _ in pair.line.replies] == [200, 415, 200]
    assert pair.app.bodies == [chat("Owls?"), chat("Owls?", "Owls!")]


async def test_tenants_do_not_share_bases() -> None:
    pair = Pair()
    await pair.post(chat("Owls?"))
    await pair.post(chat("Owls?"), authorization="Bearer key-2")
    assert pair.line.codings[1] == ("m2m-zd1", "m2m-zd1")


async def test_sessions_may_be_switched_off_at_either_end() -> None:
    for options in (
        {"transport": {"sessions": False}},
        {"middleware": {"base_limits": BaseLimits(tenant_bytes=0)}},
    ):
        pair = Pair(**options)
        for _ in range(3):
            assert (await pair.post(chat("Owls?"))).content == REPLY
        assert [request for request, _ in pair.line.codings] == ["identity"] + ["m2m-zd1"] * 2


async def test_other_routes_are_coded_but_not_remembered() -> None:
    pair = Pair()
    for _ in range(2):
        await pair.post(chat("Owls?"), "http://localhost/v1/embeddings")
    assert pair.line.codings[1] == ("m2m-zd1", "m2m-zd1")
    assert len(pair.gateway.bases) == len(pair.transport.bases) == 0


async def test_a_far_edge_needs_tls_unless_told_otherwise() -> None:
    far = ("192.0.2.7", 9)
    pair = Pair(client=far)
    for _ in range(2):
        assert (await pair.post(chat("Owls?"))).content == REPLY
    assert set(pair.line.codings) == {("identity", "identity")}
    for options, url in (({"insecure": True}, URL), ({}, URL.replace("http:", "https:"))):
        pair = Pair(middleware=options, client=far)
        for _ in range(2):
            await pair.post(chat("Owls?", stream=True), url)
        assert pair.line.codings[1] == ("dcz", "m2m-df1")
        assert len(pair.line.replies[1][2]) % 64 == 0


async def test_requests_that_leave_the_machine_are_padded() -> None:
    pair = Pair(transport={"insecure": True})
    for turn in ("Owls?", "Owls? And why?"):
        await pair.post(chat(turn), "http://gateway.example/v1/chat/completions")
    assert pair.line.codings[1][0] == "dcz"
    assert len(pair.line.requests[1].content) % 256 == 0


async def test_a_secret_keeps_others_out() -> None:
    for secret, coded in (("owl", True), ("", False), ("eagle", False)):
        pair = Pair({"secret": "owl"}, {"secret": secret})
        for _ in range(2):
            assert (await pair.post(chat("Owls?"))).content == REPLY
        assert ("dcz" in dict(pair.line.codings)) is coded


async def test_a_damaged_reply_is_an_error_and_nothing_else() -> None:
    for body in (chat("Owls?"), chat("Owls?", stream=True)):
        pair = Pair()
        pair.line.spoil = lambda coded: coded[:30] + bytes((coded[30] ^ 1,)) + coded[31:]
        with pytest.raises(httpx.RemoteProtocolError, match="damaged"):
            await pair.post(body)
        pair.line.spoil = lambda coded: coded[:-1]
        with pytest.raises(httpx.RemoteProtocolError, match=r"cut short|before its end"):
            await pair.post(body)


# -- towards clients that are no nodes ------------------------------------------------------


async def asked(app: Any, body: bytes, **headers: str) -> httpx.Response:
    """What an ordinary client gets."""
    inner = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=inner, headers=KEY) as client:
        return await client.post(URL, content=body, headers=headers)


async def test_ordinary_clients_notice_nothing() -> None:
    app = RecordingApp()
    through, direct = [await asked(each, chat("Owls?")) for each in (HopMiddleware(app), app)]
    assert through.content == direct.content
    assert through.headers.raw == direct.headers.raw
    assert app.scopes[0]["headers"] == app.scopes[1]["headers"]


async def test_other_scopes_are_the_apps() -> None:
    app = RecordingApp()
    await HopMiddleware(app)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert app.scopes == [{"type": "lifespan"}]


async def test_zstd_is_read_from_anybody() -> None:
    app = RecordingApp()
    encoded = zstd.encode(chat("Owls?"))
    reply = await asked(HopMiddleware(app), encoded, **{"content-encoding": "zstd"})
    assert reply.status_code == 200
    assert app.bodies == [chat("Owls?")]


@pytest.mark.parametrize(
    ("coding", "body", "status"),
    [
        ("zstd", b"owl", 400),
        ("m2m-zd1", zstd_static.encode(b"owl"), 415),
        ("zstd", zstd.encode(bytes(9 << 20)), 413),
    ],
)
async def test_what_cannot_be_read_does_not_reach_the_app(
    coding: str, body: bytes, status: int
) -> None:
    app = RecordingApp()
    reply = await asked(HopMiddleware(app), body, **{"content-encoding": coding})
    assert reply.status_code == status
    assert reply.json()["error"]["message"]
    assert app.bodies == []


NODE_SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/v1/chat/completions",
    "headers": [(b"accept-encoding", b"m2m-df1, m2m-zd1")],
    "extensions": {"http.response.pathsend": {}, "http.response.push": {}},
}


async def messages_of(
    app: Any, *received: dict[str, Any], wrapped: bool = True
) -> list[dict[str, Any]]:
    """What a gateway before ``app`` sends to a node."""
    queue, sent = list(received), []

    async def receive() -> dict[str, Any]:
        return queue.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    gateway = HopMiddleware(app) if wrapped else app
    await gateway(dict(NODE_SCOPE), receive, send)
    return sent


async def test_a_body_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hop_middleware, "MAX_BODY_BYTES", 10)
    app = RecordingApp()
    head, _ = await messages_of(app, {"type": "http.request", "body": bytes(11)})
    assert head["status"] == 413
    assert app.bodies == []


async def test_a_client_that_leaves_early_does_not_reach_the_app() -> None:
    app = RecordingApp()
    assert await messages_of(app, {"type": "http.disconnect"}) == []
    assert app.bodies == []


async def test_the_app_hears_of_a_client_that_leaves_later() -> None:
    heard = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        heard.extend([await receive(), await receive()])
        assert list(scope["extensions"]) == ["http.response.push"]

    await messages_of(
        app,
        {"type": "http.request", "body": b"ow", "more_body": True},
        {"type": "http.request", "body": b"l"},
        {"type": "http.disconnect"},
    )
    assert heard == [
        {"type": "http.request", "body": b"owl", "more_body": False},
        {"type": "http.disconnect"},
    ]


async def test_what_is_not_worth_coding_goes_as_it_is() -> None:
    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.push", "path": "/x"})
        start = {"type": "http.response.start", "status": 200}
        await send({**start, "headers": [(b"content-type", b"image/png")]})
        await send({"type": "http.response.body", "body": b"one", "more_body": True})
        await send({"type": "http.response.body", "body": b"two"})

    push, head, *body = await messages_of(app, {"type": "http.request", "body": b"x"})
    assert push["type"] == "http.response.push"
    assert b"content-encoding" not in dict(head["headers"])
    assert [each["body"] for each in body] == [b"one", b"two"]
