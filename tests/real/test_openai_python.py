"""openai-python in its three forms: sync, async on asyncio, async on trio."""

from __future__ import annotations

import asyncio
import base64
import json
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import openai
import pytest
import trio
from openai import AsyncAzureOpenAI, AsyncOpenAI, OpenAI

from m2m_trio.demo.script import TOOLS
from m2m_trio.testing import Node

if TYPE_CHECKING:
    from conftest import Place

HELLO: Any = [{"role": "user", "content": "Tell me about lighthouses"}]
WEATHER: Any = [{"role": "user", "content": "The weather in Oslo and Bergen?"}]
SOON = 5.0
"""Seconds, and not for ever; the law's 0.05 is measured in ``tests/laws``."""

Scenario = Callable[[AsyncOpenAI], Awaitable[None]]
options: dict[str, Any] = {"api_key": "sk-demo", "max_retries": 0, "timeout": 20}


async def on_trio(node: Node, scenario: Scenario) -> None:
    async with AsyncOpenAI(base_url=node.url, **options) as client:
        await scenario(client)


async def on_asyncio(node: Node, scenario: Scenario) -> None:
    async def run() -> None:
        async with AsyncOpenAI(base_url=node.url, **options) as client:
            await scenario(client)

    await trio.to_thread.run_sync(asyncio.run, run())


@pytest.fixture(params=[on_trio, on_asyncio])
def run(request: pytest.FixtureRequest, place: Place) -> Callable[[Scenario], Awaitable[None]]:
    async def run_scenario(scenario: Scenario) -> None:
        with trio.fail_after(20):
            await request.param(place.node, scenario)

    return run_scenario


async def in_thread(node: Node, scenario: Callable[[OpenAI], None]) -> None:
    def run() -> None:
        with OpenAI(base_url=node.url, **options) as client:
            scenario(client)

    with trio.fail_after(20):
        await trio.to_thread.run_sync(run)


def assert_left_soon(place: Place, left_at: float) -> None:
    assert place.last.ended == "cancelled"
    assert place.last.ended_at - left_at < SOON


# -- async, on both loops ---------------------------------------------------------------------


async def test_plain(run: Any, place: Place) -> None:
    async def scenario(client: AsyncOpenAI) -> None:
        reply = await client.chat.completions.create(model="demo", messages=HELLO)
        assert "lighthouses" in (reply.choices[0].message.content or "").lower()
        assert reply.usage is not None
        assert reply.usage.total_tokens > reply.usage.completion_tokens > 0
        assert reply._request_id is not None

    await run(scenario)
    assert place.last.ended == "whole"


async def test_streamed_with_usage(run: Any, place: Place) -> None:
    async def scenario(client: AsyncOpenAI) -> None:
        plain = await client.chat.completions.create(model="demo", messages=HELLO)
        text, usage = [], None
        async for chunk in await client.chat.completions.create(
            model="demo", messages=HELLO, stream=True, stream_options={"include_usage": True}
        ):
            text += [choice.delta.content or "" for choice in chunk.choices]
            usage = chunk.usage or usage
        assert "".join(text) == plain.choices[0].message.content
        assert usage == plain.usage

    await run(scenario)
    assert place.last.ended == "whole"


async def test_tools_streamed_then_answered(run: Any) -> None:
    async def scenario(client: AsyncOpenAI) -> None:
        tools: Any = TOOLS
        async with client.chat.completions.stream(
            model="demo", messages=WEATHER, tools=tools
        ) as stream:
            message = (await stream.get_final_completion()).choices[0].message
        assert message.tool_calls is not None
        assert [
            json.loads(call.function.arguments)["place"] for call in message.tool_calls
        ] == [
            "Oslo",
            "Bergen",
        ]
        results = [
            {"role": "tool", "tool_call_id": call.id, "content": "sunny"}
            for call in message.tool_calls
        ]
        told = {
            "role": "assistant",
            "tool_calls": [
                {"id": call.id, "type": "function", "function": call.function.model_dump()}
                for call in message.tool_calls
            ],
        }
        conversation: Any = [*WEATHER, told, *results]
        reply = await client.chat.completions.create(
            model="demo", messages=conversation, tools=tools
        )
        assert "sunny" in (reply.choices[0].message.content or "")

    await run(scenario)


