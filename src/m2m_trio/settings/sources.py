"""Where settings come from: the file, the environment, flags; each value with its source.

Pure: texts and mappings in, `Given` values out. Every refusal is a `SettingsError` whose
message is one line: the key, the source, what is wrong, what to do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from m2m_trio.errors import SettingsError
from m2m_trio.settings.address import parse_address, parse_host
from m2m_trio.settings.checks import did_you_mean
from m2m_trio.settings.keys import BY_ENVIRONMENT, BY_PATH, KEYS, ROOT, TABLES, Key
from m2m_trio.telemetry.masking import one_line

CONFIG_VARIABLE = "M2M_CONFIG"
"""The variable that names the settings file."""

WELL_MEANT = {
    "address": "listen",
    "base_url": "upstream",
    "bind": "listen",
    "host": "listen",
    "port": "listen",
    "url": "upstream",
}
"""Names that other servers use for what is one of ours."""

SHORT = {"hop": (ROOT, "hop"), "tokens": (ROOT, "tokens")}
"""Tables that may stand at the top: ``[hop]``."""

LISTEN = (ROOT, "listen")
HOST = (*LISTEN, "host")
PORT = (*LISTEN, "port")
"""What ``--host`` and ``--port`` set: the halves of ``proxy.listen``."""


@frozen
class Source:
    """Where one value was given."""

    text: str
    """For people: ``default``, ``/etc/m2m.toml:3``, ``environment M2M_KEY``, ``flag --key``."""

    kind: str = "default"
    """``default``, ``file``, ``environment`` or ``flag``."""

    name: str = ""
    """The file, variable or flag."""

    line: int = 0
    """The line in the file, from 1; 0 where it is not known."""

    def __str__(self) -> str:
        return self.text

    def mend(self, key: Key, value: str) -> str:
        """What to do so that ``key`` is ``value``, in TOML, instead."""
        if self.kind == "flag":
            return f"leave out {self.name}"
        if self.kind == "environment":
            return f"unset {self.name}"
        if self.line:
            return f'change line {self.line} of {self.name} to "{key.name} = {value}"'
        return f'write "{key.name} = {value}" under [{key.table}]'


DEFAULT = Source("default")


def file_source(path: Path, line: int = 0) -> Source:
    """A place in the settings file."""
    return Source(f"{path}:{line}" if line else str(path), "file", str(path), line)


def environment_source(variable: str) -> Source:
    """A variable."""
    return Source(f"environment {variable}", "environment", variable)


def flag_source(flag: str) -> Source:
    """A flag."""
    return Source(f"flag {flag}", "flag", flag)


@frozen
class Given:
    """A value as its source gave it, already of the setting's type."""

    path: tuple[str, ...]
    value: Any = field(repr=False)  # it may be a key
    source: Source = DEFAULT


@frozen(kw_only=True)
class Flag:
    """A flag of the command line and its value."""

    name: str
    """``--port``"""

    path: tuple[str, ...]
    """Of the setting; `HOST` and `PORT` too."""

    value: object = field(repr=False)  # it may be a key


def refuse(name: str, source: Source, problem: str) -> SettingsError:
    """The error for ``name``, on one line and without secrets."""
    return SettingsError(one_line(f"{name} ({source}): {problem}"))


# ── the file ─────────────────────────────────────────────────────────────────────────────


def read_toml(text: str, path: Path) -> Iterator[Given]:
    """The values of a settings file.

    Raises:
        SettingsError: It is not TOML, or has an unknown name or a wrong value.
    """
    try:
        document = tomllib.loads(text)
    except ValueError as error:
        raise _bad_toml(path, str(error)) from error
    except RecursionError as error:
        raise _bad_toml(path, "it is nested too deeply") from error
    for name, value in document.items():
        if name in SHORT and isinstance(value, dict):
            yield from _read_table(value, SHORT[name], text, path)
            continue
        if name != ROOT:
            source = file_source(path, find_line(text, (name,)))
            raise refuse(name, source, _unknown_top(name))
        yield from _read_table(value, (ROOT,), text, path)


def _bad_toml(path: Path, problem: str) -> SettingsError:
    at = re.search(r"\(at line (\d+), column (\d+)\)", problem)
    line = int(at[1]) if at else 0
    mend = "text needs quotes, and a key stands in a file and a table once"
    return refuse("settings file", file_source(path, line), f"not TOML: {problem}: {mend}")


def _unknown_top(name: str) -> str:
    hint = did_you_mean(name, (ROOT,))
    return f"unknown table or key{hint}" if hint else f"unknown: all is under [{ROOT}]"


