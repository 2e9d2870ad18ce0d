"""All rules, compiled; reads the windows that the gate opens."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from operator import attrgetter

import re2
from ahocorasick_rs import BytesAhoCorasick, Implementation
from attrs import evolve, frozen

from m2m_trio.scan.allowance import AUTOMATON, Allowance
from m2m_trio.scan.features import Features
from m2m_trio.scan.fold import LATIN, fold_word, has_native, latin_part, native_stream, others
from m2m_trio.scan.gate import BEFORE, Gate, cipher_literals, latin_literals, native_literals
from m2m_trio.scan.grammar import LATIN_WORD, Lexicon, Pattern
from m2m_trio.scan.languages import TABLES
from m2m_trio.scan.lexicon import ENGLISH
from m2m_trio.scan.opinion import LEAST, SURE, Opinion
from m2m_trio.scan.rules import RULES, Rule
from m2m_trio.scan.weights import WEIGHTS

_WORDS = bytes(
    code if code in b"abcdefghijklmnopqrstuvwxyz0123456789" else 32 for code in range(256)
)
"""`bytes.translate` table: what is between words of a Latin stream becomes spaces."""

GLUED = 20
"""Letters from which a word is taken for several without spaces."""

_OF_KNOWN = 0.8
"""How much of such a word must be known words: names in code are not read."""

_WINDOW, _WORD, _NEW, _GLUED = 8.0, 0.4, 2.5, 4.0
"""Effort of a window, of each of its words, of one that was not read before, of one that is
glued of several."""

_BEHIND = 400
"""Bytes behind an address in which more is looked for."""

_BESIDE = 60.0
"""Effort of looking there."""

_SHAPE, _SHAPE_BYTE, _COUNTED = 2.0, 0.002, 50.0
"""Effort of a shape in a window, of each byte, and of counting its gaps."""

OPINION = "prompt_injection.opinion"
"""The name that the model's finding has."""

_STOP = re.compile(rb"[.!?]\s|\n\s*\n")
"""What ends a sentence; not the end of a line, where a sentence may go on."""

_GAP = re.compile(r"(?<=[^\\][\].])\{([01]),\d+\}")
"""A bounded repeat of a set, in an expression, or of anything: ``[^x]{0,80}``, ``.{1,60}``."""


@frozen
class Match:
    """A rule that matched, and where in the stream."""

    rule: Rule
    start: int
    end: int


@frozen
class _Shape:
    rule: Rule
    expression: re2._Regexp[bytes]

    sieve: re2._Regexp[bytes] | None
    """The expression with gaps of any length: it matches wherever that one does, and RE2
    has a small automaton for it, where that one takes a millisecond a window at worst. None
    where there are no gaps."""

    def search(self, window: bytes, allowance: Allowance) -> re2._Match[bytes] | None:
        """The first match in ``window``."""
        allowance.spend(_SHAPE + _SHAPE_BYTE * len(window))
        if self.sieve is not None:
            wide = self.sieve.search(window)
            if wide is None or not allowance.search():
                return wide
            allowance.spend(_COUNTED)
        return self.expression.search(window)


