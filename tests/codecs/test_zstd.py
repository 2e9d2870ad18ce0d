from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.codecs import zstd
from m2m_trio.codecs.codec import LIMITS, Limits
from m2m_trio.codecs.zstd_library import ZstdCompressor, encoding
from m2m_trio.errors import CodecError, CodecLimitError

SKIPPABLE = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc"


@given(plain=st.binary(max_size=2000))
def test_zstd_gives_back_what_it_took(plain: bytes) -> None:
    assert zstd.decode(zstd.encode(plain), LIMITS) == plain


@given(parts=st.lists(st.binary(max_size=50)), cut=st.integers(1, 40))
def test_zstd_streams_in_pieces_cut_anywhere(parts: list[bytes], cut: int) -> None:
    encoder = zstd.Zstd().encoder()
    coded = b"".join(encoder.feed(part) + encoder.flush() for part in parts) + encoder.finish()
    decoder = zstd.Zstd().decoder(LIMITS)
    pieces = [coded[at : at + cut] for at in range(0, len(coded), cut)]
    plain = b"".join(decoder.feed(piece) for piece in pieces) + decoder.finish()
    assert plain == b"".join(parts) == zstd.decode(coded, LIMITS)


@given(coded=st.binary(max_size=60), head=st.sampled_from([b"", zstd.MAGIC]))
def test_zstd_fails_only_as_documented(coded: bytes, head: bytes) -> None:
    decoder = zstd.Zstd().decoder(LIMITS)
    try:
        plain = zstd.decode(head + coded, LIMITS)
    except CodecError:
        with pytest.raises(CodecError):
            decoder.feed(head + coded)
            decoder.finish()
    else:
        assert decoder.feed(head + coded) + decoder.finish() == plain


def test_a_flush_gives_all_that_was_fed() -> None:
    encoder, decoder = zstd.Zstd().encoder(), zstd.Zstd().decoder(LIMITS)
    assert decoder.feed(encoder.feed(b"one") + encoder.flush()) == b"one"
    assert decoder.feed(encoder.feed(b"two") + encoder.flush()) == b"two"
    assert decoder.feed(encoder.finish()) + decoder.finish() == b""


def test_frames_and_what_is_to_be_skipped_follow_each_other() -> None:
    coded = zstd.encode(b"one") + SKIPPABLE + zstd.encode(b"two")
    assert zstd.decode(coded, LIMITS) == b"onetwo"
    decoder = zstd.Zstd().decoder(LIMITS)
    assert decoder.feed(coded) + decoder.finish() == b"onetwo"


def test_too_many_frames_are_refused() -> None:
    coded = zstd.encode(b"x") * (zstd.MAX_FRAMES + 1)
    with pytest.raises(CodecLimitError, match="over 16 frames"):
        zstd.decode(coded, LIMITS)
    with pytest.raises(CodecLimitError, match="over 16 frames"):
        zstd.Zstd().decoder(LIMITS).feed(coded)


def test_a_bomb_is_stopped_at_the_limit() -> None:
    bomb = zstd.encode(bytes(3 << 20))
    assert len(bomb) < 300
    with pytest.raises(CodecLimitError, match="1048576 bytes"):
        zstd.decode(bomb, LIMITS)
    with pytest.raises(CodecLimitError, match="bomb"):
        zstd.Zstd().decoder(LIMITS).feed(bomb)
    with pytest.raises(CodecLimitError):
        zstd.decode(zstd.encode(bytes(600)) * 2, Limits(output_bytes=1000))


def test_a_large_window_is_refused() -> None:
    compressor = ZstdCompressor(options=encoding(3, window_log=24))
    coded = compressor.compress(b"x") + compressor.flush()
    with pytest.raises(CodecLimitError, match=r"2\*\*23"):
        zstd.decode(coded, LIMITS)
    with pytest.raises(CodecLimitError, match=r"2\*\*23"):
        zstd.Zstd().decoder(LIMITS).feed(coded)


def test_a_changed_byte_is_noticed() -> None:
    coded = bytearray(zstd.encode(b"the answer is 42, as far as anybody knows"))
    coded[15] ^= 1
    with pytest.raises(CodecError, match="damaged"):
        zstd.decode(bytes(coded), LIMITS)


def test_a_cut_message_is_noticed() -> None:
    coded = zstd.encode(b"the answer is 42")[:-1]
    with pytest.raises(CodecError, match="cut short"):
        zstd.decode(coded, LIMITS)
    decoder = zstd.Zstd().decoder(LIMITS)
    decoder.feed(coded)
    with pytest.raises(CodecError, match="cut short"):
        decoder.finish()


@pytest.mark.parametrize("frame", [b"", b"\x28\xb5\x2f\xfd", b"gzip?"])
def test_what_is_no_frame_is_not_sealed(frame: bytes) -> None:
    with pytest.raises(CodecError):
        zstd.check_sealed(frame)


def test_threads_do_not_share_a_compressor() -> None:
    plains = [bytes([65 + index % 26]) * (index * 7 % 900) for index in range(400)]
    compressors = zstd.Compressors()
    with ThreadPoolExecutor(8) as threads:
        coded = list(threads.map(compressors.encode, plains))
    assert [zstd.decode(each, LIMITS) for each in coded] == plains


def test_few_compressors_are_kept() -> None:
    compressors = zstd.Compressors()
    taken = [compressors.take() for _ in range(zstd.MAX_IDLE + 2)]
    for compressor in taken:
        compressors.give_back(compressor)
    again = [compressors.take() for _ in taken]
    assert sum(each in taken for each in again) == zstd.MAX_IDLE
