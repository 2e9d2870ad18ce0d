"""Where the codec commands read a message from and write it to: exact bytes, both ways."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from m2m_trio.cli.lazy import RefusedError

if TYPE_CHECKING:
    from m2m_trio.codecs.frame1 import Seal

Function = TypeVar("Function", bound=Callable[..., Any])

PATH = click.Path(dir_okay=False, path_type=Path)


def input_options(command: Function) -> Function:
    """Give ``command`` the argument INPUT and ``--file``."""
    command = click.option(
        "-f", "--file", metavar="FILE", type=PATH, help="Read the message from FILE."
    )(command)
    return click.argument("message", metavar="[INPUT]", required=False)(command)


def output_option(command: Function) -> Function:
    """Give ``command`` the flag ``--output``."""
    return click.option(
        "-o", "--output", metavar="FILE", type=PATH, help="Write to FILE [default: stdout]."
    )(command)


def seal_options(command: Function) -> Function:
    """Give ``command`` the flags that say how frames are sealed."""
    command = click.option(
        "--key-file", metavar="FILE", type=PATH, help="The key of --seal, as bytes or as hex."
    )(command)
    return click.option(
        "--seal",
        type=click.Choice(("hmac", "aead")),
        help="How frames are sealed, and must be sealed to be read [default: not at all].",
    )(command)


def read_message(message: str | None, file: Path | None) -> bytes:
    """The bytes of INPUT itself, of the file, or of standard input.

    Raises:
        RefusedError: Both INPUT and a file are given, or neither and nobody pipes.
    """
    if file is not None:
        if message is not None:
            raise RefusedError("give INPUT or --file, not both")
        return file.read_bytes()
    if message is not None and message != "-":
        return os.fsencode(message)
    if message is None and (sys.stdin is None or sys.stdin.isatty()):
        raise RefusedError("no message: give INPUT, --file FILE, or pipe one in")
    return read_stdin()


def read_stdin() -> bytes:
    """All of standard input.

    Raises:
        RefusedError: Whoever started us has closed it.
    """
    if sys.stdin is None:
        raise RefusedError("standard input is closed: pipe something in")
    return sys.stdin.buffer.read()


def write_message(message: bytes, output: Path | None) -> None:
    """Write exactly ``message``; on a terminal, where nobody reads it back, end its line."""
    if output is not None:
        output.write_bytes(message)
        return
    stdout = sys.stdout.buffer
    stdout.write(message)
    if sys.stdout.isatty() and not message.endswith(b"\n"):
        stdout.write(b"\n")
    stdout.flush()


def load_seal(mode: str | None, key_file: Path | None) -> Seal:
    """The seal that the flags describe.

    Raises:
        RefusedError: There is one without the other.
    """
    from m2m_trio.codecs.frame1 import UNSEALED, Seal
    from m2m_trio.wire.frame import Security

    if (mode is None) != (key_file is None):
        raise RefusedError("--seal and --key-file go together")
    if mode is None or key_file is None:
        return UNSEALED
    security = Security[mode.upper()]
    return Seal(security=security, key=_key(key_file), nonces=secrets.token_bytes)


def _key(file: Path) -> bytes:
    content = file.read_bytes()
    try:
        return bytes.fromhex(content.decode())
    except ValueError:  # which a failed decoding is as well
        return content
