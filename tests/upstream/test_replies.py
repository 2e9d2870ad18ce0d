from __future__ import annotations

import pytest
import trio
from pool_client import MakeClient, read_all

from m2m_trio.errors import UpstreamBrokenError, UpstreamError, UpstreamProtocolError
from m2m_trio.testing import (
    chunked,
    endless_head,
    garbage,
    gzipped,
    lying_length,
    open_upstream,
    raw,
    reply,
    sse,
    unanswered,
    until_close,
)
from m2m_trio.testing.upstream import Script

OK = b"HTTP/1.1 200 OK\r\n"


async def test_a_small_reply_is_whole_when_send_returns(make_client: MakeClient) -> None:
    async def script(_request: object, connection: object) -> None:
        await connection.send(OK + b"Content-Length: 6\r\n\r\nab")  # type: ignore[attr-defined]
        await trio.sleep(0.01)
        await connection.send(b"cdef")  # type: ignore[attr-defined]

    async with open_upstream(script) as upstream:
        got = await make_client(upstream.url).send()
        assert got.body == b"abcdef"
        assert got.ready


@pytest.mark.parametrize("size", [64 * 1024, 64 * 1024 + 1, 3_000_000])
async def test_a_reply_of_any_size_arrives_whole(make_client: MakeClient, size: int) -> None:
    body = (bytes(range(256)) * (size // 256 + 1))[:size]
    async with open_upstream(reply(body)) as upstream:
        client = make_client(upstream.url)
        got = await client.send()
        assert (got.body is None) == (size > 64 * 1024)
        assert await read_all(got) == body
        assert await got.receive() == b""
        (await client.send()).release()
        assert len(upstream.connections) == 1


async def test_chunks_of_one_read_come_joined(make_client: MakeClient) -> None:
    head = OK + b"Content-Type: Text/Event-Stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    script = raw(head + b"1\r\na\r\n2\r\nbc\r\n1\r\nd\r\n0\r\n\r\n", ending="stall")
    async with open_upstream(script) as upstream:
        got = await make_client(upstream.url).send()
        assert got.body is None
        assert await got.receive() == b"abcd"
        assert await got.receive() == b""


async def test_events_come_as_they_are_sent(make_client: MakeClient) -> None:
    send, receive = trio.open_memory_channel[bytes](0)
    async with open_upstream(sse(receive)) as upstream:
        got = await make_client(upstream.url).send()
        assert not got.ready
        for number in range(3):
            await send.send(b"data: %d\n\n" % number)
            assert await got.receive() == b"data: %d\n\n" % number
        await send.aclose()
        assert await got.receive() == b""
        assert got.ready


async def test_trailers_are_dropped(make_client: MakeClient) -> None:
    script = chunked([b"ab"], trailers=[(b"X-Trailer", b"1")])
    async with open_upstream(script) as upstream:
        client = make_client(upstream.url)
        got = await client.send()
        assert await read_all(got) == b"ab"
        assert b"x-trailer" not in dict(got.fields)
        again = await client.send()
        assert b"x-trailer" not in dict(again.fields)
        again.release()


@pytest.mark.parametrize("status", [204, 304])
async def test_some_statuses_have_no_body(make_client: MakeClient, status: int) -> None:
    async with open_upstream(raw(b"HTTP/1.1 %d X\r\nContent-Length: 5\r\n\r\n" % status)) as up:
        got = await make_client(up.url).send()
        assert (got.status, got.body) == (status, b"")


async def test_a_reply_to_head_has_no_body(make_client: MakeClient) -> None:
    async with open_upstream(reply(b"x" * 100)) as upstream:
        got = await make_client(upstream.url).send(b"HEAD", b"/v1/models", body=b"")
        assert (got.status, got.body) == (200, b"")
        assert dict(got.fields)[b"content-length"] == b"100"


async def test_interim_replies_are_skipped(make_client: MakeClient) -> None:
    early = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    script = raw(early + OK + b"Content-Length: 1\r\n\r\na")
    async with open_upstream(script) as upstream:
        got = await make_client(upstream.url).send()
        assert (got.status, got.body, len(got.fields)) == (200, b"a", 1)


async def test_a_coded_body_passes_untouched(make_client: MakeClient) -> None:
    async with open_upstream(gzipped(b"hello")) as upstream:
        got = await make_client(upstream.url).send()
        assert got.body is not None
        assert got.body.startswith(b"\x1f\x8b")


async def test_a_body_without_framing_ends_with_the_connection(make_client: MakeClient) -> None:
    async with open_upstream(until_close(b"abc")) as upstream:
        got = await make_client(upstream.url).send()
        assert got.body is None
        assert await read_all(got) == b"abc"


@pytest.mark.parametrize(
    ("script", "error", "words"),
    [
        (unanswered("close"), UpstreamBrokenError, "nothing was answered"),
        (unanswered("reset"), UpstreamBrokenError, "nothing was answered"),
        (raw(b"HTTP/1.1 2"), UpstreamBrokenError, "header block"),
        (lying_length(b"ab", 3), UpstreamBrokenError, "before its reply was complete"),
        (lying_length(b"ab", 3, ending="reset"), UpstreamBrokenError, "before its reply"),
        (garbage(), UpstreamProtocolError, "not HTTP/1.1"),
        (endless_head(), UpstreamProtocolError, r"\[proxy.limits\] header_bytes"),
        (raw(OK + b"X: " + b"x" * 70_000), UpstreamProtocolError, "header_bytes"),
        (raw(OK + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
         UpstreamProtocolError, "Transfer-Encoding"),
        (raw(OK + b"Content-Length: 9\r\nContent-Length: 9\r\n\r\n"),
         UpstreamProtocolError, "Content-Length"),
        (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nxx\r\n"),
         UpstreamProtocolError, "body of its reply is broken"),
        (raw(b"HTTP/1.1 101 Up\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
         UpstreamProtocolError, "101"),
        (raw(b"HTTP/1.1 102 P\r\n\r\n" * 20), UpstreamProtocolError, "interim"),
    ],
)  # fmt: skip
async def test_a_hostile_upstream_gets_the_right_error(
    make_client: MakeClient, script: Script, error: type[UpstreamError], words: str
) -> None:
    async with open_upstream(script) as upstream:
        client = make_client(upstream.url)
        with pytest.raises(error, match=words) as caught:
            await client.send()
        assert upstream.origin in str(caught.value)
        assert client.count("connections_open") == 0
        await upstream.all_closed()


async def test_a_large_head_in_one_read_counts_without_its_body(
    make_client: MakeClient,
) -> None:
    script = raw(OK + b"X: " + b"x" * 500 + b"\r\nContent-Length: 9000\r\n\r\n" + b"b" * 9000)
    async with open_upstream(script) as upstream:
        got = await make_client(upstream.url, header_bytes=1024).send()
        assert got.body == b"b" * 9000
        with pytest.raises(UpstreamProtocolError, match="header_bytes"):
            await make_client(upstream.url, header_bytes=400).send()


@pytest.mark.parametrize("ending", ["close", "reset"])
async def test_a_stream_that_breaks_never_looks_complete(
    make_client: MakeClient, ending: str
) -> None:
    send, receive = trio.open_memory_channel[bytes](0)
    async with open_upstream(sse(receive, ending=ending)) as upstream:  # type: ignore[arg-type]
        client = make_client(upstream.url)
        got = await client.send()
        await send.send(b"data: 1\n\n")
        assert await got.receive() == b"data: 1\n\n"
        await send.aclose()
        with pytest.raises(UpstreamBrokenError, match="before its reply was complete"):
            await got.receive()
        got.release()
        assert client.count("connections_open") == 0


async def test_a_broken_chunk_in_a_stream_is_an_error(make_client: MakeClient) -> None:
    head = OK + b"Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

    async def script(_request: object, connection: object) -> None:
        await connection.send(head)  # type: ignore[attr-defined]
        await go_on.wait()
        await connection.send(b"zz\r\n")  # type: ignore[attr-defined]

    go_on = trio.Event()
    async with open_upstream(script) as upstream:
        client = make_client(upstream.url)
        got = await client.send()
        go_on.set()
        with pytest.raises(UpstreamProtocolError):
            await got.receive()
        got.release()


@pytest.mark.parametrize("endless", [b"0\r\n" + b"T: x\r\n" * 40_000, b"1;" + b"e" * 250_000])
async def test_a_body_that_brings_nothing_is_limited(
    make_client: MakeClient, endless: bytes
) -> None:
    script = raw(OK + b"Transfer-Encoding: chunked\r\n\r\n" + endless, ending="stall")
    async with open_upstream(script) as upstream:
        got = await make_client(upstream.url).send()
        with pytest.raises(UpstreamProtocolError, match="extensions or trailers"):
            await read_all(got)
        got.release()


async def test_a_released_reply_never_looks_complete(make_client: MakeClient) -> None:
    async with open_upstream(sse([b"x"], ending="stall")) as upstream:
        got = await make_client(upstream.url).send()
        got.release()
        with pytest.raises(UpstreamBrokenError, match="released"):
            await read_all(got)
        await upstream.all_closed()


async def test_releasing_wakes_whoever_waits_for_more(make_client: MakeClient) -> None:
    async with open_upstream(sse([b"x"], ending="stall")) as upstream:
        client = make_client(upstream.url)
        got = await client.send()
        assert await got.receive() == b"x"
        async with trio.open_nursery() as nursery:

            async def read() -> None:
                with pytest.raises(UpstreamBrokenError):
                    await got.receive()

            nursery.start_soon(read)
            await trio.testing.wait_all_tasks_blocked()
            got.release()
        assert client.count("connections_open") == 0
