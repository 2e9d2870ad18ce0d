from __future__ import annotations

import gzip

import pytest
from hop_rig import JSON, HopRig, chat

from m2m_trio.codecs import dcz, zstd, zstd_static
from m2m_trio.codecs.catalog import load_codec
from m2m_trio.codecs.codec import LIMITS, Limits
from m2m_trio.errors import (
    CodecError,
    CodecLimitError,
    MissingExtraError,
    UnknownDictionaryError,
    UnsupportedCodingError,
)
from m2m_trio.hop.gateway import Gateway, GatewayRules, proof_of
from m2m_trio.hop.negotiate import DF1, HOP_FIELD, IDENTITY, ZD1
from m2m_trio.hop.replies import reply_decoder
from m2m_trio.hop.text import Text
from m2m_trio.wire.fields import Fields

NODE = (b"accept-encoding", b"m2m-df1, m2m-zd1")
SSE = [(b"content-type", b"text/event-stream; charset=utf-8")]


def gateway(**rules: object) -> Gateway:
    return Gateway(GatewayRules(**{"node": "n1", **rules}))  # type: ignore[arg-type]


def coded(coding: str, *more: tuple[bytes, bytes]) -> Fields:
    return [*more, (b"content-encoding", coding.encode())]


def test_a_plain_client_gets_a_plain_reply_with_nothing_of_ours() -> None:
    fields = [(b"accept-encoding", b"gzip, zstd"), (b"accept", b"*/*")]
    asked = gateway().read(fields)
    assert (asked.fields, asked.coding, asked.is_node) == (fields, IDENTITY, False)
    answer = gateway().answer(asked, 200, JSON, body=b"x" * 500, kept=Text(b"x"))
    assert (answer.fields, answer.body, answer.encoder) == (JSON, None, None)


@pytest.mark.parametrize("coding", ["zstd", "m2m-zd1", "ZSTD "])
def test_codings_of_whole_bodies_are_read(coding: str) -> None:
    encode = zstd_static.encode if "zd1" in coding else zstd.encode
    asked = gateway().read(coded(coding, NODE))
    assert asked.fields == []
    assert gateway().base_id(asked, b"") is None
    assert gateway().decode(asked, encode(chat(3))) == chat(3)


def test_zstd_is_read_from_anybody_and_what_is_ours_from_nodes_only() -> None:
    assert gateway().decode(gateway().read(coded("zstd")), zstd.encode(b"plain")) == b"plain"
    for coding in ("dcz", "m2m-zd1"):
        asked = gateway().read(coded(coding))
        with pytest.raises(UnsupportedCodingError, match=coding):
            gateway().base_id(asked, b"")
        with pytest.raises(UnsupportedCodingError, match=coding):
            gateway().decode(asked, b"")
        closed = gateway(open=False)
        with pytest.raises(UnsupportedCodingError):
            closed.decode(closed.read(coded(coding, NODE)), b"")


def test_a_coding_of_somebody_elses_stays_where_it_is() -> None:
    fields = [(b"content-encoding", b"gzip")]
    asked = gateway().read(fields)
    assert (asked.fields, asked.coding) == (fields, IDENTITY)
    body = gzip.compress(b"plain")
    assert gateway().decode(asked, body) == body
    twice = [(b"content-encoding", b"zstd"), (b"content-encoding", b"m2m-zd1")]
    asked = gateway().read(twice)
    assert (asked.fields, asked.coding) == (twice, IDENTITY)


def test_a_lost_base_is_told_as_such() -> None:
    asked = gateway().read(coded("dcz", NODE))
    body = dcz.encode(chat(2), chat(1))
    assert gateway().base_id(asked, body) == dcz.id_of(chat(1))
    assert gateway().decode(asked, body, chat(1)) == chat(2)
    with pytest.raises(UnknownDictionaryError) as caught:
        gateway().decode(asked, body, None)
    assert caught.value.status == 415
    assert dict(caught.value.fields) == {
        HOP_FIELD: b"node=n1, refused=base",
        b"accept-encoding": b"dcz, m2m-zd1, zstd",
    }


