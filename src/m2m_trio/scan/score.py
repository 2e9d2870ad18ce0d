"""From findings to a score: noisy-or of what stands close together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from m2m_trio.scan.verdict import Finding

NEAR = 3000
"""Characters within which findings of jailbreaks add up, whose prompts are long."""

CLOSE = 500
"""Characters within which any findings do: a long text is not guilty by its length."""

QUOTED = 0.6
"""What a weight is multiplied by where its words are quoted, or code, as an example."""

_OPENING = "\"'`\u201c\u2018\u00ab\u300c"
_CLOSING = "\"'`\u201d\u2019\u00bb\u300d"
_MARKS = tuple(_OPENING + _CLOSING)
_FENCE = re.compile("```")
_LONGEST_QUOTE = 240
_LONG = "jailbreak"


def score(findings: Sequence[Finding]) -> float:
    """The highest noisy-or of different rules that stand close together in one view."""
    best = 0.0
    ordered = sorted(findings, key=lambda finding: (finding.view, finding.start))
    for index, first in enumerate(ordered):
        weights: dict[str, float] = {}
        for finding in ordered[index:]:
            distance = finding.start - first.start
            if finding.view != first.view or distance > NEAR:
                break
            if distance > CLOSE and not finding.family == first.family == _LONG:
                continue
            weights[finding.rule] = max(weights.get(finding.rule, 0.0), finding.weight)
        innocent = 1.0
        for weight in weights.values():
            innocent *= 1.0 - weight
        best = max(best, 1.0 - innocent)
    return round(best, 4)


def find_fences(text: str) -> list[int]:
    """Where the code fences of ``text`` are."""
    return [match.start() for match in _FENCE.finditer(text)]


def is_quoted(text: str, start: int, end: int, fences: Sequence[int]) -> bool:
    """Whether ``text[start:end]`` stands in quotation marks or a code fence, as an example.

    A text that is nothing but the quotation is no example of anything. ``fences`` are those
    of `find_fences`.
    """
    before = text[max(start - _LONGEST_QUOTE, 0) : start]
    after = text[end : end + _LONGEST_QUOTE]
    if before[-1:] in _MARKS and after[:1] in _MARKS and len(before.split()) > 1:
        return True
    if len(before) + len(after) < 2 * (end - start):
        return False
    line = before.rpartition("\n")[2]
    rest = after.partition("\n")[0]
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        at = line.rfind(opening)
        if at < 0 or closing not in rest or (at and line[at - 1].isalnum()):
            continue
        if opening != closing or line.count(opening) % 2:
            return True
    return bisect_right(fences, start - 3) % 2 == 1 and fences[-1] >= end
