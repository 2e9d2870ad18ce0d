"""openai-python through a `HopTransport`: sync, on asyncio and on trio."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import httpx
from openai import AsyncOpenAI

from m2m_trio import HopMiddleware, HopTransport

sys.path.append(str(Path(__file__).parents[1] / "web"))
from hop_app import EVENTS, Line, RecordingApp

MESSAGES = [{"role": "system", "content": "You know all about owls. " * 20}]
WORDS = ["Owls", " eat", " mice", ", mostly", " at", " night", "."]


async def hold_conversation() -> list[tuple[str, str]]:
    """Three turns, the last one streamed; what crossed the line."""
    line = Line(HopMiddleware(RecordingApp()))
    http_client: Any = httpx.AsyncClient(transport=HopTransport(line))
    async with AsyncOpenAI(
        base_url="http://localhost/v1", api_key="key", http_client=http_client
    ) as client:
        ask: Any = client.chat.completions.create
        for _ in range(2):
            reply = await ask(model="m", messages=MESSAGES)
            assert reply.choices[0].message.content == "Mice. " * 20
        stream = await ask(model="m", messages=MESSAGES, stream=True)
        words = [chunk.choices[0].delta.content async for chunk in stream]
    assert words == WORDS
    assert len(EVENTS) == len(WORDS) + 1
    return line.codings


def check(codings: list[tuple[str, str]]) -> None:
    assert codings[:2] == [("identity", "m2m-zd1"), ("dcz", "m2m-zd1")]
    assert codings[2][1] == "m2m-df1"


async def test_on_trio() -> None:
    check(await hold_conversation())


def test_on_asyncio() -> None:
    check(asyncio.run(hold_conversation()))
