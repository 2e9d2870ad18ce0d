"""Tokens of a text for a model whose vocabulary is not to be had."""

from __future__ import annotations

import re

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
CLAUDE_MORE = (
    (re.compile(r"\d{1,3}"), 0.5),
    (re.compile(r"\n+"), 0.45),
    (re.compile(r"\n[-*\d#]"), -0.5),  # an item of a list, a heading
    (re.compile(r"[A-Za-z\u00c0-\u024f]{10,}"), 0.8),
    (re.compile(r"[a-z](?=[A-Z])"), 1.0),
    (re.compile(r"[^\w\x00-\u218f\ud800-\udfff]"), 2.0),  # arrows, boxes, emoji
)
"""What Claude's tokens are more than cl100k's, each time that a pattern is found."""

PIECES = re.compile(r"[^\W\d_]+|\d{1,3}|[^\w\s]|_|\n+")


def like_itself(tokens: int, _text: str) -> float:
    """The vocabulary is the model's own."""
    return tokens


def like_claude(tokens: int, text: str) -> float:
    """Claude 3 to 4.6, from cl100k's ``tokens``: it cuts rare things more, and lists less.

    Fitted on 359 recorded prompts and answers: 3.7 % off in the mean, and 4.1 % on those
    from sources that were left out of the fit.
    """
    more = (each * len(pattern.findall(text)) for pattern, each in CLAUDE_MORE)
    return 1.01 * tokens + sum(more)


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
