"""Tokens of a text for a model whose vocabulary is not to be had."""

from __future__ import annotations

import re

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
LONG_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{10,}")
DIGITS = re.compile(r"\d{1,3}")
LINE_ENDS = re.compile(r"\n+")
PIECES = re.compile(r"[^\W\d_]+|\d{1,3}|[^\w\s]|_|\n+")


def like_itself(tokens: int, _text: str) -> float:
    """The vocabulary is the model's own."""
    return tokens


def like_claude(tokens: int, text: str) -> float:
    """Claude 3 to 4.6, from cl100k's ``tokens``: it cuts digits, lines and long words more.

    Fitted on 358 recorded prompts and answers; 4 to 5 % off in the mean, 3 % in the median.
    """
    return (
        1.037 * tokens
        + 0.247 * len(DIGITS.findall(text))
        + 0.359 * len(LINE_ENDS.findall(text))
        + 0.393 * len(LONG_WORD.findall(text))
    )


def like_new_claude(tokens: int, text: str) -> float:
    """Claude from 4.7 on, from cl100k's ``tokens``: it cuts words of Latin letters more."""
    return tokens * (1.08 + 0.31 * latin_share(text))


def latin_share(text: str) -> float:
    """How much of ``text``, spaces left out, is letters of the Latin alphabet: 0 to 1."""
    visible = len("".join(text.split()))
    return sum(map(len, LATIN.findall(text))) / visible if visible else 0.0


def guess(text: str) -> float:
    """Tokens of ``text`` with no vocabulary at all, about 10 % off on English.

    A word of seven ASCII letters is one token, a longer one more; Han and kana about one
    each; digits go by three, marks one by one.
    """
    tokens = 0.0
    for piece in PIECES.findall(text):
        if piece.isascii() or not piece[0].isalpha():
            tokens += 1 if len(piece) <= 7 else 1 + (len(piece) - 7) / 5
        elif LATIN.match(piece):
            tokens += 1 + len(piece) / 6
        else:
            tokens += 0.8 * len(piece) if piece[0] >= "\u2e80" else 0.45 * len(piece) + 0.5
    return tokens
