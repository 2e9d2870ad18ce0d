"""One `Settings` from four sources: defaults < file < environment < flags."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import attrs
from attrs import field, frozen

from m2m_trio.errors import SettingsError
from m2m_trio.settings.files import (
    check_certificate,
    check_scan_model,
    check_scan_rules,
    others_may_read,
    read_client_keys,
    read_text,
)
from m2m_trio.settings.keys import KEYS, ROOT
from m2m_trio.settings.model import Settings
from m2m_trio.settings.rules import check_rules
from m2m_trio.settings.sources import (
    CONFIG_VARIABLE,
    DEFAULT,
    HOST,
    LISTEN,
    PORT,
    Flag,
    Given,
    Source,
    environment_source,
    flag_source,
    read_environment,
    read_flags,
    read_toml,
    refuse,
)
from m2m_trio.settings.urls import DEMO_UPSTREAM

DEFAULT_FILE = Path(".m2m", "config.toml")
"""The settings file, from the home directory, where none is named."""

OF_LISTENERS = (
    *("listen", "transport", "quic_port", "quic_congestion", "quic_0rtt"),
    *("cert", "key", "engine", "workers"),
)
"""Settings that a running node keeps: its listeners are open."""

_CLIENT_KEYS = (ROOT, "client_keys")
_CLIENT_KEYS_FILE = (ROOT, "client_keys_file")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@frozen(kw_only=True)
class Loaded:
    """Settings in force, where each came from, and how to read them again."""

    settings: Settings

    sources: Mapping[str, str] = _NOTHING
    """For each key, as ``proxy.listen``, where its value came from: ``default``,
    ``/home/me/.m2m/config.toml:4``, ``environment M2M_LISTEN``, ``flag --port``."""

    file: Path | None = None
    """The settings file that was read, if one was."""

    warnings: tuple[str, ...] = ()
    """What the operator should look at, a line each; nothing that keeps a node from running."""

    waiting: tuple[str, ...] = ()
    """Those of `OF_LISTENERS` that were changed since: they wait for a restart."""

    config: str | None = None
    """The settings file as the command line named it."""

    flags: tuple[Flag, ...] = ()
    environ: Mapping[str, str] | None = field(default=None, repr=False)
    """What stood in for the process's environment, if anything did."""


def load(
    *,
    config: str | None = None,
    config_from: str = "flag --config",
    flags: Sequence[Flag] = (),
    environ: Mapping[str, str] | None = None,
) -> Loaded:
    """Read the settings.

    ``config`` is the settings file the command line named, ``config_from`` how it did, for
    messages. ``environ`` is the process's environment if None.

    Raises:
        SettingsError: A source cannot be read, or a setting is wrong. One line.
    """
    variables = os.environ if environ is None else environ
    file, source = settings_file(config, variables, config_from)
    text = _read_file(file, source) if file is not None else None
    given: dict[tuple[str, ...], Given] = {}
    if file is not None and text is not None:
        _add(given, read_toml(text, file))
    _add(given, read_environment(variables))
    _add(given, read_flags(flags))
    warnings = _warn_of_open_file(file, given)
    _join_listen(given)
    warnings += _join_client_keys(given)

    settings = _build(Settings, (ROOT,), given)
    warnings += _warn_of_bare_upstream(settings.upstream)
    sources = {path: value.source for path, value in given.items()}
    check_rules(settings, sources)
    _check_certificate(settings, sources)
    _check_scan_files(settings, sources)
    _check_vocabularies(settings, sources)
    return Loaded(
        settings=settings,
        sources={str(key): str(sources.get(key.path, DEFAULT)) for key in KEYS},
        file=None if text is None else file,
        warnings=warnings,
        config=config,
        flags=tuple(flags),
        environ=environ,
    )


def reload(loaded: Loaded) -> Loaded:
    """The settings anew: the file and the environment are read again, the flags kept.

    What belongs to the listeners stays, and the rest must go together with it: a node that
    is open to the network does not become one on loopback by what its file says now.

    Raises:
        SettingsError: As `load`, and where the file is gone: without it the node would go on
            by defaults, which ask nobody for a key. ``loaded`` stays in force.
    """
    old = loaded.settings
    fresh = load(config=loaded.config, flags=loaded.flags, environ=loaded.environ)
    if loaded.file is not None and fresh.file is None:
        what = f"{loaded.file} is gone: put it back, or restart the node to run without it"
        raise refuse("settings file", DEFAULT, what)
    kept = {name: getattr(old, name) for name in OF_LISTENERS}
    waiting = tuple(name for name in kept if getattr(fresh.settings, name) != kept[name])
    settings = attrs.evolve(fresh.settings, **kept)
    check_rules(settings, {key.path: Source(fresh.sources[str(key)], "file") for key in KEYS})
    return attrs.evolve(fresh, settings=settings, waiting=waiting)


def default_file(environ: Mapping[str, str]) -> Path | None:
    """``~/.m2m/config.toml``, or None where there is no home directory."""
    home = environ.get("HOME")
    if home:
        return Path(home) / DEFAULT_FILE
    try:
        return Path.home() / DEFAULT_FILE
    except RuntimeError:
        return None


