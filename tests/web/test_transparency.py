"""What the application wrote reaches the upstream untouched, and so does the reply."""

from __future__ import annotations

import gzip
import zlib

import pytest
import trio
from rig import RigOpener, format_request
from trio.testing import wait_all_tasks_blocked

from m2m_trio.settings.model import HopSettings
from m2m_trio.testing import (
    Connection,
    Request,
    chunked,
    format_chunk,
    format_head,
    gzipped,
    gzipped_sse,
    reply,
    sse,
    until_close,
)

ODD_JSON = (
    b'{ "b":1,\r\n "a" : 2, "a":3, "big": 123456789012345678901234567890, "f": 1.0e+400,'
    b' "s": "\\u00e9 \xc3\xa9 \\ud83d" }  \n'
)
STREAM = (
    b": OPENROUTER PROCESSING\n\n"
    b'event: message\r\nid: 7\r\ndata: {"a":1}\r\n\r\n'
    b'data: {"delta":"\xe4\xbd\xa0\xe5\xa5\xbd \xf0\x9f\x8e\x89"}\n\n'
    b"data: one\rdata: two\r\r"
    b"retry: 3000\nunknown field\n\n"
    b"data: [DONE]\n\n"
    b"data: after the end, and no blank line"
)


@pytest.mark.parametrize(
    "target",
    [
        "/v1/chat/completions",
        "/v1/chat/completions?a=1&b=%2F%2f&&c=%zz&d",
        "/v1/models/",
        "/v1/",
        "/v1/files/%E4%BD%A0%20%ff%FE",
        "/v1/files/a%2Fb%0Ac%00",
        "/v1//files///x",
        "/v1/a;b=c,d:e@f!$&'()*+~",
        "/other/path%20x?y=%00?z",
        "//two/slashes",
        "/static/x.css",
    ],
)
async def test_target_reaches_upstream_byte_for_byte(rig: RigOpener, target: str) -> None:
    async with rig(reply()) as node:
        assert (await node.get(target)).status == 200
        assert node.upstream.requests[0].target == target.encode()


@pytest.mark.parametrize("target", ["/chat/completions?x=1", "/models", "/files/a%2Fb"])
async def test_endpoints_without_v1_go_below_the_base_url(rig: RigOpener, target: str) -> None:
    async with rig(reply()) as node:
        await node.get(target)
        assert node.upstream.requests[0].target == b"/v1" + target.encode()


async def test_request_fields_keep_order_duplicates_and_bytes(rig: RigOpener) -> None:
    fields = ["X-Dup: 1", "Accept: */*", "X-Dup: 2", "X-Latin: \xe9\xff", "Cookie: a=b; c=d"]
    hop = ["Connection: X-Hop, keep-alive", "X-Hop: no", "Keep-Alive: timeout=5", "TE: gzip"]
    async with rig(reply()) as node:
        await node.post("/v1/embeddings", b"{}")  # asks the upstream whether it is a node
        await node.post("/v1/embeddings", ODD_JSON, *fields, *hop)
        request = node.upstream.requests[1]
    got = [pair for pair in request.fields if pair[0] not in {b"host", b"content-length"}]
    assert got == [
        (b"x-dup", b"1"),
        (b"accept", b"*/*"),
        (b"x-dup", b"2"),
        (b"x-latin", b"\xe9\xff"),
        (b"cookie", b"a=b; c=d"),
    ]
    assert request.value(b"host") == f"127.0.0.1:{node.upstream.port}".encode()
    assert request.value(b"content-length") == b"%d" % len(ODD_JSON)


@pytest.mark.parametrize(
    "body", [b"", ODD_JSON, b"\xff\x00\r\n\r\n0\r\n\r\n" * 9, b"x" * 300_000]
)
async def test_request_body_is_untouched(rig: RigOpener, body: bytes) -> None:
    async with rig(reply()) as node:
        await node.post("/v1/chat/completions", body)
        assert node.upstream.requests[0].body == body


