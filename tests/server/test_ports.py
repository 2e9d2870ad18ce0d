from __future__ import annotations

import socket

import pytest

from m2m_trio.errors import SettingsError
from m2m_trio.server.ports import hold_port
from m2m_trio.settings.address import Address


def listen(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    sock = socket.socket(family)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind((address.host, address.port))
    sock.listen()
    return sock


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_port_zero_becomes_a_number(host: str) -> None:
    with hold_port(Address(host, 0)) as held:
        assert held.address.host == host
        assert held.address.port > 0
        assert {sock.getsockname()[1] for sock in held.sockets} == {held.address.port}


def test_workers_bind_the_held_port_and_get_all_connections() -> None:
    with hold_port(Address("127.0.0.1", 0)) as held:
        first, second = listen(held.address), listen(held.address)
        with first, second:
            where = (held.address.host, held.address.port)
            clients = [socket.create_connection(where, timeout=5) for _ in range(16)]
            accepted = 0
            for server in (first, second):
                server.setblocking(False)
                while True:
                    try:
                        server.accept()[0].close()
                    except BlockingIOError:
                        break
                    accepted += 1
            for client in clients:
                client.close()

    assert accepted == 16


def test_port_of_another_node_is_refused_even_if_it_would_share() -> None:
    with (
        hold_port(Address("127.0.0.1", 0)) as held,
        listen(held.address),
        pytest.raises(SettingsError, match=rf"cannot listen on {held.address}: .*in use"),
        hold_port(held.address),
    ):
        pass  # pragma: no cover - must not be reached


def test_host_that_is_not_ours_is_refused() -> None:
    # 192.0.2.0/24 is for documentation (RFC 5737): nobody's address.
    with pytest.raises(SettingsError, match="--host"), hold_port(Address("192.0.2.1", 0)):
        pass  # pragma: no cover - must not be reached


def test_port_is_free_again_after_the_block() -> None:
    with hold_port(Address("127.0.0.1", 0)) as held:
        pass

    with hold_port(held.address) as again:
        assert again.address == held.address


def test_closed_hold_frees_the_port_early() -> None:
    with hold_port(Address("127.0.0.1", 0)) as held:
        held.close()

        assert all(sock.fileno() == -1 for sock in held.sockets)
