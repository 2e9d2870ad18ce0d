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


def rows(what: str, directory: Path) -> list[str]:
    """The lines of the table that ``run.py WHAT --quick`` prints, without its head."""
    copy = directory / "project" / "benchmarks"
    shutil.copytree(BENCHMARKS, copy, ignore=shutil.ignore_patterns("results", "__pycache__"))
    run = subprocess.run(
        [sys.executable, copy / "hop/run.py", what, "--quick"],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        cwd=directory,
    )
    assert run.returncode == 0, run.stderr
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
    assert len(rows(what, tmp_path)) == 1
