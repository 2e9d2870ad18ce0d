"""HTTP/2 clients that break rules or leave: nobody else notices, and nothing is left."""

from __future__ import annotations

import random
import struct
import time
from contextlib import suppress

import pytest
import trio
from h2.errors import ErrorCodes
from h2_peer import GET, Client, Server, answer, open_client, open_server, read_body, request
from hpack import Encoder
from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    Frame,
    GoAwayFrame,
    HeadersFrame,
    PingFrame,
    PriorityFrame,
    PushPromiseFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

from m2m_trio.server import http2
from m2m_trio.server.http2_frames import PREFACE
from m2m_trio.server.http2_machine import STREAM_WINDOW_BYTES

pytestmark = pytest.mark.slow  # hundreds of hostile connections, some on the clock


@pytest.fixture(autouse=True)
def _short_linger(monkeypatch) -> None:
    monkeypatch.setattr(http2, "LINGER", 0.05)


OK, BAD = ErrorCodes.NO_ERROR, ErrorCodes.PROTOCOL_ERROR


async def app(scope, receive, send) -> None:
    if scope["path"] == "/early":
        await answer(send, status=413)
    elif scope["path"] == "/slow":
        await send({"type": "http.response.start", "status": 200})
        await trio.sleep_forever()
    else:
        await answer(send, await read_body(receive) or b"ok")


def block(*fields: tuple[bytes, bytes], indexed: bool = False) -> bytes:
    return Encoder().encode([(n, v, not indexed) for n, v in fields], huffman=False)


def headers(stream_id: int, fields, *flags: str, data: bytes | None = None) -> HeadersFrame:
    frame = HeadersFrame(stream_id, block(*fields) if data is None else data)
    frame.flags |= {"END_HEADERS"} if not flags else set(flags)
    return frame


def data(stream_id: int, payload: bytes = b"", *flags: str) -> DataFrame:
    frame = DataFrame(stream_id, payload)
    frame.flags |= set(flags)
    return frame


async def fresh_request_succeeds(server: Server) -> None:
    async with open_client(server) as client:
        reply = await client.fetch()
        assert (reply.status, bytes(reply.body)) == (200, b"ok")


def without(name: bytes):
    return [pair for pair in GET if pair[0] != name]


def replaced(name: bytes, value: bytes):
    return [(n, value if n == name else v) for n, v in GET]


MALFORMED = {
    "CONNECT without authority": [(b":method", b"CONNECT")],
    "CONNECT with a path": replaced(b":method", b"CONNECT"),
    "extended CONNECT": [
        *replaced(b":method", b"CONNECT"),
        (b":protocol", b"websocket"),
    ],
    "no method": without(b":method"),
    "no scheme": without(b":scheme"),
    "no path": without(b":path"),
    "no authority": without(b":authority"),
    "empty path": replaced(b":path", b""),
    "empty authority": replaced(b":authority", b""),
    "userinfo": replaced(b":authority", b"me@node.test"),
    "bad method": replaced(b":method", b"GE T"),
    "bad scheme": replaced(b":scheme", b"1"),
    "unknown pseudo": [*GET, (b":x", b"1")],
    "status": [*GET, (b":status", b"200")],
    "pseudo twice": [*GET, (b":path", b"/")],
    "pseudo last": [*GET[:3], (b"x-a", b"1"), GET[3]],
    "upper case": [*GET, (b"X-A", b"1")],
    "empty name": [*GET, (b"", b"1")],
    "space in name": [*GET, (b"x a", b"1")],
    "colon in name": [*GET, (b"x:a", b"1")],
    "high byte in name": [*GET, (b"x\xff", b"1")],
    "NUL": [*GET, (b"x-a", b"a\0b")],
    "CR LF": [*GET, (b"x-a", b"a\r\nx-b: c")],
    "leading space": [*GET, (b"x-a", b" b")],
    "trailing tab": [*GET, (b"x-a", b"b\t")],
    "NUL in path": replaced(b":path", b"/\0"),
    "connection": [*GET, (b"connection", b"close")],
    "keep-alive": [*GET, (b"keep-alive", b"1")],
    "proxy-connection": [*GET, (b"proxy-connection", b"close")],
    "transfer-encoding": [*GET, (b"transfer-encoding", b"chunked")],
    "upgrade": [*GET, (b"upgrade", b"h2c")],
    "te": [*GET, (b"te", b"gzip")],
    "other host": [*GET, (b"host", b"other.test")],
    "two hosts": [*GET, (b"host", b"node.test"), (b"host", b"node.test")],
    "length too long": [*GET, (b"content-length", b"1" * 19)],
    "length without body": [*GET, (b"content-length", b"5")],
}


