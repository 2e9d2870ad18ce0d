"""The benchmark of the hop runs, on traffic it makes up.

It runs from a copy, beside which there is no recorded traffic. Of the figures only those are
looked at that are the same on any machine; it stops by itself where a byte arrives changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def rows(what: str, directory: Path, *options: str, may_say: str = "") -> list[str]:
    """The lines of the table that ``run.py WHAT --quick`` prints, without its head.

    It may fail saying ``may_say``.
    """
    copy = directory / "project" / "benchmarks"
    shutil.copytree(BENCHMARKS, copy, ignore=shutil.ignore_patterns("results", "__pycache__"))
    run = subprocess.run(
        [sys.executable, copy / "hop/run.py", what, "--quick", *options],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        cwd=directory,
    )
    assert run.returncode == 0 or run.stderr.strip() == may_say, run.stderr
    return run.stdout.splitlines()[1:]


@pytest.mark.slow
def test_bytes_are_measured(tmp_path: Path) -> None:
    sessions, streams, paced = (line.split() for line in rows("bytes", tmp_path))
    assert sessions[:3] == ["sessions:", "made", "up"]
    assert float(sessions[sessions.index("MB") + 7]) < 10  # % of a request that is left
    for line in (streams, paced):
        assert float(line[line.index("MB") + 7]) < 15  # % of a reply


@pytest.mark.slow
@pytest.mark.parametrize("what", ["latency", "first-token"])
def test_times_are_measured(what: str, tmp_path: Path) -> None:
    table = rows(what, tmp_path)
    assert table
    assert all(" ms " in line or " s " in line for line in table)


@pytest.mark.slow
def test_memory_is_measured(tmp_path: Path) -> None:
    lines = [line.split() for line in rows("memory", tmp_path)]
    assert [line[:2] for line in lines][-1] == ["6", "120"]
    held = [float(line[2]) for line in lines]
    assert held == sorted(held)
    assert 120 * 50_000 / 2**20 < held[-1] < 9


@pytest.mark.slow
def test_a_soak_exchanges_and_looks(tmp_path: Path) -> None:
    growing = "memory grew in the second half"  # as it may in its first seconds
    lines = rows("soak", tmp_path, "--minutes", "0.1", may_say=growing)
    sent = [int(line.split()[1]) for line in lines]
    assert len(sent) == 20
    assert sent == sorted(sent)
    assert sent[-1] > 0
