"""The worked examples of the pages about codecs: what they show is what happens."""

from __future__ import annotations

import re
import shlex
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from m2m_trio.cli import cli
from m2m_trio.codecs.catalog import CODECS
from m2m_trio.codecs.t1 import USER_KEYS
from m2m_trio.codecs.t1_words import KEYS
from m2m_trio.wire.base64text import encode_base64
from m2m_trio.wire.varint import encode_varints

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGES = ["codecs.md", "t1.md", "tk.md", "m2m-brotli.md", "frames.md"]
CONSOLE = re.compile(r"^ *```console\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def text(page: str) -> str:
    return (REFERENCE / page).read_text("utf-8")


def examples() -> list[tuple[str, str, str]]:
    """Page, command line and what it prints."""
    found = []
    for page in PAGES:
        for block in CONSOLE.findall(text(page)):
            for example in textwrap.dedent(block).split("$ ")[1:]:
                command, _, output = example.partition("\n")
                found.append((page, command, output.rstrip("\n")))
    return found


@pytest.mark.parametrize(("page", "command", "output"), examples())
def test_an_example_prints_what_it_shows(page: str, command: str, output: str) -> None:
    program, *arguments = shlex.split(command)
    assert program == "m2m-trio"
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.stderr
    assert result.output.rstrip("\n") == output


def test_there_are_examples() -> None:
    assert {page for page, _, _ in examples()} == {"t1.md", "m2m-brotli.md", "frames.md"}


def test_every_codec_is_in_the_table() -> None:
    for entry in CODECS:
        assert f"`{entry.name}`" in text("codecs.md")
        if entry.prefix.startswith(b"#"):
            assert entry.prefix.decode().replace("|", "\\|").rstrip("\\|") in text("codecs.md")


def test_the_words_of_t1_are_all_there() -> None:
    for word, short in KEYS.items():
        assert re.search(rf"`{word}` +\| +`{short}`", text("t1.md")), word
    for word in USER_KEYS:
        assert f"`{word}`" in text("t1.md")


def test_the_tokens_of_the_example_are_coded_as_shown() -> None:
    (ids, coded) = re.findall(r"->  ([\d ]+)  ->  #TK\|C\|(\S+)", text("tk.md"))[0]
    assert encode_base64(encode_varints(map(int, ids.split()))).decode() == coded
