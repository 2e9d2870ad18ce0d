"""Slot grammar: which words may stand where, matched with whole-window bit operations.

A pattern reads ``ignore ..4 prior ..3 instruct``: a word of the slot ``ignore``, up to four
words of any kind, a word of ``prior`` and so on. ``a|b`` takes either slot, ``'word'`` a
word itself, ``^`` and ``$`` are the ends of a text; ``!a`` before all: not where ``a`` is
near, ``~a``: not where ``a`` is one of the two words before the match in its sentence; after
all, ``~a``: not where ``a`` is the word after it. A window's words
become one integer a slot, bit n for word n; a step of a pattern is a shift and an AND, so the
time is linear in the words and nothing is ever tried twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from itertools import chain
from operator import or_

from ahocorasick_rs import AhoCorasick, MatchKind
from attrs import frozen

from m2m_trio.scan.fold import fold_word, native_stream, others
from m2m_trio.scan.sieve import Sieve
from m2m_trio.scan.slips import Slips, Slots
from m2m_trio.scan.unspaced import UNSPACED, native_word

MAX_GAP = 12
KEPT_WORDS = 50_000
"""Words remembered with what they may be."""

_START, _END, _PHRASE = range(3)
_BEGINS_PHRASE = 1 << _PHRASE
_PHRASE_WORDS = 5
_ANY = "*"
LATIN_WORD = re.compile(r"[a-z0-9]+")
_UNSPACED_CHAR = re.compile(f"[{UNSPACED}]")

_GLUE = """
    and the your you are now with to of it is this that for in on all any my me as do not no
    anything everything without restrictions instructions send read https http com
"""


_COMMON_WORDS = """
    a about all an and any are as at be but by can code do else for from get give has have
    how i if in is it its just last list m make me must my new no not now of on one only
    open or other out output print put re read report response s say send set should show so
    state t text that the their them then these this those to type up us use user was way we
    were what when where which who will with without word would write you your content data
    display end file first input line message name answer return run start test value copy
    add help let
