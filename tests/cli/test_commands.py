from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from m2m_trio.cli import COMMANDS, cli, main, reference
from m2m_trio.cli.lazy import Command, CommandLine
from m2m_trio.errors import OverloadedError, SettingsError

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"
LISTED = [name for name, command in COMMANDS.items() if command.is_installed()]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="m2m-trio")


def in_a_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "m2m_trio", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_version_is_told() -> None:
    assert run("--version").output == "m2m-trio 0.1.0\n"


def test_the_program_ends_with_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["m2m", "--version"])

    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out == "m2m-trio 0.1.0\n"


def test_help_lists_serve_and_its_alias_in_order() -> None:
    output = run("--help").output

    assert LISTED[:2] == ["serve", "proxy"]
    places = [output.index(f"\n  {name} ") for name in LISTED]
    assert places == sorted(places)


@pytest.mark.parametrize("name", LISTED)
def test_every_command_explains_itself_with_examples(name: str) -> None:
    result = run(name, "--help")

    assert result.exit_code == 0
    assert f"Usage: m2m-trio {name} " in result.output
    assert "m2m-trio " in result.output.partition("Options:")[2]


def test_without_a_command_it_prints_the_help() -> None:
    result = run()

    assert result.exit_code == 2
    assert "Commands:" in result.output
    assert "Usage: m2m-trio config" in run("config").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["serv"], "No such command 'serv'. Did you mean 'serve'? (see m2m-trio --help)"),
        (["qqq"], "No such command 'qqq'. (see m2m-trio --help)"),
        (["config", "shw"], "No such command 'shw'. Did you mean 'show'?"),
        (["serve", "--upstrem", "x"], "No such option '--upstrem'. Did you mean '--upstream'?"),
        (
            ["serve", "extra"],
            "Got unexpected extra argument (extra) (see m2m-trio serve --help)",
        ),
        (["serve", "--port", "99999"], "Invalid value for '--port': 99999 is not in the range"),
        (
            ["serve", "--transport", "udp"],
            "Invalid value for '--transport': 'udp' is not one of",
        ),
        (["serve", "--port"], "Option '--port' requires an argument."),
        (["--nope"], "No such option '--nope'."),
        (["-x", "serve"], "No such option '-x'."),
    ],
)
def test_a_mistyped_command_line_is_one_line(arguments: list[str], message: str) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {message}".removesuffix("."))
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_key_given_in_the_wrong_place_is_not_echoed() -> None:
    assert "abcdefghijkl" not in run("serve", "sk-abcdefghijklmnop").stderr


def test_a_process_ends_with_one_line_and_the_exit_code() -> None:
    done = in_a_process("serve", "--threshold", "0.5")

    assert done.returncode == 2
    assert done.stderr == (
        "Error: proxy.security.threshold (flag --threshold): "
        "nothing is scanned without --security: add it, or leave out --threshold\n"
    )
    assert done.stdout == ""


def test_help_and_version_load_nothing_heavy() -> None:
    code = """
import sys
from m2m_trio.cli import main
try:
    main()
except SystemExit:
    pass
heavy = {"trio", "quart", "httptools", "structlog", "httpx", "attrs", "asyncio", "ssl"}
print(sorted(heavy & set(sys.modules)))
"""
    for flag in ("--help", "--version"):
        done = subprocess.run(
            [sys.executable, "-c", code, flag],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "[]"


def test_a_command_whose_module_is_not_there_is_not_listed() -> None:
    group = CommandLine(
        name="x", lazy={"gone": Command("m2m_trio.cli.no_such_module:gone", "Gone.")}
    )

    assert "gone" not in CliRunner().invoke(group, ["--help"]).output
    assert "No such command 'gone'" in CliRunner().invoke(group, ["gone"]).stderr
    assert group.get_command(click.Context(group), "gone") is None


def raising(error: BaseException) -> Callable[[], None]:
    def callback() -> None:
        raise error

    return callback


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (SettingsError("wrong"), 2, "Error: wrong"),
        (OverloadedError("busy"), 1, "Error: busy"),
        (OSError("no disk"), 1, "Error: no disk"),
        (click.ClickException("two\nlines"), 1, "Error: two lines"),
        (click.UsageError("what"), 2, "Error: what (see x --help)"),
        (OSError(errno.EPIPE, "gone"), 1, ""),
    ],
)
def test_what_goes_wrong_in_a_command_is_one_line(
    error: BaseException, code: int, line: str
) -> None:
    group = CommandLine(name="x", lazy={}, callback=raising(error), invoke_without_command=True)
    result = CliRunner().invoke(group, [])

    assert result.exit_code == code
    assert result.stderr.strip() == line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_for_both_programs(shell: str) -> None:
    output = run("completion", shell).output

    assert "_M2M_TRIO_COMPLETE" in output
    assert "_M2M_COMPLETE" in output


def test_the_bash_completion_completes() -> None:
    bin_directory = Path(sys.executable).parent
    script = """
eval "$(m2m-trio completion bash)"
COMP_WORDS=(m2m-trio serve --upst) COMP_CWORD=2
_m2m_trio_completion m2m-trio
echo "${COMPREPLY[@]}"
"""
    done = subprocess.run(
        ["bash", "-c", script],
        env={"PATH": f"{bin_directory}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("--upstream\n", "")


def test_the_page_is_as_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page(), (
        "stale: run python -m m2m_trio.cli.reference docs/reference/command-line.md"
    )


def test_the_page_is_written_where_one_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reference.main([str(tmp_path / "page.md")])
    reference.main([])

    assert (tmp_path / "page.md").read_text(encoding="utf-8") == capsys.readouterr().out


def test_the_guides_lines_are_understood(tmp_path: Path) -> None:
    """The commands of the guide, as ``config show`` so that nothing starts."""
    for flags, key, value in [
        ("--port 8080 --upstream http://localhost:11434/v1", "listen", "127.0.0.1:8080"),
        ("--upstream http://vllm-server:8000/v1", "upstream", "http://vllm-server:8000/v1"),
        (
            "--upstream https://api.openai.com/v1 --api-key sk-0123456789abcdef",
            "api_key",
            "sk-…cdef",
        ),
        ("--port 8080 --transport tcp", "transport", "tcp"),
    ]:
        config = tmp_path / "none.toml"
        config.touch()
        result = run("config", "show", "--json", "--config", str(config), *flags.split())
        assert json.loads(result.stdout)["settings"][f"proxy.{key}"]["value"] == value
