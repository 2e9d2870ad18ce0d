"""From findings to a score: noisy-or of what stands close together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from m2m_trio.scan.verdict import Finding

NEAR = 3000
"""Characters within which findings of jailbreaks add up, whose prompts are long."""

CLOSE = 500
"""Characters within which any findings do: a long text is not guilty by its length."""

QUOTED = 0.6
"""What a weight is multiplied by where its words are quoted, or code, as an example."""

EXAMPLES = 0.55
"""What all that is so quoted counts for at most: more examples are no more guilt. Not of
jailbreaks, whose prompts quote what the model is to say."""

_LONG = "jailbreak."


def score(findings: Sequence[Finding]) -> float:
    """The highest noisy-or of different rules that stand close together in one view."""
    return weigh(findings)[0]


def weigh(findings: Sequence[Finding]) -> tuple[float, list[Finding]]:
    """The `score`, and what it rests on: the first finding, and of each rule the heaviest."""
    ordered = sorted(findings, key=attrgetter("view", "start"))
    places = [(finding.view, finding.start) for finding in ordered]
    best = 0.0
    resting: list[Finding] = []
    for index, first in enumerate(ordered):
        close = bisect_right(places, (first.view, first.start + CLOSE), index)
        beside = ordered[index:close]
        if first.rule.startswith(_LONG):
            near = bisect_right(places, (first.view, first.start + NEAR), close)
            beside += [one for one in ordered[close:near] if one.rule.startswith(_LONG)]
        beside.sort(key=attrgetter("weight"))
        heaviest = {finding.rule: finding for finding in beside}
        guilt = _add_up(heaviest.values())
        if guilt > best:
            best, resting = guilt, [first, *heaviest.values()]
    return round(best, 4), resting


def _add_up(findings: Iterable[Finding]) -> float:
    said = shown = 1.0
    for finding in findings:
        if finding.quoted and not finding.rule.startswith(_LONG):
            shown *= 1.0 - finding.weight
        else:
            said *= 1.0 - finding.weight
    return 1.0 - said * max(shown, 1.0 - EXAMPLES)
