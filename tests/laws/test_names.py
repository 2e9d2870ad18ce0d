"""pytest imports test files by their bare names: two of one name break the whole run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path


def test_no_two_test_files_share_a_name() -> None:
    names = Counter(path.name for path in Path(__file__).parents[1].rglob("*.py"))
    again = {name for name, count in names.items() if count > 1}
    assert again <= {"conftest.py"}
