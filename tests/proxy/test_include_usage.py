"""Streams asked for their usage: the request's bytes stay, the extra event goes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.proxy.include_usage import asking_for_usage
from m2m_trio.proxy.usage import WithoutUsage
from m2m_trio.wire.sse import SSEEvent


def test_one_key_is_put_in() -> None:
    body = b' {"model":"m","stream" : true}'
    assert asking_for_usage(body) == (
        b' {"stream_options":{"include_usage":true},"model":"m","stream" : true}'
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[1]",
        b'{"stream":false}',
        b'{"messages":[{"content":"\\"stream\\":true"}]}',
        b'{"stream":true,"stream_options":{}}',
        b'{"stream":true,"stream_options":{"include_usage":false}}',
        b'{"stream":true',
        b'{"stream":"yes"}',
    ],
)
def test_others_are_left_as_they_are(body: bytes) -> None:
    assert asking_for_usage(body) is body


@given(rest=st.dictionaries(st.text(max_size=5), st.integers() | st.text(), max_size=4))
def test_nothing_else_changes(rest: dict[str, object]) -> None:
    rest = {**rest, "stream": True}
    rest.pop("stream_options", None)
    asked = json.loads(asking_for_usage(json.dumps(rest).encode()))
    assert asked.pop("stream_options") == {"include_usage": True}
    assert asked == rest


def test_the_event_that_only_tells_usage_is_taken_out() -> None:
    usage = b'"usage":{"prompt_tokens":1,"completion_tokens":2}'
    kept = [
        b'data: {"choices":[{"delta":{"content":"a"}}],"usage":null}\n\n',
        b'data: {"choices":[{"delta":{}}],%b}\n\n' % usage,
        b'data: {"choices":[],"prompt_filter_results":[]}\n\n',
        b'data: {"choices":[],"usage":null}\n\n',
        b'data: {"choices":[],"usage"\n\n',
        b"data: [DONE]\n\n",
    ]
    stage = WithoutUsage()
    events = [SSEEvent(each) for each in kept]
    extra = SSEEvent(b'data: {"id":"x","choices":[],%b}\n\n' % usage)
    assert stage.feed([*events[:2], extra, *events[2:]]) == events
    assert stage.finish() == []
