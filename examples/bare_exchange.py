"""One exchange without any server: your program asks through the proxy's pool and limits.

Leaving the block early closes the upstream connection at once, so the model stops.

python examples/bare_exchange.py [UPSTREAM]
"""

from __future__ import annotations

import json
import sys
from contextlib import AsyncExitStack

import trio

from m2m_trio import M2MError, Request, Settings, open_exchange, open_proxy
from m2m_trio.demo import open_demo_upstream

CHAT = {
    "model": "demo",
    "stream": True,
    "stream_options": {"include_usage": True},
    "messages": [{"role": "user", "content": "Count to three"}],
}


async def main(upstream: str | None = None) -> None:
    """Stream one answer, and be refused once."""
    async with AsyncExitStack() as stack:
        if upstream is None:
            upstream = await stack.enter_async_context(open_demo_upstream())
        proxy = await stack.enter_async_context(open_proxy(Settings(upstream=upstream)))

        request = Request.of("POST", "/v1/chat/completions", json.dumps(CHAT).encode())
        async with open_exchange(proxy, request) as reply:
            print("status:", reply.status)
            await reply.relay(show)
        usage = reply.usage()
        print("\ntokens:", usage.output if usage else None)

        try:
            async with open_exchange(proxy, Request.of("GET", "/v1/../secret")):
                pass
        except M2MError as error:
            print(f"refused: {error.status} {error.code}: {error.message}")


async def show(part: bytes) -> None:
    """Take the next part of the stream; the upstream is read on when this returns."""
    await trio.lowlevel.checkpoint()
    for line in part.splitlines():
        if line.startswith(b"data: {"):
            for choice in json.loads(line[6:])["choices"]:
                print(choice["delta"].get("content") or "", end="", flush=True)


if __name__ == "__main__":
    trio.run(main, sys.argv[1] if sys.argv[1:] else None)
