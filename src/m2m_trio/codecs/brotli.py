"""``#M2M[v3.0]|DATA:``, one Brotli stream in base64."""

from __future__ import annotations

import brotli

from m2m_trio.codecs.brotli_limited import decompress
from m2m_trio.codecs.codec import Decoder, Encoder, Limits, WholeDecoder, WholeEncoder
from m2m_trio.errors import CodecError
from m2m_trio.wire.base64text import decode_base64, encode_base64

PREFIX = b"#M2M[v3.0]|DATA:"


class BrotliCodec:
    """Text as the reference codes it: Brotli at its best, in base64. UTF-8 only."""

    name = "m2m-br"

    def encode(self, plain: bytes) -> bytes:
        check_text(plain)
        return PREFIX + encode_base64(brotli.compress(plain, quality=11, lgwin=22))

    def decode(self, coded: bytes, limits: Limits) -> bytes:
        limits.check_input(len(coded))
        if not coded.startswith(PREFIX):
            raise CodecError("not M2M Brotli: it does not begin with #M2M[v3.0]|DATA:")
        plain = decompress(decode_base64(coded[len(PREFIX) :]), limits)
        check_text(plain)
        return plain

    def encoder(self) -> Encoder:
        return WholeEncoder(self.encode)

    def decoder(self, limits: Limits) -> Decoder:
        return WholeDecoder(self.decode, limits)


def check_text(plain: bytes) -> None:
    """Refuse what is not UTF-8.

    Raises:
        CodecError: It is not.
    """
    try:
        plain.decode()
    except UnicodeDecodeError as error:
        raise CodecError(f"the message is not UTF-8: byte {error.start}") from error
