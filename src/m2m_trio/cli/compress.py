"""``m2m-trio compress`` and ``decompress``: codecs on files and pipes."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from m2m_trio.cli.config import table
from m2m_trio.cli.lazy import FailedError, RefusedError
from m2m_trio.cli.message_io import (
    input_options,
    load_seal,
    output_option,
    read_message,
    seal_options,
    write_message,
)

if TYPE_CHECKING:
    from m2m_trio.codecs.choose import Trial
    from m2m_trio.codecs.codec import Codec
    from m2m_trio.codecs.frame1 import Seal

AUTO = "auto"
IDENTITY = "identity"
PLAINEST = "m2m-t1"
"""What ``auto`` takes where no codec saves a byte: it carries anything and adds least."""

SHORT = {
    "m2m": "m2m-frame-text",
    "m": "m2m-frame-text",
    "token": "m2m-t1",
    "t": "m2m-t1",
    "t1": "m2m-t1",
    "token-native": "m2m-tk",
    "tn": "m2m-tk",
    "tk": "m2m-tk",
    "brotli": "m2m-br",
    "br": "m2m-br",
    "frame": "m2m-frame",
    "none": IDENTITY,
    "n": IDENTITY,
}
"""What else codecs are called here; the first six pairs are the reference's."""


class CompressFlags(TypedDict):
    """The flags of ``compress`` besides what it reads and writes."""

    seal: str | None
    key_file: Path | None
    compares: bool
    tells: bool


class DecompressFlags(TypedDict):
    """The flags of ``decompress`` besides what it reads and writes."""

    seal: str | None
    key_file: Path | None
    pretty: bool
    tells: bool


CODEC_HELP = "Codec by name: m2m-t1, m2m-br, m2m-frame, zstd ... (--compare lists them)"


@click.command(
    epilog="""\b
    Examples:
      m2m-trio compress --file request.json --output request.m2m
      m2m-trio compress --codec m2m-t1 '{"model":"gpt-4o","messages":[]}'
      m2m-trio compress --compare --file request.json
      m2m-trio compress --codec m2m-frame --seal hmac --key-file key < request.json > frame
    """,
)
@input_options
@output_option
@click.option(
    "-c",
    "-a",
    "--codec",
    "--algorithm",
    metavar="NAME",
    default=AUTO,
    help=f"{CODEC_HELP}, or auto for the shortest of those that decompress recognises "
    "[default: auto].",
)
@seal_options
@click.option("--compare", "compares", is_flag=True, help="Print a table of all codecs.")
@click.option("-s", "--stats", "tells", is_flag=True, help="Tell sizes on standard error.")
def compress(
    message: str | None,
    file: Path | None,
    output: Path | None,
    codec: str,
    **flags: Unpack[CompressFlags],
) -> None:
    """Encode a message: INPUT itself, a file, or standard input.

    What is written is exactly the coded message; nothing is added to it.
    """
    plain = read_message(message, file)
    if flags["compares"]:
        click.echo(_comparison(plain))
        return
    name, coded = _encode(plain, codec, load_seal(flags["seal"], flags["key_file"]))
    write_message(coded, output)
    if flags["tells"]:
        click.echo(_told(name, len(plain), len(coded)), err=True)


