"""An ASGI app that keeps what it is asked, a line that keeps what crosses it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx

from m2m_trio.web.problems import Receive, Scope, Send

EVENTS = [
    b'data: {"id":"c-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":'
    b'{"content":"%s"},"finish_reason":null}]}\n\n' % word
    for word in (b"Owls", b" eat", b" mice", b", mostly", b" at", b" night", b".")
] + [b"data: [DONE]\n\n"]
REPLY = json.dumps(
    {
        "id": "c-1",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": "Mice. " * 20}}],
    }
).encode()


def chat(*turns: str, stream: bool = False) -> bytes:
    """A request body, the longer the more turns; key order as the SDK has it."""
    messages = [{"role": "system", "content": "You know all about owls. " * 20}]
    messages += [{"role": "user", "content": turn} for turn in turns]
    body = {"model": "demo", "stream": stream, "messages": messages}
    return json.dumps(body, separators=(",", ":")).encode()


class RecordingApp:
    """Answers chat requests; keeps scopes and bodies."""

    def __init__(self) -> None:
        self.scopes: list[Scope] = []
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        if scope["type"] != "http":
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        self.bodies.append(body)
        streams = b'"stream":true' in body
        kind = b"text/event-stream" if streams else b"application/json"
        headers = [(b"Content-Type", kind), (b"x-app", b"owl")]
        if not streams:
            headers.append((b"content-length", b"%d" % len(REPLY)))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if not streams:
            await send({"type": "http.response.body", "body": REPLY})
            return
        for event in EVENTS:
            await send({"type": "http.response.body", "body": event, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class Line(httpx.AsyncBaseTransport):
    """Keeps every request and every coded reply that crosses it; may spoil replies."""

    def __init__(self, app: Any, client: tuple[str, int] = ("127.0.0.1", 9)) -> None:
        self._inner = httpx.ASGITransport(app=app, client=client)
        self.requests: list[httpx.Request] = []
        self.replies: list[tuple[int, httpx.Headers, bytes]] = []
        self.spoil = lambda body: body

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        response = await self._inner.handle_async_request(request)
        assert isinstance(response.stream, httpx.AsyncByteStream)
        body = b"".join([part async for part in response.stream])
        self.replies.append((response.status_code, response.headers, body))
        return httpx.Response(
            response.status_code,
            headers=response.headers.raw,
            stream=Pieces(self.spoil(body)),
        )

    @property
    def codings(self) -> list[tuple[str, str]]:
        """Of each request and its reply."""
        return [
            (
                request.headers.get("content-encoding", "identity"),
                headers.get("content-encoding", "identity"),
            )
            for request, (_, headers, _) in zip(self.requests, self.replies, strict=True)
        ]


class Pieces(httpx.AsyncByteStream):
    """A body in pieces of seven bytes."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self._body), 7):
            yield self._body[at : at + 7]
