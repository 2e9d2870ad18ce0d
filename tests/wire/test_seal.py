from __future__ import annotations

import sys

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.errors import CodecError, MissingExtraError, SealError
from m2m_trio.wire.seal import (
    PURPOSES,
    KeyTree,
    decrypt,
    derive_key,
    encrypt,
    sign,
    verify,
)

KEY = bytes(range(32))
NONCE = bytes(range(12))
MASTER = bytes(range(32))


@given(data=st.binary(max_size=80), bound=st.binary(max_size=8))
@settings(max_examples=30)
def test_a_signed_message_is_given_back(data: bytes, bound: bytes) -> None:
    assert verify(data + sign(data, key=KEY, bound=bound), key=KEY, bound=bound) == data


@given(data=st.binary(max_size=80), flip=st.integers(0))
@settings(max_examples=30)
def test_a_changed_bit_breaks_the_tag(data: bytes, flip: int) -> None:
    signed = bytearray(data + sign(data, key=KEY))
    signed[flip // 8 % len(signed)] ^= 1 << flip % 8
    with pytest.raises(SealError, match="HMAC tag is wrong"):
        verify(bytes(signed), key=KEY)


@given(plain=st.binary(max_size=80), head=st.binary(max_size=20), flip=st.integers(0))
@settings(max_examples=30)
def test_a_changed_bit_breaks_the_cipher(plain: bytes, head: bytes, flip: int) -> None:
    sealed = bytearray(encrypt(plain, key=KEY, nonce=NONCE, head=head))
    assert decrypt(bytes(sealed), key=KEY, head=head) == plain
    sealed[flip // 8 % len(sealed)] ^= 1 << flip % 8
    with pytest.raises(SealError, match="AEAD tag is wrong"):
        decrypt(bytes(sealed), key=KEY, head=head)


def test_the_head_and_what_is_bound_are_covered() -> None:
    sealed = encrypt(b"x", key=KEY, nonce=NONCE, head=b"head", bound=b"to-server 7")
    assert decrypt(sealed, key=KEY, head=b"head", bound=b"to-server 7") == b"x"
    for head, bound in ((b"heat", b"to-server 7"), (b"head", b"to-server 8"), (b"head", b"")):
        with pytest.raises(SealError):
            decrypt(sealed, key=KEY, head=head, bound=bound)
    with pytest.raises(SealError):
        verify(b"x" + sign(b"x", key=KEY, bound=b"7"), key=KEY, bound=b"8")


def test_what_is_too_short_has_its_message() -> None:
    with pytest.raises(SealError, match="HMAC tag is not complete"):
        verify(bytes(31), key=KEY)
    with pytest.raises(SealError, match="nonce and tag are not complete"):
        decrypt(bytes(27), key=KEY, head=b"")
    with pytest.raises(CodecError, match="at least 16"):
        sign(b"", key=bytes(15))
    with pytest.raises(CodecError, match="at least 32"):
        encrypt(b"", key=bytes(31), nonce=NONCE, head=b"")
    with pytest.raises(CodecError, match="nonce has 12"):
        encrypt(b"", key=KEY, nonce=bytes(11), head=b"")


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers.aead", None)
    with pytest.raises(MissingExtraError, match=r"m2m-trio\[seal\]"):
        decrypt(bytes(40), key=KEY, head=b"")


@given(secret=st.binary(max_size=50), info=st.text(max_size=20), size=st.integers(1, 200))
@settings(max_examples=30)
def test_keys_are_derived_as_cryptography_does(secret: bytes, info: str, size: int) -> None:
    theirs = HKDF(SHA256(), size, salt=None, info=info.encode()).derive(secret)
    assert derive_key(secret, info, size) == theirs


def test_the_tree_gives_every_path_its_own_key() -> None:
    tree = KeyTree(MASTER, "test-org")
    assert tree.agent("agent-001").hex().startswith("c87f687fae1cf599")
    keys = [tree.organisation(), tree.shared(), tree.agent("a"), tree.agent("b")]
    keys += [tree.agent("a", purpose) for purpose in PURPOSES]
    keys += [tree.session("a", "b", "1"), tree.session("a", "b", "2")]
    keys += [KeyTree(MASTER, "other").shared(), KeyTree(bytes(32), "test-org").shared()]
    assert len(set(keys)) == len(keys)
    assert tree.session("b", "a", "1") == tree.session("a", "b", "1")


@pytest.mark.parametrize("name", ["shared", "session", "", "a/b", "a:b", "ä", "x" * 129, "a\n"])
def test_ids_that_could_mean_another_path_are_refused(name: str) -> None:
    with pytest.raises(CodecError, match=r"no agent may|is no id"):
        KeyTree(MASTER, "org").agent(name)


def test_other_ids_and_purposes_are_checked_too() -> None:
    tree = KeyTree(MASTER, "org")
    with pytest.raises(CodecError, match="no purpose"):
        tree.agent("a", "fun")
    with pytest.raises(CodecError, match="is no id"):
        tree.session("a", "b", "../x")
    with pytest.raises(CodecError, match="is no id"):
        KeyTree(MASTER, "a/b")
