from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trio
import trustme
from cryptography.hazmat.primitives import serialization

from m2m_trio.errors import SettingsError
from m2m_trio.server.tls import make_server_context


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def files(authority: trustme.CA, tmp_path: Path) -> tuple[str, str]:
    leaf = authority.issue_cert("localhost")
    leaf.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    leaf.private_key_pem.write_to_path(tmp_path / "key.pem")
    return str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")


async def shake(server: ssl.SSLContext, client: ssl.SSLContext) -> tuple[ssl.SSLObject, object]:
    here, there = trio.testing.memory_stream_pair()
    ours = trio.SSLStream(here, server, server_side=True, https_compatible=True)
    theirs = trio.SSLStream(there, client, server_hostname="localhost", https_compatible=True)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(ours.do_handshake)
        nursery.start_soon(theirs.do_handshake)
    await ours.send_all(b"x")
    assert await theirs.receive_some() == b"x"
    return theirs, theirs.session


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (["h2", "http/1.1"], "h2"),
        (["http/1.1", "h2"], "h2"),
        (["http/1.1"], "http/1.1"),
        (["spdy"], None),
        ([], None),
    ],
)
async def test_clients_choose_their_http(authority, files, offered, chosen) -> None:
    client = ssl.create_default_context()
    authority.configure_trust(client)
    if offered:
        client.set_alpn_protocols(offered)
    stream, _ = await shake(make_server_context(*files), client)
    assert stream.selected_alpn_protocol() == chosen
    assert stream.version() == "TLSv1.3"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_no_session_tickets(authority, files, version) -> None:
    client = ssl.create_default_context()
    authority.configure_trust(client)
    client.minimum_version = client.maximum_version = version
    _, session = await shake(make_server_context(*files), client)
    assert session is None or not session.has_ticket


async def test_tls_1_1_is_refused(files) -> None:
    assert make_server_context(*files).minimum_version == ssl.TLSVersion.TLSv1_2


async def test_one_file_may_hold_both(files, tmp_path) -> None:
    both = tmp_path / "both.pem"
    both.write_bytes(b"".join(Path(path).read_bytes() for path in files))
    assert make_server_context(str(both), str(both))


def encrypt(path: str) -> None:
    key = serialization.load_pem_private_key(Path(path).read_bytes(), None)
    Path(path).write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda cert, key: Path(cert).unlink(), "cert: there is no file .*m2m-trio cert"),
        (lambda cert, key: Path(key).unlink(), "key: there is no file .*m2m-trio cert"),
        (lambda cert, key: Path(cert).write_bytes(b""), "cert: .* has no PEM certificate"),
        (lambda cert, key: Path(key).write_bytes(b"x"), "key: .* has no PEM private key"),
        (
            lambda cert, key: Path(key).write_bytes(trustme.CA().private_key_pem.bytes()),
            "key: .* is not the private key of the certificate",
        ),
        (lambda cert, key: encrypt(key), "key: .* is encrypted, .*openssl pkey"),
        (
            lambda cert, key: Path(cert).write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n"),
            "cert, key: .* cannot be used",
        ),
        (lambda cert, key: (Path(key).unlink(), Path(key).mkdir()), "key: cannot read"),
    ],
)
def test_wrong_files_are_one_line_that_says_what_to_do(files, spoil, words) -> None:
    spoil(*files)
    with pytest.raises(SettingsError, match=words) as raised:
        make_server_context(*files)
    assert "\n" not in raised.value.message
