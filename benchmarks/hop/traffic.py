"""Sessions, messages and streams to send: recorded ones, or made-up ones without them."""

from __future__ import annotations

import gzip
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
NO_REQUEST = b"{}"
NO_REPLY = b'{"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}'
"""Where only one direction is looked at; without usage, nodes would count the tokens."""

_EVENT = re.compile(rb".*?(?:\r\n\r\n|\n\n|\r\r|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Turn:
    """A request, and the reply it is to get: one body, or the events of a stream."""

    request: bytes
    reply: list[bytes]
    streamed: bool = False
    in_session: bool = False

    @property
    def bodies(self) -> list[bytes]:
        """The request and the reply, as far as they are looked at."""
        return [
            body for body in (self.request, *self.reply) if body not in (NO_REQUEST, NO_REPLY)
        ]


Session = list[Turn]


def records(family: str) -> list[dict[str, Any]]:
    with gzip.open(CORPUS / f"{family}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def classes(*, quick: bool) -> dict[str, list[Session]]:
    """Every class of traffic; a message that comes alone is a session of one turn."""
    if not CORPUS.is_dir():
        made = range(3 if quick else 20)
        return {
            "sessions: made up": [made_up_session(seed, turns=12) for seed in made],
            "streams: made up": [[made_up_stream(seed)] for seed in made],
        }
    step = 10 if quick else 1
    found = {
        f"sessions: {kind}": [recorded_session(each) for each in records(f"sessions-{kind}")]
        for kind in ("agent", "chat", "recorded")
    }
    small = [[Turn(_body(each), [NO_REPLY])] for each in records("requests-chat")]
    found["one-shot: chat requests"] = small
    tools = [[Turn(_body(each), [NO_REPLY])] for each in records("requests-tools")]
    found["one-shot: tool requests"] = tools
    replies = [[Turn(NO_REQUEST, [_body(each)])] for each in records("responses-chat")]
    found["one-shot: chat replies"] = replies
    asked = {each["name"]: _body(each) for each in records("requests-responses-api")}
    for kind in ("chat", "responses-api"):
        found[f"streams: {kind}"] = [
            [Turn(asked.get(each["name"], NO_REQUEST), events(_body(each)), streamed=True)]
            for each in records(f"sse-{kind}")
        ]
    return {name: sessions[::step] for name, sessions in found.items()}


def recorded_session(record: dict[str, Any]) -> Session:
    body = record["body0"]
    bodies = [body]
    for prefix, insert, suffix in record["edits"]:
        body = body[:prefix] + insert + (body[len(body) - suffix :] if suffix else "")
        bodies.append(body)
    following = [*bodies[1:], ""]
    return [
        Turn(one.encode("utf-8", "surrogatepass"), [reply_before(one, other)], in_session=True)
        for one, other in zip(bodies, following, strict=True)
    ]


def reply_before(request: str, following: str) -> bytes:
    """The reply that the next request puts into its conversation."""
    message: Any = {"role": "assistant", "content": "Done."}
    try:
        said = len(json.loads(request)["messages"])
        message = json.loads(following)["messages"][said]
    except (ValueError, KeyError, IndexError, TypeError):
        pass
    return plain_reply(message, request.encode("utf-8", "surrogatepass"))


def plain_reply(message: Any, request: bytes) -> bytes:
    """The reply to ``request`` that says ``message``."""
    reply = {
        "id": f"chatcmpl-{random.Random(request).randbytes(14).hex()}",
        "object": "chat.completion",
        "created": 1750000000,
        "model": "gpt-4o-2024-08-06",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": len(request) // 4, "completion_tokens": 60},
    }
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def events(stream: bytes) -> list[bytes]:
    return [match for match in _EVENT.findall(stream) if match]


def made_up_session(seed: int, *, turns: int, turn_bytes: int = 2000) -> Session:
    """A conversation of an agent with tools, of words drawn by lot."""
    chance = random.Random(seed)
    words = [
        "".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(900)
    ]

    def text(size: int) -> str:
        return " ".join(chance.choices(words, k=size // 6))

    messages: list[dict[str, str]] = [{"role": "system", "content": text(8000)}]
    session = []
    for _ in range(turns):
        messages.append({"role": "user", "content": text(turn_bytes)})
        request = json.dumps({"model": "m", "messages": messages})
        answer = text(turn_bytes // 2)
        messages.append({"role": "assistant", "content": answer})
        following = json.dumps({"model": "m", "messages": messages})
        session.append(
            Turn(request.encode(), [reply_before(request, following)], in_session=True)
        )
    return session


def made_up_stream(seed: int, *, words: int = 60) -> Turn:
    """A streamed reply of chunks, of words drawn by lot."""
    chance = random.Random(seed)
    chunk = (
        'data: {"id":"chatcmpl-%d","object":"chat.completion.chunk","created":1750000000,'
        '"model":"m","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}\n\n'
    )
    said = (" " + "".join(chance.choices("etaoinshrdlu", k=5)) for _ in range(words))
    reply = [(chunk % (seed, word)).encode() for word in said]
    return Turn(NO_REQUEST, [*reply, b"data: [DONE]\n\n"], streamed=True)


def large_turns(size_bytes: int, turns: int) -> list[bytes]:
    """Requests of one conversation of an agent, the first of them of about ``size_bytes``."""
    messages: list[Any] = []
    if CORPUS.is_dir():
        for record in records("sessions-agent") + records("sessions-chat"):
            last = recorded_session(record)[-1].request
            messages += json.loads(last).get("messages", [])
    else:
        for seed in range(60):
            last = made_up_session(seed, turns=12)[-1].request
            messages += json.loads(last)["messages"]
    count = total = 0
    while total < size_bytes and count < len(messages):
        message = json.dumps(messages[count], ensure_ascii=False)
        total += len(message.encode("utf-8", "replace"))
        count += 1
    return [
        json.dumps(
            {"model": "m", "stream": True, "messages": messages[: count + 2 * turn]},
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode("utf-8", "replace")
        for turn in range(turns)
    ]


def growing_turns(size_bytes: int, turns: int) -> list[bytes]:
    """Requests of one conversation of short turns, all of about ``size_bytes``."""
    first = json.loads(made_up_session(1, turns=1, turn_bytes=size_bytes)[0].request)
    messages = first["messages"]
    messages[0]["content"] = messages[0]["content"][: size_bytes // 4]
    bodies = []
    for turn in range(turns):
        messages = [*messages[:60], {"role": "user", "content": f"What of owl {turn}?"}]
        bodies.append(json.dumps({"model": "m", "messages": messages}).encode())
    return bodies


def _body(record: dict[str, Any]) -> bytes:
    return str(record["body"]).encode("utf-8", "surrogatepass")
