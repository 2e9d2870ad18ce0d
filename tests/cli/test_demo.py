from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from functools import partial

import attrs
import httpx
import pytest
import trio
from click.testing import CliRunner, Result

from m2m_trio.cli import cli
from m2m_trio.cli.demo import (
    LiveLines,
    PlainLines,
    _run,
    _watcher,
    folded,
    measures,
    summary,
    tail,
)
from m2m_trio.demo import DemoUpstream
from m2m_trio.demo.turns import Turn


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["demo", "--pace", "0", *arguments])


def turn(**changes: object) -> Turn:
    made = Turn(
        number=1,
        asked="Why?",
        said="Because of 漢字",
        stream=True,
        status=200,
        first_token=0.0012,
        seconds=0.5,
        added=0.0001,
        events=7,
        request_bytes=10,
        reply_bytes=20,
        request_wire=3,
        reply_wire=4,
        request_untouched=True,
        reply_untouched=True,
    )
    return attrs.evolve(made, **changes)


def test_the_conversation_goes_through_the_node_untouched() -> None:
    result = run()
    assert result.exit_code == 0, result.output
    assert "1. Good morning!" in result.output
    assert result.output.count("  intact") == 7
    assert "all 7 exchanges arrived byte for byte" in result.output
    assert "GET /stats of the edge: requests_total 7 · bytes_in" in result.output
    assert re.search(r"request hop   █+ \d+ B  \d\.\d%", result.output)
    assert "\x1b" not in result.output


def test_json_is_one_document_and_nothing_else() -> None:
    document = json.loads(run("--json").output)
    assert document["untouched"] is True
    assert [turn["status"] for turn in document["turns"]] == [200] * 7
    assert all(turn["events"] > 5 for turn in document["turns"] if turn["stream"])
    assert all(0 < turn["added"] < turn["seconds"] for turn in document["turns"])
    assert document["stats"]["requests_total"] == 7
    assert all(turn["request_wire"] * 3 < turn["request_bytes"] for turn in document["turns"])
    crossed = sum(turn["request_wire"] + turn["reply_wire"] for turn in document["turns"])
    assert crossed == document["stats"]["bytes_out"]


def test_a_changed_byte_is_reported_and_fails_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(_self: DemoUpstream, _request_id: str) -> None:
        return None

    monkeypatch.setattr(DemoUpstream, "delivery", lost)
    result = run()
    assert result.exit_code == 1
    assert "7 of 7 exchanges were changed on the way" in result.output
    assert "bytes were changed" in result.output


def test_a_taken_port_is_one_line_and_exit_code_2() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert result.output.splitlines()[-1].startswith("Error: ")


def test_a_broken_conversation_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object) -> None:
        raise httpx.ConnectError("no way")

    monkeypatch.setattr("m2m_trio.cli.demo.run_turns", refuse)
    result = run()
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "Error: the conversation broke: no way"


@pytest.mark.slow
def test_keep_stays_up_until_it_is_interrupted() -> None:
    command = [sys.executable, "-m", "m2m_trio", "demo", "--keep", "--pace", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        curl = next(line for line in process.stdout if line.startswith("curl -N "))
        origin = re.findall(r"http://[0-9.:]+", curl)[0]
        with urllib.request.urlopen(f"{origin}/v1/models", timeout=5) as reply:
            assert json.load(reply)["object"] == "list"
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.wait(5) == 0


async def test_keep_says_how_to_go_on_and_ends_on_sigterm(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with trio.fail_after(20):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(partial(_run, 0, 0.0, keep=True, as_json=False))
            while signal.getsignal(signal.SIGTERM) is before:
                await trio.lowlevel.checkpoint()
            os.kill(os.getpid(), signal.SIGTERM)
    assert "The node stays up at http://127.0.0.1:" in capsys.readouterr().out


def test_a_terminal_sees_the_text_come_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    screen = LiveLines(width=30)
    screen.begin(1, "Why?")
    for piece in ("Because", " of", " everything", " in", " it"):
        screen.hear(piece)
    screen.end(turn())
    shown = capsys.readouterr().out
    assert shown.count("\r\x1b[K") == 7
    assert "5 ▸ f everything in it\r" in shown
    assert "Because of 漢字" in shown
    drawn = [line for line in shown.split("\r\x1b[K") if "▸" in line]
    assert max(map(len, drawn)) < 30


def test_only_a_terminal_gets_live_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(_watcher(quiet=False), PlainLines)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert isinstance(_watcher(quiet=False), LiveLines)


def test_tail_counts_columns() -> None:
    assert tail("abc", 3) == "abc"
    assert tail("abcd", 3) == "bcd"
    assert tail("漢字", 3) == "字"


def test_lines_are_folded_behind_a_dot() -> None:
    assert folded("ab · cd · ef", 7) == ["ab · cd", "ef"]
    assert folded("longer than that · ef", 7) == ["longer than that", "ef"]
    big = turn(request_bytes=100_000, request_wire=9_999, reply_bytes=90_000, reply_wire=9_999)
    assert max(map(len, summary([big], {}))) == 80


def test_measures_leave_out_what_is_not_known() -> None:
    assert measures(turn()) == (
        "200 · streamed · first token 1.2 ms · edge added 0.10 ms · 7 events in 0.50 s"
        " · on the hop 10 → 3 B up · 20 → 4 B down"
    )
    lone = turn(stream=False, added=None, request_wire=None)
    assert measures(lone) == "200 · plain · first token 1.2 ms"
    assert " - " in summary([lone], {})[1]
    assert "→" not in summary([turn(request_wire=None, reply_wire=None)], {})[1]
