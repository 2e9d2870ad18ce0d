from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.testing import ResponseReader, format_chunk, parse_response, parse_responses
from m2m_trio.testing.messages import (
    MAX_HEAD_BYTES,
    BodyReader,
    parse_head,
    parse_request_line,
    parse_status_line,
    take_head,
)

CHUNKED = (
    b"HTTP/1.1 100 Continue\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'5;ext="x"\r\nhello\r\nA\r\n, world\r\n!\r\n0\r\nX-Sum: 7\r\n\r\n'
)


def test_head_keeps_case_order_duplicates_and_bytes() -> None:
    raw = b"GET / HTTP/1.1\r\nHost: a\r\nX-Thing:\t one \r\nx-thing: caf\xe9\r\n\r\n"
    head = parse_head(raw)
    assert head.raw == raw
    assert head.fields == ((b"Host", b"a"), (b"X-Thing", b"one"), (b"x-thing", b"caf\xe9"))
    assert head.values(b"X-THING") == [b"one", b"caf\xe9"]
    assert head.value(b"host") == b"a"
    assert head.value(b"absent") is None
    with pytest.raises(ValueError, match="came 2 times"):
        head.value(b"x-thing")


@pytest.mark.parametrize(
    "line",
    [
        b"A : 1",
        b" folded",
        b"A: 1\nB: 2",
        b"A: \x00",
        b"A: 1\r",
        b": 1",
        b"no colon",
        b"A\xe9: 1",
    ],
)
def test_head_refuses_what_a_strict_peer_refuses(line: bytes) -> None:
    with pytest.raises(ValueError, match="not a header field"):
        parse_head(b"GET / HTTP/1.1\r\n" + line + b"\r\n\r\n")


def test_head_is_bounded() -> None:
    with pytest.raises(ValueError, match="no end of the head"):
        take_head(bytearray(MAX_HEAD_BYTES + 1))


def test_start_lines() -> None:
    assert parse_request_line(b"POST /v1?a=%20 HTTP/1.1") == (b"POST", b"/v1?a=%20", b"1.1")
    assert parse_status_line(b"HTTP/1.0 404 Not  here") == (b"1.0", 404, b"Not  here")
    assert parse_status_line(b"HTTP/1.1 200") == (b"1.1", 200, b"")
    for line in (b"GET  / HTTP/1.1", b"GET / HTTP/2", b"GET /\x7f HTTP/1.1"):
        with pytest.raises(ValueError, match="not a request line"):
            parse_request_line(line)
    with pytest.raises(ValueError, match="not a status line"):
        parse_status_line(b"HTTP/1.1 20")


@given(cuts=st.lists(st.integers(0, len(CHUNKED)), max_size=8))
def test_chunked_response_reads_the_same_however_it_is_cut(cuts: list[int]) -> None:
    reader = ResponseReader()
    buffer = bytearray()
    ends = [*sorted(cuts), len(CHUNKED)]
    for start, end in zip([0, *ends], ends, strict=False):
        buffer += CHUNKED[start:end]
        reader.feed(buffer)
    response = reader.response()
    assert response.complete
    assert response.body == b"hello, world\r\n!"[:15]
    assert response.chunk_sizes == (5, 10)
    assert response.trailers == ((b"X-Sum", b"7"),)
    assert [head.start_line for head in response.interim] == [b"HTTP/1.1 100 Continue"]
    assert (
        response.head.raw + response.raw_body
        == CHUNKED[len(b"HTTP/1.1 100 Continue\r\n\r\n") :]
    )
    assert buffer == b""


@pytest.mark.parametrize(
    "body",
    [
        b"5\nhello\r\n",
        b"0x5\r\nhello\r\n",
        b"-1\r\n",
        b"+5\r\n",
        b"\r\n",
        b"3\r\nhello\r\n",
        b"0\r\nbad\r\n",
    ],
)
def test_malformed_chunks_are_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"chunk|trailer"):
        BodyReader(None, chunked=True).feed(bytearray(body))


@pytest.mark.parametrize(
    "fields",
    [
        b"Content-Length: 1\r\nTransfer-Encoding: chunked",
        b"Content-Length: 1\r\nContent-Length: 1",
        b"Content-Length: +1",
        b"Transfer-Encoding: gzip, chunked",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    ],
)
def test_ambiguous_framing_is_refused(fields: bytes) -> None:
    head = parse_head(b"POST / HTTP/1.1\r\n" + fields + b"\r\n\r\n")
    with pytest.raises(ValueError, match=r"Content-Length|coding"):
        BodyReader.of_request(head)


def test_responses_without_a_length_last_until_the_close() -> None:
    data = b"HTTP/1.0 200 OK\r\n\r\nall of it"
    assert parse_response(data).body == b"all of it"
    assert parse_response(data).complete
    assert not parse_response(data, closed=False).complete


def test_a_cut_response_is_incomplete() -> None:
    cut = parse_response(CHUNKED[:-2])
    assert not cut.complete
    assert not parse_response(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12345678").complete


def test_head_and_bodiless_statuses_have_no_body() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"
    assert parse_response(head, method=b"HEAD").complete
    first, second = parse_responses(
        head + b"HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n", methods=[b"HEAD"]
    )
    assert (first.body, second.body) == (b"", b"")
    assert second.complete


def test_response_accessors() -> None:
    response = parse_response(b'HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 8\r\n\r\n{"a": 1}')
    assert response.json() == {"a": 1}
    assert response.fields == ((b"X-A", b"1"), (b"Content-Length", b"8"))
    assert response.values(b"x-a") == [b"1"]
    assert response.value(b"x-b") is None
    assert (response.version, response.status, response.reason) == (b"1.1", 200, b"OK")


def test_more_or_less_than_one_response_is_an_error() -> None:
    one = b"HTTP/1.1 204 No Content\r\n\r\n"
    with pytest.raises(ValueError, match="2 came"):
        parse_response(one * 2)
    with pytest.raises(ValueError, match="0 came"):
        parse_response(b"")
    with pytest.raises(ValueError, match="head was complete"):
        parse_response(one[:-1])
    assert len(parse_responses(format_cut())) == 1


def format_cut() -> bytes:
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + format_chunk(b"x")
