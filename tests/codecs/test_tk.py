from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.codecs.catalog import load_codec
from m2m_trio.codecs.codec import LIMITS, Limits
from m2m_trio.codecs.tk import (
    FLAVOURS,
    IDS_AT_ONCE,
    TokenCodec,
    binary_codec,
    bundled_vocabulary,
    text_codec,
)
from m2m_trio.errors import CodecError, CodecLimitError, MissingExtraError, UnknownTokenError
from m2m_trio.wire.base64text import encode_base64
from m2m_trio.wire.sse import SSEEvent
from m2m_trio.wire.varint import encode_varint, encode_varints

VECTORS = Path(__file__).parents[3] / "shared" / "vectors"


class Bytes:
    """A vocabulary whose tokens are bytes, moved by 1000, and one long one."""

    LONG = 70_000

    def encode(self, text: str) -> list[int]:
        return [1000 + byte for byte in text.encode()]

    def decode_bytes(self, ids: Sequence[int]) -> bytes:
        return b"".join(map(self._token, ids))

    def _token(self, number: int) -> bytes:
        if number == self.LONG:
            return b"x" * 500
        if not 1000 <= number < 1256:
            raise UnknownTokenError(f"no token {number}")
        return bytes((number - 1000,))


def codec(letter: str = "C", *, binary: bool = False) -> TokenCodec:
    return TokenCodec(lambda _name: Bytes(), letter=letter, binary=binary)


CONTROL = [text for flavour in FLAVOURS for text in flavour.control]
TEXTS = st.lists(st.text(max_size=6) | st.sampled_from(CONTROL), max_size=6).map("".join)
LETTERS = st.sampled_from("CO")


@given(text=TEXTS, letter=LETTERS, binary=st.booleans())
@settings(max_examples=30)
def test_any_text_comes_back(text: str, letter: str, binary: bool) -> None:
    tokens = codec(letter, binary=binary)
    coded = tokens.encode(text.encode())
    assert codec(binary=binary).decode(coded, LIMITS) == text.encode()


@given(data=st.binary(max_size=40), binary=st.booleans())
@settings(max_examples=30)
def test_it_fails_only_as_documented(data: bytes, binary: bool) -> None:
    tokens = codec(binary=binary)
    for coded in (data, b"#TK|C|" + data, b"#TK|C|" + encode_base64(data)):
        with suppress(CodecError):
            tokens.decode(coded, LIMITS)


def test_the_vocabulary_is_named_in_the_message() -> None:
    asked: list[str] = []

    def source(name: str) -> Bytes:
        asked.append(name)
        return Bytes()

    for letter, first in (("C", 0), ("O", 1)):
        text = TokenCodec(source, letter=letter).encode(b"a")
        assert text.startswith(f"#TK|{letter}|".encode())
        coded = TokenCodec(source, letter=letter, binary=True).encode(b"a")
        assert coded == bytes((first,)) + encode_varint(1097)
        TokenCodec(source).decode(text, LIMITS)
    TokenCodec(source).decode(b"#TK|L|", LIMITS)
    assert asked == ["cl100k_base"] * 3 + ["o200k_base"] * 3 + ["cl100k_base"]


def test_llama_is_read_and_never_written() -> None:
    coded = b"#TK|L|" + encode_base64(encode_varint(1097))
    assert codec().decode(coded, LIMITS) == b"a"
    with pytest.raises(CodecError, match="C or O, not as 'L'"):
        codec("L")


def test_control_tokens_are_one_token_each() -> None:
    ids = encode_varints([1097, 100257, 1098, 100276])
    assert codec(binary=True).encode(b"a<|endoftext|>b<|endofprompt|>") == b"\0" + ids
    assert codec(binary=True).decode(b"\0" + ids, LIMITS) == b"a<|endoftext|>b<|endofprompt|>"
    assert 199999 in FLAVOURS[1].by_id


@pytest.mark.parametrize(
    ("coded", "why"),
    [
        (b"", "does not begin"),
        (b"#TK", "does not begin"),
        (b"#TK|C", "cut short"),
        (b"#TK||AA==", "no vocabulary ''"),
        (b"#TK|c|AA==", "no vocabulary 'c'"),
        (b"#TK|Z|AA==", "no vocabulary 'Z'"),
        (b"#TK|Cxyz|AA==", "no vocabulary 'Cxyz'"),
        (b"#TK|C|AAA", "bad base64"),
        (b"#TK|C|AA==\n", "bad base64"),
        (b"#TK|C|gA==", "cut short"),
        (b"#TK|C|gICAgIAB", "over 4294967295"),
        (b"#TK|C|gAA=", "longer than it need be"),
        (b"#TK|C|AA==", "no token 0"),
        (b"#TK|C|" + encode_base64(encode_varint(1255)), "not UTF-8 together"),
    ],
)
def test_each_fault_has_its_message(coded: bytes, why: str) -> None:
    with pytest.raises(CodecError, match=why):
        codec().decode(coded, LIMITS)