@click.command(
    epilog="""\b
    Examples:
      m2m-trio decompress --file request.m2m --output request.json
      m2m-trio compress < request.json | m2m-trio decompress | cmp - request.json
      m2m-trio decompress --pretty '#T1|1|{"M":"g4o","messages":[]}'
      m2m-trio decompress --seal hmac --key-file key < frame
    """,
)
@input_options
@output_option
@click.option(
    "-c",
    "-a",
    "--codec",
    "--algorithm",
    metavar="NAME",
    default=AUTO,
    help="Codec of a message that does not say itself what it is [default: auto].",
)
@seal_options
@click.option("--pretty", is_flag=True, help="Indent the JSON that comes out.")
@click.option("-s", "--stats", "tells", is_flag=True, help="Tell sizes on standard error.")
def decompress(
    message: str | None,
    file: Path | None,
    output: Path | None,
    codec: str,
    **flags: Unpack[DecompressFlags],
) -> None:
    """Decode a message: INPUT itself, a file, or standard input.

    Its codec is told by how it begins. A line end that an editor or a shell has put behind a
    coded message is no harm, unless the codec carries line ends: safe T1, --codec m2m-t1.
    """
    coded = read_message(message, file)
    name, plain = _decode(coded, codec, load_seal(flags["seal"], flags["key_file"]))
    if flags["pretty"]:
        plain = _indented(plain)
    write_message(plain, output)
    if flags["tells"]:
        click.echo(_told(name, len(plain), len(coded)), err=True)


def _encode(plain: bytes, name: str, seal: Seal) -> tuple[str, bytes]:
    from m2m_trio.codecs.choose import choose

    if name == AUTO and not seal.security:
        if chosen := choose(plain):
            return chosen
        name = PLAINEST
    name = SHORT.get(name, "m2m-frame-text" if name == AUTO else name)
    if name == IDENTITY:
        return name, plain
    codec = _load(name, seal)
    return codec.name, codec.encode(plain)


def _decode(coded: bytes, name: str, seal: Seal) -> tuple[str, bytes]:
    from m2m_trio.codecs.catalog import recognise
    from m2m_trio.codecs.codec import MIB, Limits

    name = recognise(coded).name if name == AUTO else SHORT.get(name, name)
    if name == IDENTITY:
        return name, coded
    codec = _load(name, seal)
    if coded.isascii() and codec.name != "m2m-t1":
        coded = coded.removesuffix(b"\n").removesuffix(b"\r")
    limits = Limits(input_bytes=1024 * MIB, output_bytes=1024 * MIB)
    return codec.name, codec.decode(coded, limits)


def _load(name: str, seal: Seal) -> Codec:
    from m2m_trio.codecs.catalog import find_entry, load_codec
    from m2m_trio.codecs.frame1 import FrameCodec

    entry = find_entry(name)
    if not seal.security:
        return load_codec(entry.name)
    if not entry.name.startswith("m2m-frame"):
        raise RefusedError(f"only frames can be sealed, and {entry.name} is none")
    return FrameCodec(text=entry.is_text, seal=seal)


def _indented(plain: bytes) -> bytes:
    try:
        document = json.loads(plain)
    except (ValueError, RecursionError) as error:
        raise FailedError("--pretty is for JSON, and this is none") from error
    return json.dumps(document, indent=2, ensure_ascii=False).encode() + b"\n"


def _told(name: str, plain_bytes: int, coded_bytes: int) -> str:
    share = f" ({coded_bytes / plain_bytes:.1%})" if plain_bytes else ""
    return f"{name}: {plain_bytes} bytes plain, {coded_bytes} coded{share}"


def _comparison(plain: bytes) -> str:
    from m2m_trio.codecs.choose import compare
    from m2m_trio.codecs.codec import MIB, Limits

    limits = Limits(input_bytes=1024 * MIB, output_bytes=1024 * MIB)
    trials = compare(plain, limits, time.perf_counter)
    return table(
        [
            ("codec", "bytes", "of plain", "encode", "decode", ""),
            ("(plain)", str(len(plain)), "100.0%", "", "", ""),
            *(_row(trial, len(plain)) for trial in trials),
        ]
    )


def _row(trial: Trial, plain_bytes: int) -> tuple[str, ...]:
    if trial.problem:
        return (trial.name, "-", "-", "-", "-", trial.problem)
    share = f"{trial.coded_bytes / plain_bytes:.1%}" if plain_bytes else "-"
    return (
        trial.name,
        str(trial.coded_bytes),
        share,
        f"{trial.encoding * 1000:.3f} ms",
        f"{trial.decoding * 1000:.3f} ms",
        "" if trial.is_exact else "lossy",
    )
