"""Any ASGI app as the gateway of a hop: it sees plain requests, the wire coded ones.

python examples/app_as_gateway.py
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx

from m2m_trio import HopMiddleware, HopTransport

ANSWER = {"choices": [{"message": {"role": "assistant", "content": "Owls eat mice. " * 20}}]}


async def app(scope: Any, receive: Any, send: Any) -> None:
    """An app that knows nothing of hops; Starlette, Quart and Django make the same kind."""
    message = await receive()
    request = json.loads(message["body"])
    print("the app got", len(request["messages"]), "messages,", len(message["body"]), "bytes")
    body = json.dumps(ANSWER).encode()
    head = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})


class CountingTransport(httpx.ASGITransport):
    """The wire, which counts the bytes of requests; here it stays in memory."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Hand ``request`` to the app."""
        print("the wire carried", len(await request.aread()), "bytes")
        return await super().handle_async_request(request)


async def main() -> None:
    """Two turns from an httpx client that is an edge."""
    wire = CountingTransport(HopMiddleware(app))
    async with httpx.AsyncClient(transport=HopTransport(wire)) as client:
        messages = [{"role": "user", "content": "What do owls eat? Tell me everything. " * 30}]
        for _ in range(2):
            reply = await client.post(
                "http://localhost/v1/chat/completions",
                json={"model": "demo", "messages": messages},
            )
            messages.append(reply.json()["choices"][0]["message"])
            messages.append({"role": "user", "content": "And in winter?"})


if __name__ == "__main__":
    asyncio.run(main())
