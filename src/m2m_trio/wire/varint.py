"""LEB128 integers: seven bits a byte, least significant first, the high bit says "more"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from m2m_trio.errors import CodecError

U32_MAX = (1 << 32) - 1
U64_MAX = (1 << 64) - 1
_SHORT = [bytes((value,)) for value in range(0x80)]


def encode_varint(value: int) -> bytes:
    """The shortest form of ``value``, which is not negative."""
    if value < 0x80:
        return _SHORT[value]
    if value < 0x4000:
        return bytes((value & 0x7F | 0x80, value >> 7))
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def decode_varint(data: bytes, start: int = 0, *, largest: int = U64_MAX) -> tuple[int, int]:
    """Read the integer at ``start``; return it and the offset after it.

    Raises:
        CodecError: It is cut short, over ``largest``, or longer than it need be.
    """
    value = shift = 0
    for offset in range(start, len(data)):
        byte = data[offset]
        value |= (byte & 0x7F) << shift
        if value > largest or shift > 63:
            break
        if byte < 0x80:
            if not byte and shift:
                raise CodecError(f"the varint at offset {start} is longer than it need be")
            return value, offset + 1
        shift += 7
    else:
        raise CodecError(f"the varint at offset {start} has no end: the data is cut short")
    raise CodecError(f"the varint at offset {start} is over {largest}")


def encode_varints(values: Iterable[int]) -> bytes:
    """All of ``values``, one after another."""
    return b"".join(map(encode_varint, values))


def decode_varints(data: bytes, *, at_most: int) -> Iterator[list[int]]:
    """All 32-bit integers that ``data`` is made of, in lists of ``at_most``.

    Raises:
        CodecError: One is cut short, over 32 bits, or longer than it need be.
    """
    values: list[int] = []
    offset = 0
    while offset < len(data):
        byte = data[offset]
        if byte < 0x80:
            offset += 1
            values.append(byte)
        else:
            value, offset = decode_varint(data, offset, largest=U32_MAX)
            values.append(value)
        if len(values) == at_most:
            yield values
            values = []
    if values:
        yield values
