from __future__ import annotations

import json

from m2m_trio.hop.gist import StreamGist, body_gist


def event(document: object) -> bytes:
    return b"data: " + json.dumps(document).encode() + b"\n\n"


def chunk(**delta: object) -> bytes:
    return event({"id": "chatcmpl-1", "choices": [{"index": 0, "delta": delta}]})


def test_a_streamed_text_is_in_one_piece() -> None:
    gist = StreamGist(10_000)
    gist.feed([chunk(role="assistant", content=""), chunk(content='He said "')])
    gist.feed([chunk(content="hi"), chunk(content='"\n'), b"data: [DONE]\n\n"])
    assert b'He said \\"hi\\"\\n' in gist.text
    assert gist.text.count(b"chatcmpl-1") == 1


def test_tool_calls_and_the_responses_api_are_in_it() -> None:
    gist = StreamGist(10_000)
    call = {"index": 0, "id": "call_9", "function": {"name": "ls", "arguments": '{"p'}}
    gist.feed([chunk(tool_calls=[call])])
    gist.feed([chunk(tool_calls=[{"index": 0, "function": {"arguments": '": "/"}'}}])])
    gist.feed([event({"type": "response.output_text.delta", "delta": "Hel"})])
    gist.feed([event({"type": "response.output_text.delta", "delta": "lo"})])
    for text in (b"call_9", b"ls", b'{\\"p\\": \\"/\\"}', b"Hello"):
        assert text in gist.text


def test_it_does_not_depend_on_how_events_came() -> None:
    events = [chunk(content=word) for word in ("a", "b\\", "ü", "d")]
    one, other = StreamGist(1000), StreamGist(1000)
    one.feed(events)
    for each in events:
        other.feed([each])
    assert one.text == other.text


def test_it_is_bounded() -> None:
    gist = StreamGist(20)
    for _ in range(10):
        gist.feed([chunk(content="12345")])
    assert len(gist.text) <= 25
    assert body_gist(b"123456", 4) == b"1234"
