from __future__ import annotations

import gzip
import ssl
import zlib

import pytest
import trio
import trustme

from m2m_trio.testing import (
    Connection,
    Request,
    Upstream,
    chunked,
    count_open_fds,
    endless_body,
    endless_head,
    garbage,
    gzipped,
    gzipped_sse,
    in_turn,
    lying_length,
    open_raw_client,
    open_upstream,
    parse_response,
    raw,
    raw_exchange,
    reply,
    sse,
    unanswered,
    until_close,
)

GET = b"GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"


def address(upstream: Upstream) -> tuple[str, int]:
    return (upstream.host, upstream.port)


async def test_requests_are_recorded_byte_for_byte() -> None:
    head = b"POST /v1/x?a=1 HTTP/1.1\r\nHoSt: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b'3\r\n{"a\r\n5\r\n": 1}\r\n0\r\n\r\n'
    async with open_upstream(reply(b"[]")) as upstream:
        assert upstream.url == f"http://127.0.0.1:{upstream.port}/v1"
        async with open_raw_client(address(upstream)) as client:
            for byte in head + body:
                await client.send(bytes([byte]))
            assert (await client.read_response()).json() == []
            request = await upstream.request(0)
            assert request.head.raw == head
            assert (request.method, request.target, request.version) == (
                b"POST",
                b"/v1/x?a=1",
                b"1.1",
            )
            assert request.fields[0] == (b"HoSt", b"x")
            assert request.value(b"host") == b"x"
            assert request.values(b"nothing") == []
            assert request.raw_body == body
            assert request.json() == {"a": 1}
            assert not request.closed.is_set()
            assert request.closed_at is None
            assert upstream.open_connections == [request.connection]
        await request.closed.wait()
        assert request.closed_by_peer
        assert request.closed_at is not None
        assert request.closed_at >= request.received_at
        await upstream.all_closed()
        assert upstream.open_connections == []


async def test_keep_alive_and_pipelining_and_close() -> None:
    last = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    async with open_upstream(in_turn(reply(b"1"), reply(b"2"))) as upstream:
        async with open_raw_client(address(upstream)) as client:
            await client.send(GET + GET + last)
            assert [(await client.read_response()).body for _ in range(3)] == [b"1", b"2", b"2"]
            assert await client.receive() == b""
            assert await client.receive() == b""
        assert [request.connection.number for request in upstream.requests] == [0, 0, 0]
        assert not upstream.requests[0].closed_by_peer


async def test_request_can_be_awaited_before_it_comes() -> None:
    seen: list[bytes] = []
    async with open_upstream(reply()) as upstream:

        async def wait() -> None:
            seen.append((await upstream.request(1)).target)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(wait)
            await raw_exchange(address(upstream), GET + GET, responses=2)
    assert seen == [b"/v1/models"]


async def test_a_peer_that_leaves_mid_request_is_seen() -> None:
    async with open_upstream(reply()) as upstream:
        part = b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n123"
        async with open_raw_client(address(upstream)) as client:
            await client.send(part)
            await client.half_close()
            assert await client.read_to_end() == b""
        await upstream.all_closed()
        assert upstream.requests == []
        assert upstream.connections[0].received == part
        assert upstream.connections[0].closed_by_peer


@pytest.mark.parametrize("leave", ["close", "reset"])
async def test_a_peer_that_leaves_mid_stream_is_seen_at_once(leave: str) -> None:
    async with (
        open_upstream(sse([b"data: 1\n\n"], ending="stall")) as upstream,
        open_raw_client(address(upstream)) as client,
    ):
        await client.send(GET)
        await client.read_head()
        assert await client.read_body_until(b"\n\n") == b"data: 1\n\n"
        await getattr(client, leave)()
        request = await upstream.request(0)
        await request.closed.wait()
        assert request.closed_by_peer


