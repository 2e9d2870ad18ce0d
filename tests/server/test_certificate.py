from __future__ import annotations

import datetime as dt
import ssl
import sys

import pytest
import trio
from click.testing import CliRunner
from cryptography import x509

from m2m_trio.cli import cli
from m2m_trio.errors import SettingsError
from m2m_trio.server.certificate import DEFAULT_HOSTS, make_pair, write_pair
from m2m_trio.server.tls import make_server_context

NOW = dt.datetime(2030, 1, 2, tzinfo=dt.UTC)


def run(*arguments: str):
    return CliRunner().invoke(cli, ["cert", *arguments])


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "node.lan", "a.wild.test"])
async def test_certificate_is_trusted_for_its_hosts(tmp_path, host) -> None:
    result = run("--out", str(tmp_path), "--host", "node.lan", "--host", "*.wild.test")
    assert result.exit_code == 0
    paths = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")
    client = ssl.create_default_context(cafile=paths[0])
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    here, there = trio.testing.memory_stream_pair()
    ours = trio.SSLStream(here, make_server_context(*paths), server_side=True)
    theirs = trio.SSLStream(there, client, server_hostname=host)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(ours.do_handshake)
        nursery.start_soon(theirs.do_handshake)


def test_command_says_what_it_wrote_and_how_to_use_it(tmp_path) -> None:
    result = run("--out", str(tmp_path / "new"), "--days", "7", "--host", "localhost")
    assert result.exit_code == 0
    assert (tmp_path / "new/key.pem").stat().st_mode & 0o777 == 0o600
    assert f"m2m-trio serve --cert {tmp_path}/new/cert.pem" in result.output
    assert f"curl --cacert {tmp_path}/new/cert.pem" in result.output
    assert "7 days" in result.output
    assert "localhost, 127.0.0.1, ::1\n" in result.output
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["cert.pem", "key.pem"]


def test_nothing_is_replaced_unasked(tmp_path) -> None:
    (tmp_path / "key.pem").write_text("precious")
    result = run("--out", str(tmp_path))
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert (tmp_path / "key.pem").read_text() == "precious"
    assert not (tmp_path / "cert.pem").exists()
    assert run("--out", str(tmp_path), "--force").exit_code == 0
    assert "PRIVATE KEY" in (tmp_path / "key.pem").read_text()
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600


def test_validity_is_what_was_asked() -> None:
    pair = make_pair(DEFAULT_HOSTS, days=30, now=NOW)
    certificate = x509.load_pem_x509_certificate(pair.cert)
    assert certificate.not_valid_after_utc == NOW + dt.timedelta(days=30)
    assert certificate.not_valid_before_utc < NOW


@pytest.mark.parametrize("host", ["http://a", "a:80", "[::1]", "", "ä.de", "a" * 64, "a..b"])
def test_host_that_is_none_is_refused(host, tmp_path) -> None:
    result = run("--out", str(tmp_path), "--host", host)
    assert result.exit_code == 2
    assert "neither a host name nor an IP address" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_missing_package_names_the_extra(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(SettingsError, match=r"pip install 'm2m-trio\[cert\]'"):
        make_pair(["localhost"], days=1, now=NOW)


def test_folder_that_cannot_be_written_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    pair = make_pair(["localhost"], days=1, now=NOW)
    with pytest.raises(SettingsError, match=r"cannot write .*file"):
        write_pair(pair, tmp_path / "file" / "below", replace=False)
