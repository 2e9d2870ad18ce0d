from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from m2m_trio.errors import SettingsError
from m2m_trio.settings.keys import BY_ENVIRONMENT, BY_PATH, KEYS
from m2m_trio.settings.sources import (
    DEFAULT,
    Given,
    environment_source,
    file_source,
    find_line,
    flag_source,
    read_environment,
    read_toml,
)

FILE = Path("/etc/m2m.toml")


def refusal(values: Iterator[object]) -> str:
    with pytest.raises(SettingsError) as caught:
        list(values)
    return caught.value.message


def read_or_refused_in_one_line(values: Iterator[Given]) -> list[Given]:
    try:
        return list(values)
    except SettingsError as error:
        message = error.message
    assert message.isprintable()
    return []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("proxy = 3", "proxy (…:1): must be a table: write [proxy] on a line of its own"),
        ("[[proxy]]", "proxy (…:1): must be a table: write [proxy] on a line of its own"),
        ("\n[prox]", "prox (…:2): unknown table or key: did you mean proxy?"),
        ("[redis]", "redis (…:1): unknown: all is under [proxy]"),
        ("[proxy]\nport = 1", "proxy.port (…:2): unknown key: did you mean listen?"),
        ("[proxy]\nupsteam = ''", "proxy.upsteam (…:2): unknown key: did you mean upstream?"),
        (
            "[proxy]\nbody_bytes = 1",
            "proxy.body_bytes (…:2): unknown key: body_bytes belongs under [proxy.limits]",
        ),
        ("[proxy.limit]\nx = 1", "proxy.limit (…:1): unknown key: did you mean limits?"),
        (
            "[proxy.log]\nzzz = 1",
            "proxy.log.zzz (…:2): unknown key: there are level, format, access",
        ),
        (
            "[proxy.log.level]",
            'proxy.log.level (…:1): must be text, in quotes: "…", not a table',
        ),
        (
            "[proxy]\nlimits.body_bytes = true",
            (
                "proxy.limits.body_bytes (…:2): must be a whole number, without quotes, "
                "not true or false"
            ),
        ),
        (
            "proxy = { workers = '4' }",
            "proxy.workers (…:1): must be a whole number, without quotes, not text",
        ),
        (
            "[proxy.hop]\nwithout_sessions = ['sk-1234567890abcdef']",
            (
                "proxy.hop.without_sessions (…:2): must be 16 to 64 hexadecimal digits, "
                "as sha256sum prints them"
            ),
        ),
        (
            "[proxy.hop]\nstore = 'user:password@host'",
            (
                "proxy.hop.store (…:2): must begin with redis://, rediss://, unix://: "
                "write redis://host:6379/0"
            ),
        ),
        (
            "[proxy.pool]\nwait = inf",
            "proxy.pool.wait (…:2): must be a number of a sensible size",
        ),
        (
            "[proxy]\nlisten = '8080'",
            "proxy.listen (…:2): '8080' is no host: write 127.0.0.1:8080, or :8080 for all",
        ),
        (
            "[proxy]\ntransport = 'udp'",
            "proxy.transport (…:2): must be tcp, quic or both, not 'udp'",
        ),
        (
            "[proxy.log]\nlevel = 'warn'",
            (
                "proxy.log.level (…:2): must be debug, info, warning or error, not 'warn': "
                "did you mean warning?"
            ),
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(text: str, message: str) -> None:
    assert refusal(read_toml(text, FILE)) == message.replace("(…", f"({FILE}", 1)


def test_the_hop_may_stand_at_the_top() -> None:
    (value,) = read_toml("[hop]\nstore = 'redis://host:6379/0'", FILE)
    assert (value.path, value.value) == (("proxy", "hop", "store"), "redis://host:6379/0")
    assert refusal(read_toml("hop = 1", FILE)).startswith("hop (")
    (value,) = read_toml("[hop]\nwithout_sessions = ['0123456789abcdef']", FILE)
    assert value.value == ("0123456789abcdef",)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[proxy]\nlisten = 127.0.0.1", f"({FILE}:2): not TOML: "),
        ("[proxy]\na = 1\na = 2\n", f"({FILE}:3): not TOML: "),
        ("x", f"({FILE}): not TOML: "),
        ("x = " + "[" * 100_000, f"({FILE}"),
        ("x = " + "9" * 5000, f"({FILE}): not TOML: "),
    ],
)
def test_what_is_not_toml_is_refused(text: str, place: str) -> None:
    message = refusal(read_toml(text, FILE))

    assert message.startswith(f"settings file {place}")
    assert len(message) < 400