async def test_sending_to_a_peer_that_left_ends_the_script_quietly() -> None:
    async with open_upstream(endless_body()) as upstream:
        async with open_raw_client(address(upstream)) as client:
            await client.send(GET)
            await client.read_head()
            await client.read_body_until(b"again")
        await upstream.all_closed()


async def test_answers_that_are_whole() -> None:
    scripts = {
        b"reply": reply(b"{}", status=429, fields=[(b"Retry-After", b"2")]),
        b"gzipped": gzipped(b"text"),
        b"chunked": chunked([b"a", b"bc"], trailers=[(b"X-T", b"1")]),
        b"gzipped_sse": gzipped_sse([b"data: 1\n\n", b"data: 2\n\n"]),
        b"until_close": until_close(b"rest"),
    }

    async def script(request: Request, connection: Connection) -> None:
        await scripts[request.target[1:]](request, connection)

    async with open_upstream(script) as upstream:

        async def get(name: bytes, method: bytes = b"GET") -> bytes:
            data = method + b" /" + name + b" HTTP/1.1\r\n\r\n"
            return await raw_exchange(address(upstream), data)

        limited = parse_response(await get(b"reply"), closed=False)
        assert limited.head.raw == (
            b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2\r\nContent-Length: 2\r\n\r\n"
        )
        head = parse_response(await get(b"reply", b"HEAD"), method=b"HEAD", closed=False)
        assert head.value(b"content-length") == b"2"
        assert gzip.decompress(parse_response(await get(b"gzipped")).body) == b"text"
        stream = parse_response(await get(b"chunked"), closed=False)
        assert stream.chunk_sizes == (1, 2)
        assert stream.trailers == ((b"X-T", b"1"),)
        events = parse_response(await get(b"gzipped_sse"), closed=False)
        first = events.body[: events.chunk_sizes[0]]
        assert zlib.decompressobj(wbits=31).decompress(first) == b"data: 1\n\n"
        assert gzip.decompress(events.body) == b"data: 1\n\ndata: 2\n\n"
        assert parse_response(await get(b"until_close")).body == b"rest"


async def test_a_channel_decides_when_each_event_goes() -> None:
    source, pieces = trio.open_memory_channel[bytes](0)
    async with (
        open_upstream(sse(pieces)) as upstream,
        open_raw_client(address(upstream)) as client,
    ):
        await client.send(GET)
        await client.read_head()
        for number in (b"1", b"2"):
            await source.send(number)
            assert (await client.read_body_until(number)).endswith(number)
        source.close()
        assert (await client.read_response()).complete


async def test_answers_that_are_broken() -> None:
    scripts = [
        lying_length(b"123", 5),
        lying_length(b"123", 2, ending="clean"),
        garbage(),
        raw(b"HTTP/1.1 200 OK\r\nX-"),
        unanswered("close"),
        unanswered("reset"),
        chunked([b"a"], ending="close"),
        sse([b"a"], ending="reset"),
    ]
    async with open_upstream(in_turn(*scripts)) as upstream:
        short = parse_response(await raw_exchange(address(upstream), GET))
        assert (short.complete, short.body) == (False, b"123")
        async with open_raw_client(address(upstream)) as client:
            await client.send(GET)
            assert (await client.read_response()).body == b"12"
            while not client.received.endswith(b"123"):
                await client.receive()
        with pytest.raises(ValueError, match="not a status line"):
            await raw_exchange(address(upstream), GET)
        with pytest.raises(ValueError, match="no complete head"):
            await raw_exchange(address(upstream), GET)
        assert await raw_exchange(address(upstream), GET, responses=None) == b""
        async with open_raw_client(address(upstream)) as client:
            await client.send(GET)
            assert await client.read_to_end() == b""
            assert client.was_reset
        async with open_raw_client(address(upstream)) as client:
            await client.send(GET)
            cut = await client.read_response()
            assert (cut.complete, cut.body) == (False, b"a")
            assert not client.was_reset
        async with open_raw_client(address(upstream)) as client:
            await client.send(GET)
            await client.read_to_end()
            assert client.was_reset
        assert [c.closed_by_peer for c in upstream.connections[4:]] == [False] * 4


