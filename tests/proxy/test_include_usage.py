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


USAGE = b'"usage":{"prompt_tokens":1,"completion_tokens":2}'


def seen(*events: bytes) -> list[bytes]:
    stage = WithoutUsage()
    assert stage.finish() == []
    return [*stage.feed([SSEEvent(each) for each in events])]


def test_the_event_that_only_tells_usage_is_taken_out() -> None:
    kept = [
        b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n',
        b'data: {"choices":[{"delta":{}}],%b}\n\n' % USAGE,
        b'data: {"choices":[],"prompt_filter_results":[]}\n\n',
        b'data: {"choices":[],"usage"\n\n',
        b"data: [DONE]\n\n",
    ]
    extra = b'data: {"id":"x","choices":[],%b}\n\n' % USAGE
    assert seen(*kept[:2], extra, *kept[2:]) == kept


@pytest.mark.parametrize(
    ("event", "left"),
    [
        (b'{"choices":[{}],"usage":null}', b'{"choices":[{}]}'),
        (b'{"choices":[{}],"usage":null,"x":1}', b'{"choices":[{}],"x":1}'),
        (b'{"choices": [{}], "usage": null}', b'{"choices": [{}]}'),
        (b'{"usage":null,"choices":[{}]}', b'{"choices":[{}]}'),
        (b'{"choices":[],"usage":null}', b'{"choices":[]}'),
        # Not what was asked for: a nested one, and text.
        (b'{"choices":[{"usage":null}]}', b'{"choices":[{"usage":null}]}'),
        (
            b'{"choices":[{"delta":{"content":",\\"usage\\":null"}}],"usage":null}',
            b'{"choices":[{"delta":{"content":",\\"usage\\":null"}}]}',
        ),
        (
            b'{"choices":[{"a":1,"usage":null}],"usage":null}',
            b'{"choices":[{"a":1,"usage":null}],"usage":null}',
        ),
    ],
)
def test_the_usage_that_is_null_is_taken_out_of_the_others(event: bytes, left: bytes) -> None:
    assert seen(b"data: %b\n\n" % event) == [b"data: %b\n\n" % left]


@given(
    rest=st.dictionaries(st.text(max_size=5), st.text() | st.none(), max_size=4),
    separators=st.sampled_from([(",", ":"), (", ", ": ")]),
    at=st.integers(0, 5),
)
def test_nothing_else_of_an_event_changes(
    rest: dict[str, object], separators: tuple[str, str], at: int
) -> None:
    rest = {**rest, "choices": [{"delta": {"content": rest}}]}
    rest.pop("usage", None)
    items = [*rest.items()]
    items.insert(at, ("usage", None))

    def written(pairs: list[tuple[str, object]]) -> bytes:
        return b"data: %b\n\n" % json.dumps(dict(pairs), separators=separators).encode()

    if b'"usage"' not in written([*rest.items()]):
        assert seen(written(items)) == [written([*rest.items()])]
