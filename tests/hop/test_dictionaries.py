from __future__ import annotations

import json

from m2m_trio.codecs.dictionary import ALL, StaticDictionary
from m2m_trio.hop.dictionaries import announced, shared
from m2m_trio.hop.padding import NO_PADDING, Padding, padding_for


def test_hello_names_what_is_held() -> None:
    told = json.loads(json.dumps(announced()))
    assert [each["sha256"] for each in told] == [each.sha256 for each in ALL]


def test_the_newest_that_both_hold_is_used() -> None:
    new, old = StaticDictionary("new", b"n" * 9), StaticDictionary("old", b"o" * 9)
    assert shared((new, old), [old.sha256, new.sha256]) is new
    assert shared((new, old), [old.sha256]) is old
    assert shared((new, old), ["00"]) is None


def test_lengths_are_hidden_where_somebody_may_read_them() -> None:
    assert padding_for(loopback=True) == NO_PADDING
    assert padding_for(loopback=False) == Padding(request_bytes=256, write_bytes=64)
