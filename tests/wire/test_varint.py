from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.errors import CodecError
from m2m_trio.wire.varint import (
    U32_MAX,
    U64_MAX,
    decode_varint,
    decode_varints,
    encode_varint,
    encode_varints,
)


def decode_all(data: bytes, at_most: int = 100) -> list[int]:
    return [value for values in decode_varints(data, at_most=at_most) for value in values]


@given(value=st.integers(0, U64_MAX), before=st.binary(max_size=3), after=st.binary(max_size=3))
@settings(max_examples=30)
def test_an_integer_is_read_back_where_it_stands(
    value: int, before: bytes, after: bytes
) -> None:
    encoded = encode_varint(value)
    found, end = decode_varint(before + encoded + after, len(before))
    assert (found, end) == (value, len(before) + len(encoded))


@given(values=st.lists(st.integers(0, U32_MAX)), at_most=st.integers(1, 5))
@settings(max_examples=30)
def test_many_are_read_back_some_at_a_time(values: list[int], at_most: int) -> None:
    lists = list(decode_varints(encode_varints(values), at_most=at_most))
    assert [value for some in lists for value in some] == values
    assert all(len(some) == at_most for some in lists[:-1])


@given(data=st.binary(max_size=40), start=st.integers(0, 45))
@settings(max_examples=30)
def test_it_fails_only_as_documented(data: bytes, start: int) -> None:
    with suppress(CodecError):
        _, end = decode_varint(data, start)
        assert start < end <= len(data)
    with suppress(CodecError):
        assert encode_varints(decode_all(data)) == data


@pytest.mark.parametrize(
    ("value", "encoded"),
    [(0, "00"), (127, "7f"), (128, "8001"), (16384, "808001"), (100_000, "a08d06")],
)
def test_known_answers(value: int, encoded: str) -> None:
    assert encode_varint(value).hex() == encoded


@pytest.mark.parametrize(
    ("encoded", "why"),
    [
        ("", "cut short"),
        ("80", "cut short"),
        ("8000", "longer than it need be"),
        ("ffffffffffffffffff02", "over 18446744073709551615"),
        ("80808080808080808080808001", "over 18446744073709551615"),
    ],
)
def test_what_no_encoder_writes_is_refused(encoded: str, why: str) -> None:
    with pytest.raises(CodecError, match=why):
        decode_varint(bytes.fromhex(encoded))


@pytest.mark.parametrize("encoded", ["808080808001", "8080808010", "ffffffffffffffff7f"])
def test_over_32_bits_is_no_token(encoded: str) -> None:
    with pytest.raises(CodecError, match="over 4294967295"):
        decode_all(bytes.fromhex(encoded))


def test_an_endless_varint_is_left_after_ten_bytes() -> None:
    class Counted(bytes):
        reads = 0

        def __getitem__(self, index):  # type: ignore[no-untyped-def, override]
            Counted.reads += 1
            return super().__getitem__(index)

    with pytest.raises(CodecError):
        decode_varint(Counted(b"\x80" * 1000))
    assert Counted.reads <= 11
