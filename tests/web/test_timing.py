"""The opt-in ``Server-Timing`` field, on both engines."""

from __future__ import annotations

import re

import trio
from rig import RigOpener

from m2m_trio.testing import Connection, Request, reply, sse

FIELD = re.compile(rb"m2m;dur=(-?\d+\.\d{3}), upstream;dur=(\d+\.\d{3})")


async def test_no_field_of_ours_by_default(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        response = await node.get("/v1/models")
    assert response.value(b"server-timing") is None


async def test_server_timing_tells_our_time_from_the_upstreams(rig: RigOpener) -> None:
    async def slow(request: Request, connection: Connection) -> None:
        await trio.sleep(0.1)
        await reply()(request, connection)

    async with rig(slow, server_timing=True) as node:
        response = await node.get("/v1/models")
    match = FIELD.fullmatch(response.value(b"server-timing") or b"")
    assert match is not None
    ours, upstream = map(float, match.groups())
    assert upstream >= 100
    assert 0 < ours < 90


async def test_streams_have_it_too(rig: RigOpener) -> None:
    fields = [(b"Content-Type", b"text/event-stream"), (b"Server-Timing", b"up;dur=1")]
    async with rig(sse([b"data: 1\n\n"], fields=fields), server_timing=True) as node:
        response = await node.post("/v1/chat/completions")
    theirs, ours = response.values(b"server-timing")
    assert theirs == b"up;dur=1"
    assert FIELD.fullmatch(ours)
