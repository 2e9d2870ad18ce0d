"""``host:port``, the way ``listen`` says it."""

from __future__ import annotations

import ipaddress
import re

from attrs import frozen

DEFAULT_PORT = 8080
_HOST_NAME = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?", re.ASCII)


@frozen
class Address:
    """A TCP or UDP address: a host name or IP literal without brackets, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback_host(self.host)


def is_loopback_host(host: str) -> bool:
    """Whether ``host`` (no port, no brackets) is ``localhost`` or a loopback address."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):  # RFC 6761 6.3
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def parse_address(value: str | Address) -> Address:
    """Read ``host:port``, ``[v6]:port``, ``:port`` (all interfaces) or ``host``.

    Raises:
        ValueError: It is none of these, or the port is not 0 to 65535.
    """
    if isinstance(value, Address):
        return value
    host, colon, port = value.rpartition(":")
    if not colon or value.endswith("]"):
        host, port = value, str(DEFAULT_PORT)
    if not (port.isascii() and port.isdigit()) or len(port) > 5 or int(port) > 65535:
        raise ValueError(f"{value!r} needs a port from 0 to 65535, as 127.0.0.1:8080")
    if colon and not host:
        return Address("0.0.0.0", int(port))  # noqa: S104  (":8080" means just that)
    if ":" in host and not host.startswith("["):
        raise ValueError(f"{value!r}: write an IPv6 address in brackets, as [::1]:8080")
    return Address(parse_host(host), int(port))


def parse_host(host: str) -> str:
    """Read a host name, an IPv4 address, or an IPv6 address with or without brackets.

    Returns it without brackets.

    Raises:
        ValueError: It is none of these.
    """
    if ":" in host or host.startswith("["):
        return _ipv6(host)
    if host.isdigit():
        raise ValueError(f"{host!r} is no host: write 127.0.0.1:{host}, or :{host} for all")
    if not _HOST_NAME.fullmatch(host):
        raise ValueError(f"{host!r} is no host name or address: write 127.0.0.1:8080")
    return host


def _ipv6(host: str) -> str:
    inner = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    try:
        return str(ipaddress.IPv6Address(inner))
    except ValueError as error:
        raise ValueError(f"{host!r} is no IPv6 address: write [::1]:8080") from error
