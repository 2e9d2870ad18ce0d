"""Walking JSON text without rebuilding it: patterns over bytes, linear on any input.

They are possessive throughout, so a match never goes back over what it has read. What they
find in text that is no JSON is of no use, but always the same.
"""

from __future__ import annotations

import re

from m2m_trio.errors import CodecLimitError

STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
"""Pattern of a string, quotes included; compile it with ``re.DOTALL``."""

_BETWEEN = rb'[^{}\[\]"\\]*+'
_STRINGS = re.compile(STRING, re.DOTALL)
_NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"{}[]")


def container_pattern(depth: int) -> bytes:
    """Pattern of an object or array with at most ``depth`` more of them inside each other.

    A search that fails in such a pattern has read no byte more than about ``2 * depth``
    times, because every opening bracket it may start from again is one more inside.
    """
    item = STRING
    if depth:
        item = rb"(?:" + STRING + rb"|" + container_pattern(depth - 1) + rb")"
    return rb"[{\[]" + _BETWEEN + rb"(?:" + item + _BETWEEN + rb")*+[}\]]"


def check_depth(text: bytes, limit: int) -> None:
    """Refuse JSON whose arrays and objects are nested deeper than ``limit``.

    Raises:
        CodecLimitError: They are.
    """
    if text.count(b"{") + text.count(b"[") <= limit:
        return
    depth = 0
    for bracket in _STRINGS.sub(b"", text).translate(None, _NOT_BRACKETS):
        depth += 1 if bracket in b"{[" else -1
        if depth > limit:
            raise CodecLimitError(f"the JSON is nested over {limit} deep")
