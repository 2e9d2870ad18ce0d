from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.wire.fields import HOP_BY_HOP, REQUEST_FRAMING, end_to_end, field

NAMES = st.sampled_from(
    [*sorted(HOP_BY_HOP), b"content-type", b"x-a", b"x-b", b"set-cookie", b"authorization"]
)
FIELDS = st.lists(st.tuples(NAMES, st.sampled_from([b"", b"1", b"x-a, X-B", b"close"])))


@given(fields=FIELDS)
def test_what_stays_keeps_its_order_and_its_duplicates(
    fields: list[tuple[bytes, bytes]],
) -> None:
    kept = end_to_end(fields)
    rest = iter(fields)
    assert all(pair in rest for pair in kept)
    assert not {name for name, _ in kept} & HOP_BY_HOP


@given(fields=FIELDS)
def test_without_connection_options_only_hop_by_hop_fields_go(
    fields: list[tuple[bytes, bytes]],
) -> None:
    fields = [pair for pair in fields if pair[0] != b"connection"]
    assert end_to_end(fields) == [pair for pair in fields if pair[0] not in HOP_BY_HOP]


def test_a_field_that_connection_names_stays_on_its_hop() -> None:
    fields = [(b"connection", b"Keep-Alive, X-Secret"), (b"x-secret", b"1"), (b"x-other", b"2")]
    assert end_to_end(fields) == [(b"x-other", b"2")]


def test_a_request_loses_what_the_next_hop_writes_anew() -> None:
    fields = [
        (b"host", b"a"),
        (b"content-length", b"1"),
        (b"expect", b"100-continue"),
        (b"b", b""),
    ]
    assert end_to_end(fields, REQUEST_FRAMING) == [(b"b", b"")]


def test_the_first_value_of_a_field_counts() -> None:
    assert field([(b"a", b"1"), (b"a", b"2")], b"a") == b"1"
    assert field([], b"a") is None
