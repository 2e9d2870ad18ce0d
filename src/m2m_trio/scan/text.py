"""One text: its streams, its views, its findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice

from attrs import evolve

from m2m_trio.scan.allowance import BASE, Allowance
from m2m_trio.scan.fold import latin_part, native_stream, others
from m2m_trio.scan.matcher import OPINION, Match, Matcher
from m2m_trio.scan.quotes import find_fences, is_quoted
from m2m_trio.scan.repeats import shorten
from m2m_trio.scan.score import QUOTED
from m2m_trio.scan.tally import Tally
from m2m_trio.scan.verdict import EXCERPT, Finding
from m2m_trio.scan.views import derive, has_signs, has_views, undo_ciphers

DEPTH = 2
"""Codings undone one inside the other."""

GROUP = 4096
"""Characters of short texts that are looked at together."""

_VIEW, _VIEW_CHARACTER = 20.0, 0.02
"""Effort of reading another view of a text, and of each character of it."""

_TOGETHER = 64
"""Views that are looked at together."""


class TextScanner:
    """Finds what the rules say about texts."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

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
            else:
                quiet.update(text for text in shut if not has_views(text.encode("ascii")))
        return quiet

    def read(self, text: str, base: float = BASE) -> tuple[list[Finding], Allowance]:
        """All findings; and the allowance, which had ``base`` in the beginning."""
        text, place, cut = shorten(text)
        size = len(text) if text.isascii() else len(text.encode("utf-8", "ignore"))
        allowance = Allowance(size, base=base)
        findings = self._read(text, allowance)
        if cut:
            findings = [_moved(finding, place, cut) for finding in findings]
        return findings, allowance

    def read_seam(self, text: str, middle: int) -> tuple[list[Finding], float]:
        """What stands across the ``middle`` of two cuttings joined to one short ``text``.

        And the effort that it takes to tell.
        """
        allowance = Allowance(len(text), whole=False, across=middle)
        found = [
            finding
            for finding in self._read(text, allowance)
            if finding.view != "text" or finding.start < middle < finding.end
        ]
        return found, allowance.spent

    def _read(self, text: str, allowance: Allowance) -> list[Finding]:
        tally = Tally()
        self._scan(text, "text", tally, allowance)
        findings = tally.findings
        if allowance.is_over and not tally.is_settled():
            findings.append(too_dense(allowance.reached))
        return findings

    def _scan(
        self,
        text: str,
        view: str,
        tally: Tally,
        allowance: Allowance,
        depth: int = DEPTH,
    ) -> None:
        other = "" if text.isascii() else others(text)
        plain = latin_part(text, other)
        ciphered: list[tuple[str, int]] = []
        across = allowance.across if view == "text" else -1
        shown = text if len(plain) == len(text) else plain.decode("ascii")
        self._take(
            self._matcher.match_latin(plain, allowance, ciphered, across=across),
            shown,
            view,
            tally,
        )
        if other and not _is_done(tally, allowance) and self._matcher.may_match_native(other):
            stream = native_stream(text, other)
            self._take(
                self._matcher.match_native(stream, allowance, across=across),
                stream,
                view,
                tally,
            )
        if view == "text":
            allowance.reach(allowance.size)
        if not depth or _is_done(tally, allowance):
            return
        read = {text}
        views = chain(
            derive(text, other, plain, allowance), undo_ciphers(plain, ciphered, allowance)
        )
        while some := list(islice(views, _TOGETHER)):
            quiet = self.quiet([shown for _, shown, _ in some])
            for name, shown, deeper in some:
                if _is_done(tally, allowance):
                    return
                if shown and shown not in read:
                    read.add(shown)
                    effort = _VIEW_CHARACTER * len(shown)
                    if not allowance.spend(effort if shown in quiet else _VIEW + effort):
                        return
                    if shown not in quiet:
                        inner = name if view == "text" else f"{view}+{name}"
                        below = depth - 1 if deeper else 0
                        self._scan(shown, inner, tally, allowance, below)

    def _take(
        self, matches: Iterator[Match], shown: str | bytes, view: str, tally: Tally
    ) -> None:
        fences: list[int] | None = None
        found = tally.findings
        known = {(finding.rule, finding.start) for finding in found if finding.view == view}
        for match in matches:
            if tally.is_settled():
                return
            if (match.rule.name, match.start) in known:
                continue
            known.add((match.rule.name, match.start))
            rule, start, end = match.rule, match.start, match.end
            weight, quoted = rule.weight, False
            if isinstance(shown, bytes):
                words = shown[start:end].decode("utf-8", "ignore")
            else:
                words = shown[start:end]
                if rule.damped and view == "text":
                    fences = find_fences(shown) if fences is None else fences
                    quoted = is_quoted(
                        shown, start, end, fences, in_prose=rule.spoken or rule.beside
                    )
                    if quoted and match.rule.name == OPINION:
                        continue  # the model sees words, not what quotes them
                    weight *= QUOTED if quoted else 1.0
            tally.add(
                Finding(
                    rule=rule.name,
                    weight=round(weight, 4),
                    quoted=quoted,
                    view=view,
                    start=start,
                    end=end,
                    excerpt=words[:EXCERPT],
                )
            )


def _is_done(tally: Tally, allowance: Allowance) -> bool:
    return tally.is_settled() or allowance.is_over


def too_dense(place: int) -> Finding:
    """What is said of a text that was read up to ``place`` only, for the effort it took.

    Its weight lets it pass nowhere where anything is refused: the rest may say what it likes.
    """
    return Finding(
        rule="malformed.dense",
        weight=1.0,
        view="text",
        start=place,
        end=place,
        excerpt="",
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
