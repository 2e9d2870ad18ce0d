from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.proxy.usage import PARSED_BYTES, UsageTap, find_usage
from m2m_trio.wire.sse import SSEEvent


def counts(text: bytes) -> tuple[int | None, int | None] | None:
    usage = find_usage(text)
    if usage is None or usage.input is usage.output is None:
        return None
    return usage.input, usage.output


CHAT = {"prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29}
RESPONSES = {"input_tokens": 3, "output_tokens": 4}
CACHED = {**RESPONSES, "cache_read_input_tokens": 900, "cache_creation_input_tokens": 50}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ({"id": "x", "usage": CHAT}, (19, 10)),
        ({"usage": {"prompt_tokens": 5, "total_tokens": 5}}, (5, None)),
        ({"type": "response.completed", "response": {"usage": RESPONSES}}, (3, 4)),
        ({"type": "message_start", "message": {"usage": RESPONSES}}, (3, None)),
        ({"type": "message_start", "message": {"usage": CACHED}}, (3 + 900 + 50, None)),
        ({"usage": CACHED}, (3 + 900 + 50, 4)),
        ({"usage": {**CHAT, **CACHED}}, (19, 10)),  # who counts as OpenAI counts it all
        ({"usage": {"output_tokens": 4, "cache_read_input_tokens": 900}}, (None, 4)),
        ({"usage": None}, None),
        ({"usage": {}}, None),
        ({"usage": "many"}, None),
        ({"usage": {"prompt_tokens": "19"}}, None),
        ({"usage": {"prompt_tokens": -1}}, None),
        ({"usage": {"prompt_tokens": 2**63 - 1, "completion_tokens": 1}}, None),
        ({"usage": {"prompt_tokens": 10**30}}, None),
        ({"data": ["x" * PARSED_BYTES], "usage": {"prompt_tokens": 10**13}}, None),
        ({"choices": [{"delta": {"content": '"usage": {"prompt_tokens": 1}'}}]}, None),
        ([], None),
        ({"usage": CHAT, "choices": [{"message": {"usage": RESPONSES}}]}, (19, 10)),
        ({"choices": [{"usage": RESPONSES}], "type": "usage"}, None),
    ],
)
def test_usage_is_found_in_every_dialect_and_never_guessed(
    reply: Any, expected: tuple[int | None, int | None] | None
) -> None:
    assert counts(json.dumps(reply).encode()) == expected


def test_usage_of_a_long_reply_is_found_at_its_end() -> None:
    reply = {"data": ["x" * PARSED_BYTES], "usage": CHAT}
    assert counts(json.dumps(reply).encode()) == (19, 10)
    cached = {"data": ["x" * PARSED_BYTES], "usage": CACHED}
    assert counts(json.dumps(cached).encode()) == (953, 4)
    for usage in ({"usage": None}, {}):
        assert counts(json.dumps({"data": ["x" * PARSED_BYTES], **usage}).encode()) is None


@given(text=st.one_of(st.binary(), st.binary().map(lambda data: b'{"usage":' + data)))
def test_any_text_is_only_looked_at(text: bytes) -> None:
    find_usage(text)
    find_usage(b'"usage"' + b"[" * 5000)


def test_the_tap_passes_everything_on_and_keeps_the_last_usage() -> None:
    tap = UsageTap()
    events = [
        SSEEvent(b'data: {"choices":[],"usage":null}\n\n'),
        SSEEvent(b'data: {"usage":{"prompt_tokens":1,"completion_tokens":1}}\n\n'),
        SSEEvent(b'data: {"usage":{"output_tokens":9}}\n\n'),
        SSEEvent(b'data: {"usage":{}}\n\n'),
        SSEEvent(b"data: [DONE]\n\n"),
    ]
    assert tap.feed(events[:1]) + tap.feed(events[1:]) + tap.finish() == events
    assert tap.events == 5
    assert tap.usage is not None
    assert (tap.usage.input, tap.usage.output) == (1, 9)
    assert 0 < tap.first_at <= tap.last_at


@pytest.mark.parametrize(
    ("route", "events", "text"),
    [
        ("chat", [{"choices": [{"delta": {"content": "a"}}]}], "a"),
        ("chat", [{"choices": [{"delta": {"reasoning_content": "a", "content": ""}}]}], "a"),
        ("chat", [{"choices": [{"delta": {"content": 'a"b\\n'}}]}], 'a"b\\n'),
        ("chat", [{"choices": [{"delta": {"content": None, "refusal": "no"}}]}], "no"),
        ("completions", [{"choices": [{"text": "a"}]}, {"choices": [{"text": "b"}]}], "ab"),
        (
            "messages",
            [
                {"type": "message_start", "message": {"content": []}},
                {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "a"}},
                {"delta": {"type": "input_json_delta", "partial_json": "{"}},
            ],
            "a{",
        ),
        (
            "responses",
            [
                {"type": "response.created", "response": {"instructions": "x", "text": {}}},
                {"type": "response.output_text.delta", "delta": "a"},
                {"type": "response.output_text.delta", "delta": 'b"'},
                {"type": "response.output_text.done", "text": 'ab"'},
                {"type": "response.content_part.done", "part": {"text": 'ab"'}},
            ],
            'ab"',
        ),
        ("other", [{"text": "a"}], "a"),
    ],
)
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_text_is_kept_once_whichever_api_streams_it(
    route: str, events: list[object], text: str, separators: tuple[str, str]
) -> None:
    tap = UsageTap(100, route)
    for event in events:
        data = json.dumps(event, separators=separators).encode()
        tap.feed([SSEEvent(b"data: " + data + b"\n\n")])
    assert json.loads(b'"' + bytes(tap.text) + b'"') == text
    assert tap.text_bytes == len(tap.text)
