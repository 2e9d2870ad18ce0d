"""A sheet to count a request on: tokens so far, and how sure they are."""

from __future__ import annotations

import enum
from collections.abc import Callable

from attrs import frozen


class Grade(enum.StrEnum):
    """How far a count can be trusted."""

    EXACT = "exact"
    """The model's own vocabulary, and a layout known to the token."""

    NEAR = "near"
    """The model's own vocabulary; what goes around the text is fitted: within some tokens."""

    ESTIMATE = "estimate"
    """Another vocabulary with a ratio, or parts of the request that cannot be seen."""


_ORDER = (Grade.EXACT, Grade.NEAR, Grade.ESTIMATE)


def worse(one: Grade, other: Grade) -> Grade:
    """The less trusted of two grades."""
    return max(one, other, key=_ORDER.index)


@frozen(kw_only=True)
class Count:
    """Tokens, and how far they can be trusted."""

    tokens: int
    grade: Grade
    family: str
    vocabulary: str
    """``characters`` where none could be had."""


class Sheet:
    """Adds up one request. ``measure`` gives a text's tokens, and whether they are exact."""

    def __init__(
        self,
        measure: Callable[[str], tuple[float, bool]],
        *,
        model: str = "",
        provider: str = "",
    ) -> None:
        self._measure = measure
        self.model = model
        """The bare name of the model."""

        self.provider = provider
        """``vertex`` where it is known to be, or empty."""

        self.tokens = 0.0
        self.grade = Grade.EXACT

    def add(self, tokens: float) -> None:
        """Count what the model's layout adds."""
        self.tokens += tokens

    def text(self, text: str) -> None:
        """Count a text."""
        if text:
            tokens, is_exact = self._measure(text)
            self.tokens += tokens
            if not is_exact:
                self.near()

    def picture(self, tokens: float) -> None:
        """Count a picture."""
        self.tokens += tokens
        self.estimate()

    def near(self) -> None:
        """What was added is fitted, not known."""
        self.grade = worse(self.grade, Grade.NEAR)

    def estimate(self) -> None:
        """Something in it cannot be seen from here."""
        self.grade = Grade.ESTIMATE
