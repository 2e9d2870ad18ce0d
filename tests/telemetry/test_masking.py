from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.telemetry.masking import (
    BODY_NAMES,
    MASK,
    MAX_ITEMS,
    MAX_TEXT,
    SECRET_NAMES,
    clean,
    escape,
    mask_key,
    mask_text,
    one_line,
)

VISIBLE = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
KEY_BODY = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", min_size=16
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8) | st.binary(max_size=8), inner, max_size=4)
        | st.tuples(st.text(max_size=8), inner)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("key", "masked"),
    [
        ("", ""),
        ("short", MASK),
        ("twelve-chars", MASK),
        ("thirteen-char", "…char"),
        ("sk-proj-abcdefghijkl", "sk-…ijkl"),
    ],
)
def test_a_key_shows_its_end_if_it_is_long(key: str, masked: str) -> None:
    assert mask_key(key) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("key sk-abcdefghijklmnop here", "key sk-…mnop here"),
        ("gsk_abcdefghijklmnop", "…mnop"),
        ("Bearer 0123456789abcdef", "Bearer …cdef"),
        ("basic dXNlcjpwYXNzd29yZA==", "basic …ZA=="),
        ("basic usage", "basic usage"),
        (
            "http://h/v1?api-version=1&api-key=0123456789abcdef",
            "http://h/v1?api-version=1&api-key=…cdef",
        ),
        ("https://me:word@host/v1", "https://…@host/v1"),
        ("{'x-api-key': 'abc def', 'b': 1}", "{'x-api-key': '…', 'b': 1}"),
        ("Authorization: Digest abc", "Authorization: …"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "…c2ln"),
        ("a task-scheduler on the disk-usage path", "a task-scheduler on the disk-usage path"),
        ("set api_key instead", "set api_key instead"),
    ],
)
def test_what_looks_like_a_key_is_masked(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@given(
    before=st.text(),
    body=KEY_BODY,
    shape=st.sampled_from(
        ["sk-{}", " Bearer {}", "?api_key={}", "x-api-key: {}", " gsk_{}", "\ncookie={}"]
    ),
    after=st.text(),
)
def test_no_key_survives_in_any_text(before: str, body: str, shape: str, after: str) -> None:
    shown = mask_text(f"{before} {shape.format(body)} {after}")

    assert body not in shown or body in before + after


@given(secret=st.text(VISIBLE, min_size=6, max_size=64), before=st.text(), after=st.text())
def test_no_known_key_survives_in_any_text(secret: str, before: str, after: str) -> None:
    shown = clean("event", f"{before}{secret}{after}", (secret,))

    assert secret not in shown


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    line = one_line(text)

    assert len(line.splitlines()) <= 1
    assert "\x1b" not in line
    line.encode()  # no lone surrogates


def test_control_characters_are_told_by_name_or_number() -> None:
    assert escape("a\tb\r\n\x1b[31m\x7f\x9b\u2028\u202e\ud800") == (
        r"a\tb\r\n\x1b[31m\x7f\x9b\u2028\u202e\ud800"
    )
    assert escape("naïve 漢字 🙂") == "naïve 漢字 🙂"


@given(name=st.sampled_from(sorted(SECRET_NAMES)), value=ANYTHING)
def test_a_secret_field_shows_at_most_four_characters(name: str, value: Any) -> None:
    shown = clean(name.upper().replace("_", "-"), value)

    assert shown is None or MASK in shown or shown == ""
    assert shown is None or len(shown) <= len("sk-…abcd")


@pytest.mark.parametrize("name", sorted(BODY_NAMES))
def test_a_body_shows_its_size_only(name: str) -> None:
    assert clean(name, b"hello") == clean(name, "hello") == clean(name, [1] * 5) == "(5 long)"
    assert clean(name, object()) == MASK
    assert clean(name, 5) == 5


@given(name=st.text(), value=ANYTHING, secret=st.text(VISIBLE, min_size=6, max_size=20))
def test_any_field_becomes_json_without_the_key(name: str, value: Any, secret: str) -> None:
    shown = json.dumps(
        clean(name, [value, secret, {secret: secret}], (secret,)), allow_nan=False
    )

    assert json.dumps(secret)[1:-1] not in shown or secret in repr(value)


def test_header_fields_are_masked_by_name() -> None:
    fields = [(b"Authorization", b"Basic eA=="), (b"x", b"y\xff"), (b"Cookie", b"id=1")]

    assert clean("headers", fields) == [
        ["Authorization", MASK],
        ["x", "y\\xff"],
        ["Cookie", MASK],
    ]
    assert clean("headers", {"api-key": "k", "x": 1}) == {"api-key": MASK, "x": 1}


def test_large_things_are_cut() -> None:
    deep: Any = "x"
    for _ in range(10):
        deep = [deep]

    assert clean("a", deep) == [[[[MASK]]]]
    assert len(clean("a", "x" * 10**6)) == MAX_TEXT
    assert len(clean("a", range(10**6))) < MAX_TEXT
    assert len(clean("a", list(range(10**6)))) == MAX_ITEMS
    assert clean("a", 10**5000) == "(a large number)"
    assert clean("a", float("nan")) == "nan"


def test_what_cannot_be_shown_is_named() -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError

    assert clean("a", Broken()) == "(Broken)"
    assert clean("a", KeyError("x")) == "KeyError: 'x'"


@pytest.mark.parametrize(
    "text", ["://" + ":" * 60_000, "&" + "a" * 60_000, "api_key" + " " * 60_000, "sk-" * 20_000]
)
def test_hostile_text_is_masked_in_linear_time(text: str) -> None:
    mask_text(text)
