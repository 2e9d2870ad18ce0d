from __future__ import annotations

import pytest

from m2m_trio.hop import collected
from m2m_trio.hop.collected import ReplyGist

STREAM = [(b"content-type", b"text/event-stream; charset=utf-8")]
JSON = [(b"content-type", b"application/json")]
EVENT = b'data: {"choices":[{"delta":{"content":"owls"}}]}\n\n'


def gist_of(fields: list[tuple[bytes, bytes]], pieces: list[bytes], limit: int = 1000) -> bytes:
    gist = ReplyGist(fields, limit)
    for piece in pieces:
        gist.feed(piece)
    return gist.finish()


def test_of_a_body_its_start_is_kept() -> None:
    assert gist_of(JSON, [b"abc", b"def"], 4) == b"abcd"
    assert gist_of(JSON, [b"abcd", b"ef"], 4) == b"abcd"


@pytest.mark.parametrize("cut", [1, 7, 1000])
def test_of_a_stream_its_text_is_kept_however_it_is_cut(cut: int) -> None:
    text = EVENT * 3 + EVENT[:-2]
    pieces = [text[at : at + cut] for at in range(0, len(text), cut)]
    assert gist_of(STREAM, pieces) == b"owls" * 4


def test_a_coded_stream_is_a_body() -> None:
    assert gist_of([*STREAM, (b"content-encoding", b"gzip")], [EVENT], 5) == EVENT[:5]


def test_an_event_without_end_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collected, "MAX_EVENT_BYTES", 100)
    assert gist_of(STREAM, [EVENT, b"x" * 101, EVENT]) == b"owlsowls"


def test_a_reply_that_broke_off_is_nothing_unless_it_was_done() -> None:
    for fields, pieces, left in (
        (STREAM, [EVENT], b""),
        (STREAM, [EVENT, b"data: [DONE]\n\n"], b"owls"),
        (JSON, [b"{}"], b""),
    ):
        gist = ReplyGist(fields, 1000)
        for piece in pieces:
            gist.feed(piece)
        assert gist.leave() == left
