"""Other readings of a text: decoded, unwrapped, un-spaced. The text itself is never touched.

`derive` looks for the signs of all codings in one pass of an RE2 set, and only then works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice

import re2
from attrs import frozen

from m2m_trio.scan import decode
from m2m_trio.scan.allowance import AUTOMATON
from m2m_trio.scan.confusables import IS_TURNED, TURNED

SPANS = 64
"""Spans of one coding decoded in one text."""

SPAN_BYTES = 8192
"""Bytes of a span that are decoded."""

PIECE = 8192
"""Bytes searched for signs at once; where there is none, nothing else is looked for."""

MARGIN = 1024
"""Bytes before and after a piece with a sign that are read with it."""

AROUND = 240
"""Characters kept before and after a place that was unwrapped."""


def _options() -> re2.Options:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    return options


def _expression(pattern: bytes) -> re2._Regexp[bytes]:
    return re2.compile(pattern, _options())


_TAG = _expression(rb"<[^<>]{0,200}>")
_ANSI = _expression(
    rb"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\|;)?|[@-_])"
)
_PDF = _expression(rb"\)\s*T[jJ]\s*\(")

Read = Callable[[bytes], str]


@frozen
class _Coding:
    """Spans of text that hold another text: the sign of one, the span, what reads it."""

    name: str
    sign: bytes
    """RE2: somewhere in the text, or there is nothing to do."""

    span: re2._Regexp[bytes]
    read: tuple[Read, ...]


@frozen
class _Wrapping:
    """Signs between letters that a reader does not see: the text is read without them."""

    name: str
    sign: re2._Regexp[bytes]
    clean: Callable[[bytes], bytes]
    hint: bytes = b""
    """What stands wherever the sign does, and is counted less: for looking for all at once."""


def _coding(name: str, sign: bytes, span: bytes, *read: Read) -> _Coding:
    return _Coding(name, sign, _expression(span), read)


def _numbers(base: int) -> Read:
    return lambda span: decode.from_numbers(span, base)


_LIST = rb"(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ ,:;-]{0,2}){8,}"
_CODINGS = (
    _coding(
        "url",
        rb"%[0-9A-Fa-f]{2}",
        rb"[^\s\"'<>]*(?:%[0-9A-Fa-f]{2}[^\s\"'<>%]*){3,}",
        decode.from_url,
    ),
    _coding("hex", rb"(?:[0-9a-fA-F]{2}[ ,:;-]){6}", _LIST, _numbers(16)),
    _coding("hex", rb"0x[0-9a-fA-F]{2},? ?0x", _LIST, _numbers(16)),
    _coding("hex", rb"[0-9a-fA-F]{24}", rb"\b(?:[0-9a-fA-F]{2}){12,}\b", decode.from_hex),
    _coding(
        "decimal",
        rb"(?:[0-9]{2,3}[ ,;]{1,2}){6}",
        rb"(?:[0-9]{2,3}[ ,;]{1,2}){7,}[0-9]{2,3}",
        _numbers(10),
    ),
    _coding("binary", rb"[01]{8}[ ,]?[01]{8}", rb"(?:[01]{8}[ ,]?){6,}", _numbers(2)),
    _coding(
        "base64",
        rb"(?:[A-Za-z0-9][+/_-]?){36}",
        rb"[A-Za-z0-9+/_-]{40,}={0,2}",
        decode.from_base64,
    ),
    _coding("base32", rb"[A-Z2-7]{24}", rb"\b[A-Z2-7]{24,}={0,6}", decode.from_base32),
    _coding(
        "spaced",
        rb"(?:[A-Za-z][ .|*_\-/\n,+~]){4}[A-Za-z]",
        rb"(?:[A-Za-z][ .|*_\-/\n,+~]{1,3}){5,}[A-Za-z]?",
        decode.from_spaced,
    ),
)
"""Spans that are decoded wherever they stand."""

_CUE = rb"(?i)decode|decipher|encoded|base64|b64|base85|ascii85"
_CUES = _expression(_CUE)
_CUED = (
    _coding("base64", b"", rb"[A-Za-z0-9+/_-]{16,}={0,2}", decode.from_base64),
    _coding("base85", b"", rb"[!-~]{30,}", decode.from_base85, decode.from_ascii85),
)
"""Spans that are decoded soon after a word about decoding."""

_ESCAPE = (
    rb"\\u\{?[0-9A-Fa-f]{2}|\\x[0-9A-Fa-f]{2}\\x|U\+[0-9A-Fa-f]{4}|\\[0-7]{3}\\[0-7]{3}|"
    rb"(?:=[0-9A-F]{2}){3}|&#"
)
_ESCAPES = _expression(_ESCAPE)

_WRAPPINGS = (
    _Wrapping(
        "tags_removed",
        _expression(rb"[A-Za-z](?:<[^<>\n]{0,40}>)+[A-Za-z]"),
        lambda text: _TAG.sub(b"", text),
        rb"[A-Za-z]<[^<>\n]*>[A-Za-z<]",
    ),
    _Wrapping(
        "emphasis_removed",
        _expression(rb"[A-Za-z](?:\*\*|~~)[A-Za-z]"),
        lambda text: text.translate(None, b"*~"),
    ),
    _Wrapping("ansi_removed", _expression(rb"\x1b"), lambda text: _ANSI.sub(b"", text)),
    _Wrapping(
        "leet", _expression(rb"[A-Za-z]![A-Za-z]"), lambda text: text.replace(b"!", b"i")
    ),
    _Wrapping(
        "spaces_folded", _expression(rb"[ \t]{60}|\n{40}"), lambda text: b" ".join(text.split())
    ),
    _Wrapping("pdf", _expression(rb"\)\s*T[jJ]\s*\("), lambda text: _PDF.sub(b"", text)),
)


def _make_signs() -> re2.Set:
    options = _options()
    options.never_capture = True
    options.max_mem = AUTOMATON
    signs = re2.Set.SearchSet(options)
    for pattern in _SIGNS:
        signs.Add(pattern)
    signs.Compile()
    return signs


_SIGNS = (
    *(coding.sign for coding in _CODINGS),
    *(wrapping.hint or wrapping.sign.pattern for wrapping in _WRAPPINGS),
    _ESCAPE,
    _CUE,
    rb"\A",  # matches any text: no answer at all means that the automaton ran out of memory
)
_FIND_SIGNS = _make_signs()
_AT_WRAPPINGS = len(_CODINGS)
_AT_ESCAPES = _AT_WRAPPINGS + len(_WRAPPINGS)
_AT_CUE = _AT_ESCAPES + 1

_NO_SIGN = [len(_SIGNS) - 1]

_Part = tuple[int, int]
"""Start and end of a part of a text."""

View = tuple[str, str, bool]
"""Name, text, and whether the text may hold another coding."""


def has_signs(plain: bytes) -> bool:
    """Whether there may be another reading of a text that is ``plain`` ASCII."""
    return bool(_FIND_SIGNS.Match(plain) != _NO_SIGN)


def has_views(plain: bytes) -> bool:
    """Whether there is another reading of a text that is ``plain`` ASCII."""
    return has_signs(plain) and any(shown for _, shown, _ in derive("", "", plain))


def derive(text: str, other: str, plain: bytes) -> Iterator[View]:
    """Every other reading of ``text``; ``plain`` is its ASCII part, ``other`` the rest."""
    if other:
        if decode.has_hidden(other):
            for name, hidden in decode.hidden_texts(text):
                yield name, hidden, True
        if len(set(IS_TURNED.findall(other))) >= 4:
            yield "upside_down", text.translate(TURNED)[::-1], False
    for number, parts in _signs(plain).items():
        if number < _AT_WRAPPINGS:
            yield from _decoded(_CODINGS[number], plain, parts)
        elif number < _AT_ESCAPES:
            yield from _unwrapped(_WRAPPINGS[number - _AT_WRAPPINGS], plain, parts)
        elif number == _AT_ESCAPES:
            for region in _regions(_ESCAPES, plain, parts):
                yield (
                    "escapes",
                    decode.from_html(decode.from_escapes(region.decode("ascii"))),
                    True,
                )
        elif number == _AT_CUE:
            for region in _regions(_CUES, plain, parts, after=SPAN_BYTES // 4):
                for coding in _CUED:
                    yield from _decoded(coding, region, [(0, len(region))])


def _signs(plain: bytes) -> dict[int, list[_Part]]:
    """The signs in ``plain``, by number, and in which parts of it they and their spans are."""
    size = len(plain)
    found: dict[int, list[_Part]] = {}
    for start in range(0, size, PIECE):
        piece = plain if size <= PIECE else plain[start : start + PIECE + MARGIN]
        present = _FIND_SIGNS.Match(piece)
        begin, end = max(start - MARGIN, 0), min(start + PIECE + 2 * MARGIN, size)
        for number in range(_AT_CUE + 1) if present is None else present:
            parts = found.setdefault(number, [])
            if parts and parts[-1][1] >= begin:
                parts[-1] = (parts[-1][0], end)
            else:
                parts.append((begin, end))
    return found


def _matches(
    expression: re2._Regexp[bytes], plain: bytes, parts: list[_Part]
) -> Iterator[re2._Match[bytes]]:
    return chain.from_iterable(expression.finditer(plain, *part) for part in parts)


def _decoded(coding: _Coding, plain: bytes, parts: list[_Part]) -> Iterator[View]:
    for match in islice(_matches(coding.span, plain, parts), SPANS):
        for read in coding.read:
            if content := read(match.group()[:SPAN_BYTES]):
                yield coding.name, content, True


def _unwrapped(wrapping: _Wrapping, plain: bytes, parts: list[_Part]) -> Iterator[View]:
    text = b"\n\n".join(map(wrapping.clean, _regions(wrapping.sign, plain, parts)))
    yield wrapping.name, text.decode("ascii"), False


def _regions(
    sign: re2._Regexp[bytes], plain: bytes, parts: list[_Part], *, after: int = AROUND
) -> Iterator[bytes]:
    """What stands around a sign; places close together make one region."""
    first = last = -1
    for match in islice(_matches(sign, plain, parts), SPANS * 8):
        if last >= 0 and match.start() - after > last:
            yield plain[max(first - AROUND, 0) : last + after]
            first = -1
        if first < 0:
            first = match.start()
        last = match.end()
    if last >= 0:
        yield plain[max(first - AROUND, 0) : last + after]


def undo_ciphers(plain: bytes, places: list[tuple[str, int]]) -> Iterator[View]:
    """What the ciphers whose words were found at ``places`` hide."""
    for name, place in places[:SPANS]:
        region = plain[max(place - AROUND, 0) : place + AROUND].decode("ascii")
        yield name, decode.CIPHERS[name](region), False
        if name == "reversed":
            yield "reversed_words", decode.reverse_words(region), False
