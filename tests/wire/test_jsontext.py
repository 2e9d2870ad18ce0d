from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.errors import CodecLimitError
from m2m_trio.wire.jsontext import STRING, check_depth, container_pattern

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)
CONTAINERS = st.lists(VALUES, max_size=4) | st.dictionaries(st.text(), VALUES, max_size=4)


def depth_of(value: Any) -> int:
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(depth_of, value), default=0) if isinstance(value, list) else 0


@given(text=st.text())
@settings(max_examples=30)
def test_a_string_is_found_whole(text: str) -> None:
    encoded = json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")
    found = re.compile(STRING, re.DOTALL).match(encoded + b'"')
    assert found is not None
    assert found[0] == encoded


@given(value=CONTAINERS, indent=st.sampled_from([None, 1]))
@settings(max_examples=30)
def test_a_container_is_found_whole_if_it_is_not_too_deep(value: Any, indent: Any) -> None:
    text = json.dumps(value, indent=indent).encode()
    depth = depth_of(value)
    found = re.compile(container_pattern(depth - 1), re.DOTALL).match(text + b"]")
    assert found is not None
    assert found[0] == text
    if depth > 1:
        assert re.compile(container_pattern(depth - 2), re.DOTALL).match(text) is None


@given(value=CONTAINERS)
@settings(max_examples=30)
def test_depth_is_counted_outside_strings(value: Any) -> None:
    text = json.dumps(value).encode()
    check_depth(text, depth_of(value))
    if depth_of(value) > 1:
        with pytest.raises(CodecLimitError, match="deep"):
            check_depth(text, depth_of(value) - 1)


def test_brackets_in_strings_and_beside_each_other_are_not_depth() -> None:
    check_depth(b'["[[[[[", {"\\"[": "]"}, [], [], [], {}]', 2)
