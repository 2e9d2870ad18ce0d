from __future__ import annotations

import json

import pytest
from hop_rig import ALICE, JSON, HopRig, chat, said

from m2m_trio.codecs.codec import LIMITS
from m2m_trio.errors import CodecError
from m2m_trio.hop.edge import AT_ODDS, Edge, EdgeRules
from m2m_trio.hop.gateway import proof_of
from m2m_trio.hop.negotiate import (
    DCZ,
    DF1,
    IDENTITY,
    ZD1,
    ZSTD,
    Peer,
    format_pairs,
    parse_accept,
)
from m2m_trio.hop.replies import reply_decoder
from m2m_trio.hop.sessions import Bases, digest_of


def answer(turn: int) -> bytes:
    message = {"role": "assistant", "content": said(turn)}
    return json.dumps({"choices": [{"message": message}] * 3}).encode()


def test_the_first_request_is_plain_and_the_next_is_a_difference() -> None:
    rig = HopRig()
    for turn in range(4):
        assert rig.exchange(chat(turn + 1), answer(turn)) == answer(turn)
    assert rig.codings == [IDENTITY, DCZ, DCZ, DCZ]
    assert rig.seen == [chat(turn + 1) for turn in range(4)]
    assert all(3 * len(sent.body) < len(sent.plain) for sent in rig.sent[1:])  # a new hash each


def test_another_conversation_goes_with_the_built_in_dictionary_or_what_is_there() -> None:
    rig = HopRig()
    rig.exchange(chat(1))
    rig.exchange(chat(1, seed="somebody else"))
    assert rig.codings[1] in (ZD1, DCZ)
    assert len(rig.sent[1].body) < len(rig.sent[1].plain)
    assert rig.seen[1] == chat(1, seed="somebody else")


def test_a_lost_base_costs_one_resend_and_no_exchange() -> None:
    rig = HopRig()
    rig.exchange(chat(1))
    rig.far.forget_all()
    rig.exchange(chat(2))
    assert rig.codings == [IDENTITY, DCZ, ZD1]
    assert rig.seen == [chat(1), chat(2)]
    rig.exchange(chat(3))
    assert rig.codings[3:] == [DCZ]


def test_two_lost_bases_in_a_row_rest_dcz_for_a_minute() -> None:
    rig = HopRig()
    for seed in "ab":
        rig.exchange(chat(1, seed=seed))
    for seed in "ab":
        rig.far.forget_all()
        rig.exchange(chat(2, seed=seed))
    rig.now = 59.0
    rig.exchange(chat(3, seed="a"))
    rig.now = 60.0
    rig.exchange(chat(4, seed="a"))
    assert rig.codings[-2:] == [ZD1, DCZ]


def test_a_damaged_body_is_resent_with_a_checksum_and_reaches_nobody() -> None:
    rig = HopRig()
    rig.exchange(chat(1))
    serve = rig.serve

    def damage(sent, *rest):  # type: ignore[no-untyped-def]
        if sent.coding != IDENTITY:
            body = bytearray(sent.body)
            body[-60] ^= 1
            object.__setattr__(sent, "body", bytes(body))
        return serve(sent, *rest)

    rig.serve = damage  # type: ignore[method-assign]
    assert b'"bad_coding"' in rig.exchange(chat(2))
    assert rig.codings == [IDENTITY, DCZ, ZD1, ZSTD]
    assert rig.seen == [chat(1)]  # the line is bad: the application hears of it


def test_a_node_that_lost_a_coding_gets_its_next_request_without() -> None:
    rig = HopRig()
    rig.peer.learn(parse_accept(b"zstd"), 0)
    rig.exchange(chat(1))
    assert rig.codings == [ZSTD]
    assert rig.peer.reads(ZD1, 0)


@pytest.mark.parametrize("status", sorted(AT_ODDS))
def test_a_peer_that_turned_into_a_plain_server_gets_the_request_plain(status: int) -> None:
    rig = HopRig()
    rig.exchange(chat(1))
    sent = rig.edge.encode(chat(2), [], tenant=ALICE, now=1)
    assert sent.coding == ZD1
    head = rig.edge.read_head(sent, status, JSON, 1)
    assert (head.resend, head.fields) == (IDENTITY, JSON)
    assert not rig.peer.is_known(1)
    again = rig.edge.encode(chat(2), [], tenant=ALICE, now=1)
    assert again.coding == IDENTITY
    assert rig.edge.read_head(again, status, JSON, 1).resend is None