@pytest.mark.parametrize("place", [0, 20, 45, -2])
def test_a_damaged_body_is_refused_with_a_word_for_the_edge(place: int) -> None:
    asked = gateway().read(coded("dcz", NODE))
    body = bytearray(dcz.encode(chat(2), chat(1)))
    body[place] ^= 0x10
    with pytest.raises(CodecError) as caught:
        gateway().base_id(asked, bytes(body))
        gateway().decode(asked, bytes(body), chat(1))
    assert dict(caught.value.fields)[HOP_FIELD] == b"node=n1, refused=body"


def test_a_bomb_is_refused_for_good() -> None:
    small = gateway(limits=Limits(output_bytes=1000))
    asked = small.read(coded("m2m-zd1", NODE))
    with pytest.raises(CodecLimitError) as caught:
        small.decode(asked, zstd_static.encode(bytes(5000)))
    assert caught.value.fields == ()


def test_a_whole_reply_is_coded_and_its_length_told() -> None:
    asked = gateway().read([NODE])
    body = chat(4)
    fields = [(b"content-length", b"%d" % len(body)), *JSON]
    answer = gateway().answer(asked, 200, fields, body=body, kept=Text(b"{}"))
    assert answer.coding == ZD1
    assert answer.body is not None
    assert zstd_static.decode(answer.body, LIMITS) == body
    assert answer.fields == [
        (b"content-length", b"%d" % len(answer.body)),
        *JSON,
        (b"content-encoding", b"m2m-zd1"),
        (
            b"m2m-hop",
            b"node=n1, stored=%b, ttl=3600, length=%d"
            % (Text(b"{}").digest.hex().encode(), len(body)),
        ),
        (b"accept-encoding", b"dcz, m2m-zd1, zstd"),
    ]


@pytest.mark.parametrize("fields", [SSE, JSON, [*JSON, (b"content-length", b"70000")]])
def test_a_reply_that_comes_in_parts_is_coded_in_parts(fields: Fields) -> None:
    asked = gateway(pad_to=64).read([NODE])
    answer = gateway(pad_to=64).answer(asked, 200, fields, body=None)
    assert answer.encoder is not None
    assert not any(name == b"content-length" for name, _ in answer.fields)
    decoder = reply_decoder(DF1, LIMITS, request=b"{}")
    got = []
    for part in (b"data: {}\n\n", b"data: [DONE]\n\n"):
        answer.encoder.feed(part)
        coded_part = answer.encoder.flush()
        assert len(coded_part) % 64 == 0
        got += decoder.feed(coded_part)
    assert got == [b"data: {}\n\n", b"data: [DONE]\n\n"]
    decoder.feed(answer.encoder.finish())
    decoder.finish()


@pytest.mark.parametrize(
    ("status", "fields", "body"),
    [
        (204, JSON, b""),
        (304, JSON, b""),
        (200, JSON, b"{}"),
        (200, [*JSON, (b"content-encoding", b"gzip")], b"x" * 500),
        (200, JSON, bytes(range(256))),
        (200, [(b"content-type", b"audio/mpeg")], None),
        (200, [], None),
    ],
)
def test_what_is_not_worth_it_or_coded_already_stays_plain(
    status: int, fields: Fields, body: bytes | None
) -> None:
    answer = gateway().answer(gateway().read([NODE]), status, fields, body=body)
    assert (answer.coding, answer.body, answer.encoder) == (IDENTITY, None, None)
    assert answer.fields[: len(fields)] == fields
    assert [name for name, _ in answer.fields[len(fields) :]] == [
        HOP_FIELD,
        b"accept-encoding",
    ]


