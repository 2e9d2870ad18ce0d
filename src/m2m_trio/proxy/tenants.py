"""Whose an exchange is: what one tenant sent is never used to code what another sends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from m2m_trio.hop.sessions import Tenant
from m2m_trio.hop.users import user_of
from m2m_trio.proxy.access import CREDENTIALS
from m2m_trio.wire.fields import Fields

TENANT_BYTES = 16


class Tenants:
    """Tells clients apart: by their key, and by the user they act for where that is asked.

    Args:
        without_sessions: SHA-256 in hexadecimal, or its start, of keys whose exchanges are
            not remembered.
        by_user: Whether ``safety_identifier`` or ``user`` of a request counts.
    """

    def __init__(self, *, without_sessions: Iterable[str] = (), by_user: bool = False) -> None:
        self._without_sessions = tuple(without_sessions)
        self._by_user = by_user

    def find(self, role: bytes, fields: Fields, plain: bytes) -> Tenant | None:
        """The tenant of a request with these fields; None where nothing is remembered.

        ``role`` keeps apart what a node remembers as an edge and as a gateway.
        """
        digest = hashlib.sha256(key_of(fields))
        if self._without_sessions and digest.hexdigest().startswith(self._without_sessions):
            return None
        user = user_of(plain) if self._by_user else b""
        parts = (role, digest.digest(), user)
        return hashlib.sha256(b"\0".join(parts)).digest()[:TENANT_BYTES]


def key_of(fields: Fields) -> bytes:
    """The key a client showed; empty where it showed none."""
    for name, value in fields:
        if name in CREDENTIALS:
            key = value[7:] if value[:7].lower() == b"bearer " else value
            return key.strip()
    return b""
