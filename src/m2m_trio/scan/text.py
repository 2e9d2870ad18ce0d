"""One text: its streams, its views, its findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from attrs import evolve

from m2m_trio.scan.fold import LATIN, has_native, latin_part, native_stream, others
from m2m_trio.scan.matcher import Match, Matcher
from m2m_trio.scan.ngrams import LIKELY, MOST, WEAK, WINDOW, NgramModel
from m2m_trio.scan.repeats import shorten
from m2m_trio.scan.score import QUOTED, find_fences, is_quoted, score
from m2m_trio.scan.verdict import EXCERPT, Finding
from m2m_trio.scan.views import derive, has_signs, undo_ciphers

DEPTH = 2
"""Codings undone one inside the other."""

MOST_FINDINGS = 200
"""Findings kept of one text: more say nothing more."""

GROUP = 4096
"""Characters of short texts that are looked at together."""

STRONG = 0.95
"""Score from which nobody else is asked."""

SMALL = 4096
"""Characters of derived texts allowed for any text; beyond, twice its length."""


class TextScanner:
    """Finds what the rules say about texts."""

    def __init__(self, matcher: Matcher, model: NgramModel | None = None) -> None:
        self._matcher = matcher
        self._model = model

    def scan(self, text: str) -> list[Finding]:
        """All findings in ``text`` and its views."""
        return self.read(text)[0]

    def quiet(self, texts: Sequence[str]) -> set[str]:
        """Those of ``texts`` in which `read` finds nothing, told by reading them together.

        Not all of them: a text that is not plain ASCII has to be read for itself.
        """
        quiet: set[str] = set()
        for group in _groups(texts):
            joined = "\0".join(group).encode("ascii")  # nothing looked for has a NUL in it
            opened = self._matcher.places(joined)
            shut = _untouched(group, opened) if opened else group
            if shut and opened:
                joined = "\0".join(shut).encode("ascii")
            if shut and not has_signs(joined):
                quiet.update(shut)
            elif len(shut) > 1:
                quiet.update(text for text in shut if not has_signs(text.encode("ascii")))
        return quiet

    def read(self, text: str, *, whole: bool = True) -> tuple[list[Finding], bool]:
        """All findings, and whether the gate opened: there may be half of one more.

        ``whole``: the text is no cutting, so that its ends are ends.
        """
        findings: list[Finding] = []
        text, place, cut = shorten(text)
        allowance = _Allowance(2 * len(text) + SMALL, whole=whole)
        self._scan(text, "text", findings, allowance)
        if self._model is not None and findings:
            findings.extend(_opinion(self._model, text, findings))
        if cut:
            findings = [_moved(finding, place, cut) for finding in findings]
        return findings, allowance.opened

    def _scan(
        self,
        text: str,
        view: str,
        findings: list[Finding],
        allowance: _Allowance,
        depth: int = DEPTH,
    ) -> None:
        other = "" if text.isascii() else others(text)
        plain = latin_part(text, other)
        ciphered: list[tuple[str, int]] = []
        opened: list[int] = []
        shown = text if len(plain) == len(text) else plain.decode("ascii")
        self._take(
            self._matcher.match_latin(plain, ciphered, opened, whole=allowance.whole),
            shown,
            view,
            findings,
        )
        if other and has_native(other):
            stream = native_stream(text, other)
            self._take(
                self._matcher.match_native(stream, opened, whole=allowance.whole),
                stream,
                view,
                findings,
            )
        allowance.opened = allowance.opened or bool(opened)
        if not depth:
            return
        read = {text}
        derived = [*derive(text, other, plain), *undo_ciphers(plain, ciphered)]
        for name, other, deeper in derived:
            if other and other not in read and allowance.take(len(other)):
                read.add(other)
                inner = name if view == "text" else f"{view}+{name}"
                self._scan(other, inner, findings, allowance, depth - 1 if deeper else 0)

    def _take(
        self, matches: Iterator[Match], shown: str | bytes, view: str, findings: list[Finding]
    ) -> None:
        fences: list[int] | None = None
        known = {(finding.rule, finding.start) for finding in findings if finding.view == view}
        for match in matches:
            if len(findings) >= MOST_FINDINGS:
                return
            if (match.rule.name, match.start) in known:
                continue
            known.add((match.rule.name, match.start))
            rule, start, end = match.rule, match.start, match.end
            weight = rule.weight
            if isinstance(shown, bytes):
                words = shown[start:end].decode("utf-8", "ignore")
            else:
                words = shown[start:end]
                if rule.damped and view == "text":
                    fences = find_fences(shown) if fences is None else fences
                    if is_quoted(shown, start, end, fences):
                        weight *= QUOTED
            findings.append(
                Finding(
                    rule=rule.name,
                    weight=round(weight, 4),
                    view=view,
                    start=start,
                    end=end,
                    excerpt=words[:EXCERPT],
                )
            )


def _moved(finding: Finding, place: int, cut: int) -> Finding:
    """``finding`` where it stands in the text from which ``cut`` characters were left out."""
    if finding.view != "text" or finding.start < place:
        return finding
    return evolve(finding, start=finding.start + cut, end=finding.end + cut)


def _groups(texts: Iterable[str]) -> Iterator[list[str]]:
    """The short and plain ones of ``texts``, in groups that are worth a look at once."""
    group: list[str] = []
    size = 0
    for text in texts:
        if len(text) < GROUP and text.isascii() and "\0" not in text:
            group.append(text)
            size += len(text)
            if size >= GROUP:
                yield group
                group, size = [], 0
    if group:
        yield group


def _untouched(group: list[str], places: list[int]) -> list[str]:
    """Those of ``group``, joined by one character, in which none of ``places`` is."""
    ends = [*accumulate(len(text) + 1 for text in group)]
    touched = {bisect_right(ends, place) for place in places}
    return [text for number, text in enumerate(group) if number not in touched]


def _opinion(model: NgramModel, text: str, findings: list[Finding]) -> Iterator[Finding]:
    """What the model says of the text around a finding that alone is weak."""
    if not WEAK <= score(findings) < STRONG:
        return
    worst = max(findings, key=lambda finding: finding.weight)
    if worst.view != "text":
        return
    start = max(worst.start - WINDOW // 2, 0)
    window = text[start : start + WINDOW]
    stream = latin_part(window, "" if window.isascii() else others(window)).translate(LATIN)
    probability = model.probability(stream)
    if probability < LIKELY:
        return
    yield Finding(
        rule="model.ngrams",
        weight=round(MOST * probability, 4),
        view="text",
        start=worst.start,
        end=worst.end,
        excerpt=window[:EXCERPT],
    )


class _Allowance:
    """Characters that may still be derived from one text."""

    def __init__(self, characters: int, *, whole: bool) -> None:
        self._left = characters
        self.whole = whole
        self.opened = False
        """Whether a gate word was seen anywhere."""

    def take(self, characters: int) -> bool:
        """Use some up; False where there are not enough."""
        if characters > self._left:
            return False
        self._left -= characters
        return True
