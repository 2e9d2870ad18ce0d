from __future__ import annotations

import pytest

from m2m_trio.scan.matcher import standard_matcher
from m2m_trio.scan.scanner import Scanner
from m2m_trio.scan.text import TextScanner


@pytest.fixture
def scanner() -> Scanner:
    return Scanner(standard_matcher(), key=b"a key of the tests")


@pytest.fixture
def texts() -> TextScanner:
    return TextScanner(standard_matcher())
