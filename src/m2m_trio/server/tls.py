"""TLS towards clients, from the two PEM files of the settings."""

from __future__ import annotations

import ssl

from m2m_trio.errors import SettingsError

ALPN = ("h2", "http/1.1")

_HINT = "`m2m-trio cert` writes a pair for development"


def make_server_context(cert: str, key: str) -> ssl.SSLContext:
    """Terms for TLS 1.2 and later: HTTP/2 or 1.1 as the client likes, no compression.

    ``cert`` is the file with the certificate chain, ``key`` the one with its private key;
    both may be the same file. Session tickets are off: their key is this process's, so
    between workers most would be refused, and the others cost forward secrecy.

    Raises:
        SettingsError: A file is missing, unreadable, encrypted, no PEM, or they are no pair.
    """
    _check_readable("cert", cert)
    _check_readable("key", key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_TICKET | ssl.OP_NO_RENEGOTIATION
    context.num_tickets = 0
    context.set_alpn_protocols(ALPN)
    try:
        context.load_cert_chain(cert, key, password=_refuse_password)
    except _EncryptedKeyError as error:
        raise SettingsError(
            f"key: {key} is encrypted, and a node has nobody to ask for its password: "
            f"decrypt it with `openssl pkey -in {key} -out plain.pem`"
        ) from error
    except ssl.SSLError as error:
        raise SettingsError(_explain(cert, key, error)) from error
    return context


class _EncryptedKeyError(Exception):
    """OpenSSL asks for a password."""


def _refuse_password() -> str:
    raise _EncryptedKeyError


def _check_readable(name: str, path: str) -> None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  (the plain way to ask the system)
            file.read(1)
    except FileNotFoundError as error:
        raise SettingsError(f"{name}: there is no file {path}; {_HINT}") from error
    except OSError as error:
        raise SettingsError(f"{name}: cannot read {path}: {error.strerror}") from error


def _explain(cert: str, key: str, error: ssl.SSLError) -> str:
    if error.reason == "KEY_VALUES_MISMATCH":
        return f"key: {key} is not the private key of the certificate in {cert}; {_HINT}"
    if not _has_block(cert, b"CERTIFICATE-----"):
        return f"cert: {cert} has no PEM certificate (-----BEGIN CERTIFICATE-----); {_HINT}"
    if not _has_block(key, b"PRIVATE KEY-----"):
        return f"key: {key} has no PEM private key (-----BEGIN PRIVATE KEY-----); {_HINT}"
    return f"cert, key: {cert} and {key} cannot be used: {error.reason or error}; {_HINT}"


def _has_block(path: str, marker: bytes) -> bool:
    with open(path, "rb") as file:  # noqa: PTH123
        return marker in file.read(1024 * 1024)
