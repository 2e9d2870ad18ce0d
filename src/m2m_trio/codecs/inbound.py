"""Request bodies in the content codings any client may use, decoded within limits.

``gzip``, ``deflate`` (both kinds that are sent under this name), ``br`` and ``zstd``, and
several of them one over the other, as RFC 9110 8.4 has it.
"""

from __future__ import annotations

import zlib

from m2m_trio.codecs import zstd
from m2m_trio.codecs.codec import LIMITS, Limits
from m2m_trio.errors import CodecError, CodecLimitError, UnsupportedCodingError

CODINGS = ("zstd", "br", "gzip", "deflate")
"""What is read, best first: the answer to a coding that is not."""

MAX_CHAIN = 3
"""Codings one over the other."""

MAX_MEMBERS = 16
"""Parts of a gzip body: what follows a part is copied, so that thousands would cost."""

_GZIP, _ZLIB, _RAW = 31, 15, -15  # window sizes that tell zlib what comes around the data


def codings_of(values: list[bytes]) -> tuple[str, ...]:
    """The codings that ``Content-Encoding`` fields name, in the order they were applied.

    Raises:
        UnsupportedCodingError: One of them is not read, or there are too many; the message
            names those that are.
    """
    names = [
        name
        for value in values
        for member in value.decode("latin-1").split(",")
        if (name := member.strip(" \t").lower()) not in ("", "identity")
    ]
    plain_names = tuple("gzip" if name == "x-gzip" else name for name in names)
    for name in plain_names:
        if name not in CODINGS:
            raise UnsupportedCodingError(
                f"this node cannot read content-encoding {name[:40]!r}: send the body plain, "
                f"or in one of {', '.join(CODINGS)}"
            )
    if len(plain_names) > MAX_CHAIN:
        raise UnsupportedCodingError(
            f"over {MAX_CHAIN} content codings one over the other: send the body in one"
        )
    return plain_names


def decode(body: bytes, codings: tuple[str, ...], limits: Limits = LIMITS) -> bytes:
    """The plain body; ``codings`` are what `codings_of` gave.

    Raises:
        CodecError: It is not what its coding says, or is cut short.
        CodecLimitError: It is over a limit, before or after decoding.
    """
    for coding in reversed(codings):
        limits.check_input(len(body))
        body = _DECODERS[coding](body, limits)
    return body


def _ungzip(body: bytes, limits: Limits) -> bytes:
    parts: list[bytes] = []
    room = limits.allowed(len(body))
    rest = body
    while rest or not parts:
        if len(parts) == MAX_MEMBERS:
            raise CodecLimitError(f"the gzip body has over {MAX_MEMBERS} parts")
        plain, rest = _inflate(rest, _GZIP, room)
        room -= len(plain)
        parts.append(plain)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _undeflate(body: bytes, limits: Limits) -> bytes:
    """Zlib's format, as the RFC means it, or bare deflate, as some clients send it."""
    room = limits.allowed(len(body))
    try:
        plain, rest = _inflate(body, _ZLIB, room)
    except CodecLimitError:
        raise
    except CodecError:
        plain, rest = _inflate(body, _RAW, room)
    if rest:
        raise CodecError("the deflate body goes on after its end")
    return plain


def _inflate(body: bytes, kind: int, room: int) -> tuple[bytes, bytes]:
    """What ``body`` begins with, at most ``room`` bytes of it; and what follows."""
    inflater = zlib.decompressobj(kind)
    try:
        plain = inflater.decompress(body, room + 1)
    except zlib.error as error:
        raise CodecError("the body is no sound gzip or deflate data") from error
    if len(plain) > room:
        raise CodecLimitError(f"the decoded body is over the limit of {room} bytes")
    if not inflater.eof:
        raise CodecError("the gzip or deflate body is cut short")
    return plain, inflater.unused_data


def _unbrotli(body: bytes, limits: Limits) -> bytes:
    from m2m_trio.codecs.brotli_limited import decompress  # on first use: it is not small

    return decompress(body, limits)


_DECODERS = {
    "br": _unbrotli,
    "deflate": _undeflate,
    "gzip": _ungzip,
    "zstd": zstd.decode,
}
