"""What the hypercorn engine does beyond the behaviour tests that run on both engines."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest
import trio
import trustme

from m2m_trio.errors import SettingsError
from m2m_trio.server.hypercorn_engine import make_config, serve_hypercorn
from m2m_trio.settings.address import Address
from m2m_trio.settings.model import LimitSettings, Settings, TimeoutSettings
from m2m_trio.testing import open_node, open_raw_client, open_upstream, reply

GET = b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def no_app(*_: object) -> None:
    raise AssertionError("nobody asks")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA, tmp_path: Path) -> tuple[str, str]:
    """PEM files of chain and key for 127.0.0.1."""
    issued = authority.issue_cert("127.0.0.1")
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    for pem in issued.cert_chain_pems:
        pem.write_to_path(chain, append=True)
    issued.private_key_pem.write_to_path(key)
    return str(chain), str(key)


def test_settings_become_hypercorns() -> None:
    settings = Settings(
        limits=LimitSettings(header_bytes=5000),
        timeouts=TimeoutSettings(idle=7, handshake=3, drain=9),
    )
    config = make_config(settings, ["fd://9"])
    assert config.bind == ["fd://9"]
    assert config.h11_max_incomplete_size == 5000
    assert config.keep_alive_timeout == 7
    assert config.ssl_handshake_timeout == 3
    assert config.graceful_timeout == 9
    assert config.response_headers("h11") == []
    assert not config.ssl_enabled


async def test_serves_tls(authority: trustme.CA, certificate: tuple[str, str]) -> None:
    cert, key = certificate
    context = ssl.create_default_context()
    authority.configure_trust(context)
    with trio.fail_after(20):
        async with open_upstream(reply(b"{}")) as upstream:
            settings = Settings(engine="hypercorn", cert=cert, key=key)
            async with (
                open_node(upstream.url, settings) as node,
                open_raw_client(node.address, tls=context) as client,
            ):
                assert node.origin.startswith("https://")
                await client.send(GET)
                assert (await client.read_response()).body == b"{}"


async def test_certificate_that_cannot_be_used_is_a_setting(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    for cert in (str(broken), str(tmp_path / "missing.pem")):
        settings = Settings(cert=cert, key=cert)
        with pytest.raises(SettingsError, match=r"certificate in .*pem"):
            await serve_hypercorn(
                no_app, settings, Address("127.0.0.1", 0), drained=trio.Event()
            )


async def test_address_in_use_is_a_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = Address("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(SettingsError, match="in use"):
            await serve_hypercorn(no_app, Settings(), address, drained=trio.Event())


async def test_date_is_added_once() -> None:
    theirs = b"Mon, 01 Jan 2024 00:00:00 GMT"
    with trio.fail_after(20):
        async with (
            open_upstream(reply(fields=[(b"date", theirs)])) as upstream,
            open_node(upstream.url, Settings(engine="hypercorn")) as node,
            open_raw_client(node.address) as client,
        ):
            await client.send(GET)
            assert (await client.read_response()).values(b"date") == [theirs]
            upstream.script = reply()
            await client.send(GET)
            (ours,) = (await client.read_response()).values(b"date")
            assert ours.endswith(b"GMT")


async def test_workers_share_a_port() -> None:
    drained = trio.Event()
    with trio.fail_after(20):
        async with trio.open_nursery() as nursery:

            async def start(address: Address) -> Address:
                (bound,) = await nursery.start(
                    lambda task_status: serve_hypercorn(
                        no_app,
                        Settings(),
                        address,
                        drained=drained,
                        reuse_port=True,
                        task_status=task_status,
                    )
                )
                return bound

            first = await start(Address("127.0.0.1", 0))
            assert await start(first) == first
            drained.set()
