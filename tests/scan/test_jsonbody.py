from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.errors import (
    BadRequestError,
    ClientError,
    DuplicateKeyError,
    InvalidJSONError,
    NestingTooDeepError,
    TooManyElementsError,
)
from m2m_trio.scan import jsonbody
from m2m_trio.scan.jsonbody import MAX_DEPTH, check_coding, members, parse, texts

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(value=st.dictionaries(st.text(max_size=8), values, max_size=5), indent=st.booleans())
def test_what_json_wrote_is_taken(value: dict[str, object], indent: bool) -> None:
    body = json.dumps(value, indent=2 if indent else None).encode()
    check_coding(body)
    assert json.loads(json.dumps(parse(body)), parse_int=str) == json.loads(body, parse_int=str)
    quick = members(body)
    if quick is not None:
        assert {key: json.loads(raw) for key, raw in quick.items()} == json.loads(body)


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=60))
def test_anything_is_read_or_refused_as_documented(body: bytes) -> None:
    with suppress(ClientError):
        check_coding(body)
        members(body)
        parse(body)


VALID = [  # JSONTestSuite's y_ cases, by what they are about
    b"[[]   ]",
    b'[""]',
    b"[]",
    b'["a"]',
    b"[false]",
    b'[null, 1, "1", {}]',
    b"[null]",
    b"[1\n]",
    b" [1]",
    b"[1,null,null,null,2]",
    b"[2] ",
    b"[123e65]",
    b"[0e+1]",
    b"[0e1]",
    b"[ 4]",
    b"[-0.000000000000000000000000000000000000000000000000000000000000000001]",
    b"[20e1]",
    b"[-0]",
    b"[-123]",
    b"[-1]",
    b"[1E22]",
    b"[1E-2]",
    b"[1E+2]",
    b"[123.456e78]",
    b'{"asd":"sdf", "dfg":"fgh"}',
    b"{}",
    b'{"":0}',
    b'{"foo\\u0000bar": 42}',
    b'{ "min": -1.0e+28, "max": 1.0e+28 }',
    b'{"a":[]}',
    b'{\n"a": "b"\n}',
    b'["\\u0060\\u012a\\u12AB"]',
    b'["\\uD801\\udc37"]',
    b'["\\"\\\\\\/\\b\\f\\n\\r\\t"]',
    b'["\\\\u0000"]',
    b'["\\""]',
    b'["a/*b*/c/*d//e"]',
    b'["\\\\n"]',
    b'["\\u0012"]',
    b'["\\uFFFF"]',
    '["\U0010ffff"]'.encode(),
    b'["\\u0000"]',
    b'["\x7f"]',
    '["\u20ac\u2028\u2029"]'.encode(),
    b'" "',
    b"42",
    b"-0.1",
    b"null",
    b'"asd"',
    b"true",
    b'""',
    b'["a"]\n',
    b"[1E1000000000]",
    b"[" + b"9" * 5000 + b"]",
    b"[18446744073709551616]",
    b"[0.4e00669999999999999999999]",
]

REFUSED = [  # its n_ cases, and what Python's own reader takes wrongly
    b"[1 true]",
    b'["": 1]',
    b'[""],',
    b"[,1]",
    b"[1,,2]",
    b'["x",,]',
    b'["x"]]',
    b'["",]',
    b'["x"',
    b"[x",
    b"[3[4]]",
    b"[1:2]",
    b"[,]",
    b"[-]",
    b'[   , ""]',
    b"[1,]",
    b"[*]",
    b"[1",
    b"[fals]",
    b"[nul]",
    b"[tru]",
    b"123\x00",
    b"[++1234]",
    b"[+1]",
    b"[+Inf]",
    b"[-01]",
    b"[-1.0.]",
    b"[-2.]",
    b"[-NaN]",
    b"[.-1]",
    b"[.2e-3]",
    b"[0.1.2]",
    b"[0.3e+]",
    b"[0.e1]",
    b"[0E]",
    b"[1.0e-]",
    b"[1 000.0]",
    b"[1eE2]",
    b"[2.e3]",
    b"[9.e+]",
    b"[Inf]",
    b"[NaN]",
    b"[Infinity]",
    b"[-Infinity]",
    b"[0x1]",
    b"[012]",
    b"[1+2]",
    b'{"x", null}',
    b'{"x"::"b"}',
    b'{"a":"a" 123}',
    b"{key: 'value'}",
    b'{"a" b}',
    b'{:"b"}',
    b'{"a" "b"}',
    b'{"a":',
    b'{"a"',
    b"{1:1}",
    b"{null:null}",
    b'{"id":0,,,,,}',
    b"{'a':0}",
    b'{"id":0,}',
    b'{"a":"b"}/**/',
    b'{"a":"b"}//',
    b'{"a":"b",,"c":"d"}',
    b'{a: "b"}',
    b'{"a":"a',
    b" ",
    b'["\\uD800\\"]',
    b'["\\u1"]',
    b'["\\x00"]',
    b'["\\a"]',
    b'["\\\xf0\x9f\x8c\x80"]',
    b"['single quote']",
    b"abc",
    b'["\\',
    b'["\n"]',
    b'["\t"]',
    b'"\\UA66D"',
    b'""x',
    b"<.>",
    b"[1]x",
    b"[1]]",
    b"[True]",
    b"1]",
    b'{"x": true,',
    b"[][]",
    b"]",
    b"{[",
    b"[a",
    b"{}}",
    b"[\x0c]",
    b"[\xe2\x81\xa0]",
    b"",
    b"{}{}",
    b'{"a":1}\x00',
    b'["\x00"]',
]


