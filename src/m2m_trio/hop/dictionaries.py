"""Which built-in dictionaries a node tells of in its hello, and what a peer's mean for us."""

from __future__ import annotations

from collections.abc import Iterable

from m2m_trio.codecs.dictionary import ALL, StaticDictionary


def announced() -> list[dict[str, str | int]]:
    """The dictionaries this node holds, as they stand in ``GET /m2m/hello``."""
    return [
        {"name": each.name, "sha256": each.sha256, "bytes": len(each.content)} for each in ALL
    ]


def shared(
    kind: tuple[StaticDictionary, ...], peer_sha256: Iterable[str]
) -> StaticDictionary | None:
    """The newest dictionary of ``kind`` that a peer holds as well; None without any."""
    held = frozenset(peer_sha256)
    return next((each for each in kind if each.sha256 in held), None)
