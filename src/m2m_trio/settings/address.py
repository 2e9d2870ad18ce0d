"""``host:port``, the way ``listen`` says it."""

from __future__ import annotations

import ipaddress

from attrs import frozen


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
        host, port = value, "8080"
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
        ipaddress.IPv6Address(host)
    elif ":" in host:
        raise ValueError(f"{value!r}: write an IPv6 address in brackets, as [::1]:8080")
    if not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise ValueError(f"{value!r} needs a port from 0 to 65535, as 127.0.0.1:8080")
    return Address(host or "0.0.0.0", int(port))  # noqa: S104  (":8080" means just that)
