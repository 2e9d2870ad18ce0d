from __future__ import annotations

import json
import string
import sys
import zlib
from contextlib import suppress
from random import Random
from typing import Any

import brotli
import pytest
from api_json import CHAT, TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.codecs.codec import LIMITS, Limits
from m2m_trio.codecs.frame1 import FrameCodec, Seal, inspect_frame, seal_frame
from m2m_trio.errors import CodecError, CodecLimitError, MissingExtraError, SealError
from m2m_trio.wire.frame import (
    PREFIX,
    Frame,
    Schema,
    Security,
    format_body,
    parse_frame,
    to_binary,
)

KEY = b"\x42" * 32
CODECS = {
    mode: FrameCodec(seal=Seal(security=mode, key=KEY, nonces=bytes, bound=b"7"))
    for mode in Security
}
PLAIN = CODECS[Security.NONE]
NOISE = "!#$%&()*+,-./:;<=>?@[]^_`{|}~'"
LENIENT = FrameCodec(checks_header=False)
REQUEST = b'{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}],"max_tokens":5}'


def frame_of(plain: bytes, payload: bytes | None = None, **changes: Any) -> bytes:
    """A frame of ``plain`` with some of its parts exchanged."""
    frame = parse_frame(PLAIN.encode(plain))
    fields = {"schema": frame.schema, "flags": frame.flags, "header": frame.header}
    body = format_body(plain if payload is None else payload, zlib.crc32(plain))
    return seal_frame(Frame(**(fields | changes)), body, Seal())


@given(text=TEXTS, mode=st.sampled_from(Security))
@settings(max_examples=30)
def test_json_comes_back_to_the_byte(text: bytes, mode: Security) -> None:
    with suppress(CodecLimitError):
        coded = CODECS[mode].encode(text)
        assert CODECS[mode].decode(coded, LIMITS) == text


@given(text=TEXTS)
@settings(max_examples=30)
def test_either_form_is_decoded(text: bytes) -> None:
    coded = FrameCodec(text=True).encode(text)
    assert coded.isascii()
    assert PLAIN.decode(coded, LIMITS) == text
    assert to_binary(coded) == PLAIN.encode(text)


