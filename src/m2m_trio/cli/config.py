"""``m2m-trio config``: what is in force, where it came from, whether a file is right."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import click

from m2m_trio.cli.lazy import FailedError, RefusedError
from m2m_trio.cli.options import config_option, load_settings, settings_options

if TYPE_CHECKING:
    from m2m_trio.settings.keys import Key
    from m2m_trio.settings.model import Settings


@click.group(
    epilog="""\b
    Examples:
      m2m-trio config show
      m2m-trio config check ./config.toml
      m2m-trio config path
    """,
)
def config() -> None:
    """Show and check the settings.

    They come from defaults, then the settings file, then M2M_* variables, then flags; the
    later one wins.
    """


@config.command(
    epilog="""\b
    Examples:
      m2m-trio config show
      M2M_WORKERS=4 m2m-trio config show --port 9000
      m2m-trio config show --json | jq .settings
    """,
)
@settings_options
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(config: str | None, as_json: bool, **values: Any) -> None:
    """Print every setting in force and where its value came from; keys are masked.

    Takes the flags of serve, to show what they would change.
    """
    from m2m_trio.settings.keys import KEYS

    loaded = load_settings(config, values)
    rows = [(str(key), shown(key, loaded.settings), loaded.sources[str(key)]) for key in KEYS]
    if as_json:
        settings = {name: {"value": of, "source": source} for name, of, source in rows}
        file = str(loaded.file) if loaded.file else None
        click.echo(json.dumps({"file": file, "settings": settings}, indent=2))
        return
    texts = [(name, json.dumps(of, ensure_ascii=False), source) for name, of, source in rows]
    click.echo(table([("setting", "value", "from"), *texts]))
    for warning in loaded.warnings:
        click.echo(f"Warning: {warning}", err=True)


@config.command(
    epilog="""\b
    Examples:
      m2m-trio config check ./config.toml && m2m-trio serve --config ./config.toml
    """,
)
@click.argument("file", required=False)
def check(file: str | None) -> None:
    """Check the settings FILE by itself, without M2M_* variables and flags.

    Exit code 0 if a node would start with it, 2 with one line about what is wrong.
    """
    from m2m_trio.settings.load import load, settings_file

    named = "argument FILE"
    if file is None:
        path, source = settings_file(None, os.environ)
        if path is None:
            raise RefusedError("there is no home directory: name a FILE")
        file, named = str(path), str(source)
    home = {name: os.environ[name] for name in ("HOME",) if name in os.environ}
    loaded = load(config=file, config_from=named, environ=home)
    click.echo(f"{loaded.file}: good")
    for warning in loaded.warnings:
        click.echo(f"Warning: {warning}", err=True)


@config.command(
    epilog="""\b
    Examples:
      $EDITOR "$(m2m-trio config path)"
    """,
)
@config_option
def path(config: str | None) -> None:
    """Print where the settings file is read from, whether or not it is there."""
    from m2m_trio.settings.load import settings_file

    place, _source = settings_file(config, os.environ)
    if place is None:
        raise FailedError("there is no home directory, so no settings file is read")
    click.echo(str(place))
    if not place.exists():
        click.echo("(there is no such file: defaults are in force)", err=True)


def shown(key: Key, settings: Settings) -> Any:
    """A setting as it may be shown: of JSON's types, keys masked."""
    from m2m_trio.telemetry.masking import mask_key, mask_text

    value = key.get(settings)
    if key.is_secret:
        masked = [mask_key(each) for each in ([value] if isinstance(value, str) else value)]
        return masked[0] if isinstance(value, str) else masked
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool | int | float) else mask_text(str(value))


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows in aligned columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join(lines)
