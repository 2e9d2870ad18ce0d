"""Random letters as the bytes they stand for: base64 in three quarters, hexadecimal in half.

Ids, encrypted reasoning, images and the padding that hides lengths are random bytes written
with 16 or 64 letters. Deflate cannot find that out of a few of them, nor does it in ten.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64, hexlify, unhexlify

HEX, BASE64, BASE64_URL = range(3)
"""The alphabets: of hexadecimal the small letters; of base64 the two of RFC 4648, 4 and 5."""

RUN = re.compile(
    rb"[\"_,](?=[\w+/-]{24})(?:((?:[0-9a-f][0-9a-f]){12,}+)"
    rb"|(?<!_)(?:([A-Za-z0-9+/]{80,}+)|([A-Za-z0-9_-]{80,}+)))(?=[\"=])"
)
"""What is worth packing, found in linear time: runs that begin a text, or a part of one."""

_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_STANDARD = bytes.maketrans(b"-_", b"+/")


def packed_bytes(alphabet: int, letters: int) -> int:
    """How many bytes so many letters become."""
    return (letters + 1) // 2 if alphabet == HEX else (3 * letters + 3) // 4


def pack(alphabet: int, letters: bytes) -> bytes:
    """The bytes for ``letters``, which are all of ``alphabet``."""
    if alphabet == HEX:
        return unhexlify(letters + b"0"[: len(letters) % 2])
    if alphabet == BASE64_URL:
        letters = letters.translate(_STANDARD)
    size = (3 * len(letters) + 3) // 4
    return a2b_base64(letters + b"AAA"[: -len(letters) % 4])[:size]


def unpack(alphabet: int, packed: bytes, letters: int) -> bytes:
    """The first so many letters that ``packed`` stands for."""
    if alphabet == HEX:
        return hexlify(packed)[:letters]
    text = b2a_base64(packed, newline=False)[:letters]
    return text.translate(_URL_SAFE) if alphabet == BASE64_URL else text
