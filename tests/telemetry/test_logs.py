from __future__ import annotations

import io
import json
import logging
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from m2m_trio.telemetry.lines import LINE_BYTES
from m2m_trio.telemetry.logs import _Bridge, configure_logs, get_logger, reset_logs


@pytest.fixture(autouse=True)
def unconfigured() -> Iterator[None]:
    root = logging.getLogger()
    level = root.level
    reset_logs()
    yield
    reset_logs()
    root.setLevel(level)


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_json_object(stream: io.StringIO) -> None:
    configure_logs("info", "json", stream)
    get_logger(worker=1).bind(route="chat").warning("slow", seconds=1.5, ok=True, none=None)
    [line] = lines(stream)
    at = datetime.fromisoformat(line.pop("timestamp"))

    assert at.tzinfo == UTC
    assert line == {
        "level": "warning",
        "event": "slow",
        "worker": 1,
        "route": "chat",
        "seconds": 1.5,
        "ok": True,
        "none": None,
    }


def test_an_event_is_one_line_for_people(stream: io.StringIO) -> None:
    configure_logs("info", "console", stream)
    get_logger().info("serving", url="http://h/v1", text='two "words"', empty="", on=True)
    timestamp, _, rest = stream.getvalue().partition(" ")

    assert timestamp.endswith("Z")
    assert rest == 'info    serving url=http://h/v1 text="two \\"words\\"" empty="" on=true\n'


def test_levels_below_the_one_asked_for_are_silent(stream: io.StringIO) -> None:
    configure_logs("warning", "json", stream)
    log = get_logger()
    log.debug("a")
    log.info("b")
    log.warning("c")
    log.error("d")

    assert [line["event"] for line in lines(stream)] == ["c", "d"]


def test_a_second_call_reaches_loggers_made_before(stream: io.StringIO) -> None:
    log = get_logger()
    configure_logs("error", "json", stream)
    log.info("a")
    configure_logs("debug", "json", stream)
    log.debug("b")
    other = io.StringIO()
    configure_logs("debug", "json", other)
    log.debug("c")

    assert [line["event"] for line in lines(stream)] == ["b"]
    assert [line["event"] for line in lines(other)] == ["c"]


@pytest.mark.parametrize("style", ["json", "console"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    secret=st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=20, max_size=40),
    text=st.text(),
    name=st.sampled_from(
        ["authorization", "api_key", "url", "error", "headers", "body", "detail"]
    ),
)
def test_never_a_key_or_a_body(style: str, secret: str, text: str, name: str) -> None:
    stream = io.StringIO()
    configure_logs("debug", style, stream, secrets=[secret])
    log = get_logger(bound=secret)
    try:
        raise ValueError(f"{text}{secret}")
    except ValueError:
        log.exception(f"event {secret}", **{name: f"{text} {secret}"})
    log.info("fields", headers=[(b"Authorization", secret.encode()), (b"x", secret)])
    log.info("fields", **{name: {"deep": [text, {"Cookie": secret}, secret]}})
    logging.getLogger("hypercorn.error").error("%s: Bearer %s", text, secret)
    log.info(
        "unknown", detail=f"{text} Bearer {secret[::-1]}", url=f"http://h/?api_key={secret}"
    )
    log.info("body", body=text.encode() + b"!" * 30, prompt="tell me" + "!" * 30)
    shown = stream.getvalue()

    assert secret not in shown
    assert secret[::-1] not in shown or secret[::-1] in text
    assert "!" * 30 not in shown or "!" * 30 in text


@pytest.mark.parametrize("style", ["json", "console"])
@given(event=st.text(), name=st.text(min_size=1), text=st.text())
def test_nobody_can_write_a_second_line(style: str, event: str, name: str, text: str) -> None:
    stream = io.StringIO()
    configure_logs("info", style, stream)
    if name in ("event", "self", "level", "exc_info"):
        name += "_"
    get_logger().info(event, **{name: text})

    assert len(stream.getvalue().splitlines()) == 1
    assert stream.getvalue().rstrip("\n").isprintable() or style == "console"
    assert "\x1b" not in stream.getvalue()


