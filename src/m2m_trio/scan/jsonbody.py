"""A JSON body read for inspection: strictly, within limits, never changed.

What is refused is what two readers could read differently (duplicate keys, another
encoding, trailing data) or what costs too much to read. Numbers of any size are let
through: they are not ours to understand.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NoReturn

import msgspec

from m2m_trio.errors import (
    BadRequestError,
    DuplicateKeyError,
    InvalidJSONError,
    NestingTooDeepError,
    TooManyElementsError,
)

MAX_DEPTH = 128
"""Arrays and objects inside each other."""

MAX_KEYS = 50_000
"""Keys of all objects of a part together."""

MAX_ELEMENTS = 500_000
"""Values of all arrays and objects of a part together: embeddings send tokens as numbers."""

_BEGINNING = 8192
"""Bytes that are looked at first: what is made to be deep mostly is so at once."""

_LONG = 4096
"""Bytes from which a value is taken apart with care rather than read strictly."""

_LEVELS = 3
"""Arrays and objects inside each other that are taken apart so."""

_TOGETHER = MAX_ELEMENTS // 8
"""Bytes of parts that are read as one: with fewer there are not too many elements."""

_MANY = 256
"""Values side by side from which taking apart costs more than it saves."""

_STRING = msgspec.json.Decoder(str)
_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])
_S = rb"[ \t\r\n]*"
_KEY = re.compile(_S + rb"[{,]" + _S + rb'"([^"\\]*)"' + _S + rb":" + _S)
_LIST = re.compile(_S + b":" + _S + rb"(?=\[)")
_END = re.compile(_S + rb"}" + _S + rb"\Z")
_TURN = re.compile(
    rb'{S"role"S:S"([a-z]+)"S,S(?:"tool_call_id"S:S"[ !#-[^-~]*"S,S)?"content"S:S(?=")'.replace(
        b"S", _S
    )
)
"""The beginning of a turn that has a text, and nothing else that is read."""

_BRACKETS = bytes(
    ord("(") if code in b"[{" else ord(")") if code in b"]}" else code for code in range(256)
)
_NO_BRACKETS = bytes(code for code in range(256) if code not in b"[]{}")


def check_coding(body: bytes) -> None:
    """Refuse a body that is not UTF-8 without a byte-order mark.

    Raises:
        InvalidJSONError: It is not; the client's fault.
    """
    if body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise InvalidJSONError(
            "the request body begins with a byte-order mark: send UTF-8 without one"
        )
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidJSONError(
            f"the request body is not UTF-8 (byte {error.start}): send JSON in UTF-8"
        ) from error


def members(body: bytes) -> dict[str, bytes] | None:
    """The members of the object that ``body`` is, each value as it is written.

    None where this quick look cannot tell: `parse` has the last word then.

    Raises:
        NestingTooDeepError: It is nested beyond any sense.
    """
    try:
        found = _MEMBERS.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    except RecursionError as error:
        raise _too_deep() from error
    place, values = 0, {}
    for key, raw in found.items():
        match = _KEY.match(body, place)
        value = bytes(raw)
        if match is None or match[1] != key.encode() or not body.startswith(value, match.end()):
            return None  # a key twice, or written with escapes
        values[key] = value
        place = match.end() + len(value)
    return values if _END.match(body, place) or not found else None


def start_of(name: str, body: bytes, values: Mapping[str, bytes]) -> int:
    """Where the value of ``name`` begins in ``body``, of which ``values`` are the `members`."""
    place = 0
    for key, value in values.items():
        match = _KEY.match(body, place)
        place = match.end() if match else len(body)
        if key == name:
            break
        place += len(value)
    return place


def find_list(name: str, body: bytes, near: int) -> int:
    """Where in the first ``near`` bytes a list called ``name`` may begin; -1: nowhere."""
    named = b'"%s"' % name.encode()
    at = body.find(named, 0, near)
    match = _LIST.match(body, at + len(named)) if at >= 0 else None
    return match.end() if match else -1


def items(value: bytes) -> list[bytes] | None:
    """The elements of the array that ``value`` is, as they are written; None for no array."""
    if not value.startswith(b"["):
        return None
    try:
        return [bytes(raw) for raw in _ITEMS.decode(value)]
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    except RecursionError as error:
        raise _too_deep() from error


def parse(data: bytes) -> Any:
    """The value that ``data`` is, read strictly.

    Lone surrogates are let through, as the characters they are: they are judged, not
    refused. Numbers come as text.

    Raises:
        BadRequestError: It is not one JSON value, or a key stands twice in an object, or
            it is nested too deep; the client's fault.
        TooManyElementsError: It is over `MAX_KEYS` or `MAX_ELEMENTS`.
    """
    if len(data) >= _LONG and data.count(b":") <= MAX_KEYS and data.count(b",") <= MAX_ELEMENTS:
        try:
            return _take_apart(data, _LEVELS)
        except _NotEasilyError:
            pass
    check_structure(data)
    try:
        return _DECODER.decode(data.decode("utf-8"))
    except RecursionError as error:  # pragma: no cover  (check_structure has looked)
        raise _too_deep() from error
    except ValueError as error:
        raise InvalidJSONError(f"the request body is not valid JSON: {error}") from error


def parse_each(parts: list[bytes]) -> list[Any]:
    """`parse` of each of ``parts``; turns that are but a text at once, short ones together.

    Raises:
        BadRequestError: One of them is malformed; the client's fault.
        TooManyElementsError: One is over `MAX_KEYS` or `MAX_ELEMENTS`.
    """
    found = [*map(_plain_turn, parts)]
    others = [part for part, turn in zip(parts, found, strict=True) if turn is None]
    if others:
        parsed = iter(_parse_together(others))
        found = [next(parsed) if turn is None else turn for turn in found]
    return found


def _plain_turn(part: bytes) -> Any:
    """What a turn of a role and a text is; None: `parse` has to tell."""
    match = _TURN.match(part)
    if match is None or part[-2:] != b'"}':
        return None
    try:  # the text ends where the turn does, or it is no JSON string
        return {
            "role": match[1].decode("ascii"),
            "content": _STRING.decode(part[match.end() : -1]),
        }
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _parse_together(parts: list[bytes]) -> list[Any]:
    together = b"[" + b",".join(parts) + b"]"
    if len(together) < _TOGETHER:
        try:
            found: list[Any] = _DECODER.decode(together.decode("utf-8"))
        except (ValueError, DuplicateKeyError, RecursionError):
            pass  # told of the part that it is in
        else:
            if len(found) == len(parts) and not _is_deep_value(found):
                return found
    return [parse(part) for part in parts]


def _is_deep_value(value: list[Any]) -> bool:
    """Whether anything in ``value`` is nested more than `MAX_DEPTH` deep."""
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        inside = chain.from_iterable(
            outer.values() if isinstance(outer, dict) else outer for outer in level
        )
        level = [inner for inner in inside if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


class _NotEasilyError(Exception):
    """`_take_apart` leaves the last word to the strict reader."""


def _take_apart(data: bytes, levels: int) -> Any:
    """What `parse` makes of ``data``, where that is mostly a few long strings.

    Strict reading costs by the byte; so only what is short, or is no string, gets it.
    """
    if len(data) < _LONG:
        if data.count(b"[") + data.count(b"{") > MAX_DEPTH - _LEVELS:
            raise _NotEasilyError
        try:
            return _DECODER.decode(data.decode("utf-8"))
        except (ValueError, DuplicateKeyError) as error:
            raise _NotEasilyError from error
    if data.startswith(b'"'):
        try:
            return _STRING.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _NotEasilyError from error
    if not levels:
        raise _NotEasilyError
    if data.startswith(b"{"):
        values = members(data) or {}
        if 0 < len(values) <= _MANY:
            return {key: _take_apart(value, levels - 1) for key, value in values.items()}
    listed = items(data) or []
    if 0 < len(listed) <= _MANY:
        return [_take_apart(value, levels - 1) for value in listed]
    raise _NotEasilyError


def check_structure(data: bytes) -> None:
    """Refuse what is nested too deep or has too many elements, before it is parsed."""
    opened = data.count(b"[") + data.count(b"{")
    if opened <= MAX_DEPTH and len(data) < _TOGETHER:
        return
    if len(data) > _BEGINNING and _is_deep(_outside_strings(data[:_BEGINNING])):
        raise _too_deep()
    outside = _outside_strings(data)
    if _is_deep(outside):
        raise _too_deep()
    if outside.count(b":") > MAX_KEYS or outside.count(b",") > MAX_ELEMENTS:
        raise TooManyElementsError(
            f"the request body has over {MAX_KEYS} keys or {MAX_ELEMENTS} elements in one part"
        )


def _outside_strings(data: bytes) -> bytes:
    """``data`` without its strings: pairs of backslashes go first, then escaped quotes."""
    bare = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(bare.split(b'"')[::2])


def _is_deep(outside: bytes) -> bool:
    """Whether brackets stand more than `MAX_DEPTH` deep. Innermost pairs go first."""
    brackets = outside.translate(_BRACKETS, _NO_BRACKETS)
    for _ in range(8):
        if b"(" * (MAX_DEPTH + 1) in brackets:
            return True
        shorter = brackets.replace(b"()", b"")
        if len(shorter) == len(brackets):
            break
        brackets = shorter
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket == ord("(") else -1
        if depth > MAX_DEPTH - 8:  # eight levels may have been taken off already
            return _is_deep_slowly(outside)
    return False


def _is_deep_slowly(outside: bytes) -> bool:
    depth = 0
    for bracket in outside.translate(_BRACKETS, _NO_BRACKETS):
        depth += 1 if bracket == ord("(") else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _too_deep() -> BadRequestError:
    return NestingTooDeepError(
        f"the request body is nested over {MAX_DEPTH} levels deep: send a flatter one"
    )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise DuplicateKeyError(
            f"the key {twice[:60]!r} stands twice in one object: send it once"
        )
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_refuse_duplicates,
    parse_constant=_refuse_constant,
    parse_int=str,
    parse_float=str,
    strict=True,
)

MEDIA_KEYS = frozenset({"data", "file_data", "b64_json", "encrypted_content", "signature"})
"""Keys whose long values are files in base64, not text."""


def texts(value: Any) -> Iterator[str]:
    """Every string in ``value`` that a model may read, in order; files are left out.

    Strings that are JSON themselves (tool arguments) give the strings inside them too.
    """
    stack = [iter((value,))]
    while stack:
        for item in stack[-1]:
            if isinstance(item, str):
                if not is_media(item):
                    yield item
                    inner = _json_inside(item)
                    if inner is not None:
                        stack.append(iter((inner,)))
                        break
            elif isinstance(item, dict):
                stack.append(_values(item))
                break
            elif isinstance(item, list):
                stack.append(iter(item))
                break
        else:
            stack.pop()


def _values(item: dict[str, Any]) -> Iterator[Any]:
    for key, value in item.items():
        if len(key) > 40:
            yield key
        if isinstance(value, str) and (
            (key in MEDIA_KEYS and len(value) > 256) or (key == "type" and len(value) < 40)
        ):
            continue
        yield value


def is_plain(text: str) -> bool:
    """Whether of ``text`` `texts` gives just that."""
    return not (("\\" in text and text.lstrip()[:1] in ("{", "[")) or is_media(text))


def is_media(text: str) -> bool:
    """Whether it is a ``data:`` URL of a picture, a sound, a film or a file."""
    return text.startswith(("data:image/", "data:audio/", "data:video/", "data:application/"))


def _json_inside(text: str) -> Any:
    """What ``text`` is as JSON, where reading it shows more than its bytes do."""
    if "\\" not in text or text.lstrip()[:1] not in ("{", "[") or len(text) > 1 << 18:
        return None
    try:
        return parse(text.encode("utf-8"))
    except (BadRequestError, TooManyElementsError, UnicodeEncodeError):
        return None
