"""One node, two engines: what a client sees must not depend on which of them serves it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from rig import Rig, RigOpener, open_rig

from m2m_trio.testing import Script


@pytest.fixture(params=["fast", pytest.param("hypercorn", marks=pytest.mark.slow)])
def engine(request: pytest.FixtureRequest) -> str:
    """The servers that run a node; the fast check leaves the second one out."""
    return str(request.param)


@pytest.fixture
def rig(engine: str) -> RigOpener:
    """Opens a `Rig` on each engine: ``async with rig(script, **settings) as node``."""

    def opener(script: Script, **changes: Any) -> AbstractAsyncContextManager[Rig]:
        return open_rig(script, engine, **changes)

    return opener
