from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from api_json import VALUES
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.codecs.frame_cost import cost, read_cost
from m2m_trio.codecs.frame_header import (
    REQUESTS,
    RESPONSES,
    Description,
    describe,
    describe_as,
    flag_names,
    read_request,
    read_response,
)
from m2m_trio.errors import CodecError
from m2m_trio.wire.frame import MAX_HEADER_BYTES, Schema

CHAT = {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello"}]}


def read(description: Description) -> Any:
    if description.schema in REQUESTS:
        return read_request(description.header, description.flags)
    if description.schema in RESPONSES:
        return read_response(description.header, description.flags)
    return None


def request(**changes: Any) -> Any:
    return read(describe(CHAT | changes))


@given(document=VALUES, schema=st.sampled_from(Schema))
@settings(max_examples=30)
def test_what_is_written_of_anything_can_be_read(document: Any, schema: Schema) -> None:
    read(describe(document))
    description = describe_as(schema, document)
    read(description)
    assert flag_names(schema, description.flags) is not None


@given(header=st.binary(max_size=40), flags=st.integers(0, 0xFFFF), cut=st.integers(0, 30))
@settings(max_examples=30)
def test_a_garbled_header_fails_only_as_documented(header: bytes, flags: int, cut: int) -> None:
    right = describe(CHAT).header
    for wrong in (header, right[:cut], right + header):
        for reader in (read_request, read_response):
            with suppress(CodecError):
                reader(wrong, flags)


def test_a_request_is_told_without_its_payload() -> None:
    messages = [
        {"role": "system", "content": "sé"},
        {"role": "user", "content": [{"type": "text", "text": "abc"}, {"type": "image_url"}]},
        {"role": "assistant", "content": None},
        {"role": "tool", "content": "12"},
        {"role": "developer", "content": ""},
    ]
    header = request(messages=messages, max_tokens=7)
    assert header.model == "gpt-4o"
    assert header.message_count == 5
    assert header.roles == ("system", "user", "assistant", "tool", "system")
    assert header.content_bytes == 3 + 3 + 2
    assert header.max_tokens == 7
    assert header.cost == pytest.approx((2 / 1000 * 0.25 + 7 / 1000 * 1.0) / 100, rel=1e-6)


def test_every_request_flag_says_one_thing() -> None:
    extras = {
        "tools": [],
        "function_call": None,
        "stream": True,
        "response_format": {},
        "max_completion_tokens": 3,
        "reasoning_effort": "low",
        "service_tier": None,
        "seed": 1,
        "logprobs": False,
        "user": "u",
        "temperature": 0,
        "top_p": 1,
        "stop": None,
    }
    for key, value in extras.items():
        (name,) = flag_names(Schema.REQUEST, describe(CHAT | {key: value}).flags)
        assert name in (key, "tool_choice", "max_tokens")
    assert describe(CHAT | {"stream": 1}).flags == 0


def test_a_response_is_told_without_its_payload() -> None:
    usage = {
        "prompt_tokens": 1117,
        "completion_tokens": 46,
        "prompt_tokens_details": {"cached_tokens": 1024},
        "completion_tokens_details": {"reasoning_tokens": 9},
    }
    message = {"tool_calls": [], "refusal": "no"}
    answer = {
        "id": "chatcmpl-1",
        "model": "gpt-4",
        "choices": [{"finish_reason": "length", "message": message}],
        "usage": usage,
    }
    description = describe(answer)
    header = read(description)
    assert (header.id, header.model, header.finish_reason) == ("chatcmpl-1", "gpt-4", "length")
    assert (header.prompt_tokens, header.completion_tokens) == (1117, 46)
    assert (header.cached_tokens, header.reasoning_tokens) == (1024, 9)
    assert header.cost == pytest.approx((1.117 * 3 + 0.046 * 6) / 100, rel=1e-5)
    assert flag_names(Schema.RESPONSE, description.flags) == [
        "tool_calls",
        "refusal",
        "usage",
        "length",
        "cached",
        "reasoning",
        "cost",
    ]


@pytest.mark.parametrize(
    ("document", "schema"),
    [
        (CHAT, Schema.REQUEST),
        ({"id": "chatcmpl-1"}, Schema.RESPONSE),
        ({"choices": []}, Schema.RESPONSE),
        ({"error": {"message": "x"}}, Schema.ERROR),
        ({"data": [{"embedding": [0.1]}]}, Schema.EMBEDDING_RESPONSE),
        ({"model": "e", "input": "x"}, Schema.REQUEST),
        ([1], Schema.REQUEST),
        (None, Schema.REQUEST),
    ],
)
def test_each_kind_of_message_has_its_schema(document: object, schema: Schema) -> None:
    assert describe(document).schema is schema


@pytest.mark.parametrize("role", ["critic", None, 7, ["user"]])
def test_a_role_that_no_frame_knows_shifts_nothing(role: object) -> None:
    roles = ("system", role, "assistant", "tool", "function")
    header = request(messages=[{"role": each, "content": "x"} for each in roles])
    assert header.roles == ("system", "user", "assistant", "tool", "tool")
    assert header.message_count == len(header.roles)


@pytest.mark.parametrize("limit", [None, 12.5, "9", -1, True, 1 << 32])
def test_a_limit_that_is_none_sets_no_flag(limit: object) -> None:
    assert request(max_tokens=limit) == request()
    assert request(max_tokens=(1 << 32) - 1).max_tokens == (1 << 32) - 1


@pytest.mark.parametrize("model", ["m" * 300, "é" * 128, "😀" * 64])
def test_a_long_name_is_cut_between_characters(model: str) -> None:
    kept = request(model=model).model
    assert model.startswith(kept)
    assert 252 <= len(kept.encode()) <= 255


def test_more_messages_than_a_header_holds_go_without_one() -> None:
    description = describe(CHAT | {"messages": [None] * 4 * MAX_HEADER_BYTES})
    assert description == Description(Schema.CUSTOM)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (b"", "a name"),
        (b"\x05abc", "a name"),
        (b"\x01\xff\x00\x00abcd", "not UTF-8"),
        (b"\x00\x09\x00", "fewer roles"),
        (b"\x00\x01\x05\x00abcd", "more roles"),
        (b"\x00\x01\x01\x00abc", "ends early"),
        (b"\x00\x01\x01\x00abcde", "ends late"),
        (b"\x00\xff\xff\xff\xff\x0f\x00", "fewer roles"),
    ],
)
def test_each_fault_of_a_request_header_has_its_message(header: bytes, why: str) -> None:
    with pytest.raises(CodecError, match=why):
        read_request(header, 0)


def test_a_response_header_without_its_middle_is_refused() -> None:
    with pytest.raises(CodecError, match="ends early"):
        read_response(b"\x00\x00", 0)


@pytest.mark.parametrize(
    ("model", "prompt", "completion", "dollars"),
    [
        ("gpt-4o", 1000, 500, 0.007499999832361937),
        ("GPT-4o-mini-2024", 10000, 1000, 0.002099999925121665),
        ("o3", 1000, 1000, 0.10000000149011612),
        ("llama3.2", 1000, 1000, 0.004000000189989805),
    ],
)
def test_the_cost_is_reckoned_in_singles(
    model: str, prompt: int, completion: int, dollars: float
) -> None:
    assert read_cost(cost(model, prompt, completion), 0) == dollars


def test_documents_are_plain_json() -> None:
    assert describe(json.loads('{"messages":{},"model":1}')).schema is Schema.REQUEST
