"""Events by themselves, without what is shorter another way.

What is left of an event is written first, so that deflate finds it in events like it; then each
part that was taken out::

    0, 1, 2    letters of an alphabet: how many, and they packed (`m2m_trio.codecs.packed`)
    3 + n      what events of shape n have told so far
"""

from __future__ import annotations

from m2m_trio.codecs.event_reader import Reader, write_varint
from m2m_trio.codecs.packed import RUN, pack, packed_bytes, unpack
from m2m_trio.errors import CodecError, CodecLimitError

MAX_TOLD_BYTES = 16 * 1024
"""Kept of one stream: some 4,000 tokens."""

MIN_TOLD_BYTES = 24
"""Less is not worth looking for."""

_ALPHABETS = 3


class Told:
    """The texts a stream has told piece by piece, by the shape of its events.

    Events of one shape tell one text, since its constants name the item it belongs to; when
    that is done, and at the end, all of it is said again.
    """

    def __init__(self) -> None:
        self._texts: dict[int, bytearray] = {}
        self._room = MAX_TOLD_BYTES

    def add(self, shape: int, text: bytes) -> None:
        """An event of ``shape`` told ``text``."""
        if len(text) <= self._room:
            self._room -= len(text)
            if shape in self._texts:
                self._texts[shape] += text
            else:
                self._texts[shape] = bytearray(text)

    def get(self, shape: int) -> bytes:
        """What events of ``shape`` told."""
        return bytes(self._texts.get(shape, b""))

    def find(self, event: bytes) -> list[tuple[int, int, int]]:
        """Where ``event`` repeats it: start, end and kind."""
        return [
            (at, at + len(text), _ALPHABETS + shape)
            for shape, text in self._texts.items()
            if len(text) >= MIN_TOLD_BYTES and (at := event.find(text)) >= 0
        ]


def write_parted(event: bytes, told: Told | None, out: bytearray) -> None:
    """Append what stands for ``event``."""
    found = [] if told is None else told.find(event)
    for match in RUN.finditer(event):
        kind = match.lastindex or 1
        found.append((*match.span(kind), kind - 1))
    left, parts = [], bytearray()
    at = count = 0
    for start, stop, kind in sorted(found):
        if start < at:
            continue
        left.append(event[at:start])
        count += 1
        write_varint(start - at, parts)
        parts.append(kind)
        if kind < _ALPHABETS:
            write_varint(stop - start, parts)
            parts += pack(kind, event[start:stop])
        at = stop
    left.append(event[at:])
    write_varint(sum(map(len, left)), out)
    out += b"".join(left)
    write_varint(count, out)
    out += parts


def read_parted(reader: Reader, told: Told | None, cap: int) -> bytes:
    """The event that was written; of more than ``cap`` bytes hardly more.

    Raises:
        CodecError: It is not what was written.
        CodecLimitError: It is over ``cap``.
    """
    left = reader.bytes(reader.varint())
    at = 0
    parts = []
    for _ in range(reader.varint()):
        gap, kind = reader.varint(), reader.byte()
        parts.append(left[at : at + gap])
        at += gap
        parts.append(part := _read_part(reader, kind, told))
        cap -= len(part)
        if cap < 0:
            raise CodecLimitError("the coded events grow over the limit: refused")
    if at > len(left):
        raise CodecError("a coded event has a part outside of it")
    parts.append(left[at:])
    return b"".join(parts)


def _read_part(reader: Reader, kind: int, told: Told | None) -> bytes:
    if kind < _ALPHABETS:
        letters = reader.varint()
        return unpack(kind, reader.bytes(packed_bytes(kind, letters)), letters)
    text = b"" if told is None else told.get(kind - _ALPHABETS)
    if not text:
        raise CodecError("a coded event repeats what was not told before")
    return text
