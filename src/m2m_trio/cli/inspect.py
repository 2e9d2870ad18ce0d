"""``m2m-trio inspect``: what a coded message says of itself, its payload left closed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from m2m_trio.cli.config import table
from m2m_trio.cli.message_io import input_options, read_message


@click.command(
    epilog="""\b
    Examples:
      m2m-trio inspect --file frame.m2m
      m2m-trio compress --codec m2m-frame < request.json | m2m-trio inspect
      m2m-trio inspect --json --file frame.m2m | jq .model
    """,
)
@input_options
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def inspect(*, message: str | None, file: Path | None, as_json: bool) -> None:
    """Print what a coded message says of itself: INPUT itself, a file, or standard input.

    A frame tells its routing header, sealed or not: no key is needed, and none proves it.
    """
    told = _inspected(read_message(message, file))
    if as_json:
        click.echo(json.dumps(told, indent=2))
        return
    click.echo(table([(name, _shown(value)) for name, value in told.items()]))


def _inspected(coded: bytes) -> dict[str, Any]:
    from m2m_trio.codecs.catalog import recognise
    from m2m_trio.codecs.frame1 import inspect_frame

    entry = recognise(coded)
    told: dict[str, Any] = {"codec": entry.name, "coded_bytes": len(coded)}
    if entry.name == "m2m-frame":
        text = coded.removesuffix(b"\n").removesuffix(b"\r") if coded.isascii() else coded
        told |= inspect_frame(text)
    return told


def _shown(value: object) -> str:
    if isinstance(value, str):  # whoever wrote the frame chose it, terminal controls and all
        from m2m_trio.telemetry.masking import escape

        return escape(value) or "-"
    if isinstance(value, list | tuple):
        return " ".join(map(str, value)) or "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(value)
