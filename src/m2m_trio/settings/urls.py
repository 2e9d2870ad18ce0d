"""What an upstream URL may look like."""

from __future__ import annotations

from urllib.parse import urlsplit

DEMO_UPSTREAM = "demo:"
"""The upstream that needs no server: `m2m_trio.demo` runs it inside the node."""


def check_upstream_url(url: str) -> None:
    """Accept ``http(s)://host[:port][/path][?query]`` and ``demo:``.

    Raises:
        ValueError: It is anything else; the message says what is wrong with it.
    """
    if url == DEMO_UPSTREAM:
        return
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(
            f"{url!r} is not a URL of an upstream: write http://host:port/v1 or https://host/v1"
        )
    if parts.username or parts.password:
        raise ValueError("an upstream URL carries no user or password: set api_key instead")
    if parts.fragment:
        raise ValueError(f"{url!r} has a fragment (#…), which no server sees")
    if not url.isascii() or any(c <= " " or c == "\x7f" for c in url):
        raise ValueError(f"{url!r} has characters a URL cannot have: percent-encode them")
    if parts.port == 0:  # reading .port also checks that it is a number up to 65535
        raise ValueError(f"{url!r} has port 0, where nothing can listen")
