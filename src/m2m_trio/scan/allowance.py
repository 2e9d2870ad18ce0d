"""What reading one text, with all its views, may cost: bounds that attackers cannot move.

Passes over the whole text are always made. What comes on top (windows read, shapes searched,
spans decoded, their content read) is counted as effort, about a microsecond each. A text may
take `BASE` and `PER_BYTE` for what was read of it so far; what takes more is too dense, and is
said to be, for the rest of it is not read.
"""

from __future__ import annotations

BASE = 32_000
"""Effort that any text may take."""

PER_BYTE = 0.16
"""Effort that every byte of a text adds."""

SEARCHES = 32
"""Windows of one text that are searched for a shape with its gaps counted, which costs up to
a millisecond; beyond, a gap is of any length. Of 40 MB of others' code, documents and
requests no megabyte needed a dozen."""

AUTOMATON = 64 << 20
"""Bytes an RE2 automaton may remember of itself. A few hundred thousand do for what people
write; a flood of what it looks for makes it grow, and without room it would forget and
begin anew all the time, at a hundredth of the speed."""


class Account:
    """What is left of the effort for things that come one after the other.

    What each takes is its own, whether it was read now or is remembered: so a request that
    is too dense is too dense whenever it is sent.
    """

    def __init__(self) -> None:
        self.left: float = BASE

    def add(self, size: int, effort: float) -> bool:
        """Take something of ``size`` bytes that takes ``effort``; False: it is too much."""
        self.left += PER_BYTE * size - effort
        return self.left >= 0


class Allowance:
    """What may still be done for one text of ``size`` bytes.

    ``base`` is what may be taken at its very beginning.
    """

    def __init__(
        self, size: int, *, base: float = BASE, whole: bool = True, across: int = -1
    ) -> None:
        self._base = base
        self.size = size
        self.reached = 0
        """Bytes up to which the text was read."""

        self._searches = SEARCHES
        self._words: set[str] = set()
        self.spent = 0.0
        """Effort so far."""

        self.is_over = False
        """Whether that was too much: nothing more is to be read."""

        self.whole = whole
        """Whether the text's ends are ends, and no cuts."""

        self.across = across
        """Only what stands on both sides of this place is wanted; negative: all."""

        self.opened = False
        """Whether a gate word was seen anywhere."""

    def reach(self, place: int) -> None:
        """Note that the text was read up to ``place``, in bytes."""
        self.reached = max(self.reached, min(place, self.size))

    def spend(self, effort: float) -> bool:
        """Take ``effort``; False where it is too much, now or before."""
        self.spent += effort
        if self.spent > self._base + PER_BYTE * self.reached:
            self.is_over = True
        return not self.is_over

    def new(self, words: list[str]) -> int:
        """How many of ``words`` no window had before."""
        before = len(self._words)
        self._words.update(words)
        return len(self._words) - before

    def search(self) -> bool:
        """Take one search with gaps counted; False where there is none left."""
        self._searches -= 1
        return self._searches >= 0
