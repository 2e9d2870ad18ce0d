"""A stage of your own on event streams: alone in a pipeline, and in a node.

python examples/custom_stage.py
"""

from __future__ import annotations

import trio

from m2m_trio import Request, Settings, SSEEvent, open_exchange, open_pipeline, open_proxy
from m2m_trio.demo import open_demo_upstream

PIECES = (b"data: o", b"ne\n\n: keep-", b"alive\n\ndata: two\n\n", b"data: [DONE]\n\n")
CHAT = (
    b'{"model": "demo", "stream": true,'
    b' "messages": [{"role": "user", "content": "Hello from a stage"}]}'
)


class DropComments:
    """A stage that only computes: it costs no task and no channel."""

    def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        return [event for event in events if not event.startswith(b":")]

    def finish(self) -> list[SSEEvent]:
        return []


class TakeTime:
    """A stage that waits: it gets a task of its own, and slows the source down with it."""

    async def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        await trio.sleep(0.01)
        return events

    async def finish(self) -> list[SSEEvent]:
        return []


class CountBytes:
    """A stage that looks: a node makes one for each stream."""

    def __init__(self) -> None:
        self._size_bytes = 0

    def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        self._size_bytes += sum(map(len, events))
        return events

    def finish(self) -> list[SSEEvent]:
        print("the stage counted", self._size_bytes, "bytes")
        return []


class Pieces:
    """A source: anything with a ``receive`` that gives bytes, and none at the end."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = iter(pieces)

    async def receive(self) -> bytes:
        """The next bytes as they come."""
        await trio.lowlevel.checkpoint()
        return next(self._pieces, b"")


async def main() -> None:
    """Run stages on bytes at hand, and in a proxy on an upstream's stream."""
    async with open_pipeline(Pieces(*PIECES), [DropComments(), TakeTime()]) as pipeline:
        while events := await pipeline.receive():
            print("events:", events)

    received = bytearray()

    async def take(part: bytes) -> None:
        await trio.lowlevel.checkpoint()
        received.extend(part)

    async with (
        open_demo_upstream() as upstream,
        open_proxy(Settings(upstream=upstream), make_stages=[CountBytes]) as proxy,
        open_exchange(proxy, Request.of("POST", "/v1/chat/completions", CHAT)) as reply,
    ):
        await reply.relay(take)
    print("the client got", len(received), "bytes")


if __name__ == "__main__":
    trio.run(main)
