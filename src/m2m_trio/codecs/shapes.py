"""Events by their shape: what one event has in common with earlier ones is said once.

An event of a stream differs from the one before in a word or two. The first event of a shape
travels whole, with the places of its holes; the later ones as the number of the shape and
what fills the holes. Nothing is understood that could be misunderstood: an event *is* its
shape's constants with the fillings between, and whatever has no known shape travels as it
is. Deflate comes after this.

Operations, each begun by one byte; numbers are LEB128 varints, signed ones zigzag::

    0x00-0x7f  an event of shape n: the fillings of its numbers, then of its texts
    0x80-0xef  an event of the shape used last, all its numbers as expected, its first text
               n - 0x80 bytes long: that text, then the fillings of the others
    0xfe       as it is: length, bytes
    0xff       an event of a new shape: length, bytes, number of holes, and of each hole its
               gap from the last one * 2 + kind, its length, and its slot if it is a number

The filling of a text is its length and its bytes; of a number how far it is from what was
expected. Expected is that a slot's number goes on as it went: a sequence number grows by
one, a time stamp stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define

from m2m_trio.errors import CodecError, CodecLimitError

MAX_SHAPES = 0x80
MAX_SHAPE_BYTES = 2048
"""Constants of one shape: larger events hardly come twice."""

MAX_EVENT_BYTES = 16 * 1024
"""A larger event is not looked at, but travels as it is."""

MAX_HOLES = 16
MAX_SLOTS = 16
MAX_DIGITS = 15
TRIED = 6
"""Shapes used last that an event is held against."""

_AGAIN = 0x80
_MAX_AGAIN_BYTES = 0xEF - _AGAIN
_LITERAL = 0xFE
_NEW = 0xFF
_MAX_VARINT_BYTES = 8

_TEXTS = (
    rb"content|reasoning_content|reasoning|arguments|text|delta|obfuscation|refusal|thinking"
    rb"|partial_json|transcript|p"
)
_NUMBERS = (
    rb"sequence_number|created|prompt_tokens|completion_tokens|total_tokens|output_tokens"
)
_COUNTED = b"sequence_number"
_STRING = rb'"([^"\\]*+(?:\\.[^"\\]*+)*+)"'
_HOLE = re.compile(
    rb'"(?:' + _TEXTS + rb')": ?' + _STRING + rb"|"
    rb'"(' + _NUMBERS + rb')": ?(0|[1-9][0-9]{0,14})(?![0-9.eE])',
    re.DOTALL,
)
_ID = re.compile(rb'data: {"id": ?' + _STRING)


@define(kw_only=True, eq=False)  # frozen would take twice as long to make
class Shape:
    """Constants and what is between them: ``constants`` are one more than ``slots``."""

    number: int
    constants: tuple[bytes, ...]
    slots: tuple[int, ...]
    """Of each hole: the slot of its number, or -1 for text."""

    first: bytes
    inner: tuple[bytes, ...]
    last: bytes
    """The ``constants`` once more: taking them apart for each event takes longer."""

    numbers: tuple[int, ...]
    """Which holes are numbers'."""

    @classmethod
    def of(cls, number: int, constants: tuple[bytes, ...], slots: tuple[int, ...]) -> Shape:
        """The shape of these parts."""
        return cls(
            number=number,
            constants=constants,
            slots=slots,
            first=constants[0],
            inner=constants[1:-1],
            last=constants[-1],
            numbers=tuple([hole for hole, slot in enumerate(slots) if slot >= 0]),
        )

    def fillings(self, event: bytes) -> list[bytes] | None:
        """What fills the holes in ``event``; None if it has another shape."""
        first, last = self.first, self.last
        if not event.startswith(first) or not event.endswith(last):
            return None
        at, stop = len(first), len(event) - len(last)
        if at > stop:
            return None
        fillings = []
        for constant in self.inner:
            found = event.find(constant, at, stop)
            if found < 0:
                return None
            fillings.append(event[at:found])
            at = found + len(constant)
        fillings.append(event[at:stop])
        for hole in self.numbers:
            if not _is_number(fillings[hole]):
                return None
        return fillings


