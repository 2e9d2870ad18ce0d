"""What was said about a message is remembered, so that a resent history costs a look-up.

The verdict of a message depends on its bytes alone, so remembering it changes nothing: a
message that was refused is refused wherever it is sent again.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from hashlib import _Hash

Value = TypeVar("Value")


class Memo(Generic[Value]):
    """The last ``size`` values by the keyed digest of what they are about."""

    def __init__(self, size: int, key: bytes) -> None:
        self.size = size
        self._key = key
        self._begun: dict[bytes, _Hash] = {}
        self._values: OrderedDict[bytes, Value] = OrderedDict()
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._values)

    def hasher(self, kind: bytes) -> _Hash:
        """A digest of things that come one after the other.

        The key before the data is enough of a MAC: no digest is ever shown. SHA-256 is what
        processors compute themselves, twice as fast as BLAKE2.
        """
        begun = self._begun.get(kind)
        if begun is None:
            begun = self._begun[kind] = sha256(self._key + b"\0" + kind + b"\0")
        return begun.copy()

    def digest(self, kind: bytes, data: bytes) -> bytes:
        """The key of ``data``; the same bytes in another ``kind`` of place differ."""
        hasher = self.hasher(kind)
        hasher.update(data)
        return hasher.digest()

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
