"""What of a reply the next request will repeat: the part of it that goes into a base.

A client puts the answer it got into its next request. Of a JSON reply that is most of the body,
kept as it is. A stream tells the same text in hundreds of pieces, each in an envelope, so a
stream's gist is its pieces put together again. Both nodes compute it from the same bytes;
should they ever differ, the hash of the base does, and the request is sent again without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

GIST_BYTES = 64 * 1024
"""What is kept of a reply at most. It is part of the protocol: both sides keep the same."""

_STRINGS = re.compile(
    rb'"(content|text|arguments|delta|reasoning_content|reasoning|refusal|partial_json'
    rb'|thinking|id|call_id|item_id|name)"\s*:\s*"((?:[^"\\]|\\.)+)"'
)
"""Keys of every dialect whose values a client sends back, and their strings as written."""

_NAMES = frozenset((b"id", b"call_id", b"item_id", b"name"))
"""Said again and again: each once is enough."""


class StreamGist:
    """The gist of an event stream, as it goes by; at most ``limit`` bytes of it."""

    def __init__(self, limit: int) -> None:
        self._room = limit
        self._told: dict[bytes, bytearray] = {}
        self._names: dict[bytes, None] = {}

    def feed(self, events: Iterable[bytes]) -> None:
        """Take whole events."""
        if self._room <= 0:
            return
        for event in events:
            for key, value in _STRINGS.findall(event):
                if self._room < len(value):
                    self._room = 0
                    return
                if key not in _NAMES:
                    self._told.setdefault(key, bytearray()).extend(value)
                elif value not in self._names:
                    self._names[value] = None
                else:
                    continue
                self._room -= len(value)

    @property
    def text(self) -> bytes:
        """What went by so far."""
        return b"\n".join((*self._names, *self._told.values()))


def body_gist(body: bytes, limit: int) -> bytes:
    """The gist of a whole body: as much of its start as ``limit`` allows."""
    return body[:limit]
