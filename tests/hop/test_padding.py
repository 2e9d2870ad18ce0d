from __future__ import annotations

from m2m_trio.hop.padding import NO_PADDING, Padding, padding_for


def test_lengths_are_hidden_where_somebody_may_read_them() -> None:
    assert padding_for(loopback=True) == NO_PADDING
    assert padding_for(loopback=False) == Padding(request_bytes=256, write_bytes=64)
