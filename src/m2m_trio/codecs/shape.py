"""A shape of events: constants, and holes of three kinds between them.

What fills a hole is text, a number, or padding: random letters beside a text that hide how long
it is. Numbers and the length of padding can be expected.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define

from m2m_trio.errors import CodecError

MAX_SHAPES = 0x40
MAX_SHAPE_BYTES = 2048
"""Constants of one shape: larger events hardly come twice."""

MAX_EVENT_BYTES = 16 * 1024
"""A larger event does not become a shape."""

MAX_HOLES = 16
MAX_SLOTS = 16
MAX_DIGITS = 15
PADDED_TO = 16
"""What a text and its padding are a multiple of, give or take the same."""

TEXT, PADDING = -1, -2  # of holes, instead of the slot of a number


@define(kw_only=True, eq=False)  # frozen would take twice as long to make
class Shape:
    """Constants and what is between them: ``constants`` are one more than ``slots``."""

    number: int
    constants: tuple[bytes, ...]
    slots: tuple[int, ...]
    """Of each hole: the slot of its number, -1 for text, -2 for padding."""

    first: bytes
    inner: tuple[bytes, ...]
    last: bytes
    """The ``constants`` once more: taking them apart for each event takes longer."""

    numbers: tuple[int, ...]
    """Which holes are numbers'."""

    padding: int
    """Which hole is padding's; -1 for none."""

    is_plain: bool
    """Whether all that differs is texts."""

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
            if not is_number(fillings[hole]):
                return None
        if self.padding >= 0 and not is_padding(fillings[self.padding]):
            return None
        return fillings


class Expected:
    """What the numbers of the next event are, if they go on as they went."""

    __slots__ = ("_last", "_lengths", "_steps")

    def __init__(self) -> None:
        self._last = [-1] * MAX_SLOTS  # -1: none yet
        self._steps = [0] * MAX_SLOTS
        self._lengths = [0] * MAX_SHAPES

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

    def take_padding(self, shape: int, texts: Sequence[bytes], size_bytes: int) -> int:
        """Note how long the padding of ``texts`` is; how far it is from what was expected."""
        counted = _counted(texts)
        surprise = size_bytes - (self._lengths[shape] - counted) % PADDED_TO
        self._lengths[shape] = counted + size_bytes
        return surprise

    def give_padding(self, shape: int, texts: Sequence[bytes], surprise: int) -> int:
        """How long the padding of ``texts`` is, noted."""
        counted = _counted(texts)
        size_bytes = (self._lengths[shape] - counted) % PADDED_TO + surprise
        self._lengths[shape] = counted + size_bytes
        return size_bytes


def make_shape(
    number: int, event: bytes, holes: Sequence[tuple[int, int, int]], expected: Expected
) -> Shape:
    """The shape that ``event`` is the first of, its numbers noted.

    Raises:
        CodecError: What is no number has the place of one.
    """
    constants, slots, texts, padding = [], [], [], None
    end = 0
    for start, stop, slot in holes:
        constants.append(event[end:start])
        slots.append(slot)
        end = stop
        filling = event[start:stop]
        if slot >= 0:
            if not is_number(filling):
                raise CodecError("a coded event tells a number that is none")
            expected.take(slot, int(filling))
        elif slot == PADDING:
            padding = filling
        else:
            texts.append(filling)
    constants.append(event[end:])
    if padding is not None:
        expected.take_padding(number, texts, len(padding))
    return Shape(
        number=number,
        constants=tuple(constants),
        slots=tuple(slots),
        first=constants[0],
        inner=tuple(constants[1:-1]),
        last=constants[-1],
        numbers=tuple([hole for hole, slot in enumerate(slots) if slot >= 0]),
        padding=-1 if padding is None else slots.index(PADDING),
        is_plain=len(texts) == len(slots),
    )


def _counted(texts: Sequence[bytes]) -> int:
    """How long ``texts`` are to whoever pads them, an escape sequence mostly counting one."""
    return sum(len(text) - text.count(b"\\") for text in texts)


def is_number(text: bytes) -> bool:
    """Whether ``text`` is what ``b"%d"`` would write, and no more than `MAX_DIGITS` long."""
    return text.isdigit() and len(text) <= MAX_DIGITS and (len(text) == 1 or text[:1] != b"0")


def is_padding(text: bytes) -> bool:
    """Whether ``text`` is letters and digits, or nothing."""
    return text.isalnum() or not text
