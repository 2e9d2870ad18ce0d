"""Texts counted with another vocabulary than the model's own."""

from __future__ import annotations

import pytest

from m2m_trio.tokens.estimate import like_claude


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("plain words", 0.0),
        ("12345 and 6", 3 * 0.5),
        ("a\n\nb\nc", 2 * 0.45),
        ("a\n- b\n1. c", 2 * 0.45 - 2 * 0.5 + 0.5),
        ("understanding things", 0.8),
        ("OpenTelemetry", 0.8 + 1.0),
        ("camelCase", 1.0),
        ("👋 → ✓", 3 * 2.0),
        ("naïve \u2013 \u201cquotes\u201d 你好", 0.0),
        ("\ud83d" * 1000, 0.0),
    ],
)
def test_what_claude_cuts_more(text: str, more: float) -> None:
    assert like_claude(100, text) == pytest.approx(101 + more)
