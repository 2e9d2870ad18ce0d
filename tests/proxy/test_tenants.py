from __future__ import annotations

import pytest

from m2m_trio.hop.users import user_of
from m2m_trio.proxy.tenants import Tenants, key_of


def test_roles_keys_and_users_are_different_tenants() -> None:
    tenants = Tenants(by_user=True)
    alice, bob = ([(b"authorization", b"Bearer " + name)] for name in (b"alice", b"bob"))
    found = {
        tenants.find(role, fields, plain)
        for role in (b"edge", b"gateway")
        for fields in (alice, bob, [])
        for plain in (b"{}", b'{"user": "u"}', b'{"user": "v"}')
    }
    assert len(found) == 18
    assert all(tenant is not None and len(tenant) == 16 for tenant in found)
    same = Tenants().find(b"edge", alice, b'{"user": "u"}')
    assert same == Tenants().find(b"edge", [(b"api-key", b"alice")], b"")


@pytest.mark.parametrize(
    ("plain", "user"),
    [
        (b'{"user": "u", "safety_identifier": "s"}', b"s"),
        (b'{"user": "u", "safety_identifier": null}', b"u"),
        (b'{"user": 7}', b""),
        (b"[]", b""),
        (b"\xff", b""),
        (b'{"user": "' + b"\xc3\xbc" + b'"}', b"\xc3\xbc"),
    ],
)
def test_users(plain: bytes, user: bytes) -> None:
    assert user_of(plain) == user


def test_keys() -> None:
    assert key_of([(b"x-api-key", b" k ")]) == b"k"
    assert key_of([(b"accept", b"k")]) == b""
