from __future__ import annotations

import base64
import hashlib
import json
import math
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import trio
from trio.testing import MockClock

from m2m_trio.demo import DemoUpstream
from m2m_trio.demo.behaviour import Behaviour, parse_behaviour
from m2m_trio.demo.routes import MODELS_CREATED
from m2m_trio.demo.script import TOOLS, Agent, assemble
from m2m_trio.errors import ClientGoneError, UpstreamBrokenError

ASK = {"model": "demo", "messages": [{"role": "user", "content": "What is a café?"}]}


@asynccontextmanager
async def open_client(app: DemoUpstream) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://demo/v1") as client:
        yield client


def fixed_demo() -> DemoUpstream:
    return DemoUpstream(pace=0, new_key=lambda: "k", now=lambda: 1_800_000_000.5)


def events_of(text: str) -> list[Any]:
    *events, done, rest = text.split("\n\n")
    assert (done, rest) == ("data: [DONE]", "")
    return [json.loads(event.removeprefix("data: ")) for event in events]


async def test_chat_plain() -> None:
    async with open_client(fixed_demo()) as client:
        reply = await client.post("/chat/completions", json=ASK | {"n": 2})
    assert reply.headers["x-request-id"] == "req_k"
    body = reply.json()
    assert (body["id"], body["object"]) == ("chatcmpl-k", "chat.completion")
    assert body["created"] == 1_800_000_000
    assert [choice["index"] for choice in body["choices"]] == [0, 1]
    assert "café" in body["choices"][0]["message"]["content"]
    usage = body["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


@pytest.mark.parametrize("include_usage", [True, False])
async def test_chat_streamed_says_what_chat_plain_says(include_usage: bool) -> None:
    async with open_client(fixed_demo()) as client:
        plain = (await client.post("/chat/completions", json=ASK)).json()
        options = {"stream": True, "stream_options": {"include_usage": include_usage}}
        reply = await client.post("/chat/completions", json=ASK | options)
    assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"
    events = events_of(reply.text)
    assert events[0]["choices"][0]["delta"]["role"] == "assistant"
    assert assemble(events)["content"] == plain["choices"][0]["message"]["content"]
    if include_usage:
        assert events[-1]["choices"] == []
        assert events[-1]["usage"] == plain["usage"]
        assert all(event["usage"] is None for event in events[:-1])
        events.pop()
    assert events[-1]["choices"][0]["finish_reason"] == "stop"
    assert len(events) > 20


async def test_tools_are_called_plain_and_streamed_and_answered() -> None:
    question = {"role": "user", "content": "Is the weather in Oslo or Bergen better?"}
    ask = {"model": "demo", "messages": [question], "tools": list(TOOLS)}
    async with open_client(fixed_demo()) as client:
        plain = (await client.post("/chat/completions", json=ask)).json()
        streamed = await client.post("/chat/completions", json=ask | {"stream": True})
        message = plain["choices"][0]["message"]
        assert plain["choices"][0]["finish_reason"] == "tool_calls"
        assert message["content"] is None
        assert assemble(events_of(streamed.text))["tool_calls"] == message["tool_calls"]
        assert [
            json.loads(c["function"]["arguments"])["place"] for c in message["tool_calls"]
        ] == [
            "Oslo",
            "Bergen",
        ]
        result = {"role": "tool", "tool_call_id": "x", "content": "sunny"}
        final = ask | {"messages": [question, message, result]}
        answer = (await client.post("/chat/completions", json=final)).json()
    assert "sunny" in answer["choices"][0]["message"]["content"]


async def test_the_scripted_agent_comes_to_its_end() -> None:
    agent = Agent()
    requests = 0
    async with open_client(fixed_demo()) as client:
        while (request := agent.next_request()) is not None:
            assert agent.said_last
            requests += 1
            reply = await client.post("/chat/completions", json=request)
            if request["stream"]:
                agent.take_reply(assemble(events_of(reply.text)))
            else:
                agent.take_reply(reply.json()["choices"][0]["message"])
    assert requests == 7  # five questions, two of them by way of a tool


async def test_completions() -> None:
    ask = {"model": "demo", "prompt": "Once upon a time"}
    async with open_client(fixed_demo()) as client:
        plain = (await client.post("/completions", json=ask)).json()
        options = {"stream": True, "stream_options": {"include_usage": True}}
        events = events_of((await client.post("/completions", json=ask | options)).text)
        bare = events_of((await client.post("/completions", json=ask | {"stream": True})).text)
    assert plain["object"] == "text_completion"
    said = "".join(choice["text"] for event in events for choice in event["choices"])
    assert said == plain["choices"][0]["text"]
    assert events[-1]["usage"] == plain["usage"]
    assert len(bare) == len(events) - 1


async def test_embeddings_lie_close_together_where_words_are_shared() -> None:
    ask = {"model": "demo-embedding", "input": ["a red cat", "the red cat", "tax law"]}
    async with open_client(fixed_demo()) as client:
        plain = (await client.post("/embeddings", json=ask)).json()
        coded = (
            await client.post("/embeddings", json=ask | {"encoding_format": "base64"})
        ).json()
        small = await client.post("/embeddings", json=ask | {"dimensions": 3, "input": ""})
    one, two, three = (item["embedding"] for item in plain["data"])
    assert math.hypot(*one) == pytest.approx(1)
    near, far = sum(map(float.__mul__, one, two)), sum(map(float.__mul__, one, three))
    assert near > 0.5 > far
    floats = struct.unpack(f"<{len(one)}f", base64.b64decode(coded["data"][0]["embedding"]))
    assert floats == pytest.approx(one, abs=1e-6)
    assert len(small.json()["data"][0]["embedding"]) == 3
    assert plain["usage"] == {"prompt_tokens": 8, "total_tokens": 8}


async def test_responses_plain_and_streamed() -> None:
    ask = {"model": "demo", "input": "Tell me about tides"}
    async with open_client(fixed_demo()) as client:
        plain = (await client.post("/responses", json=ask)).json()
        reply = await client.post("/responses", json=ask | {"stream": True})
        cut = (await client.post("/responses", json=ask | {"max_output_tokens": 2})).json()
    text = plain["output"][0]["content"][0]["text"]
    assert "tides" in text
    *blocks, rest = reply.text.split("\n\n")
    assert rest == ""
    named = [block.split("\n") for block in blocks]
    events = [json.loads(data.removeprefix("data: ")) for _, data in named]
    assert [name.removeprefix("event: ") for name, _ in named] == [e["type"] for e in events]
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    assert "".join(e["delta"] for e in events if e["type"].endswith("text.delta")) == text
    assert events[-1] == {
        "type": "response.completed",
        "sequence_number": len(events) - 1,
        "response": plain,
    }
    assert cut["status"] == "incomplete"
    assert cut["incomplete_details"] == {"reason": "max_output_tokens"}


async def test_responses_with_function_calls() -> None:
    tools = [{"type": "function", **TOOLS[0]["function"]}]
    ask = {"model": "demo", "input": "The weather in Rome?", "tools": tools}
    async with open_client(fixed_demo()) as client:
        plain = (await client.post("/responses", json=ask)).json()
        streamed = (await client.post("/responses", json=ask | {"stream": True})).text
    (call,) = plain["output"]
    assert (call["type"], call["name"]) == ("function_call", "get_weather")
    assert json.loads(call["arguments"]) == {"place": "Rome", "unit": "celsius"}
    events = [json.loads(block.split("data: ")[1]) for block in streamed.split("\n\n")[:-1]]
    deltas = [e["delta"] for e in events if e["type"].endswith("arguments.delta")]
    assert "".join(deltas) == call["arguments"]


async def test_models() -> None:
    async with open_client(fixed_demo()) as client:
        listed = (await client.get("/models")).json()["data"]
        one = await client.get("/models/demo")
        none = await client.get("/models/gpt-9")
    assert listed[0] == one.json()
    assert one.json()["created"] == MODELS_CREATED
    assert none.status_code == 404
    assert none.json()["error"]["param"] == "model"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/v1/chat/completions", b"{", 400),
        ("POST", "/v1/chat/completions", b"{}", 400),
        ("POST", "/v1/embeddings", b'{"model": "m"}', 400),
        ("POST", "/v1/embeddings", b'{"model": "m", "input": "a", "dimensions": 0}', 400),
        ("POST", "/v1/embeddings", b'{"model": "m", "input": "a", "encoding_format": 1}', 400),
        ("GET", "/v1/chat/completions", b"", 405),
        ("POST", "/v1/models", b"", 405),
        ("GET", "/v1/nothing", b"", 404),
        ("GET", "/elsewhere", b"", 404),
    ],
)
async def test_errors_have_openais_shape(
    method: str, path: str, body: bytes, status: int
) -> None:
    async with open_client(fixed_demo()) as client:
        reply = await client.request(method, f"http://demo{path}", content=body)
    assert reply.status_code == status
    assert set(reply.json()["error"]) == {"message", "type", "param", "code"}


