"""What no log, message or listing may show: keys, bodies, control characters.

Pure and total: any text, any mapping, never an error.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

MASK = "…"
LONG_KEY = 12
"""Keys longer than this show their last four characters; shorter ones show nothing."""

MAX_TEXT = 1024
"""Characters of one text in a log line; the rest is cut."""

MAX_MASKED = 64 * MAX_TEXT
"""Characters looked through for keys."""

MAX_DEPTH = 4
MAX_ITEMS = 32

SECRET_NAMES = frozenset(
    {
        "access_token",
        "api_key",
        "apikey",
        "authorization",
        "client_key",
        "client_keys",
        "cookie",
        "password",
        "proxy_authorization",
        "refresh_token",
        "secret",
        "set_cookie",
        "token",
        "x_api_key",
        "x_goog_api_key",
    }
)
"""Names, lower-cased and with ``_`` for ``-``, whose values are keys."""

BODY_NAMES = frozenset(
    {"body", "chunk", "completion", "content", "data", "input", "messages", "payload", "prompt"}
)
"""Names whose values are what people wrote: only their size is told."""

_KEY_SHAPES = re.compile(
    # Every repetition that something must follow has a bound: the time stays linear.
    r"""(?ix)
    (?P<scheme>\b(?:bearer[ ]+(?=\S)|basic[ ]+(?=[a-z0-9+/=]{8})))(?P<credential>[^\s"',;]+)
  | (?P<parameter>[?&;](?:[a-z0-9_.-]{0,64}(?:key|token|secret|password|signature)|sig|code)=)
    (?P<value>[^&\s"'#]+)
  | (?P<slashes>://)[^\s/@"':]{0,256}:[^\s/@"']{0,256}(?=@)
  | (?P<field>\b(?:proxy-)?authorization|\b(?:x-)?(?:goog-)?api[-_]?key|\b(?:set-)?cookie)
    (?P<colon>["']?[ ]{0,8}[:=][ ]{0,8}["']?)[^\s"',;][^\r\n"',;]*
  | (?P<key>(?<![a-z0-9])
        (?:(?:sk|pk|rk|gsk|xai|hf|ghp|gho|pplx|nvapi)[-_][-_.a-z0-9]{6,}
         | aiza[-_a-z0-9]{20,} | eyj[-_.a-z0-9]{16,}))
    """
)
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)


def mask_key(key: str) -> str:
    """``sk-…abcd``: enough to tell two keys apart, and no more."""
    if not key:
        return ""
    if len(key) <= LONG_KEY:
        return MASK
    prefix = "sk-" if key.startswith("sk-") else ""
    return f"{prefix}{MASK}{key[-4:]}"


def mask_text(text: str, secrets: Iterable[str] = ()) -> str:
    """``text`` with whatever looks like a key, and each of ``secrets``, masked."""
    for secret in secrets:
        if secret in text:
            text = text.replace(secret, mask_key(secret))
    return _KEY_SHAPES.sub(_mask_match, text)


def _mask_match(match: re.Match[str]) -> str:
    if match["key"]:
        return mask_key(match["key"])
    if match["scheme"]:
        return match["scheme"] + mask_key(match["credential"])
    if match["parameter"]:
        return match["parameter"] + mask_key(match["value"])
    if match["slashes"]:
        return match["slashes"] + MASK
    return match["field"] + match["colon"] + MASK


def escape(text: str) -> str:
    r"""``text`` on one line: what a terminal or a reader could mistake becomes ``\x1b``."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub(_escape_match, text)


def _escape_match(match: re.Match[str]) -> str:
    code = ord(match[0])
    named = {9: r"\t", 10: r"\n", 13: r"\r"}.get(code)
    return named or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def one_line(text: str) -> str:
    """``text`` as a message may show it: keys masked, control characters escaped."""
    return escape(mask_text(text))


def clean(name: str, value: Any, secrets: Iterable[str] = (), depth: int = 0) -> Any:
    """What a log line may show of a field: keys masked, bodies counted, texts cut.

    Numbers, booleans and None come back as they are, everything else as text or as lists
    and mappings of it, up to ``MAX_DEPTH`` deep and ``MAX_ITEMS`` long.
    """
    if value is None:
        return None
    kind = name.lower().replace("-", "_")
    if kind in SECRET_NAMES:
        return mask_key(value) if isinstance(value, str) else MASK
    if isinstance(value, bool | int | float):
        return _number(value)
    if kind in BODY_NAMES:
        return f"({len(value)} long)" if hasattr(value, "__len__") else MASK
    if isinstance(value, Mapping | list | tuple | set | frozenset):
        return _clean_many(name, value, secrets, depth + 1) if depth < MAX_DEPTH else MASK
    return _shown(value, secrets)


def _clean_many(name: str, many: Any, secrets: Iterable[str], depth: int) -> Any:
    if isinstance(many, Mapping):
        named = itertools.islice(many.items(), MAX_ITEMS)
        return {
            _shown(key, secrets): clean(_text(key), of, secrets, depth) for key, of in named
        }
    items = list(itertools.islice(many, MAX_ITEMS))
    if all(isinstance(item, tuple) and len(item) == 2 for item in items):
        # header fields are pairs: the first of each says what the second is
        return [
            [_shown(key, secrets), clean(_text(key), of, secrets, depth)] for key, of in items
        ]
    return [clean(name, item, secrets, depth) for item in items]


def _number(value: float) -> float | str:
    if isinstance(value, int):
        return value if value.bit_length() <= 64 else "(a large number)"
    return value if math.isfinite(value) else str(value)  # JSON has no NaN


def _shown(value: Any, secrets: Iterable[str]) -> str:
    text = mask_text(_text(value)[:MAX_MASKED], secrets)
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + MASK


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("ascii", "backslashreplace")
    try:
        text = str(value)
    except Exception:  # anybody's __str__: a log line must not raise
        return f"({type(value).__name__})"
    return f"{type(value).__name__}: {text}" if isinstance(value, BaseException) else text
