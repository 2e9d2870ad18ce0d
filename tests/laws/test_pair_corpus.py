"""Recorded traffic of 25 back ends through an edge and a gateway: equal at both ends.

The recordings are not part of the repository: without them these tests are skipped.
"""

from __future__ import annotations

import json
import random
from itertools import pairwise

import pytest
import trio
from law_lines import CHAT
from test_corpus import (
    CORPUS,
    REPLIES,
    REQUESTS,
    SESSIONS,
    STREAMS,
    bodies_of_session,
    records,
)

from m2m_trio.testing import (
    Pair,
    RawClient,
    Response,
    Upstream,
    chunked,
    open_pair,
    open_raw_client,
    open_upstream,
    reply,
    sse,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="no recorded traffic in ../shared/corpus"),
]


def bodies(family: str) -> list[tuple[int, bytes]]:
    return [
        (line.get("status") or 200, line["body"].encode("utf-8", "surrogatepass"))
        for line in records(family)
    ]


async def exchange(client: RawClient, body: bytes, path: str = CHAT) -> Response:
    head = f"POST {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer k\r\n"
    await client.send(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
    return await client.read_response(method=b"POST")


async def deliver(client: RawClient, upstream: Upstream, body: bytes) -> None:
    answer = await exchange(client, body)
    assert (answer.status, answer.body) == (200, b"{}")
    assert upstream.requests.pop().body == body


@pytest.mark.parametrize("family", REQUESTS)
async def test_requests_cross(family: str) -> None:
    async with (
        open_upstream(reply()) as upstream,
        open_pair(upstream.url) as pair,
        open_raw_client(pair.edge.address) as client,
    ):
        for _, body in bodies(f"requests-{family}"):
            await deliver(client, upstream, body)


@pytest.mark.parametrize("family", SESSIONS)
async def test_sessions_cross_whatever_the_gateway_forgets(family: str) -> None:
    chance = random.Random(family)
    async with (
        open_upstream(reply()) as upstream,
        open_pair(upstream.url) as pair,
        open_raw_client(pair.edge.address) as client,
    ):
        for record in records(f"sessions-{family}"):
            for body in bodies_of_session(record):
                if chance.random() < 0.02:
                    pair.gateway.proxy.hop.bases.forget_all()
                await deliver(client, upstream, body)


@pytest.mark.parametrize("family", REPLIES)
async def test_replies_cross(family: str) -> None:
    async with (
        open_upstream(reply()) as upstream,
        open_pair(upstream.url) as pair,
        open_raw_client(pair.edge.address) as client,
    ):
        for number, (status, body) in enumerate(bodies(f"responses-{family}")):
            half = len(body) // 2
            pieces = [part for part in (body[:half], body[half:]) if part]
            upstream.script = (
                chunked(pieces, status=status) if number % 2 else reply(body, status=status)
            )
            answer = await exchange(client, b"{}")
            assert (answer.status, answer.body, answer.complete) == (status, body, True)


@pytest.mark.parametrize("family", STREAMS)
async def test_streams_cross_however_they_are_cut(family: str) -> None:
    chance = random.Random(family)
    async with (
        open_upstream(reply()) as upstream,
        open_pair(upstream.url) as pair,
        open_raw_client(pair.edge.address) as client,
    ):
        for _, body in bodies(f"sse-{family}"):
            cuts = sorted(chance.randrange(len(body) + 1) for _ in range(chance.randrange(40)))
            edges = [0, *cuts, len(body)]
            pieces = [body[a:b] for a, b in pairwise(edges)]
            upstream.script = sse([piece for piece in pieces if piece])
            answer = await exchange(client, b'{"stream": true}')
            assert (answer.body, answer.complete) == (body, True)


async def test_clients_that_leave_at_any_moment_spoil_nothing() -> None:
    chance = random.Random(4)
    streams = [body for _, body in bodies("sse-chat")][:60]
    with trio.fail_after(60):
        await serve_the_impatient(chance, streams)


async def serve_the_impatient(chance: random.Random, streams: list[bytes]) -> None:
    async with open_upstream(reply()) as upstream, open_pair(upstream.url) as pair:
        body = json.dumps({"messages": [{"role": "user", "content": "Hello! " * 60}]})
        asked = body.encode()
        for number, stream in enumerate(streams):
            third = len(stream) // 3 + 1
            upstream.script = sse([stream[i : i + third] for i in range(0, len(stream), third)])
            async with trio.open_nursery() as nursery:
                for _ in range(3):
                    nursery.start_soon(leave, pair, asked, chance.randrange(2500))
            asked = asked[:-3] + b'and %d"}]}' % number
            async with open_raw_client(pair.edge.address) as client:
                answer = await exchange(client, asked)
                assert (answer.body, answer.complete) == (stream, True)
        assert {request.body[:40] for request in upstream.requests} == {asked[:40]}
        assert pair.edge.proxy.hop.bases.held_bytes > 0


async def leave(pair: Pair, body: bytes, after_bytes: int) -> None:
    """Ask, and go as soon as so many bytes have come."""
    async with open_raw_client(pair.edge.address) as client:
        head = b"POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
        head += b"authorization: Bearer k\r\nconnection: close\r\n"
        await client.send(head + b"content-length: %d\r\n\r\n" % len(body) + body)
        while len(client.received) < after_bytes and await client.receive():
            pass