def test_a_node_that_wants_plain_replies_gets_them() -> None:
    asked = gateway().read([(b"accept-encoding", b"m2m-df1;q=0, m2m-zd1;q=0")])
    assert asked.is_node
    for body in (None, chat(3)):
        assert gateway().answer(asked, 200, JSON, body=body).coding == IDENTITY
    closed = gateway(replies=False, requests=False)
    answer = closed.answer(closed.read([NODE]), 200, JSON, body=chat(3))
    assert answer.fields == [*JSON, (HOP_FIELD, b"node=n1")]


def test_a_secret_keeps_strangers_out() -> None:
    secret = gateway(secret="s3")
    proof = (HOP_FIELD, b"key=" + proof_of("s3", b"gateway.example").encode())
    assert not secret.read([NODE]).is_node
    assert not secret.read([NODE, (HOP_FIELD, b"key=s3")]).is_node
    assert not secret.read([NODE, proof], authority=b"provider.example").is_node
    asked = secret.read([NODE, proof, (b"a", b"b")], authority=b"Gateway.example")
    assert asked.is_node
    assert asked.fields == [(b"a", b"b")]


def test_nothing_of_the_hop_reaches_the_provider() -> None:
    rig = HopRig()
    own = [(b"accept", b"*/*"), (b"accept-encoding", b"gzip, br")]
    rig.exchange(chat(1), fields=own)
    rig.exchange(chat(2), fields=own)
    assert rig.sent[1].coding != IDENTITY
    assert rig.asked is not None
    assert rig.asked.fields == own


@pytest.mark.parametrize("coding", ["m2m-t1", "m2m-frame", "m2m-br"])
def test_the_family_is_read_and_written_where_it_is_asked_for(coding: str) -> None:
    codec = load_codec(coding)
    asked = gateway().read(coded(coding))
    assert asked.fields == []
    assert gateway().base_id(asked, b"") is None
    assert gateway().decode(asked, codec.encode(chat(3))) == chat(3)
    asked = gateway().read([(b"accept-encoding", b"gzip, " + coding.encode())])
    answer = gateway().answer(asked, 200, JSON, body=b'{"messages": ' + b"[1, 2], " * 90 + b"}")
    if answer.body is not None:
        assert answer.coding == coding
        assert codec.decode(answer.body, LIMITS).startswith(b'{"messages": ')
    for closed in (gateway(open=False), gateway(secret="s")):
        with pytest.raises(UnsupportedCodingError):
            closed.decode(closed.read(coded(coding)), b"")


def test_what_the_family_cannot_carry_or_is_not_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = gateway().read([(b"accept-encoding", b"m2m-frame")])
    answer = gateway().answer(asked, 200, JSON, body=b"\xff" * 200)
    assert answer.coding == IDENTITY

    def missing(name: str) -> None:
        raise MissingExtraError(f"{name} needs an extra")

    monkeypatch.setattr("m2m_trio.hop.gateway.load_codec", missing)
    with pytest.raises(UnsupportedCodingError, match="extra"):
        gateway().decode(gateway().read(coded("m2m-tk")), b"")
    assert gateway().answer(asked, 200, JSON, body=b"{}" * 200).coding == IDENTITY


def test_a_provider_may_be_asked_not_to_code_what_we_code() -> None:
    fields = [(b"accept-encoding", b"gzip, br, m2m-df1, m2m-zd1"), (b"accept", b"*/*")]
    plain = [(b"accept", b"*/*"), (b"accept-encoding", b"identity")]
    assert gateway(plain_replies=True).read(fields).fields == plain
    own = [(b"accept-encoding", b"gzip, br"), (b"accept", b"*/*")]
    assert gateway().read(fields).fields == own
    assert gateway(plain_replies=True).read(own).fields == own
    assert gateway(plain_replies=True, replies=False).read(fields).fields == own
    declined = [(b"accept-encoding", b"gzip, br, m2m-df1;q=0, m2m-zd1;q=0"), fields[1]]
    assert gateway(plain_replies=True).read(declined).fields == own
