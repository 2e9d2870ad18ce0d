"""Seals of M2M/1 frames: HMAC-SHA256, ChaCha20-Poly1305, and keys from one master (HKDF).

``bound`` is what both sides know and no frame says, such as a direction and a sequence
number: a frame moved there from another place does not open. Empty, as the reference has it,
nothing stops a replay.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING

from m2m_trio.errors import CodecError, MissingExtraError, SealError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEY_BYTES = 32
MIN_HMAC_KEY_BYTES = 16
TAG_BYTES = 32
NONCE_BYTES = 12
AEAD_TAG_BYTES = 16
PURPOSES = ("identity", "encryption", "authentication", "session")
RESERVED_IDS = frozenset({"shared", "session"})
ID = re.compile(r"[A-Za-z0-9_-]{1,128}")


def sign(data: bytes, *, key: bytes, bound: bytes = b"") -> bytes:
    """The tag of ``data``.

    Raises:
        CodecError: The key has under 16 bytes.
    """
    if len(key) < MIN_HMAC_KEY_BYTES:
        raise CodecError(f"an HMAC key has at least {MIN_HMAC_KEY_BYTES} bytes")
    return hmac.digest(key, bound + data, "sha256")


def verify(data: bytes, *, key: bytes, bound: bytes = b"") -> bytes:
    """``data`` less the tag at its end, which must be right.

    Raises:
        SealError: There is none, or it is another's.
    """
    if len(data) < TAG_BYTES:
        raise SealError("the frame is cut short: its HMAC tag is not complete")
    signed, tag = data[:-TAG_BYTES], data[-TAG_BYTES:]
    if not hmac.compare_digest(sign(signed, key=key, bound=bound), tag):
        raise SealError("the frame's HMAC tag is wrong: another key, or changed on its way")
    return signed


def encrypt(
    plain: bytes, *, key: bytes, nonce: bytes, head: bytes, bound: bytes = b""
) -> bytes:
    """Nonce, ciphertext and tag; ``head`` is covered and stays readable.

    ``nonce`` is 12 bytes that were never used with this key before.

    Raises:
        CodecError: The key or the nonce is too short.
        MissingExtraError: The cryptography package is not installed.
    """
    if len(nonce) != NONCE_BYTES:
        raise CodecError(f"an AEAD nonce has {NONCE_BYTES} bytes")
    return nonce + _cipher(key).encrypt(nonce, plain, bound + head)


def decrypt(sealed: bytes, *, key: bytes, head: bytes, bound: bytes = b"") -> bytes:
    """What `encrypt` was given.

    Raises:
        SealError: It is cut short, sealed with another key, or changed on its way.
        MissingExtraError: The cryptography package is not installed.
    """
    cipher = _cipher(key)
    if len(sealed) < NONCE_BYTES + AEAD_TAG_BYTES:
        raise SealError("the frame is cut short: its AEAD nonce and tag are not complete")
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound + head)
    except InvalidTag as error:
        raise SealError(
            "the frame's AEAD tag is wrong: another key, or changed on its way"
        ) from error


def _cipher(key: bytes) -> ChaCha20Poly1305:
    if len(key) < KEY_BYTES:
        raise CodecError(f"an AEAD key has at least {KEY_BYTES} bytes")
    try:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    except ImportError as error:
        raise MissingExtraError(
            "AEAD frames need the cryptography package: pip install 'm2m-trio[seal]'"
        ) from error
    return ChaCha20Poly1305(key[:KEY_BYTES])


def derive_key(secret: bytes, info: str, size_bytes: int = KEY_BYTES) -> bytes:
    """HKDF-SHA256 of ``secret`` without salt (RFC 5869); at most 8160 bytes."""
    extracted = hmac.digest(bytes(hashlib.sha256().digest_size), secret, "sha256")
    key = block = b""
    for counter in range(1, -(-size_bytes // hashlib.sha256().digest_size) + 1):
        block = hmac.digest(extracted, block + info.encode() + bytes((counter,)), "sha256")
        key += block
    return key[:size_bytes]


class KeyTree:
    """The keys of one organisation, all derived from the master by path.

    Of the reference's two ways to a session's key this is the one from the master. Ids that
    it would confuse with its own path parts (an agent called ``shared``) are refused.

    Raises:
        CodecError: An id is not 1 to 128 letters, digits, ``_`` or ``-``, or is one of those;
            from every method.
    """

    def __init__(self, master: bytes, organisation: str) -> None:
        self._master = master
        self._path = f"m2m/v1/{_checked(organisation)}"

    def organisation(self) -> bytes:
        """The organisation's own key."""
        return derive_key(self._master, self._path)

    def shared(self) -> bytes:
        """The key that all agents of the organisation hold."""
        return derive_key(self._master, f"{self._path}/shared")

    def agent(self, agent: str, purpose: str = "") -> bytes:
        """An agent's key, or the one it has for one of `PURPOSES`."""
        if agent in RESERVED_IDS:
            raise CodecError(f"no agent may be called {agent!r}: its key would be another's")
        path = f"{self._path}/{_checked(agent)}"
        if not purpose:
            return derive_key(self._master, path)
        if purpose not in PURPOSES:
            raise CodecError(f"{purpose!r} is no purpose of a key: {', '.join(PURPOSES)}")
        return derive_key(self._master, f"{path}/{purpose}")

    def session(self, agent: str, other: str, session_id: str) -> bytes:
        """The key of one session of two agents, in whichever order they are given."""
        pair = ":".join(sorted((_checked(agent), _checked(other))))
        path = f"{self._path}/session/{pair}/{_checked(session_id)}"
        return derive_key(self._master, path)


def _checked(name: str) -> str:
    if not ID.fullmatch(name):
        raise CodecError(
            f"{name[:40]!r} is no id of a key: 1 to 128 letters, digits, '_' or '-'"
        )
    return name
