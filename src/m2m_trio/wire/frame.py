"""The M2M/1 frame: a fixed header, a routing header that can be read alone, and a body.

Offsets from the start; integers are little-endian::

     0   7  #M2M|1|
     7   2  header length: 20 and the routing header
     9   1  schema          10   1  security
    11   2  flags of the schema    13  1  zero    14  1  flags of every frame
    15  12  zero
    27      routing header
    then    body: 4 payload length, 4 CRC-32 of the plain payload, payload

The text form is the prefix and the base64 of the rest. A binary header is never so long that
its length's high byte, at offset 8, is one that base64 has: that byte tells the forms apart.
"""

from __future__ import annotations

import enum
import struct
from typing import NamedTuple

from m2m_trio.errors import CodecError
from m2m_trio.wire.base64text import decode_base64, encode_base64

PREFIX = b"#M2M|1|"
FIXED = struct.Struct("<HBBHBB12s")
FIXED_BYTES = FIXED.size
_UNSEALED = struct.Struct("<7sHBxHxB12x")
"""The prefix and the fixed header in one, its security `Security.NONE`."""

BODY = struct.Struct("<II")
ZEROS = bytes(12)
COMPRESSED = 1
MAX_HEADER_BYTES = 0x2AFF - FIXED.size
"""The routing header's limit, so that the two forms stay distinct."""


class Schema(enum.IntEnum):
    """What a frame carries."""

    REQUEST = 1
    RESPONSE = 2
    STREAM = 3
    EMBEDDING_REQUEST = 4
    EMBEDDING_RESPONSE = 5
    ERROR = 0x10
    CUSTOM = 0xFE


class Security(enum.IntEnum):
    """How a frame is sealed."""

    NONE = 0
    HMAC = 1
    AEAD = 2


class Frame(NamedTuple):
    """A frame as it is on the wire, its body not yet opened."""

    schema: Schema
    security: Security = Security.NONE
    flags: int = 0
    """Sixteen bits whose meaning is the schema's."""

    compressed: bool = False
    """Whether the payload is a Brotli stream."""

    header: bytes = b""
    """The routing header."""

    body: bytes = b""

    def head(self) -> bytes:
        """All that comes before the body, less the prefix: what a seal covers first.

        Raises:
            CodecError: The routing header is too long.
        """
        schema, security, flags, compressed, header, _ = self
        if len(header) > MAX_HEADER_BYTES:
            raise CodecError(f"a routing header has at most {MAX_HEADER_BYTES} bytes")
        length = FIXED_BYTES + len(header)
        return FIXED.pack(length, schema, security, flags, 0, compressed, ZEROS) + header


_SCHEMAS = {schema.value: schema for schema in Schema}
_SECURITIES = {security.value: security for security in Security}


def parse_frame(data: bytes) -> Frame:
    """Read a frame in its binary form; the body is whatever follows the header.

    Raises:
        CodecError: It is cut short, or says something that no frame says.
    """
    if not data.startswith(PREFIX):
        raise CodecError("not an M2M/1 frame: it does not begin with #M2M|1|")
    start = len(PREFIX)
    if len(data) < start + FIXED_BYTES:
        raise CodecError("the frame is cut short: its fixed header is not complete")
    fields = FIXED.unpack_from(data, start)
    header_bytes, schema, security, flags, spare, shared, zeros = fields
    if header_bytes < FIXED_BYTES:
        raise CodecError(f"the frame's header length is {header_bytes}: it is at least 20")
    end = start + header_bytes
    if len(data) < end:
        raise CodecError("the frame is cut short: its routing header is not complete")
    if spare or zeros != ZEROS or shared & ~COMPRESSED:
        raise CodecError("the frame's reserved bits are not zero")
    if schema not in _SCHEMAS:
        raise CodecError(f"the frame has the unknown schema {schema}")
    if security not in _SECURITIES:
        raise CodecError(f"the frame has the unknown security {security}")
    header, body = data[start + FIXED_BYTES : end], data[end:]
    return Frame(
        _SCHEMAS[schema], _SECURITIES[security], flags, shared == COMPRESSED, header, body
    )


def format_unsealed(
    schema: Schema, flags: int, header: bytes, payload: bytes, crc: int, *, compressed: bool
) -> bytes:
    """The binary form of a frame that nothing seals, in one step.

    Raises:
        CodecError: The routing header is too long.
    """
    if len(header) > MAX_HEADER_BYTES:
        raise CodecError(f"a routing header has at most {MAX_HEADER_BYTES} bytes")
    start = _UNSEALED.pack(PREFIX, FIXED_BYTES + len(header), schema, flags, compressed)
    return b"".join((start, header, BODY.pack(len(payload), crc), payload))


def format_body(payload: bytes, crc: int) -> bytes:
    """The body that carries ``payload``; ``crc`` is of the payload before compression."""
    return BODY.pack(len(payload), crc) + payload


def parse_body(body: bytes) -> tuple[bytes, int]:
    """The payload of an unsealed body, and its CRC.

    Raises:
        CodecError: Something is missing, or something follows.
    """
    if len(body) < BODY.size:
        raise CodecError("the frame is cut short: its payload length is not complete")
    size, crc = BODY.unpack_from(body)
    if len(body) < BODY.size + size:
        raise CodecError("the frame is cut short: its payload is not complete")
    if len(body) > BODY.size + size:
        raise CodecError("bytes follow the frame's payload")
    return body[BODY.size :], crc


def is_text(data: bytes) -> bool:
    """Whether a frame is in its text form; ``data`` begins with `PREFIX`."""
    return len(data) > 8 and data[8] >= 0x2B


def to_text(data: bytes) -> bytes:
    """The text form of a binary frame."""
    return PREFIX + encode_base64(data[len(PREFIX) :])


def to_binary(data: bytes) -> bytes:
    """The binary form of a frame in either form.

    Raises:
        CodecError: It is text, and not base64.
    """
    if data.startswith(PREFIX) and is_text(data):
        return PREFIX + decode_base64(data[len(PREFIX) :])
    return data
