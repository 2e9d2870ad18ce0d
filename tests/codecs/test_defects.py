"""Every known defect of the reference's codecs, by its number, and that ours has none of it.

The letters: T is T1, K TK, B Brotli, D the dictionary format, F frames, C keys.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import brotli
import pytest

from m2m_trio.codecs.catalog import load_codec, recognise
from m2m_trio.codecs.choose import choose
from m2m_trio.codecs.codec import LIMITS
from m2m_trio.codecs.frame1 import FrameCodec, Seal, inspect_frame
from m2m_trio.codecs.t1 import exchange, exchange_block
from m2m_trio.codecs.t1_words import KEYS
from m2m_trio.errors import CodecError, CodecLimitError, SealError, UnknownCodecError
from m2m_trio.wire.frame import Frame, Schema, Security, format_body
from m2m_trio.wire.seal import KeyTree
from m2m_trio.wire.sse import SSEEvent

DOCS = Path(__file__).parents[2] / "docs"
FRAMES = FrameCodec()
SIGNED = FrameCodec(seal=Seal(security=Security.HMAC, key=bytes(32)))
CHAT = b'{"model":"gpt-4o","messages":[{"role":"user","content":"Hello, how are you?"}]}'

KEPT_BY_T1 = {
    "T01 parameters nobody sent": '{"model":"o3-mini","messages":[]}',
    "T02 schema keys": '{"tools":[{"properties":{"x":{},"c":{},"T":{}},"required":["x"]}]}',
    "T03 key collisions": '{"metadata":{"content":"long","c":"short"},"content":1,"c":2}',
    "T04 nulls": '{"role":"assistant","content":null,"stop":null,"default":null}',
    "T05 defaults in user data": '{"examples":[{"temperature":1.0,"n":1,"s":false,"keep":7}]}',
    "T06 values near a default": '{"temperature":1.0005,"top_p":0.9995}',
    "T07 a model called g4": '{"model":"g4","messages":[]}',
    "T08 r and M in user data": '{"metadata":{"r":"A","M":"g4o"},"r":"S"}',
    "T09 roles in user data": '{"default":{"role":"T","model":"dc"},"role":"T"}',
    "T10 other requests": '{"model":"text-embedding-3-small","input":["a"]}',
    "T11 raw tabs and line feeds": '{\n\t"M": "g4o"\r\n}',
    "T12 control characters": '"\x01\x02\x0c\x0d"',
    "T13 empty and default values": '{"logit_bias":{},"top_p":1,"presence_penalty":0.0}',
    "T14 numbers": "[1.602176634e-19,-0,18446744073709551616,1E5,0.10]",
    "T15 what parsers refuse": '["\\ud800",1e400,' + "[" * 200 + "]" * 200 + "]",
}


@pytest.mark.parametrize("text", KEPT_BY_T1.values(), ids=KEPT_BY_T1)
def test_safe_t1_gives_everything_back(text: str) -> None:
    codec = load_codec("m2m-t1")
    plain = text.encode()
    assert codec.decode(codec.encode(plain), LIMITS) == plain
    event = SSEEvent(b"data: " + plain + b"\n\n")
    assert exchange_block(exchange_block(event)) == event


def test_t02_t05_t08_t09_user_data_is_not_even_touched_on_the_wire() -> None:
    for number in ("T02", "T05", "T09"):
        (text,) = (text for name, text in KEPT_BY_T1.items() if name.startswith(number))
        owned = text[: text.rindex("]") + 1] if number != "T09" else text[: text.index("}") + 1]
        assert exchange(text.encode()).startswith(owned.encode())
    assert b'"metadata":{"r":"A","M":"g4o"}' in exchange(
        KEPT_BY_T1["T08 r and M in user data"].encode()
    )


def test_t16_the_words_are_those_of_the_code() -> None:
    assert KEYS["model"] == "M"
    assert not {"m", "r", "i", "U", "ts", "fn", "o", "cr"} & set(KEYS.values())


def test_t17_no_tokens_are_claimed_to_be_saved() -> None:
    assert "No codec saves tokens" in (DOCS / "explanation/what-codecs-save.md").read_text()


@pytest.mark.parametrize(
    "text",
    [
        "#TK|C|gICAgIAB",  # K01: an overlong varint
        "#TK|C|gAA=",
        "#TK|Z|mieeFIQa",  # K02: unknown letters
        "#TK|Cxyz|mieeFIQa",
        "#TK|c|mieeFIQa",
    ],
)
def test_k01_k02_bad_tokens_are_refused(text: str) -> None:
    pytest.importorskip("splintr", reason="the tokens extra is not installed")
    with pytest.raises(CodecError):
        load_codec("m2m-tk").decode(text.encode(), LIMITS)


def test_k03_llama_is_not_written() -> None:
    from m2m_trio.codecs.tk import TokenCodec, bundled_vocabulary

    with pytest.raises(CodecError, match="C or O"):
        TokenCodec(bundled_vocabulary, letter="L")


def test_k04_f11_what_grows_is_not_chosen() -> None:
    numbers = json.dumps([x / 7 for x in range(40)]).encode()
    found = choose(numbers)
    assert found is None or len(found[1]) < len(numbers)
    assert choose(b'{"model":"gpt-4o","messages":[]}') is None


def test_k05_the_documented_tokens_are_not_of_this_text() -> None:
    pytest.importorskip("splintr", reason="the tokens extra is not installed")
    codec = load_codec("m2m-tk")
    assert codec.encode(b"Hello, world!") == b"#TK|C|sk0L/Q4A"
    assert codec.decode(b"#TK|C|6HgL4wcA", LIMITS) == b"ahr,.set!"


def test_b01_a_bomb_stays_small() -> None:
    bomb = brotli.compress(bytes(3 << 20), quality=5)
    body = format_body(bomb, zlib.crc32(bytes(3 << 20)))
    frame = b"#M2M|1|" + Frame(schema=Schema.CUSTOM, compressed=True).head() + body
    assert len(frame) < 139
    with pytest.raises(CodecLimitError):
        FRAMES.decode(frame, LIMITS)


@pytest.mark.parametrize(
    "text",
    [
        "#BR|G6kE",  # B02: prefixes of documents
        "#DI|abcd",
        "#M2M[v2.0]|DATA:eJw=",
        "#M2M|café crème brûlée, fifty bytes of it at the least",  # D01: panics
        "#M2M|true",  # D02: short text that looks like base64
    ],
)
def test_b02_d01_d02_old_formats_are_refused_by_name(text: str) -> None:
    with pytest.raises(UnknownCodecError, match="not read here"):
        recognise(text.encode())


def test_d03_f12_a_frame_is_a_frame_in_either_form() -> None:
    for codec in (FRAMES, FrameCodec(text=True)):
        coded = codec.encode(CHAT)
        assert recognise(coded).name == "m2m-frame"
        assert FRAMES.decode(coded, LIMITS) == CHAT


def test_f01_f02_f03_seals_are_what_the_receiver_says() -> None:
    signed = SIGNED.encode(CHAT)
    for security in (0, 2, 3, 7, 255):
        forged = signed[:10] + bytes((security,)) + signed[11:]
        for data in (forged, forged[:-32]):
            with pytest.raises(CodecError):
                SIGNED.decode(data, LIMITS)
    with pytest.raises(SealError):
        FRAMES.decode(signed, LIMITS)
    with pytest.raises(SealError):
        SIGNED.decode(FRAMES.encode(CHAT), LIMITS)


def test_f04_a_changed_routing_header_is_noticed() -> None:
    coded = FRAMES.encode(CHAT)
    with pytest.raises(CodecError, match="does not fit its payload"):
        FRAMES.decode(coded.replace(b"gpt-4o", b"gpt-9x", 1), LIMITS)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"messages": [{"role": "critic"}] * 5}, {"roles": ("user",) * 5}),  # F05
        ({"max_tokens": None}, {"max_tokens": None}),  # F06
        ({"max_tokens": 12.5}, {"max_tokens": None}),
        ({"model": "é" * 200}, {"model": "é" * 127}),  # F07
        ({"max_tokens": 4294967301}, {"max_tokens": None}),  # F08
    ],
)
def test_f05_to_f08_headers_are_not_garbled(
    changes: dict[str, object], expected: dict[str, object]
) -> None:
    plain = json.dumps(json.loads(CHAT) | changes).encode()
    told = inspect_frame(FRAMES.encode(plain))
    assert {key: told[key] for key in expected} == expected
    assert ("max_tokens" in told["flags"]) is (told["max_tokens"] is not None)
    assert FRAMES.decode(FRAMES.encode(plain), LIMITS) == plain


def test_f09_nothing_foreign_is_accepted() -> None:
    coded = FRAMES.encode(CHAT)
    for wrong in (
        coded + b"x",
        coded[:15] + b"\1" + coded[16:],
        coded[:9] + b"\x7f" + coded[10:],
    ):
        with pytest.raises(CodecError):
            FRAMES.decode(wrong, LIMITS)


def test_f10_errors_and_embeddings_have_their_schemas() -> None:
    for plain, schema in (
        (b'{"error":{"message":"x"}}', "error"),
        (b'{"object":"list","data":[{"embedding":[0.1]}]}', "embedding_response"),
    ):
        assert inspect_frame(FRAMES.encode(plain))["schema"] == schema


def test_f13_nothing_goes_by_the_guessed_cost() -> None:
    coded = bytearray(FRAMES.encode(CHAT))
    place = 7 + int.from_bytes(coded[7:9], "little") - 4
    coded[place : place + 4] = bytes(4)
    assert inspect_frame(bytes(coded))["cost"] == 0
    assert FRAMES.decode(bytes(coded), LIMITS) == CHAT


def test_c01_c02_one_path_to_each_key() -> None:
    tree = KeyTree(bytes(32), "org")
    assert tree.session("a", "b", "1") == tree.session("b", "a", "1")
    for name in ("shared", "session", "a/b"):
        with pytest.raises(CodecError):
            tree.agent(name)


def test_c03_a_frame_bound_to_its_place_opens_nowhere_else() -> None:
    def codec(bound: bytes) -> FrameCodec:
        return FrameCodec(seal=Seal(security=Security.HMAC, key=bytes(32), bound=bound))

    coded = codec(b"to-server 1").encode(CHAT)
    assert codec(b"to-server 1").decode(coded, LIMITS) == CHAT
    for bound in (b"to-server 2", b"to-client 1", b""):
        with pytest.raises(SealError):
            codec(bound).decode(coded, LIMITS)
