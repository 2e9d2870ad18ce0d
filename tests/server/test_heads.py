from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from m2m_trio.errors import BadRequestError, ClientError
from m2m_trio.server import heads
from m2m_trio.server.chunks import MAX_LINE_BYTES, ChunkDecoder
from m2m_trio.server.heads import (
    HeadLimits,
    HeadParser,
    RequestHead,
    check_partial,
    skip_empty_lines,
)
from m2m_trio.server.replies import http_date

LIMITS = HeadLimits(header_bytes=4096, header_fields=20, target_bytes=512)

tokens = st.text("abcXYZ09!#$%&'*+-.^_`|~", min_size=1, max_size=12).map(str.encode)
values = st.binary(max_size=20).map(
    lambda raw: bytes(b for b in raw if (b >= 32 and b != 127) or b == 9)
)


@given(
    target=st.text("abc/?&=%20~|<>\"'{}", max_size=30).map(lambda t: b"/" + t.encode()),
    fields=st.lists(st.tuples(tokens, values), max_size=10),
)
def test_what_is_right_comes_out_as_it_went_in(target, fields) -> None:
    ours = {b"host", b"content-length", b"transfer-encoding", b"connection", b"expect"}
    fields = [(name, value) for name, value in fields if name.lower() not in ours]
    lines = b"".join(b"%b: %b\r\n" % pair for pair in fields)
    parser = HeadParser(LIMITS)
    for _ in range(2):
        head = parser.parse(b"PATCH %b HTTP/1.1\r\nHost: x\r\n%b\r\n" % (target, lines))
        assert head.method == "PATCH"
        assert head.target == target
        assert head.fields[1:] == [
            (name.lower(), value.strip(b" \t")) for name, value in fields
        ]


@given(st.binary(max_size=200))
@example(b"GET / HTTP/1.1\r\nHost: x")
@example(b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")
def test_any_bytes_are_parsed_or_refused(data) -> None:
    head = data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    try:
        request = HeadParser(LIMITS).parse(head)
    except ClientError:
        return
    assert head.startswith(request.method.encode() + b" ")
    assert request.target + b" HTTP/1." in head or b"://" in head


@pytest.mark.parametrize(
    ("target", "host", "path"),
    [
        (b"http://node:80/v1/models?a=b", b"node:80", b"/v1/models?a=b"),
        (b"HTTPS://[::1]/a//b", b"[::1]", b"/a//b"),
        (b"http://node", b"node", b"/"),
        (b"http://node?a=/b", b"node", b"/?a=/b"),
    ],
)
def test_the_authority_of_an_absolute_target_overrules_host(target, host, path) -> None:
    block = b"GET %b HTTP/1.1\r\nA: b\r\nHost: evil\r\n\r\n" % target
    head = HeadParser(LIMITS).parse(block)
    assert head.target == path
    assert head.fields == [(b"a", b"b"), (b"host", host)]


@given(st.binary(max_size=60), st.integers(0, 60))
def test_a_partial_head_is_refused_or_not(data, seen) -> None:
    if not data:
        return
    try:
        check_partial(data, min(seen, len(data)), LIMITS)
    except ClientError:
        return
    assert data[:1].isalpha()


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        (b"\r\n\r\nGET", b"GET"),
        (b"\r\n\r", b"\r"),
        (b"\r\n", b""),
        (b"\r\n\nGET", b"\nGET"),
        (b"\rGET", b"\rGET"),
    ],
)
def test_empty_lines_before_a_request(data, rest) -> None:
    assert skip_empty_lines(data) == rest


def chunk(data: bytes, extension: bytes) -> bytes:
    return b"%x%b\r\n%b\r\n" % (len(data), extension, data)


@given(
    st.lists(st.binary(min_size=1, max_size=40), max_size=6),
    st.sampled_from([b"", b";a", b' ;a="b"']),
    st.sampled_from([b"", b"A: b\r\n", b"A: b\r\nC:\r\n"]),
    st.integers(1, 50),
)
def test_chunks_come_out_however_split(bodies, extension, trailer, step) -> None:
    coded = b"".join(chunk(body, extension) for body in bodies) + b"0\r\n" + trailer + b"\r\n"
    data = coded + b"next"
    decoder, found, rest = ChunkDecoder(), b"", b""
    for start in range(0, len(data), step):
        if decoder.finished:
            rest += data[start : start + step]
        else:
            found += b"".join(decoder.feed(data[start : start + step]))
            rest = decoder.rest
    assert decoder.finished
    assert found == b"".join(bodies)
    assert rest == b"next"


@given(st.lists(st.binary(max_size=30), max_size=5))
@example([b"3", b"\r\n", b"ab", b"c\r", b"\n0\r\n\r\n"])
def test_any_bytes_are_chunks_or_refused(pieces) -> None:
    decoder = ChunkDecoder()
    try:
        for piece in pieces:
            if not decoder.finished:
                decoder.feed(piece)
    except BadRequestError:
        pass


def test_an_extension_up_to_the_limit() -> None:
    line = b"1;" + b"a" * (MAX_LINE_BYTES - 4) + b"\r\n"
    assert ChunkDecoder().feed(line + b"x") == [b"x"]
    with pytest.raises(BadRequestError):
        ChunkDecoder().feed(b"1;" + b"a" * (MAX_LINE_BYTES - 3) + b"\r\n")


def test_two_framings_are_refused_by_us_as_well() -> None:
    """llhttp does it today; a leniency of a later one must not open the door."""
    request = RequestHead(b"POST", b"/", [])
    ours = {b"host": b"x", b"content-length": b"1", b"transfer-encoding": b"chunked"}
    with pytest.raises(BadRequestError):
        heads._apply(ours, request)


def test_the_start_of_a_tls_handshake_is_told_as_such() -> None:
    with pytest.raises(BadRequestError, match="TLS"):
        check_partial(b"\x16\x03\x01", 0, LIMITS)


def test_a_bare_lf_is_refused_before_the_head_is_complete() -> None:
    with pytest.raises(BadRequestError, match="CR"):
        check_partial(b"GET / HTTP/1.1\nHost: x", 0, LIMITS)


def test_the_date_is_an_http_date() -> None:
    moment = parsedate_to_datetime(http_date().decode())
    assert abs(time.time() - moment.timestamp()) < 5
    assert http_date().endswith(b" GMT")
