"""A conversation is sent again with every turn: what was said of it is found by its bytes.

A body that goes on with a list of turns has all the bytes of that list up to the end of its
last turn. They were read then; now only what comes after them is, in a body in which one
empty object stands for them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import frozen

from m2m_trio.scan import jsonbody
from m2m_trio.scan.memo import Memo

if TYPE_CHECKING:
    from hashlib import _Hash

Said = TypeVar("Said")

_LONG = 6
"""Turns from which a conversation is remembered."""

_NEAR = 64 * 1024
"""Bytes in which a list, and what the user says first in it, are looked for."""

_HINT = 512
"""Bytes by which a conversation is looked up; all of it is compared."""

_STAND_IN = b"[{}"
_SPACES = b" \t\r\n"


@frozen
class Sent(Generic[Said]):
    """A list of turns as it was last sent."""

    name: str
    count: int
    size: int
    """Bytes from the bracket to the end of the last turn."""

    hint: bytes
    digest: bytes
    said: Said


@frozen
class Resent(Generic[Said]):
    """A body that goes on with a list that was sent."""

    sent: Sent[Said]
    values: dict[str, bytes]
    """The members of the body with the stand-in for the turns that were sent."""

    begun: bytes
    """The list up to the end of those turns."""

    hasher: _Hash
    """What has taken that, and may take more."""

    def whole(self, value: bytes) -> bytes:
        """The list of which ``value`` is the rest, as it came."""
        return self.begun + value[len(_STAND_IN) :]


class Conversations(Generic[Said]):
    """The last ``size`` conversations, of each what was said of it; ``key`` is random bytes."""

    def __init__(self, size: int, key: bytes) -> None:
        self._memo: Memo[Sent[Said]] = Memo(size, key)

    def recall(self, body: bytes, names: Iterable[str], kind: bytes) -> Resent[Said] | None:
        """The conversation that ``body`` goes on with in a list of one of ``names``.

        What is remembered of another ``kind`` does not count.
        """
        for name in names:
            start = jsonbody.find_list(name, body, _NEAR)
            if start >= 0:
                return self._recall_at(start, name, body, kind)
        return None

    def _recall_at(
        self, start: int, name: str, body: bytes, kind: bytes
    ) -> Resent[Said] | None:
        hint, _ = self._hint(kind, body, start)
        sent = self._memo.get(hint)
        if sent is None or sent.name != name:
            return None
        end = start + sent.size
        begun = body[start:end]
        hasher = self._memo.hasher(kind)
        hasher.update(begun)
        if hasher.digest() != sent.digest:
            return None
        short = body[:start] + _STAND_IN + body[end:]
        values = jsonbody.members(short)
        if values is None or jsonbody.start_of(name, short, values) != start:
            return None  # it is malformed, or the list is inside of another value
        return Resent(sent, values, begun, hasher)

    def note(
        self,
        name: str,
        value: bytes,
        said: Said,
        *,
        kind: bytes,
        count: int,
        resent: Resent[Said] | None,
    ) -> None:
        """Remember what is ``said`` of the ``count`` turns of the list ``value``, if long.

        ``resent``: its beginning is the stand-in.
        """
        size = len(value[:-1].rstrip(_SPACES))
        if resent is None:
            hasher, new = self._memo.hasher(kind), 0
            hint, end = self._hint(kind, value, 0)
            if count < _LONG or size < end:
                return
        else:
            hasher, hint, new = resent.hasher, resent.sent.hint, len(_STAND_IN)
        hasher.update(memoryview(value)[new:size])
        size += resent.sent.size - new if resent else 0
        self._memo.put(hint, Sent(name, count, size, hint, hasher.digest(), said))

    def _hint(self, kind: bytes, body: bytes, start: int) -> tuple[bytes, int]:
        """By what a list is looked up, mostly what the user says first, and where it ends."""
        at = max(body.find(b'"user"', start, start + _NEAR), start)
        end = at + _HINT
        return self._memo.digest(b"hint " + kind, body[at:end]), end
