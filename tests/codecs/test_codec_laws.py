"""What holds for every codec in the catalogue."""

from __future__ import annotations

import itertools
from contextlib import suppress

import pytest
from api_json import CHAT, TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.codecs.catalog import CODECS, Entry, detect, load_codec
from m2m_trio.codecs.codec import LIMITS, Codec, Limits
from m2m_trio.errors import CodecError, CodecLimitError, MissingExtraError

SMALL = Limits(input_bytes=5000, output_bytes=2000)

every_codec = pytest.mark.parametrize("entry", CODECS, ids=lambda entry: entry.name)


def loaded(entry: Entry) -> Codec:
    codec = load_codec(entry.name)
    try:
        codec.encode(b"{}")
    except MissingExtraError as error:
        pytest.skip(error.message)
    return codec


def exact(entry: Entry) -> Codec:
    if not entry.is_exact:
        pytest.skip("the reference's losses are what it is for")
    return loaded(entry)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(edges)]


PLACES = st.lists(st.integers(0, 2000), max_size=4)


@every_codec
@given(text=TEXTS, places=PLACES)
@settings(max_examples=15)
def test_json_comes_back_however_it_is_cut(
    entry: Entry, text: bytes, places: list[int]
) -> None:
    codec = exact(entry)
    with suppress(CodecError):
        coded = codec.encode(text)
        assert codec.decode(coded, LIMITS) == text
        encoder, decoder = codec.encoder(), codec.decoder(LIMITS)
        streamed = b"".join(map(encoder.feed, cut(text, places)))
        streamed += encoder.flush() + encoder.finish()
        parts = [*map(decoder.feed, cut(streamed, places)), decoder.finish()]
        assert b"".join(parts) == text


@every_codec
def test_a_request_is_taken_by_all(entry: Entry) -> None:
    codec = exact(entry)
    assert codec.decode(codec.encode(CHAT), LIMITS) == CHAT


@every_codec
@given(tail=st.binary(max_size=60), places=PLACES)
@settings(max_examples=15)
def test_any_bytes_fail_only_as_documented(
    entry: Entry, tail: bytes, places: list[int]
) -> None:
    codec = loaded(entry)
    for data in (tail, entry.prefix + tail):
        with suppress(CodecError):
            assert len(codec.decode(data, SMALL)) <= SMALL.output_bytes
        with suppress(CodecError):
            codec.encode(data)
        decoder = codec.decoder(SMALL)
        with suppress(CodecError):
            for part in cut(data, places):
                decoder.feed(part)
            decoder.finish()


@every_codec
def test_what_is_cut_short_is_refused_or_shorter(entry: Entry) -> None:
    codec = exact(entry)
    coded = codec.encode(CHAT)
    for end in range(len(coded)):
        with suppress(CodecError):
            assert codec.decode(coded[:end], LIMITS) != CHAT


@every_codec
def test_the_output_limit_is_kept(entry: Entry) -> None:
    codec = exact(entry)
    plain = b'{"content":"' + b"x" * 3000 + b'"}'
    coded = codec.encode(plain)
    with pytest.raises(CodecLimitError):
        codec.decode(coded, SMALL)
    decoder = codec.decoder(SMALL)
    with pytest.raises(CodecLimitError):
        decoder.feed(coded)
        decoder.finish()


@every_codec
def test_a_prefix_is_recognised(entry: Entry) -> None:
    coded = loaded(entry).encode(CHAT)
    if entry.prefix:
        assert detect(coded) is entry
