from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.hop.negotiate import (
    DCZ,
    DF1,
    MAX_MEMBERS,
    REPLY_CODINGS,
    REQUEST_CODINGS,
    ZD1,
    ZSTD,
    Accept,
    Peer,
    PeerRules,
    announce,
    format_accept,
    format_pairs,
    parse_accept,
    parse_pairs,
    strip_announcement,
    without_private,
)

ALL = parse_accept(format_accept(REQUEST_CODINGS))
OWN = st.sampled_from(
    [b"gzip", b"gzip, deflate, br, zstd", b"br;q=1.0, gzip;q=0.5", b"*", b"dcb, dcz , br"]
)


@pytest.mark.parametrize(
    ("value", "taken", "refused"),
    [
        (b"gzip, zstd;q=0.5", ["gzip", "zstd"], ["br"]),
        (b"zstd;q=0, gzip;q=0.000", [], ["zstd", "gzip"]),
        (b"ZSTD ; Q=0.001 ,, \tdcz", ["zstd", "dcz"], []),
        (b"*", [], ["zstd"]),
        (b"zstd;q=2, gzip;q=0.1234, br;x=1, dcz", ["dcz"], ["zstd", "gzip", "br"]),
        (b"zstd;q=0, zstd;q=1", ["zstd"], []),
        (b"", [], ["identity"]),
        (b"\xff\x00, m2m-zd1", ["m2m-zd1"], []),
    ],
)
def test_weights_as_http_has_them(value: bytes, taken: list[str], refused: list[str]) -> None:
    accept = parse_accept(value)
    assert [coding for coding in taken if not accept.takes(coding)] == []
    assert [coding for coding in refused if accept.takes(coding)] == []


def test_no_more_members_are_looked_at_than_the_limit() -> None:
    value = b"a," * MAX_MEMBERS + b"m2m-zd1"
    assert not parse_accept(value).takes(ZD1)
    assert parse_pairs(b"a=1," * MAX_MEMBERS + b"b=2") == {"a": "1"}


@given(value=st.binary(max_size=200))
def test_any_value_can_be_read(value: bytes) -> None:
    for weight in parse_accept(value).weights.values():
        assert 0.0 <= weight <= 1.0
    parse_pairs(value)
    without_private(value)


@given(own=st.one_of(st.none(), OWN), replies=st.booleans())
def test_an_announcement_comes_off_again(own: bytes | None, replies: bool) -> None:
    fields = [(b"accept", b"*/*")]
    if own is not None:
        fields += [(b"accept-encoding", own), (b"x-after", b"1")]
    announced = announce(fields, replies=replies)
    stripped, accept = strip_announcement(announced)
    assert stripped == fields
    assert accept.is_node
    assert [coding for coding in REPLY_CODINGS if accept.takes(coding)] == (
        list(REPLY_CODINGS) if replies else []
    )


def test_an_announcement_stands_behind_the_clients_last_field() -> None:
    fields = [(b"accept-encoding", b"gzip"), (b"accept-encoding", b"br")]
    announced = announce(fields)
    assert announced[0] == fields[0]
    assert announced[1] == (b"accept-encoding", b"br, m2m-df1, m2m-zd1")
    assert strip_announcement(announced)[0] == fields


def test_a_client_that_forbids_codings_is_left_alone() -> None:
    fields = [(b"accept-encoding", b" ")]
    assert announce(fields) is fields


def test_an_announcement_that_somebody_rewrote_comes_off_as_well() -> None:
    fields = [(b"accept-encoding", b"m2m-df1;q=0.9,gzip , M2M-ZD1")]
    stripped, accept = strip_announcement(fields)
    assert stripped == [(b"accept-encoding", b"gzip")]
    assert accept.takes(DF1)
    assert accept.takes(ZD1)


def test_fields_of_plain_clients_are_given_back_as_they_are() -> None:
    fields = [(b"accept-encoding", b"gzip, dcz, zstd"), (b"x", b"m2m-zd1")]
    stripped, accept = strip_announcement(fields)
    assert stripped is fields
    assert not accept.is_node
    weird = [(b"accept-encoding", b"x-m2m-zd1, m2m-bad;q=7")]
    assert strip_announcement(weird)[0] is weird


def test_pairs_come_back() -> None:
    pairs = {"node": "abc", "stored": "ff" * 32, "ttl": "600", "length": "12"}
    assert parse_pairs(format_pairs(pairs)) == pairs
    assert parse_pairs(b"node=a b, =x, ttl=, n\xff=1, ok=1") == {"ok": "1"}


def test_a_peer_is_known_until_its_word_is_too_old() -> None:
    peer = Peer(PeerRules(lasting=10, quiet=5))
    assert not peer.is_known(0)
    assert not peer.reads(ZSTD, 0)
    peer.learn(ALL, 0, node="n1")
    assert peer.node == "n1"
    assert peer.codings == frozenset(REQUEST_CODINGS)
    assert peer.is_known(9)
    assert all(peer.reads(coding, 9) for coding in REQUEST_CODINGS)
    assert not peer.reads(ZSTD, 10)
    assert not peer.reads("br", 9)


def test_a_peer_that_is_no_node_is_left_in_peace_for_a_while() -> None:
    peer = Peer(PeerRules(quiet=5))
    peer.learn(ALL, 0)
    peer.learn(None, 100)
    assert not peer.is_known(100)
    assert peer.quiet_until == 105
    peer.learn(parse_accept(b"zstd"), 106)
    assert peer.quiet_until == 0
    assert peer.reads(ZSTD, 106)
    assert not peer.reads(ZD1, 106)


def test_two_misses_in_a_row_rest_dcz_for_a_minute() -> None:
    peer = Peer(PeerRules(rest=60))
    peer.learn(ALL, 0)
    peer.note_miss(0)
    peer.note_hit()
    peer.note_miss(1)
    assert peer.reads(DCZ, 1)
    peer.note_miss(2)
    assert not peer.reads(DCZ, 61)
    assert peer.reads(ZD1, 61)
    assert peer.reads(DCZ, 62)
    peer.note_miss(62)
    assert peer.reads(DCZ, 62)


def test_a_star_promises_none_of_our_codings() -> None:
    assert not Accept({"*": 1.0}).takes(ZD1)