def test_a_traceback_is_shown(stream: io.StringIO) -> None:
    configure_logs("info", "json", stream)
    try:
        raise ValueError("sk-abcdefghijklmnop")
    except ValueError:
        get_logger().exception("failed")
        get_logger().error("failed", exc_info=True)
    for line in lines(stream):
        assert line["level"] == "error"
        assert line["exception"].endswith("ValueError: sk-…mnop")


def test_a_traceback_for_people_stands_below(stream: io.StringIO) -> None:
    configure_logs("info", "console", stream)
    try:
        raise ValueError("a\x1b[31m")
    except ValueError:
        get_logger().exception("failed")
    first, second, *_, last = stream.getvalue().splitlines()

    assert first.endswith("error   failed")
    assert second == "  Traceback (most recent call last):"
    assert last == r"  ValueError: a\x1b[31m"


def test_a_line_that_is_too_long_stays_json(stream: io.StringIO) -> None:
    configure_logs("info", "json", stream)
    get_logger().info("x" * 500, **{f"field{i}": "\x1b" * 1000 for i in range(9)})
    [line] = lines(stream)

    assert line["event"] == "x" * 256
    assert line["cut"] > LINE_BYTES
    assert len(stream.getvalue()) <= LINE_BYTES


def test_what_other_packages_log_takes_the_same_way(stream: io.StringIO) -> None:
    configure_logs("debug", "json", stream)
    logging.getLogger("hypercorn.error").warning("Bearer %s", "abcdefghijklmnop")
    logging.getLogger("hpack").info("authorization: secret")
    logging.getLogger("quart").debug("too much")
    [bridge] = [each for each in logging.getLogger().handlers if isinstance(each, _Bridge)]
    bridge.emit(logging.makeLogRecord({"name": "quart", "msg": "%d", "args": ("none",)}))
    try:
        raise KeyError("x")
    except KeyError:
        logging.getLogger("trio").exception("boom")
    first, second, third = lines(stream)

    assert (first["event"], first["logger"]) == ("Bearer …mnop", "hypercorn.error")
    assert (second["event"], second["logger"]) == ("a log record could not be shown", "quart")
    assert third["exception"].endswith("KeyError: 'x'")


def test_before_it_is_configured_the_host_program_decides(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", logger="m2m_trio")
    log = get_logger()
    log.debug("silent")
    log.info("a\nb", api_key="sk-abcdefghijklmnop")
    try:
        raise ValueError("Bearer abcdefghijklmnop")
    except ValueError:
        log.exception("failed")
    log.error("failed", exc_info=KeyError("sk-abcdefghijklmnop"))
    log.error("failed", exc_info=True)  # noqa: LOG014  (there is none: nothing is shown)
    first, second, third, fourth = caplog.messages

    assert first == r"a\nb api_key=sk-…mnop"
    assert second.startswith("failed\n  Traceback")
    assert second.endswith("ValueError: Bearer …mnop")
    assert third == "failed\n  KeyError: 'sk-…mnop'"
    assert fourth == "failed"


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[32m" in on_a_terminal()

    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in on_a_terminal()

    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in on_a_terminal()


def on_a_terminal() -> str:
    master, slave = pty.openpty()
    with os.fdopen(slave, "w") as stream:
        configure_logs("info", "auto", stream)
        get_logger().info("hello")
        shown = os.read(master, 4096).decode()
        reset_logs()
    os.close(master)
    assert "hello" in shown
    assert "{" not in shown
    return shown


def test_a_closed_stream_ends_nothing() -> None:
    stream = io.StringIO()
    stream.close()
    configure_logs("info", "auto", stream)

    get_logger().info("nobody")


def test_standard_error_is_where_lines_go(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "json")
    get_logger().info("hello")

    assert json.loads(capsys.readouterr().err)["event"] == "hello"


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )


def test_nothing_heavy_loads_before_it_is_needed() -> None:
    code = """
import sys
from m2m_trio.telemetry.logs import get_logger
get_logger(a=1).info("x")
print([name for name in ("structlog", "trio", "asyncio") if name in sys.modules])
"""
    assert run(code).stdout == "[]\n"


def test_a_process_without_standard_error_logs_nowhere() -> None:
    code = """
from m2m_trio.telemetry.logs import configure_logs, get_logger
configure_logs()
get_logger().error("x")
print("alive")
"""
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        timeout=30,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "alive\n")
