"""The two ends for HTTP/2 tests: a server on loopback, and a client that may misbehave."""

from __future__ import annotations

import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import h2.config
import h2.connection
import h2.events
import h2.settings
import trio
from attrs import define, field
from h2.exceptions import ProtocolError
from hyperframe.frame import Frame as WireFrame

from m2m_trio.net.wire import PlainWire
from m2m_trio.server.http2 import serve_http2
from m2m_trio.server.http2_frames import PREFACE, FrameCutter, Kind
from m2m_trio.server.service import App, Message, Peer, Service
from m2m_trio.settings.model import LimitSettings, TimeoutSettings
from m2m_trio.stats.board import Board

Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
GET = [
    (b":method", b"GET"),
    (b":scheme", b"http"),
    (b":path", b"/"),
    (b":authority", b"node.test"),
]


def request(path: bytes = b"/", method: bytes = b"GET", *more: tuple[bytes, bytes]):
    return [
        (b":method", method),
        (b":scheme", b"http"),
        (b":path", path),
        (b":authority", b"node.test"),
        *more,
    ]


async def read_body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError("disconnected")
        body += message["body"]
        if not message["more_body"]:
            return bytes(body)


async def answer(send: Send, body: bytes = b"ok", status: int = 200, fields=()) -> None:
    await send({"type": "http.response.start", "status": status, "headers": list(fields)})
    await send({"type": "http.response.body", "body": body})


@define
class Server:
    address: tuple[str, int]
    service: Service
    opened: int = 0
    ended: int = 0
    raised: list[BaseException] = field(factory=list)

    async def until_ended(self, count: int) -> None:
        with trio.fail_after(5):
            while self.ended < count:
                await trio.sleep(0.005)


@asynccontextmanager
async def open_server(
    app: App,
    *,
    limits: LimitSettings | None = None,
    timeouts: TimeoutSettings | None = None,
    send_timeout: float = 30.0,
    send_buffer: int | None = None,
) -> AsyncGenerator[Server]:
    listener = trio.socket.socket()
    await listener.bind(("127.0.0.1", 0))
    if send_buffer:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
    listener.listen(50)
    service = Service(
        app=app,
        row=Board.in_memory().row(0),
        limits=limits or LimitSettings(),
        timeouts=timeouts or TimeoutSettings(),
    )
    server = Server(listener.getsockname(), service)

    async def one(connection: trio.socket.SocketType, address: tuple[str, int]) -> None:
        server.opened += 1
        raw = socket.socket(fileno=connection.detach())
        try:
            wire = PlainWire(raw, send_timeout=send_timeout)
            await serve_http2(wire, service, Peer(client=address, server=server.address))
        except Exception as error:
            server.raised.append(error)
        finally:
            assert raw.fileno() == -1
            server.ended += 1

    async def accept() -> None:
        while True:
            connection, address = await listener.accept()
            nursery.start_soon(one, connection, address)

    with listener:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(accept)
            yield server
            nursery.cancel_scope.cancel()
    assert server.raised == []


@define
class Reply:
    fields: list[tuple[bytes, bytes]] = field(factory=list)
    interim: list[bytes] = field(factory=list)
    body: bytearray = field(factory=bytearray)
    ended: bool = False
    reset: int | None = None

    @property
    def status(self) -> int | None:
        return int(dict(self.fields)[b":status"]) if self.fields else None

    @property
    def over(self) -> bool:
        return self.ended or self.reset is not None


