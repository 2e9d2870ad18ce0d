"""Every example runs as it is, with warnings as errors, and says what it should."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"

SAYS = {
    "app_as_gateway": (
        r"the wire carried \d{4} bytes\nthe app got 1 messages, \d{4} bytes\n"
        r"the wire carried \d{2,3} bytes\nthe app got 3 messages, \d{4} bytes\n"
    ),
    "bare_exchange": r"status: 200\n.+\ntokens: \d+\nrefused: 400 bad_request: .*\n",
    "custom_stage": (
        r"events: \[b'data: one\\n\\n'\]\n(?:events: .*\n)+"
        r"the stage counted (\d+) bytes\nthe client got \1 bytes\n"
    ),
    "embed_node": r"answer: .+\ndrained\n",
    "quart_app": r"page: my own page\nanswer: .+\nserved by: my app\n",
    "sdk_as_edge": (
        r"request of 1 turns: \d{4} bytes sent\n"
        r"(?:request of [23] turns: \d{2,3} bytes sent\n){2}"
    ),
    "stock_hypercorn": r"health: ok\nmodels: .*demo.*\nexit code: 0\n",
}


def test_every_example_is_run() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.py")} == set(SAYS)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAYS)
def test_example_runs(name: str, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", EXAMPLES / f"{name}.py"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "HOME": str(tmp_path), "PYTHONWARNINGS": "error"},
    )
    assert run.returncode == 0, run.stderr
    assert re.fullmatch(SAYS[name], run.stdout, re.DOTALL), run.stdout
