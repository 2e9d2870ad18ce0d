"""Writes the command line reference from the commands' own help.

``python -m m2m_trio.cli.reference docs/reference/command-line.md``; without a file, to
standard output. A test fails when the page is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from m2m_trio.cli import cli
from m2m_trio.cli.options import OPTIONS

PROGRAM = "m2m-trio"
WIDTH = 88

HEAD = """\
# Command line

<!-- Written by python -m m2m_trio.cli.reference: change the commands' help, not this page. -->

`m2m-trio` and `m2m` are the same program; so is `python -m m2m_trio`. Exit codes: 0 done,
1 failed, 2 asked for something that is wrong or not part of this build. An error is one
line on standard error.

## Flags and settings

What the flags of `serve`, `proxy` and `config show` set ([settings](settings.md)):

| flag | setting |
|---|---|
"""


def page() -> str:
    """The whole page, in Markdown."""
    rows = [
        f"| `{option.declaration}` | `proxy.{_setting(option.path)}` |" for option in OPTIONS
    ]
    helps = [
        f"## {path}\n\n```text\n{text}\n```\n" for path, text in _helps(cli, PROGRAM, None)
    ]
    return HEAD + "\n".join(rows) + "\n\n" + "\n".join(helps)


def _setting(path: str) -> str:
    return "listen" if path.startswith("listen.") else path


def _helps(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command, parent=parent, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH
    )
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            inner = command.get_command(context, each)
            assert inner is not None  # noqa: S101  (it is listed)
            yield from _helps(inner, each, context)


def main(arguments: list[str]) -> None:
    """Write the page to the file named, or to standard output."""
    if arguments:
        Path(arguments[0]).write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())


if __name__ == "__main__":  # pragma: no cover  (tests call main)
    main(sys.argv[1:])
