from __future__ import annotations

import json
import struct
from contextlib import suppress
from typing import Any

import pytest
from api_json import TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.codecs.serde_json import MAX_DEPTH, dump, format_number, parse, parse_number
from m2m_trio.errors import CodecError, CodecLimitError


def rewritten(text: str) -> str:
    return dump(parse(text.encode())).decode()


def shape(value: Any) -> Any:
    """A value less what its numbers are."""
    if isinstance(value, dict):
        return {key: shape(member) for key, member in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return 0 if isinstance(value, int | float) and not isinstance(value, bool) else value


@given(text=TEXTS)
@settings(max_examples=30)
def test_only_numbers_and_order_change(text: bytes) -> None:
    with suppress(CodecError):  # the largest doubles move out of their range
        written = dump(parse(text))
        assert shape(json.loads(written)) == shape(json.loads(text))


@given(text=st.binary(max_size=30) | st.text('[]{}",:-+.eE0123456789tru ', max_size=20))
@settings(max_examples=30)
def test_it_fails_only_as_documented(text: bytes | str) -> None:
    with suppress(CodecError):
        dump(parse(text if isinstance(text, bytes) else text.encode()))


@given(value=st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=30)
def test_a_double_comes_back_within_two_units(value: float) -> None:
    text = format_number(value)
    assert float(text) == value
    read = parse_number(text)
    assert abs(ordinal(float(read)) - ordinal(value)) <= 2


def ordinal(value: float) -> int:
    bits: int = struct.unpack("<q", struct.pack("<d", value))[0]
    return bits if bits >= 0 else -(bits & (1 << 63) - 1)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1.602176634e-19", "1.6021766340000001e-19"),  # an exact parser keeps it
        ("1e5", "100000.0"),
        ("1e16", "1e+16"),
        ("1e15", "1000000000000000.0"),
        ("0.00001", "0.00001"),
        ("-0.00012", "-0.00012"),
        ("0.000001", "1e-6"),
        ("-1.5e-06", "-1.5e-6"),
        ("-0", "-0.0"),
        ("-1", "-1"),
        ("1e-400", "0.0"),
        ("1e-99999999999999", "0.0"),
        ("0e99999999999999", "0.0"),
        ("0.0000001e-330", "0.0"),
        ("18446744073709551615", "18446744073709551615"),
        ("18446744073709551616", "1.8446744073709552e+19"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("-9223372036854775809", "-9.223372036854776e+18"),
        ("12345678901234567890123", "1.2345678901234568e+22"),
        ("0." + "1" * 60, "0.1111111111111111"),
        (
            '{"b":1,"a":{"d":null,"c":true},"b":[false]}',
            '{"a":{"c":true,"d":null},"b":[false]}',
        ),
        ('"\\u00e9\\/\\u007f\\u001f\\n"', '"é/\x7f\\u001f\\n"'),
        ('{"é":1,"z":2,"\U0001f600":3}', '{"z":2,"é":1,"\U0001f600":3}'),
    ],
)
def test_text_is_rewritten_as_the_reference_does(text: str, result: str) -> None:
    assert rewritten(text) == result


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "-Infinity",
        "01",
        "1.",
        ".5",
        "[1,]",
        '"\t"',
        "\ufeff{}",
        "{}x",
        "1e400",
        "1e310",
        "1e99999999999999",
        '"\\ud800"',
        '{"\\udc00":1}',
        "",
        "9" * 400,
    ],
)
def test_what_the_reference_refuses_is_refused(text: str) -> None:
    with pytest.raises(CodecError):
        rewritten(text)


def test_other_than_utf_8_is_refused() -> None:
    with pytest.raises(CodecError, match="not UTF-8: byte 1"):
        parse(b'"\xff"')


def test_depth_is_limited() -> None:
    deep = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert dump(parse(deep)) == deep
    with pytest.raises(CodecLimitError, match="over 127 deep"):
        parse(b"[" + deep + b"]")
    with pytest.raises(CodecLimitError, match="over 10 deep"):
        parse(deep, depth=10)
    with pytest.raises(CodecError):
        parse(b'"' + b"[" * 100_000)
