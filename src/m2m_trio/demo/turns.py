"""Send the scripted conversation through a node, and measure each turn as a client sees it.

Transparency is not taken on trust: the upstream hashes what it receives and sends, this
client hashes what it sends and receives, and the two must be equal.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

import httpx
import msgspec
from attrs import frozen

from m2m_trio.demo.app import DemoUpstream
from m2m_trio.demo.script import Agent, assemble
from m2m_trio.wire.sse import SSEEvent, SSESplitter

MAX_EVENT_BYTES = 1024 * 1024

_NODE_MS = re.compile(r"m2m;dur=([0-9.]+)")


@frozen(kw_only=True)
class Turn:
    """One request and its reply; times are seconds on the client's clock."""

    number: int
    asked: str
    said: str
    stream: bool
    status: int
    first_token: float
    """From the request sent to the first text or call; of a plain reply, to its body."""

    seconds: float
    """From the request sent to the reply's end."""

    added: float | None
    """What the node added up to the reply's head, as it says in ``Server-Timing``."""

    events: int
    request_bytes: int
    reply_bytes: int
    request_wire: int | None = None
    """Bytes of the request's body on the hop between two nodes, where there is one."""

    reply_wire: int | None = None
    """Bytes of the reply's body on it."""

    request_untouched: bool
    """The upstream received exactly the bytes that the client sent."""

    reply_untouched: bool
    """The client received exactly the bytes that the upstream sent."""


class Watcher(Protocol):
    """Who is told how the conversation goes on."""

    def begin(self, number: int, asked: str) -> None:
        """A request is about to be sent."""

    def hear(self, text: str) -> None:
        """A piece of the reply's text has come."""

    def end(self, turn: Turn) -> None:
        """The reply is complete."""


Meter = Callable[[int], Awaitable[tuple[int, int]]]
"""Bytes on the hop so far, of requests and of replies, once so many exchanges are over."""


async def run_turns(
    client: httpx.AsyncClient,
    base_url: str,
    upstream: DemoUpstream,
    watcher: Watcher,
    meter: Meter | None = None,
) -> list[Turn]:
    """The whole conversation through ``base_url``, behind which is ``upstream``.

    Raises:
        httpx.HTTPError: A request failed, or was answered with an error.
    """
    agent = Agent()
    turns: list[Turn] = []
    wire = (0, 0)
    while (request := agent.next_request()) is not None:
        watcher.begin(len(turns) + 1, agent.said_last)
        body = json.dumps(request, ensure_ascii=False).encode()
        reading = _Reading(watcher.hear, stream=request["stream"])
        started = time.perf_counter()
        async with client.stream(
            "POST",
            f"{base_url}/chat/completions",
            content=body,
            headers={"Content-Type": "application/json"},
        ) as reply:
            async for piece in reply.aiter_raw():
                reading.feed(piece)
        ended = time.perf_counter()
        reply.raise_for_status()
        message = reading.message()
        delivery = upstream.delivery(reply.headers.get("x-request-id", ""))
        added = _NODE_MS.search(reply.headers.get("server-timing", ""))
        before = wire
        wire = await meter(len(turns) + 1) if meter is not None else wire
        turns.append(
            Turn(
                number=len(turns) + 1,
                asked=agent.said_last,
                said=describe(message),
                stream=request["stream"],
                status=reply.status_code,
                first_token=(reading.first_token or ended) - started,
                seconds=ended - started,
                added=float(added[1]) / 1000 if added else None,
                events=reading.events,
                request_bytes=len(body),
                reply_bytes=len(reading.body),
                request_wire=None if meter is None else wire[0] - before[0],
                reply_wire=None if meter is None else wire[1] - before[1],
                request_untouched=delivery is not None
                and delivery.request_sha256 == hashlib.sha256(body).hexdigest(),
                reply_untouched=delivery is not None
                and delivery.reply_hash.digest() == hashlib.sha256(reading.body).digest(),
            )
        )
        watcher.end(turns[-1])
        agent.take_reply(message)
    return turns


class _Reading:
    """A reply as it comes."""

    def __init__(self, hear: Callable[[str], None], *, stream: bool) -> None:
        self.body = bytearray()
        self.events = 0
        self.first_token: float | None = None
        self._hear = hear
        self._stream = stream
        self._splitter = SSESplitter(MAX_EVENT_BYTES)
        self._documents: list[Mapping[str, Any]] = []

    def feed(self, piece: bytes) -> None:
        self.body += piece
        if self._stream:
            for event in self._splitter.feed(piece):
                self.events += 1
                self._take(event)

    def _take(self, event: SSEEvent) -> None:
        if event.data == b"[DONE]":
            return
        document = msgspec.json.decode(event.data)
        self._documents.append(document)
        for choice in document["choices"]:
            delta = choice["delta"]
            if delta.get("content") or delta.get("tool_calls"):
                self.first_token = self.first_token or time.perf_counter()
                self._hear(delta.get("content") or "")

    def message(self) -> Mapping[str, Any]:
        """The assistant's message."""
        if self._stream:
            return assemble(self._documents)
        message: Mapping[str, Any] = msgspec.json.decode(self.body)["choices"][0]["message"]
        return message


def describe(message: Mapping[str, Any]) -> str:
    """An assistant's message for a reader: its text, or its calls."""
    if message["content"]:
        return str(message["content"])
    calls = [call["function"] for call in message["tool_calls"]]
    return "; ".join(f"calls {call['name']}({call['arguments']})" for call in calls)
