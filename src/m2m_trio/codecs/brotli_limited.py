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
    try:
        part: bytes = decoder.process(stream, output_buffer_limit=allowed + 1)
        plain = part
        while not decoder.is_finished():
            limits.check_output(len(plain), len(stream))
            if not part and decoder.can_accept_more_data():
                raise CodecError("the Brotli stream is cut short")
            part = decoder.process(b"", output_buffer_limit=allowed - len(plain) + 1)
            plain += part
    except brotli.error as error:
        raise CodecError("not a Brotli stream, or one with bytes after its end") from error
    limits.check_output(len(plain), len(stream))
    return plain