@pytest.mark.parametrize("head", MALFORMED.values(), ids=MALFORMED.keys())
async def test_malformed_request_costs_only_its_stream(head) -> None:
    async with open_server(app) as server, open_client(server) as client:
        other = await client.ask(request(method=b"POST"), b"a", ends=False)
        frame = headers(3, head, "END_HEADERS", "END_STREAM")
        client.h2.get_next_available_stream_id()
        client.h2.send_headers(3, GET)  # for the client's own books
        client.h2.data_to_send()
        await client.send_frames(frame)
        await client.until(lambda: 3 in client.replies and client.replies[3].over)
        assert client.replies[3].reset == BAD
        await client.upload(other, b"b")
        assert (await client.reply(other)).body == b"ab"
        await fresh_request_succeeds(server)


@pytest.mark.parametrize(
    "frames",
    [
        [data(1, b"123456")],
        [data(1, b"1234", "END_STREAM")],
        [data(1, b"1"), data(1, b"", "END_STREAM")],
        [data(1, b"12"), headers(1, [(b"x", b"1")], "END_HEADERS", "END_STREAM")],
        [data(1, b"123456"), data(1, b"more"), data(1, b"", "END_STREAM")],
    ],
)
async def test_body_of_another_length_costs_only_its_stream(frames) -> None:
    head = request(b"/", b"POST", (b"content-length", b"5"))
    async with open_server(app) as server, open_client(server) as client:
        stream_id = await client.ask(head, ends=False)
        await client.send_frames(*frames)
        assert (await client.reply(stream_id)).reset == BAD
        assert (await client.fetch()).status == 200
        assert (await client.fetch(head, b"12345")).body == b"12345"


async def test_padding_does_not_count_as_body() -> None:
    head = request(b"/", b"POST", (b"content-length", b"5"))
    async with open_server(app) as server, open_client(server) as client:
        stream_id = await client.ask(head, ends=False)
        frame = data(stream_id, b"12345", "PADDED", "END_STREAM")
        frame.pad_length = 100
        await client.send_frames(frame)
        assert (await client.reply(stream_id)).body == b"12345"


async def test_data_after_an_early_answer_is_dropped() -> None:
    async with open_server(app) as server, open_client(server) as client:
        stream_id = await client.ask(request(b"/early", b"POST"), b"a", ends=False)
        reply = await client.reply(stream_id)
        assert reply.status == 413
        await client.until(lambda: reply.reset is not None)
        for _ in range(20):
            await client.send_frames(data(stream_id, b"x" * 10_000))
        await client.send_frames(data(stream_id, b"", "END_STREAM"))
        assert (await client.fetch()).status == 200
        await fresh_request_succeeds(server)


def oversized() -> bytes:
    return b"\x00\x40\x01\x00\x00\x00\x00\x00\x01"


