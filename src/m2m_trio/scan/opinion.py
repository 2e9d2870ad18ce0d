"""A second opinion on what the rules found: a linear model of words and slots.

It is asked only about windows in which a rule matched, and may raise what is weak over the
threshold; alone it blocks nothing, because on whole requests of agents no such model is
quiet enough. Its weights come with the project (`m2m_trio.scan.weights`);
``benchmarks/train_opinion.py`` makes others from labelled texts.

Its file is text: words, or ``@`` and a slot, each with its weight after it; `BIAS` as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

MOST = 0.79
"""Weight of its finding where it is certain: below any sensible threshold."""

LEAST = 0.4
"""Weight of a finding that is worth naming: less would only push what is nearly over."""

SURE = 0.95
"""Weight of a rule from which nobody else is asked."""

CERTAIN = 4.0
"""Sum of weights from which the model is certain."""

BIAS = "@bias"
"""What is added for every window."""

LONGEST = 20
"""Letters of a word that it may know."""


class Opinion:
    """A model, from the text of its file; an empty one never says anything.

    Raises:
        ValueError: The text is no model.
    """

    def __init__(self, text: str) -> None:
        parts = text.split()
        try:
            weights = dict(zip(parts[::2], map(float, parts[1::2]), strict=False))
        except ValueError as error:
            raise ValueError(f"it is not words, each with its weight: {error}") from error
        if len(parts) % 2:
            raise ValueError(f"it is not words, each with its weight: {parts[-1]!r} has none")
        if not all(map(math.isfinite, weights.values())):
            raise ValueError("its weights are not all numbers")
        if weights and BIAS not in weights:
            raise ValueError(f"it has no {BIAS}")
        self._bias = weights.pop(BIAS, -math.inf)
        self._weights = weights

    def weight(self, features: Iterable[str]) -> float:
        """The weight of its finding on a window with ``features``, each once."""
        said = math.fsum((self._bias, *filter(None, map(self._weights.get, features))))
        return MOST * math.sqrt(min(max(said / CERTAIN, 0.0), 1.0))
