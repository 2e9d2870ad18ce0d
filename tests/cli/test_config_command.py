from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from m2m_trio.cli import cli
from m2m_trio.settings.keys import KEYS


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def run(*arguments: str, **environ: str) -> Result:
    return CliRunner().invoke(cli, ["config", *arguments], env=environ)


def settings_file(home: Path, text: str) -> Path:
    file = home / ".m2m" / "config.toml"
    file.parent.mkdir()
    file.write_text(text)
    return file


def test_show_says_what_is_in_force_and_whence(home: Path) -> None:
    file = settings_file(home, "[proxy]\nworkers = 2\n")
    result = run("show", "--port", "9000", M2M_LOG_LEVEL="debug")
    rows = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines()}

    assert result.exit_code == 0
    assert rows["proxy.listen"] == ['"127.0.0.1:9000"', "flag", "--port"]
    assert rows["proxy.workers"] == ["2", f"{file}:2"]
    assert rows["proxy.log.level"] == ['"debug"', "environment", "M2M_LOG_LEVEL"]
    assert rows["proxy.pool.head"] == ["600.0", "default"]
    assert len(rows) == 1 + len(KEYS)


def test_show_is_aligned() -> None:
    header, *rows = run("show").stdout.splitlines()

    for column in (header.index("value"), header.index("from")):
        assert all(row[column - 2 : column] == "  " and row[column] != " " for row in rows)


def test_show_as_json_is_json(home: Path) -> None:
    file = settings_file(home, "[proxy]\npassthrough = false\n")
    document = json.loads(run("show", "--json").stdout)

    assert document["file"] == str(file)
    assert document["settings"]["proxy.passthrough"] == {"value": False, "source": f"{file}:2"}
    assert list(document["settings"]) == [str(key) for key in KEYS]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_show_masks_keys(home: Path, form: list[str]) -> None:
    settings_file(home, "[proxy]\nclient_keys = ['client-key-0123456789', 'short']\n").chmod(
        0o644
    )
    result = run(
        "show",
        *form,
        "--api-key",
        "sk-proj-0123456789",
        "--upstream",
        "https://h/v1?api-version=1&api-key=abcdefghijklmnop",
    )

    assert "6789" in result.stdout
    for secret in ("proj-0123", "client-key", "short", "abcdefgh"):
        assert secret not in result.output
    assert "api-version=1" in result.stdout
    if not form:
        assert "chmod 600" in result.stderr


def test_show_without_a_file_says_so() -> None:
    assert json.loads(run("show", "--json").stdout)["file"] is None


def test_flags_that_turn_something_off_are_named(home: Path) -> None:
    settings_file(home, "[proxy]\nserver_timing = true\n[proxy.security]\nenabled = true\n")
    settings = json.loads(
        run("show", "--json", "--no-security", "--no-server-timing", "--client-key", "a").stdout
    )["settings"]

    assert settings["proxy.security.enabled"]["source"] == "flag --no-security"
    assert settings["proxy.server_timing"] == {
        "value": False,
        "source": "flag --no-server-timing",
    }
    assert settings["proxy.client_keys"]["source"] == "flag --client-key"


def test_check_accepts_a_good_file(home: Path) -> None:
    file = settings_file(home, "[proxy]\napi_key = 'key'\n")
    file.chmod(0o644)
    result = run("check", str(file), M2M_WORKERS="wrong")

    assert result.exit_code == 0
    assert result.stdout == f"{file}: good\n"
    assert result.stderr == (
        f"Warning: {file} holds keys and other users may read it: chmod 600 {file}\n"
    )
    assert run("check").stdout == f"{file}: good\n"


def test_check_refuses_a_wrong_file_in_one_line(home: Path) -> None:
    file = settings_file(home, "[proxy]\nworkers = 2\nport = 1\n")
    result = run("check", str(file))

    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: proxy.port ({file}:3): unknown key: did you mean listen?\n"
    )


def test_check_names_a_file_that_is_not_there(home: Path) -> None:
    missing = run("check", str(home / "none"))
    assert missing.exit_code == 2
    assert missing.stderr == (
        f"Error: settings file (argument FILE): {home / 'none'}: "
        "there is no such file: correct the name\n"
    )


def test_path_is_printed_whether_or_not_it_is_there(home: Path) -> None:
    expected = f"{home / '.m2m' / 'config.toml'}\n"
    absent = run("path")
    settings_file(home, "")
    present = run("path")

    assert absent.stdout == present.stdout == expected
    assert "no such file" in absent.stderr
    assert present.stderr == ""
    assert run("path", M2M_CONFIG="/x.toml").stdout == "/x.toml\n"
    assert run("path", "--config", "/y.toml", M2M_CONFIG="/x.toml").stdout == "/y.toml\n"


def test_without_a_home_directory_a_file_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", no_home)
    monkeypatch.delenv("HOME")

    assert run("path").exit_code == 1
    assert run("check").stderr == "Error: there is no home directory: name a FILE\n"
