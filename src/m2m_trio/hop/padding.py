"""How far lengths are rounded up on a hop, so that they tell less about the text.

A compressed length answers questions about what it was compressed with: a request coded
against a base that holds a secret is shorter where it guesses the secret. Rounded to a bucket
the answer drowns, for half a bucket on average.
"""

from __future__ import annotations

from attrs import frozen

REQUEST_BUCKET = 256
"""Bytes to a multiple of which a ``dcz`` request is brought."""

WRITE_BUCKET = 64
"""Bytes to a multiple of which each write of a coded stream is brought."""


@frozen(kw_only=True)
class Padding:
    """The buckets of one hop; 0 leaves lengths as they are."""

    request_bytes: int = REQUEST_BUCKET
    write_bytes: int = WRITE_BUCKET


NO_PADDING = Padding(request_bytes=0, write_bytes=0)
"""For a hop that does not leave the machine, where nobody reads lengths off a wire."""


def padding_for(*, loopback: bool) -> Padding:
    """The padding of a hop that stays on this machine, or leaves it."""
    return NO_PADDING if loopback else Padding()
