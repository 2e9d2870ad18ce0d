"""A real llama.cpp server behind the node: odd bytes, odd errors, its own keep-alive."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
import trio
from openai import AsyncOpenAI

from m2m_trio.testing import Node, open_node

SCRIPT = Path(__file__).parents[2] / "scripts" / "llama-upstream"
MODEL = "made-up"
HELLO: Any = [{"role": "user", "content": "Hello, llama"}]
SAME: dict[str, Any] = {"model": MODEL, "messages": HELLO, "seed": 1, "temperature": 0}
FULL_LENGTH = {"ignore_eos": True}  # random weights may end a reply at its first token
VARYING = {"id", "created", "timings", "usage"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of a llama.cpp server."""
    log = tmp_path_factory.mktemp("llama") / "log"
    command = [sys.executable, str(SCRIPT)]
    with (
        log.open("wb") as stderr,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            if not url:
                process.wait()
                said = log.read_text(errors="replace").strip().splitlines()
                pytest.skip(f"scripts/llama-upstream does not run here: {said[-1:]}")
            yield url
        finally:
            process.kill()


@pytest.fixture
async def node(llama: str) -> AsyncIterator[Node]:
    with trio.fail_after(60):
        async with open_node(llama) as node:
            yield node


@pytest.fixture
async def client(node: Node) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(base_url=node.url, api_key="k", max_retries=0) as client:
        yield client


def steady(document: dict[str, Any]) -> dict[str, Any]:
    """What is the same each time the same is asked."""
    return {key: value for key, value in document.items() if key not in VARYING}


async def test_plain_is_what_llama_says_directly(node: Node, llama: str) -> None:
    async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
        request = SAME | FULL_LENGTH | {"max_tokens": 24}
        replies = [
            await http.post(f"{url}/chat/completions", json=request)
            for url in (llama, node.url)
        ]
    direct, through = replies
    assert steady(through.json()) == steady(direct.json())
    connection = {"date", "connection", "keep-alive", "content-length"}
    assert {n: v for n, v in through.headers.items() if n not in connection} == {
        n: v for n, v in direct.headers.items() if n not in connection
    }


async def test_streamed_is_what_llama_says_directly(node: Node, llama: str) -> None:
    seen = []
    async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
        for url in (llama, node.url):
            request = SAME | FULL_LENGTH | {"max_tokens": 48, "stream": True}
            reply = await http.post(f"{url}/chat/completions", json=request)
            *events, end = reply.text.split("\n\n")
            assert end == ""
            assert events.pop() == "data: [DONE]"
            seen.append([steady(json.loads(event.removeprefix("data: "))) for event in events])
    assert seen[0] == seen[1]
    assert len(seen[0]) > 10


async def test_openai_python_reads_it(client: AsyncOpenAI) -> None:
    plain = await client.chat.completions.create(
        model=MODEL, messages=HELLO, max_tokens=8, extra_body=FULL_LENGTH
    )
    assert plain.usage is not None
    assert plain.usage.completion_tokens == 8
    chunks = [
        chunk
        async for chunk in await client.chat.completions.create(
            model=MODEL,
            messages=HELLO,
            max_tokens=8,
            extra_body=FULL_LENGTH,
            stream=True,
            stream_options={"include_usage": True},
        )
    ]
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens == 8
    assert (await client.completions.create(model=MODEL, prompt="a", max_tokens=2)).choices
    assert [model.id async for model in client.models.list()] == [MODEL]


async def test_its_errors_stay_its_own(node: Node, llama: str) -> None:
    async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
        for body in (b"{", b'{"messages": "none"}', b'{"messages": [{"role": 1}]}'):
            direct, through = [
                await http.post(f"{url}/chat/completions", content=body)
                for url in (llama, node.url)
            ]
            assert through.status_code == direct.status_code >= 400
            assert through.content == direct.content


async def test_embeddings_it_does_not_offer(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.APIStatusError) as caught:
        await client.embeddings.create(model=MODEL, input="a")
    assert isinstance(json.loads(caught.value.response.text)["error"]["code"], int)


async def test_leaving_a_stream_frees_its_slot(client: AsyncOpenAI, node: Node) -> None:
    """llama.cpp generates for nobody unless the node closes: four slots would fill."""
    for _ in range(8):
        stream = await client.chat.completions.create(
            model=MODEL, messages=HELLO, max_tokens=4000, stream=True, extra_body=FULL_LENGTH
        )
        await anext(aiter(stream))
        await stream.close()
    with trio.fail_after(10):
        reply = await client.chat.completions.create(model=MODEL, messages=HELLO, max_tokens=2)
    assert reply.choices
    assert node.proxy.admission.ready


async def test_many_at_once(client: AsyncOpenAI) -> None:
    counts: list[int] = []

    async def ask() -> None:
        stream = await client.chat.completions.create(
            model=MODEL, messages=HELLO, max_tokens=16, stream=True, extra_body=FULL_LENGTH
        )
        reasons = [chunk.choices[0].finish_reason async for chunk in stream]
        counts.append(len(reasons))
        assert reasons[-1] == "length"

    async with trio.open_nursery() as nursery:
        for _ in range(12):
            nursery.start_soon(ask)
    assert len(counts) == 12
