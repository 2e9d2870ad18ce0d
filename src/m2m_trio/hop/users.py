"""Who a request is sent for, where one key serves many who do not trust each other."""

from __future__ import annotations

import msgspec


class _User(msgspec.Struct):
    user: str | None = None
    safety_identifier: str | None = None


_decode = msgspec.json.Decoder(_User).decode


def user_of(plain: bytes) -> bytes:
    """The user a request is sent for; empty where it names none, or is no JSON."""
    try:
        user = _decode(plain)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return b""
    return (user.safety_identifier or user.user or "").encode("utf-8", "surrogatepass")
