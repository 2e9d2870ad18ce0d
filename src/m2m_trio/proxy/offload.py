"""Work that takes longer than the event loop can spare, done in a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import trio

T = TypeVar("T")


async def offload(work: Callable[[], T], *, limiter: trio.CapacityLimiter) -> T:
    """Run ``work`` in a thread, at most as many at once as ``limiter`` has tokens.

    A caller that is cancelled leaves at once; its thread ends by itself, and keeps its
    token until then.
    """
    return await trio.to_thread.run_sync(work, limiter=limiter, abandon_on_cancel=True)
