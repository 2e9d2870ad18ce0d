"""The ``/v1/responses`` format: answers, plain and as typed server-sent events.

Pure: ids and times are arguments.
"""

from __future__ import annotations

from collections.abc import Iterator

from m2m_trio.demo.answer import Answer, Call
from m2m_trio.demo.chat import ARGUMENT_PIECE, format_json
from m2m_trio.demo.conversation import Json


def response(answer: Answer, *, model: str, key: str, created: int) -> dict[str, Json]:
    """The body of a plain reply; ``key`` makes its ids."""
    cut = answer.finish_reason == "length"
    return {
        **_shell(model, key, created),
        "status": "incomplete" if cut else "completed",
        "incomplete_details": {"reason": "max_output_tokens"} if cut else None,
        "output": _items(answer, key),
        "usage": {
            "input_tokens": answer.input_tokens,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": answer.output_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": answer.input_tokens + answer.output_tokens,
        },
    }


def response_events(answer: Answer, *, model: str, key: str, created: int) -> Iterator[bytes]:
    """The events of a streamed reply, numbered; there is no ``[DONE]`` in this format."""
    for number, (kind, fields) in enumerate(_steps(answer, model, key, created)):
        data = format_json({"type": kind, "sequence_number": number, **fields})
        yield b"event: " + kind.encode() + b"\ndata: " + data + b"\n\n"


_Step = tuple[str, dict[str, Json]]


def _steps(answer: Answer, model: str, key: str, created: int) -> Iterator[_Step]:
    started = {**_shell(model, key, created), "status": "in_progress", "output": []}
    yield "response.created", {"response": started}
    yield "response.in_progress", {"response": started}
    for index, call in enumerate(answer.calls):
        yield from _call_steps(call, index, key)
    if not answer.calls:
        yield from _text_steps(answer, key)
    ended = response(answer, model=model, key=key, created=created)
    yield f"response.{ended['status']}", {"response": ended}


def _text_steps(answer: Answer, key: str) -> Iterator[_Step]:
    item_id = f"msg_{key}"
    place: dict[str, Json] = {"item_id": item_id, "output_index": 0, "content_index": 0}
    opening = {**_text_item(answer, key), "status": "in_progress", "content": []}
    yield "response.output_item.added", {"output_index": 0, "item": opening}
    yield "response.content_part.added", {**place, "part": _text_part("")}
    for piece in answer.pieces:
        yield "response.output_text.delta", {**place, "delta": piece, "logprobs": []}
    yield "response.output_text.done", {**place, "text": answer.text, "logprobs": []}
    yield "response.content_part.done", {**place, "part": _text_part(answer.text)}
    yield "response.output_item.done", {"output_index": 0, "item": _text_item(answer, key)}


def _call_steps(call: Call, index: int, key: str) -> Iterator[_Step]:
    item = _call_item(call, index, key)
    place: dict[str, Json] = {"item_id": item["id"], "output_index": index}
    opening = {**item, "status": "in_progress", "arguments": ""}
    yield "response.output_item.added", {"output_index": index, "item": opening}
    for start in range(0, len(call.arguments), ARGUMENT_PIECE):
        piece = call.arguments[start : start + ARGUMENT_PIECE]
        yield "response.function_call_arguments.delta", {**place, "delta": piece}
    yield (
        "response.function_call_arguments.done",
        {**place, "name": call.name, "arguments": call.arguments},
    )
    yield "response.output_item.done", {"output_index": index, "item": item}


def _items(answer: Answer, key: str) -> list[Json]:
    if answer.calls:
        return [_call_item(call, index, key) for index, call in enumerate(answer.calls)]
    return [_text_item(answer, key)]


def _text_item(answer: Answer, key: str) -> dict[str, Json]:
    return {
        "id": f"msg_{key}",
        "type": "message",
        "status": "incomplete" if answer.finish_reason == "length" else "completed",
        "role": "assistant",
        "content": [_text_part(answer.text)],
    }


def _text_part(text: str) -> dict[str, Json]:
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def _call_item(call: Call, index: int, key: str) -> dict[str, Json]:
    return {
        "id": f"fc_{key}_{index}",
        "type": "function_call",
        "status": "completed",
        "call_id": f"call_{key}_{index}",
        "name": call.name,
        "arguments": call.arguments,
    }


def _shell(model: str, key: str, created: int) -> dict[str, Json]:
    return {
        "id": f"resp_{key}",
        "object": "response",
        "created_at": created,
        "model": model,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
    }