class Client:
    """An h2 client that checks nothing it sends, and reads only when told to."""

    def __init__(self, stream: trio.SocketStream) -> None:
        self.stream = stream
        self.h2 = h2.connection.H2Connection(
            h2.config.H2Configuration(
                header_encoding=False,
                validate_outbound_headers=False,
                normalize_outbound_headers=False,
            )
        )
        self.replies: dict[int, Reply] = {}
        self.goaway: int | None = None
        self.closed = False
        self.acknowledges = True
        self.is_lenient = False
        self.events: list[h2.events.Event] = []
        self._cutter = FrameCutter(header_block_bytes=1 << 20)
        list(self._cutter.feed(PREFACE))

    async def start(self, **settings: int) -> None:
        names = {getattr(h2.settings.SettingCodes, k.upper()): v for k, v in settings.items()}
        self.h2.local_settings.update(names)
        if "initial_window_size" in settings:
            self.h2.local_settings = h2.settings.Settings(client=True, initial_values=names)
        self.h2.initiate_connection()
        await self.flush()

    async def flush(self) -> None:
        if data := self.h2.data_to_send():
            await self.send_raw(data)

    async def send_raw(self, data: bytes) -> None:
        try:
            await self.stream.send_all(data)
        except trio.BrokenResourceError:
            self.closed = True

    async def send_frames(self, *frames: WireFrame) -> None:
        await self.send_raw(b"".join(frame.serialize() for frame in frames))

    async def ask(self, head=None, body: bytes | None = None, *, ends: bool = True) -> int:
        stream_id = self.h2.get_next_available_stream_id()
        self.replies[stream_id] = Reply()
        head = GET if head is None else head
        self.h2.send_headers(stream_id, head, end_stream=ends and body is None)
        if body is not None:
            await self.upload(stream_id, body, ends=ends)
        await self.flush()
        return stream_id

    async def upload(self, stream_id: int, body: bytes, *, ends: bool = True) -> None:
        view = memoryview(body)
        while view:
            room = min(self.h2.local_flow_control_window(stream_id), 16384)
            if room <= 0:
                await self.flush()
                await self.pump()
                if self.replies[stream_id].over or self.closed:
                    return
                continue
            self.h2.send_data(stream_id, bytes(view[:room]))
            view = view[room:]
        if ends:
            self.h2.end_stream(stream_id)
        await self.flush()

    async def pump(self) -> bool:
        """One read; whether the connection is still there."""
        try:
            data = await self.stream.receive_some(65536)
        except trio.BrokenResourceError:
            data = b""
        if not data:
            self.closed = True
            return False
        for frame in self._cutter.feed(bytes(data)):
            if frame.kind == Kind.GOAWAY:
                self.goaway = int.from_bytes(frame.raw[13:17], "big")
                continue
            try:
                for event in self.h2.receive_data(frame.raw):
                    self._take(event)
            except ProtocolError:
                if not self.is_lenient:
                    raise
        await self.flush()
        return True

    def _take(self, event: h2.events.Event) -> None:
        self.events.append(event)
        reply = self.replies.setdefault(getattr(event, "stream_id", 0) or 0, Reply())
        match event:
            case h2.events.ResponseReceived():
                reply.fields = [(bytes(n), bytes(v)) for n, v in event.headers]
            case h2.events.InformationalResponseReceived():
                reply.interim.append(dict(event.headers)[b":status"])
            case h2.events.DataReceived():
                reply.body += event.data
                if self.acknowledges:
                    self.h2.acknowledge_received_data(
                        event.flow_controlled_length, event.stream_id
                    )
            case h2.events.StreamEnded():
                reply.ended = True
            case h2.events.StreamReset():
                reply.reset = int(event.error_code)

    async def until(self, done: Callable[[], bool], seconds: float = 5.0) -> None:
        with trio.fail_after(seconds):
            while not done():
                if not await self.pump():
                    assert done(), f"the connection ended first (GOAWAY {self.goaway})"

    async def reply(self, stream_id: int) -> Reply:
        reply = self.replies[stream_id]
        await self.until(lambda: reply.over)
        return reply

    async def fetch(self, head=None, body: bytes | None = None) -> Reply:
        return await self.reply(await self.ask(head, body))

    async def until_closed(self, seconds: float = 5.0) -> None:
        with trio.fail_after(seconds):
            while await self.pump():
                pass

    def reset(self, stream_id: int, code: int = 8) -> None:
        self.h2.reset_stream(stream_id, code)


@asynccontextmanager
async def open_client(server: Server, **settings: int) -> AsyncGenerator[Client]:
    stream = await trio.open_tcp_stream(*server.address)
    client = Client(stream)
    try:
        await client.start(**settings)
        yield client
    finally:
        await trio.aclose_forcefully(stream)
