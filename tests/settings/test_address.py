from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.settings.address import Address, is_loopback_host, parse_address, parse_host


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("127.0.0.1:8080", "127.0.0.1", 8080),
        ("localhost", "localhost", 8080),
        (":9000", "0.0.0.0", 9000),
        ("[::1]:0", "::1", 0),
        ("[::1]", "::1", 8080),
        ("node-1.example.:65535", "node-1.example.", 65535),
    ],
)
def test_an_address_is_read(text: str, host: str, port: int) -> None:
    assert parse_address(text) == Address(host, port)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8080",
        "::1",
        "a:b:1",
        "a:",
        "a:65536",
        "a:-1",
        "a:1 ",
        "a:0000080",
        "a b:1",
        "[x]:1",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1|\[::1\]"):
        parse_address(text)


@given(st.text(alphabet="[]:.019afé -", max_size=20) | st.text())
def test_an_address_survives_its_text(text: str) -> None:
    try:
        address = parse_address(text)
    except ValueError:
        return
    assert parse_address(str(address)) == address == parse_address(address)


def test_a_host_may_be_given_without_brackets() -> None:
    assert parse_host("::1") == parse_host("[::1]") == "::1"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("app.LOCALHOST.", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("example.org", False),
    ],
)
def test_loopback_is_told_from_the_network(host: str, expected: bool) -> None:
    assert is_loopback_host(host) is expected
    assert Address(host, 1).is_loopback is expected
