from __future__ import annotations

import errno
import socket

import pytest

from m2m_trio.errors import SettingsError
from m2m_trio.server.sockets import PORT_TRIES, bound_address, open_sockets
from m2m_trio.settings.address import Address


def close(listeners) -> None:
    for listener in listeners:
        listener.close()


def test_port_0_takes_a_free_port() -> None:
    (listener,) = open_sockets(Address("127.0.0.1", 0))
    with listener:
        address = bound_address(listener)
        assert address.host == "127.0.0.1"
        assert address.port > 0
        assert not listener.getblocking()


def test_all_addresses_of_a_name_get_the_same_port(monkeypatch) -> None:
    def resolve(host, port, **_):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", port)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    listeners = open_sockets(Address("two.example", 0))
    addresses = [bound_address(listener) for listener in listeners]
    close(listeners)
    assert [address.host for address in addresses] == ["127.0.0.1", "127.0.0.2"]
    assert addresses[0].port == addresses[1].port


def test_an_address_this_machine_lacks_is_left_out(monkeypatch) -> None:
    def resolve(host, port, **_):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", port)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    listeners = open_sockets(Address("two.example", 0))
    close(listeners)
    assert len(listeners) == 1


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6")
def test_two_colons_take_ipv4_as_well() -> None:
    try:
        listeners = open_sockets(Address("::", 0))
    except SettingsError:
        pytest.skip("no IPv6 on this machine")
    port = bound_address(listeners[0]).port
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        close(listeners)


def test_several_may_share_a_port_if_asked() -> None:
    first = open_sockets(Address("127.0.0.1", 0), reuse_port=True)
    port = bound_address(first[0]).port
    close([*first, *open_sockets(Address("127.0.0.1", port), reuse_port=True)])


def test_a_port_in_use() -> None:
    listeners = open_sockets(Address("127.0.0.1", 0))
    try:
        address = bound_address(listeners[0])
        with pytest.raises(SettingsError) as caught:
            open_sockets(address)
        assert str(caught.value) == (
            f"cannot listen on {address}: the port is in use; choose another with --port"
        )
    finally:
        close(listeners)


def test_a_port_that_is_free_on_the_first_address_only(monkeypatch) -> None:
    taken = open_sockets(Address("127.0.0.2", 0))
    port = bound_address(taken[0]).port
    tries = []

    def resolve(host, _port, **_):
        tries.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", 0)),
        ]

    real_bind = socket.socket.bind

    class Socket(socket.socket):
        def bind(self, address) -> None:
            real_bind(self, (address[0], port) if len(tries) == 1 else address)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "socket", Socket)
    try:
        close(open_sockets(Address("two.example", 0)))
        assert len(tries) == 2
    finally:
        close(taken)


def test_no_common_port_at_all(monkeypatch) -> None:
    tries = []

    class Socket(socket.socket):
        def bind(self, address) -> None:
            tries.append(address)
            raise OSError(errno.EADDRINUSE, "in use")

    monkeypatch.setattr(socket, "socket", Socket)
    with pytest.raises(SettingsError, match="in use"):
        open_sockets(Address("127.0.0.1", 0))
    assert len(tries) == PORT_TRIES


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "not permitted"),
        (errno.EADDRNOTAVAIL, "does not have that address"),
        (errno.ENOBUFS, "No buffer space"),
    ],
)
def test_other_reasons(monkeypatch, number, words) -> None:
    class Socket(socket.socket):
        def listen(self, backlog) -> None:
            raise OSError(number, "No buffer space")

    monkeypatch.setattr(socket, "socket", Socket)
    with pytest.raises(SettingsError, match=words) as caught:
        open_sockets(Address("127.0.0.1", 80 if number == errno.EACCES else 0))
    assert "\n" not in str(caught.value)


def test_no_address_of_the_name_is_here() -> None:
    with pytest.raises(SettingsError, match="does not have that address"):
        open_sockets(Address("192.0.2.1", 0))


def test_an_unknown_host() -> None:
    with pytest.raises(SettingsError, match="not a known host name"):
        open_sockets(Address("no-such-host.invalid", 80))
