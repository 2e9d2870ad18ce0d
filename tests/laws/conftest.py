"""The laws of one exchange, end to end over loopback, in each protocol a client may speak."""

from __future__ import annotations

import ssl
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
import trustme

sys.path.append(str(Path(__file__).parents[1] / "server"))  # for h2_peer

from law_rig import Rig, RigOpener, open_rig

from m2m_trio.testing import Script


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def certificate(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PEM file with key and chain for 127.0.0.1."""
    path = tmp_path_factory.mktemp("tls") / "node.pem"
    authority.issue_cert("127.0.0.1", "localhost").private_key_and_cert_chain_pem.write_to_path(
        str(path)
    )
    return str(path)


OTHERS = [pytest.param(name, marks=pytest.mark.slow) for name in ("h2", "h1s", "h2s")]


@pytest.fixture(params=["h1", *OTHERS])
def protocol(request: pytest.FixtureRequest) -> str:
    """HTTP/1.1 and HTTP/2, in plain text and over TLS; the fast check takes the first."""
    return str(request.param)


@pytest.fixture
def rig(protocol: str, authority: trustme.CA, certificate: str) -> RigOpener:
    """Opens a `Rig` for each protocol: ``async with rig(script, **settings) as node``."""
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # without the system's: 20 ms to load
    authority.configure_trust(trust)
    trust.set_alpn_protocols(["h2" if protocol.startswith("h2") else "http/1.1"])

    def opener(script: Script, **changes: Any) -> AbstractAsyncContextManager[Rig]:
        return open_rig(script, protocol, (certificate, trust), **changes)

    return opener