@given(st.text() | st.text(alphabet="[]proxy.listen = '\"\n1,{}", max_size=60))
@example("[proxy]\nlisten = ':1'")
def test_a_file_is_read_or_refused_in_one_line(text: str) -> None:
    for each in read_or_refused_in_one_line(read_toml(text, FILE)):
        assert each.path in BY_PATH


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("[a]\n[a.b]\nc = 1", ("a", "b", "c"), 3),
        ("[a]\nb.c = 1", ("a", "b", "c"), 2),
        ("a.b.c = 1", ("a", "b", "c"), 1),
        ('["a" . b]\n"c" = 1', ("a", "b", "c"), 2),
        ("[x]\nc = 1\n[a.b]\n# c = 2\n", ("a", "b", "c"), 3),
        ("[a]\nb = { c = 1 }", ("a", "b", "c"), 2),
        ("[hop]\ntick = 1", ("proxy", "hop", "tick"), 2),
        ("hop.tick = 1", ("proxy", "hop", "tick"), 1),
        ("\nhop = 1", ("hop",), 2),
        ("", ("a",), 0),
    ],
)
def test_the_line_of_a_key_is_found(text: str, path: tuple[str, ...], line: int) -> None:
    assert find_line(text, path) == line


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("M2M_PORT", "1", "M2M_PORT (environment): unknown variable: did you mean M2M_LISTEN?"),
        (
            "M2M_LIMITS_BODY_BYTE",
            "1",
            (
                "M2M_LIMITS_BODY_BYTE (environment): unknown variable: "
                "did you mean M2M_LIMITS_BODY_BYTES?"
            ),
        ),
        (
            "M2M_CONFIGS",
            "1",
            "M2M_CONFIGS (environment): unknown variable: did you mean M2M_CONFIG?",
        ),
        (
            "M2M_QQQQ",
            "1",
            (
                "M2M_QQQQ (environment): unknown variable: "
                "unset it, or see m2m-trio config show for those that are known"
            ),
        ),
        (
            "M2M_WORKERS",
            " ",
            "proxy.workers (environment M2M_WORKERS): is empty: give a value, or unset it",
        ),
        (
            "M2M_WORKERS",
            "two",
            "proxy.workers (environment M2M_WORKERS): must be a whole number, not 'two'",
        ),
        (
            "M2M_WORKERS",
            "257",
            "proxy.workers (environment M2M_WORKERS): must be <= 256: 257",
        ),
        (
            "M2M_POOL_WAIT",
            "soon",
            "proxy.pool.wait (environment M2M_POOL_WAIT): must be a number, not 'soon'",
        ),
        (
            "M2M_PASSTHROUGH",
            "maybe",
            (
                "proxy.passthrough (environment M2M_PASSTHROUGH): "
                "must be true or false, not 'maybe'"
            ),
        ),
        (
            "M2M_CLIENT_KEYS",
            " , ",
            (
                "proxy.client_keys (environment M2M_CLIENT_KEYS): "
                "has only commas: give a value, or unset it"
            ),
        ),
    ],
)
def test_a_wrong_variable_is_refused_with_its_name(
    variable: str, value: str, message: str
) -> None:
    assert refusal(read_environment({variable: value})) == message


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("M2M_WORKERS", " 3 ", 3),
        ("M2M_LIMITS_BODY_BYTES", "64_000_000", 64_000_000),
        ("M2M_POOL_WAIT", "2", 2.0),
        ("M2M_PASSTHROUGH", "Off", False),
        ("M2M_LOG_ACCESS", "1", True),
        ("M2M_CLIENT_KEYS", "a, b,,c ", ("a", "b", "c")),
        ("M2M_API_KEY", "", ""),
    ],
)
def test_a_variable_is_read_as_its_setting(variable: str, text: str, value: object) -> None:
    [read] = read_environment({variable: text, "PATH": "/bin", "M2M_CONFIG": "x"})

    assert read.value == value
    assert read.path == BY_ENVIRONMENT[variable].path


def test_every_setting_has_a_variable_of_its_own() -> None:
    assert len(BY_ENVIRONMENT) == len(KEYS) == len(BY_PATH)
    assert "M2M_CONFIG" not in BY_ENVIRONMENT


@given(st.sampled_from(sorted(BY_ENVIRONMENT)), st.text())
def test_any_variable_is_read_or_refused_in_one_line(variable: str, text: str) -> None:
    for each in read_or_refused_in_one_line(read_environment({variable: text})):
        assert each.path == BY_ENVIRONMENT[variable].path


def test_each_source_has_its_own_mend() -> None:
    key = BY_PATH["proxy", "security", "enabled"]

    assert flag_source("--security").mend(key, "false") == "leave out --security"
    assert environment_source("M2M_X").mend(key, "false") == "unset M2M_X"
    assert file_source(FILE, 3).mend(key, "false") == (
        f'change line 3 of {FILE} to "enabled = false"'
    )
    assert DEFAULT.mend(key, "false") == 'write "enabled = false" under [proxy.security]'
    assert str(file_source(FILE)) == os.fspath(FILE)