CONNECTION_ERRORS = {
    "no preface": (b"GET / HTTP/1.1\r\nhost: a\r\n\r\n", BAD),
    "oversized frame": (oversized(), ErrorCodes.FRAME_SIZE_ERROR),
    "bad hpack": (headers(1, (), data=b"\xff\xff\xff\xff\xff\xff").serialize(), BAD),
    "hpack index": (headers(1, (), data=b"\xfe").serialize(), BAD),
    "even stream": (headers(2, GET).serialize(), BAD),
    "DATA on idle": (data(1, b"x").serialize(), BAD),
    "DATA on 0": (b"\0\0\1\0\0\0\0\0\0x", BAD),
    "naked CONTINUATION": (ContinuationFrame(1, b"").serialize(), BAD),
    "HEADERS interrupted": (
        headers(1, GET, "END_STREAM").serialize() + PingFrame(0).serialize(),
        BAD,
    ),
    "GOAWAY in HEADERS": (
        headers(1, GET, "END_STREAM").serialize() + GoAwayFrame(0).serialize(),
        BAD,
    ),
    "PUSH_PROMISE": (PushPromiseFrame(1, 2, b"").serialize(), BAD),
    "PING of 7": (b"\0\0\7\6\0\0\0\0\0" + b"x" * 7, None),
    "SETTINGS of 5": (b"\0\0\5\4\0\0\0\0\0" + b"x" * 5, None),
    "window of 0": (struct.pack("!BHBBLL", 0, 4, 8, 0, 0, 0), BAD),
    "window overflow": (
        WindowUpdateFrame(0, 2**31 - 1).serialize() * 2,
        ErrorCodes.FLOW_CONTROL_ERROR,
    ),
    "huge initial window": (
        struct.pack("!BHBBLHL", 0, 6, 4, 0, 0, 4, 2**31),
        ErrorCodes.FLOW_CONTROL_ERROR,
    ),
    "padding": (b"\0\0\1\0\x08\0\0\0\1\xff", BAD),
    "bad length": (headers(1, [*GET, (b"content-length", b"x")]).serialize(), BAD),
    "two lengths": (
        headers(1, [*GET, (b"content-length", b"1"), (b"content-length", b"2")]).serialize(),
        BAD,
    ),
    "header bomb": (
        headers(
            1, (), data=block(*GET, (b"x" * 10, b"y" * 4000), indexed=True) + b"\xbe" * 200
        ).serialize(),
        ErrorCodes.ENHANCE_YOUR_CALM,
    ),
    "CONTINUATION flood": (
        headers(1, GET, "END_STREAM").serialize()
        + ContinuationFrame(1, b"x" * 16000).serialize() * 50,
        ErrorCodes.ENHANCE_YOUR_CALM,
    ),
    "empty CONTINUATION flood": (
        headers(1, GET, "END_STREAM").serialize() + ContinuationFrame(1, b"").serialize() * 200,
        None,
    ),
    "PING flood": (PingFrame(0).serialize() * 1100, ErrorCodes.ENHANCE_YOUR_CALM),
    "SETTINGS flood": (SettingsFrame(0).serialize() * 1100, ErrorCodes.ENHANCE_YOUR_CALM),
    "PRIORITY flood": (
        b"".join(PriorityFrame(2 * i + 1).serialize() for i in range(1100)),
        ErrorCodes.ENHANCE_YOUR_CALM,
    ),
    "PRIORITY loop": (PriorityFrame(1, depends_on=1).serialize(), BAD),
    "WINDOW_UPDATE flood": (
        WindowUpdateFrame(0, 1).serialize() * 1100,
        ErrorCodes.ENHANCE_YOUR_CALM,
    ),
    "empty DATA flood": (
        headers(1, GET).serialize() + data(1).serialize() * 1100,
        ErrorCodes.ENHANCE_YOUR_CALM,
    ),
    "unknown frames": (b"\0\0\0\xee\0\0\0\0\0" * 1100, ErrorCodes.ENHANCE_YOUR_CALM),
    "rapid reset": (
        b"".join(
            headers(i, GET, "END_HEADERS", "END_STREAM").serialize()
            + RstStreamFrame(i, 8).serialize()
            for i in range(1, 2400, 2)
        ),
        ErrorCodes.ENHANCE_YOUR_CALM,
    ),
    "make you reset": (
        b"".join(
            headers(i, GET).serialize() + WindowUpdateFrame(i, 2**31 - 1).serialize()
            for i in range(1, 3000, 2)
        ),
        ErrorCodes.ENHANCE_YOUR_CALM,
    ),
    "late DATA flood": (
        headers(1, [*GET, (b"connection", b"close")]).serialize()
        + data(1, b"x").serialize() * 1100,
        ErrorCodes.ENHANCE_YOUR_CALM,
    ),
    "malformed flood": (
        b"".join(headers(i, [*GET, (b"te", b"gzip")]).serialize() for i in range(1, 2400, 2)),
        ErrorCodes.ENHANCE_YOUR_CALM,
    ),
    "body over its window": (
        headers(1, request(b"/slow", b"POST")).serialize()
        + data(1, b"x" * 16384).serialize() * (STREAM_WINDOW_BYTES // 16384 + 1),
        ErrorCodes.FLOW_CONTROL_ERROR,
    ),
}


@pytest.mark.parametrize(
    ("attack", "code"), CONNECTION_ERRORS.values(), ids=CONNECTION_ERRORS.keys()
)
async def test_broken_connection_ends_alone(attack: bytes, code) -> None:
    async with open_server(app) as server:
        async with open_client(server) as good, await _raw(server) as stream:
            watched = await good.ask(request(method=b"POST"), b"a", ends=False)
            bad = Client(stream)
            if not attack.startswith(b"GET"):
                await bad.start()
            with suppress(trio.BrokenResourceError):
                await stream.send_all(attack)
            bad.is_lenient = True
            await bad.until_closed(10)
            if code is not None:
                assert bad.goaway == code
            assert bad.goaway != OK
            await good.upload(watched, b"b")
            assert (await good.reply(watched)).body == b"ab"
        await fresh_request_succeeds(server)
        await server.until_ended(3)


async def _raw(server: Server) -> trio.SocketStream:
    return await trio.open_tcp_stream(*server.address)


async def test_preface_byte_by_byte() -> None:
    async with open_server(app) as server, await _raw(server) as stream:
        client = Client(stream)
        client.h2.initiate_connection()
        for byte in client.h2.data_to_send():
            await stream.send_all(bytes([byte]))
        assert (await client.fetch()).body == b"ok"


async def test_connection_that_only_opens() -> None:
    async with open_server(app) as server:
        for start in (b"", PREFACE[:10], PREFACE, PREFACE + b"\0\0"):
            async with await _raw(server) as stream:
                if start:
                    await stream.send_all(start)
        await server.until_ended(4)
        await fresh_request_succeeds(server)


async def test_large_encoder_table_is_declined() -> None:
    async def varied(scope, receive, send) -> None:
        await answer(send, fields=[(b"x-%d" % random.getrandbits(60), b"y" * 1000)])

    async with (
        open_server(varied) as server,
        open_client(server, header_table_size=2**30) as client,
    ):
        for _ in range(50):
            assert (await client.fetch()).status == 200
        assert client.h2.decoder.header_table_size <= 4096


# Leaving


def leaver(phase: str, log: list[str], *, reached: trio.Event):
    """An application that gets to ``phase`` and notes how it ends."""

    async def leave(scope, receive, send) -> None:
        if scope["path"] != "/":
            await answer(send)
            return
        try:
            if phase != "body":
                await read_body(receive)
            if phase in {"silent", "blocked"}:
                await send({"type": "http.response.start", "status": 200})
            reached.set()
            if phase == "body":
                await read_body(receive)
            if phase == "watching":
                log.append((await receive())["type"])
            if phase == "shielded":
                with trio.CancelScope(shield=True):
                    log.append((await receive())["type"])
                    with suppress(OSError):
                        await send({"type": "http.response.start", "status": 200})
                        log.append("sent")
                raise ZeroDivisionError
            with trio.CancelScope(shield=phase == "stubborn"):
                while phase == "stubborn":
                    await send({"type": "http.response.start", "status": 200})
                    phase_body = {"type": "http.response.body", "body": b"x" * 9999}
                    with suppress(OSError):
                        while True:
                            await send({**phase_body, "more_body": True})
                    log.append("refused")
                    break
            while phase == "blocked":
                await send(
                    {"type": "http.response.body", "body": b"x" * 9999, "more_body": True}
                )
            await trio.sleep_forever()
        except trio.Cancelled:
            log.append("cancelled")
            raise
        finally:
            log.append(f"{time.perf_counter()}")

    return leave


@pytest.mark.parametrize("how", ["RST_STREAM", "close", "abort"])
@pytest.mark.parametrize(
    "phase", ["body", "head", "watching", "silent", "blocked", "shielded", "stubborn"]
)
async def test_client_that_leaves_cancels_the_application(phase: str, how: str) -> None:
    log: list[str] = []
    reached = trio.Event()
    async with (
        open_server(leaver(phase, log, reached=reached)) as server,
        open_client(server) as client,
    ):
        stream_id = await client.ask(request(method=b"POST"), b"x", ends=phase != "body")
        if phase in {"silent", "blocked"}:
            await client.until(lambda: client.replies[stream_id].status == 200)
        await reached.wait()
        await trio.testing.wait_all_tasks_blocked(0.01)
        left = time.perf_counter()
        if how == "RST_STREAM":
            client.reset(stream_id)
            await client.flush()
        elif how == "close":
            await client.stream.aclose()
        else:
            client.stream.setsockopt(1, 13, struct.pack("ii", 1, 0))  # SO_LINGER 0
            await client.stream.aclose()
        with trio.fail_after(5):
            while not log or "." not in log[-1]:
                await trio.sleep(0.001)
        assert float(log[-1]) - left < 0.5  # the law is 0.05: its test measures many
        if phase == "shielded":
            assert log[0] == "http.disconnect"
            assert "sent" not in log
        else:
            assert log[-2] == "cancelled"
        if how == "RST_STREAM":
            assert (await client.fetch(request(b"/next"))).status == 200
            assert not client.replies[stream_id].ended
        else:
            await server.until_ended(1)
        await fresh_ok(server)


async def fresh_ok(server: Server) -> None:
    async with open_client(server) as client:
        assert (await client.fetch(request(b"/next"))).status == 200


@pytest.mark.slow
async def test_many_aborts_leave_nothing() -> None:
    running = 0

    async def counted(scope, receive, send) -> None:
        nonlocal running
        running += 1
        try:
            await send({"type": "http.response.start", "status": 200})
            if scope["path"] != "/":
                await answer_rest(send)
            await trio.sleep_forever()
        finally:
            running -= 1

    async def answer_rest(send) -> None:
        await send({"type": "http.response.body", "body": b"x"})

    async with open_server(counted) as server:
        tasks = trio.lowlevel.current_statistics().tasks_living
        async with open_client(server) as client:
            for _ in range(800):
                stream_id = await client.ask()
                client.reset(stream_id)
                await client.flush()
            reply = await client.fetch(request(b"/last"))
            assert reply.body == b"x"
        await server.until_ended(1)
        await trio.testing.wait_all_tasks_blocked(0.01)
        assert running == 0
        assert trio.lowlevel.current_statistics().tasks_living == tasks


# Noise


def noise(seed: int) -> bytes:
    """A plausible conversation with a few bytes or frames broken."""
    rng = random.Random(seed)
    frames: list[Frame] = [SettingsFrame(0, {4: rng.choice([0, 1, 65535])})]
    for stream_id in range(1, 2 * rng.randint(2, 8), 2):
        frames.append(headers(stream_id, rng.choice([GET, *MALFORMED.values()])))
        frames += rng.choices(
            [
                data(stream_id, b"x" * rng.randint(0, 50)),
                data(stream_id, b"", "END_STREAM"),
                RstStreamFrame(stream_id, rng.randint(0, 20)),
                WindowUpdateFrame(stream_id, rng.randint(1, 2**31 - 1)),
                PriorityFrame(stream_id, depends_on=rng.randint(0, 9)),
                PingFrame(0),
                SettingsFrame(0, {rng.randint(1, 9): rng.randint(0, 70000)}),
                GoAwayFrame(0, rng.randint(0, 9)),
                headers(stream_id, [(b"x-t", b"1")], "END_HEADERS", "END_STREAM"),
            ],
            k=rng.randint(0, 6),
        )
    if rng.random() < 0.3:
        rng.shuffle(frames)
    raw = bytearray(b"".join(frame.serialize() for frame in frames))
    for _ in range(rng.choice([0, 1, 2, 5])):
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    if rng.random() < 0.2:
        del raw[rng.randrange(len(raw)) :]
    return PREFACE + bytes(raw)


@pytest.mark.slow
async def test_noise_harms_nobody(caplog) -> None:
    async with open_server(app) as server, open_client(server) as good:

        async def make_noise(seed: int) -> None:
            async with await _raw(server) as stream:
                with suppress(trio.BrokenResourceError):
                    await stream.send_all(noise(seed))
                with trio.move_on_after(0.03):
                    while await stream.receive_some():
                        pass

        started = time.perf_counter()
        for first in range(0, 400, 20):
            async with trio.open_nursery() as nursery:
                for seed in range(first, first + 20):
                    nursery.start_soon(make_noise, seed)
            assert (await good.fetch(request(method=b"POST"), b"still")).body == b"still"
            if time.perf_counter() - started > 5:  # a slow machine sees fewer of them
                break
        await server.until_ended(server.opened - 1)
        await fresh_request_succeeds(server)
    assert "crashed" not in caplog.text
    assert "failed" not in caplog.text
