from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from m2m_trio.store.directory import PREFIX, has_room, shared_directory


def test_it_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with shared_directory(1000, places=(tmp_path,)) as directory:
        assert directory is not None
        assert directory.parent == tmp_path
        assert directory.stat().st_mode & 0o777 == 0o700
        (directory / "base").write_bytes(b"text")
    assert list(tmp_path.iterdir()) == []


def test_the_first_place_with_room_is_taken(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    other.mkdir()
    with shared_directory(1000, places=(one, other)) as directory:
        assert directory.parent == other
    with shared_directory(2**60, places=(tmp_path, other)) as directory:
        assert directory.parent == other
    assert not has_room(tmp_path, 2**60)
    with shared_directory(1) as directory:
        assert directory is not None
        assert directory.name.startswith(f"{PREFIX}{os.getpid()}-")


def test_without_any_place_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with shared_directory(1, places=(tmp_path / "nowhere",)) as directory:
        assert directory is None
    assert "cannot share" in caplog.text


def test_what_a_killed_node_left_is_removed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    left = tmp_path / f"{PREFIX}{dead.pid}-abc"
    left.mkdir()
    (left / "base").write_bytes(b"text")
    kept = [
        tmp_path / f"{PREFIX}{os.getpid()}-ours",
        tmp_path / f"{PREFIX}x-abc",
        tmp_path / f"{PREFIX}1-init",
        tmp_path / f"{PREFIX}{2**70}-abc",
        tmp_path / "other",
    ]
    for each in kept:
        each.mkdir()
    (tmp_path / f"{PREFIX}{dead.pid}-link").symlink_to(kept[-1])
    (tmp_path / f"{PREFIX}{dead.pid}-gone").symlink_to("nowhere")
    with shared_directory(1, places=(tmp_path,)):
        pass
    assert not left.exists()
    assert all(each.exists() for each in kept)
