"""Law 1: what the application wrote reaches the upstream, and the other way, byte for byte."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from law_lines import CHAT
from law_rig import RigOpener

from m2m_trio.settings.model import HopSettings
from m2m_trio.testing import (
    Connection,
    Request,
    chunked,
    format_chunk,
    format_head,
    gzipped,
    gzipped_sse,
    lying_length,
    raw,
    reply,
    sse,
    until_close,
)

ODD_JSON = (
    b'{ "b":1,\r\n "a" : 2, "a":3, "big": 123456789012345678901234567890, "f": 1.0e+400,'
    b' "s": "\\u00e9 \xc3\xa9 \\ud83d" }  \n'
)
STREAM = (
    b"\xef\xbb\xbf: a comment after a byte order mark\n\n"
    b'event: message\r\nid: 7\r\nretry: 10\r\ndata: {"a":1}\r\n\r\n'
    b'data: {"delta":"\xe4\xbd\xa0\xe5\xa5\xbd \xf0\x9f\x8e\x89"}\n\n'
    b"data: one\rdata: two\r\r"
    b"\n\n\n"
    b"no colon, \xff\xfe no UTF-8, a NUL \x00\n\n"
    b"data: [DONE]\n\n"
    b"data: after the end, and no blank line"
)
BIG = bytes(range(256)) * (5 * 4096)  # 5 MiB


# What the upstream receives.


@pytest.mark.parametrize(
    "target",
    [
        "/v1/chat/completions",
        "/v1/chat/completions?a=1&b=%2F%2f&&c=%zz&d",
        "/v1/models/",
        "/v1/files/%E4%BD%A0%20%ff%FE",
        "/v1/files/a%2Fb%0Ac%00",
        "/v1//files///x",
        "/v1/a;b=c,d:e@f!$&'()*+~",
        "/other/path%20x?y=%00?z&&&",
        "//two/slashes//",
        "/%76%31/models",
        '/v1/files/"<>[]^`{|}',
    ],
)
async def test_target_is_untouched(rig: RigOpener, target: str) -> None:
    async with rig(reply()) as node:
        assert (await node.ask("GET", target)).status == 200
        assert node.upstream.requests[0].target == target.encode()


async def test_head_upstream_receives_is_the_clients_and_nothing_of_ours(
    rig: RigOpener,
) -> None:
    fields = [
        (b"X-Dup", b"1"),
        (b"accept", b"*/*"),
        (b"X-Dup", b"2"),
        (b"x-latin", b"\xe9\xff"),
        (b"x-utf8", "é".encode()),
        (b"x-inner", b"a \t b,,  c"),
        (b"x-empty", b""),
        (b"user-agent", b"OpenAI/Python 1.0"),
        (b"authorization", b"Bearer client's own"),
        (b"x-forwarded-for", b"192.0.2.1"),
        (b"via", b"1.1 other"),
        (b"accept-encoding", b"gzip, br"),
        (b"x-request-id", b"mine"),
        (b"cookie", b"a=b; c=d"),  # last: the h2 library moves it there
    ]
    async with rig(reply()) as node:
        await node.chat(ODD_JSON, fields)
        asking = node.upstream.requests[0].value(b"accept-encoding")
        await node.chat(ODD_JSON, fields)
        request = node.upstream.requests[1]
        expected = [
            b"POST /v1/chat/completions HTTP/1.1",
            f"host: 127.0.0.1:{node.upstream.port}".encode(),
            b"content-length: %d" % len(ODD_JSON),
            *[b"%b: %b" % (name.lower(), value) for name, value in fields],
        ]
    assert asking == b"gzip, br, m2m-df1, m2m-zd1"  # is it a node? it is not: never mind
    assert request.head.raw == b"\r\n".join([*expected, b"", b""])
    assert request.body == ODD_JSON


async def test_bare_request_stays_bare(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        await node.ask("GET", "/v1/models")
        host = f"127.0.0.1:{node.upstream.port}".encode()
        raw_head = node.upstream.requests[0].head.raw
    assert raw_head == b"GET /v1/models HTTP/1.1\r\nhost: " + host + b"\r\n\r\n"


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
async def test_every_method_passes(rig: RigOpener, method: str) -> None:
    async with rig(reply(b'{"ok":1}')) as node:
        answer = await node.ask(method, "/v1/files/f1")
        assert (answer.status, answer.body) == (200, b'{"ok":1}')
        assert node.upstream.requests[0].method == method.encode()


@pytest.mark.parametrize("body", [b"", ODD_JSON, b"\xff\x00\r\n\r\n0\r\n\r\n" * 9, BIG])
async def test_request_body_is_untouched(rig: RigOpener, body: bytes) -> None:
    async with rig(reply()) as node:
        await node.chat(body)
        assert node.upstream.requests[0].body == body
    async with rig(reply(), hop=HopSettings(pass_coded=True)) as node:
        await node.chat(body, [(b"content-encoding", b"whatever")])
        assert node.upstream.requests[0].body == body
        assert node.upstream.requests[0].value(b"content-encoding") == b"whatever"


@pytest.mark.parametrize("protocol", ["h2", "h2s"], indirect=True)
async def test_cookie_crumbs_are_joined_for_http1(rig: RigOpener) -> None:
    crumbs = [(b"cookie", b"a=b"), (b"x-between", b"1"), (b"cookie", b"c=d")]
    async with rig(reply()) as node:
        await node.ask("GET", "/v1/models", crumbs)
        assert node.upstream.requests[0].values(b"cookie") == [b"a=b; c=d"]  # RFC 9113 8.2.3


@pytest.mark.parametrize("protocol", ["h1", "h1s"], indirect=True)
async def test_hop_by_hop_fields_stay_on_their_hop(rig: RigOpener) -> None:
    hop = [
        (b"Connection", b"X-Hop, keep-alive"),
        (b"X-Hop", b"no"),
        (b"Keep-Alive", b"timeout=5"),
        (b"TE", b"trailers"),
        (b"Proxy-Authorization", b"Basic secret"),
        (b"Upgrade", b"h2c"),
        (b"X-End", b"yes"),
    ]
    async with rig(reply(fields=[*hop[:3], (b"Trailer", b"X"), hop[-1]])) as node:
        answer = await node.ask("GET", "/v1/models", hop)
        request = node.upstream.requests[0]
    assert [pair for pair in request.fields if pair[0] != b"host"] == [(b"x-end", b"yes")]
    assert answer.pairs == [(b"x-end", b"yes"), (b"content-length", b"2")]


# What the client receives.


@pytest.mark.parametrize(
    "status", [200, 201, 203, 206, 299, 302, 400, 401, 403, 404, 418, 429, 500, 503, 529, 599]
)
async def test_status_fields_and_body_come_back(rig: RigOpener, status: int) -> None:
    fields = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"x-ratelimit-limit-requests", b"60"),
        (b"x-ratelimit-remaining-requests", b"59"),
        (b"x-ratelimit-reset-tokens", b"6m0s"),
        (b"set-cookie", b"a=1; Path=/"),
        (b"retry-after", b"7"),
        (b"retry-after-ms", b"6500"),
        (b"x-request-id", b"req_abc"),
        (b"openai-processing-ms", b"12"),
        (b"set-cookie", b"b=2"),
        (b"x-latin", b"caf\xe9 \xff"),
        (b"x-utf8", b"\xc3\xa9"),
        (b"x-inner", b"a \t b"),
        (b"x-empty", b""),
        (b"location", b"/elsewhere"),
        (b"server", b"upstream/1"),
        (b"via", b"1.1 theirs"),
        (b"date", b"Mon, 01 Jan 2024 00:00:00 GMT"),
        (b"www-authenticate", b'Bearer realm="x"'),
        (b"etag", b'"x"'),
    ]
    async with rig(reply(ODD_JSON, status=status, fields=fields)) as node:
        answer = await node.ask("GET", "/v1/models")
    assert answer.status == status
    assert answer.body == ODD_JSON
    assert answer.complete
    assert answer.fields == [*fields, (b"content-length", b"%d" % len(ODD_JSON))]


async def test_nothing_of_ours_but_a_date_is_in_a_reply(rig: RigOpener) -> None:
    async with rig(reply(b"plain", fields=[])) as node:
        answer = await node.ask("GET", "/v1/models")
        assert {name for name, _ in answer.fields} == {b"content-length", b"date"}
        node.upstream.script = sse([b"data: 1\n\n"], fields=[(b"Content-Type", b"x/y")])
        answer = await node.chat()
        assert {name for name, _ in answer.fields} == {b"content-type", b"date"}


async def test_head_has_the_gets_fields_and_no_body(rig: RigOpener) -> None:
    async with rig(reply(b"x" * 1234)) as node, node.connect() as line:
        for _ in range(2):
            await line.start("HEAD", "/v1/models")
            answer = await line.answer()
            assert answer.value(b"content-length") == b"1234"
            assert (answer.body, answer.complete) == (b"", True)
        chunky = [(b"ETag", b'"x"'), (b"Transfer-Encoding", b"chunked")]
        node.upstream.script = raw(format_head(200, chunky), ending="clean")
        await line.start("HEAD", "/v1/models")
        answer = await line.answer()
        assert (answer.pairs, answer.complete) == ([(b"etag", b'"x"')], True)
        node.upstream.script = reply(b"fine")
        await line.start("GET", "/v1/models")
        assert (await line.answer()).body == b"fine"


@pytest.mark.parametrize("status", [204, 304])
@pytest.mark.parametrize("fields", [[], [(b"etag", b'"x"')]])
async def test_replies_without_a_body(
    rig: RigOpener, status: int, fields: list[tuple[bytes, bytes]]
) -> None:
    async def script(_request: Request, connection: Connection) -> None:
        await connection.send(format_head(status, fields))

    async with rig(script) as node, node.connect() as line:
        for _ in range(2):
            await line.start("GET", "/v1/files/f/content")
            answer = await line.answer()
            assert (answer.status, answer.body, answer.complete) == (status, b"", True)
            assert answer.pairs == fields


async def test_not_modified_keeps_the_length_it_speaks_of(rig: RigOpener) -> None:
    async def script(_request: Request, connection: Connection) -> None:
        await connection.send(format_head(304, [(b"Content-Length", b"4321")]))

    async with rig(script) as node, node.connect() as line:
        for _ in range(2):
            await line.start("GET", "/v1/files/f/content")
            answer = await line.answer()
            assert (answer.status, answer.body, answer.complete) == (304, b"", True)
            assert answer.pairs == [(b"content-length", b"4321")]


@pytest.mark.parametrize("body", [b"", b"x", ODD_JSON, BIG])
async def test_body_comes_back_however_it_is_framed(rig: RigOpener, body: bytes) -> None:
    async with rig(reply(body)) as node, node.connect() as line:
        half = len(body) // 2
        pieces = [piece for piece in (body[:half], body[half:]) if piece]
        for script in (
            reply(body),
            chunked(pieces),
            chunked(pieces, trailers=[(b"X-Checksum", b"1")]),
            until_close(body),
            lying_length(body, len(body), ending="clean"),
        ):
            node.upstream.script = script
            await line.start("POST", "/v1/embeddings", (), b"{}")
            answer = await line.answer()
            assert answer.complete
            assert answer.body == body


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
async def test_stream_is_equal_however_it_is_cut(rig: RigOpener, size: int) -> None:
    pieces = [STREAM[start : start + size] for start in range(0, len(STREAM), size)]
    async with rig(sse(pieces)) as node:
        answer = await node.chat()
    assert answer.complete
    assert answer.body == STREAM
    assert answer.value(b"content-type") == b"text/event-stream; charset=utf-8"
    assert answer.value(b"content-length") is None


@pytest.mark.parametrize("protocol", ["h1", "h2"], indirect=True)
async def test_stream_is_equal_for_every_cut_in_two(rig: RigOpener) -> None:
    async with rig(reply()) as node, node.connect() as line:
        for cut in range(len(STREAM) + 1):
            node.upstream.script = sse([p for p in (STREAM[:cut], STREAM[cut:]) if p])
            await line.start("POST", CHAT, (), b"{}")
            answer = await line.answer()
            assert (answer.complete, answer.body) == (True, STREAM), cut


@pytest.mark.parametrize(
    "stream",
    [
        b"",
        b"\n",
        b"\r\n\r\n",
        b"data: no blank line",
        b"data: cut in UTF-8 \xf0\x9f",
        b": only a comment\n\n",
        b"data: {}\n\n",  # no [DONE]
        b"data: [DONE]\n\ndata: [DONE]\n\n",
        b"data: x\r\n\r",
        b"data: x\r",
        b"data: " + b"x" * 200_000 + b"\n\n",
    ],
)
async def test_odd_streams_end_as_the_upstream_ended_them(
    rig: RigOpener, stream: bytes
) -> None:
    async with rig(sse([stream] if stream else [])) as node, node.connect() as line:
        for script in (
            sse([stream] if stream else []),
            until_close(stream, fields=[(b"Content-Type", b"text/event-stream")]),
            reply(stream, fields=[(b"Content-Type", b"TEXT/Event-Stream ;charset=x")]),
        ):
            node.upstream.script = script
            await line.start("POST", CHAT, (), b"{}")
            answer = await line.answer()
            assert (answer.complete, answer.body) == (True, stream)


async def test_coded_bodies_pass_as_they_are(rig: RigOpener) -> None:
    hop = HopSettings(pass_coded=True)
    async with rig(gzipped(ODD_JSON), hop=hop) as node:
        answer = await node.chat(b"{}", [(b"accept-encoding", b"gzip")])
        assert answer.value(b"content-encoding") == b"gzip"
        assert answer.body == gzip.compress(ODD_JSON, mtime=0)
        node.upstream.script = gzipped_sse([STREAM[:50], STREAM[50:]])
        answer = await node.chat()
        assert zlib.decompress(answer.body, wbits=31) == STREAM
        coded = gzip.compress(ODD_JSON)
        await node.chat(coded, [(b"content-encoding", b"gzip")])
        assert node.upstream.requests[-1].body == coded


@pytest.mark.parametrize("end", [b"\n\n", b"\r\n\r\n", b"\r\r"])
@pytest.mark.parametrize("protocol", ["h1", "h2"], indirect=True)
async def test_no_event_waits_for_the_next(rig: RigOpener, end: bytes) -> None:
    """However its last bytes come in, an event is all there before anything follows it."""
    event = b"data: 1" + end

    async with rig(reply()) as node:
        for cut in range(1, len(end) + 1):
            script = sse([event[:-cut], event[-cut:]], ending="stall")
            node.upstream.script = script
            async with node.connect() as line:
                await line.start("POST", CHAT, (), b"{}")
                await line.head()
                assert await line.until(event) == event


# Anything, through one long-lived node.

TOKEN = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_.!#$%&'*+^`|~", min_size=1, max_size=20)
VALUE = st.binary(max_size=40).map(
    lambda raw_value: bytes(byte for byte in raw_value if byte >= 32 and byte != 127).strip()
)
FIELDS = st.lists(st.tuples(TOKEN.map(lambda name: f"x-{name}".encode()), VALUE), max_size=12)


@pytest.mark.parametrize("protocol", ["h1", "h2"], indirect=True)
async def test_anything_passes_both_ways(rig: RigOpener) -> None:
    drawn = []

    @settings(
        max_examples=120,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        fields=FIELDS,
        body=st.binary(max_size=3000),
        answer_fields=FIELDS,
        pieces=st.lists(st.binary(min_size=1, max_size=300), max_size=20),
        is_stream=st.booleans(),
        status=st.integers(200, 599).filter(lambda status: status not in {204, 205, 304}),
    )
    def draw(**example: object) -> None:
        drawn.append(example)

    draw()
    async with rig(reply()) as node, node.connect() as line:
        for example in drawn:
            kind = b"text/event-stream" if example["is_stream"] else b"application/json"
            fields = [(b"content-type", kind), *example["answer_fields"]]
            node.upstream.script = chunked(
                example["pieces"], status=example["status"], fields=fields
            )
            await line.start("POST", "/v1/anything", example["fields"], example["body"])
            answer = await line.answer()
            assert answer.complete
            assert answer.status == example["status"]
            assert answer.body == b"".join(example["pieces"])
            assert [p for p in answer.pairs if p[0] != b"content-length"] == fields
            request = node.upstream.requests[-1]
            assert request.body == example["body"]
            assert [p for p in request.fields if p[0].startswith(b"x-")] == example["fields"]
        assert len(node.upstream.connections) == 1


@pytest.mark.parametrize("protocol", ["h1", "h1s"], indirect=True)
async def test_chunked_request_passes_whole(rig: RigOpener) -> None:
    parts = [b"{", ODD_JSON, b"}" * 70_000]
    async with rig(reply()) as node, node.connect() as line:
        await line.start("POST", "/v1/files", [(b"Transfer-Encoding", b"chunked")])
        await line.client.send(b"".join(map(format_chunk, parts)) + b"0\r\n\r\n")
        assert (await line.answer()).status == 200
        assert node.upstream.requests[0].body == b"".join(parts)
