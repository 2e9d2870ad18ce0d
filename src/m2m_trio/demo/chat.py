"""The chat and completion formats: answers, plain and as server-sent events.

Pure: ids and times are arguments.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from m2m_trio.demo.answer import Answer, Call
from m2m_trio.demo.conversation import Json

FINGERPRINT = "fp_m2mdemo"
ARGUMENT_PIECE = 6  # characters of a call's arguments in one streamed event


def format_json(value: Json) -> bytes:
    """Compact JSON, UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def format_event(value: Json) -> bytes:
    """One server-sent event."""
    return b"data: " + format_json(value) + b"\n\n"


DONE = b"data: [DONE]\n\n"


def usage(answers: Sequence[Answer]) -> dict[str, Json]:
    """Token counts of one reply, all made up (`m2m_trio.demo.answer.count_tokens`)."""
    output_tokens = sum(answer.output_tokens for answer in answers)
    return {
        "prompt_tokens": answers[0].input_tokens,
        "completion_tokens": output_tokens,
        "total_tokens": answers[0].input_tokens + output_tokens,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0},
    }


def chat_completion(
    answers: Sequence[Answer], *, model: str, key: str, created: int
) -> dict[str, Json]:
    """The body of a plain ``/v1/chat/completions`` reply; ``key`` makes its ids."""
    return {
        "id": f"chatcmpl-{key}",
        "object": "chat.completion",
        "created": created,
        "model": model,
        "choices": [
            {
                "index": index,
                "message": _message(answer, key),
                "logprobs": None,
                "finish_reason": answer.finish_reason,
            }
            for index, answer in enumerate(answers)
        ],
        "usage": usage(answers),
        "system_fingerprint": FINGERPRINT,
    }


def chat_events(
    answers: Sequence[Answer],
    *,
    model: str,
    key: str,
    created: int,
    include_usage: bool,
) -> Iterator[bytes]:
    """The events of a streamed ``/v1/chat/completions`` reply.

    The role first, then word by word (or call by call, arguments in pieces), the reason
    for the end, the usage if it is asked for (in an event of its own with no choices, and
    as ``null`` in all others), and ``[DONE]``.
    """
    shell: dict[str, Json] = {
        "id": f"chatcmpl-{key}",
        "object": "chat.completion.chunk",
        "created": created,
        "model": model,
        "system_fingerprint": FINGERPRINT,
    }
    ending: dict[str, Json] = {"usage": None} if include_usage else {}
    for index, answer in enumerate(answers):
        for delta, finish_reason in _deltas(answer, key):
            choice: Json = {
                "index": index,
                "delta": delta,
                "logprobs": None,
                "finish_reason": finish_reason,
            }
            yield format_event({**shell, "choices": [choice], **ending})
    if include_usage:
        yield format_event({**shell, "choices": [], "usage": usage(answers)})
    yield DONE


def completion(
    answers: Sequence[Answer], *, model: str, key: str, created: int
) -> dict[str, Json]:
    """The body of a plain ``/v1/completions`` reply."""
    choices = [
        _text_choice(index, answer.text, answer.finish_reason)
        for index, answer in enumerate(answers)
    ]
    shell = _completion_shell(model, key, created)
    return {**shell, "choices": choices, "usage": usage(answers)}


def completion_events(
    answers: Sequence[Answer],
    *,
    model: str,
    key: str,
    created: int,
    include_usage: bool,
) -> Iterator[bytes]:
    """The events of a streamed ``/v1/completions`` reply."""
    shell = _completion_shell(model, key, created)
    for index, answer in enumerate(answers):
        for piece in answer.pieces:
            yield format_event({**shell, "choices": [_text_choice(index, piece, None)]})
        last = _text_choice(index, "", answer.finish_reason)
        yield format_event({**shell, "choices": [last]})
    if include_usage:
        yield format_event({**shell, "choices": [], "usage": usage(answers)})
    yield DONE


def _completion_shell(model: str, key: str, created: int) -> dict[str, Json]:
    return {
        "id": f"cmpl-{key}",
        "object": "text_completion",
        "created": created,
        "model": model,
    }


def _text_choice(index: int, text: str, finish_reason: str | None) -> dict[str, Json]:
    return {"index": index, "text": text, "logprobs": None, "finish_reason": finish_reason}


def _message(answer: Answer, key: str) -> dict[str, Json]:
    message: dict[str, Json] = {
        "role": "assistant",
        "content": None if answer.calls else answer.text,
        "refusal": None,
    }
    if answer.calls:
        message["tool_calls"] = [
            _call(call, number, key) for number, call in enumerate(answer.calls)
        ]
    return message


def _call(call: Call, number: int, key: str) -> dict[str, Json]:
    return {
        "id": f"call_{key}_{number}",
        "type": "function",
        "function": {"name": call.name, "arguments": call.arguments},
    }


def _deltas(answer: Answer, key: str) -> Iterator[tuple[Mapping[str, Json], str | None]]:
    """Each delta of one choice, with the reason for the end where it is the last."""
    first: dict[str, Json] = {"role": "assistant", "content": None if answer.calls else ""}
    yield {**first, "refusal": None}, None
    for number, call in enumerate(answer.calls):
        opening = _call(Call(call.name, ""), number, key)
        yield {"tool_calls": [{"index": number, **opening}]}, None
        for start in range(0, len(call.arguments), ARGUMENT_PIECE):
            piece = call.arguments[start : start + ARGUMENT_PIECE]
            yield {"tool_calls": [{"index": number, "function": {"arguments": piece}}]}, None
    for piece in answer.pieces:
        yield {"content": piece}, None
    yield {}, answer.finish_reason
