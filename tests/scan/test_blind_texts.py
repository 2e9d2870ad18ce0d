"""Rates on texts that no rule has seen: what to expect of the next wording.

The file holds texts that were judged and never learned from. A rule written for one of its
lines, or a model trained on it, makes the numbers lie: write new texts instead. (The innocent
ones of the seventh set, and those blocked of the ninth, had been read when the rules were
mended, which is why their rates flatter.)
"""

from __future__ import annotations

from pathlib import Path

import pytest

from m2m_trio.scan.matcher import standard_matcher
from m2m_trio.scan.score import score
from m2m_trio.scan.text import TextScanner

BLIND = Path(__file__).parent / "texts" / "blind.txt"


def flagged(section: str) -> float:
    """The share of a section's texts that would be blocked."""
    scanner = TextScanner(standard_matcher())
    _, _, after = BLIND.read_text(encoding="utf-8").partition(f"\n%% {section}\n")
    texts = [line.replace("\\n", "\n") for line in after.partition("\n%% ")[0].splitlines()]
    return sum(score(scanner.scan(text)) >= 0.8 for text in texts) / len(texts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("section", "least"),
    [
        ("direct", 0.65),
        ("indirect", 0.48),
        ("languages", 0.88),
        ("direct, eighth set", 0.27),
        ("indirect, eighth set", 0.3),
        ("languages, eighth set", 0.4),
        ("direct, ninth set", 0.5),
        ("indirect, ninth set", 0.34),
        ("languages, ninth set", 0.4),
    ],
)
def test_unseen_attacks_are_found_as_often_as_the_docs_say(section: str, least: float) -> None:
    assert flagged(section) >= least


@pytest.mark.slow
@pytest.mark.parametrize(
    ("section", "most"),
    [
        ("innocent", 0.01),
        ("innocent, seventh set", 0.01),
        ("innocent, eighth set", 0.02),
        ("innocent twins, eighth set", 0.11),
        ("innocent languages, eighth set", 0.04),
        ("innocent, ninth set", 0.03),
        ("innocent twins, ninth set", 0.05),
        ("innocent languages, ninth set", 0.08),
    ],
)
def test_unseen_innocent_texts_are_left_alone(section: str, most: float) -> None:
    assert flagged(section) <= most
