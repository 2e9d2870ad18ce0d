"""The API inside a Quart-Trio app of your own, under a prefix, behind your own hooks.

python examples/quart_app.py [UPSTREAM]
"""

from __future__ import annotations

import sys
from contextlib import AsyncExitStack
from functools import partial

import httpx
import trio
from hypercorn.config import Config
from hypercorn.trio import serve
from quart import Response, request
from quart_trio import QuartTrio

from m2m_trio import Settings, make_blueprint, open_proxy
from m2m_trio.demo import open_demo_upstream

app = QuartTrio(__name__)

CHAT = {"model": "demo", "messages": [{"role": "user", "content": "Hello from Quart"}]}


@app.get("/")
async def home() -> str:
    """A page of the app itself."""
    return "my own page"


@app.after_request
async def sign(response: Response) -> Response:
    """A hook of the app: it sees the upstream's replies as well."""
    if request.path.startswith("/llm/"):
        response.headers["x-served-by"] = "my app"
    return response


async def main(upstream: str | None = None) -> None:
    """Serve the app, ask it for a page and for an answer."""
    async with AsyncExitStack() as stack:
        if upstream is None:
            upstream = await stack.enter_async_context(open_demo_upstream())
        proxy = await stack.enter_async_context(open_proxy(Settings(upstream=upstream)))
        app.register_blueprint(make_blueprint(proxy), url_prefix="/llm")

        config = Config()
        config.bind = ["127.0.0.1:0"]
        config.loglevel = "WARNING"
        async with trio.open_nursery() as nursery:
            (origin,) = await nursery.start(partial(serve, app, config))
            async with httpx.AsyncClient(base_url=origin, trust_env=False) as client:
                print("page:", (await client.get("/")).text)
                reply = await client.post("/llm/v1/chat/completions", json=CHAT)
            print("answer:", reply.json()["choices"][0]["message"]["content"])
            print("served by:", reply.headers["x-served-by"])
            nursery.cancel_scope.cancel()


if __name__ == "__main__":
    trio.run(main, sys.argv[1] if sys.argv[1:] else None)