async def test_coded_bodies_are_refused() -> None:
    async with open_client(fixed_demo()) as client:
        reply = await client.post(
            "/chat/completions", content=b"x", headers={"Content-Encoding": "zstd"}
        )
    assert reply.status_code == 415


async def test_azure_paths_are_known() -> None:
    async with open_client(fixed_demo()) as client:
        url = "http://demo/openai/deployments/D/chat/completions?api-version=1"
        assert (await client.post(url, json=ASK)).status_code == 200


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
async def test_errors_on_request(status: int) -> None:
    async with open_client(fixed_demo()) as client:
        reply = await client.post("/chat/completions", json=ASK | {"model": f"error-{status}"})
    assert reply.status_code == status
    assert ("retry-after" in reply.headers) == (status in {429, 503})
    assert str(status) in reply.json()["error"]["message"]


def test_behaviour_is_read_from_the_models_name() -> None:
    assert parse_behaviour("slow-0.5") == Behaviour(head_delay=0.5)
    assert parse_behaviour("pace-1") == Behaviour(pace=1)
    assert parse_behaviour("stall-2") == Behaviour(stall_after=2)
    assert parse_behaviour("break-0") == Behaviour(break_after=0)
    assert parse_behaviour("error-200") == Behaviour()
    assert parse_behaviour("slow-motion") == Behaviour()


