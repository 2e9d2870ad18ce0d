"""Words of texts that are not Latin: cut at spaces; where there are none, the known ones."""

from __future__ import annotations

import re
from collections.abc import Collection

from m2m_trio.scan.fold import MARKS

UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that put no space between words."""

_INDIC = "\u0900-\u0963\u0966-\u0dff"
_FEW = 3
"""First characters between which one after the other is tried."""


def native_word(known: Collection[str]) -> re.Pattern[str]:
    """What finds words: the longest of ``known`` of an unspaced script, else a character."""
    letters = f"(?:(?![{UNSPACED}])[^\\W_]|[{_INDIC}{MARKS}])+"
    return re.compile(f"{_one_of(sorted(known))}|[{UNSPACED}]|{letters}")


def _one_of(words: list[str]) -> str:
    """An expression for the longest of ``words``, sorted, that is there.

    Halved by first characters until few are left: trying hundreds of words takes a
    microsecond for every character of a text.
    """
    firsts = sorted({word[0] for word in words})
    if len(firsts) <= _FEW:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"
    middle = firsts[len(firsts) // 2]
    return "|".join(
        f"(?=[{''.join({re.escape(word[0]) for word in half})}])(?:{_one_of(half)})"
        for half in (
            [word for word in words if word < middle],
            [word for word in words if word >= middle],
        )
    )
