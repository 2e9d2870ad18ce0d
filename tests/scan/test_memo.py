from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.scan.memo import Memo


@settings(max_examples=50, deadline=None)
@given(names=st.lists(st.integers(0, 12), max_size=60), size=st.integers(1, 8))
def test_the_last_used_stay(names: list[int], size: int) -> None:
    memo: Memo[int] = Memo(size, b"key")
    used: list[int] = []
    for name in names:
        digest = memo.digest(b"turn", b"%d" % name)
        value = memo.get(digest)
        assert (value is not None) == (name in used)
        assert value in (None, name)
        memo.put(digest, name)
        used = [*(other for other in used if other != name), name][-size:]
    assert len(memo) == len(used)
    assert memo.hits + memo.misses == len(names)


def test_the_digest_is_keyed_and_knows_the_place() -> None:
    digest = Memo[int](1, b"key").digest(b"turn", b"x")
    assert digest != Memo[int](1, b"other").digest(b"turn", b"x")
    assert digest != Memo[int](1, b"key").digest(b"seam", b"x")