def test_what_a_stranger_answers_for_itself_is_the_answer() -> None:
    rig = HopRig()
    rig.exchange(chat(1))
    sent = rig.edge.encode(chat(2), [], tenant=ALICE, now=1)
    for status in (401, 404, 413, 429, 502, 503):
        assert rig.edge.read_head(sent, status, JSON, 1).resend is None
        assert rig.peer.is_known(1)
    assert rig.edge.read_head(sent, 200, JSON, 1).resend is None
    assert not rig.peer.is_known(1)
    stranger = Edge(Peer(), Bases())
    asking = stranger.encode(chat(1), [], tenant=ALICE, now=0)
    stranger.read_head(asking, 502, JSON, 0)
    assert stranger.peer.quiet_until == 0
    stranger.read_head(asking, 200, JSON, 0)
    assert stranger.peer.quiet_until > 0


@pytest.mark.parametrize(
    ("plain", "fields"),
    [
        (b"{}", []),
        (bytes(range(256)) * 2, [(b"content-encoding", b"aws-chunked")]),
        (b"".join(digest_of(bytes([number])) for number in range(7)), []),
    ],
)
def test_what_is_not_worth_it_or_coded_already_stays_as_it_is(
    plain: bytes, fields: list[tuple[bytes, bytes]]
) -> None:
    rig = HopRig()
    rig.exchange(chat(1))
    sent = rig.edge.encode(plain, fields, tenant=ALICE, now=0)
    assert (sent.coding, sent.body) == (IDENTITY, plain)


def test_what_would_look_like_a_bomb_goes_plain() -> None:
    rig = HopRig()
    rig.exchange(chat(1))
    bomb = b'{"messages": "' + b"a" * 3_000_000 + b'"}'
    assert rig.exchange(bomb) == b"{}"
    assert rig.codings == [IDENTITY, IDENTITY]
    assert HopRig().exchange(chat(1), bomb) == bomb
    longer = b'{"messages": "' + b"a" * 3_000_100 + b'"}'
    assert rig.exchange(longer) == b"{}"
    assert rig.codings[2:] == [DCZ]  # against a base as long it is none
    assert rig.seen[1:] == [bomb, longer]


def test_switches_of_the_operator() -> None:
    rig = HopRig(EdgeRules(requests=False))
    rig.exchange(chat(1), answer(1))
    rig.exchange(chat(2), answer(2))
    assert rig.codings == [IDENTITY, IDENTITY]
    assert rig.edge.find_base(chat(3), ALICE, 0) is None
    rig = HopRig(EdgeRules(replies=False))
    rig.exchange(chat(1))
    assert rig.asked is not None
    assert rig.asked.is_node
    assert not rig.asked.accept.takes(ZD1)


def test_padding_hides_how_much_is_new() -> None:
    rig = HopRig(EdgeRules(pad_to=256))
    rig.exchange(chat(1), answer(0))
    rig.exchange(chat(2), answer(1))
    assert rig.codings[-1] == DCZ
    assert len(rig.sent[-1].body) % 256 == 0


def test_an_exchange_the_far_side_does_not_keep_is_not_kept() -> None:
    rig = HopRig()
    sent = rig.edge.encode(chat(1), [], tenant=ALICE, now=0)
    for said_by_peer in (
        {"node": "n"},
        {"node": "n", "stored": "00" * 32, "ttl": "600"},
        {"node": "n", "stored": digest_of(chat(1)).hex(), "ttl": "soon"},
    ):
        fields = [*JSON, (b"m2m-hop", format_pairs(said_by_peer))]
        head = rig.edge.read_head(sent, 200, fields, 0)
        assert rig.edge.keep(sent, head, b"", 0) is None
    nobody = rig.edge.encode(chat(1), [], tenant=None, now=0)
    fields = [(b"m2m-hop", format_pairs({"stored": digest_of(chat(1)).hex(), "ttl": "9"}))]
    head = rig.edge.read_head(nobody, 200, fields, 0)
    assert head.remembered == 9
    assert rig.edge.keep(nobody, head, b"", 0) is None
    assert len(rig.edge.bases) == 0


def test_a_base_lasts_no_longer_than_the_far_side_says() -> None:
    rig = HopRig(lasting=10.0)
    rig.exchange(chat(1))
    rig.now = 11.0
    rig.exchange(chat(2))
    assert rig.codings == [IDENTITY, ZD1]


