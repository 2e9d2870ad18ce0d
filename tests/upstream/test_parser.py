from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.errors import UpstreamProtocolError
from m2m_trio.upstream.parser import MAX_INTERIM_REPLIES, ReplyParser

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def parse(*data: bytes, bodiless: bool = False) -> ReplyParser:
    parser = ReplyParser("http://up")
    parser.expect(bodiless=bodiless)
    for part in data:
        parser.feed(part)
    return parser


@pytest.mark.parametrize(
    "data",
    [
        OK + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nab",
        OK + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
        OK + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nab",
        OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nab",
        OK + b"Content-Length: 2, 2\r\n\r\nab",
        OK + b"Content-Length: +2\r\n\r\nab",
        OK + b"Content-Length: -2\r\n\r\nab",
        OK + b"Content-Length: 0x2\r\n\r\nab",
        OK + b"Content-Length:\r\n\r\nab",
        OK + b"Content-Length: 99999999999999999999999\r\n\r\nab",
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: identity\r\n\r\nab",
        OK + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        CHUNKED + b"zz\r\nab\r\n0\r\n\r\n",
        CHUNKED + b"-1\r\nab\r\n0\r\n\r\n",
        CHUNKED + b"0x2\r\nab\r\n0\r\n\r\n",
        CHUNKED + b"2\nab\r\n0\r\n\r\n",
        CHUNKED + b"2\r\nabc\r\n0\r\n\r\n",
        CHUNKED + b"fffffffffffffffffffff\r\nab",
        OK + b"X: a\r\n folded\r\nContent-Length: 0\r\n\r\n",
        OK + b"X: a\nContent-Length: 0\r\n\r\n",
        OK + b"X: a\0b\r\nContent-Length: 0\r\n\r\n",
        OK + b"X: a\rb\r\nContent-Length: 0\r\n\r\n",
        OK + b"X y: a\r\nContent-Length: 0\r\n\r\n",
        OK + b": a\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 099 No\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 600 No\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nabc",
        b"HTTP/1.1 103 Early\r\n\r\n" * (MAX_INTERIM_REPLIES + 1),
        b"{}",
        b"SSH-2.0 hello\r\n",
    ],
)
def test_unacceptable_replies_are_refused(data: bytes) -> None:
    with pytest.raises(UpstreamProtocolError, match="http://up: "):
        parse(data)


def test_a_tls_alert_names_the_mend() -> None:
    with pytest.raises(UpstreamProtocolError, match="https://"):
        parse(b"\x15\x03\x01\x00\x02\x02\x16")


@pytest.mark.parametrize("cut", range(60))
def test_a_reply_cut_anywhere_reads_the_same(cut: int) -> None:
    data = OK + b"X-A: 1\r\nTransfer-Encoding: Chunked\r\n\r\n3;e=f\r\nabc\r\n0\r\nT: x\r\n\r\n"
    parser = parse(data[:cut], data[cut:])
    assert (parser.status, parser.take_pieces(), parser.complete) == (200, b"abc", True)
    assert parser.fields == [(b"x-a", b"1"), (b"transfer-encoding", b"Chunked")]
    assert parser.keep_alive


def test_interim_replies_are_skipped_with_their_fields() -> None:
    early = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n"
    parser = parse(early)
    assert parser.started
    assert not parser.status
    parser.feed(OK + b"Content-Length: 0\r\n\r\n")
    assert (parser.status, parser.fields) == (200, [(b"content-length", b"0")])
    assert parser.complete


@pytest.mark.parametrize("surplus", [b"x", b"\r\nx", OK, OK + b"Content-Length: 0\r\n\r\n"])
@pytest.mark.parametrize(
    "status", [b"200 OK\r\nContent-Length: 2\r\n\r\nab", b"204 No\r\n\r\n"]
)
def test_surplus_is_dropped_and_ends_keep_alive(surplus: bytes, status: bytes) -> None:
    parser = parse(b"HTTP/1.1 " + status + surplus)
    assert parser.complete
    assert not parser.keep_alive
    assert parser.take_pieces() in (b"ab", b"")


def test_a_stray_line_end_after_a_reply_is_not_surplus() -> None:
    parser = parse(OK + b"Content-Length: 2\r\n\r\nab\r\n")
    assert parser.keep_alive
    parser.expect(bodiless=False)
    parser.feed(OK + b"Content-Length: 0\r\n\r\n")
    assert parser.complete


@pytest.mark.parametrize("framing", [b"Content-Length: 9", b"Transfer-Encoding: chunked"])
def test_a_reply_to_head_has_no_body(framing: bytes) -> None:
    parser = parse(OK + framing + b"\r\n\r\n", bodiless=True)
    assert parser.complete
    assert parser.take_pieces() == b""


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"HTTP/1.1 200 OK\r\n", True),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n", False),
        (b"HTTP/1.1 200 OK\r\nConnection: x, Close\r\n", False),
        (b"HTTP/1.0 200 OK\r\n", False),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n", True),
    ],
)
def test_keep_alive_is_what_the_upstream_says(head: bytes, *, expected: bool) -> None:
    assert parse(head + b"Content-Length: 0\r\n\r\n").keep_alive is expected


def test_only_a_body_without_framing_ends_with_the_input() -> None:
    endless = parse(OK + b"\r\nabc")
    endless.finish()
    assert endless.complete
    assert not endless.keep_alive
    for cut in (b"", OK, OK + b"Content-Length: 3\r\n\r\nab", CHUNKED + b"2\r\nab\r\n"):
        parser = parse(cut)
        parser.finish()
        assert not parser.complete


def test_a_parser_reads_one_reply_after_the_other() -> None:
    parser = parse(CHUNKED + b"1\r\na\r\n0\r\n\r\n")
    assert parser.take_pieces() == b"a"
    parser.expect(bodiless=False)
    assert (parser.status, parser.complete, parser.started) == (0, False, False)
    parser.feed(b"HTTP/1.1 404 No\r\nContent-Length: 1\r\n\r\nb")
    assert (parser.status, parser.take_pieces(), parser.complete) == (404, b"b", True)
    parser.close()


@given(
    st.lists(
        st.binary(max_size=40) | st.sampled_from([OK, CHUNKED, b"\r\n", b"0\r\n\r\n"]),
        max_size=6,
    )
)
def test_any_bytes_parse_or_are_refused_as_documented(parts: list[bytes]) -> None:
    parser = ReplyParser("http://up")
    parser.expect(bodiless=False)
    try:
        for part in parts:
            if not parser.complete:
                parser.feed(part)
    except UpstreamProtocolError:
        return
    parser.finish()
    assert parser.complete <= bool(parser.status)


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 2 \t\r\n\r\nab",
        b"Transfer-Encoding: chunked \r\n\r\n2\r\nab\r\n0\r\n\r\n",
    ],
)
def test_whitespace_behind_a_value_is_none_of_it(framing: bytes) -> None:
    parser = parse(OK + b"X: \t a b \t\r\n" + framing)
    assert parser.complete
    assert parser.take_pieces() == b"ab"
    assert all(value == value.strip() for _, value in parser.fields)
    assert (b"x", b"a b") in parser.fields
