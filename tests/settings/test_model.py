from __future__ import annotations

from collections.abc import Callable

import pytest

from m2m_trio.settings.keys import BY_PATH, KEYS
from m2m_trio.settings.model import LogSettings, SecuritySettings, Settings
from m2m_trio.settings.urls import check_upstream_url


@pytest.mark.parametrize(
    "build",
    [
        lambda: Settings(upstream="localhost:11434"),
        lambda: Settings(api_key="two words"),
        lambda: Settings(client_keys=["", "a"]),
        lambda: Settings(workers=0),
        lambda: Settings(listen="nothing here"),
        lambda: SecuritySettings(threshold=1.5),
        lambda: LogSettings(level="loud"),
    ],
)
def test_wrong_settings_cannot_be_built(build: Callable[[], object]) -> None:
    with pytest.raises(ValueError):
        build()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("localhost:11434/v1", "write http://host:port/v1"),
        ("http://", "write http://host:port/v1"),
        ("http://me:word@host/v1", "set api_key instead"),
        ("http://host/v1#top", "fragment"),
        ("http://host/a b", "percent-encode"),
        ("http://host/ä", "percent-encode"),
        ("http://host:0/v1", "port 0"),
        ("http://host:99999/v1", "range"),
        ("http://host:x/v1", "cast"),
        ("http://[::1/v1", "IPv6"),
    ],
)
def test_what_is_no_upstream_url_is_refused(url: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        check_upstream_url(url)


@pytest.mark.parametrize(
    "url", ["demo:", "http://h", "https://h:1/v1?api-version=2024-10-21", "http://[::1]:1/v1"]
)
def test_an_upstream_url_is_accepted(url: str) -> None:
    check_upstream_url(url)


def test_secrets_stay_out_of_the_representation() -> None:
    settings = Settings(api_key="sk-very-secret", client_keys=["key-very-secret"])

    assert "very-secret" not in repr(settings)


def test_secrets_and_paths_are_marked() -> None:
    assert {key.name for key in KEYS if key.is_secret} == {
        "api_key",
        "client_keys",
        "secret",
        "store",
    }
    assert {key.name for key in KEYS if key.is_path} == {
        "cert",
        "key",
        "client_keys_file",
        "model",
        "rules",
    }


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("passthrough", 1, "must be true or false, without quotes, not a number"),
        ("pool.wait", "1", "must be a number, without quotes, not text"),
        ("workers", 2**63, "larger number"),
        ("cert", "a\0b", "NUL"),
        ("allowed_hosts", "a", "must be a list"),
        ("allowed_hosts", [1], "must be text"),
        ("upstream", [], 'must be text, in quotes: "…", not a list'),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(path: str, value: object, problem: str) -> None:
    with pytest.raises((TypeError, ValueError), match=problem):
        BY_PATH["proxy", *path.split(".")].check(value)
