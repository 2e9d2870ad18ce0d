from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme
from click.testing import CliRunner, Result

from m2m_trio.cli import cli
from m2m_trio.cli.stats import clean_url, flatten, node_url
from m2m_trio.server import run as server_run
from m2m_trio.settings.load import Loaded
from m2m_trio.settings.model import Settings
from m2m_trio.telemetry.logs import reset_logs


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("HOME", str(tmp_path))
    yield tmp_path
    reset_logs()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


class Node:
    """``m2m-trio serve`` in a process of its own."""

    def __init__(self, *flags: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "m2m_trio", *flags, "--port", "0"],
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: list[dict[str, Any]] = []

    def read_until(self, event: str) -> dict[str, Any]:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(json.loads(line))
            if self.lines[-1]["event"] == event:
                return self.lines[-1]
        raise AssertionError(f"no {event!r} in {self.lines}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.stderr is not None
        self.lines += [json.loads(line) for line in self.process.stderr]
        return self.process.wait(timeout=30)


@contextmanager
def open_node(*flags: str) -> Iterator[Node]:
    node = Node(*flags)
    try:
        yield node
    finally:
        node.process.kill()
        node.process.wait()
        assert node.process.stderr is not None
        node.process.stderr.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["serve", "proxy"])
def test_a_node_serves_until_told_to_stop(name: str) -> None:
    with open_node(name, "--upstream", "demo:", "--drain-timeout", "5") as node:
        starting = node.read_until("starting")
        url = node.read_until("serving")["url"]
        models = httpx.get(f"{url}/models", trust_env=False)

        assert models.status_code == 200
        assert node.stop() == 0
    assert starting["version"] == "0.1.0"
    assert starting["upstream"] == "demo:"
    assert starting["workers"] == 1
    assert starting["settings"] == "defaults"


@pytest.mark.slow
def test_stats_prints_what_a_node_counted() -> None:
    with open_node("serve", "--upstream", "demo:") as node:
        url = node.read_until("serving")["url"]
        httpx.get(f"{url}/models", trust_env=False)
        shown = run("stats", url)
        document = json.loads(run("stats", "--json", url).stdout)
        rows = dict(line.split(maxsplit=1) for line in shown.stdout.splitlines())

        assert shown.exit_code == 0
        assert rows["requests_total"] == "1"
        assert document["requests_total"] == 1
        assert "p99_latency_ms" in rows


@pytest.mark.slow
def test_sighup_reloads_what_it_can(home: Path) -> None:
    file = home / "config.toml"
    file.write_text("[proxy]\nupstream = 'demo:'\n")
    with open_node("serve", "--config", str(file)) as node:
        url = node.read_until("serving")["url"]

        def hang_up(text: str, event: str) -> dict[str, Any]:
            file.write_text(text)
            node.process.send_signal(signal.SIGHUP)
            return node.read_until(event)

        wrong = hang_up("[proxy]\nupstraem = 'x'\n", "the settings stay as they were")
        assert "upstraem" in wrong["error"]
        file.chmod(0o644)
        keyed = "[proxy]\nupstream = 'demo:'\nclient_keys = ['key-1']\nworkers = 2\n"
        assert hang_up(keyed, "reloaded")["after_a_restart"] == "workers"
        assert any("chmod 600" in line["event"] for line in node.lines)
        assert httpx.get(f"{url}/models", trust_env=False).status_code == 401
        assert node.stop() == 0


def certificate(home: Path) -> str:
    """The lines of a settings file for a certificate that vouches for itself."""
    authority = trustme.CA()
    made = authority.issue_cert("127.0.0.1")
    chain = b"".join(blob.bytes() for blob in made.cert_chain_pems)
    (home / "cert.pem").write_bytes(chain + authority.cert_pem.bytes())
    (home / "key.pem").write_bytes(made.private_key_pem.bytes())
    return "cert = 'cert.pem'\nkey = 'key.pem'\n"


