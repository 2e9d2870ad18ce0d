"""The line between two nodes: counts what passes; with a rate and a delay, a slow uplink."""

from __future__ import annotations

import math
from dataclasses import dataclass

import trio

HELD_BYTES = 128 * 1024
"""What the line holds in each direction, as a router does; then the sender waits."""


@dataclass
class Passed:
    """What has passed in one direction."""

    size_bytes: int = 0
    pieces: int = 0

    def clear(self) -> None:
        self.size_bytes = self.pieces = 0


class Relay:
    """Passes TCP connections on to ``port``.

    Args:
        port: On this machine.
        rate: Bytes per second towards ``port``; the other way there is no limit.
        delay: Seconds each way.
    """

    def __init__(self, port: int, *, rate: float = math.inf, delay: float = 0.0) -> None:
        self._port = port
        self._rate = rate
        self._delay = delay
        self.up = Passed()
        self.down = Passed()

    async def serve(self, *, task_status: trio.TaskStatus[int]) -> None:
        listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
        task_status.started(listeners[0].socket.getsockname()[1])
        await trio.serve_listeners(self._connection, listeners)

    async def _connection(self, near: trio.SocketStream) -> None:
        far = await trio.open_tcp_stream("127.0.0.1", self._port)
        for stream in (near, far):
            stream.setsockopt(trio.socket.IPPROTO_TCP, trio.socket.TCP_NODELAY, 1)
        async with far, near, trio.open_nursery() as nursery:
            nursery.start_soon(self._pass, near, far, self.up, self._rate)
            nursery.start_soon(self._pass, far, near, self.down, math.inf)

    async def _pass(
        self,
        source: trio.SocketStream,
        sink: trio.SocketStream,
        passed: Passed,
        rate: float,
    ) -> None:
        sender, receiver = trio.open_memory_channel[tuple[float, bytes]](HELD_BYTES // 4096)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._deliver, receiver, sink)
            free_at = 0.0  # when the line has put the last byte on its way
            async with sender:
                try:
                    async for piece in _pieces(source):
                        passed.size_bytes += len(piece)
                        passed.pieces += 1
                        free_at = max(trio.current_time(), free_at) + len(piece) / rate
                        await trio.sleep_until(free_at)
                        await sender.send((free_at + self._delay, piece))
                except (trio.BrokenResourceError, trio.ClosedResourceError):
                    pass

    async def _deliver(
        self, receiver: trio.MemoryReceiveChannel[tuple[float, bytes]], sink: trio.SocketStream
    ) -> None:
        try:
            async for arrives_at, piece in receiver:
                await trio.sleep_until(arrives_at)
                await sink.send_all(piece)
            await sink.send_eof()
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            return


async def _pieces(source: trio.SocketStream):  # type: ignore[no-untyped-def]
    while piece := await source.receive_some(4096 * 4):
        yield piece
