"""What a rule is."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen
from attrs.validators import and_, ge, le, matches_re


def _lines(patterns: str | Sequence[str]) -> tuple[str, ...]:
    """One pattern a line; a line indented deeper goes on with the one before it."""
    if not isinstance(patterns, str):
        return tuple(patterns)
    found: list[str] = []
    margin = -1
    for line in patterns.splitlines():
        text = line.strip()
        indent = len(line) - len(line.lstrip())
        if not text:
            continue
        if found and indent > margin:
            found[-1] += text if text.startswith("|") else f" {text}"
        else:
            found.append(text)
            margin = indent
    return tuple(found)


@frozen
class Rule:
    """One thing to look for, and how much it says.

    ``patterns`` are of the slot grammar (`m2m_trio.scan.grammar`), one a line, any one of
    them is a match; ``shape`` is an RE2 expression for what words cannot say, matched
    against a window of the text as it is, in any case.
    """

    name: str = field(validator=matches_re(r"[a-z_]+\.[a-z0-9_]+"))
    """``family.name``."""

    weight: float = field(validator=and_(ge(0.0), le(1.0)))
    """0 to 1: alone, the score of a text in which it matches."""

    patterns: tuple[str, ...] = field(default=(), converter=_lines)
    shape: str = field(default="", kw_only=True)
    cues: tuple[str, ...] = field(default=(), kw_only=True)
    """Lower-case literals: the shape is tried where one of them stands; none: everywhere."""

    gate: tuple[str, ...] = field(default=(), kw_only=True)
    """Literals that open a text to reading; none: those of `m2m_trio.scan.gate` will do, for
    an operator's rule the words of its rarest slot and its cues."""

    spoken: bool = field(default=False, kw_only=True)
    """Whether it is an address to a model that reads along; fields of data have them too."""

    beside: bool = field(default=False, kw_only=True)
    """Whether it says something only beside such an address, and is looked for only there."""

    asks: bool = field(default=False, kw_only=True)
    """Whether it only asks for the model's opinion, and counts where that says something."""

    damped: bool = field(default=True, kw_only=True)
    """Whether standing in quotes or code makes it say less."""

    def __attrs_post_init__(self) -> None:
        """Refuse a rule that can match nothing."""
        if not self.patterns and not self.shape:
            raise ValueError(f"rule {self.name} has neither patterns nor a shape")
