from __future__ import annotations

import io
import os
import pty
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from m2m_trio.telemetry.lines import LINE_BYTES, LineWriter


class Pipe:
    """A pipe whose writing end is a text stream, as standard error is."""

    def __init__(self) -> None:
        self.reader, writer = os.pipe()
        os.set_blocking(self.reader, False)
        self.stream: TextIO = os.fdopen(writer, "w")

    def read(self) -> bytes:
        parts = []
        while True:
            try:
                part = os.read(self.reader, 1 << 16)
            except BlockingIOError:
                part = b""
            if not part:
                return b"".join(parts)
            parts.append(part)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    os.close(made.reader)
    made.stream.close()


def test_a_line_goes_through_a_pipe(pipe: Pipe) -> None:
    writer = LineWriter(pipe.stream)
    writer.write("héllo")

    assert pipe.read() == "héllo\n".encode()
    assert os.get_blocking(pipe.stream.fileno())  # others may write to it as well
    writer.close()


def test_a_reader_that_stalls_costs_lines_and_no_time(pipe: Pipe) -> None:
    writer = LineWriter(pipe.stream)
    for _ in range(100):
        writer.write("x" * 1000)
    lost = writer.lost
    assert 0 < lost < 100
    kept = pipe.read().splitlines()
    assert len(kept) == 100 - lost
    writer.write("again")

    assert pipe.read().decode().splitlines() == [f"({lost} log lines lost)", "again"]
    assert writer.lost == 0
    writer.close()


def test_a_reader_that_is_gone_ends_nothing() -> None:
    reader, end = os.pipe()
    with os.fdopen(end, "w") as stream:
        writer = LineWriter(stream)
        os.close(reader)
        writer.write("nobody")
        late = LineWriter(stream)  # cannot be opened anew: nobody reads
        late.write("nobody")

        assert writer.lost == late.lost == 1
        writer.close()
        late.close()


def test_without_a_second_opening_it_waits_for_nothing_either(
    pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> int:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        writer = LineWriter(pipe.stream)
    for _ in range(100):
        writer.write("x" * 1000)

    assert writer.lost > 0
    pipe.read()
    writer.write("again")
    assert pipe.read().endswith(b"again\n")
    writer.close()


def test_a_long_line_is_cut_at_a_character(pipe: Pipe) -> None:
    writer = LineWriter(pipe.stream)
    writer.write("é" * LINE_BYTES)
    line = pipe.read()

    assert len(line) <= LINE_BYTES
    assert line.decode().endswith("é …\n")
    writer.close()


def test_a_file_is_appended_to(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_text("before\n")
    with file.open("a") as stream:
        writer = LineWriter(stream)
        writer.write("after")
        writer.close()

    assert file.read_text() == "before\nafter\n"


def test_a_socket_takes_lines() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("w") as stream:
        writer = LineWriter(stream)
        writer.write("to the journal")
        assert theirs.recv(100) == b"to the journal\n"
        for _ in range(10_000):
            writer.write("x" * 1000)
        assert writer.lost > 0
        writer.close()


def test_a_terminal_takes_lines() -> None:
    master, slave = pty.openpty()
    with os.fdopen(slave, "w") as stream:
        writer = LineWriter(stream)
        writer.write("hello")
        assert os.read(master, 100).split() == [b"hello"]
        writer.close()
    os.close(master)


def test_a_stream_that_is_no_file_takes_lines() -> None:
    stream = io.StringIO()
    writer = LineWriter(stream)
    writer.write("hello \ud800")
    assert stream.getvalue() == "hello \\ud800\n"
    stream.close()
    writer.write("nobody")

    assert writer.lost == 1


def test_a_closed_writer_and_no_stream_take_everything() -> None:
    for writer in (LineWriter(None), LineWriter(io.StringIO())):
        writer.close()
        writer.close()
        writer.write("nobody")
        assert writer.lost == 0
