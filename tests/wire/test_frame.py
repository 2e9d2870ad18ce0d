from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.errors import CodecError
from m2m_trio.wire.frame import (
    MAX_HEADER_BYTES,
    PREFIX,
    Frame,
    Schema,
    Security,
    format_body,
    is_text,
    parse_body,
    parse_frame,
    to_binary,
    to_text,
)

FRAMES = st.builds(
    Frame,
    schema=st.sampled_from(Schema),
    security=st.sampled_from(Security),
    flags=st.integers(0, 0xFFFF),
    compressed=st.booleans(),
    header=st.binary(max_size=40),
    body=st.binary(max_size=40),
)
EMPTY = PREFIX + Frame(schema=Schema.CUSTOM).head()


def binary(frame: Frame) -> bytes:
    return PREFIX + frame.head() + frame.body


def changed(offset: int, value: int) -> bytes:
    data = bytearray(EMPTY)
    data[offset] = value
    return bytes(data)


@given(frame=FRAMES)
@settings(max_examples=30)
def test_a_frame_is_read_back_in_both_forms(frame: Frame) -> None:
    data = binary(frame)
    assert parse_frame(data) == frame
    assert not is_text(data)
    text = to_text(data)
    assert text.isascii()
    assert to_binary(text) == data
    assert to_binary(data) is data
    if len(text) > 8:
        assert is_text(text)


@given(data=st.binary(max_size=60), is_framed=st.booleans())
@settings(max_examples=30)
def test_anything_else_is_refused(data: bytes, is_framed: bool) -> None:
    with suppress(CodecError):
        frame = parse_frame(to_binary(PREFIX + data if is_framed else data))
        assert binary(frame) == to_binary(PREFIX + data)


@given(payload=st.binary(max_size=40), crc=st.integers(0, 0xFFFFFFFF))
@settings(max_examples=30)
def test_a_body_is_read_back(payload: bytes, crc: int) -> None:
    assert parse_body(format_body(payload, crc)) == (payload, crc)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "does not begin"),
        (b"#M2M|2|" + EMPTY[7:], "does not begin"),
        (PREFIX, "fixed header is not complete"),
        (EMPTY[:-1], "fixed header is not complete"),
        (changed(7, 19), "header length is 19"),
        (changed(7, 21), "routing header is not complete"),
        (changed(9, 9), "unknown schema 9"),
        (changed(10, 7), "unknown security 7"),
        (changed(13, 1), "reserved bits"),
        (changed(14, 2), "reserved bits"),
        (changed(15, 1), "reserved bits"),
        (changed(26, 1), "reserved bits"),
    ],
)
def test_each_fault_has_its_message(data: bytes, why: str) -> None:
    with pytest.raises(CodecError, match=why):
        parse_frame(data)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (bytes(7), "payload length is not complete"),
        (format_body(b"abc", 0)[:-1], "payload is not complete"),
        (format_body(b"abc", 0) + b"x", "bytes follow"),
        (b"\xff\xff\xff\xff" + bytes(4), "payload is not complete"),
    ],
)
def test_a_body_that_does_not_fit_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(CodecError, match=why):
        parse_body(body)


def test_a_header_never_looks_like_text() -> None:
    longest = Frame(schema=Schema.REQUEST, header=bytes(MAX_HEADER_BYTES))
    assert not is_text(binary(longest))
    with pytest.raises(CodecError, match="at most"):
        Frame(schema=Schema.REQUEST, header=bytes(MAX_HEADER_BYTES + 1)).head()
