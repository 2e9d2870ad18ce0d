"""A click group whose commands load on first use, and whose errors are one line."""

from __future__ import annotations

import difflib
import errno
import importlib
import importlib.util
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import click

from m2m_trio.errors import M2MError, SettingsError


class Command(NamedTuple):
    """Where a command is, and what it does in one line."""

    target: str
    """``module:attribute``"""

    summary: str

    @property
    def module(self) -> str:
        """The module that holds it."""
        return self.target.partition(":")[0]

    def is_installed(self) -> bool:
        """Whether its module is there; it is not imported."""
        return importlib.util.find_spec(self.module) is not None

    def load(self) -> click.Command:
        """Import it."""
        module, _, attribute = self.target.partition(":")
        loaded = getattr(importlib.import_module(module), attribute)
        assert isinstance(loaded, click.Command)  # noqa: S101  (our own table)
        return loaded


class FailedError(click.ClickException):
    """Something failed: one line on standard error, exit code 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        """Write the line."""
        from m2m_trio.telemetry.masking import one_line

        text = one_line(" ".join(self.message.split()))
        click.echo(f"Error: {text}", err=file is None, file=file)


class RefusedError(FailedError):
    """What was asked for is wrong: one line on standard error, exit code 2."""

    exit_code = 2


_AS_THEY_ARE: tuple[type[BaseException], ...] = (
    FailedError,
    # what click, from 8.2, raises to print the help of a group without a command
    *filter(None, [getattr(click.exceptions, "NoArgsIsHelpError", None)]),
)


class CommandLine(click.Group):
    """The group of a literal table of commands."""

    def __init__(self, *, lazy: Mapping[str, Command], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The installed ones, in the table's order."""
        return [name for name, command in self._lazy.items() if command.is_installed()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command, or None for one that is not there."""
        command = self._lazy.get(cmd_name)
        return command.load() if command and command.is_installed() else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` begin with; a mistyped one gets a suggestion."""
        name = args[0]
        names = self.list_commands(ctx)
        if name not in names and not name.startswith("-"):
            near = difflib.get_close_matches(name, names, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table: help imports none of them."""
        rows = [(name, self._lazy[name].summary) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """As click does, with errors of one line."""
        with one_line_errors():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """As click does, with errors of one line."""
        with one_line_errors():
            return super().invoke(ctx)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn the errors that a user can mend into one line and an exit code."""
    try:
        yield
    except _AS_THEY_ARE:
        raise
    except click.UsageError as error:
        where = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
        raise RefusedError(error.format_message() + where) from error
    except click.ClickException as error:
        raise FailedError(error.format_message()) from error
    except SettingsError as error:
        raise RefusedError(error.message) from error
    except M2MError as error:
        raise FailedError(error.message) from error
    except OSError as error:
        if error.errno == errno.EPIPE:  # the reader left: click ends quietly
            raise
        raise FailedError(_told(error)) from error


def _told(error: OSError) -> str:
    """What the system says, with the file's name first and without numbers."""
    if error.strerror is None:
        return str(error)
    name = "" if error.filename is None else f"{os.fsdecode(error.filename)}: "
    return f"{name}{error.strerror[:1].lower()}{error.strerror[1:]}"