async def test_endless_head_ends_with_its_reader() -> None:
    async with open_upstream(endless_head()) as upstream:
        with pytest.raises(ValueError, match="no end of the head"):
            await raw_exchange(address(upstream), GET)
        await upstream.all_closed()


async def test_a_script_that_closes_and_sends_on_is_forgiven() -> None:
    async def script(_request: Request, connection: Connection) -> None:
        await connection.close()
        await connection.send(b"late")

    async with open_upstream(script) as upstream:
        assert await raw_exchange(address(upstream), GET, responses=None) == b""


async def test_a_failing_script_fails_the_test_with_its_own_exception() -> None:
    async def script(request: Request, _connection: Connection) -> None:
        raise KeyError(request.target)

    with pytest.raises(KeyError, match="/v1/models"):
        async with open_upstream(script) as upstream:
            await raw_exchange(address(upstream), GET, responses=None)
            await trio.sleep_forever()


async def test_a_malformed_request_fails_the_test() -> None:
    with pytest.raises(ValueError, match="not a header field"):
        async with open_upstream(reply()) as upstream:
            await raw_exchange(
                address(upstream), b"GET / HTTP/1.1\r\nA : 1\r\n\r\n", responses=None
            )
            await trio.sleep_forever()


async def test_a_request_refused_while_it_is_sent_can_still_be_read() -> None:
    async def script(_request: Request, _connection: Connection) -> None:
        raise AssertionError("incomplete requests reach no script")

    async with open_upstream(script) as upstream:
        body = b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 8_000_000
        async with trio.open_nursery() as nursery:

            async def refuse() -> None:
                while not upstream.connections:
                    await trio.lowlevel.checkpoint()
                await upstream.connections[0].reset()

            nursery.start_soon(refuse)
            assert await raw_exchange(address(upstream), body, responses=None) == b""


async def test_over_tls() -> None:
    authority = trustme.CA()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    client_context = ssl.create_default_context()
    authority.configure_trust(client_context)
    scripts = in_turn(reply(b"safe"), chunked([b"a"], ending="close"), unanswered("reset"))
    async with open_upstream(scripts, tls=server) as upstream:
        assert upstream.origin.startswith("https://")
        async with open_raw_client(address(upstream), tls=client_context) as client:
            with pytest.raises(ValueError, match="half-close"):
                await client.half_close()
            await client.send(GET)
            assert (await client.read_response()).body == b"safe"
            await client.send(GET)
            assert not (await client.read_response()).complete
            assert not client.was_reset
        async with open_raw_client(address(upstream), tls=client_context) as client:
            await client.send(GET)
            await client.read_to_end()
            assert client.was_reset
        async with open_raw_client(address(upstream), tls=client_context) as client:
            await client.reset()
        await upstream.all_closed()


async def test_over_ipv6() -> None:
    async with open_upstream(reply(b"6"), host="::1") as upstream:
        assert upstream.origin == f"http://[::1]:{upstream.port}"
        answer = await raw_exchange(("::1", upstream.port), GET)
        assert parse_response(answer).body == b"6"


async def test_read_body_until_needs_a_head_and_a_marker_that_comes() -> None:
    async with (
        open_upstream(reply(b"x")) as upstream,
        open_raw_client(address(upstream)) as client,
    ):
        with pytest.raises(ValueError, match="read_head comes first"):
            await client.read_body_until(b"x")
        await client.send(GET)
        await client.read_head()
        with pytest.raises(ValueError, match="never came"):
            await client.read_body_until(b"y")


async def test_nothing_stays_open() -> None:
    before = count_open_fds()
    async with open_upstream(reply()) as upstream:
        for _ in range(20):
            await raw_exchange(address(upstream), GET)
        assert count_open_fds() > before
    assert count_open_fds() == before
