"""What every codec is: a name, bytes to bytes both ways at once or piece by piece, and limits.

Codecs are pure and total: any input gives bytes or raises one documented error, in time and
memory linear in the input and bounded by `Limits`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import attrs
from attrs import frozen

from m2m_trio.errors import CodecLimitError

MIB = 1 << 20


@frozen(kw_only=True)
class Limits:
    """How far a decoder goes for bytes that somebody else wrote."""

    input_bytes: int = attrs.field(default=64 * MIB, validator=attrs.validators.gt(0))
    """Coded bytes of one message."""

    output_bytes: int = attrs.field(default=64 * MIB, validator=attrs.validators.gt(0))
    """Plain bytes of one message."""

    ratio: int = attrs.field(default=1000, validator=attrs.validators.gt(0))
    """Plain bytes for one coded byte. Recorded traffic stays under 200 without a dictionary;
    a decoder with one is given a higher limit by whoever gave it the dictionary."""

    free_bytes: int = attrs.field(default=MIB, validator=attrs.validators.ge(0))
    """Plain bytes that are never refused for their ratio."""

    depth: int = attrs.field(default=128, validator=attrs.validators.gt(0))
    """Nested JSON arrays and objects, where a codec writes JSON anew."""

    def allowed(self, coded_bytes: int) -> int:
        """Plain bytes that ``coded_bytes`` may become."""
        return min(self.output_bytes, max(self.free_bytes, self.ratio * coded_bytes))

    def check_input(self, coded_bytes: int) -> None:
        """Refuse a coded message of that size if it is over the limit.

        Raises:
            CodecLimitError: It is.
        """
        if coded_bytes > self.input_bytes:
            raise CodecLimitError(
                f"the coded message is over the limit of {self.input_bytes} bytes"
            )

    def check_output(self, plain_bytes: int, coded_bytes: int) -> None:
        """Refuse ``plain_bytes`` that came out of ``coded_bytes`` if that is over a limit.

        Raises:
            CodecLimitError: It is; the message names the limit.
        """
        if plain_bytes <= self.allowed(coded_bytes):
            return
        if plain_bytes > self.output_bytes:
            raise CodecLimitError(
                f"the decoded message is over the limit of {self.output_bytes} bytes"
            )
        raise CodecLimitError(
            f"the coded message grows over {self.ratio} times: refused as a decompression bomb"
        )


LIMITS = Limits()
"""The defaults."""


class Encoder(Protocol):
    """One message on its way out. After `finish` it is used up."""

    def feed(self, plain: bytes) -> bytes:
        """Take the next part; give what is ready, which may be nothing."""
        ...

    def flush(self) -> bytes:
        """Give all that a decoder needs to produce what was fed so far.

        A codec that needs the whole message gives nothing before `finish`.
        """
        ...

    def finish(self) -> bytes:
        """Give the rest, and the end of the message.

        Raises:
            CodecError: The codec cannot carry what was fed.
        """
        ...


class Decoder(Protocol):
    """One message on its way in. After `finish` or an error it is used up."""

    def feed(self, coded: bytes) -> bytes:
        """Take the next part; give what it becomes, which may be nothing yet.

        Raises:
            CodecError: It is not what the codec writes.
            CodecLimitError: It is over a limit.
        """
        ...

    def finish(self) -> bytes:
        """Give the rest.

        Raises:
            CodecError: The message is not complete, or not what the codec writes.
            CodecLimitError: It is over a limit.
        """
        ...


class Codec(Protocol):
    """A reversible coding: ``decode(encode(plain), limits) == plain``, byte for byte."""

    @property
    def name(self) -> str:
        """Its content-coding token, lower case: ``m2m-t1``."""
        ...

    def encode(self, plain: bytes) -> bytes:
        """Code one whole message.

        Raises:
            CodecError: The codec cannot carry it: TK carries UTF-8 only.
        """
        ...

    def decode(self, coded: bytes, limits: Limits) -> bytes:
        """Give back the message.

        Raises:
            CodecError: ``coded`` is not what the codec writes; the message says why.
            CodecLimitError: It is over a limit.
        """
        ...

    def encoder(self) -> Encoder:
        """The streaming form of `encode`."""
        ...

    def decoder(self, limits: Limits) -> Decoder:
        """The streaming form of `decode`; its pieces may be cut anywhere."""
        ...


class WholeEncoder:
    """The streaming form of a codec that needs the whole message."""

    def __init__(self, encode: Callable[[bytes], bytes]) -> None:
        self._encode = encode
        self._parts: list[bytes] = []

    def feed(self, plain: bytes) -> bytes:
        self._parts.append(plain)
        return b""

    def flush(self) -> bytes:
        return b""

    def finish(self) -> bytes:
        plain = b"".join(self._parts)
        self._parts.clear()
        return self._encode(plain)


class WholeDecoder:
    """The streaming form of a codec that needs the whole message.

    It holds no more than ``limits.input_bytes`` of it.
    """

    def __init__(self, decode: Callable[[bytes, Limits], bytes], limits: Limits) -> None:
        self._decode = decode
        self._limits = limits
        self._parts: list[bytes] = []
        self._size_bytes = 0

    def feed(self, coded: bytes) -> bytes:
        self._size_bytes += len(coded)
        self._limits.check_input(self._size_bytes)
        self._parts.append(coded)
        return b""

    def finish(self) -> bytes:
        coded = b"".join(self._parts)
        self._parts.clear()
        return self._decode(coded, self._limits)
