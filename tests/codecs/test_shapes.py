from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.codecs.shapes import (
    MAX_EVENT_BYTES,
    MAX_HOLES,
    MAX_SHAPE_BYTES,
    MAX_SHAPES,
    Restoring,
    Shaping,
)
from m2m_trio.errors import CodecError, CodecLimitError

CAP = 1 << 20
CHAT = (
    b'data: {"id": "%s","created":%d,"choices":[{"delta":{"content":"%s"}}],"obfuscation":"%s"}'
)
RESPONSES = b'event: x\ndata: {"type":"x","delta":"%s","sequence_number":%d}'

text = st.one_of(
    st.sampled_from([b"", b" the", b"\\n\\n", b'\\"', b"\xc3\xa9", b"x" * 200, b'"', b'","']),
    st.binary(max_size=9),
)
number = st.one_of(st.integers(0, 12), st.integers(0, 10**17))
event = st.one_of(
    st.builds(lambda *fillings: CHAT % fillings, text, number, text, text),
    st.builds(lambda *fillings: RESPONSES % fillings, text, number),
    st.builds(lambda value: b'data: {"created":%s,"total_tokens":007}' % value, text),
    st.sampled_from([b"data: [DONE]", b": ping", b""]),
    st.binary(max_size=30),
)
blank = st.sampled_from([b"\n\n", b"\r\n\r\n", b"\n", b"\r\r", b""])
stream = st.lists(
    st.lists(st.tuples(event, blank), max_size=4).map(
        lambda pairs: b"".join(one + end for one, end in pairs)
    ),
    max_size=12,
)


@given(pieces=stream)
def test_what_is_shaped_is_restored(pieces: list[bytes]) -> None:
    shaping, restoring = Shaping(), Restoring()
    for piece in pieces:
        assert restoring.feed(shaping.feed(piece), CAP) == piece


@given(first=st.lists(event, max_size=4), noise=st.binary(max_size=30))
def test_restoring_fails_only_as_documented(first: list[bytes], noise: bytes) -> None:
    shaping, restoring = Shaping(), Restoring()
    restoring.feed(shaping.feed(b"\n\n".join(first)), CAP)
    try:
        restoring.feed(noise, 10_000)
    except CodecError:
        return


def sizes(events: list[bytes]) -> list[int]:
    shaping = Shaping()
    return [len(shaping.feed(each + b"\n\n")) for each in events]


def test_an_event_of_a_known_shape_is_its_fillings() -> None:
    words = [b"one", b" two", b" three"]
    assert sizes([CHAT % (b"id", 7, word, b"") for word in words])[1:] == [6, 8]


def test_a_number_that_goes_on_costs_nothing() -> None:
    events = [RESPONSES % (b"word", 100 + index) for index in range(5)]
    assert sizes(events)[1:] == [7, 5, 5, 5]  # its step is told once


def test_ids_that_always_differ_become_holes() -> None:
    events = [CHAT % (b"id-%d" % index, 7, b"word", b"") for index in range(5)]
    first, second, *others = sizes(events)
    assert min(first, second) > len(events[0]) > 4 * max(others)


def test_shapes_used_lately_are_found_again() -> None:
    one, other = CHAT % (b"i", 7, b"a", b""), RESPONSES % (b"b", 1)
    assert max(sizes([one, other] * 10)[4:]) < 8


def test_more_shapes_than_there_may_be_go_as_they_are() -> None:
    events = [b'data: {"key-%d":1,"text":"word"}' % index for index in range(MAX_SHAPES + 9)]
    shaping, restoring = Shaping(), Restoring()
    for each in events * 2:
        assert restoring.feed(shaping.feed(each), CAP) == each


def test_large_events_and_many_holes_are_carried() -> None:
    shaping, restoring = Shaping(), Restoring()
    for each in (
        b'data: {"text":"a","x":"' + b"y" * MAX_SHAPE_BYTES + b'"}\n\n',
        b"data: {" + b'"text":"a",' * (MAX_HOLES * 2) + b"}\n\n",
        b'data: {"text":"' + b"y" * MAX_EVENT_BYTES + b'"}\n\n',
    ) * 2:
        assert restoring.feed(shaping.feed(each), CAP) == each


SHAPE = b"\xff\x05ab1cd"


@pytest.mark.parametrize(
    ("shaped", "complaint"),
    [
        (b"\x00", "not told before"),
        (b"\x81x", "no known operation"),
        (SHAPE + b"\x01\x04\x01" + b"\xf3", "no known operation"),
        (b"\xfe\x05abc", "cut short"),
        (b"\xfe", "no end"),
        (b"\xfe" + b"\xff" * 9, "no end"),
        (SHAPE + b"\x00", "over the limits"),
        (SHAPE + b"\x11" + b"\x00\x00" * 17, "over the limits"),
        (SHAPE + b"\x01\x04\x09", "outside"),
        (SHAPE + b"\x01\x05\x01\x10", "outside"),
        (SHAPE + b"\x01\x03\x01\x00", "number that is none"),
        (b"\xff\xff\x10" + bytes(2175) + b"\x01\x02\x01", "over the limits"),
        ((SHAPE + b"\x01\x04\x01") * 129, "over the limits"),
    ],
)
def test_what_is_no_shaped_event_is_refused(shaped: bytes, complaint: str) -> None:
    with pytest.raises(CodecError, match=complaint):
        Restoring().feed(shaped, CAP)


def test_little_becomes_no_more_than_the_cap() -> None:
    shape = b"\xff\x81\x10" + bytes(2048) + b"1" + b"\x01\x80\x20\x01"
    assert len(Restoring().feed(shape + b"\x81x" * 9, CAP)) == 2049 * 10
    with pytest.raises(CodecLimitError, match="over 10000 bytes"):
        Restoring().feed(shape + b"\x81x" * 9, 10_000)
