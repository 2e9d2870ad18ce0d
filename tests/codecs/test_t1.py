from __future__ import annotations

import itertools
import time

import pytest
from api_json import CHAT, TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.codecs.codec import LIMITS, Limits
from m2m_trio.codecs.t1 import USER_KEYS, T1Codec, exchange, exchange_block
from m2m_trio.codecs.t1_words import KEYS
from m2m_trio.errors import CodecError, CodecLimitError
from m2m_trio.wire.sse import SSESplitter

FRAGMENTS = [
    *b'" \\ { } [ ] : , a \n \r \n\n \r\r \xff'.split(b" "),
    *(b'"role": "role":" "model": "M": "stop": "S": "S" "dc" "deepseek-coder"'.split()),
    *(b'"tools": "tools":[ "arguments": "a": "a":" "arguments" "T": "const":['.split()),
    *(b'"properties":{ "c": "content": "error":{ "E":{ "rf":{ "response_format":{'.split()),
    b" ",
]
ANYTHING = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map(b"".join)


@given(text=ANYTHING | TEXTS | st.binary())
@settings(max_examples=50)
def test_exchanging_twice_changes_nothing_in_any_bytes(text: bytes) -> None:
    assert exchange(exchange(text)) == text


@pytest.mark.slow
@given(text=ANYTHING)
@settings(max_examples=3000)
def test_nor_in_many_more(text: bytes) -> None:
    assert exchange(exchange(text)) == text


def test_every_key_has_its_abbreviation() -> None:
    for word, short in KEYS.items():
        if word == "response_format":
            continue  # its value is the user's own
        assert exchange(f'{{"{word}":"v"}}'.encode()) == f'{{"{short}":"v"}}'.encode()
        assert exchange(f'{{"{short}":"v"}}'.encode()) == f'{{"{word}":"v"}}'.encode()


@pytest.mark.parametrize(
    ("plain", "coded"),
    [
        (b'{"model":"gpt-4o","messages":[]}', b'{"M":"g4o","messages":[]}'),
        (b'{"model": "gpt-4o"}', b'{"M": "g4o"}'),
        (b'{"model":"g4"}', b'{"M":"gpt-4"}'),
        (b'{"model":"llama3.2"}', b'{"M":"llama3.2"}'),
        (b'{"role":"assistant","content":null}', b'{"role":"A","c":null}'),
        (b'{"role": "user"}', b'{"role": "user"}'),
        (b'{"content":"long","c":"short"}', b'{"c":"long","content":"short"}'),
        (b'{"delta":{"content":"a \\"c\\":"}}', b'{"D":{"c":"a \\"c\\":"}}'),
        (b'{"temperature":1.0,"temperature":1e0}', b'{"T":1.0,"T":1e0}'),
        (b'{"function":{"arguments":"{}"}}', b'{"function":{"a":"{}"}}'),
        (b'{ "stop" : null }', b'{ "stop" : null }'),
    ],
)
def test_known_answers(plain: bytes, coded: bytes) -> None:
    assert exchange(plain) == coded
    assert exchange(coded) == plain


@pytest.mark.parametrize(
    "owned",
    [
        b'"tools":[{"function":{"parameters":{"properties":{"content":{"default":"c"}}}}}]',
        b'"metadata": {"c":"x","content":"y","model":"gpt-4o"}',
        b'"response_format":{"json_schema":{"schema":{"properties":{"error":{}}}}}',
        b'"arguments":{"stop":"]} \\" {","role":"assistant"}',
        b'"options" :\n{"temperature":1,"top_p":1.0}',
    ],
)
def test_what_the_user_named_is_not_renamed(owned: bytes) -> None:
    text = b'{"model":"gpt-4o",' + owned + b',"stream":true}'
    assert exchange(text) == b'{"M":"g4o",' + owned + b',"s":true}'


def test_deeper_than_it_looks_user_data_is_exchanged_but_comes_back() -> None:
    text = b'{"metadata":' + b"[" * 40 + b'{"content":1}' + b"]" * 40 + b"}"
    assert exchange(text) == text.replace(b"content", b"c")
    assert exchange(exchange(text)) == text


