"""A node inside a trio program of your own: it starts, answers, drains and is gone.

python examples/embed_node.py [UPSTREAM]
"""

from __future__ import annotations

import sys
from contextlib import AsyncExitStack

import httpx
import trio

from m2m_trio import Settings, open_proxy, serve
from m2m_trio.demo import open_demo_upstream

CHAT = {"model": "demo", "messages": [{"role": "user", "content": "Hello from trio"}]}


async def main(upstream: str | None = None) -> None:
    """Start a node, ask it once, drain it."""
    async with AsyncExitStack() as stack:
        if upstream is None:
            upstream = await stack.enter_async_context(open_demo_upstream())
        settings = Settings(upstream=upstream, listen="127.0.0.1:0")  # port 0: a free one
        async with open_proxy(settings) as proxy, trio.open_nursery() as nursery:
            (address,) = await nursery.start(serve, proxy)

            async with httpx.AsyncClient(trust_env=False) as client:
                reply = await client.post(f"http://{address}/v1/chat/completions", json=CHAT)
            print("answer:", reply.json()["choices"][0]["message"]["content"])

            proxy.drain()  # serve() returns when what is under way is over
        print("drained")


if __name__ == "__main__":
    trio.run(main, sys.argv[1] if sys.argv[1:] else None)
