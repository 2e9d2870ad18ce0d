"""Law 4: every queue, buffer, body and wait is bounded; what is too much is refused."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
import trio
import trio.testing
from law_lines import CHAT, Answer, Line, open_line
from law_rig import RigOpener

from m2m_trio.settings.model import LimitSettings, PoolSettings, StreamSettings, TimeoutSettings
from m2m_trio.testing import (
    Connection,
    Request,
    format_chunk,
    format_head,
    reply,
    sse,
    unanswered,
)

MIB = 2**20


def _kernel_bytes() -> int:
    """What Linux lets the buffers of one connection grow to, its two ends together."""
    limits = [Path("/proc/sys/net/ipv4", name) for name in ("tcp_rmem", "tcp_wmem")]
    return sum(int(file.read_text().split()[2]) for file in limits if file.exists())


ON_THE_WAY = 2 * _kernel_bytes() + 8 * MIB
"""What an upstream can write before it has to wait: two connections' buffers in the kernel,
and what the node itself holds, which is far less."""


def code_of(answer: Answer) -> str:
    assert answer.value(b"content-type") == b"application/json"
    document = json.loads(answer.body)
    assert list(document["error"]) == ["message", "type", "param", "code"]
    return str(document["error"]["code"])


def message_of(answer: Answer) -> str:
    return str(json.loads(answer.body)["error"]["message"])


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


class Flood:
    """An upstream that writes for as long as it is let, and counts."""

    def __init__(self, kind: bytes, piece: bytes) -> None:
        self.sent = 0
        self._head = format_head(
            200, [(b"Content-Type", kind), (b"Transfer-Encoding", b"chunked")]
        )
        self._piece = piece

    async def script(self, _request: Request, connection: Connection) -> None:
        transport = connection._transport()
        transport.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
        await connection.send(self._head)
        while True:
            await connection.send(format_chunk(self._piece))
            self.sent += len(self._piece)

    async def until_still(self) -> int:
        """Wait until nothing more can be sent; how much it was."""
        sent = -1
        while sent != self.sent:
            sent = self.sent
            await trio.testing.wait_all_tasks_blocked(0.05)
        return sent


FLOODS = {
    "events": (b"text/event-stream", b"data: " + b"x" * 16_000 + b"\n\n"),
    "small events": (b"text/event-stream", b"data: x\n\n" * 100),
    "body": (b"application/octet-stream", b"x" * 16_384),
    "no events": (b"text/event-stream", b"x" * 16_384),
}


@pytest.mark.parametrize("what", FLOODS)
async def test_slow_client_stops_upstream_reads(rig: RigOpener, what: str) -> None:
    flood = Flood(*FLOODS[what])
    stream = StreamSettings(event_bytes=MIB)
    async with rig(flood.script, stream=stream) as node, node.connect() as line:
        await line.start("POST", CHAT, (), b"{}")
        await node.upstream.request(0)
        if what == "no events":  # one event without an end: cut, not collected
            assert not (await line.answer()).complete
            assert flood.sent < ON_THE_WAY
            return
        stopped_at = await flood.until_still()
        assert stopped_at < ON_THE_WAY
        resident = resident_bytes()
        assert await flood.until_still() == stopped_at
        assert resident_bytes() - resident < MIB


@pytest.mark.slow
async def test_slow_streams_hold_little_each(rig: RigOpener) -> None:
    flood = Flood(*FLOODS["events"])
    async with rig(flood.script) as node, trio.open_nursery() as nursery:

        async def be_slow() -> None:
            async with node.connect() as line:
                await line.start("POST", CHAT, (), b"{}")
                await trio.sleep_forever()

        nursery.start_soon(be_slow)
        await node.upstream.request(0)
        await flood.until_still()
        resident = resident_bytes()
        for _ in range(40):
            nursery.start_soon(be_slow)
        await node.upstream.request(40)
        await flood.until_still()
        assert resident_bytes() - resident < 40 * MIB
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("protocol", ["h2", "h2s"], indirect=True)
async def test_streams_of_one_connection_do_not_wait_for_a_slow_one(rig: RigOpener) -> None:
    flood = Flood(*FLOODS["events"])
    async with rig(flood.script) as node, node.connect() as line:
        line.client.acknowledges = False  # its window for the first stream runs out
        await line.start("POST", CHAT, (), b"{}")
        await line.head()
        node.upstream.script = reply(b"quick")
        while await line_is_stuck(line):
            pass
        line.client.acknowledges = True
        line.client.h2.increment_flow_control_window(
            2**20
        )  # the connection's, not the stream's
        await line.start("GET", "/v1/models")
        assert (await line.answer()).body == b"quick"


async def line_is_stuck(line: Line) -> bool:
    """Read what comes; whether something came."""
    with trio.move_on_after(0.1):
        return await line.client.pump()  # type: ignore[attr-defined]
    return False


# Uploads.


@pytest.mark.parametrize("protocol", ["h1", "h1s"], indirect=True)
async def test_chunked_upload_over_the_limit_is_a_413_and_memory_stays_flat(
    rig: RigOpener,
) -> None:
    async with rig(reply(), limits=LimitSettings(body_bytes=2 * MIB)) as node:
        async with node.connect() as line:
            await line.start("POST", CHAT, [(b"Transfer-Encoding", b"chunked")])
            resident = resident_bytes()
            chunk = format_chunk(b"x" * 65_536)
            sent = 0
            async with trio.open_nursery() as nursery:

                async def push() -> None:
                    nonlocal sent
                    try:
                        while sent < 200:
                            await line.client.send(chunk)  # type: ignore[attr-defined]
                            sent += 1
                    except trio.BrokenResourceError:
                        pass  # refused

                nursery.start_soon(push)
                answer = await line.answer()
                nursery.cancel_scope.cancel()
            assert (answer.status, code_of(answer)) == (413, "body_too_large")
            assert "body_bytes" in message_of(answer) or str(2 * MIB) in message_of(answer)
            assert resident_bytes() - resident < 16 * MIB
        await node.settle()
        assert not node.upstream.connections


async def test_announced_upload_over_the_limit_is_a_413(rig: RigOpener) -> None:
    async with rig(reply(), limits=LimitSettings(body_bytes=100_000)) as node:
        async with node.connect() as line:
            fields = [(b"content-length", b"100001")] if "h2" in node.protocol else []
            await line.start("POST", CHAT, fields, b"", length=100_001)
            answer = await line.answer()
            assert (answer.status, code_of(answer)) == (413, "body_too_large")
        await node.settle()
        assert not node.upstream.connections
        assert (await node.chat(b"x" * 100_000)).status == 200


@pytest.mark.parametrize("protocol", ["h2", "h2s"], indirect=True)
@pytest.mark.parametrize("size", [100_001, 130_000, 131_070, 170_000, 400_000])
async def test_upload_over_the_limit_never_reaches_upstream_in_part(
    rig: RigOpener, size: int
) -> None:
    async with rig(reply(), limits=LimitSettings(body_bytes=100_000)) as node:
        for _ in range(5):
            answer = await node.chat(b"x" * size)
            assert (answer.status, code_of(answer)) == (413, "body_too_large")
        assert not node.upstream.requests


async def test_all_bodies_together_are_bounded(rig: RigOpener) -> None:
    limits = LimitSettings(buffered_bytes=2 * MIB)
    async with rig(unanswered("stall"), limits=limits) as node, node.connect() as first:
        await first.start("POST", CHAT, (), b"x" * (3 * MIB // 2))
        await node.upstream.request(0)
        answer = await node.chat(b"x" * MIB)
        assert (answer.status, code_of(answer)) == (429, "overloaded")
        assert "buffered_bytes" in message_of(answer)
        assert answer.value(b"retry-after") is not None
        assert node.count("buffered_bytes") == 3 * MIB // 2
        await first.leave("close")
        await node.settle(but=("connections_open",))
        node.upstream.script = reply(b"fine")
        assert (await node.chat(b"x" * MIB)).body == b"fine"


async def test_exchanges_over_the_limit_are_shed(rig: RigOpener) -> None:
    limits = LimitSettings(exchanges=2)
    async with rig(sse([b"data: 1\n\n"], ending="stall"), limits=limits) as node:
        async with node.connect() as one, node.connect() as two:
            for number, line in enumerate((one, two)):
                await line.start("POST", CHAT, (), b"{}")
                await node.upstream.request(number)
            answer = await node.chat()
            assert (answer.status, code_of(answer)) == (429, "overloaded")
            assert "exchanges" in message_of(answer)
            assert answer.value(b"retry-after") == b"1"
        await node.settle()
        node.upstream.script = reply()
        assert (await node.chat()).status == 200
        assert len(node.upstream.requests) == 3


async def test_upstream_connections_over_the_limit_are_shed(rig: RigOpener) -> None:
    pool = PoolSettings(connections=1, wait=0.1)
    async with rig(unanswered("stall"), pool=pool) as node, node.connect() as first:
        await first.start("POST", CHAT, (), b"{}")
        await node.upstream.request(0)
        answer = await node.chat()
        assert (answer.status, code_of(answer)) == (429, "overloaded")
        assert "[proxy.pool] connections" in message_of(answer)
        assert answer.value(b"retry-after") == b"1"
        assert len(node.upstream.connections) == 1


async def test_waiting_exchange_gets_the_connection_that_becomes_free(rig: RigOpener) -> None:
    send_piece, pieces = trio.open_memory_channel[bytes](0)
    async with rig(sse(pieces), pool=PoolSettings(connections=1)) as node:
        answers: list[Answer] = []

        async def ask() -> None:
            answers.append(await node.chat())

        async with node.connect() as first, trio.open_nursery() as nursery:
            await first.start("POST", CHAT, (), b"{}")
            await node.upstream.request(0)
            node.upstream.script = reply(b"second")
            nursery.start_soon(ask)
            while node.count("exchanges_open") < 2:
                await trio.sleep(0.001)
            await send_piece.aclose()
            assert (await first.answer()).complete
        assert [answer.body for answer in answers] == [b"second"]
        assert len(node.upstream.connections) == 1


# Heads and slowness.


async def test_long_target_is_a_414(rig: RigOpener) -> None:
    async with rig(reply(), limits=LimitSettings(target_bytes=500)) as node:
        answer = await node.ask("GET", "/v1/models?x=" + "y" * 500)
        assert (answer.status, code_of(answer)) == (414, "target_too_long")
        assert (await node.ask("GET", "/v1/models?x=" + "y" * 450)).status == 200


@pytest.mark.parametrize(
    "fields",
    [[(b"x-long", b"y" * 3000)], [(b"x-%d" % number, b"") for number in range(60)]],
)
async def test_large_head_is_a_431(rig: RigOpener, fields: list[tuple[bytes, bytes]]) -> None:
    limits = LimitSettings(header_bytes=2500, header_fields=50)
    async with rig(reply(), limits=limits) as node:
        answer = await node.ask("GET", "/v1/models", fields)
        assert (answer.status, code_of(answer)) == (431, "header_too_large")
        assert (await node.ask("GET", "/v1/models")).status == 200


async def test_slow_body_is_a_408(rig: RigOpener) -> None:
    async with rig(reply(), timeouts=TimeoutSettings(body=0.15)) as node:
        async with node.connect() as line:
            await line.start("POST", CHAT, (), b"half", length=8)
            answer = await line.answer()
            assert (answer.status, code_of(answer)) == (408, "request_timeout")
            assert "0.15 s" in message_of(answer)
        await node.settle()
        assert not node.upstream.connections


@pytest.mark.parametrize("protocol", ["h1", "h1s"], indirect=True)
async def test_slow_head_is_a_408(rig: RigOpener) -> None:
    timeouts = TimeoutSettings(header=0.15)
    async with rig(reply(), timeouts=timeouts) as node, node.connect() as line:
        await line.client.send(b"GET /v1/models HTTP/1.1\r\nHost:")  # type: ignore[attr-defined]
        answer = await line.answer()
        assert (answer.status, code_of(answer)) == (408, "request_timeout")


async def test_client_that_says_nothing_is_dropped(rig: RigOpener) -> None:
    async with rig(reply(), timeouts=TimeoutSettings(header=0.15, idle=0.15)) as node:
        async with open_line(node.address, "h1", None) as line:
            if node.authority is None:
                await line.client.read_to_end()  # type: ignore[attr-defined]
        await node.settle()


async def test_client_that_takes_nothing_is_cut(rig: RigOpener) -> None:
    flood = Flood(*FLOODS["events"])
    timeouts = TimeoutSettings(send=0.2)
    async with rig(flood.script, timeouts=timeouts) as node, node.connect() as line:
        await line.start("POST", CHAT, (), b"{}")
        request = await node.upstream.request(0)
        await request.closed.wait()
        assert request.closed_by_peer
        await node.settle(but=("connections_open",))


async def test_connections_over_the_limit_wait_their_turn(rig: RigOpener) -> None:
    limits = LimitSettings(connections=2)
    async with (
        rig(reply(), limits=limits) as node,
        node.connect() as one,
        node.connect() as two,
    ):
        for line in (one, two):
            await line.start("GET", "/v1/models")
            assert (await line.answer()).status == 200
        with trio.move_on_after(0.2) as impatience:
            await node.ask("GET", "/v1/models")
        assert impatience.cancelled_caught
        await one.leave("close")
        assert (await node.ask("GET", "/v1/models")).status == 200