@pytest.mark.slow
@pytest.mark.parametrize("tls", [False, True])
def test_stats_finds_the_node_of_the_settings(
    home: Path, tls: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = home / "config.toml"
    text = "[proxy]\nupstream = 'demo:'\nclient_keys = ['key-1']\n"
    text += certificate(home) if tls else ""
    config.write_text(text)
    with open_node("serve", "--config", str(config)) as node:
        url = node.read_until("serving")["url"].removesuffix("/v1")
        config.write_text(f"{text}listen = '{url.partition('//')[2]}'\n")
        result = run("stats", "--config", str(config))
        if tls:  # by its URL alone it is anybody's, and its certificate not trusted
            stranger = run("stats", url, "--client-key", "key-1")
            assert stranger.exit_code == 1
            assert "not trusted" in stranger.stderr
            assert "SSL_CERT_FILE" in stranger.stderr
            monkeypatch.setenv("SSL_CERT_FILE", str(home / "cert.pem"))
            assert run("stats", url, "--client-key", "key-1").exit_code == 0

    assert url.startswith("https://" if tls else "http://")
    assert result.exit_code == 0, result.stderr
    assert "requests_total" in result.stdout


@pytest.mark.parametrize(
    ("command", "flag", "taken"),
    [
        (("serve", "--api-key", "--security"), "--api-key", "--security"),
        (("config", "show", "--client-key", "k", "--client-key", "--no-security"),
         "--client-key", "--no-security"),
        (("proxy", "--config", "--port", "1"), "--config", "--port"),
        (("stats", "--client-key", "--json"), "--client-key", "--json"),
    ],
)  # fmt: skip
def test_a_flag_is_not_taken_for_the_value_of_the_one_before(
    command: tuple[str, ...], flag: str, taken: str
) -> None:
    """As with ``--api-key $KEY --security`` where the variable is empty."""
    result = run(*command)

    assert result.exit_code == 2
    assert result.stderr.startswith(
        f"Error: {flag} has no value, and {taken} would be taken for it: is a variable empty?"
    )


def test_a_key_may_begin_with_a_dash() -> None:
    result = run("config", "show", "--api-key", "--my-own-key--", "--json")

    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["settings"]["proxy.api_key"]["source"] == "flag --api-key"


def test_a_settings_error_is_one_line_and_starts_nothing() -> None:
    result = run("serve", "--quic-port", "8443")

    assert result.exit_code == 2
    assert result.stderr == (
        "Error: proxy.quic_port (flag --quic-port): a QUIC port without QUIC: "
        "leave it out, or choose transport quic or both\n"
    )


def started(
    monkeypatch: pytest.MonkeyPatch, *flags: str, code: int = 0
) -> tuple[Result, Loaded]:
    """What ``serve`` hands to the server, instead of serving."""
    handed: list[Loaded] = []

    def keep(loaded: Loaded) -> int:
        handed.append(loaded)
        return code

    monkeypatch.setattr(server_run, "run_node", keep)
    return run("serve", *flags), handed[0]


def test_every_flag_reaches_its_setting(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    flags = (
        "--host ::1 --port 9000 --upstream http://h/v1 --api-key k --client-key a "
        "--client-key b --no-security --transport tcp --workers 3 --engine hypercorn "
        "--no-passthrough --server-timing --drain-timeout 7 --log-level warning "
        "--log-format console --access-log"
    )
    result, loaded = started(monkeypatch, *flags.split(), code=3)
    settings = loaded.settings

    assert result.exit_code == 3
    assert (str(settings.listen), settings.upstream) == ("[::1]:9000", "http://h/v1")
    assert (settings.api_key, settings.client_keys) == ("k", ("a", "b"))
    assert (settings.transport, settings.workers, settings.engine) == ("tcp", 3, "hypercorn")
    assert (settings.passthrough, settings.server_timing) == (False, True)
    assert (settings.timeouts.drain, settings.security.enabled) == (7.0, False)
    assert settings.log.level == "warning"
    assert (settings.log.format, settings.log.access) == ("console", True)


def test_without_flags_it_is_the_guides_node(monkeypatch: pytest.MonkeyPatch) -> None:
    _result, loaded = started(monkeypatch)

    assert str(loaded.settings.listen) == "127.0.0.1:8080"
    assert loaded.settings.upstream == "http://localhost:11434/v1"


def test_an_open_node_is_warned_of_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    open_to_all, _ = started(monkeypatch, "--host", "0.0.0.0")
    with_keys, _ = started(monkeypatch, "--host", "0.0.0.0", "--client-key", "key-123456")
    at_home, _ = started(monkeypatch)

    assert "OPEN TO THE NETWORK" in open_to_all.stderr
    assert "OPEN" not in with_keys.stderr + at_home.stderr
    assert "key-123456" not in with_keys.stderr


def test_whose_key_goes_up_is_told_where_it_surprises(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, _ = started(monkeypatch, "--api-key", "sk-up-1234567890")
    kept, _ = started(
        monkeypatch, "--api-key", "sk-up-1234567890", "--client-key", "key-123456"
    )

    assert "a client's own key goes before api_key" in alone.stderr
    assert "goes before" not in kept.stderr
    assert "1234567890" not in alone.stderr


def test_warnings_of_the_settings_are_logged(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    keys = home / "keys"
    keys.write_text("key-a")
    keys.chmod(0o644)
    monkeypatch.setenv("M2M_CLIENT_KEYS_FILE", os.fspath(keys))
    result, _loaded = started(monkeypatch)

    assert "chmod 600" in result.stderr


def test_stats_says_why_there_are_none(home: Path) -> None:
    refused = run("stats", "http://127.0.0.1:9")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: no node answers at http://127.0.0.1:9/stats")
    assert refused.stderr.count("\n") == 1

    assert run("stats", "ftp://h").exit_code == 2
    for key in ("é", "a\nb"):
        refused = run("stats", "http://127.0.0.1:9", "--client-key", key)
        assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    (home / "zero.toml").write_text("[proxy]\nlisten = ':0'\n")
    assert "any free port" in run("stats", "--config", str(home / "zero.toml")).stderr


@pytest.mark.parametrize(
    ("response", "problem"),
    [
        (
            "HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n",
            "wants a client key: --client-key KEY",
        ),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi", "answers 200 and no statistics"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", "answers 200 and no statistics"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1", "answers 200 and no statistics"),
        ("HTTP/1.1 404 No\r\ncontent-length: 2\r\n\r\n{}", "answers 404 and no statistics"),
        (
            'HTTP/1.1 400 No\r\ncontent-length: 36\r\n\r\n{"error":{"message":"use https://"}}',
            "answers 400: use https://",
        ),
        ("SSH-2.0-hello\r\n", "does not answer as a node does"),
    ],
)
def test_what_is_no_node_is_told(response: str, problem: str) -> None:
    code = """
import socket, sys
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
server.settimeout(20)
peer, _ = server.accept()
peer.recv(65536)
peer.sendall(sys.argv[1].encode())
peer.shutdown(socket.SHUT_WR)
peer.recv(1)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, response], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        result = run("stats", f"127.0.0.1:{int(other.stdout.readline())}", "--client-key", "k")
        other.kill()

    assert result.exit_code == 1
    assert problem in result.stderr
    assert result.stderr.count("\n") == 1


def test_nested_statistics_become_dotted_rows() -> None:
    assert dict(flatten({"a": {"b": [1, "x"]}})) == {"a.b.0": "1", "a.b.1": "x"}


def test_the_url_of_a_node_is_understood() -> None:
    for text in ("h:1", "http://h:1/", "http://h:1/v1", "http://h:1/stats?x=1", "h:1/v1/"):
        assert clean_url(text) == "http://h:1"
    with pytest.raises(Exception, match="no URL of a node"):
        clean_url("http://[")
    assert node_url(Settings(listen=":80")) == "http://127.0.0.1:80"
    assert node_url(Settings(listen="[::]:80", cert="c", key="k")) == "https://[::1]:80"