async def test_responses(run: Any) -> None:
    async def scenario(client: AsyncOpenAI) -> None:
        plain = await client.responses.create(model="demo", input="About tides")
        async with client.responses.stream(model="demo", input="About tides") as stream:
            kinds = [event.type async for event in stream]
            final = await stream.get_final_response()
        assert final.output_text == plain.output_text
        assert "tides" in plain.output_text.lower()
        assert kinds[0] == "response.created"
        assert kinds[-1] == "response.completed"

    await run(scenario)


async def test_the_other_endpoints(run: Any) -> None:
    async def scenario(client: AsyncOpenAI) -> None:
        assert "demo" in [model.id async for model in client.models.list()]
        assert (await client.models.retrieve("demo")).owned_by == "m2m-trio-demo"
        completed = await client.completions.create(model="demo", prompt="Once")
        assert completed.choices[0].text
        vectors = await client.embeddings.create(model="demo", input=["a", "b"])
        coded = await client.embeddings.with_raw_response.create(
            model="demo", input="a", encoding_format="base64"
        )
        raw = json.loads(coded.content)["data"][0]["embedding"]
        floats = struct.unpack("<256f", base64.b64decode(raw))
        assert vectors.data[0].embedding == pytest.approx(floats, abs=1e-6)

    await run(scenario)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, openai.AuthenticationError),
        (404, openai.NotFoundError),
        (429, openai.RateLimitError),
        (500, openai.InternalServerError),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
async def test_errors_arrive_as_the_upstream_made_them(
    run: Any, status: int, kind: type[openai.APIStatusError], stream: bool
) -> None:
    async def scenario(client: AsyncOpenAI) -> None:
        with pytest.raises(kind) as caught:
            await client.chat.completions.create(
                model=f"error-{status}", messages=HELLO, stream=stream
            )
        assert caught.value.status_code == status
        assert f"error-{status}" in caught.value.message
        assert caught.value.response.headers.get("retry-after") == (
            "1" if status == 429 else None
        )

    await run(scenario)


async def test_the_client_waits_as_retry_after_says_and_asks_again(place: Place) -> None:
    with trio.fail_after(20):
        async with AsyncOpenAI(base_url=place.node.url, api_key="k", max_retries=1) as client:
            started = time.perf_counter()
            with pytest.raises(openai.RateLimitError):
                await client.chat.completions.create(model="error-429", messages=HELLO)
    assert len(place.upstream.deliveries) == 2
    assert 0.9 < time.perf_counter() - started < 5


@pytest.mark.parametrize("model", ["stall-3", "stall-0"])
async def test_leaving_a_stream_closes_the_upstream(run: Any, place: Place, model: str) -> None:
    left_at = 0.0

    async def scenario(client: AsyncOpenAI) -> None:
        nonlocal left_at
        stream = await client.chat.completions.create(model=model, messages=HELLO, stream=True)
        if model == "stall-3":
            for _ in range(3):
                await anext(stream)
        left_at = time.perf_counter()
        await stream.close()

    await run(scenario)
    with trio.fail_after(5):
        await place.last.over.wait()
    assert_left_soon(place, left_at)


async def test_leaving_before_the_head_closes_the_upstream(run: Any, place: Place) -> None:
    left_at = 0.0

    async def scenario(client: AsyncOpenAI) -> None:
        nonlocal left_at
        with pytest.raises(openai.APITimeoutError):
            await client.chat.completions.create(model="slow-60", messages=HELLO, timeout=0.3)
        left_at = time.perf_counter()

    await run(scenario)
    with trio.fail_after(5):
        await place.last.over.wait()
    assert_left_soon(place, left_at)


