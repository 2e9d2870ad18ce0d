"""Whatever the upstream breaks, the client sees an error or a break: never an end."""

from __future__ import annotations

import json
import socket

import pytest
from rig import Rig, RigOpener

from m2m_trio.settings.model import PoolSettings, Settings, StreamSettings
from m2m_trio.testing import (
    Response,
    chunked,
    endless_head,
    garbage,
    gzipped_sse,
    in_turn,
    lying_length,
    open_node,
    raw,
    reply,
    sse,
    unanswered,
)

EVENTS = [b"data: 1\n\n", b"data: 2\n\n"]
BIG = b'{"a":1}' * 20_000


def error_of(response: Response) -> dict[str, object]:
    error = response.json()["error"]
    assert list(error) == ["message", "type", "param", "code"]
    return dict(error)


@pytest.mark.parametrize("ending", ["close", "reset"])
async def test_broken_stream_has_no_end(rig: RigOpener, ending: str) -> None:
    async with rig(sse(EVENTS, ending=ending)) as node:  # type: ignore[arg-type]
        response = await node.post("/v1/chat/completions")
        assert not response.complete
        assert b"[DONE]" not in response.body
        events = response.body.split(b"\n\n")
        assert [event + b"\n\n" for event in events[:2]] == EVENTS
        error = json.loads(events[2].removeprefix(b"data: "))["error"]
        assert error["code"] == "upstream_broken"
        assert node.upstream.origin in error["message"]
        assert events[3] == b""
        assert node.count("errors_total", kind="upstream_broken") == 1


async def test_a_broken_stream_that_told_its_length_says_why(rig: RigOpener) -> None:
    fields = [(b"Content-Type", b"text/event-stream")]
    sent = b"".join(EVENTS)
    async with rig(lying_length(sent, len(sent) + 1, fields=fields)) as node:
        response = await node.post("/v1/chat/completions")
        assert not response.complete
        assert response.body.startswith(sent + b'data: {"error":')
        assert response.body.endswith(b"}\n\n")
        assert node.count("errors_total", kind="upstream_broken") == 1


async def test_error_event_can_be_switched_off(rig: RigOpener) -> None:
    settings = StreamSettings(error_event=False)
    async with rig(sse(EVENTS, ending="close"), stream=settings) as node:
        response = await node.post("/v1/chat/completions")
        assert not response.complete
        assert response.body == b"".join(EVENTS)


@pytest.mark.parametrize(
    "script",
    [
        chunked([BIG], ending="close"),
        chunked([BIG], ending="reset"),
        lying_length(BIG, len(BIG) + 1),
        chunked([BIG], ending="close", fields=[]),
    ],
)
async def test_broken_body_has_no_end(rig: RigOpener, script: object) -> None:
    async with rig(script) as node:
        response = await node.post("/v1/files")
        assert not response.complete
        assert BIG.startswith(response.body)
        assert node.count("exchanges_open") == 0
        node.upstream.script = reply(b"fine")
        assert (await node.get("/v1/models")).body == b"fine"


async def test_broken_coded_stream_gets_no_plain_event(rig: RigOpener) -> None:
    fields = [(b"Content-Type", b"text/event-stream"), (b"Content-Encoding", b"gzip")]
    async with rig(sse([b"\x1f\x8b..."], fields=fields, ending="close")) as node:
        response = await node.post("/v1/chat/completions")
        assert not response.complete
        assert response.body == b"\x1f\x8b..."
        node.upstream.script = gzipped_sse(EVENTS)
        assert (await node.post("/v1/chat/completions")).complete


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (unanswered("close"), "upstream_broken"),
        (unanswered("reset"), "upstream_broken"),
        (garbage(), "upstream_protocol"),
        (endless_head(), "upstream_protocol"),
        (lying_length(b"{}", 3), "upstream_broken"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Le"), "upstream_broken"),
        (
            raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzzz\r\n"),
            "upstream_protocol",
        ),
    ],
)
async def test_no_reply_is_a_502_that_names_the_upstream(
    rig: RigOpener, script: object, code: str
) -> None:
    async with rig(script) as node:
        response = await node.post("/v1/chat/completions", b"{}", "X-Request-Id: mine-1")
        assert response.status == 502
        assert response.value(b"content-type") == b"application/json"
        assert response.value(b"x-request-id") == b"mine-1"
        error = error_of(response)
        assert error["code"] == code
        assert error["type"] == "server_error"
        assert node.upstream.origin in str(error["message"])
        assert node.count("errors_total", kind=code) == 1


async def test_refused_connection_says_what_to_start(engine: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    async with open_node(f"http://127.0.0.1:{port}/v1", Settings(engine=engine)) as node:
        rig = Rig(None, node.proxy, node.address, node.origin)  # type: ignore[arg-type]
        response = await rig.post("/v1/chat/completions")
    assert response.status == 502
    error = error_of(response)
    assert error["code"] == "upstream_unreachable"
    assert f"http://127.0.0.1:{port}" in str(error["message"])


async def test_silent_upstream_is_a_504(rig: RigOpener) -> None:
    async with rig(unanswered("stall"), pool=PoolSettings(head=0.1)) as node:
        response = await node.post("/v1/chat/completions")
        assert response.status == 504
        assert error_of(response)["code"] == "upstream_timeout"


async def test_stalled_stream_is_broken_off(rig: RigOpener) -> None:
    async with rig(sse(EVENTS, ending="stall"), pool=PoolSettings(idle=0.1)) as node:
        response = await node.post("/v1/chat/completions")
        assert not response.complete
        assert b"upstream_timeout" in response.body


async def test_other_exchanges_go_on(rig: RigOpener) -> None:
    script = in_turn(sse(EVENTS, ending="stall"), garbage(), reply(b"ok"))
    async with rig(script) as node, node.connect() as client:
        await client.send(b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n")
        await client.send(b"Content-Length: 2\r\n\r\n{}")
        await client.read_head()
        await client.read_body_until(EVENTS[0])
        assert (await node.get("/v1/models")).status == 502
        assert (await node.get("/v1/models")).body == b"ok"
        assert not client.closed
        assert node.count("streams_open") == 1
