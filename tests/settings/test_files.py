from __future__ import annotations

import os
import ssl
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from m2m_trio.settings.files import (
    MAX_FILE_BYTES,
    check_certificate,
    others_may_read,
    read_client_keys,
    read_text,
)


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"\xef\xbb\xbfa = 1")

    assert read_text(file) == "a = 1"


def test_a_missing_file_is_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for missing in (tmp_path / "none", tmp_path / "file" / "below"):
        with pytest.raises(FileNotFoundError, match="no such file"):
            read_text(missing)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"a\nb\n\xff", r"not UTF-8 \(line 3\)"),
        (b" " * (MAX_FILE_BYTES + 1), "is this the right file"),
    ],
)
def test_what_is_no_text_file_is_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    file = tmp_path / "f"
    file.write_bytes(data)

    with pytest.raises(ValueError, match=problem):
        read_text(file)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for wrong, problem in ((tmp_path, "directory"), (loop, "symbolic"), (Path("\0"), "null")):
        with pytest.raises(ValueError, match=problem):
            read_text(wrong)


def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.touch(mode=0)
    us = os.geteuid()
    if us == 0:
        os.seteuid(65534)  # root may read everything
    try:
        with pytest.raises(ValueError, match="chmod"):
            read_text(file)
    finally:
        os.seteuid(us)


def test_client_keys_are_read_once_each(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text("a\r\n# b\nc\na\n")

    assert read_client_keys(file) == ("a", "c")


def test_only_files_that_others_may_read_are_open(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.touch()
    file.chmod(0o600)
    assert not others_may_read(file)
    file.chmod(0o640)
    assert others_may_read(file)
    assert not others_may_read(tmp_path / "none")
    assert not others_may_read(Path(os.devnull))


class Pair:
    def __init__(self, directory: Path, name: str) -> None:
        made = trustme.CA().issue_cert("localhost")
        self.cert = directory / f"{name}.cert.pem"
        self.key = directory / f"{name}.key.pem"
        self.cert.write_bytes(b"".join(blob.bytes() for blob in made.cert_chain_pems))
        self.key.write_bytes(made.private_key_pem.bytes())


def problem(cert: Path, key: Path) -> str:
    with pytest.raises(ValueError) as caught:
        check_certificate(str(cert), str(key))
    return str(caught.value)


def test_a_certificate_and_its_key_are_accepted(tmp_path: Path) -> None:
    pair = Pair(tmp_path, "a")

    check_certificate(str(pair.cert), str(pair.key))


def test_a_certificate_that_cannot_serve_is_refused(tmp_path: Path) -> None:
    pair, other = Pair(tmp_path, "a"), Pair(tmp_path, "b")
    text = tmp_path / "text"
    text.write_text("hello")
    locked = tmp_path / "locked.pem"
    locked.write_bytes(
        load_pem_private_key(pair.key.read_bytes(), None).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"word")
        )
    )

    assert "is not the private key of" in problem(pair.cert, other.key)
    assert "no PEM certificate" in problem(text, pair.key)
    assert "no PEM certificate" in problem(pair.cert, text)
    assert "no PEM certificate and unencrypted private key" in problem(pair.cert, locked)
    assert "no such file" in problem(pair.cert, tmp_path / "none")


def test_a_certificate_that_goes_away_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = Pair(tmp_path, "a")

    class Gone(ssl.SSLContext):
        def load_cert_chain(self, *_args: object, **_kwargs: object) -> None:  # type: ignore[override]
            raise FileNotFoundError(2, "gone")

    monkeypatch.setattr(ssl, "SSLContext", Gone)

    assert "no such file or directory" in problem(pair.cert, pair.key)
