from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from m2m_trio.cli import cli
from m2m_trio.cli.compress import SHORT
from m2m_trio.cli.lazy import RefusedError
from m2m_trio.cli.message_io import read_message, write_message
from m2m_trio.codecs.catalog import CODECS, find_entry
from m2m_trio.codecs.choose import SELF_EXPLAINING, WORLD

REQUEST = (
    b'{"model":"gpt-4o","messages":[{"role":"system","content":"You are helpful."},'
    b'{"role":"user","content":"What is the capital of France, and since when?"}]}\n'
)


def run(*arguments: str, piped: bytes = b"") -> Result:
    return CliRunner().invoke(cli, arguments, input=piped, prog_name="m2m-trio")


def good(*arguments: str, piped: bytes = b"") -> bytes:
    result = run(*arguments, piped=piped)
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes


class Asking:
    """Standard input with somebody at the keyboard."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    (tmp_path / "key").write_text("99" * 32 + "\n")
    return str(tmp_path / "key")


@pytest.mark.parametrize("name", ["auto", "none", *SELF_EXPLAINING])
def test_a_pipe_gives_back_every_byte(name: str) -> None:
    if name == "m2m-tk":
        pytest.importorskip("splintr", reason="the tokens extra is not installed")
    coded = good("compress", "--codec", name, piped=REQUEST)
    explicit = ("--codec", name) if name == "none" else ()
    assert good("decompress", *explicit, piped=coded) == REQUEST


@pytest.mark.parametrize("plain", [b"", b"x", b"{}", b"\xff\x00", b"#T1|1|{}", b"a\r\n"])
def test_what_no_codec_shortens_is_known_again(plain: bytes) -> None:
    assert good("decompress", piped=good("compress", piped=plain)) == plain


def test_files_are_read_and_written_exactly(tmp_path: Path) -> None:
    plain, coded, back = tmp_path / "plain", tmp_path / "coded", tmp_path / "back"
    plain.write_bytes(REQUEST)
    assert good("compress", "-f", str(plain), "-o", str(coded)) == b""
    assert good("decompress", "-f", str(coded), "-o", str(back)) == b""
    assert back.read_bytes() == REQUEST
    assert len(coded.read_bytes()) < len(REQUEST)


@pytest.mark.parametrize("name", ["m2m-br", "m2m-frame-text"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_line_end_behind_a_coded_message_is_no_harm(name: str, end: bytes) -> None:
    coded = good("compress", "--codec", name, piped=REQUEST)
    assert good("decompress", piped=coded + end) == REQUEST


def test_input_may_be_an_argument() -> None:
    coded = good("compress", "-c", "t1", '{"model":"gpt-4o"}')
    assert coded == b'#T1|1|{"M":"g4o"}'
    assert good("decompress", coded.decode()) == b'{"model":"gpt-4o"}'
    assert good("compress", "-c", "t1", "-", piped=b"{}") == b"#T1|1|{}"


def test_every_other_name_of_a_codec_means_one() -> None:
    for name in SHORT.values():
        assert name == "identity" or find_entry(name).name == name


def test_sizes_are_told_beside_the_output() -> None:
    result = run("compress", "--stats", "-c", "m2m-t1", piped=REQUEST)
    assert result.stdout_bytes.startswith(b"#T1|1|")
    assert result.stderr == "m2m-t1: 154 bytes plain, 136 coded (88.3%)\n"
    result = run("decompress", "--stats", piped=result.stdout_bytes)
    assert result.stdout_bytes == REQUEST
    assert "m2m-t1: 154 bytes plain" in result.stderr
    assert "0 coded\n" in run("compress", "-s", "-c", "none").stderr


def test_json_is_indented_on_demand() -> None:
    assert good("decompress", "--pretty", '#T1|1|{"M":"g4"}') == b'{\n  "model": "gpt-4"\n}\n'
    result = run("decompress", "--pretty", "#T1|1|hello")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: --pretty is for JSON, and this is none\n",
    )


def test_all_codecs_are_compared() -> None:
    table = good("compress", "--compare", piped=REQUEST).decode()
    lines = {line.split("  ")[0]: line for line in table.splitlines()}
    assert {entry.name for entry in CODECS} <= lines.keys()
    assert WORLD.keys() <= lines.keys()
    assert lines["m2m-t1-compatible"].endswith("lossy")
    assert " 136 " in lines["m2m-t1"]
    assert "88.3%" in lines["m2m-t1"]
    assert "carries JSON" in good("compress", "--compare", piped=b"no json").decode()
    assert "-" in good("compress", "--compare").decode()


@pytest.mark.parametrize("mode", ["hmac", "aead"])
@pytest.mark.parametrize("name", ["auto", "m2m-frame"])
def test_frames_are_sealed_and_opened(mode: str, name: str, key_file: str) -> None:
    seal = ("--seal", mode, "--key-file", key_file)
    coded = good("compress", "-c", name, *seal, piped=REQUEST)
    assert good("decompress", *seal, piped=coded) == REQUEST
    refused = run("decompress", piped=coded)
    assert refused.exit_code == 1
    assert "NONE is required here" in refused.stderr
    plain_frame = good("compress", "-c", "m2m-frame", piped=REQUEST)
    assert f"{mode.upper()} is required" in run("decompress", *seal, piped=plain_frame).stderr


def test_a_key_may_be_bytes(tmp_path: Path, key_file: str) -> None:
    (tmp_path / "bytes").write_bytes(b"\x99" * 32)
    seal = ("--seal", "hmac", "--key-file")
    coded = good("compress", *seal, str(tmp_path / "bytes"), piped=REQUEST)
    assert good("decompress", *seal, key_file, piped=coded) == REQUEST


def test_a_sealed_frame_tells_its_routing_header(key_file: str) -> None:
    coded = good("compress", "--seal", "aead", "--key-file", key_file, piped=REQUEST)
    told: dict[str, Any] = json.loads(good("inspect", "--json", piped=coded + b"\n"))
    assert told["codec"] == "m2m-frame"
    assert (told["form"], told["security"], told["model"]) == ("text", "aead", "gpt-4o")
    assert told["roles"] == ["system", "user"]
    shown = good("inspect", piped=coded).decode()
    assert "roles          system user\n" in shown
    assert "compressed     yes\n" in shown
    assert "max_tokens     -\n" in shown


def test_other_messages_tell_their_codec() -> None:
    spoiled = json.dumps({"model": "a\x1b[2J", "messages": []}).encode()
    assert (
        "a\\x1b[2J"
        in good("inspect", piped=good("compress", "-c", "m2m-frame", piped=spoiled)).decode()
    )
    assert good("inspect", "#T1|1|{}") == b"codec        m2m-t1\ncoded_bytes  8\n"


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["decompress", "hello"], 1, "begins with no prefix"),
        (["decompress", "#BR|G6kE"], 1, "#BR| is a format that exists in documents only"),
        (["decompress", "#M2M|abcd"], 1, "#M2M| is the old dictionary format"),
        (["decompress", "#M2M[v2.0]|DATA:eJw="], 1, "#M2M[v2.0]| is zlib"),
        (["decompress", "#M2M|1|AAA"], 1, "bad base64"),
        (["decompress", "#M2M|1|AAAA"], 1, "fixed header is not complete"),
        (["inspect", "#M2M|1|AAAA"], 1, "fixed header is not complete"),
        (["compress", "-c", "m2m-frame", "no json"], 1, "carries JSON"),
        (["compress", "-c", "nonsense", "{}"], 1, "there is no codec 'nonsense'"),
        (["compress", "-f", "/nowhere/at/all"], 1, "/nowhere/at/all: no such file"),
        (["compress", "-f", "/dev/null", "{}"], 2, "not both"),
        (["compress", "-o", "/nowhere/at/all", "{}"], 1, "/nowhere/at/all: no such file"),
        (
            ["compress", "--seal", "hmac", "--key-file", "/nowhere/k", "{}"],
            1,
            "/nowhere/k: no such",
        ),
        (["compress", "--seal", "hmac", "{}"], 2, "go together"),
        (["compress", "--seal", "none", "{}"], 2, "Invalid value"),
    ],
)
def test_each_fault_is_one_line(arguments: list[str], code: int, why: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert why in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_only_frames_are_sealed(key_file: str) -> None:
    result = run("compress", "-c", "zstd", "--seal", "hmac", "--key-file", key_file, "{}")
    assert result.exit_code == 2
    assert "only frames can be sealed" in result.stderr


def test_a_terminal_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Asking())
    with pytest.raises(RefusedError, match="no message"):
        read_message(None, None)


def test_on_a_terminal_the_line_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    for message, shown in ((b"#T1|1|{}", b"#T1|1|{}\n"), (b"x\n", b"x\n")):
        held = io.BytesIO()
        terminal = Terminal(held)
        monkeypatch.setattr(sys, "stdout", terminal)
        write_message(message, None)
        assert held.getvalue() == shown


@pytest.mark.parametrize("message", [None, "-"])
def test_a_closed_standard_input_is_told(
    monkeypatch: pytest.MonkeyPatch, message: str | None
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(RefusedError):
        read_message(message, None)
