"""A scripted agent: the questions it asks, the tools it has, and how it goes on.

Pure: `Agent` gives the next request and takes the reply; who sends it is not its business.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

SYSTEM = (
    "You are the assistant of a small weather and travel office. Be brief and exact, call "
    "tools where they help, and say so when you do not know."
)

TOOLS: Sequence[Mapping[str, Any]] = [
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "description": "The weather and forecast at a place, now",
            "parameters": {
                "type": "object",
                "properties": {
                    "place": {"type": "string", "description": "A town, such as Lisbon"},
                    "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
                },
                "required": ["place", "unit"],
                "additionalProperties": False,
            },
        },
    },
    {
        "type": "function",
        "function": {
            "name": "find_trains",
            "description": "Trains to a town and their timetable",
            "parameters": {
                "type": "object",
                "properties": {"destination": {"type": "string"}},
                "required": ["destination"],
                "additionalProperties": False,
            },
        },
    },
]


@frozen
class Question:
    """One thing the user asks, and whether the agent wants it answered as a stream."""

    text: str
    stream: bool


QUESTIONS = (
    Question("Good morning! What does a gateway do for an application?", False),
    Question("And why do streams need cancellation?", True),
    Question("What is the weather in Lisbon and Reykjavík today?", True),
    Question("Are there trains to Porto after breakfast?", False),
    Question("Thanks! Sum up the journey, umbrellas and all.", True),
)

_WEATHER = (("light rain", 14), ("clear sky", 22), ("fog", 9), ("snow", -3))


class Agent:
    """Holds the conversation; `next_request` and `take_reply` alternate."""

    def __init__(self, model: str = "demo", questions: Sequence[Question] = QUESTIONS) -> None:
        self._model = model
        self._questions = list(questions)
        self._messages: list[Mapping[str, Any]] = [{"role": "system", "content": SYSTEM}]
        self._stream = False

    @property
    def said_last(self) -> str:
        """What the request at hand is about, in a few words for a reader."""
        last = self._messages[-1]
        if last["role"] == "tool":
            return "(the tools have answered)"
        return str(last["content"])

    def next_request(self) -> dict[str, Any] | None:
        """The next ``/v1/chat/completions`` request; None when all has been said."""
        if self._messages[-1]["role"] != "tool":
            if not self._questions:
                return None
            question = self._questions.pop(0)
            self._stream = question.stream
            self._messages.append({"role": "user", "content": question.text})
        request = {
            "model": self._model,
            "messages": list(self._messages),
            "tools": list(TOOLS),
            "stream": self._stream,
        }
        if self._stream:
            request["stream_options"] = {"include_usage": True}
        return request

    def take_reply(self, message: Mapping[str, Any]) -> None:
        """The assistant's ``message``; the tools it calls are run at once."""
        self._messages.append(message)
        for call in message.get("tool_calls") or ():
            result = run_tool(call["function"]["name"], call["function"]["arguments"])
            self._messages.append(
                {"role": "tool", "tool_call_id": call["id"], "content": result}
            )


def run_tool(name: str, arguments: str) -> str:
    """What the agent's tool says: invented, and always the same for the same call."""
    given = json.loads(arguments)
    if name == "get_weather":
        sky, degrees = _WEATHER[zlib.crc32(given["place"].encode()) % len(_WEATHER)]
        result = {"place": given["place"], "sky": sky, "degrees": degrees}
    else:
        minute = zlib.crc32(given["destination"].encode()) % 60
        result = {"destination": given["destination"], "departure": f"10:{minute:02d}"}
    return json.dumps(result, ensure_ascii=False)


def assemble(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The message that the events of one streamed reply spell out."""
    content: list[str] = []
    calls: dict[int, dict[str, Any]] = {}
    deltas = [choice["delta"] for event in events for choice in event["choices"]]
    for delta in deltas:
        content.append(delta.get("content") or "")
        for part in delta.get("tool_calls") or ():
            function = part["function"]
            if part["index"] not in calls:
                opening = {"id": part["id"], "type": part["type"]}
                calls[part["index"]] = {**opening, "function": dict(function)}
            else:
                calls[part["index"]]["function"]["arguments"] += function["arguments"]
    message: dict[str, Any] = {"role": "assistant", "content": "".join(content) or None}
    if calls:
        message["tool_calls"] = [calls[index] for index in sorted(calls)]
    return message
