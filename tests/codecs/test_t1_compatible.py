from __future__ import annotations

import json
from contextlib import suppress

import pytest
from api_json import TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.codecs.codec import LIMITS, Limits
from m2m_trio.codecs.t1_compatible import CompatibleT1Codec, decode_event, encode_event
from m2m_trio.errors import CodecError, CodecLimitError
from m2m_trio.wire.sse import SSEEvent

CODEC = CompatibleT1Codec()


def decoded(wire: str) -> str:
    return CODEC.decode(wire.encode(), LIMITS).decode()


@given(text=TEXTS)
@settings(max_examples=30)
def test_what_is_written_can_be_read(text: bytes) -> None:
    with suppress(CodecError):  # the largest doubles move out of their range
        json.loads(CODEC.decode(CODEC.encode(text), LIMITS))


@given(text=st.binary(max_size=60))
@settings(max_examples=30)
def test_it_fails_only_as_documented(text: bytes) -> None:
    with suppress(CodecError):
        CODEC.encode(text)
    with suppress(CodecError):
        CODEC.decode(b"#T1|" + text, LIMITS)


@pytest.mark.parametrize(
    ("plain", "wire"),
    [
        ('{"model":"gpt-4o","messages":[]}', '{"M":"g4o","messages":[]}'),
        ('{"role":["system","user"],"model":["gpt-4"]}', '{"M":["g4"],"role":["S","user"]}'),
        ('{"c":1,"content":2}', '{"c":2}'),
        ('{"x":1,"max_tokens":2}', '{"x":1}'),
        ('{"temperature":0.9995,"top_p":true,"n":1.0}', '{"n":1.0,"p":true}'),
        ('{"T":1,"p":1.0,"s":false,"f":0,"P":-0.0,"lb":{},"n":1,"stop":null}', "{}"),
        ('{"logit_bias":{"a":0},"stream":true,"temperature":1.002}', None),
        ('[null,{"a":null,"b":[null]}]', '[null,{"b":[null]}]'),
        ('{"logit_bias":[],"n":true,"presence_penalty":false}', None),
    ],
)
def test_encoding_drops_nulls_and_defaults(plain: str, wire: str | None) -> None:
    coded = CODEC.encode(plain.encode()).decode()
    assert coded.startswith("#T1|")
    if wire is None:
        assert coded.count(":") == plain.count(":")
    else:
        assert coded == f"#T1|{wire}"


@pytest.mark.parametrize(
    ("wire", "plain"),
    [
        ("#T1|null", "null"),
        ("#T1|[1]", "[1]"),
        ('#T1|{"x":1,"max_tokens":2}', '{"max_tokens":1}'),
        ('#T1|{"a":{"role":"S","r":"A"}}', '{"arguments":{"r":"assistant","role":"system"}}'),
        ('#T1|\x01hi"}', '{"content":"hi","role":"user"}'),
        (
            '#T1|{"u":[{"M":"g4o","T":0.5}]}',
            (
                '{"u":[{"frequency_penalty":0,"model":"gpt-4o","n":1,"presence_penalty":0,'
                '"stream":false,"temperature":0.5,"top_p":1.0}]}'
            ),
        ),
    ],
)
def test_decoding_is_the_references(wire: str, plain: str) -> None:
    assert "".join(sorted(decoded(wire))) == "".join(sorted(plain))
    if "u" not in wire:
        assert decoded(wire) == plain


@pytest.mark.parametrize("wire", ["#T1|{}\n", '#T1|{\n"a":1}', "#T1|", "#T2|{}", " #T1|{}"])
def test_bad_wires_are_refused(wire: str) -> None:
    with pytest.raises(CodecError):
        decoded(wire)


def test_control_characters_cannot_make_a_text_over_the_limit() -> None:
    limits = Limits(output_bytes=1000)
    with pytest.raises(CodecError):
        CODEC.decode(b'#T1|["' + b"\x04" * 900 + b'"]', limits)
    with pytest.raises(CodecLimitError):
        CODEC.decode(b'#T1|["' + b"x" * 1000 + b'"]', limits)
    with pytest.raises(CodecLimitError):
        CODEC.decode(b"#T1|{}", Limits(input_bytes=5))


def test_streaming_codes_at_the_end() -> None:
    encoder, decoder = CODEC.encoder(), CODEC.decoder(LIMITS)
    coded = encoder.feed(b'{"model":') + encoder.feed(b'"x"}') + encoder.finish()
    assert coded == b'#T1|{"M":"x"}'
    assert decoder.feed(coded) == b""
    assert b'"model":"x"' in decoder.finish()


def test_an_event_keeps_nulls_and_has_no_prefix() -> None:
    event = SSEEvent(
        b'data: {"choices":[{"delta":{"role":"assistant"},"finish_reason":null}]}\n\n'
    )
    coded = encode_event(event)
    assert coded == b'data: {"C":[{"D":{"role":"A"},"fr":null}]}\n\n'
    assert decode_event(coded) == event


@pytest.mark.parametrize(
    "event",
    [
        b"data: [DONE]\n\n",
        b": hi\n\n",
        b"data: hello\n\n",
        b"event: x\ndata: {}\n\n",
        b"data:{}\n\n",
        b'data: {"a":\ndata: 1}\n\n',
        b"error: boom\n\n",
        b"\xef\xbb\xbfdata: {}\n\n",
    ],
)
def test_an_event_that_is_no_json_is_kept_as_it_is(event: bytes) -> None:
    assert encode_event(SSEEvent(event)) == event
    assert decode_event(SSEEvent(event)) == event
