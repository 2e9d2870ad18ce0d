from __future__ import annotations

import pytest

from m2m_trio.scan.matcher import Matcher
from m2m_trio.scan.scanner import Scanner
from m2m_trio.scan.text import TextScanner

_MATCHER = Matcher()


@pytest.fixture
def scanner() -> Scanner:
    return Scanner(_MATCHER, key=b"a key of the tests")


@pytest.fixture
def texts() -> TextScanner:
    return TextScanner(_MATCHER)
