"""What smuggling is made of: refused with 400, and nothing behind it is parsed."""

# ruff: noqa: E501  (a request is easier to read on one line)
from __future__ import annotations

import json

import pytest

from m2m_trio.testing.client import open_raw_client

HOST = b"Host: x\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"

REFUSED_HEADS = {
    "two Content-Length": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
    "two equal Content-Length": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
    "both framings": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "both framings, other order": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    "Content-Length +5": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nabcde",
    "Content-Length -5": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nabcde",
    "Content-Length 5,5": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5,5\r\n\r\nabcde",
    "Content-Length 5 5": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5 5\r\n\r\nabcde",
    "Content-Length 0x5": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n\r\nabcde",
    "Content-Length empty": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\n",
    "Content-Length 5_0": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5_0\r\n\r\n",
    "Content-Length 003": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 003\r\n\r\nabc",
    "Content-Length 00": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 00\r\n\r\n",
    "Content-Length beyond 64 bits": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551621\r\n\r\nabcde",
    "xchunked": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunked, identity": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
    "identity": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n",
    "gzip, chunked": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "chunked twice": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "empty Transfer-Encoding": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \r\n\r\n",
    "vertical tab before chunked": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding on 1.0": b"POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "bare LF after a field": b"GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n",
    "bare LF after the request line": b"GET / HTTP/1.1\nHost: x\r\n\r\n",
    "bare LF everywhere": b"GET / HTTP/1.1\nHost: x\n\n",
    "bare LF in an unfinished head": b"GET / HTTP/1.1\nHost: x",
    "LF CRLF at the end": b"GET / HTTP/1.1\r\nHost: x\n\r\n",
    "obs-fold": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
    "obs-fold of the first field": b"GET / HTTP/1.1\r\n Host: x\r\n\r\n",
    "space before the colon": b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    "empty name": b"GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n",
    "no colon": b"GET / HTTP/1.1\r\nHost: x\r\nabc\r\n\r\n",
    "name with a bracket": b"GET / HTTP/1.1\r\nHost: x\r\nA[b: c\r\n\r\n",
    "name that is not ASCII": b"GET / HTTP/1.1\r\nHost: x\r\n\xc3\xa9: c\r\n\r\n",
    "NUL in a value": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\x00c\r\n\r\n",
    "CR in a value": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n",
    "control character in a value": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\x1bc\r\n\r\n",
    "DEL in a value": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\x7fc\r\n\r\n",
    "method that is no token": b"G@T / HTTP/1.1\r\nHost: x\r\n\r\n",
    "method in lower case": b"get / HTTP/1.1\r\nHost: x\r\n\r\n",
    "method nobody knows": b"FOO / HTTP/1.1\r\nHost: x\r\n\r\n",
    "version 1.2": b"GET / HTTP/1.2\r\nHost: x\r\n\r\n",
    "version 2.0": b"GET / HTTP/2.0\r\nHost: x\r\n\r\n",
    "version 0.9": b"GET / HTTP/0.9\r\nHost: x\r\n\r\n",
    "version 1.10": b"GET / HTTP/1.10\r\nHost: x\r\n\r\n",
    "version 1": b"GET / HTTP/1\r\nHost: x\r\n\r\n",
    "version in lower case": b"GET / http/1.1\r\nHost: x\r\n\r\n",
    "another protocol": b"SETUP / RTSP/1.0\r\nHost: x\r\n\r\n",
    "no version": b"GET /\r\nHost: x\r\n\r\n",
    "space in the target": b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
    "tab in the target": b"GET /a\tb HTTP/1.1\r\nHost: x\r\n\r\n",
    "two spaces before the target": b"GET  /a HTTP/1.1\r\nHost: x\r\n\r\n",
    "two spaces after the target": b"GET /a  HTTP/1.1\r\nHost: x\r\n\r\n",
    "space after the version": b"GET /a HTTP/1.1 \r\nHost: x\r\n\r\n",
    "target that is not ASCII": b"GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n",
    "control character in the target": b"GET /\x01 HTTP/1.1\r\nHost: x\r\n\r\n",
    "fragment in the target": b"GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n",
    "absolute-form of another scheme": b"GET ftp://x/a HTTP/1.1\r\nHost: x\r\n\r\n",
    "absolute-form with a user": b"GET http://y@x/a HTTP/1.1\r\nHost: x\r\n\r\n",
    "absolute-form without a host": b"GET http:///a HTTP/1.1\r\nHost: x\r\n\r\n",
    "absolute-form with two Hosts": b"GET http://x/a HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
    "authority-form": b"GET x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
    "CONNECT": b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
    "CONNECT with a path": b"CONNECT / HTTP/1.1\r\nHost: x\r\n\r\n",
    "asterisk-form": b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    "PRI later than first": b"PRI * HTTP/2.0\r\nHost: x\r\n\r\n",
    "no Host": b"GET / HTTP/1.1\r\nA: b\r\n\r\n",
    "two Hosts": b"GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "garbage": b"\xff\xfe\xfd",
}  # fmt: skip

CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
REFUSED_BODIES = {
    "size not hexadecimal": b"g\r\n",
    "size with a sign": b"+3\r\nabc\r\n0\r\n\r\n",
    "size with 0x": b"0x3\r\nabc\r\n0\r\n\r\n",
    "size with a space before": b" 3\r\nabc\r\n0\r\n\r\n",
    "size with a space behind": b"3 \r\nabc\r\n0\r\n\r\n",
    "size with an underscore": b"0_3\r\nabc\r\n0\r\n\r\n",
    "empty size": b"\r\nabc\r\n0\r\n\r\n",
    "size beyond 64 bits": b"10000000000000003\r\nabc\r\n0\r\n\r\n",
    "no CRLF after the data": b"3\r\nabcd\r\n0\r\n\r\n",
    "bare LF after the data": b"3\r\nabc\n0\r\n\r\n",
    "CR and no LF after the data": b"3\r\nabc\rx",
    "bare LF after the size": b"3\nabc\r\n0\r\n\r\n",
    "CR in an extension": b'3;a="\rb"\r\nabc\r\n0\r\n\r\n',
    "line end in an extension": b'3;a="\r\n"\r\nabc\r\n0\r\n\r\n',
    "bare LF in an extension": b'3;a="\n"\r\nabc\r\n0\r\n\r\n',
    "NUL in an extension": b"3;a=\0\r\nabc\r\n0\r\n\r\n",
    "extension without end": b"3;" + b"a" * 5000,
    "extension too long": b"3;" + b"a" * 5000 + b"\r\nabc\r\n0\r\n\r\n",
    "bare LF in the trailer": b"0\r\nA: b\n\r\n",
    "Content-Length in the trailer": b"0\r\nContent-Length: 5\r\n\r\n",
    "Transfer-Encoding in the trailer": b"0\r\nA: b\r\ntransfer-encoding: chunked\r\n\r\n",
    "Host in the trailer": b"0\r\nHOST: y\r\n\r\n",
    "space before the colon in the trailer": b"0\r\nContent-Length : 5\r\n\r\n",
    "folded trailer": b"0\r\nA: b\r\n c: d\r\n\r\n",
    "request line for a trailer": b"0\r\nGET / HTTP/1.1\r\n\r\n",
    "trailer too long": b"0\r\n" + b"A: b\r\n" * 5000 + b"\r\n",
    "trailer line without end": b"0\r\n" + b"A" * 20_000,
}


@pytest.fixture
async def seen(open_server):
    """A server, and the paths that its application was asked for."""
    paths = []

    async def app(scope, receive, send) -> None:
        paths.append(scope["path"])
        while (await receive())["more_body"]:
            pass
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    async with open_server(app) as server:
        yield server.address, paths


async def refusal(address, data: bytes):
    async with open_raw_client(address) as client:
        await client.send(data)
        response = await client.read_response()
        assert response.complete
        assert response.head.values(b"connection") == [b"close"]
        await client.half_close()
        assert await client.receive() == b""
        return response


@pytest.mark.parametrize("data", REFUSED_HEADS.values(), ids=REFUSED_HEADS)
async def test_head_is_refused(seen, data) -> None:
    address, paths = seen
    response = await refusal(address, data + SMUGGLED)
    assert response.status == 400
    error = json.loads(response.body)["error"]
    assert error["type"] == "invalid_request_error"
    assert len(error["message"]) > 20
    assert paths == []


@pytest.mark.parametrize("data", REFUSED_BODIES.values(), ids=REFUSED_BODIES)
async def test_chunked_body_is_refused(seen, data) -> None:
    address, paths = seen
    response = await refusal(address, CHUNKED + data + SMUGGLED)
    assert response.status == 400
    assert "chunk" in json.loads(response.body)["error"]["message"]
    assert paths in ([], ["/"])


@pytest.mark.parametrize(
    "data",
    [
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length:\t3 \r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost:\r\nTransfer-Encoding: CHUNKED\r\n\r\n00\r\n\r\n",
        CHUNKED + b'3;a="b;";c\r\nabc\r\n0;d\r\nDigest: a\r\nX-Content-Length: 5\r\n\r\n',
        CHUNKED + b"3 ;a=b\r\nabc\r\n0\r\n\r\n",
        b"\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nA: \xc3\xa9\tb\r\nB:\r\n\r\n",
        b'GET /a%00%2f..//?a=b|c"<> HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
)
async def test_what_is_unusual_but_right_is_served(seen, data) -> None:
    address, paths = seen
    async with open_raw_client(address) as client:
        await client.send(data + b"GET /next HTTP/1.1\r\nHost: x\r\n\r\n")
        for _ in range(2):
            assert (await client.read_response()).status == 200
    assert paths[1:] == ["/next"]


async def test_an_unknown_expectation_is_417(seen) -> None:
    address, paths = seen
    response = await refusal(
        address, b"POST / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 3\r\n\r\nabc"
    )
    assert response.status == 417
    assert paths == []


async def test_requests_before_a_refused_one_are_answered(seen) -> None:
    address, paths = seen
    async with open_raw_client(address) as client:
        good = b"GET /good HTTP/1.1\r\nHost: x\r\n\r\n"
        await client.send(good + b"BAD\r\n\r\n" + good)
        assert (await client.read_response()).status == 200
        assert (await client.read_response()).status == 400
        await client.half_close()
        assert await client.receive() == b""
    assert paths == ["/good"]