def _read_table(table: object, path: tuple[str, ...], text: str, file: Path) -> Iterator[Given]:
    if not isinstance(table, dict):
        source = file_source(file, find_line(text, path))
        name = ".".join(path)
        raise refuse(name, source, f"must be a table: write [{name}] on a line of its own")
    for name, value in table.items():
        here = (*path, name)
        if here in TABLES:
            yield from _read_table(value, here, text, file)
            continue
        source = file_source(file, find_line(text, here))
        if here not in BY_PATH:
            raise refuse(".".join(here), source, _unknown_key(here))
        yield _given(BY_PATH[here], value, source, directory=file.parent)


def _unknown_key(path: tuple[str, ...]) -> str:
    *table, name = path
    elsewhere = [key for key in KEYS if key.name == name]
    if elsewhere:
        return f"unknown key: {name} belongs under [{elsewhere[0].table}]"
    if len(path) == 2 and name in WELL_MEANT:
        return f"unknown key: did you mean {WELL_MEANT[name]}?"
    known = [each[-1] for each in (*BY_PATH, *TABLES) if each[:-1] == tuple(table)]
    hint = did_you_mean(name, known)
    return f"unknown key{hint}" if hint else f"unknown key: there are {', '.join(known)}"


_HEADER = re.compile(r"\s*\[{1,2}([^\]]+)\]")
_ASSIGNMENT = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'|[ \t]*\.[ \t]*)+)[ \t]*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def find_line(text: str, path: tuple[str, ...]) -> int:
    """The line, from 1, that gives ``path``, or the nearest table around it; 0 for none.

    It reads lines, not TOML: good enough to point at one.
    """
    path = _whole(path)
    table: tuple[str, ...] = ()
    best, best_depth = 0, 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            here = table = _whole(_parts(header[1]))
        elif assignment := _ASSIGNMENT.match(line):
            here = _whole(table + _parts(assignment[1]))
        else:
            continue
        if len(here) > best_depth and path[: len(here)] == here:
            best, best_depth = number, len(here)
    return best


def _whole(path: tuple[str, ...]) -> tuple[str, ...]:
    """``path`` from the root, where it begins with one of the `SHORT` tables."""
    return (*SHORT[path[0]], *path[1:]) if path and path[0] in SHORT else path


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


# ── environment and flags ────────────────────────────────────────────────────────────────


def read_environment(environ: Mapping[str, str]) -> Iterator[Given]:
    """The values of the ``M2M_*`` variables.

    Raises:
        SettingsError: One is unknown, or has a wrong value.
    """
    for variable in sorted(environ):
        if not variable.startswith("M2M_") or variable == CONFIG_VARIABLE:
            continue
        source = environment_source(variable)
        if variable not in BY_ENVIRONMENT:
            raise refuse(
                variable, Source("environment"), f"unknown variable{_known_variable(variable)}"
            )
        key = BY_ENVIRONMENT[variable]
        try:
            value = key.parse(environ[variable])
        except (TypeError, ValueError) as error:
            raise refuse(str(key), source, str(error)) from error
        yield Given(key.path, _in_home(key, value), source)


def _known_variable(variable: str) -> str:
    name = variable.removeprefix("M2M_").lower()
    if name in WELL_MEANT:
        return f": did you mean M2M_{WELL_MEANT[name].upper()}?"
    known = {each.removeprefix("M2M_").lower(): each for each in BY_ENVIRONMENT}
    known["config"] = CONFIG_VARIABLE
    hint = did_you_mean(name, tuple(known))
    if not hint:
        return ": unset it, or see m2m-trio config show for those that are known"
    nearest = hint.removeprefix(": did you mean ").removesuffix("?")
    return f": did you mean {known[nearest]}?"


def read_flags(flags: Sequence[Flag]) -> Iterator[Given]:
    """The values of flags.

    Raises:
        SettingsError: One has a wrong value.
    """
    for flag in flags:
        source = flag_source(flag.name)
        if flag.path in (HOST, PORT):
            yield _given_half(flag, source)
        else:
            yield _given(BY_PATH[flag.path], flag.value, source)


def _given_half(flag: Flag, source: Source) -> Given:
    try:
        if flag.path == HOST:
            return Given(HOST, parse_host(str(flag.value)), source)
        return Given(PORT, parse_address(f"localhost:{flag.value}").port, source)
    except ValueError as error:
        raise refuse(".".join(LISTEN), source, str(error)) from error


def _given(key: Key, raw: object, source: Source, directory: Path | None = None) -> Given:
    try:
        value = key.check(raw)
    except (TypeError, ValueError) as error:
        raise refuse(str(key), source, str(error)) from error
    return Given(key.path, _in_home(key, value, directory), source)


def _in_home(key: Key, value: Any, directory: Path | None = None) -> Any:
    """``value``, with ``~`` read and a relative path put after ``directory``."""
    if not key.is_path or not value:
        return value
    path = Path(value)
    try:
        path = path.expanduser()
    except RuntimeError:  # no home directory, so the name stands as it is
        return value
    return str(directory / path if directory else path)