class _Numbers:
    """The last number of each slot, and how far it was from the one before."""

    __slots__ = ("_last", "_steps")

    def __init__(self) -> None:
        self._last = [-1] * MAX_SLOTS  # -1: none yet
        self._steps = [0] * MAX_SLOTS

    def take(self, slot: int, value: int) -> int:
        """Note ``value``; how far it is from what was expected."""
        last = self._last[slot]
        step = 0 if last < 0 else value - last
        surprise = step - self._steps[slot]
        self._last[slot], self._steps[slot] = value, step
        return surprise

    def give(self, slot: int, surprise: int) -> int:
        """The value that is ``surprise`` away from what was expected, noted."""
        self._steps[slot] += surprise
        self._last[slot] += self._steps[slot]
        return self._last[slot]


class Shaping:
    """The way out of one stream."""

    def __init__(self) -> None:
        self._recent: list[Shape] = []  # used last first
        self._shapes = 0
        self._slots: dict[bytes, int] = {}
        self._values: dict[bytes, bytes] = {}
        self._varying = {_COUNTED}
        self._numbers = _Numbers()

    def feed(self, plain: bytes) -> bytearray:
        """What stands for ``plain``, whole events or not."""
        out = bytearray()
        for event in _events(plain):
            for index, shape in enumerate(self._recent):
                fillings = shape.fillings(event)
                if fillings is not None:
                    if index:
                        self._recent.insert(0, self._recent.pop(index))
                    self._write_event(shape, fillings, out, last=not index)
                    break
            else:
                self._write_new(event, out)
        return out

    def _write_event(
        self, shape: Shape, fillings: list[bytes], out: bytearray, *, last: bool
    ) -> None:
        texts, surprises = fillings, []
        if shape.numbers:
            take, slots = self._numbers.take, shape.slots
            surprises = [take(slots[hole], int(fillings[hole])) for hole in shape.numbers]
            for hole in reversed(shape.numbers):
                del texts[hole]
        if last and texts and len(texts[0]) <= _MAX_AGAIN_BYTES and not any(surprises):
            out.append(_AGAIN + len(texts[0]))
            out += texts.pop(0)
        else:
            out.append(shape.number)
            for surprise in surprises:
                _write_varint(_zigzag(surprise), out)
        for text in texts:
            _write_varint(len(text), out)
            out += text

    def _write_new(self, event: bytes, out: bytearray) -> None:
        looked_at = self._shapes < MAX_SHAPES and len(event) <= MAX_EVENT_BYTES
        holes = list(self._holes(event)) if looked_at else []
        filled = sum(stop - start for start, stop, _ in holes)
        if not holes or len(event) - filled > MAX_SHAPE_BYTES:
            out.append(_LITERAL)
            _write_varint(len(event), out)
            out += event
            return
        out.append(_NEW)
        _write_varint(len(event), out)
        out += event
        _write_varint(len(holes), out)
        end = 0
        for start, stop, slot in holes:
            _write_varint((start - end) * 2 + (slot >= 0), out)
            _write_varint(stop - start, out)
            if slot >= 0:
                _write_varint(slot, out)
                self._numbers.take(slot, int(event[start:stop]))
            end = stop
        self._recent.insert(0, _shape(self._shapes, event, holes))
        del self._recent[TRIED:]
        self._shapes += 1

    def _holes(self, event: bytes) -> Iterator[tuple[int, int, int]]:
        """Start, end and slot of what may differ in the next event like this one."""
        at = 0
        if (match := _ID.match(event)) and self._varies(b"id", match[1]):
            yield *match.span(1), -1
            at = match.end()
        count = 1
        for match in _HOLE.finditer(event, at):
            name = match[2]
            if name is not None and not self._varies(name, match[3]):
                continue
            if name is None:
                yield *match.span(1), -1
            else:
                slot = self._slots.setdefault(name, len(self._slots))
                yield *match.span(3), slot
            count += 1
            if count == MAX_HOLES:
                return

    def _varies(self, name: bytes, value: bytes) -> bool:
        """Whether ``name`` has had more than one value; most streams have one id and time."""
        if name not in self._varying and self._values.setdefault(name, value) != value:
            self._varying.add(name)
        return name in self._varying


