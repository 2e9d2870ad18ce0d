"""Reading the files that settings name: TOML, client keys, certificates, the scanner's.

Every failure is a ValueError whose message says what to do about it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from m2m_trio.settings.checks import is_key_text

MAX_FILE_BYTES = 1024 * 1024
"""Bytes of a settings or client keys file: more is a mistake in its name."""


def read_text(path: Path) -> str:
    """The text of a small UTF-8 file; a byte order mark at its start is skipped.

    Raises:
        FileNotFoundError: It is not there.
        ValueError: It is a directory, unreadable, too large, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileNotFoundError("there is no such file: correct the name") from error
    except IsADirectoryError as error:
        raise ValueError("it is a directory: name a file in it") from error
    except PermissionError as error:
        raise ValueError("it may not be read by this user: chmod or chown it") from error
    except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
        raise ValueError(f"it cannot be read: {_reason(error)}") from error
    if len(data) > MAX_FILE_BYTES:
        raise ValueError(f"it is over {MAX_FILE_BYTES} bytes: is this the right file?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"it is not UTF-8 (line {line}): save it as UTF-8") from error


def read_client_keys(path: Path) -> tuple[str, ...]:
    """The keys in a file: one a line, spaces around it and ``#`` lines skipped.

    Raises:
        FileNotFoundError: It is not there.
        ValueError: It cannot be read, a line is not a key, or there is none.
    """
    keys: list[str] = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        key = line.strip()
        if not key or key.startswith("#"):
            continue
        if not is_key_text(key):
            raise ValueError(f"line {number} is not one key: write one a line, in ASCII")
        keys.append(key)
    if not keys:
        raise ValueError("it has no key: write one a line, or leave client_keys_file out")
    return tuple(dict.fromkeys(keys))


def others_may_read(path: Path) -> bool:
    """Whether users besides the owner may read or write the file."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) and bool(mode & 0o077)


def check_certificate(cert: str, key: str) -> None:
    """Accept a certificate chain and its private key, both PEM.

    Raises:
        ValueError: One cannot be read, or they do not belong together.
    """
    for path in (cert, key):
        try:
            read_text(Path(path))
        except (OSError, ValueError) as error:
            raise ValueError(f"{path}: {error}") from error
    import ssl

    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key, password=_no_password)
    except ssl.SSLError as error:
        raise ValueError(_certificate_problem(cert, key, error.reason or "")) from error
    except (OSError, ValueError) as error:
        raise ValueError(f"{cert}, {key}: {_reason(error)}") from error


def _certificate_problem(cert: str, key: str, reason: str) -> str:
    if reason == "KEY_VALUES_MISMATCH":
        return f"{key} is not the private key of {cert}: name the pair that was made together"
    told = reason.lower().replace("_", " ") or "not PEM"
    return (
        f"{cert} and {key} are no PEM certificate and unencrypted private key ({told}): "
        "m2m-trio cert writes a pair for development"
    )


def check_scan_rules(path: Path) -> None:
    """Accept a file with scan rules of the operator's own.

    Raises:
        FileNotFoundError: It is not there.
        ValueError: It cannot be read, or has what no rule has.
    """
    from m2m_trio.scan.matcher import Matcher
    from m2m_trio.scan.own import parse_rules

    rules, words = parse_rules(read_text(path))
    Matcher(rules, words)


def check_scan_model(path: Path) -> None:
    """Accept a file with a model for the scan.

    Raises:
        FileNotFoundError: It is not there.
        ValueError: It cannot be read, or is no model.
    """
    from m2m_trio.scan.opinion import Opinion

    Opinion(read_text(path))


def _no_password() -> str:
    return ""  # never ask on the terminal: an encrypted key is refused


def _reason(error: Exception) -> str:
    code = getattr(error, "errno", None)
    return os.strerror(code).lower() if code else str(error)
