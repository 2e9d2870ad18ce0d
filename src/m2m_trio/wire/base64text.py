"""Base64 as the M2M formats have it: RFC 4648 section 4, padded, one line, one spelling."""

from __future__ import annotations

import binascii

from m2m_trio.errors import CodecError


def encode_base64(data: bytes) -> bytes:
    """``data`` as text."""
    return binascii.b2a_base64(data, newline=False)


def decode_base64(text: bytes) -> bytes:
    """The bytes behind ``text``.

    Raises:
        CodecError: It has blanks or line ends, foreign characters, missing padding, or a last
            character with bits that belong to no byte.
    """
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error as error:
        raise CodecError(f"bad base64: {str(error).lower()}") from error
    if text.endswith(b"=") and encode_base64(data[-(len(data) % 3) :]) != text[-4:]:
        raise CodecError("bad base64: the last character has bits that belong to no byte")
    return data
