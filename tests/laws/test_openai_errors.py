"""Law 5: the node's own errors are in OpenAI's shape: its SDK raises the class it has for each.

That errors of an upstream arrive as they are made is shown in tests/real.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import openai
import pytest
import trio
from law_rig import Rig, RigOpener

from m2m_trio.settings.model import LimitSettings, PoolSettings
from m2m_trio.testing import garbage, open_node, reply, sse, unanswered


@pytest.fixture(params=["h1"])
def protocol(request: pytest.FixtureRequest) -> str:
    """What openai-python speaks."""
    return str(request.param)


@asynccontextmanager
async def sdk(address: tuple[str, int], key: str = "any") -> AsyncGenerator[openai.AsyncOpenAI]:
    """The SDK against a node, without its retries."""
    url = f"http://{address[0]}:{address[1]}/v1"
    async with openai.AsyncOpenAI(base_url=url, api_key=key, max_retries=0) as client:
        yield client


async def error_of(
    node: Rig, *, key: str = "any", content: str = "hi", **more: Any
) -> openai.APIError:
    """What the SDK raises for one chat completion."""
    messages: Any = [{"role": "user", "content": content}]
    async with sdk(node.address, key) as client:
        with pytest.raises(openai.APIError) as raised:
            answer = await client.chat.completions.create(model="m", messages=messages, **more)
            if more.get("stream"):
                async for _ in answer:
                    pass
    return raised.value


def check(error: openai.APIError, kind: type[openai.APIError], code: str, message: str) -> None:
    assert type(error) is kind
    assert error.code == code
    assert message in error.message
    assert error.param is None
    assert isinstance(error.type, str)


async def test_wrong_key(rig: RigOpener) -> None:
    async with rig(reply(), client_keys=("right-key-123456",)) as node:
        error = await error_of(node, key="wrong-key-123456")
        check(error, openai.AuthenticationError, "invalid_api_key", "client keys")


async def test_unknown_path(rig: RigOpener) -> None:
    async with rig(reply(), passthrough=False) as node, sdk(node.address) as client:
        with pytest.raises(openai.NotFoundError) as raised:
            await client.get("/nowhere/at/all", cast_to=object)
        check(raised.value, openai.NotFoundError, "unknown_url", "/v1")


async def test_body_over_the_limit(rig: RigOpener) -> None:
    async with rig(reply(), limits=LimitSettings(body_bytes=1000)) as node:
        error = await error_of(node, content="x" * 2000)
        check(error, openai.APIStatusError, "body_too_large", "1000 bytes")
        assert error.status_code == 413


async def test_too_many_exchanges(rig: RigOpener) -> None:
    limits = LimitSettings(exchanges=1)
    async with rig(unanswered("stall"), limits=limits) as node, node.connect() as line:
        await line.start("POST", "/v1/chat/completions", (), b"{}")
        await node.upstream.request(0)
        error = await error_of(node)
        check(error, openai.RateLimitError, "overloaded", "exchanges")
        assert error.response.headers["retry-after"] == "1"


async def test_draining(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        node.proxy.admission.drain()
        error = await error_of(node)
        check(error, openai.InternalServerError, "draining", "shutting down")
        assert error.status_code == 503


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("script", "status", "code"),
    [
        (unanswered("close"), 502, "upstream_broken"),
        (garbage(), 502, "upstream_protocol"),
        (unanswered("stall"), 504, "upstream_timeout"),
    ],
)
async def test_upstream_that_fails(
    rig: RigOpener, script: Any, status: int, code: str, stream: bool
) -> None:
    async with rig(script, pool=PoolSettings(head=0.1)) as node:
        error = await error_of(node, stream=stream)
        check(error, openai.InternalServerError, code, node.upstream.origin)
        assert error.status_code == status
        assert error.type == "server_error"


async def test_unreachable_upstream() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with trio.fail_after(20):
        async with open_node(f"http://127.0.0.1:{port}/v1") as other:
            node = Rig(
                upstream=None,  # type: ignore[arg-type]
                proxy=other.proxy,
                address=other.address,
                protocol="h1",
                authority=None,
            )
            error = await error_of(node)
    check(error, openai.InternalServerError, "upstream_unreachable", f"127.0.0.1:{port}")
    assert error.status_code == 502


CHUNK = (
    b'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":'
    b'[{"index":0,"delta":{"content":"hi"},"finish_reason":null}]}\n\n'
)


async def test_stream_that_breaks_raises_what_the_event_says(rig: RigOpener) -> None:
    async with rig(sse([CHUNK], ending="close")) as node:
        error = await error_of(node, stream=True)
        check(error, openai.APIError, "upstream_broken", node.upstream.origin)
