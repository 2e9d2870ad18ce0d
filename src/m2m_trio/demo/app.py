"""An OpenAI-compatible upstream as a plain ASGI application on trio: no model behind it."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any

import trio
from attrs import define, field

from m2m_trio.demo.behaviour import Behaviour
from m2m_trio.demo.routes import DemoReply, DemoRequest, make_reply
from m2m_trio.errors import ClientGoneError, UpstreamBrokenError

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

KEPT_DELIVERIES = 1000


def _new_key() -> str:
    return secrets.token_hex(12)


@define(eq=False)
class Delivery:
    """What went over the wire for one request, as the upstream saw it."""

    request_id: str
    """The reply's ``x-request-id``, by which a client finds its delivery."""

    path: str
    request_sha256: str = ""
    """Of the request's body."""

    status: int = 0
    reply_bytes: int = 0
    """Bytes of the reply's body sent so far, framing left out."""

    events: int = 0
    ended: str = "open"
    """``open``, ``whole``, ``broken`` (on request) or ``cancelled`` (the client left)."""

    ended_at: float = 0.0
    """`time.perf_counter` of that moment."""

    over: trio.Event = field(factory=trio.Event)
    """Set at that moment."""

    reply_hash: hashlib._Hash = field(factory=hashlib.sha256, repr=False)
    """SHA-256 of the reply's body as far as it was sent."""

    def end(self, how: str) -> None:
        """It is over, and ``how`` it ended."""
        self.ended = how
        self.ended_at = time.perf_counter()
        self.over.set()


class DemoUpstream:
    """The ASGI application. ``pace`` is the seconds between two events of a stream.

    ``new_key`` makes the ids and ``now`` the times of the replies. `deliveries` remembers
    the last ``KEPT_DELIVERIES`` requests.
    """

    def __init__(
        self,
        *,
        pace: float = 0.02,
        new_key: Callable[[], str] = _new_key,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.pace = pace
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT_DELIVERIES)
        self._new_key = new_key
        self._now = now
        self._arrival = trio.Event()

    def delivery(self, request_id: str) -> Delivery | None:
        """The delivery whose reply carried this ``x-request-id``; None if none is kept."""
        return next((d for d in self.deliveries if d.request_id == request_id), None)

    async def next_delivery(self) -> Delivery:
        """The delivery of the next request that arrives after this call."""
        await self._arrival.wait()
        return self.deliveries[-1]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        key = self._new_key()
        delivery = Delivery(f"req_{key}", scope["path"])
        self.deliveries.append(delivery)
        self._arrival.set()
        self._arrival = trio.Event()
        try:
            await self._serve(delivery, key, scope, receive, send)
        except UpstreamBrokenError:
            delivery.end("broken")
            raise
        except BaseException:  # above all Cancelled: the server ends us when the client left
            delivery.end("cancelled")
            raise
        delivery.end("whole")

    async def _serve(
        self, delivery: Delivery, key: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        body = await _read_body(receive)
        delivery.request_sha256 = hashlib.sha256(body).hexdigest()
        request = DemoRequest(
            method=scope["method"],
            path=scope["path"],
            coded=any(name == b"content-encoding" for name, _ in scope["headers"]),
            body=body,
            key=key,
            created=int(self._now()),
        )
        reply = make_reply(request)
        delivery.status = reply.status
        await trio.sleep(reply.behaviour.head_delay)

        async def write(piece: bytes, *, more: bool) -> None:
            try:
                await send({"type": "http.response.body", "body": piece, "more_body": more})
            except OSError as error:
                raise ClientGoneError("the client broke the connection") from error
            delivery.reply_hash.update(piece)
            delivery.reply_bytes += len(piece)

        await send(
            {
                "type": "http.response.start",
                "status": reply.status,
                "headers": _fields(reply, delivery.request_id),
            }
        )
        if reply.events is None:
            await _write_whole(reply.body, reply.behaviour, write)
        else:
            await self._write_events(reply.events, reply.behaviour, delivery, write)

    async def _write_events(
        self,
        events: Iterator[bytes],
        behaviour: Behaviour,
        delivery: Delivery,
        write: Callable[..., Awaitable[None]],
    ) -> None:
        pace = self.pace if behaviour.pace is None else behaviour.pace
        await write(b"", more=True)  # the head goes now, whenever the first event does
        for event in events:
            await _misbehave(behaviour, delivery.events)
            await write(event, more=True)
            delivery.events += 1
            await trio.sleep(pace)
        await write(b"", more=False)


async def _write_whole(
    body: bytes, behaviour: Behaviour, write: Callable[..., Awaitable[None]]
) -> None:
    """A body in one piece, or half of it where trouble is asked for."""
    if behaviour.break_after is None and behaviour.stall_after is None:
        await write(body, more=False)
        return
    await write(body[: len(body) // 2], more=True)
    await _misbehave(behaviour, behaviour.break_after or behaviour.stall_after or 0)


async def _misbehave(behaviour: Behaviour, events: int) -> None:
    """Break or fall silent if that is due after this many events."""
    if behaviour.break_after == events:
        raise UpstreamBrokenError("the model's name asked for a break here")
    if behaviour.stall_after == events:
        await trio.sleep_forever()


async def _read_body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError("the client left before its request was complete")
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _fields(reply: DemoReply, request_id: str) -> list[tuple[bytes, bytes]]:
    if reply.events is None:
        framing = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(reply.body)),
        ]
    else:
        framing = [
            (b"content-type", b"text/event-stream; charset=utf-8"),
            (b"cache-control", b"no-cache"),
        ]
    return [
        *framing,
        (b"x-request-id", request_id.encode()),
        (b"openai-version", b"2020-10-01"),
        (b"openai-processing-ms", b"1"),
        *reply.fields,
    ]
