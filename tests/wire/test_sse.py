from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.errors import UpstreamProtocolError
from m2m_trio.wire.sse import SSEEvent, SSESplitter

LINES = st.sampled_from(
    [
        b"data: hello",
        b"data:x",
        b"event: ping",
        b": comment",
        b"id: 7",
        "data: héé€".encode(),
        b"",
    ]
)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])
STREAMS = st.lists(st.tuples(LINES, ENDS), max_size=30).map(
    lambda pairs: b"".join(line + end for line, end in pairs)
)


def split(stream: bytes, cuts: list[int]) -> list[SSEEvent]:
    splitter = SSESplitter(1 << 20)
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    events = []
    for start, end in pairwise(edges):
        if start < end:
            events += splitter.feed(stream[start:end])
    return events + splitter.finish()


def lines_of(event: bytes) -> list[bytes]:
    return [line for line in event.splitlines() if line]


@given(stream=st.one_of(STREAMS, st.binary(max_size=200)), cuts=st.lists(st.integers(0, 300)))
def test_events_joined_are_the_stream_whatever_the_cuts(stream: bytes, cuts: list[int]) -> None:
    assert b"".join(split(stream, cuts)) == stream


@given(stream=STREAMS, cuts=st.lists(st.integers(0, 300)))
def test_cuts_change_no_event_but_for_empty_lines(stream: bytes, cuts: list[int]) -> None:
    whole = [lines_of(event) for event in split(stream, [])]
    pieces = [lines_of(event) for event in split(stream, cuts)]
    assert [lines for lines in pieces if lines] == [lines for lines in whole if lines]


@given(stream=STREAMS.map(lambda stream: stream.replace(b"\r", b"")))
def test_an_event_goes_on_at_its_blank_line_and_not_later(stream: bytes) -> None:
    splitter = SSESplitter(1 << 20)
    out = b""
    for position in range(len(stream)):
        out += b"".join(splitter.feed(stream[position : position + 1]))
        if stream[: position + 1].endswith(b"\n\n"):
            assert len(out) == position + 1


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_kind_of_line_end_cuts(end: bytes) -> None:
    first, second = b"data: 1" + end + end, b"event: x" + end + b"data: 2" + end + end
    assert SSESplitter(100).feed(first + second) == [first, second]


def test_a_crlf_cut_in_two_does_not_hold_the_event_back() -> None:
    splitter = SSESplitter(100)
    assert splitter.feed(b"data: 1\r\n\r") == [b"data: 1\r\n\r"]
    (second,) = splitter.feed(b"\ndata: 2\r\n\r\n")
    assert second == b"\ndata: 2\r\n\r\n"
    assert second.data == b"2"


def test_the_second_half_of_a_cut_crlf_waits_for_nothing() -> None:
    splitter = SSESplitter(100)
    splitter.feed(b"data: 1\r\n\r")
    assert splitter.feed(b"\n") == [b"\n"]  # openai-python shows an event when it has CRLFCRLF
    assert splitter.feed(b"data: 2\r\n\r\n") == [b"data: 2\r\n\r\n"]


def test_the_rest_without_a_blank_line_is_not_lost() -> None:
    splitter = SSESplitter(100)
    assert splitter.feed(b"data: 1\n\ndata: cut") == [b"data: 1\n\n"]
    assert splitter.finish() == [b"data: cut"]
    assert splitter.finish() == []


def test_an_endless_event_is_refused() -> None:
    splitter = SSESplitter(1000)
    splitter.feed(b"data: " + b"x" * 900)
    with pytest.raises(UpstreamProtocolError, match="event_bytes"):
        splitter.feed(b"x" * 200)


def test_events_before_an_endless_one_are_not_lost() -> None:
    splitter = SSESplitter(1000)
    assert splitter.feed(b"data: 1\n\n" + b"x" * 2000) == [b"data: 1\n\n"]
    with pytest.raises(UpstreamProtocolError, match="event_bytes"):
        splitter.feed(b"x")


def test_an_event_in_many_small_pieces_costs_linear_time() -> None:
    class Counted(bytes):
        pass

    splitter = SSESplitter(1 << 24)
    for _ in range(20_000):
        assert splitter.feed(Counted(b"x" * 64)) == []  # quadratic: 25 GB moved, never ends
    (event,) = splitter.feed(b"\n\n")
    assert len(event) == 20_000 * 64 + 2


@pytest.mark.parametrize(
    ("raw", "data", "event"),
    [
        (b"data: {}\n\n", b"{}", b""),
        (b"data:{}\r\n\r\n", b"{}", b""),
        (b"event: a\ndata: 1\ndata: 2\n\n", b"1\n2", b"a"),
        (b": ping\n\n", b"", b""),
        (b"data\n\n", b"", b""),
        (b"data:  two spaces\n\n", b" two spaces", b""),
        (b"database: no\n\n", b"", b""),
    ],
)
def test_fields_read_as_the_standard_says(raw: bytes, data: bytes, event: bytes) -> None:
    assert SSEEvent(raw).data == data
    assert SSEEvent(raw).event == event
