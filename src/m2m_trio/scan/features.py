"""What the model is told of a window of words."""

from __future__ import annotations

from collections.abc import Iterable

from m2m_trio.scan.grammar import KEPT_WORDS, Lexicon


class Features:
    """The features of windows: each ASCII word, and ``@`` and each slot that stands there.

    Words of other scripts count by their slots only: of those there are too few innocent
    texts to tell what is common in them.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._of_word: dict[str, list[str]] = {}
        self._slots = {
            number: f"@{name}" for name, number in lexicon.slots.items() if name[0] not in "'^$"
        }

    def of(self, words: Iterable[str], phrases: Iterable[int]) -> set[str]:
        """Of a window of ``words`` in which the slots ``phrases`` stand, of several words."""
        kept, slots = self._of_word, self._slots
        found = {slots[slot] for slot in phrases if slot in slots}
        for word in {*words}:
            features = kept.get(word)
            if features is None:
                if len(kept) >= KEPT_WORDS:
                    kept.clear()
                features = kept[word] = self._of(word)
            found.update(features)
        return found

    def _of(self, word: str) -> list[str]:
        slots = [
            self._slots[slot] for slot in self._lexicon.slots_of(word) if slot in self._slots
        ]
        return [word, *slots] if word.isascii() else slots
