"""Other readings of a text: decoded, unwrapped, un-spaced. The text itself is never touched.

`derive` looks for the signs of all codings in one pass of an RE2 set, and only then works.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

import re2
from attrs import frozen

from m2m_trio.scan import decode
from m2m_trio.scan.allowance import Allowance
from m2m_trio.scan.confusables import IS_TURNED, TURNED
from m2m_trio.scan.signs import SignSet, sign_options

PIECE = 8192
"""Bytes searched for signs at once; where there is none, nothing else is looked for."""

MARGIN = 1024
"""Bytes before and after a piece with a sign that are read with it."""

AFTER_CUE = 2048
"""Bytes after a word about decoding in which spans are looked for."""

AROUND = 240
"""Characters kept before and after a place that was unwrapped."""


def _expression(pattern: bytes) -> re2._Regexp[bytes]:
    return re2.compile(pattern, sign_options())


_TAG = re.compile(rb"<[^<>]{0,200}>")
_ANSI = re.compile(
    rb"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\|;)?|[@-_])"
)
_PDF = re.compile(rb"\)\s*T[jJ]\s*\(")
"""These begin with one sign that they do not hold: no backtracking is longer than a match."""

_SPAN, _SIGN, _CIPHER, _HEAD_85 = 3.0, 1.5, 4.0, 5.0
"""Effort of a span, of looking for a sign once, of undoing a cipher in one place, of the head
of what may be base85."""

_QUICK, _SLOW, _UNWRAP, _ESCAPED = 0.005, 0.1, 0.01, 0.1
"""Effort of a byte of a span, where C reads it and where Python does; of unwrapping a byte; of
what may be an escape."""

Read = Callable[[bytes], str]


@frozen
class _Coding:
    """Spans of text that hold another text: the sign of one, the span, what reads it."""

    name: str
    sign: bytes
    """RE2: somewhere in the text, or there is nothing to do."""

    span: re2._Regexp[bytes]
    read: tuple[Read, ...]
    effort: float
    """Of reading a byte of a span."""

    tried: float
    """Effort of telling whether a span says anything."""


@frozen
class _Wrapping:
    """Signs between letters that a reader does not see: the text is read without them."""

    name: str
    sign: re2._Regexp[bytes]
    clean: Callable[[bytes], bytes]
    hint: bytes = b""
    """What stands wherever the sign does, and is counted less: for looking for all at once."""


def _coding(
    name: str,
    sign: bytes,
    span: bytes,
    *read: Read,
    effort: float = _QUICK,
    tried: float = _SPAN,
) -> _Coding:
    return _Coding(name, sign, _expression(span), read, effort, tried)


_IS_RUN = re.compile(rb"\{(?:24|36)\}")
"""Of a sign that is a long run of letters and digits."""

_TEXT_HEX = rb"(?:[0-7][0-9A-Fa-f]|[C-Fc-f][0-9A-Fa-f][89ABab][0-9A-Fa-f]){4}"
_TEXT_BASE64 = (
    rb"(?:[A-Za-f][ABCDEFGHMNOPQRSTUVWXcdefghijklmnstuvwxyz012389+/_-]|[w-z0-9][I-LY-bo-r4-7])"
)
"""How text begins (ASCII, or a letter of more bytes), and most hashes and keys do not, of
which some texts are full."""

_DECIMAL = rb"(?:[3-9][0-9]|1[0-9]{2}|2[0-5][0-9])"

_LIST = rb"(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ ,:;-]{0,2}){8,}"
_CODINGS = (
    _coding(
        "url",
        rb"%[0-9A-Fa-f]{2}",
        rb"[^\s\"'<>]*(?:%[0-9A-Fa-f]{2}[^\s\"'<>%]*){3,}",
        decode.from_url,
        effort=_UNWRAP,
    ),
    _coding("hex", rb"(?:[0-9a-fA-F]{2}[ ,:;-]){6}", _LIST, decode.from_pairs),
    _coding("hex", rb"0x[0-9a-fA-F]{2},? ?0x", _LIST, decode.from_pairs),
    _coding(
        "hex",
        rb"[0-9a-fA-F]{24}",
        rb"\b" + _TEXT_HEX + rb"(?:[0-9a-fA-F]{2}){8,}\b",
        decode.from_hex,
    ),
    _coding(
        "decimal",
        rb"(?:" + _DECIMAL + rb"[ ,;]{1,2}){6}",
        rb"(?:" + _DECIMAL + rb"[ ,;]{1,2}){7,}" + _DECIMAL,
        decode.from_decimals,
        effort=_UNWRAP,
    ),
    _coding("binary", rb"[01]{8}[ ,]?[01]{8}", rb"(?:[01]{8}[ ,]?){6,}", decode.from_bits),
    _coding(
        "base64",
        rb"(?:[A-Za-z0-9][+/_-]?){36}",
        rb"\b"
        + _TEXT_BASE64
        + rb"[A-Za-z0-9+/_-]{38,}={0,2}(?:\r?\n[A-Za-z0-9+/_-]{40,}={0,2})*",
        decode.from_base64,
    ),
    _coding(
        "base32",
        rb"[A-Z2-7]{24}",
        rb"\b[A-Z2-7]{24,}={0,6}",
        decode.from_base32,
        effort=_SLOW,
    ),
    _coding(
        "spaced",
        rb"(?:[A-Za-z][ .|*_\-/\n,+~]){4}[A-Za-z]",
        rb"(?:[A-Za-z][ .|*_\-/\n,+~]{1,3}){5,}[A-Za-z]?",
        decode.from_spaced,
        effort=_UNWRAP,
    ),
)
"""Spans that are decoded wherever they stand."""

_CUE = rb"(?i)decode|decipher|encoded|base64|b64(?:enc|[^0-9a-f])|base85|ascii85"
_CUES = _expression(_CUE)
_CUED = (
    _coding("base64", b"", rb"[A-Za-z0-9+/_-]{16,}={0,2}", decode.from_base64),
    _coding(
        "base85",
        b"",
        rb"[!-~]{30,}",
        decode.from_base85,
        decode.from_ascii85,
        effort=_UNWRAP,
        tried=_SPAN + 2 * _HEAD_85,
    ),
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


_SIGNS = (
    *(coding.sign for coding in _CODINGS),
    *(wrapping.hint or wrapping.sign.pattern for wrapping in _WRAPPINGS),
    _ESCAPE,
    _CUE,
    rb"[A-Za-z0-9+/_-]{24}",  # any of the runs
)
_AT_WRAPPINGS = len(_CODINGS)
_AT_ESCAPES = _AT_WRAPPINGS + len(_WRAPPINGS)
_AT_CUE = _AT_ESCAPES + 1
_ANY_RUN = _AT_CUE + 1


_RUNS = [number for number in range(_AT_WRAPPINGS) if _IS_RUN.search(_SIGNS[number])]
_FIND_RUNS = SignSet({number: _SIGNS[number] for number in _RUNS})
_FIND_OTHERS = SignSet({n: sign for n, sign in enumerate(_SIGNS) if n not in _RUNS})
"""Two: one automaton for all has a state for each length of each run with each state of the
rest, and a text of signs at random makes it build half a million."""


def _find_signs(plain: bytes) -> list[int]:
    """The numbers of the signs in ``plain``."""
    found = _FIND_OTHERS.find(plain)
    if _ANY_RUN in found:
        found.remove(_ANY_RUN)
        found += _FIND_RUNS.find(plain)
    return found


_Part = tuple[int, int]
"""Start and end of a part of a text."""

View = tuple[str, str, bool]
"""Name, text, and whether the text may hold another coding."""


def has_signs(plain: bytes) -> bool:
    """Whether there may be another reading of a text that is ``plain`` ASCII."""
    return bool(_find_signs(plain))


def has_views(plain: bytes) -> bool:
    """Whether there is another reading of a short text that is ``plain`` ASCII."""
    views = derive("", "", plain, Allowance(len(plain)))
    return any(shown for _, shown, _ in views)


def derive(text: str, other: str, plain: bytes, allowance: Allowance) -> Iterator[View]:
    """Every other reading of ``text``; ``plain`` is its ASCII part, ``other`` the rest.

    As many as ``allowance`` allows.
    """
    if other:
        if decode.has_hidden(other):
            yield from _hidden(text, allowance)
        if len(set(IS_TURNED.findall(other))) >= 4:
            yield "upside_down", text.translate(TURNED)[::-1], False
    for number, parts in _signs(plain).items():
        if number < _AT_WRAPPINGS:
            yield from _decoded(_CODINGS[number], plain, parts, allowance)
        elif number < _AT_ESCAPES:
            yield from _unwrapped(_WRAPPINGS[number - _AT_WRAPPINGS], plain, parts, allowance)
        elif number == _AT_ESCAPES:
            for region in _regions(_ESCAPES, plain, parts, allowance):
                marks = 6 * region.count(b"&") + region.count(b"\\")
                if not allowance.spend(_ESCAPED * marks):
                    return
                yield (
                    "escapes",
                    decode.from_html(decode.from_escapes(region.decode("ascii"))),
                    True,
                )
        elif number == _AT_CUE:
            for region in _regions(_CUES, plain, parts, allowance, after=AFTER_CUE):
                for coding in _CUED:
                    yield from _decoded(coding, region, [(0, len(region))], allowance)


def _hidden(text: str, allowance: Allowance) -> Iterator[View]:
    for name, run in decode.hidden_runs(text):
        if not allowance.spend(_SPAN + _SLOW * len(run)):
            return
        for hidden in decode.from_hidden(name, run):
            yield name, hidden, True


def _signs(plain: bytes) -> dict[int, list[_Part]]:
    """The signs in ``plain``, by number, and in which parts of it they and their spans are."""
    size = len(plain)
    found: dict[int, list[_Part]] = {}
    for start in range(0, size, PIECE):
        piece = plain if size <= PIECE else plain[start : start + PIECE + MARGIN]
        begin, end = max(start - MARGIN, 0), min(start + PIECE + 2 * MARGIN, size)
        for number in _find_signs(piece):
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


def _decoded(
    coding: _Coding, plain: bytes, parts: list[_Part], allowance: Allowance
) -> Iterator[View]:
    for match in _matches(coding.span, plain, parts):
        span = match.group()
        if not allowance.spend(coding.tried + _QUICK * len(span)):
            return
        contents = _read(coding, span, allowance)
        if contents:
            allowance.spend(coding.effort * len(span))
        for content in contents:
            yield coding.name, content, True


def _read(coding: _Coding, span: bytes, allowance: Allowance) -> list[str]:
    """What ``span`` says; of one over several lines that are no whole, what each says."""
    contents = [content for read in coding.read if (content := read(span))]
    if contents or b"\n" not in span or coding.name != "base64":
        return contents
    lines = span.split()
    allowance.spend(_SPAN * len(lines))
    return [content for line in lines if (content := decode.from_base64(line))]


def _unwrapped(
    wrapping: _Wrapping, plain: bytes, parts: list[_Part], allowance: Allowance
) -> Iterator[View]:
    regions = _regions(wrapping.sign, plain, parts, allowance)
    text = b"\n\n".join(map(wrapping.clean, regions))
    yield wrapping.name, text.decode("ascii"), False


def _regions(
    sign: re2._Regexp[bytes],
    plain: bytes,
    parts: list[_Part],
    allowance: Allowance,
    *,
    after: int = AROUND,
) -> Iterator[bytes]:
    """What stands around a sign; places close together make one region.

    The next sign is looked for `AROUND` behind the last: what is between is in the region.
    """
    first, last = -1, -AROUND
    for begin, end in parts:
        place = max(begin, last + AROUND)
        while (
            place < end and allowance.spend(_SIGN) and (match := sign.search(plain, place, end))
        ):
            if first >= 0 and match.start() > last + AROUND + after:
                yield _region(plain, first, last + after, allowance)
                first = -1
            if first < 0:
                first = match.start()
            last = match.end()
            place = last + AROUND
    if first >= 0:
        yield _region(plain, first, last + after, allowance)


def _region(plain: bytes, first: int, last: int, allowance: Allowance) -> bytes:
    region = plain[max(first - AROUND, 0) : last + AROUND]
    allowance.spend(_UNWRAP * len(region))
    return region


def undo_ciphers(
    plain: bytes, places: list[tuple[str, int]], allowance: Allowance
) -> Iterator[View]:
    """What the ciphers whose words were found at ``places`` hide."""
    for name, place in places:
        if not allowance.spend(_CIPHER):
            return
        region = plain[max(place - AROUND, 0) : place + AROUND].decode("ascii")
        yield name, decode.CIPHERS[name](region), False
        if name == "reversed":
            yield "reversed_words", decode.reverse_words(region), False
