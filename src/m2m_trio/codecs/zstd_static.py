"""``m2m-zd1``: zstd with the built-in dictionary, for messages that come alone.

Four bytes name the dictionary, one zstd frame with a checksum follows. Small messages are
coded at a higher level: it costs microseconds there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from m2m_trio.codecs.codec import Decoder, Encoder, Limits, WholeDecoder, WholeEncoder
from m2m_trio.codecs.dictionary import MESSAGES, TAG_BYTES, StaticDictionary, find_tagged
from m2m_trio.codecs.zstd import Compressors, check_sealed, expand
from m2m_trio.codecs.zstd_library import LEVEL, ZstdDict
from m2m_trio.errors import CodecError

SMALL_LEVEL = 9
SMALL_BYTES = 16 * 1024


class Zd1:
    """The content coding ``m2m-zd1`` with the dictionaries of ``held``, newest first."""

    name = "m2m-zd1"

    def __init__(self, held: Sequence[StaticDictionary] = MESSAGES) -> None:
        self._held = held
        self._small = Compressors(SMALL_LEVEL, _loaded(held[0]))
        self._large = Compressors(LEVEL, _loaded(held[0]))

    def encode(self, plain: bytes) -> bytes:
        compressors = self._small if len(plain) <= SMALL_BYTES else self._large
        return self._held[0].tag + compressors.encode(plain)

    def decode(self, coded: bytes, limits: Limits) -> bytes:
        limits.check_input(len(coded))
        dictionary = find_tagged(self._held, coded[:TAG_BYTES])
        frame = coded[TAG_BYTES:]
        check_sealed(frame)
        plain, rest = expand(frame, limits.allowed(len(coded)), _loaded(dictionary))
        if rest:
            raise CodecError("the message goes on after its zstd frame")
        return plain

    def encoder(self) -> Encoder:
        return WholeEncoder(self.encode)

    def decoder(self, limits: Limits) -> Decoder:
        return WholeDecoder(self.decode, limits)


@cache
def _loaded(dictionary: StaticDictionary) -> ZstdDict:
    return ZstdDict(dictionary.content, is_raw=True)


_ZD1 = Zd1()
encode = _ZD1.encode
decode = _ZD1.decode
