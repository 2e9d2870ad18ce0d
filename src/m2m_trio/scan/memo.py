"""What was said about a message is remembered, so that a resent history costs a look-up.

The verdict of a message depends on its bytes alone, so remembering it changes nothing: a
message that was refused is refused wherever it is sent again.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from typing import Generic, TypeVar

DIGEST_BYTES = 16
Value = TypeVar("Value")


class Memo(Generic[Value]):
    """The last ``size`` values by the keyed digest of what they are about."""

    def __init__(self, size: int, key: bytes) -> None:
        self.size = size
        self._key = key
        self._values: OrderedDict[bytes, Value] = OrderedDict()
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._values)

    def hasher(self, kind: bytes) -> blake2b:
        """A digest of things that come one after the other."""
        return blake2b(digest_size=DIGEST_BYTES, key=self._key, person=kind)

    def digest(self, kind: bytes, data: bytes) -> bytes:
        """The key of ``data``; the same bytes in another ``kind`` of place differ."""
        return blake2b(data, digest_size=DIGEST_BYTES, key=self._key, person=kind).digest()

    def get(self, digest: bytes) -> Value | None:
        """What is remembered under ``digest``; it becomes the newest."""
        value = self._values.get(digest)
        if value is None:
            self.misses += 1
            return None
        self.hits += 1
        try:
            self._values.move_to_end(digest)
        except KeyError:  # another thread's put dropped it meanwhile
            pass
        return value

    def put(self, digest: bytes, value: Value) -> None:
        """Remember ``value``; the oldest is dropped where there are too many."""
        self._values[digest] = value
        while len(self._values) > self.size:
            try:
                self._values.popitem(last=False)
            except KeyError:  # another thread dropped the last one
                return
