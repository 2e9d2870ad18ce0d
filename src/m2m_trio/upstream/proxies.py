"""Outbound proxies, as the environment names them for curl and everybody else.

``HTTPS_PROXY`` and ``HTTP_PROXY`` are for upstreams of that scheme, ``ALL_PROXY`` for both;
``NO_PROXY`` lists hosts that are reached directly. The lower-case names win. As with curl,
only ``NO_PROXY`` decides: an upstream on this machine is reached through the proxy too,
unless ``NO_PROXY`` has ``localhost`` or ``127.0.0.1``.
"""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes, urlsplit

from attrs import field, frozen

from m2m_trio.errors import SettingsError


@frozen(kw_only=True)
class OutboundProxy:
    """An HTTP proxy on the way to the upstream."""

    host: str
    port: int

    name: str
    """Its URL without user and password, and where it was named, for messages."""

    authorization: bytes = field(default=b"", repr=False)
    """Value of ``Proxy-Authorization``; empty for none."""


def choose_proxy(
    scheme: str, host: str, port: int, environment: Mapping[str, str]
) -> OutboundProxy | None:
    """The proxy for an upstream, or None to reach it directly.

    Raises:
        SettingsError: The environment names a proxy that is not an ``http://`` URL.
    """
    variables = _read_variables(environment)
    for key in (f"{scheme}_proxy", "all_proxy"):
        variable, url = variables.get(key, ("", ""))
        if url:
            no_proxy = variables.get("no_proxy", ("", ""))[1]
            return None if is_direct(host, port, no_proxy) else parse_proxy(url, variable)
    return None


def _read_variables(environment: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Name and value of the variables that end in ``_proxy``, by lower-cased name."""
    found = {
        name.lower(): (name, value)
        for lower_case in (False, True)
        for name, value in environment.items()
        if name.lower().endswith("_proxy")
        and name.islower() is lower_case
        and (value or lower_case)  # an empty lower-case one takes the other back
    }
    if "REQUEST_METHOD" in environment and found.get("http_proxy", ("",))[0] == "HTTP_PROXY":
        del found["http_proxy"]  # under CGI a client's "Proxy:" field would choose it
    return found


def is_direct(host: str, port: int, no_proxy: str) -> bool:
    """Whether ``no_proxy`` takes an upstream out.

    It is ``*``, or a list with commas of host names, which stand for the names below them
    too, addresses, and networks (``10.0.0.0/8``); any may end in ``:port``.
    """
    name = host.lower().rstrip(".")
    for item in no_proxy.lower().replace(" ", ",").split(","):
        entry = item
        if entry == "*":
            return True
        bare, colon, entry_port = entry.rpartition(":")
        if colon and entry_port.isdigit() and (":" not in bare or bare.endswith("]")):
            if int(entry_port) != port:
                continue
            entry = bare
        entry = entry.strip("[]").lstrip(".").rstrip(".")
        if entry and (name == entry or name.endswith("." + entry) or _is_in(name, entry)):
            return True
    return False


def _is_in(host: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def parse_proxy(url: str, variable: str) -> OutboundProxy:
    """Read a proxy's URL, ``http://[user:password@]host[:port]``; the scheme may be left out.

    Raises:
        SettingsError: It is none. The message has no password.
    """
    refusal = f"{variable} must be http://host:port: no other proxy is spoken to"
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        port = parts.port or 80
    except ValueError:
        raise SettingsError(refusal) from None  # the text of it may have the password
    if parts.scheme != "http" or not parts.hostname:
        raise SettingsError(refusal)
    authorization = b""
    if parts.username is not None:
        pair = f"{parts.username}:{parts.password or ''}"
        authorization = b"Basic " + base64.b64encode(unquote_to_bytes(pair))
    shown = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return OutboundProxy(
        host=parts.hostname,
        port=port,
        name=f"http://{shown}:{port} ({variable})",
        authorization=authorization,
    )
