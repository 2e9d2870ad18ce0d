"""Asking a stream for its usage where the client did not: one key more, no byte changed."""

from __future__ import annotations

import msgspec

KEY = b'"stream_options":{"include_usage":true},'


class _Asked(msgspec.Struct):
    stream: bool = False
    stream_options: msgspec.Raw | None = None


_decode = msgspec.json.Decoder(_Asked).decode


def asking_for_usage(body: bytes) -> bytes:
    """``body`` with the wish for usage; ``body`` itself where there is none to add.

    A client that has ``stream_options`` of its own is left alone: it decides.
    """
    if b'"stream"' not in body:
        return body
    try:
        asked = _decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return body
    if not asked.stream or asked.stream_options is not None:
        return body
    start = body.index(b"{") + 1  # an object with a key in it: it was decoded
    return body[:start] + KEY + body[start:]
