from __future__ import annotations

import pytest
from h2.utilities import HeaderValidationFlags, validate_headers
from h2_peer import GET, request
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.errors import M2MError
from m2m_trio.server.http2_head import MalformedHeadError, read_head, reply_fields
from m2m_trio.server.replies import BadReplyError

LIMITS = {"header_bytes": 65536, "header_fields": 100, "target_bytes": 16384}
REQUEST = HeaderValidationFlags(
    is_client=False, is_trailer=False, is_response_header=False, is_push_promise=False
)
RESPONSE = REQUEST._replace(is_response_header=True)

names = st.sampled_from(
    [
        b":method", b":scheme", b":path", b":authority", b":status", b":protocol", b"host",
        b"te",
        b"x-a", b"X-A", b"x\x00", b"", b"content-length", b"connection", b"cookie", b"upgrade",
    ]
)  # fmt: skip
values = st.sampled_from(
    [
        b"GET",
        b"CONNECT",
        b"http",
        b"/",
        b"",
        b"node.test",
        b" a",
        b"a\t",
        b"\n",
        b"trailers",
        b"5",
    ]
) | st.binary(max_size=4)
changes = st.lists(st.tuples(st.integers(0, 6), st.booleans(), names, values), max_size=4)


def mutate(edits) -> list[tuple[bytes, bytes]]:
    block = list(GET)
    for index, replaces, name, value in edits:
        block[index : index + replaces] = [(name, value)]
    return block


@given(changes)
def test_nothing_that_h2_calls_malformed_gets_through(edits) -> None:
    block = mutate(edits)
    try:
        head = read_head(block, **LIMITS)
    except (MalformedHeadError, M2MError):
        return
    assert list(validate_headers(block, REQUEST)) == block
    assert head.fields[0][0] == b"host"
    assert not any(name.startswith(b":") for name, _ in head.fields)


@given(st.lists(st.tuples(names | st.binary(max_size=3), values), max_size=4))
def test_reply_fields_are_what_http2_can_say(given_fields) -> None:
    try:
        fields, _ = reply_fields(given_fields)
    except BadReplyError:
        return
    block = [(b":status", b"200"), *(pair for pair in fields if pair[0] != b"te")]
    assert list(validate_headers(block, RESPONSE)) == block


@pytest.mark.parametrize(
    ("fields", "length"),
    [
        ([], None),
        ([(b"content-length", b"0")], 0),
        ([(b"content-length", b"7"), (b"content-length", b"7")], 7),
    ],
)
def test_content_length_is_read(fields, length) -> None:
    assert read_head([*GET, *fields], **LIMITS).content_length == length
    assert reply_fields(fields)[1] == length


def test_host_takes_the_place_of_a_missing_authority() -> None:
    block = [*GET[:3], (b"x-a", b""), (b"host", b"other.test")]
    assert read_head(block, **LIMITS).fields == [(b"host", b"other.test"), (b"x-a", b"")]


def test_size_is_counted_as_settings_say() -> None:
    block = request(b"/", b"GET", (b"x-a", b"b"))
    size = sum(len(name) + len(value) + 32 for name, value in block)
    assert read_head(block, header_bytes=size, header_fields=1, target_bytes=1)
    with pytest.raises(M2MError, match="header block"):
        read_head(block, header_bytes=size - 1, header_fields=1, target_bytes=1)
    with pytest.raises(M2MError, match="header block"):
        read_head(block, header_bytes=size, header_fields=0, target_bytes=1)
