"""``#M2M|1|``, the M2M/1 frame: routing header in front, JSON behind it, sealed or not.

The receiver says how a frame must be sealed; the frame's own word is only compared with that.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import brotli
import msgspec
from attrs import asdict, field, frozen

from m2m_trio.codecs.brotli_limited import decompress
from m2m_trio.codecs.codec import Decoder, Encoder, Limits, WholeDecoder, WholeEncoder
from m2m_trio.codecs.frame_header import (
    COST_BYTES,
    REQUESTS,
    RESPONSES,
    RequestHeader,
    ResponseHeader,
    describe,
    describe_as,
    flag_names,
    has_cost,
    read_request,
    read_response,
)
from m2m_trio.errors import CodecError, SealError
from m2m_trio.wire.frame import (
    PREFIX,
    Frame,
    Schema,
    Security,
    format_body,
    format_unsealed,
    parse_body,
    parse_frame,
    to_binary,
    to_text,
)
from m2m_trio.wire.seal import NONCE_BYTES, decrypt, encrypt, sign, verify

MIN_COMPRESSED_BYTES = 100
"""Under this the payload is plain, as the reference has it."""


@frozen(kw_only=True)
class Seal:
    """How frames are sealed, and must be sealed to be read."""

    security: Security = Security.NONE
    key: bytes = field(default=b"", repr=False)
    """At least 16 bytes for HMAC, 32 for AEAD."""

    nonces: Callable[[int], bytes] | None = None
    """Gives that many bytes, never the same twice; AEAD encoding needs it."""

    bound: bytes = b""
    """What both sides know and no frame says; see `m2m_trio.wire.seal`."""


UNSEALED = Seal()
_JSON = msgspec.json.Decoder()


class FrameCodec:
    """JSON messages as M2M/1 frames; either form is decoded."""

    def __init__(
        self, *, text: bool = False, seal: Seal = UNSEALED, checks_header: bool = True
    ) -> None:
        """``checks_header=False`` reads frames whose routing header the reference garbled."""
        self.name = "m2m-frame-text" if text else "m2m-frame"
        self._text = text
        self._seal = seal
        self._checks_header = checks_header

    def encode(self, plain: bytes) -> bytes:
        schema, flags, header = describe(parse_json(plain))
        payload = plain
        compressed = False
        if len(plain) >= MIN_COMPRESSED_BYTES:
            compressor = brotli.Compressor(quality=5, lgwin=22)
            smaller = compressor.process(plain) + compressor.finish()
            if compressed := len(smaller) < len(plain):
                payload = smaller
        seal, crc = self._seal, zlib.crc32(plain)
        if seal.security is Security.NONE:
            data = format_unsealed(schema, flags, header, payload, crc, compressed=compressed)
        else:
            frame = Frame(schema, seal.security, flags, compressed, header)
            data = seal_frame(frame, format_body(payload, crc), seal)
        return to_text(data) if self._text else data

    def decode(self, coded: bytes, limits: Limits) -> bytes:
        limits.check_input(len(coded))
        data = to_binary(coded)
        frame = parse_frame(data)
        payload, crc = parse_body(unseal_frame(data, frame, self._seal))
        if frame.compressed:
            plain = decompress(payload, limits)
        else:
            limits.check_output(len(payload), len(coded))
            plain = payload
        if zlib.crc32(plain) != crc:
            raise CodecError("the frame's checksum (CRC-32) does not fit its payload")
        document = parse_json(plain)
        if self._checks_header:
            check_header(frame, document)
        return plain

    def encoder(self) -> Encoder:
        return WholeEncoder(self.encode)

    def decoder(self, limits: Limits) -> Decoder:
        return WholeDecoder(self.decode, limits)


def text_codec() -> FrameCodec:
    """The text form."""
    return FrameCodec(text=True)


def parse_json(plain: bytes) -> Any:
    """What ``plain`` says.

    Raises:
        CodecError: It is not JSON in UTF-8, or nested too deeply.
    """
    try:
        return _JSON.decode(plain)
    except msgspec.DecodeError as error:
        raise CodecError(f"a frame carries JSON, and this is none: {error}") from error
    except UnicodeDecodeError as error:
        raise CodecError(f"the message is not UTF-8: byte {error.start}") from error
    except RecursionError as error:
        raise CodecError("the JSON is nested too deeply") from error


def seal_frame(frame: Frame, body: bytes, seal: Seal) -> bytes:
    """The binary form of ``frame`` with that body.

    Raises:
        CodecError: The key does not fit, or an AEAD seal has no nonces.
        MissingExtraError: An AEAD seal needs the cryptography package.
    """
    head = frame.head()
    if seal.security is Security.NONE:
        return PREFIX + head + body
    if seal.security is Security.HMAC:
        signed = head + body
        return PREFIX + signed + sign(signed, key=seal.key, bound=seal.bound)
    if seal.nonces is None:
        raise CodecError("sealing with AEAD needs a source of nonces")
    nonce = seal.nonces(NONCE_BYTES)
    return PREFIX + head + encrypt(body, key=seal.key, nonce=nonce, head=head, bound=seal.bound)


def unseal_frame(data: bytes, frame: Frame, seal: Seal) -> bytes:
    """The body of ``frame``, which was parsed from ``data``, once its seal has held.

    Raises:
        SealError: It is not sealed as the receiver requires, or was changed.
    """
    if frame.security is not seal.security:
        raise SealError(
            f"the frame is sealed with {frame.security.name}, "
            f"and {seal.security.name} is required here"
        )
    if seal.security is Security.NONE:
        return frame.body
    end = len(data) - len(frame.body)
    if seal.security is Security.HMAC:
        signed = verify(data[len(PREFIX) :], key=seal.key, bound=seal.bound)
        return signed[end - len(PREFIX) :]
    return decrypt(frame.body, key=seal.key, head=data[len(PREFIX) : end], bound=seal.bound)


def check_header(frame: Frame, document: object) -> None:
    """Compare the routing header with what the payload says; the guessed cost may differ.

    Raises:
        CodecError: It was garbled, or changed on its way.
    """
    schema, flags, header = describe_as(frame.schema, document, priced=False)
    found = frame.header
    if has_cost(frame.schema, frame.flags):
        found = found[:-COST_BYTES]
    if flags != frame.flags or header != found or schema is not frame.schema:
        raise CodecError("the frame's routing header does not fit its payload")


def read_header(frame: Frame) -> RequestHeader | ResponseHeader | None:
    """The routing header, with the body left closed; None for a schema that has none.

    Raises:
        CodecError: It is garbled.
    """
    if frame.schema in REQUESTS:
        return read_request(frame.header, frame.flags)
    if frame.schema in RESPONSES:
        return read_response(frame.header, frame.flags)
    if frame.header and frame.schema is not Schema.CUSTOM:
        raise CodecError("the routing header is garbled: this schema has none")
    return None


def inspect_frame(coded: bytes) -> dict[str, Any]:
    """What a frame in either form says of itself, with its payload left closed.

    Raises:
        CodecError: It is no frame, or its header is garbled.
    """
    data = to_binary(coded)
    frame = parse_frame(data)
    header = read_header(frame)
    return {
        "form": "binary" if data is coded else "text",
        "schema": frame.schema.name.lower(),
        "security": frame.security.name.lower(),
        "compressed": frame.compressed,
        "flags": flag_names(frame.schema, frame.flags),
        "header_bytes": len(frame.header),
        "body_bytes": len(frame.body),
        **({} if header is None else asdict(header)),
    }
