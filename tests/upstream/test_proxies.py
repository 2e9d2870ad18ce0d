from __future__ import annotations

import os
from unittest import mock
from urllib.request import getproxies_environment, proxy_bypass_environment

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.errors import SettingsError
from m2m_trio.upstream.proxies import choose_proxy, is_direct, parse_proxy

P = "http://proxy:3128"
Q = "http://other:80"


@pytest.mark.parametrize(
    ("environment", "scheme", "expected"),
    [
        ({}, "https", None),
        ({"HTTPS_PROXY": P}, "https", "proxy"),
        ({"HTTPS_PROXY": P}, "http", None),
        ({"HTTP_PROXY": P}, "http", "proxy"),
        ({"ALL_PROXY": P}, "http", "proxy"),
        ({"all_proxy": P, "HTTPS_PROXY": Q}, "https", "other"),
        ({"HTTPS_PROXY": Q, "https_proxy": P}, "https", "proxy"),
        ({"https_proxy": P, "HTTPS_PROXY": Q}, "https", "proxy"),
        ({"HTTPS_PROXY": P, "https_proxy": ""}, "https", None),
        ({"HTTPS_PROXY": P, "NO_PROXY": "example.com"}, "https", None),
        ({"HTTPS_PROXY": P, "no_proxy": "*"}, "https", None),
        ({"HTTP_PROXY": P, "REQUEST_METHOD": "GET"}, "http", None),
        ({"http_proxy": P, "REQUEST_METHOD": "GET"}, "http", "proxy"),
    ],
)
def test_the_environment_chooses(
    environment: dict[str, str], scheme: str, expected: str | None
) -> None:
    proxy = choose_proxy(scheme, "api.example.com", 443, environment)
    assert (proxy and proxy.host) == expected


@pytest.mark.parametrize(
    ("host", "no_proxy", "expected"),
    [
        ("localhost", "localhost,127.0.0.1", True),
        ("127.0.0.1", "localhost, 127.0.0.1", True),
        ("api.example.com", ".example.com", True),
        ("api.example.com", "example.com", True),
        ("API.Example.com.", "example.COM", True),
        ("badexample.com", "example.com", False),
        ("example.com", "api.example.com", False),
        ("10.1.2.3", "10.0.0.0/8", True),
        ("11.1.2.3", "10.0.0.0/8", False),
        ("::1", "::1", True),
        ("::1", "[::1]", True),
        ("::1", "[::1]:443", True),
        ("::1", "[::1]:80", False),
        ("h", "h:443", True),
        ("h", "h:80", False),
        ("h", "", False),
        ("h", ",, ,", False),
        ("h", "x, *", True),
    ],
)
def test_no_proxy_takes_hosts_out(host: str, no_proxy: str, *, expected: bool) -> None:
    assert is_direct(host, 443, no_proxy) is expected


names = st.sampled_from(["a.b", "b", "x.a.b", "ab", "c.d"])


@given(host=names, entries=st.lists(names | names.map(".{}".format), max_size=3))
def test_no_proxy_means_what_urllib_thinks(host: str, entries: list[str]) -> None:
    no_proxy = ",".join(entries)
    oracle = bool(proxy_bypass_environment(host, {"no": no_proxy}))
    assert is_direct(host, 443, no_proxy) is oracle


variables = st.dictionaries(
    st.sampled_from(["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "Http_Proxy"]),
    st.sampled_from(["", P, Q]),
)


@given(environment=variables, scheme=st.sampled_from(["http", "https"]))
def test_variables_mean_what_urllib_thinks(environment: dict[str, str], scheme: str) -> None:
    with mock.patch.dict(os.environ, environment, clear=True):
        oracle = getproxies_environment().get(scheme)
    proxy = choose_proxy(scheme, "h", 1, environment)
    assert (proxy and f"http://{proxy.host}:{proxy.port}") == oracle


def test_credentials_are_kept_out_of_sight() -> None:
    proxy = parse_proxy("http://us%20er:p%40ss@[::1]:3128", "HTTPS_PROXY")
    assert proxy.authorization == b"Basic dXMgZXI6cEBzcw=="
    assert proxy.name == "http://[::1]:3128 (HTTPS_PROXY)"
    assert "p%40ss" not in repr(proxy)
    assert "dXMg" not in repr(proxy)


def test_the_scheme_and_port_may_be_left_out() -> None:
    proxy = parse_proxy("proxy", "ALL_PROXY")
    assert (proxy.host, proxy.port, proxy.authorization) == ("proxy", 80, b"")
    assert parse_proxy("user@proxy", "ALL_PROXY").authorization == b"Basic dXNlcjo="


@pytest.mark.parametrize(
    "url",
    [
        "socks5://h:1",
        "https://h:1",
        "http://",
        "http://h:99999",
        "http://u:sec@h:x",
        "http://u:sec@[::1",
    ],
)
def test_a_proxy_we_cannot_speak_to_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="ALL_PROXY must be") as caught:
        choose_proxy("http", "h", 80, {"ALL_PROXY": url})
    assert "sec" not in str(caught.value)
