from __future__ import annotations

import socket
import ssl
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest
import trio
import trustme
from trio.testing import MockClock, wait_all_tasks_blocked

from m2m_trio.net.wire import SEND_SLICE_BYTES, PlainWire, TlsWire, Wire

Pair: TypeAlias = tuple[Wire, trio.abc.Stream]


@pytest.fixture
def slow_autojump_clock() -> MockClock:
    return MockClock(autojump_threshold=0.02)  # real sockets need a moment


async def plain_pair() -> Pair:
    near, far = socket.socketpair()
    return PlainWire(near, send_timeout=5), trio.SocketStream(
        trio.socket.from_stdlib_socket(far)
    )


async def tls_pair() -> Pair:
    authority = trustme.CA()
    server_context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(server_context)
    client_context = ssl.create_default_context()
    authority.configure_trust(client_context)
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    address = listener.socket.getsockname()
    near = trio.SSLStream(
        await trio.open_tcp_stream(*address), client_context, server_hostname="localhost"
    )
    far = trio.SSLStream(await listener.accept(), server_context, server_side=True)
    await listener.aclose()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(far.do_handshake)
        nursery.start_soon(near.do_handshake)
    return TlsWire(near, send_timeout=5), far


both = pytest.mark.parametrize("make", [plain_pair, tls_pair])
Make: TypeAlias = Callable[[], Awaitable[Pair]]


@both
async def test_what_is_sent_arrives_both_ways(make: Make) -> None:
    wire, peer = await make()
    data = bytes(range(256)) * 8192
    received = bytearray()

    async def read() -> None:
        while len(received) < len(data):
            received.extend(await peer.receive_some())

    async with trio.open_nursery() as nursery:
        nursery.start_soon(read)
        await wire.send(data)
    assert received == data
    await peer.send_all(b"back")
    assert await wire.receive() == b"back"
    wire.abort()
    await trio.aclose_forcefully(peer)


@both
async def test_a_peer_that_takes_nothing_is_given_up(
    make: Make, slow_autojump_clock: MockClock
) -> None:
    wire, peer = await make()
    start = trio.current_time()
    with pytest.raises(TimeoutError, match="5 s"):
        await wire.send(b"x" * (40 * SEND_SLICE_BYTES))
    assert 5 <= trio.current_time() - start < 20
    wire.abort()
    await trio.aclose_forcefully(peer)


@both
async def test_abort_wakes_whoever_waits_and_may_be_called_again(make: Make) -> None:
    wire, peer = await make()
    failures = []

    async def read() -> None:
        try:
            await wire.receive()
        except OSError as error:
            failures.append(error)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(read)
        await wait_all_tasks_blocked()
        wire.abort()
        wire.abort()
    assert len(failures) == 1
    with pytest.raises(OSError):
        await wire.receive()
    with pytest.raises(OSError):
        await wire.send(b"x" * 10)
    assert wire.is_stale()
    await trio.aclose_forcefully(peer)


@both
async def test_abort_wakes_a_blocked_sender(make: Make) -> None:
    wire, peer = await make()

    async def send() -> None:
        with pytest.raises(OSError):
            await wire.send(b"x" * (40 * SEND_SLICE_BYTES))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(send)
        await wait_all_tasks_blocked(0.05)
        wire.abort()
    await trio.aclose_forcefully(peer)


@both
async def test_an_unused_connection_is_stale_once_the_peer_speaks_or_leaves(make: Make) -> None:
    wire, peer = await make()
    await peer.send_all(b"!")
    assert await wire.receive() == b"!"  # TLS session tickets came along and are read
    assert not wire.is_stale()
    await trio.aclose_forcefully(peer)
    with trio.fail_after(5):
        while not wire.is_stale():
            await trio.lowlevel.checkpoint()
    wire.abort()


async def test_a_reset_is_an_oserror() -> None:
    wire, peer = await tls_pair()
    assert isinstance(peer, trio.SSLStream)
    peer.transport_stream.socket.setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0"
    )
    await trio.aclose_forcefully(peer)
    with pytest.raises(OSError):
        await wire.receive()
    wire.abort()


async def test_the_end_of_the_peers_side_is_empty_bytes() -> None:
    wire, peer = await plain_pair()
    await peer.aclose()
    assert await wire.receive() == b""
    wire.abort()