@pytest.mark.parametrize("body", VALID)
def test_valid_json_of_any_kind_is_let_through(body: bytes) -> None:
    check_coding(body)
    members(body)
    parse(body)


@pytest.mark.parametrize("body", REFUSED)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    check_coding(body)
    assert members(body) is None
    with pytest.raises(InvalidJSONError) as caught:
        parse(body)
    assert caught.value.status == 400
    assert caught.value.code == "invalid_json"


@pytest.mark.parametrize(
    "body",
    [
        b'["\xff"]',
        b'["\xc0\xaf"]',
        b'["\xe0\x80\xaf"]',
        b'["\xed\xa0\x80"]',
        b'["\xf4\x90\x80\x80"]',
        b'["\xe6\x97\xa5\xd1\x88\xfa"]',
        b"\xef\xbb\xbf{}",
        '["a"]'.encode("utf-16"),
        '["\u00e9"]'.encode("utf-16-le"),
        '["a"]'.encode("utf-32"),
        b'["\xff\xfe"]',
        b"[\xff]",
        b"\xe5",
    ],
)
def test_other_codings_are_refused(body: bytes) -> None:
    with pytest.raises(InvalidJSONError):
        check_coding(body)


def test_utf16_without_a_mark_is_no_json() -> None:
    body = '["a"]'.encode("utf-16-le")
    check_coding(body)  # its NULs are UTF-8
    with pytest.raises(InvalidJSONError):
        parse(body)


def test_lone_surrogates_are_read_for_what_they_are() -> None:
    assert parse(b'["\\ud800"]') == ["\ud800"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":1,"a":2}',
        b'{"a":"b","a":"b"}',
        b'{"a":[{"b":1,"b":1}]}',
        b'{"messages":[],"m\\u0065ssages":[]}',
        b'[{"x":{"y":0,"y":1}}]',
    ],
)
def test_a_key_twice_is_refused(body: bytes) -> None:
    quick = members(body)
    with pytest.raises(DuplicateKeyError, match="twice"):
        for value in (quick or {"": body}).values():
            parse(value)


def test_nesting_is_counted_outside_strings() -> None:
    parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    with pytest.raises(NestingTooDeepError):
        parse(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1))
    parse(b'["' + b"[{" * 1000 + b'"]')
    parse(b'["\\"' + b"[" * 1000 + b'\\\\"]')
    parse(b"[" + b"[],{}," * 1000 + b"[]]")


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, MAX_DEPTH + 9])
def test_nesting_with_something_on_every_level(depth: int) -> None:
    body = b'{"a":[],"b":' * depth + b"1" + b"}" * depth
    if depth <= MAX_DEPTH - 1:  # the array counts as well
        parse(body)
    else:
        with pytest.raises(NestingTooDeepError):
            parse(body)


@pytest.mark.parametrize("piece", [b"[", b'{"a":', b'[{"a":'])
def test_a_hundred_thousand_levels_cost_nothing(piece: bytes) -> None:
    body = piece * 100_000
    best = 1.0
    for _ in range(5):
        started = time.perf_counter()
        with pytest.raises(BadRequestError):
            members(body)
            parse(body)
        best = min(best, time.perf_counter() - started)
    assert best < 0.1  # about a millisecond where nothing else runs


def test_too_many_elements_are_refused() -> None:
    with pytest.raises(TooManyElementsError):
        parse(b"[" + b"1," * (jsonbody.MAX_ELEMENTS + 1) + b"1]")
    with pytest.raises(TooManyElementsError) as caught:
        parse(b"{" + b'"":[],' * (jsonbody.MAX_KEYS + 1) + b'"":[]}')
    assert caught.value.status == 413


def test_texts_are_found_wherever_they_stand() -> None:
    value = {
        "type": "text",
        "a": ["one", {"b": "two", "n": "1"}],
        "image_url": {"url": "data:image/png;base64,AAAA"},
        "data": "A" * 300,
        "arguments": '{"x": "th\\u0072ee"}',
        "a key that is longer than any key needs to be": None,
    }
    found = list(texts(value))
    assert {"one", "two", "three"} <= set(found)
    assert any(text.startswith("a key that") for text in found)
    assert not any("AAAA" in text for text in found)
    assert "text" not in found


def test_json_inside_a_string_that_is_broken_is_a_text() -> None:
    assert list(texts('{"a\\": 1')) == ['{"a\\": 1']
    assert list(texts('["\ud800\\n"]')) == ['["\ud800\\n"]']