class Matcher:
    """Rules over streams. Building one takes some hundredths of a second: keep it."""

    def __init__(
        self,
        rules: Iterable[Rule] = RULES,
        words: Mapping[str, str] | None = None,
        opinion: Opinion | None = None,
    ) -> None:
        self._opinion = opinion
        self._lexicon = Lexicon(ENGLISH, *TABLES, words or {})
        self._patterns: list[tuple[Pattern, Rule]] = []
        self._beside: list[tuple[Pattern, Rule]] = []
        self._shapes_beside: list[_Shape] = []
        self._cues: dict[bytes, list[int]] = {}
        self._shapes: list[_Shape] = []
        latin, native = set(latin_literals()), set(native_literals())
        for rule in rules:
            self._add(rule)
            if rule not in RULES:
                for word in self._gate_words(rule):
                    other = others(word)
                    if has_native(other):
                        native.add(native_stream(word, other))
                    else:
                        latin.add(latin_part(word, other).translate(LATIN))
        self._lexicon.sift(pattern for pattern, _ in self._patterns)
        self._find_cues = BytesAhoCorasick(
            [cue for cue in self._cues if cue], implementation=Implementation.DFA
        )
        self._cued = [self._cues[cue] for cue in self._cues if cue]
        self._latin = Gate(sorted(latin), cipher_literals())
        self._native = Gate(sorted(native), letter=2)
        self._features = Features(self._lexicon)

    def _add(self, rule: Rule) -> None:
        patterns = self._beside if rule.beside else self._patterns
        for text in rule.patterns:
            patterns.append((self._lexicon.compile(text), rule))
        if rule.shape:
            options = re2.Options()
            options.case_sensitive = False
            options.log_errors = False
            options.dot_nl = True
            options.encoding = re2.Options.Encoding.LATIN1
            widened = _GAP.sub(lambda gap: "*" if gap[1] == "0" else "+", rule.shape)
            expression = re2.compile(rule.shape.encode("ascii"), options)
            sieve = None
            if widened != rule.shape:
                options.max_mem = AUTOMATON
                sieve = re2.compile(widened.encode("ascii"), options)
            shape = _Shape(rule, expression, sieve)
            if rule.beside:
                self._shapes_beside.append(shape)
                return
            for cue in rule.cues or ("",):
                self._cues.setdefault(cue.encode("ascii"), []).append(len(self._shapes))
            self._shapes.append(shape)

    def _gate_words(self, rule: Rule) -> list[str]:
        """Literals near which an operator's rule is looked for."""
        if rule.gate:
            return list(rule.gate)
        leads = [self._lexicon.compile(text).lead for text in rule.patterns]
        return [*rule.cues, *self._lexicon.words_of({slot for lead in leads for slot in lead})]

    def places(self, plain: bytes) -> list[int]:
        """Where the Latin part of a text may be worth reading: gate words, words in cipher."""
        return self._latin.places(plain.translate(LATIN))

    def match_latin(
        self,
        plain: bytes,
        allowance: Allowance,
        ciphered: list[tuple[str, int]],
        *,
        across: int = -1,
    ) -> Iterator[Match]:
        """What matches in the Latin part of a text; ciphers seen go into ``ciphered``.

        ``across``: only windows on both sides of this place are read; negative: all.
        """
        stream = plain.translate(LATIN)
        size = len(stream)
        whole = allowance.whole
        seen: set[bytes] = set()
        spoken = 0
        for start, end in self._latin.windows(stream, ciphered):
            allowance.opened = True
            if across >= 0 and not start < across < end:
                continue
            window = plain[start:end]
            if window in seen and end < size:
                continue
            seen.add(window)
            text = stream[start:end].decode("ascii")
            words = stream[start:end].translate(_WORDS).decode("ascii").split()
            allowance.reach(end)
            if not allowance.spend(_WINDOW + _WORD * len(words) + _NEW * allowance.new(words)):
                return
            if max(map(len, words), default=0) >= GLUED:
                yield from self._match_glued(words, start, end, allowance)
            found, phrases = self._find(
                words,
                first=whole and start == 0,
                last=whole and end == size,
                window=window,
                text=text,
            )
            matches = _placed(found, text, start)
            for shape in self._cued_shapes(window):
                hit = shape.search(window, allowance)
                if hit is not None:
                    matches.append(Match(shape.rule, start + hit.start(), start + hit.end()))
            yield from self._weigh(matches, words, phrases, allowance)
            for match in matches:
                if match.rule.spoken and match.end + _BEHIND > spoken:
                    first, spoken = max(match.start - BEFORE, spoken), match.end + _BEHIND
                    yield from self._match_beside(plain, first, spoken, allowance)

    def _match_beside(
        self, plain: bytes, start: int, end: int, allowance: Allowance
    ) -> Iterator[Match]:
        """What matches in ``plain[start:end]``, beside an address, of rules for there."""
        window = plain[start:end]
        text = window.translate(LATIN).decode("ascii")
        words = window.translate(LATIN).translate(_WORDS).decode("ascii").split()
        if not allowance.spend(_BESIDE + _WORD * len(words)):
            return
        _, masks = self._lexicon.likely(words, first=False, last=False)
        self._lexicon.mark(words, masks)
        found = []
        for pattern, rule in self._beside:
            span = pattern.find(masks, _openings, window, text)
            if span is not None:
                found.append((rule, max(span[0] - 1, 0), min(span[1] - 1, len(words) - 1)))
        yield from _placed(found, text, start)
        for shape in self._shapes_beside:
            hit = shape.search(window, allowance)
            if hit is not None:
                yield Match(shape.rule, start + hit.start(), start + hit.end())

    def _cued_shapes(self, window: bytes) -> list[_Shape]:
        """The shapes to be tried in a window: those of which a cue stands in it."""
        numbers = {*self._cues.get(b"", ())}
        found = self._find_cues.find_matches_as_indexes(window.lower(), overlapping=True)
        for cue in {cue for cue, _, _ in found}:
            numbers.update(self._cued[cue])
        return [self._shapes[number] for number in sorted(numbers)]

    def _match_glued(
        self, words: list[str], start: int, end: int, allowance: Allowance
    ) -> Iterator[Match]:
        """What matches in words written without spaces: ``IgnoreAllPreviousInstructions``."""
        for word in words:
            if len(word) >= GLUED and allowance.spend(_GLUED):
                parts = self._lexicon.split(word)
                if sum(map(len, parts)) < _OF_KNOWN * len(word):
                    continue
                for rule, _, _ in self._find(parts, first=True, last=True)[0]:
                    if not rule.asks:
                        yield Match(rule, start, end)

    def may_match_native(self, other: str) -> bool:
        """Whether `match_native` may find anything in a text with these `others`."""
        return has_native(other) and self._native.may_open(other)

    def match_native(
        self, stream: bytes, allowance: Allowance, *, across: int = -1
    ) -> Iterator[Match]:
        """What matches in a native stream, as `match_latin` has it."""
        word = self._lexicon.native_word
        whole = allowance.whole
        seen: set[bytes] = set()
        for start, end in self._native.windows(stream, []):
            allowance.opened = True
            if across >= 0 and not start < across < end:
                continue
            window = stream[start:end]
            if window in seen and end < len(stream):
                continue
            seen.add(window)
            text = window.decode("utf-8", "ignore")
            words = word.findall(text)
            allowance.reach(end)
            new = 2 * allowance.new(words)
            if not allowance.spend(_WINDOW + _WORD * len(words) + _NEW * new):
                return
            words = [fold_word(one) for one in words]
            found, phrases = self._find(
                words, first=whole and start == 0, last=whole and end == len(stream)
            )
            matches = []
            if found:
                needed = 1 + max(last for _, _, last in found)
                places = [match.span() for match in islice(word.finditer(text), needed)]
                for rule, first, last in found:
                    begin = start + len(text[: places[first][0]].encode())
                    size = len(text[places[first][0] : places[last][1]].encode())
                    matches.append(Match(rule, begin, begin + size))
            yield from self._weigh(matches, words, phrases, allowance)

    def windows(self, text: str) -> Iterator[set[str]]:
        """What a model is told of each window of ``text``: what it is trained on."""
        other = "" if text.isascii() else others(text)
        stream = latin_part(text, other).translate(LATIN)
        windows = [
            stream[start:end].translate(_WORDS).decode("ascii").split()
            for start, end in self._latin.windows(stream, [])
        ]
        if has_native(other):
            stream = native_stream(text, other)
            for start, end in self._native.windows(stream, []):
                window = stream[start:end].decode("utf-8", "ignore")
                found = self._lexicon.native_word.findall(window)
                windows.append([fold_word(word) for word in found])
        for words in windows:
            _, phrases = self._lexicon.likely(words, first=False, last=False)
            yield self._features.of(words, phrases)

    def _weigh(
        self,
        matches: list[Match],
        words: list[str],
        phrases: Iterable[int],
        allowance: Allowance,
    ) -> Iterator[Match]:
        """The ``matches`` in a window of ``words``, and what the model says beside them.

        ``phrases`` are the slots of several words that stand there. Where it says nothing,
        rules that only ask it are left out.
        """
        worst = max(matches, key=attrgetter("rule.weight"), default=None)
        if worst is None:
            return
        weight = 0.0
        if self._opinion and worst.rule.weight < SURE and allowance.spend(_WORD * len(words)):
            weight = self._opinion.weight(self._features.of(words, phrases))
        if weight < LEAST:
            yield from (match for match in matches if not match.rule.asks)
        else:
            yield from matches
            yield evolve(worst, rule=evolve(worst.rule, name=OPINION, weight=weight))

    def _find(
        self,
        words: list[str],
        *,
        first: bool,
        last: bool,
        window: bytes = b"",
        text: str = "",
    ) -> tuple[list[tuple[Rule, int, int]], list[int]]:
        """Rules whose patterns match ``words``, with the first and last word of each.

        And the slots of several words that stand there.
        """
        likely, masks = self._lexicon.likely(words, first=first, last=last)
        phrases = [*masks]
        if not likely:
            return [], phrases
        wanted = 0
        for number in likely:
            wanted |= self._patterns[number][0].slots
        self._lexicon.mark(words, masks, wanted)
        found = []
        for number in likely:
            pattern, rule = self._patterns[number]
            span = pattern.find(masks, _openings, window, text)
            if span is not None:
                begin, end = span
                lead = min(bits & -bits for slot in pattern.lead if (bits := masks.get(slot)))
                found.append(
                    (lead, number, rule, max(begin - 1, 0), min(end - 1, len(words) - 1))
                )
        return [match[2:] for match in sorted(found)], phrases  # by their rarest words


def _placed(found: list[tuple[Rule, int, int]], text: str, start: int) -> list[Match]:
    """The matches whose first and last words in ``text`` are ``found``; it begins at start."""
    if not found:
        return []
    places = [match.span() for match in LATIN_WORD.finditer(text)]
    return [
        Match(rule, start + places[first][0], start + places[last][1])
        for rule, first, last in found
    ]


@lru_cache(maxsize=1)
def _openings(window: bytes, text: str) -> int:
    """The words of ``text``, the stream of ``window``, that begin a sentence: bit n + 1, n."""
    begun = [word.start() for word in LATIN_WORD.finditer(text)]
    bits = 0
    for stop in _STOP.finditer(window):  # there is no word in any
        number = bisect_left(begun, stop.end())
        if 0 < number < len(begun):
            bits |= 2 << number
    return bits


@cache
def standard_matcher() -> Matcher:
    """The project's own rules and model, compiled once."""
    return Matcher(opinion=Opinion(WEIGHTS))