def settings_file(
    config: str | None, environ: Mapping[str, str], config_from: str = "flag --config"
) -> tuple[Path | None, Source]:
    """The settings file to read, and what named it: `DEFAULT` if nothing did."""
    if config is not None:
        return Path(config).absolute(), Source(config_from, "flag")
    named = environ.get(CONFIG_VARIABLE)
    if named:
        return Path(named).absolute(), environment_source(CONFIG_VARIABLE)
    return default_file(environ), DEFAULT


def _read_file(path: Path, source: Source) -> str | None:
    """Its text, or None if nobody named it and it is not there."""
    try:
        return read_text(path)
    except FileNotFoundError as error:
        if source == DEFAULT:
            return None
        raise refuse("settings file", source, f"{path}: {error}") from error
    except ValueError as error:
        raise refuse("settings file", source, f"{path}: {error}") from error


def _add(given: dict[tuple[str, ...], Given], more: Iterable[Given]) -> None:
    given.update({value.path: value for value in more})


def _join_listen(given: dict[tuple[str, ...], Given]) -> None:
    """Lay ``--host`` and ``--port`` over what ``proxy.listen`` is so far."""
    host, port = given.pop(HOST, None), given.pop(PORT, None)
    halves = [half for half in (host, port) if half is not None]
    if not halves:
        return
    address = given[LISTEN].value if LISTEN in given else Settings().listen
    if host is not None:
        address = attrs.evolve(address, host=host.value)
    if port is not None:
        address = attrs.evolve(address, port=port.value)
    flags = " ".join(half.source.name for half in halves)
    given[LISTEN] = Given(LISTEN, address, flag_source(flags))


def _join_client_keys(given: dict[tuple[str, ...], Given]) -> tuple[str, ...]:
    """Put the keys of ``client_keys_file`` behind ``client_keys``; give the warnings."""
    named = given.get(_CLIENT_KEYS_FILE)
    if named is None or not named.value:
        return ()
    file = Path(named.value)
    try:
        more = read_client_keys(file)
    except (OSError, ValueError) as error:
        key = ".".join(_CLIENT_KEYS_FILE)
        raise refuse(key, named.source, f"{file}: {error}") from error
    first = given.get(_CLIENT_KEYS)
    keys = (*first.value, *more) if first else more
    text = f"{first.source} and {file}" if first else str(file)
    source = Source(text, "file", str(file))
    given[_CLIENT_KEYS] = Given(_CLIENT_KEYS, tuple(dict.fromkeys(keys)), source)
    if others_may_read(file):
        return (f"{file} holds client keys and other users may read it: chmod 600 {file}",)
    return ()


def _warn_of_open_file(
    file: Path | None, given: Mapping[tuple[str, ...], Given]
) -> tuple[str, ...]:
    if file is None or not others_may_read(file):
        return ()
    secret = {key.path for key in KEYS if key.is_secret}
    held = [value for value in given.values() if value.path in secret and value.value]
    if not any(value.source.kind == "file" for value in held):
        return ()
    return (f"{file} holds keys and other users may read it: chmod 600 {file}",)


def _warn_of_bare_upstream(upstream: str) -> tuple[str, ...]:
    parts = urlsplit(upstream)
    if upstream == DEMO_UPSTREAM or parts.path.strip("/"):
        return ()
    origin = f"{parts.scheme}://{parts.netloc}"
    warning = (
        f"the upstream {origin} has no path, so /v1/models goes to {origin}/models: if its API "
        f"is below /v1, as Ollama's and vLLM's are, write {origin}/v1"
    )
    return (warning,)


def _build(table: type, path: tuple[str, ...], given: Mapping[tuple[str, ...], Given]) -> Any:
    """An object of ``table`` from the values under ``path``; the rest are defaults."""
    values: dict[str, Any] = {}
    for attribute in attrs.fields(table):
        here = (*path, attribute.name)
        if here in given:
            values[attribute.name] = given[here].value
        elif any(each[: len(here)] == here for each in given):
            kind = type(attribute.default.factory())
            values[attribute.name] = _build(kind, here, given)
    return table(**values)


def _check_certificate(settings: Settings, sources: Mapping[tuple[str, ...], Source]) -> None:
    if not settings.cert:
        return
    try:
        check_certificate(settings.cert, settings.key)
    except ValueError as error:
        source = sources[(ROOT, "cert")]
        raise refuse(f"{ROOT}.cert", source, str(error)) from error


def _check_scan_files(settings: Settings, sources: Mapping[tuple[str, ...], Source]) -> None:
    if not settings.security.enabled:
        return
    for name, check in (("rules", check_scan_rules), ("model", check_scan_model)):
        file = getattr(settings.security, name)
        if not file:
            continue
        try:
            check(Path(file))
        except (OSError, ValueError) as error:
            source = sources[(ROOT, "security", name)]
            raise refuse(f"{ROOT}.security.{name}", source, f"{file}: {error}") from error


def _check_vocabularies(settings: Settings, sources: Mapping[tuple[str, ...], Source]) -> None:
    for pair in settings.tokens.files:
        name = pair.partition("=")[2].partition("#")[0].strip()
        if not Path(name).expanduser().is_file():
            source = sources[(ROOT, "tokens", "files")]
            raise refuse(f"{ROOT}.tokens.files", source, f"there is no file {name}")


__all__ = ["Flag", "Loaded", "SettingsError", "default_file", "load", "reload", "settings_file"]