def test_no_key_of_the_users_own_is_made_or_unmade() -> None:
    made = set(KEYS) | set(KEYS.values())
    assert made.intersection(USER_KEYS) == {"arguments", "response_format"}
    for key in USER_KEYS:
        assert exchange(f'{{"{key}":{{"c":1}}}}'.encode()).count(key.encode()) == 1


def test_nothing_is_added_and_nothing_removed() -> None:
    plain = exchange(CHAT)
    for kept in (b": 1.0", b":1e0", b"null", b", ", b'{"x":', b'"content":{', b'"default"'):
        assert plain.count(kept) == CHAT.count(kept)
    assert exchange(plain) == CHAT


@given(
    text=ANYTHING,
    cuts=st.lists(st.integers(0, 400), max_size=5),
)
@settings(max_examples=50)
def test_streaming_is_the_same_wherever_it_is_cut(text: bytes, cuts: list[int]) -> None:
    codec = T1Codec()
    coded = codec.encode(text)
    encoder, decoder = codec.encoder(), codec.decoder(LIMITS)
    assert b"".join([*map(encoder.feed, pieces(text, cuts)), encoder.finish()]) == coded
    assert b"".join([*map(decoder.feed, pieces(coded, cuts)), decoder.finish()]) == text


def pieces(text: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(edges)]


@pytest.mark.parametrize("end", [b"\n\n", b"\r\n\r\n", b"\r\r"])
def test_an_event_goes_on_at_its_end(end: bytes) -> None:
    event = b'data: {"choices":[{"delta":{"content":"Hi"}}]}' + end
    encoder, decoder = T1Codec().encoder(), T1Codec().decoder(LIMITS)
    coded = encoder.feed(event) + encoder.flush()
    assert coded == b'#T1|1|data: {"C":[{"D":{"c":"Hi"}}]}' + end
    assert decoder.feed(coded) == event
    second = encoder.feed(event)
    assert second == coded.removeprefix(b"#T1|1|")
    assert decoder.feed(second) == event
    assert (encoder.finish(), decoder.finish()) == (b"", b"")


def test_events_one_by_one_are_the_stream() -> None:
    stream = b': hi\n\nevent: x\ndata: {"c":1,"content":2}\n\ndata: [DONE]\n\n'
    events = SSESplitter(1000).feed(stream)
    assert b"".join(map(exchange_block, events)) == exchange(stream)


@pytest.mark.parametrize("coded", [b"", b"#T1|", b"#T1|2|{}", b'#T1|{"M":"g4o"}', b" #T1|1|"])
def test_another_prefix_is_refused(coded: bytes) -> None:
    with pytest.raises(CodecError, match="does not begin with #T1"):
        T1Codec().decode(coded, LIMITS)
    decoder = T1Codec().decoder(LIMITS)
    with pytest.raises(CodecError, match="does not begin with #T1"):
        for byte in coded:
            decoder.feed(bytes((byte,)))
        decoder.finish()


def test_limits_hold_in_both_forms() -> None:
    coded = T1Codec().encode(b'{"presence_penalty":1}' * 9)
    for limits in (Limits(output_bytes=100), Limits(input_bytes=50)):
        with pytest.raises(CodecLimitError):
            T1Codec().decode(coded, limits)
        decoder = T1Codec().decoder(limits)
        with pytest.raises(CodecLimitError):
            decoder.feed(coded)
            decoder.finish()


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        b'"tools":["\\"',
        b'"tools":[',
        b'"tools":["x',
        b'"',
        b'"word',
        b'"\\',
        b'"role":"',
        b'"tools":' + b"{" * 17,
        b'{"a":' * 30 + b"\n\n",
        b"\r",
        b"\n\r",
    ],
)
def test_no_text_takes_more_than_linear_time(unit: bytes) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.thread_time()
        exchange(text)
        return time.thread_time() - start

    ratios = [seconds(400_000) / seconds(200_000) for _ in range(5)]
    assert min(ratios) <= 2.2, ratios


def test_a_stream_in_small_pieces_costs_linear_time() -> None:
    encoder = T1Codec().encoder()
    for _ in range(10_000):
        encoder.feed(b"x" * 64)  # quadratic: 3 GB moved
    assert len(encoder.finish()) == 640_000