async def test_slow_and_paced_replies_take_their_time(autojump_clock: MockClock) -> None:
    app = fixed_demo()
    async with open_client(app) as client:
        started = trio.current_time()
        await client.post("/chat/completions", json=ASK | {"model": "slow-7"})
        assert trio.current_time() - started == 7
        started = trio.current_time()
        await client.post("/chat/completions", json=ASK | {"model": "pace-1", "stream": True})
        assert trio.current_time() - started == app.deliveries[-1].events


class Wire:
    """The server's side of the ASGI application, with one request to give."""

    def __init__(self, request: object) -> None:
        self.request = json.dumps(request).encode()
        self.sent: list[dict[str, Any]] = []
        self.broken = False

    async def receive(self) -> dict[str, Any]:
        return {"type": "http.request", "body": self.request}

    async def send(self, message: Any) -> None:
        if self.broken and message["type"] == "http.response.body":
            raise ConnectionResetError
        self.sent.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)

    async def run(self, app: DemoUpstream) -> None:
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/v1/chat/completions",
            "headers": [],
        }
        await app(scope, self.receive, self.send)


@pytest.mark.parametrize("stream", [True, False])
async def test_breaks_on_request(stream: bool) -> None:
    app, wire = fixed_demo(), Wire(ASK | {"model": "break-2", "stream": stream})
    with pytest.raises(UpstreamBrokenError):
        await wire.run(app)
    delivery = app.deliveries[-1]
    assert (delivery.ended, delivery.over.is_set()) == ("broken", True)
    assert wire.sent[-1]["more_body"]
    assert delivery.reply_bytes == len(wire.body) > 0
    if stream:
        assert delivery.events == wire.body.count(b"\n\n") == 2


@pytest.mark.parametrize("stream", [True, False])
async def test_a_stalled_reply_ends_when_it_is_cancelled(
    stream: bool, autojump_clock: MockClock
) -> None:
    app, wire = fixed_demo(), Wire(ASK | {"model": "stall-1", "stream": stream})
    with trio.move_on_after(1):
        await wire.run(app)
    assert app.deliveries[-1].ended == "cancelled"


async def test_a_client_that_left_ends_the_delivery() -> None:
    app, wire = fixed_demo(), Wire(ASK)
    wire.broken = True
    with pytest.raises(ClientGoneError):
        await wire.run(app)

    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    wire.receive = gone  # type: ignore[method-assign]
    with pytest.raises(ClientGoneError):
        await wire.run(app)
    assert [delivery.ended for delivery in app.deliveries] == ["cancelled"] * 2


async def test_deliveries_tell_what_was_sent() -> None:
    app = DemoUpstream(pace=0)
    async with open_client(app) as client, trio.open_nursery() as nursery:
        arrived: list[str] = []

        async def wait() -> None:
            arrived.append((await app.next_delivery()).path)

        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked()
        reply = await client.post("/chat/completions", json=ASK | {"stream": True})
    delivery = app.delivery(reply.headers["x-request-id"])
    assert delivery is not None
    assert (delivery.ended, delivery.status) == ("whole", 200)
    assert delivery.reply_hash.hexdigest() == hashlib.sha256(reply.content).hexdigest()
    assert delivery.request_sha256 == hashlib.sha256(reply.request.content).hexdigest()
    assert delivery.reply_bytes == len(reply.content)
    assert arrived == ["/v1/chat/completions"]
    assert app.delivery("req_none") is None


async def test_only_http_is_spoken() -> None:
    await fixed_demo()({"type": "lifespan"}, Wire({}).receive, Wire({}).send)