@pytest.mark.parametrize(("coded", "why"), [(b"", "empty"), (b"\3", "no vocabulary 3")])
def test_the_binary_form_has_its_own(coded: bytes, why: str) -> None:
    with pytest.raises(CodecError, match=why):
        codec(binary=True).decode(coded, LIMITS)


def test_only_text_has_tokens() -> None:
    with pytest.raises(CodecError, match="byte 1 is not UTF-8"):
        codec().encode(b"a\xff")


def test_a_long_text_is_decoded_piece_by_piece() -> None:
    plain = b"ab" * (IDS_AT_ONCE // 2 + 9)
    assert codec().decode(codec().encode(plain), LIMITS) == plain
    bomb = b"\0" + encode_varint(Bytes.LONG) * (IDS_AT_ONCE + 9)
    with pytest.raises(CodecLimitError, match="limit of 2000 bytes"):
        codec(binary=True).decode(bomb, Limits(output_bytes=2000))


LINES = st.text("da:t #TK|C{}é\r", max_size=12).map(str.encode)


@given(lines=st.lists(LINES | st.just(b"data: {}") | st.just(b"data: #TK|C|AA=="), max_size=3))
@settings(max_examples=30)
def test_any_event_comes_back(lines: list[bytes]) -> None:
    event = SSEEvent(b"\n".join([*lines, b"\n"]))
    assert codec().decode_event(codec().encode_event(event), LIMITS) == event


def test_the_data_of_an_event_is_tokens() -> None:
    event = codec().encode_event(SSEEvent(b"data: a\n\n"))
    assert event == b"data: " + codec().encode(b"a") + b"\n\n"
    for other in (
        b"data: [DONE]\n\n",
        b": hi\n\n",
        b"event: x\ndata: a\n\n",
        b"data: a\r\n\r\n",
    ):
        assert codec().encode_event(SSEEvent(other)) == other


def test_streaming_codes_at_the_end() -> None:
    encoder, decoder = codec().encoder(), codec().decoder(LIMITS)
    coded = encoder.feed("é".encode()[:1]) + encoder.feed("é".encode()[1:]) + encoder.finish()
    assert decoder.feed(coded) + decoder.finish() == "é".encode()


def test_without_vocabularies_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splintr", None)
    bundled_vocabulary.cache_clear()
    with pytest.raises(MissingExtraError, match=r"pip install 'm2m-trio\[tokens\]'"):
        load_codec("m2m-tk").encode(b"x")
    bundled_vocabulary.cache_clear()


needs_vocabularies = pytest.mark.skipif(
    importlib.util.find_spec("splintr") is None, reason="the tokens extra is not installed"
)


@needs_vocabularies
def test_real_tokens_are_openais() -> None:
    assert text_codec().encode(b"Hello, world!") == b"#TK|C|sk0L/Q4A"
    assert (
        binary_codec().decode(b"\0" + bytes.fromhex("b24d0bfd0e00"), LIMITS) == b"Hello, world!"
    )
    with pytest.raises(CodecError, match="not in the vocabulary"):
        text_codec().decode(b"#TK|C|" + encode_base64(encode_varint(4_000_000)), LIMITS)


@pytest.mark.slow
@needs_vocabularies
@pytest.mark.skipif(not VECTORS.is_dir(), reason="no golden vectors in ../shared/vectors")
def test_tokens_are_the_references() -> None:
    cases = json.loads((VECTORS / "codec_old.json").read_text("utf-8"))["cases"]
    for case in cases:
        plain = case["input"].encode()
        for letter in "CO":
            told = case[f"tk_{letter}"]
            tokens = TokenCodec(bundled_vocabulary, letter=letter)
            assert tokens.encode(plain).decode() == told["wire"]
            assert text_codec().decode(told["wire"].encode(), LIMITS) == plain
            raw = TokenCodec(bundled_vocabulary, letter=letter, binary=True).encode(plain)
            assert encode_base64(raw).decode() == told["binary_b64"]
            assert binary_codec().decode(raw, LIMITS) == plain


@pytest.mark.slow
@needs_vocabularies
@pytest.mark.skipif(not VECTORS.is_dir(), reason="no golden vectors in ../shared/vectors")
def test_events_are_the_references() -> None:
    tokens = text_codec()
    for case in json.loads((VECTORS / "sse.json").read_text("utf-8"))["cases"]:
        mode = case["modes"]["tokennative"]
        told = [text for output in mode["outputs"] for text in output.get("ok", [])]
        decoded = [output.get("ok") for output in mode["decompressed"]["outputs"]]
        for coded, plain in zip(told, decoded, strict=True):
            event = tokens.decode_event(SSEEvent(coded.encode()), LIMITS)
            assert event.decode().rstrip("\n") == plain.rstrip("\n")
        if mode["accumulated"]:
            text = tokens.decode(mode["finalize_token_native"].encode(), LIMITS)
            assert text.decode() == mode["accumulated"]