class Restoring:
    """The way in of one stream."""

    def __init__(self) -> None:
        self._shapes: list[Shape] = []
        self._last: Shape | None = None
        self._numbers = _Numbers()

    def feed(self, shaped: bytes, cap: int) -> bytes:
        """What ``shaped`` stands for: at most ``cap`` bytes.

        Raises:
            CodecError: It is not what `Shaping` writes.
            CodecLimitError: It is more than ``cap`` bytes.
        """
        reader = _Reader(shaped)
        parts: list[bytes] = []
        size = 0
        while reader.more:
            parts.append(part := self._event(reader))
            size += len(part)
            if size > cap:
                raise CodecLimitError(f"the coded events grow over {cap} bytes: refused")
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _event(self, reader: _Reader) -> bytes:
        operation = reader.byte()
        if operation == _LITERAL:
            return reader.bytes(reader.varint())
        if operation == _NEW:
            return self._new(reader)
        first = None
        if operation < _AGAIN:
            if operation >= len(self._shapes):
                raise CodecError("a coded event names a shape that was not told before")
            shape = self._last = self._shapes[operation]
            surprises = [reader.signed() for slot in shape.slots if slot >= 0]
        elif self._last is None or operation > _AGAIN + _MAX_AGAIN_BYTES:
            raise CodecError("a coded event begins with no known operation")
        else:
            shape = self._last
            first = reader.bytes(operation - _AGAIN)
            surprises = [0] * len(shape.slots)
        if first is not None and not shape.numbers:
            parts = [shape.constants[0], first, shape.constants[1]]
            for constant in shape.constants[2:]:
                parts += (reader.bytes(reader.varint()), constant)
            return b"".join(parts)
        parts = [shape.constants[0]]
        numbers = iter(surprises)
        for slot, constant in zip(shape.slots, shape.constants[1:], strict=True):
            if slot >= 0:
                parts.append(b"%d" % self._numbers.give(slot, next(numbers)))
            elif first is not None:
                parts.append(first)
                first = None
            else:
                parts.append(reader.bytes(reader.varint()))
            parts.append(constant)
        return b"".join(parts)

    def _new(self, reader: _Reader) -> bytes:
        event = reader.bytes(reader.varint())
        count = reader.varint()
        if not 1 <= count <= MAX_HOLES or len(self._shapes) == MAX_SHAPES:
            raise CodecError("a coded event tells a shape that is over the limits")
        holes = []
        end = 0
        for _ in range(count):
            gap = reader.varint()
            start = end + (gap >> 1)
            end = start + reader.varint()
            slot = reader.varint() if gap & 1 else -1
            if end > len(event) or slot >= MAX_SLOTS:
                raise CodecError("a coded event tells a shape with holes outside of it")
            if slot >= 0:
                if not _is_number(event[start:end]):
                    raise CodecError("a coded event tells a number that is none")
                self._numbers.take(slot, int(event[start:end]))
            holes.append((start, end, slot))
        self._last = _shape(len(self._shapes), event, holes)
        if sum(map(len, self._last.constants)) > MAX_SHAPE_BYTES:
            raise CodecError("a coded event tells a shape that is over the limits")
        self._shapes.append(self._last)
        return event


class _Reader:
    """Takes one coded message apart."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def more(self) -> bool:
        return self._at < len(self._data)

    def byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def bytes(self, size: int) -> bytes:
        start = self._at
        self._at = stop = start + size
        if stop > len(self._data):
            raise CodecError("a coded event is cut short")
        return self._data[start:stop]

    def varint(self) -> int:
        data, at = self._data, self._at
        value = shift = 0
        for byte in data[at : at + _MAX_VARINT_BYTES]:
            at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                self._at = at
                return value
            shift += 7
        raise CodecError("a number in a coded event has no end")

    def signed(self) -> int:
        coded = self.varint()
        return (coded >> 1) ^ -(coded & 1)


def _events(plain: bytes) -> list[bytes]:
    """``plain`` cut after every blank line; what comes after the last one stands last."""
    blank = b"\r\n\r\n" if plain.endswith(b"\r\n\r\n") else b"\n\n"
    if plain.find(blank) == len(plain) - len(blank):
        return [plain]
    *events, rest = plain.split(blank)
    cut = [event + blank for event in events]
    if rest:
        cut.append(rest)
    return cut


def _shape(number: int, event: bytes, holes: list[tuple[int, int, int]]) -> Shape:
    constants = []
    end = 0
    for start, stop, _ in holes:
        constants.append(event[end:start])
        end = stop
    constants.append(event[end:])
    slots = tuple(slot for _, _, slot in holes)
    return Shape.of(number, tuple(constants), slots)


def _is_number(text: bytes) -> bool:
    """Whether ``text`` is what ``b"%d"`` would write, and no more than `MAX_DIGITS` long."""
    return text.isdigit() and len(text) <= MAX_DIGITS and (len(text) == 1 or text[:1] != b"0")


def _zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _write_varint(value: int, out: bytearray) -> None:
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
