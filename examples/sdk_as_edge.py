"""The OpenAI SDK as the edge of a hop: its requests reach the node coded.

python examples/sdk_as_edge.py [UPSTREAM]
"""

from __future__ import annotations

import sys
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import httpx
import trio
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam

from m2m_trio import HopTransport, Settings, open_proxy, serve
from m2m_trio.demo import open_demo_upstream

RULES = "You answer questions about owls, briefly and with a source for each claim. " * 20


class CountingTransport(httpx.HTTPTransport):
    """What carries the bytes, and counts those of request bodies."""

    sent_bytes = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send ``request``."""
        self.sent_bytes = len(request.read())
        return super().handle_request(request)


def hold_conversation(base_url: str) -> None:
    """Three turns with the ordinary client, through a `HopTransport`."""
    wire = CountingTransport()
    messages: list[ChatCompletionMessageParam] = [{"role": "system", "content": RULES}]
    # Any: the SDK takes httpx clients, and since 3.0 names those of a fork in its types.
    http_client: Any = httpx.Client(transport=HopTransport(wire), trust_env=False)
    with OpenAI(base_url=base_url, api_key="any", http_client=http_client) as client:
        for question in ("What do owls eat?", "And in winter?", "Do they sleep by day?"):
            messages.append({"role": "user", "content": question})
            reply = client.chat.completions.create(model="demo", messages=messages)
            messages.append({"role": "assistant", "content": reply.choices[0].message.content})
            print(f"request of {len(messages) // 2} turns: {wire.sent_bytes} bytes sent")


async def main(upstream: str | None = None) -> None:
    """Start a node, the gateway, and talk to it."""
    async with AsyncExitStack() as stack:
        if upstream is None:
            upstream = await stack.enter_async_context(open_demo_upstream())
        settings = Settings(upstream=upstream, listen="127.0.0.1:0")
        async with open_proxy(settings) as proxy, trio.open_nursery() as nursery:
            (address,) = await nursery.start(serve, proxy)
            await trio.to_thread.run_sync(partial(hold_conversation, f"http://{address}/v1"))
            proxy.drain()


if __name__ == "__main__":
    trio.run(main, sys.argv[1] if sys.argv[1:] else None)
