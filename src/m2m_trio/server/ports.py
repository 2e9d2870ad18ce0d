"""A TCP port held for workers that will each bind it themselves (SO_REUSEPORT)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from attrs import frozen

from m2m_trio.errors import SettingsError
from m2m_trio.settings.address import Address


@frozen(kw_only=True)
class HeldPort:
    """A TCP address that is bound and not listened on, so the kernel sends it nothing."""

    address: Address
    """What workers bind: the port is never 0."""

    sockets: tuple[socket.socket, ...]

    def close(self) -> None:
        """Let go. A worker does so at once, or the port would outlive the supervisor."""
        for sock in self.sockets:
            sock.close()


@contextmanager
def hold_port(address: Address) -> Iterator[HeldPort]:
    """Hold ``address`` for our workers while the block lasts; port 0 becomes a number.

    It is first bound without SO_REUSEPORT: with it alone, a second node of the same user
    would start without a word and take half of the first one's connections.

    Raises:
        SettingsError: It cannot be bound; says why.
    """
    with ExitStack() as held:
        sockets: list[socket.socket] = []
        port = address.port
        try:
            for family, host in _resolve(address):
                if port:
                    _bind(family, host, port, share=False).close()
                sock = held.enter_context(_bind(family, host, port, share=True))
                sockets.append(sock)
                port = sock.getsockname()[1]
        except OSError as error:
            raise SettingsError(
                f"cannot listen on {address}: {error.strerror or error}; choose another "
                f"with --host and --port, or stop what holds it"
            ) from error
        yield HeldPort(address=Address(address.host, port), sockets=tuple(sockets))


def _resolve(address: Address) -> list[tuple[socket.AddressFamily, str]]:
    found = socket.getaddrinfo(address.host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((family, str(where[0])) for family, _, _, _, where in found))


def _bind(family: socket.AddressFamily, host: str, port: int, *, share: bool) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Lets connections of an earlier node that are still closing be.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if share:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind((host, port))
    except BaseException:
        sock.close()
        raise
    return sock