async def test_a_cancelled_trio_task_closes_the_upstream(place: Place) -> None:
    async with (
        AsyncOpenAI(base_url=place.node.url, **options) as client,
        trio.open_nursery() as nursery,
    ):

        async def ask() -> None:
            await client.chat.completions.create(model="slow-60", messages=HELLO)

        nursery.start_soon(ask)
        with trio.fail_after(10):
            await place.arrival()
        left_at = time.perf_counter()
        nursery.cancel_scope.cancel()
    with trio.fail_after(5):
        await place.last.over.wait()
    assert_left_soon(place, left_at)


async def test_a_broken_upstream_is_no_clean_end(run: Any, place: Place) -> None:
    async def scenario(client: AsyncOpenAI) -> None:
        chunks = 0
        stream = await client.chat.completions.create(
            model="break-4", messages=HELLO, stream=True
        )
        with pytest.raises(openai.APIError):
            async for _ in stream:
                chunks += 1
        assert chunks == 4

    await run(scenario)
    assert place.last.ended == "broken"


async def test_many_streams_at_once_do_not_mix(run: Any, place: Place) -> None:
    async def scenario(client: AsyncOpenAI) -> None:
        async def ask(topic: str) -> None:
            messages: Any = [{"role": "user", "content": f"Tell me about {topic}"}]
            stream = await client.chat.completions.create(
                model="demo", messages=messages, stream=True
            )
            text = "".join([chunk.choices[0].delta.content or "" async for chunk in stream])
            assert topic in text.lower()

        async with open_anyio_group() as group:
            for number in range(20):
                group.start_soon(ask, "island" + chr(97 + number) * 3)

    await run(scenario)
    assert len(place.upstream.deliveries) == 20


@asynccontextmanager
async def open_anyio_group() -> AsyncIterator[Any]:
    import anyio

    async with anyio.create_task_group() as group:
        yield group


async def test_azure(place: Place) -> None:
    """The same through a client that speaks Azure: another path and key field, and a query."""
    with trio.fail_after(20):
        async with AsyncAzureOpenAI(
            base_url=f"{place.node.origin}/openai/deployments/D",
            api_key="k",
            api_version="2026-01-01",
        ) as client:
            reply = await client.chat.completions.create(model="demo", messages=HELLO)
    assert reply.choices[0].message.content
    assert place.last.path == "/openai/deployments/D/chat/completions"


# -- sync, in a thread ------------------------------------------------------------------------


async def test_sync_plain_streamed_and_tools(place: Place) -> None:
    def scenario(client: OpenAI) -> None:
        plain = client.chat.completions.create(model="demo", messages=HELLO)
        with client.chat.completions.create(
            model="demo", messages=HELLO, stream=True
        ) as stream:
            text = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
        assert text == plain.choices[0].message.content
        tools: Any = TOOLS
        asked = client.chat.completions.create(model="demo", messages=WEATHER, tools=tools)
        assert len(asked.choices[0].message.tool_calls or ()) == 2
        assert next(model.id for model in client.models.list()) == "demo"
        with pytest.raises(openai.AuthenticationError):
            client.chat.completions.create(model="error-401", messages=HELLO)

    await in_thread(place.node, scenario)


async def test_sync_leaving_a_stream_closes_the_upstream(place: Place) -> None:
    left_at = 0.0

    def scenario(client: OpenAI) -> None:
        nonlocal left_at
        with client.chat.completions.create(
            model="stall-3", messages=HELLO, stream=True
        ) as stream:
            for _ in range(3):
                next(iter(stream))
            left_at = time.perf_counter()

    await in_thread(place.node, scenario)
    with trio.fail_after(5):
        await place.last.over.wait()
    assert_left_soon(place, left_at)
