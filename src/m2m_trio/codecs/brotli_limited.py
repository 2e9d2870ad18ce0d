"""Brotli streams, decoded no further than the caller's limits."""

from __future__ import annotations

import brotli

from m2m_trio.codecs.codec import Limits
from m2m_trio.errors import CodecError


def decompress(stream: bytes, limits: Limits) -> bytes:
    """The bytes behind one whole Brotli stream (RFC 7932).

    Raises:
        CodecError: It is no such stream, is cut short, or something follows it.
        CodecLimitError: It grows over a limit; that much was not decoded.
    """
    allowed = limits.allowed(len(stream))
    decoder = brotli.Decompressor()
    parts = []
    size_bytes = 0
    piece = stream
    try:
        while not decoder.is_finished():
            part = decoder.process(piece, output_buffer_limit=allowed - size_bytes + 1)
            size_bytes += len(part)
            limits.check_output(size_bytes, len(stream))
            if not part and decoder.can_accept_more_data():
                break
            parts.append(part)
            piece = b""
    except brotli.error as error:
        raise CodecError("not a Brotli stream, or one with bytes after its end") from error
    if not decoder.is_finished():
        raise CodecError("the Brotli stream is cut short")
    return parts[0] if len(parts) == 1 else b"".join(parts)
