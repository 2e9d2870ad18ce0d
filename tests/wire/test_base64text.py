from __future__ import annotations

import base64
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.errors import CodecError
from m2m_trio.wire.base64text import decode_base64, encode_base64


@given(data=st.binary())
@settings(max_examples=30)
def test_it_is_the_standard_one_on_one_line(data: bytes) -> None:
    assert encode_base64(data) == base64.b64encode(data)
    assert decode_base64(encode_base64(data)) == data


@given(text=st.binary(max_size=12) | st.text("AQg=+/", max_size=9).map(str.encode))
@settings(max_examples=30)
def test_only_one_text_stands_for_a_byte_string(text: bytes) -> None:
    with suppress(CodecError):
        assert encode_base64(decode_base64(text)) == text


@pytest.mark.parametrize(
    "text", [b"QQ", b"QQ=", b"QR==", b"QQ==\n", b"Q Q==", b"QQ==x", b"-_8=", b"====", b"QUF="]
)
def test_other_spellings_are_refused(text: bytes) -> None:
    with pytest.raises(CodecError, match="bad base64"):
        decode_base64(text)
