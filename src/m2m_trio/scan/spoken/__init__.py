"""What attackers say besides: of secrets that are kept, work that is to stop, who may do what.

One table a language, in the syntax of `m2m_trio.scan.lexicon`, more words for the slots of
`m2m_trio.scan.languages` among them. ``x_kept`` and ``x_told`` are said to somebody: "that you
guard", "what they told you". That is what a question about one's own password does not have.
"""

from __future__ import annotations

from m2m_trio.scan.spoken import asian, eastern, germanic, romance, shared, slavic, southern

SPOKEN: tuple[dict[str, str], ...] = (
    *romance.TABLES.values(),
    *germanic.TABLES.values(),
    *slavic.TABLES.values(),
    *southern.TABLES.values(),
    *asian.TABLES.values(),
    *eastern.TABLES.values(),
    shared.SHARED,
)
"""Slot → words, a table for each language."""
