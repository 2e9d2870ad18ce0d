"""Words that are not spelled as they should be: ``instrcutions``, ``prvs``, ``reveeeal``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

Slots = tuple[int, ...]

_TRIPLED = re.compile(r"(.)\1\1")
_RUN = re.compile(r"(.)\1+")


def _without_vowels(word: str) -> str:
    return word[:1] + word[1:].encode().translate(None, b"aeiou").decode()


def _sorted(word: str) -> str:
    """The same for every order of the inner letters."""
    return word[:1] + "".join(sorted(word[1:-1])) + word[-1:]


def _frame(word: str) -> tuple[str, str, int]:
    """What an order of the inner letters leaves: most words are told apart by it."""
    return word[0], word[-1], len(word)


class Slips:
    """What mistyped forms of ``words`` stand for, of those that are letters only.

    ``exact`` tells the slots of a word.
    """

    def __init__(self, words: Iterable[str], exact: Callable[[str], Slots]) -> None:
        self._exact = exact
        self._slots: dict[str, Slots] = {}
        """By the words without vowels, in another order, with letters once."""

        for word in sorted(words, key=lambda word: (len(word), word)):
            self._add(word)
        self._frames = {_frame(slip) for slip in self._slots}

    def _add(self, word: str) -> None:
        slots = self._exact(word)
        if not (word.isascii() and word.isalpha() and slots):
            return
        slips = self._slots
        if _RUN.search(word):
            slips.setdefault(_RUN.sub(r"\1", word), slots)
        if len(word) >= 6:
            slips.setdefault(_sorted(word), slots)
            slips.setdefault(_sorted(word + "s"), slots)
            if len(short := _without_vowels(word)) >= 4:
                slips.setdefault(short, slots)
        if len(word) >= 8:
            for at in range(2, len(word)):
                slips.setdefault(word[:at] + word[at + 1 :], slots)

    def of(self, word: str) -> Slots:
        """Slots of a word that is none of the words themselves."""
        slips = self._slots
        if _TRIPLED.search(word):
            single = _RUN.sub(r"\1", word)
            return (
                self._exact(single)
                or self._exact(_RUN.sub(r"\1\1", word))
                or slips.get(single, ())
            )
        if not word.isalpha():
            return ()
        return (
            slips.get(_without_vowels(word))
            or slips.get(word)
            or (_frame(word) in self._frames and slips.get(_sorted(word)))
            or slips.get(word[:-1] if word[-1] == "s" else "", ())
        )