async def test_chunked_upload_arrives_whole(rig: RigOpener) -> None:
    parts = [b"{", ODD_JSON, b"}" * 70_000]
    head = format_request("POST", "/v1/files", "Transfer-Encoding: chunked")
    async with rig(reply()) as node:
        await node.ask(head + b"".join(map(format_chunk, parts)) + b"0\r\n\r\n")
        assert node.upstream.requests[0].body == b"".join(parts)


async def test_upload_waits_for_100_continue(rig: RigOpener) -> None:
    async with rig(reply()) as node, node.connect() as client:
        await client.send(
            format_request("POST", "/v1/files", "Expect: 100-continue", "Content-Length: 4")
        )
        while b"100 " not in client.received:
            assert await client.receive()
        await client.send(b"body")
        response = await client.read_response()
        assert [head.start_line[9:12] for head in response.interim] == [b"100"]
        assert node.upstream.requests[0].body == b"body"


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
async def test_every_method_passes(rig: RigOpener, method: str) -> None:
    async with rig(reply(b'{"ok":1}')) as node:
        response = await node.ask(format_request(method, "/v1/files/f1"))
        assert (response.status, response.body) == (200, b'{"ok":1}')
        assert node.upstream.requests[0].method == method.encode()


async def test_head_keeps_the_length_and_has_no_body(rig: RigOpener) -> None:
    async with rig(reply(b"x" * 1234)) as node, node.connect() as client:
        for _ in range(2):  # the connection is good for another one
            await client.send(format_request("HEAD", "/v1/models"))
            response = await client.read_response(method=b"HEAD")
            assert response.value(b"content-length") == b"1234"
            assert response.body == b""
            assert response.complete


@pytest.mark.parametrize("status", [200, 201, 299, 302, 400, 401, 403, 404, 418, 429, 500, 529])
async def test_status_fields_and_body_come_back(rig: RigOpener, status: int) -> None:
    fields = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"x-ratelimit-remaining-requests", b"59"),
        (b"set-cookie", b"a=1; Path=/"),
        (b"retry-after", b"7"),
        (b"x-request-id", b"req_abc"),
        (b"set-cookie", b"b=2"),
        (b"x-latin", b"caf\xe9 \xff"),
        (b"x-utf8", b"\xc3\xa9"),
        (b"location", b"/elsewhere"),
        (b"server", b"upstream/1"),
        (b"date", b"Mon, 01 Jan 2024 00:00:00 GMT"),
        (b"etag", b'"x"'),
    ]
    hop = [(b"connection", b"x-hop"), (b"x-hop", b"1"), (b"keep-alive", b"timeout=9")]
    async with rig(reply(ODD_JSON, status=status, fields=[*fields, *hop])) as node:
        response = await node.get("/v1/models")
    assert response.status == status
    assert response.body == ODD_JSON
    assert list(response.fields) == [*fields, (b"content-length", b"%d" % len(ODD_JSON))]


async def test_nothing_is_added_to_a_bare_reply(rig: RigOpener) -> None:
    async with rig(reply(b"plain", fields=[])) as node:
        response = await node.get("/v1/models")
    assert {name for name, _ in response.fields} == {b"content-length", b"date"}


@pytest.mark.parametrize("status", [204, 304])
async def test_replies_without_a_body(rig: RigOpener, status: int) -> None:
    async def script(_request: Request, connection: Connection) -> None:
        await connection.send(format_head(status, [(b"ETag", b'"x"')]))

    async with rig(script) as node, node.connect() as client:
        for _ in range(2):
            await client.send(format_request("GET", "/v1/files/f/content"))
            response = await client.read_response()
            assert (response.status, response.body) == (status, b"")
            assert response.value(b"etag") == b'"x"'


