"""Many expressions looked for in one pass of an RE2 set."""

from __future__ import annotations

from collections.abc import Mapping

import re2

from m2m_trio.scan.allowance import AUTOMATON


def sign_options() -> re2.Options:
    """Options for expressions over bytes."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    return options


class SignSet:
    """Expressions by number; tells which of them match."""

    def __init__(self, signs: Mapping[int, bytes]) -> None:
        self._numbers = [*signs]
        self._none = [len(self._numbers)]
        options = sign_options()
        options.never_capture = True
        options.max_mem = AUTOMATON
        self._set = re2.Set.SearchSet(options)
        for sign in signs.values():
            self._set.Add(sign)
        self._set.Add(rb"\A")  # matches any text: no answer means that it ran out of memory
        self._set.Compile()

    def find(self, plain: bytes) -> list[int]:
        """The numbers of the signs that are in ``plain``; all where it cannot tell."""
        present = self._set.Match(plain)
        if present == self._none:
            return []
        if present is None:
            return [*self._numbers]
        return [self._numbers[place] for place in present if place < self._none[0]]