def test_fields_of_the_hop_come_off_and_others_stay() -> None:
    edge = Edge(Peer(), Bases())
    sent = edge.encode(chat(1), [], tenant=ALICE, now=0)
    own = [
        (b"content-type", b"application/json"),
        (b"content-length", b"900"),
        (b"accept-encoding", b"gzip"),
        (b"x-request-id", b"1"),
    ]
    hop = [
        (b"content-type", b"application/json"),
        (b"content-length", b"90"),
        (b"accept-encoding", b"gzip"),
        (b"x-request-id", b"1"),
        (b"content-encoding", b"m2m-zd1"),
        (b"m2m-hop", b"node=n, length=900"),
        (b"accept-encoding", b"dcz, m2m-zd1, zstd"),
    ]
    head = edge.read_head(sent, 200, hop, 0)
    assert (head.fields, head.coding) == (own, ZD1)
    merged = [*hop[:2], (b"accept-encoding", b"gzip, dcz, m2m-zd1, zstd"), *hop[3:6]]
    head = edge.read_head(sent, 200, merged, 0)
    assert (head.fields, head.coding) == (own, ZD1)
    chunked = [*hop[:1], *hop[2:]]
    head = edge.read_head(sent, 200, chunked, 0)
    assert sorted(head.fields) == sorted(own)
    untold = [*hop[:5], (b"m2m-hop", b"node=n")]
    head = edge.read_head(sent, 200, untold, 0)
    assert (b"content-length", b"90") not in head.fields
    opaque = [(b"content-encoding", b"gzip"), (b"m2m-hop", b"node=n")]
    head = edge.read_head(sent, 200, opaque, 0)
    assert (head.fields, head.coding) == (opaque[:1], IDENTITY)


def test_a_reply_that_is_cut_short_is_no_reply() -> None:
    for coding in (DF1, ZD1):
        decoder = reply_decoder(coding, LIMITS, request=b"{}")
        assert decoder.feed(b"") == []
        with pytest.raises(CodecError):
            decoder.finish()


def test_the_proof_goes_with_every_request() -> None:
    proof = proof_of("open sesame", b"")
    rig = HopRig(EdgeRules(proof=proof), secret="open sesame")
    rig.exchange(chat(1))
    assert (b"m2m-hop", b"key=" + proof.encode()) in rig.sent[0].fields
    assert rig.peer.is_known(0)
    rig = HopRig(EdgeRules(proof=proof), secret="other")
    rig.exchange(chat(1), b"{}")
    assert not rig.peer.is_known(0)


@pytest.mark.parametrize(
    ("status", "body"),
    [(404, b"{}"), (200, b"<html>"), (200, b"{}"), (200, b"[" * 9000), (200, b"\xff")],
)
def test_only_a_node_says_hello(status: int, body: bytes) -> None:
    edge = Edge(Peer(), Bases())
    assert edge.wants_hello(0)
    edge.read_hello(status, body, 0)
    assert not edge.peer.is_known(0)
    assert not edge.wants_hello(1)


def test_a_hello_tells_what_is_read() -> None:
    rig = HopRig()
    hello = json.dumps(rig.gateway.hello("1.0")).encode()
    rig.edge.read_hello(200, hello, 0)
    assert rig.peer.node == "n1"
    assert not rig.edge.wants_hello(1)
    rig.exchange(chat(1))
    assert rig.codings == [ZD1]
    closed = HopRig(open=False)
    closed.edge.read_hello(200, json.dumps(closed.gateway.hello("1.0")).encode(), 0)
    closed.exchange(chat(1))
    assert closed.codings == [IDENTITY]


@pytest.mark.parametrize("node", ["日本", "a\r\nb: c", "n\0"])
def test_a_hello_with_an_id_that_fits_no_field_is_read_without_it(node: str) -> None:
    rig = HopRig()
    hello = json.dumps(rig.gateway.hello("1.0") | {"node": node}).encode()
    rig.edge.read_hello(200, hello, 0)
    assert rig.peer.is_known(0)
    assert rig.peer.node == ""


def test_a_refusal_nobody_explains_is_answered_with_plain_bytes() -> None:
    rig = HopRig()
    rig.exchange(chat(1))
    sent = rig.edge.encode(chat(2), [], tenant=ALICE, now=0)
    head = rig.edge.read_head(sent, 415, [(b"m2m-hop", b"node=n, refused=whim")], 0)
    assert head.resend == IDENTITY
