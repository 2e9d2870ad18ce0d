from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.codecs.codec import LIMITS, Limits, WholeDecoder, WholeEncoder
from m2m_trio.errors import CodecError, CodecLimitError


@given(coded=st.integers(0, 1 << 40))
@settings(max_examples=30)
def test_what_is_allowed_never_passes_the_output_limit(coded: int) -> None:
    assert LIMITS.allowed(coded) <= LIMITS.output_bytes


def test_a_small_message_cannot_become_a_large_one() -> None:
    with pytest.raises(CodecLimitError, match="over 1000 times"):
        LIMITS.check_output(20 << 20, 139)
    LIMITS.check_output(1 << 20, 139)


def test_the_size_limit_is_named() -> None:
    with pytest.raises(CodecLimitError, match="the limit of 10 bytes"):
        Limits(output_bytes=10).check_output(11, 11)


@pytest.mark.parametrize("name", ["input_bytes", "output_bytes", "ratio", "depth"])
def test_limits_are_positive(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Limits(**{name: 0})


@given(parts=st.lists(st.binary(max_size=20)))
@settings(max_examples=30)
def test_a_whole_message_is_coded_at_its_end(parts: list[bytes]) -> None:
    encoder = WholeEncoder(lambda plain: b"<" + plain + b">")
    assert b"".join(encoder.feed(part) for part in parts) + encoder.flush() == b""
    assert encoder.finish() == b"<" + b"".join(parts) + b">"


def test_a_whole_message_is_held_up_to_the_limit() -> None:
    decoder = WholeDecoder(lambda coded, _: coded, Limits(input_bytes=4))
    assert decoder.feed(b"abcd") == b""
    with pytest.raises(CodecLimitError, match="4 bytes"):
        decoder.feed(b"e")


def test_limits_are_bad_coding_to_whoever_catches_that() -> None:
    assert issubclass(CodecLimitError, CodecError)
    assert CodecLimitError("x").status == 413
