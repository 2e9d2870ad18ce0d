"""What the reply to a request will say again of it: its settings, instructions and tools.

The Responses API repeats all of a request but its input, three times a stream. Both nodes hold
the request, so what it will repeat stands in the window before the first event is coded.
"""

from __future__ import annotations

import msgspec

MAX_REQUEST_BYTES = 1024 * 1024
"""Of longer requests, which take a while to read, nothing is expected."""

MAX_ECHO_BYTES = 24 * 1024
"""What a window of 32 KiB has room for, beside the dictionary."""

_NOT_REPEATED = frozenset(("input", "messages"))

_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def echo_of(request: bytes) -> bytes:
    """The members of ``request`` that its reply repeats, as they stand in it; the last of them.

    It is part of the coding: both sides make the same of the same bytes.
    """
    if not 2 < len(request) <= MAX_REQUEST_BYTES:
        return b""
    try:
        members = _decode_members(request)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return b""
    kept = [
        b'"%b":%b' % (name.encode("utf-8", "surrogatepass"), bytes(value))
        for name, value in members.items()
        if name not in _NOT_REPEATED
    ]
    return b",".join(kept)[-MAX_ECHO_BYTES:]
