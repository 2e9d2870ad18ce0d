"""What goes back to the client, and the relay that brings it there."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Protocol

from attrs import frozen

from m2m_trio.errors import M2MError
from m2m_trio.proxy.pipeline import AnyStage, open_pipeline
from m2m_trio.proxy.usage import (
    Usage,
    UsageTap,
    WithoutUsage,
    find_usage,
    model_in,
    search_usage,
)
from m2m_trio.settings.model import StreamSettings
from m2m_trio.stats.board import Row
from m2m_trio.stats.metrics import cell
from m2m_trio.wire.fields import Fields, end_to_end
from m2m_trio.wire.sse import SSEEvent

Sink = Callable[[bytes], Awaitable[None]]
"""Takes the next part of a reply's body; returns when the client may be sent more."""

StageMaker = Callable[[], AnyStage]
"""Makes a stage for one stream."""

STREAMS = cell("streams_total")
STREAMS_OPEN = cell("streams_open")
TAIL_BYTES = 4096
"""What is kept of a relayed JSON body's end: providers write ``usage`` there."""


class ReplySource(Protocol):
    """Where a reply comes from; an `UpstreamReply` is one."""

    status: int
    fields: Fields
    """As they came, names lower-cased, hop-by-hop ones included."""

    body: bytes | None
    """The whole body, if it is known to be complete."""

    sent_at: float
    """``time.perf_counter`` when the upstream's kernel had the request."""

    head_at: float
    """``time.perf_counter`` when the head had been read."""

    @property
    def ready(self) -> bool:
        """Whether `receive` has something to give, or the end, without waiting for it."""

    async def receive(self) -> bytes:
        """The next bytes of the body, as they came; empty at its end."""

    def release(self) -> None:
        """Done with it: one that is not complete is cut off."""


@frozen(kw_only=True)
class Relay:
    """How replies are relayed: the same for all exchanges of a proxy."""

    stream: StreamSettings
    row: Row
    make_stages: tuple[StageMaker, ...] = ()
    """Stages every event stream goes through after the usage tap, in order."""


class Reply:
    """Head of a reply, and its body: complete at once, or relayed."""

    __slots__ = (
        "_relay",
        "_tail",
        "answered_at",
        "fields",
        "hides_usage",
        "keep_bytes",
        "plain_fields",
        "route",
        "sent_bytes",
        "tap",
        "upstream",
    )

    def __init__(
        self, upstream: ReplySource, relay: Relay, fields: Fields | None = None
    ) -> None:
        self.upstream = upstream
        if fields is None:
            fields = reply_fields(upstream, end_to_end(upstream.fields))
        self.fields: Fields = fields
        """End-to-end fields as the client gets them, in order."""

        self.plain_fields = self.fields
        """The same as the upstream sent them: they tell what the body is."""

        self.sent_bytes = 0
        """Of the body, handed to the client so far."""

        self.answered_at = 0.0
        """When the client was handed the head (``time.perf_counter``); 0.0 before."""

        self.tap: UsageTap | None = None
        """What was counted in an event stream; None where the body is none."""

        self.keep_bytes = 0
        """Of a stream's text, to be counted where nobody says how much it is."""

        self.route = ""
        """What was asked for: it tells how a stream says its text."""

        self.hides_usage = False
        """Whether the client did not ask for the usage that the upstream was asked for."""

        self._relay = relay
        self._tail = b""

    @property
    def status(self) -> int:
        """The upstream's status."""
        return self.upstream.status

    @property
    def body(self) -> bytes | None:
        """The whole body where it is known complete; None where `relay` must bring it."""
        return self.upstream.body

    @property
    def crossed_bytes(self) -> int:
        """Of the body so far, as it crossed the hop."""
        return self.sent_bytes

    def mark_answered(self, size_bytes: int) -> None:
        """The client was handed ``size_bytes`` more of the body, or the head alone."""
        if not self.answered_at:
            self.answered_at = time.perf_counter()
        self.sent_bytes += size_bytes

    def relay(self, sink: Sink) -> Awaitable[None]:
        """Give the body to ``sink`` part by part, until its end.

        Raises:
            M2MError: The reply cannot be completed. What has gone out stays; the caller
                breaks the connection, so that nobody takes it for the end.
        """
        kind = self._plain_content_type()
        if kind.startswith(b"text/event-stream"):
            return self._relay_events(sink)
        return self._relay_parts(sink, has_usage=b"json" in kind)

    async def _relay_parts(self, sink: Sink, *, has_usage: bool) -> None:
        while part := await self.upstream.receive():
            await sink(part)
            self.mark_answered(len(part))
            if has_usage:
                self._tail = (self._tail + part)[-TAIL_BYTES:]

    def usage(self) -> Usage | None:
        """The tokens the reply says it used, as far as it has been relayed."""
        if self.tap is not None:
            return self.tap.usage
        body = self.upstream.body
        if body is None:
            return search_usage(self._tail)
        return find_usage(body) if b"json" in self._plain_content_type() else None

    def model(self) -> bytes:
        """The model that the reply names, where it was easily seen; else nothing."""
        if self.tap is not None:
            return self.tap.model
        return model_in(self.upstream.body) if self.upstream.body is not None else b""

    async def _relay_events(self, sink: Sink) -> None:
        relay = self._relay
        relay.row.cells[STREAMS] += 1
        relay.row.cells[STREAMS_OPEN] += 1
        try:
            async with open_pipeline(self.upstream, self._stages(), relay.stream) as pipeline:
                while events := await pipeline.receive():
                    part = events[0] if len(events) == 1 else b"".join(events)
                    await sink(part)
                    self.mark_answered(len(part))
        except M2MError as error:
            if relay.stream.error_event:
                await sink(error_event(error))
            raise
        finally:
            relay.row.cells[STREAMS_OPEN] -= 1

    def _stages(self) -> list[AnyStage]:
        self.tap = UsageTap(self.keep_bytes, self.route)
        stages: list[AnyStage] = [self.tap]
        if self.hides_usage:
            stages.append(WithoutUsage())
        return [*stages, *(make() for make in self._relay.make_stages)]

    def _plain_content_type(self) -> bytes:
        return content_type(self.plain_fields)


def reply_fields(upstream: ReplySource, fields: Fields) -> Fields:
    """The end-to-end ``fields`` of a reply as they go on.

    An event stream goes without its length, which few have: stages, a heartbeat and the
    event that tells of an error change it.
    """
    if upstream.body is None and content_type(fields).startswith(b"text/event-stream"):
        return [pair for pair in fields if pair[0] != b"content-length"]
    return fields


def content_type(fields: Fields) -> bytes:
    """The content type, lower-cased; empty where the body is coded (gzip …)."""
    kind = b""
    for name, value in fields:
        if name == b"content-type":
            kind = value
        elif name == b"content-encoding":
            return b""
    return kind.lower()


def error_event(error: M2MError) -> SSEEvent:
    """The last event of a stream that broke: OpenAI's SDKs raise ``APIError`` on it."""
    return SSEEvent(b"data: " + error.body() + b"\n\n")
