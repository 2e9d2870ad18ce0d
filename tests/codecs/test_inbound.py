from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.codecs import inbound, zstd
from m2m_trio.codecs.codec import LIMITS, Limits
from m2m_trio.errors import CodecError, CodecLimitError, UnsupportedCodingError


def raw_deflate(plain: bytes) -> bytes:
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflater.compress(plain) + deflater.flush()


CODERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", brotli.compress),
    ("zstd", zstd.encode),
]
every_coder = pytest.mark.parametrize(
    ("coding", "code"), CODERS, ids=["gzip", "deflate", "raw", "br", "zstd"]
)


@given(plain=st.binary(max_size=300), chain=st.lists(st.sampled_from(CODERS), max_size=3))
def test_what_clients_code_is_read(
    plain: bytes, chain: list[tuple[str, Callable[[bytes], bytes]]]
) -> None:
    body = plain
    for _, code in chain:
        body = code(body)
    value = ", ".join(coding for coding, _ in chain).encode()
    assert inbound.decode(body, inbound.codings_of([value])) == plain


@given(body=st.binary(max_size=60), coding=st.sampled_from(inbound.CODINGS))
def test_junk_fails_only_as_documented(body: bytes, coding: str) -> None:
    try:
        inbound.decode(body, (coding,))
    except CodecError:
        return


@every_coder
def test_a_cut_body_is_refused(coding: str, code: Callable[[bytes], bytes]) -> None:
    coded = code(b"What do owls eat at night, and why?")
    for stop in range(len(coded)):
        with pytest.raises(CodecError):
            inbound.decode(coded[:stop], (coding,))


@every_coder
def test_a_bomb_is_stopped(coding: str, code: Callable[[bytes], bytes]) -> None:
    limits = Limits(output_bytes=1 << 20)
    with pytest.raises(CodecLimitError) as caught:
        inbound.decode(code(bytes(4 << 20)), (coding,), limits)
    assert caught.value.status == 413


@every_coder
def test_a_long_body_is_not_begun(coding: str, code: Callable[[bytes], bytes]) -> None:
    coded = code(b"owl")
    with pytest.raises(CodecLimitError):
        inbound.decode(coded, (coding,), Limits(input_bytes=len(coded) - 1))


@every_coder
def test_nothing_may_follow(coding: str, code: Callable[[bytes], bytes]) -> None:
    with pytest.raises(CodecError):
        inbound.decode(code(b"owl") + b"!", (coding,))


def test_gzip_may_have_parts_but_not_thousands() -> None:
    part = gzip.compress(b"owl ")
    assert inbound.decode(part * 3, ("gzip",)) == b"owl owl owl "
    with pytest.raises(CodecLimitError, match="16 parts"):
        inbound.decode(part * 17, ("gzip",))
    with pytest.raises(CodecLimitError):
        inbound.decode(gzip.compress(bytes(600)) * 2, ("gzip",), Limits(output_bytes=1000))


@pytest.mark.parametrize(
    ("values", "codings"),
    [
        ([], ()),
        ([b"identity"], ()),
        ([b" GZIP ", b"x-gzip,identity"], ("gzip", "gzip")),
        ([b"zstd, br"], ("zstd", "br")),
        ([b",,"], ()),
    ],
)
def test_codings_are_read_in_their_order(values: list[bytes], codings: tuple[str, ...]) -> None:
    assert inbound.codings_of(values) == codings


@pytest.mark.parametrize("value", [b"compress", b"m2m-zd1", b"gzip;q=1", b"\xff", b"*"])
def test_other_codings_are_refused_with_those_that_are_read(value: bytes) -> None:
    with pytest.raises(UnsupportedCodingError, match="zstd, br, gzip, deflate") as caught:
        inbound.codings_of([b"gzip", value])
    assert caught.value.status == 415


def test_a_tower_of_codings_is_refused() -> None:
    with pytest.raises(UnsupportedCodingError, match="over 3"):
        inbound.codings_of([b"gzip, gzip, gzip, gzip"])


def test_no_coding_leaves_the_body_alone() -> None:
    assert inbound.decode(b"owl", (), LIMITS) == b"owl"
