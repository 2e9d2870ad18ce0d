from __future__ import annotations

import math

import click
import pytest
from click.testing import CliRunner, Result

from m2m_trio.cli import bench as module
from m2m_trio.cli.bench import BenchError, bench, cpu_seconds, percentile

pytestmark = pytest.mark.slow  # starts programs


def run(*arguments: str) -> Result:
    return CliRunner().invoke(bench, arguments)


def test_percentile_is_the_value_that_so_many_do_not_exceed() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 1.0) == 3.0
    assert math.isnan(percentile([], 0.5))


@pytest.mark.slow
def test_a_node_is_measured_beside_its_upstream() -> None:
    result = run("--requests", "40", "--concurrency", "4")

    assert result.exit_code == 0, result.output
    assert "One at a time, 40 exchanges" in result.output
    assert "direct       node      added" in result.output
    assert "4 at once, 40 exchanges" in result.output
    assert "an exchange" in result.output


@pytest.mark.slow
def test_streams_are_measured_by_the_event() -> None:
    result = run("--stream", "--requests", "4", "--concurrency", "4", "--model", "pace-0.001")

    assert result.exit_code == 0, result.output
    assert "until the first event" in result.output
    assert "events/s" in result.output
    assert "µs an event" in result.output


def test_a_running_node_is_measured_alone_and_its_cpu_is_not_known() -> None:
    with module._process(None) as (url, _):
        result = run("--url", url, "--model", "demo", "--requests", "5", "--concurrency", "2")

    assert result.exit_code == 0, result.output
    assert "added" not in result.output
    assert "unknown" in result.output


def test_a_refusing_upstream_ends_it_with_what_it_said() -> None:
    with module._process(None) as (url, _):
        result = run("--url", url, "--model", "error-418", "--requests", "5", "--api-key", "k")

    assert result.exit_code == 1
    assert "418, not 200" in result.output


def test_an_unreachable_url_is_one_line(free_port: int) -> None:
    result = run("--url", f"http://127.0.0.1:{free_port}/v1", "--model", "demo")

    assert result.exit_code == 1
    assert "connection refused" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("--url", "http://127.0.0.1:1/v1"),
        ("--direct", "http://127.0.0.1:1/v1"),
        ("--url", "ftp://127.0.0.1", "--model", "demo"),
    ],
)
def test_flags_that_make_no_sense_are_refused(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_child_that_dies_is_reported() -> None:
    with (
        pytest.raises(BenchError, match="ended before it listened"),
        module._process("nonsense:"),
    ):
        pass


def test_a_child_that_hangs_is_given_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "START_SECONDS", 0.0)
    with pytest.raises(click.ClickException, match="did not start"), module._process(None):
        pass


def test_cpu_of_a_process_that_is_gone_is_unknown() -> None:
    assert cpu_seconds(2**22 + 1) is None


@pytest.fixture
def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
