from __future__ import annotations

import hashlib
import tracemalloc

import pytest

from m2m_trio.hop.sessions import BaseLimits, Bases
from m2m_trio.hop.text import Text

MIB = 1 << 20
SESSIONS = 1000
FIRST_BYTES = 50_000


@pytest.mark.slow
@pytest.mark.parametrize("tenants", [1, SESSIONS])
@pytest.mark.parametrize("search", [True, False])
def test_a_thousand_sessions_take_no_more_memory_than_they_may(
    tenants: int, search: bool
) -> None:
    limits = BaseLimits(tenant_bytes=24 * MIB, total_bytes=24 * MIB)
    bases = Bases(limits)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for turn in range(3):
            for session in range(SESSIONS):
                tenant = hashlib.sha256(b"%d" % (session % tenants)).digest()[:16]
                said = hashlib.shake_128(b"%d" % session).digest(FIRST_BYTES + 700 * turn)
                text = Text(said)
                if search:
                    bases.find(tenant, text, turn)
                bases.put(tenant, text.followed_by(b"and a reply"), turn, search=search)
        del said, text
        held = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert bases.held_bytes <= limits.total_bytes
    assert bases.held_bytes > 0.9 * limits.total_bytes
    assert held <= 1.02 * limits.total_bytes  # `OVERHEAD_BYTES` is what a base takes beside
