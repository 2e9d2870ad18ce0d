from __future__ import annotations

import tracemalloc
from contextlib import suppress

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.codecs.brotli import BrotliCodec
from m2m_trio.codecs.brotli_limited import decompress
from m2m_trio.codecs.codec import LIMITS, Limits
from m2m_trio.errors import CodecError, CodecLimitError
from m2m_trio.wire.base64text import encode_base64

CODEC = BrotliCodec()
PREFIX = b"#M2M[v3.0]|DATA:"
BOMB = bytes.fromhex(  # 20 MiB of zeros
    "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd5ffeffffe09f0088c30200ddfb1f"
)


@given(text=st.text())
@settings(max_examples=30)
def test_any_text_comes_back(text: str) -> None:
    assert CODEC.decode(CODEC.encode(text.encode()), LIMITS) == text.encode()


@given(stream=st.binary(max_size=40))
@settings(max_examples=30)
def test_it_fails_only_as_documented(stream: bytes) -> None:
    with suppress(CodecError):
        CODEC.decode(PREFIX + encode_base64(stream), LIMITS)


@given(
    plain=st.binary(max_size=300), cut=st.integers(0), extra=st.binary(min_size=1, max_size=3)
)
@settings(max_examples=30)
def test_a_stream_is_taken_whole_or_not_at_all(plain: bytes, cut: int, extra: bytes) -> None:
    stream = brotli.compress(plain)
    assert decompress(stream, LIMITS) == plain
    for wrong in (stream[: cut % len(stream)], stream + extra):
        with pytest.raises(CodecError):
            decompress(wrong, LIMITS)


@pytest.mark.parametrize(
    ("coded", "why"),
    [
        (b"", "does not begin"),
        (b"#M2M[v3.0]|G0AA", "does not begin"),
        (b"#M2M[v2.0]|DATA:eJw=", "does not begin"),
        (PREFIX, "cut short"),
        (PREFIX + b"G0A", "bad base64"),
        (PREFIX + b"AAA\n", "bad base64"),
        (PREFIX + b"////", "not a Brotli stream"),
        (PREFIX + encode_base64(brotli.compress(b"\xff")), "not UTF-8"),
    ],
)
def test_each_fault_has_its_message(coded: bytes, why: str) -> None:
    with pytest.raises(CodecError, match=why):
        CODEC.decode(coded, LIMITS)


def test_only_text_is_taken() -> None:
    with pytest.raises(CodecError, match="not UTF-8: byte 2"):
        CODEC.encode(b"ab\xff")


def test_a_bomb_is_left_while_it_is_small() -> None:
    tracemalloc.start()
    with pytest.raises(CodecLimitError, match="bomb"):
        decompress(BOMB, LIMITS)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 << 20  # of the 20 MiB it would become
    with pytest.raises(CodecLimitError, match="limit of 10 bytes"):
        decompress(brotli.compress(bytes(11)), Limits(output_bytes=10))
    assert decompress(brotli.compress(bytes(10)), Limits(output_bytes=10)) == bytes(10)
    assert len(decompress(BOMB, Limits(free_bytes=20 << 20))) == 20 << 20


def test_streaming_codes_at_the_end() -> None:
    encoder, decoder = CODEC.encoder(), CODEC.decoder(LIMITS)
    coded = encoder.feed(b"ab") + encoder.feed(b"c") + encoder.finish()
    assert coded == CODEC.encode(b"abc")
    assert decoder.feed(coded[:5]) + decoder.feed(coded[5:]) + decoder.finish() == b"abc"
