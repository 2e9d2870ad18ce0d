"""``#T1|`` as the reference writes and reads it, byte for byte, losses included.

Nulls and defaults vanish and come back where nobody wrote them, user data is renamed: this is
for talking to the reference, and for nothing else. Ours is `m2m_trio.codecs.t1`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from m2m_trio.codecs.codec import Decoder, Encoder, Limits, WholeDecoder, WholeEncoder
from m2m_trio.codecs.serde_json import dump, parse
from m2m_trio.codecs.t1_words import KEYS, MODELS, ROLES
from m2m_trio.errors import CodecError
from m2m_trio.wire.sse import SSEEvent

PREFIX = b"#T1|"

RESTORED = {
    "temperature": 1.0,
    "top_p": 1.0,
    "n": 1,
    "stream": False,
    "frequency_penalty": 0,
    "presence_penalty": 0,
}
"""What decoding adds to the first object with messages or a model, if it is not there."""

PATTERNS = (
    b'{"role":"user","content":"',
    b'{"role":"assistant","content":"',
    b'{"role":"system","content":"',
    b'{"role":"tool","content":"',
    b'{"index":0,"delta":',
    b'{"index":0,"message":',
    b'"finish_reason":"stop"',
    b'"finish_reason":"length"',
    b'"finish_reason":"tool_calls"',
    b'{"type":"function","function":',
    b'"choices":[',
    b'{"messages":[',
    b'],"model":"',
)
"""What the control characters from U+0001 stand for before a text is parsed."""

_EVENT_VALUES = {"role": ROLES, "model": MODELS}
_LONG_KEYS = {short: key for key, short in KEYS.items()}
_VALUES = {"role": ROLES, "r": ROLES, "model": MODELS, "M": MODELS}
_LONG_ROLES = {short: role for role, short in ROLES.items()}
_LONG_MODELS = {short: model for model, short in MODELS.items()}
_LONG_VALUES = {"role": _LONG_ROLES, "r": _LONG_ROLES, "model": _LONG_MODELS}
_CONTROL = re.compile(rb"[\x01-\x0d]")
NEAR = 0.001


class CompatibleT1Codec:
    """The reference's T1. What it decodes is not what was encoded: see the module."""

    name = "m2m-t1-compatible"

    def encode(self, plain: bytes) -> bytes:
        return PREFIX + dump(_shorten(parse(plain)))

    def decode(self, coded: bytes, limits: Limits) -> bytes:
        limits.check_input(len(coded))
        if not coded.startswith(PREFIX):
            raise CodecError("not T1: it does not begin with #T1|")
        text = _CONTROL.sub(_expand_pattern, coded[len(PREFIX) :])
        plain = dump(_restore(_lengthen(parse(text, depth=limits.depth))))
        limits.check_output(len(plain), len(coded))
        return plain

    def encoder(self) -> Encoder:
        return WholeEncoder(self.encode)

    def decoder(self, limits: Limits) -> Decoder:
        return WholeDecoder(self.decode, limits)


def _shorten(value: Any, words: dict[str, str] | None = None) -> Any:
    if isinstance(value, str):
        return words.get(value, value) if words else value
    if isinstance(value, list):
        return [_shorten(item, words) for item in value]
    if not isinstance(value, dict):
        return value
    shortened = {}
    for key in sorted(value):
        member = value[key]
        if member is not None and not _is_default(key, member):
            shortened[KEYS.get(key, key)] = _shorten(member, _VALUES.get(key))
    return shortened


def _is_default(key: str, value: Any) -> bool:
    if value is False:
        return key in ("stream", "s")
    if value == {}:
        return key in ("logit_bias", "lb") and isinstance(value, dict)
    if not isinstance(value, int | float) or value is True:
        return False
    if key in ("temperature", "T", "top_p", "p"):
        return abs(value - 1) < NEAR
    if key == "n":
        return isinstance(value, int) and value == 1
    return value == 0 and key in ("frequency_penalty", "f", "presence_penalty", "P")


def _lengthen(value: Any, words: dict[str, str] | None = None) -> Any:
    if isinstance(value, str):
        return words.get(value, value) if words else value
    if isinstance(value, list):
        return [_lengthen(item, words) for item in value]
    if not isinstance(value, dict):
        return value
    lengthened = {}
    for short in sorted(value):
        key = _LONG_KEYS.get(short, short)
        lengthened[key] = _lengthen(value[short], _LONG_VALUES.get(key))
    return lengthened


def _restore(value: Any) -> Any:
    if isinstance(value, list):
        return [_restore(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "messages" in value or "model" in value:
        return RESTORED | value
    return {key: _restore(member) for key, member in value.items()}


def _expand_pattern(found: re.Match[bytes]) -> bytes:
    return PATTERNS[found[0][0] - 1]


def encode_event(event: SSEEvent) -> SSEEvent:
    """An event of a stream in the reference's short form; one without JSON as it is.

    Nulls and defaults are kept here, and there is no prefix.
    """
    return _with_document(event, _shorten_keys)


def decode_event(event: SSEEvent) -> SSEEvent:
    """An event with long words again; one without JSON as it is."""
    return _with_document(event, _lengthen)


def _shorten_keys(value: Any, words: dict[str, str] | None = None) -> Any:
    if isinstance(value, str):
        return words.get(value, value) if words else value
    if isinstance(value, list):
        return [_shorten_keys(item, words) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        KEYS.get(key, key): _shorten_keys(value[key], _EVENT_VALUES.get(key))
        for key in sorted(value)
    }


def _with_document(event: SSEEvent, change: Callable[[Any], Any]) -> SSEEvent:
    data = event.data
    if event.rstrip(b"\r\n") != b"data: " + data:
        return event
    try:
        return SSEEvent(b"data: " + dump(change(parse(data))) + b"\n\n")
    except CodecError:
        return event
