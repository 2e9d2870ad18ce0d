"""Every flood we know takes time in proportion to its length, and stops at what it may take."""

from __future__ import annotations

import pytest
from scan_floods import BODIES, TEXTS, flood, flood_body
from scan_growth import MOST, growth

from m2m_trio.errors import ClientError
from m2m_trio.scan.allowance import BASE, PER_BYTE
from m2m_trio.scan.matcher import standard_matcher
from m2m_trio.scan.scanner import Scanner
from m2m_trio.scan.text import TextScanner

SIZE = 128_000

SCANNER = TextScanner(standard_matcher())


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_twice_a_flood_takes_twice_the_time(name: str) -> None:
    text = flood(name, 2 * SIZE)
    _, allowance = SCANNER.read(text)
    assert allowance.spent <= 1.5 * (BASE + PER_BYTE * allowance.size)
    assert growth(SCANNER.read, text[:SIZE], text) <= MOST


def scan(body: bytes) -> object:
    try:
        return Scanner(standard_matcher(), key=b"none remembered").scan_body(body)
    except ClientError as error:
        return error


@pytest.mark.slow
@pytest.mark.parametrize("name", BODIES)
def test_twice_a_request_of_many_takes_twice_the_time(name: str) -> None:
    assert growth(scan, flood_body(name, SIZE), flood_body(name, 2 * SIZE)) <= MOST
