from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.codecs.echo import MAX_ECHO_BYTES, MAX_REQUEST_BYTES, echo_of


def test_members_stay_as_they_were_written() -> None:
    request = b'{"model": "m" ,"input":[1, 2],"tools":[{"a" :1}],"messages":[],"x":1.00}'
    assert echo_of(request) == b'"model":"m","tools":[{"a" :1}],"x":1.00'


def test_the_last_of_them_are_taken() -> None:
    request = json.dumps({"instructions": "x" * MAX_ECHO_BYTES, "tools": "y" * 9000}).encode()
    echo = echo_of(request)
    assert len(echo) == MAX_ECHO_BYTES
    assert echo.endswith(b'y"')


def test_long_requests_are_not_read() -> None:
    room = MAX_REQUEST_BYTES - len(b'{"user":""}')
    assert echo_of(b'{"user":"%s"}' % (b"x" * room))
    assert echo_of(b'{"user":"%s"}' % (b"x" * (room + 1))) == b""


@given(
    request=st.one_of(
        st.binary(max_size=60),
        st.sampled_from([b"", b"{}", b"[]", b'{"a":', b'{"\xff":1}', b"[" * 100_000]),
    )
)
def test_whatever_it_is_the_echo_is_bytes(request: bytes) -> None:
    assert len(echo_of(request)) <= MAX_ECHO_BYTES
