"""Long texts that say the same over and over are read as shorter ones.

What repeats itself costs an attacker nothing to write and, where every word opens the gate,
a reader a lot. All that the rules look at lies within a few thousand characters: of a longer
stretch that repeats, `shorten` leaves `KEPT`, and takes out an even number of whole turns, so
that both ends, what stands around them and what quotation marks pair with are the same.
"""

from __future__ import annotations

LONG = 64 * 1024
"""Characters from which a text is looked at for repetition."""

KEPT = 32 * 1024
"""Characters left of what repeats: several times what any rule or coding looks at."""

PERIOD = 4096
"""Characters of the longest passage that is seen to repeat."""

_SAMPLE = 64
_STEP = 4096
_PLACES = 4
"""Places at which a text is looked at."""


def shorten(text: str) -> tuple[str, int, int]:
    """``text`` with its longest repetition cut out; where, and how many characters.

    Nothing is cut out of most texts: then the number is 0.
    """
    size = len(text)
    if size >= LONG:
        for number in range(_PLACES):
            place = size * (2 * number + 1) // (2 * _PLACES)
            sample = text[place : place + _SAMPLE]
            period = text.find(sample, place + 1, place + PERIOD + _SAMPLE) - place
            if period > 0:
                start, end = _stretch(text, place, period)
                cut = (end - start - KEPT) // (2 * period) * (2 * period)
                if cut >= KEPT:
                    at = start + KEPT // 2
                    return text[:at] + text[at + cut :], at, cut
    return text, size, 0


def _stretch(text: str, place: int, period: int) -> tuple[int, int]:
    """Where what repeats after ``period`` characters at ``place`` begins and ends, roughly."""
    start = end = place
    while end + period + _STEP <= len(text) and _same(text, end, period):
        end += _STEP
    while start >= _STEP and _same(text, start - _STEP, period):
        start -= _STEP
    return start, end + period


def _same(text: str, at: int, period: int) -> bool:
    return text[at : at + _STEP] == text[at + period : at + period + _STEP]
