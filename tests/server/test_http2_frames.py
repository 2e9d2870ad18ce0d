from __future__ import annotations

from itertools import pairwise

import pytest
from h2.exceptions import DenialOfServiceError, FrameTooLargeError, ProtocolError
from hyperframe.frame import ContinuationFrame, DataFrame, HeadersFrame, PingFrame
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.server.http2_frames import PREFACE, Allowance, Frame, FrameCutter

FRAMES = [
    PingFrame(0, b"12345678").serialize(),
    DataFrame(7, b"hello", flags=["END_STREAM"]).serialize(),
    DataFrame(7, b"hello", flags=["PADDED"], pad_length=3).serialize(),
    b"\0\0\0\xee\xff\x80\0\0\5",
]


def cut(*pieces: bytes, limit: int = 100) -> list[Frame]:
    cutter = FrameCutter(header_block_bytes=limit)
    return [frame for piece in pieces for frame in cutter.feed(piece)]


@given(st.lists(st.integers(0, 120), max_size=9))
def test_pieces_do_not_matter(cuts: list[int]) -> None:
    data = PREFACE + b"".join(FRAMES)
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[a:b] for a, b in pairwise(edges)]
    frames = cut(*pieces)
    assert [frame.raw for frame in frames] == FRAMES
    assert [(f.kind, f.flags, f.stream_id) for f in frames] == [
        (6, 0, 0),
        (0, 1, 7),
        (0, 8, 7),
        (0xEE, 0xFF, 5),  # the reserved bit is no part of the number
    ]
    assert [frame.data_bytes for frame in frames[1:3]] == [5, 5]


@pytest.mark.parametrize("payload", [b"", b"\x09", b"\xffabc"])
def test_padding_that_lies_leaves_nothing(payload: bytes) -> None:
    assert Frame(0, 8, 1, b"\0" * 9 + payload).data_bytes == 0


@given(st.binary(max_size=300))
def test_any_bytes_are_cut_or_refused(data: bytes) -> None:
    for start in (data, PREFACE + data):
        try:
            frames = cut(start)
        except ProtocolError:
            continue
        assert start.removeprefix(PREFACE).startswith(b"".join(f.raw for f in frames))


def test_frame_too_long_is_refused_at_its_head() -> None:
    assert cut(PREFACE + b"\x00\x40\x00\x00\x00\x00\x00\x00\x01") == []
    with pytest.raises(FrameTooLargeError):
        cut(PREFACE + b"\x00\x40\x01\x00\x00\x00\x00\x00\x01")


def test_header_block_is_bounded_and_counted_anew() -> None:
    first = HeadersFrame(1, b"x" * 40).serialize()
    more = ContinuationFrame(1, b"x" * 40).serialize()
    last = ContinuationFrame(1, b"", flags=["END_HEADERS"]).serialize()
    assert len(cut(PREFACE, (first + more[:9] + more[9:40]), limit=98)) == 1
    assert len(cut(PREFACE, (first + last) * 9, limit=98)) == 18
    with pytest.raises(DenialOfServiceError):
        cut(PREFACE, first + more + last, limit=98)


def test_allowance_refills_with_time_and_work() -> None:
    allowance = Allowance(burst=2, per_second=0.5, now=10.0)
    allowance.spend(10.0)
    allowance.spend(10.0)
    with pytest.raises(DenialOfServiceError):
        allowance.spend(10.0)
    allowance.earn(2)
    allowance.spend(10.0)
    allowance.spend(12.0)
    with pytest.raises(DenialOfServiceError):
        allowance.spend(12.0)
    allowance.spend(1000.0)
    allowance.spend(1000.0)
    with pytest.raises(DenialOfServiceError):  # no more than the burst was saved up
        allowance.spend(1000.0)