@given(text=TEXTS, mode=st.sampled_from(Security), flip=st.integers(0))
@settings(max_examples=30)
def test_no_changed_bit_goes_unnoticed(text: bytes, mode: Security, flip: int) -> None:
    coded = bytearray(CODECS[mode].encode(text))
    coded[flip // 8 % len(coded)] ^= 1 << flip % 8
    with suppress(CodecError):
        assert CODECS[mode].decode(bytes(coded), LIMITS) == text
        assert mode is Security.NONE  # there, the guessed cost may be anything


@given(data=st.binary(max_size=80), mode=st.sampled_from(Security))
@settings(max_examples=30)
def test_it_fails_only_as_documented(data: bytes, mode: Security) -> None:
    for coded in (data, PREFIX + data):
        with pytest.raises(CodecError):
            CODECS[mode].decode(coded, LIMITS)
        with suppress(CodecError):
            inspect_frame(coded)


@pytest.mark.parametrize("sent", Security)
@pytest.mark.parametrize("required", Security)
def test_the_receiver_says_how_a_frame_is_sealed(sent: Security, required: Security) -> None:
    coded = CODECS[sent].encode(REQUEST)
    if sent is required:
        assert CODECS[required].decode(coded, LIMITS) == REQUEST
        return
    with pytest.raises(SealError, match=f"{sent.name}, and {required.name} is required"):
        CODECS[required].decode(coded, LIMITS)


def test_a_downgraded_frame_is_refused() -> None:
    signed = bytearray(CODECS[Security.HMAC].encode(REQUEST))
    signed[10] = 0
    for codec in CODECS.values():
        for data in (bytes(signed), bytes(signed[:-32])):
            if codec is PLAIN and data == signed[:-32]:
                continue  # where nothing is required, an unsealed frame is no downgrade
            with pytest.raises(CodecError):
                codec.decode(data, LIMITS)


def test_a_frame_from_another_place_does_not_open() -> None:
    for mode in (Security.HMAC, Security.AEAD):
        other = FrameCodec(seal=Seal(security=mode, key=KEY, bound=b"8"))
        with pytest.raises(SealError, match="tag is wrong"):
            other.decode(CODECS[mode].encode(REQUEST), LIMITS)


def test_a_key_is_not_shown() -> None:
    assert "secret" not in repr(Seal(security=Security.HMAC, key=b"secret"))


def test_sealing_needs_nonces() -> None:
    with pytest.raises(CodecError, match="source of nonces"):
        FrameCodec(seal=Seal(security=Security.AEAD, key=KEY)).encode(REQUEST)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers.aead", None)
    with pytest.raises(MissingExtraError):
        CODECS[Security.AEAD].encode(REQUEST)


@pytest.mark.parametrize(
    ("coded", "why"),
    [
        (frame_of(REQUEST) + b"x", "bytes follow"),
        (frame_of(REQUEST)[:-1], "payload is not complete"),
        (frame_of(REQUEST, REQUEST.replace(b"Hello", b"Jello")), "CRC-32"),
        (frame_of(REQUEST, brotli.compress(REQUEST)), "CRC-32"),
        (frame_of(REQUEST, compressed=True), "not a Brotli stream"),
        (frame_of(REQUEST, brotli.compress(REQUEST)[:-2], compressed=True), "cut short"),
        (frame_of(REQUEST, flags=0), "does not fit its payload"),
        (frame_of(REQUEST, header=b"\x06gpt-9x\x01\x01\x05\x05abcd"), "does not fit"),
        (frame_of(REQUEST, schema=Schema.ERROR), "does not fit"),
        (frame_of(REQUEST, schema=Schema.CUSTOM, flags=0, header=b""), None),
        (b"#M2M|1|AAA", "bad base64"),
    ],
)
def test_each_fault_has_its_message(coded: bytes, why: str | None) -> None:
    if why is None:
        assert PLAIN.decode(coded, LIMITS) == REQUEST
        return
    with pytest.raises(CodecError, match=why):
        PLAIN.decode(coded, LIMITS)


def test_a_garbled_header_can_be_overlooked_on_demand() -> None:
    garbled = frame_of(REQUEST, header=b"\xff")
    assert LENIENT.decode(garbled, LIMITS) == REQUEST
    with pytest.raises(CodecError, match="garbled: a name"):
        inspect_frame(garbled)


def test_a_frame_without_a_routing_header_has_none() -> None:
    error = b'{"error":{"message":"x"}}'
    told = inspect_frame(PLAIN.encode(error))
    assert (told["schema"], told["header_bytes"]) == ("error", 0)
    assert "model" not in told
    wrong = frame_of(error, header=b"x")
    with pytest.raises(CodecError, match="this schema has none"):
        inspect_frame(wrong)
    with pytest.raises(CodecError, match="does not fit"):
        PLAIN.decode(wrong, LIMITS)
    answer = b'{"id":"chatcmpl-1","choices":[]}'
    assert inspect_frame(PLAIN.encode(answer))["id"] == "chatcmpl-1"


def test_another_guess_of_the_cost_is_no_fault() -> None:
    header = parse_frame(PLAIN.encode(REQUEST)).header
    assert PLAIN.decode(frame_of(REQUEST, header=header[:-4] + bytes(4)), LIMITS) == REQUEST


@pytest.mark.parametrize(
    ("plain", "why"),
    [
        (b"", "carries JSON"),
        (b"hello", "carries JSON"),
        (b"\xef\xbb\xbf{}", "carries JSON"),
        (b'{"a":NaN}', "carries JSON"),
        (b'"\xff"', "not UTF-8"),
        (b"[" * 100_000, "nested"),
    ],
)
def test_only_json_is_taken(plain: bytes, why: str) -> None:
    with pytest.raises(CodecError, match=why):
        PLAIN.encode(plain)


def test_a_bomb_is_left_while_it_is_small() -> None:
    bomb = bytes.fromhex(  # 20 MiB of a letter, in quotes
        "cbffff3ff8a544f0e2b24000f7fe4ffeffffc12f0110874500baf77f190000845f42a414392c00b87bff03"
    )
    coded = frame_of(b'""', bomb, compressed=True)
    with pytest.raises(CodecLimitError, match="bomb"):
        PLAIN.decode(coded, LIMITS)


def test_every_limit_is_kept() -> None:
    coded = PLAIN.encode(REQUEST)
    for limits in (Limits(input_bytes=99), Limits(output_bytes=70)):
        with pytest.raises(CodecLimitError):
            PLAIN.decode(coded, limits)


def test_the_payload_is_compressed_only_where_that_helps() -> None:
    random, signs = Random(232), string.digits + string.ascii_letters + NOISE
    noise = json.dumps("".join(random.sample(signs, len(signs)) + random.sample(signs, 10)))
    assert len(brotli.compress(noise.encode(), quality=5)) > len(noise)
    for plain, compressed in ((CHAT, True), (noise.encode(), False), (REQUEST, False)):
        assert parse_frame(PLAIN.encode(plain)).compressed is compressed
        assert PLAIN.decode(PLAIN.encode(plain), LIMITS) == plain


def test_streaming_codes_at_the_end() -> None:
    encoder, decoder = PLAIN.encoder(), PLAIN.decoder(LIMITS)
    coded = encoder.feed(REQUEST[:9]) + encoder.feed(REQUEST[9:]) + encoder.finish()
    assert coded == PLAIN.encode(REQUEST)
    assert decoder.feed(coded) + decoder.finish() == REQUEST


def test_a_sealed_frame_can_be_inspected_without_the_key() -> None:
    told = inspect_frame(CODECS[Security.AEAD].encode(CHAT))
    assert told["security"] == "aead"
    assert told["model"] == "gpt-4o"
    assert told["roles"] == ("system", "user")
    assert told["flags"] == ["system", "tools", "stream", "temperature"]
