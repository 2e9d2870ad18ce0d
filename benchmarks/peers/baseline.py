"""The baseline: what one writes first. Stock hypercorn trio worker + Quart-Trio + httpx.

python benchmarks/peers/baseline.py PORT UPSTREAM_PORT
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

import httpx
import trio
from hypercorn.config import Config
from hypercorn.trio import serve
from quart import Response, request
from quart_trio import QuartTrio

DROPPED = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}


def make_app(upstream: str) -> QuartTrio:
    app = QuartTrio(__name__)
    app.config["RESPONSE_TIMEOUT"] = None
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=1000)
    client = httpx.AsyncClient(base_url=upstream, limits=limits, timeout=600)

    @app.post("/v1/chat/completions")
    async def forward() -> Response:
        fields = [(k, v) for k, v in request.headers.items() if k.lower() not in DROPPED]
        body = await request.get_data()
        sent = client.build_request("POST", request.full_path, headers=fields, content=body)
        reply = await client.send(sent, stream=True)
        headers = [(k, v) for k, v in reply.headers.items() if k not in DROPPED]
        if not reply.headers["content-type"].startswith("text/event-stream"):
            content = b"".join([piece async for piece in reply.aiter_raw()])
            await reply.aclose()
            return Response(content, reply.status_code, headers)

        async def pieces() -> AsyncIterator[bytes]:
            async for piece in reply.aiter_raw():
                yield piece
            await reply.aclose()

        return Response(pieces(), reply.status_code, headers)

    return app


if __name__ == "__main__":
    config = Config()
    config.bind = [f"127.0.0.1:{sys.argv[1]}"]
    trio.run(serve, make_app(f"http://127.0.0.1:{sys.argv[2]}"), config)