"""
_COMMON = frozenset(map(fold_word, _COMMON_WORDS.split()))
"""Words that stand nearly everywhere."""


Masks = dict[int, int]


def _as_read(word: str) -> str:
    """A word as a native stream has it: some Thai vowels are two characters there."""
    return native_stream(word, others(word)).decode("utf-8", "ignore")


@frozen(kw_only=True)
class Pattern:
    """A compiled pattern: the slots of each step, and the gap before it."""

    steps: tuple[tuple[int, Slots], ...]
    lead: Slots
    """The step that is looked for first: a match has a word of one of these slots."""

    needs: tuple[Slots, ...]
    """The slots of its steps: a match has one of each."""

    slots: int
    """Every slot it names, as bits."""

    never: Slots = ()
    """Slots that spoil the match, wherever in the window they are."""

    unless: Slots = ()
    """Slots that spoil it right before its first word: ``do not reveal …``."""

    after: Slots = ()
    """Slots that spoil it right after its last word: ``… instructions of a recipe``."""

    def find(
        self,
        masks: Masks,
        openings: Callable[[bytes, str], int] | None = None,
        window: bytes = b"",
        text: str = "",
    ) -> tuple[int, int] | None:
        """The first and last word of a match, by number; None where there is none.

        ``openings`` tells which words of the window begin a sentence, as bits; asked only
        where it matters.
        """
        if self.never and any(slot in masks for slot in self.never):
            return None
        reach = 0
        get = masks.get
        for gap, slots in self.steps:
            whole = get(slots[0], 0)
            for slot in slots[1:]:
                whole |= get(slot, 0)
            places = whole
            if reach:
                reach <<= 1
                for _ in range(gap):
                    reach |= reach << 1
                places &= reach
            elif self.unless:
                spoilt = 0
                for slot in self.unless:
                    spoilt |= get(slot, 0)
                if spoilt:
                    same = ~openings(window, text) if openings else -1
                    spoilt = spoilt << 1 & same
                    places &= ~(spoilt | spoilt << 1 & same)
            if not places:
                return None
            if whole != places:  # a phrase that is reached is passed as a whole
                for _ in range(_PHRASE_WORDS):
                    places |= places << 1 & whole
            reach = places
        for slot in self.after:
            reach &= ~(masks.get(slot, 0) >> 1)
        if not reach:
            return None
        last = (reach & -reach).bit_length() - 1
        return self._start(masks, last), last

    def _start(self, masks: Masks, last: int) -> int:
        """Where the match that ends at ``last`` begins: the same steps, backwards.

        The beginning of the text is no word of the match, however near it must be.
        """
        reach = 1 << last
        first = 1 if self.steps[0][1] == (_START,) and len(self.steps) > 1 else 0
        for index in range(len(self.steps) - 2, first - 1, -1):
            gap = self.steps[index + 1][0]
            reach >>= 1
            for _ in range(gap):
                reach |= reach >> 1
            places = 0
            for slot in self.steps[index][1]:
                places |= masks.get(slot, 0)
            reach &= places
        return reach.bit_length() - 1


def _bits(slots: Iterable[int]) -> int:
    bits = 0
    for slot in slots:
        bits |= 1 << slot
    return bits


class Lexicon:
    """Slots and their words; compiles patterns, reads windows."""

    def __init__(self, *tables: Mapping[str, str]) -> None:
        """Take the words of ``tables``; those of the first are known mistyped as well."""
        self.slots: dict[str, int] = {"^": _START, "$": _END}
        self._words: dict[str, Slots] = {}
        self._stems: dict[int, dict[str, Slots]] = {1: {}}
        self._stem_lengths: dict[str, list[int]] = {}
        self._shortest: tuple[int, ...] = ()
        self._phrases: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]] = {}
        self._unspaced: set[str] = set()
        self._known: dict[str, Slots] = {}
        self._seen: dict[str, int] = {}
        self._sieve, self._above = Sieve([]), 0
        self._typed: set[str] = set()
        self._cost: dict[int, int] = {}
        for table in tables:
            for slot, words in table.items():
                for word in words.split():
                    self.add(slot, word)
            self._typed = self._typed or {*self._words, *chain(*self._stems.values())}
        self.native_word = native_word(self._unspaced)
        self._slips: Slips | None = None
        self._parts: AhoCorasick | None = None

    def add(self, slot: str, word: str) -> None:
        """Let ``word`` (or ``stem*``, or ``two_words``) stand in ``slot``."""
        number = self.slots.setdefault(slot, len(self.slots) + 1)
        self._forget()
        if "_" in word:
            parts = word.split("_")
            self._unspaced.update(filter(_UNSPACED_CHAR.search, map(_as_read, parts)))
            first, *rest = map(fold_word, parts)
            followers = self._phrases.setdefault(first, {})
            key = _ANY if rest[0].endswith("*") else rest[0]
            followers.setdefault(key, []).append((tuple(rest), number))
            self._put(self._words, first, _PHRASE)
            return
        if _UNSPACED_CHAR.search(word):
            self._unspaced.add(_as_read(word))
        folded = fold_word(word.rstrip("*"))
        cost = 50 if folded in _COMMON else 1
        self._cost[number] = self._cost.get(number, 0) + cost
        if word.endswith("*"):
            self._put(self._stems.setdefault(len(folded), {}), folded, number)
            self._shortest = (1,) if self._stems[1] else ()
            lengths = self._stem_lengths.setdefault(folded[:2], [1])
            if len(folded) not in lengths:
                lengths.append(len(folded))
        else:
            self._put(self._words, folded, number)

    def _part_words(self) -> list[str]:
        """The words of the first table and of patterns: others are in too many names."""
        named = (name.strip("'") for name in self.slots if name.startswith("'"))
        words = {*self._typed, *map(fold_word, (*named, *_GLUE.split()))}
        return sorted(word for word in words if word.isascii() and len(word) > 1)

    @staticmethod
    def _put(table: dict[str, Slots], word: str, number: int) -> None:
        table[word] = tuple(dict.fromkeys((*table.get(word, ()), number)))

    def compile(self, text: str) -> Pattern:
        """The pattern that ``text`` describes.

        Raises:
            ValueError: It names a slot that is not there, or a gap too wide.
        """
        steps: list[tuple[int, Slots]] = []
        never: Slots = ()
        unless: Slots = ()
        after: Slots = ()
        gap = 0
        for part in text.split():
            if part[0] in "!~":
                slot = self._slot(part[1:], text)
                if part[0] == "!":
                    never = (*never, slot)
                elif steps:
                    after = (*after, slot)
                else:
                    unless = (*unless, slot)
                continue
            if after:
                raise ValueError(f"{text!r}: ~ stands before all slots or after them")
            if part.startswith(".."):
                gap = int(part[2:]) if part[2:].isdigit() else 0
                if not 0 < gap <= MAX_GAP or not steps:
                    raise ValueError(f"{text!r}: gaps stand between slots, ..1 to ..{MAX_GAP}")
                continue
            steps.append((gap, tuple(self._slot(name, text) for name in part.split("|"))))
            gap = 0
        if not steps or gap:
            raise ValueError(f"{text!r} does not end with a slot")
        real = [slots for _, slots in steps if min(slots) > _PHRASE]
        return Pattern(
            steps=tuple(steps),
            lead=min(real or [steps[0][1]], key=self._commonness),
            needs=tuple(slots for _, slots in steps),
            slots=_bits((*chain(*(slots for _, slots in steps)), *never, *unless, *after)),
            never=never,
            unless=unless,
            after=after,
        )

    def words_of(self, slots: set[int]) -> list[str]:
        """The words and stems of ``slots``; of phrases the first word."""
        numbers = {*slots}
        found = []
        for table in (self._words, *self._stems.values()):
            found += [word for word, fits in table.items() if numbers.intersection(fits)]
        for first, followers in self._phrases.items():
            phrases = [phrase for listed in followers.values() for phrase in listed]
            found += [f"{first} {rest[0]}" for rest, number in phrases if number in numbers]
        return found

    def _commonness(self, slots: Slots) -> int:
        """How often a word of ``slots`` stands in any text, by a rough guess."""
        return sum(self._cost.get(slot, 0) for slot in slots)

    def _slot(self, name: str, text: str) -> int:
        if name.startswith("'") and name not in self.slots:
            self.add(name, name.strip("'"))
        number = self.slots.get(name)
        if number is None:
            raise ValueError(f"{text!r}: there is no slot {name!r}")
        return number

    def sift(self, patterns: Iterable[Pattern]) -> None:
        """Let `likely` tell of ``patterns``, when all are compiled."""
        self._sieve = Sieve(pattern.needs for pattern in patterns)
        self._above = len(self.slots) + 1
        self._forget()

    def likely(self, words: list[str], *, first: bool, last: bool) -> tuple[list[int], Masks]:
        """The numbers of the patterns that may match a window, no other does, and masks.

        In the masks are its phrases and the ends of the text, so far. ``first`` and
        ``last``: the window begins with the text's first word, ends with its last.
        """
        try:
            seen = [*map(self._seen.__getitem__, words)]
        except KeyError:
            get, learn = self._seen.get, self._learn
            seen = [got if (got := get(word)) is not None else learn(word) for word in words]
        masks: Masks = {}
        for place in [at for at, bits in enumerate(seen, 1) if bits & _BEGINS_PHRASE]:
            followers = self._phrases[words[place - 1]]
            if place < len(words) and (words[place] in followers or _ANY in followers):
                self._mark_phrases(words, place, masks)
        if first:
            masks[_START] = 1
        if last:
            masks[_END] = 1 << len(words) + 1
        there = reduce(or_, filter(None, seen), 0) >> self._above
        return self._sieve.whole(there | self._sieve.bits(masks)), masks

    def mark(self, words: list[str], masks: Masks, wanted: int = -1) -> None:
        """Mark where the single words of a window stand: bit n + 1 for word n, in each slot.

        ``wanted`` are the slots asked for, as bits; others may be left out.
        """
        seen = map(self._seen.get, words)
        for place in [at for at, bits in enumerate(seen, 1) if bits is None or bits & wanted]:
            bit = 1 << place
            for slot in self.slots_of(words[place - 1]):
                masks[slot] = masks.get(slot, 0) | bit

    def masks(self, words: list[str], *, first: bool, last: bool) -> Masks:
        """Where the folded words, the phrases and the ends of a window stand."""
        _, masks = self.likely(words, first=first, last=last)
        self.mark(words, masks)
        return masks

    def split(self, word: str) -> list[str]:
        """The known words inside a word written without spaces, longest first."""
        if self._parts is None:
            words = self._part_words()
            self._parts = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
        return self._parts.find_matches_as_strings(word)

    def _learn(self, word: str) -> int:
        """Note the slots of ``word`` by itself, as bits; those of the sieve stand above."""
        slots = self.slots_of(word)
        seen = _bits(slots) | self._sieve.bits(slots) << self._above if slots else 0
        if len(self._seen) >= KEPT_WORDS:
            self._forget()
        self._seen[word] = seen
        return seen

    def _forget(self) -> None:
        self._known.clear()
        self._seen.clear()

    def slots_of(self, word: str) -> Slots:
        slots = self._known.get(word)
        if slots is not None:
            return slots
        if self._seen.get(word) == 0:
            return ()
        slots = self._exact(word)
        if not slots and len(word) >= 4 and not (word[-1] == "s" and self._exact(word[:-1])):
            if self._slips is None:
                self._slips = Slips(self._typed, self._exact)
            slots = tuple(slot for slot in self._slips.of(word) if slot != _PHRASE)
        if slots:
            if len(self._known) >= KEPT_WORDS:
                self._forget()
            self._known[word] = slots = tuple(dict.fromkeys(slots))
        return slots

    def _exact(self, word: str) -> Slots:
        slots = self._words.get(word, ())
        for length in self._stem_lengths.get(word[:2], self._shortest):
            slots += self._stems[length].get(word[:length], ())
        return slots

    def _mark_phrases(self, words: list[str], place: int, masks: Masks) -> None:
        """Mark every word of the phrases that begin at ``place``."""
        followers = self._phrases[words[place - 1]]
        for rest, slot in (*followers.get(words[place], ()), *followers.get(_ANY, ())):
            found = words[place : place + len(rest)]
            if found == [*rest] or (
                rest[-1][-1] == "*"
                and found[:-1] == [*rest[:-1]]
                and found[-1].startswith(rest[-1][:-1])
            ):
                bits = (1 << len(rest) + 1) - 1 << place
                masks[slot] = masks.get(slot, 0) | bits