async def test_large_and_unframed_bodies_come_back(rig: RigOpener) -> None:
    body = bytes(range(256)) * 4000
    async with rig(reply(body)) as node:
        assert (await node.get("/v1/files/f/content")).body == body
        node.upstream.script = chunked([body[:5], body[5:]])
        assert (await node.get("/v1/files/f/content")).body == body
        node.upstream.script = until_close(body)
        assert (await node.get("/v1/files/f/content")).body == body


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
async def test_stream_is_equal_however_it_is_cut(rig: RigOpener, size: int) -> None:
    pieces = [STREAM[start : start + size] for start in range(0, len(STREAM), size)]
    async with rig(sse(pieces)) as node:
        response = await node.post("/v1/chat/completions")
    assert response.complete
    assert response.body == STREAM
    assert response.value(b"content-type") == b"text/event-stream; charset=utf-8"
    assert response.value(b"content-length") is None


async def test_coded_bodies_pass_as_they_are(rig: RigOpener) -> None:
    hop = HopSettings(pass_coded=True)
    async with rig(gzipped(ODD_JSON), hop=hop) as node:
        response = await node.get("/v1/models", "Accept-Encoding: gzip")
        assert response.value(b"content-encoding") == b"gzip"
        assert response.body == gzip.compress(ODD_JSON, mtime=0)
        node.upstream.script = gzipped_sse([STREAM[:50], STREAM[50:]])
        response = await node.post("/v1/chat/completions")
        assert zlib.decompress(response.body, wbits=31) == STREAM
        await node.post("/v1/files", gzip.compress(ODD_JSON), "Content-Encoding: gzip")
        request = node.upstream.requests[-1]
        assert gzip.decompress(request.body) == ODD_JSON
        assert request.value(b"content-encoding") == b"gzip"


async def test_head_and_events_come_one_by_one_at_once(rig: RigOpener) -> None:
    send_piece, pieces = trio.open_memory_channel[bytes](0)
    async with rig(sse(pieces)) as node, node.connect() as client:
        await client.send(format_request("POST", "/v1/chat/completions", body=b"{}"))
        head = await client.read_head()  # before there is any event
        assert b" 200" in head.start_line
        for number in range(3):
            await send_piece.send(b"data: %d\n\n" % number)
            assert (await client.read_body_until(b"data: %d" % number)).endswith(b"\n\n")
        await send_piece.aclose()
        assert (await client.read_response()).complete


async def test_slow_client_stops_the_upstream(rig: RigOpener) -> None:
    sent = 0

    async def script(_request: Request, connection: Connection) -> None:
        nonlocal sent
        piece = b"data: " + b"x" * 65_000 + b"\n\n"
        await connection.send(
            format_head(
                200,
                [(b"Content-Type", b"text/event-stream"), (b"Transfer-Encoding", b"chunked")],
            )
        )
        while True:
            await connection.send(format_chunk(piece))
            sent += len(piece)

    async with rig(script) as node, node.connect() as client:
        await client.send(format_request("POST", "/v1/chat/completions", body=b"{}"))
        await node.upstream.request(0)
        await wait_all_tasks_blocked(0.1)
        stopped_at = sent
        assert stopped_at < 32 * 2**20  # what the kernel's buffers of two connections take
        await wait_all_tasks_blocked(0.1)
        assert sent == stopped_at
        while sent == stopped_at:
            await client.receive()


async def test_connection_serves_one_reply_after_another(rig: RigOpener) -> None:
    async with rig(reply(b"{}")) as node, node.connect() as client:
        for script in (reply(b"1"), sse([b"data: 2\n\n"]), reply(b"3", status=404)):
            node.upstream.script = script
            await client.send(format_request("POST", "/v1/chat/completions", body=b"{}"))
            response = await client.read_response()
            assert response.complete
            assert b"%c" % response.body.strip()[-1] in b"123"
        assert len(node.upstream.connections) == 1


async def test_http10_client_gets_the_body_until_close(rig: RigOpener) -> None:
    request = b"POST /v1/chat/completions HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}"
    async with rig(sse([STREAM])) as node, node.connect() as client:
        await client.send(request)
        received = await client.read_to_end()
        assert received.partition(b"\r\n\r\n")[2] == STREAM
