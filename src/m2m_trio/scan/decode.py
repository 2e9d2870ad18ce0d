"""Codings and ciphers that carry text inside text: each takes a span and gives its content.

Every one is total: what is not a coding of readable text gives an empty string.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from html.entities import html5
from urllib.parse import unquote

READABLE = 0.85
"""Share of letters, digits, spaces and common signs that makes bytes a text."""

_READABLE = bytes(
    code for code in range(32, 127) if chr(code).isalnum() or chr(code) in " .,:;'\"!?/-_()\n"
)


def as_text(data: bytes) -> str:
    """``data`` as text, if it is readable; NULs of UTF-16 fall out."""
    if b"\0" in data:
        data = data.replace(b"\0", b"")
    if len(data) < 6:
        return ""
    if data.isascii():
        odd = len(data.translate(None, _READABLE))
        return data.decode("ascii") if odd <= len(data) * (1 - READABLE) else ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if sum(map(str.isprintable, text)) >= len(text) * READABLE else ""


def from_base64(span: bytes) -> str:
    """Base64 of either alphabet, padded or not."""
    if span.islower() or span.isupper():
        return ""
    if b"\n" in span:
        lines = span.split()
        if any(len(line) % 4 for line in lines[:-1]):
            return ""
        span = b"".join(lines)
    body = span.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    if len(body) > 32 and not _may_be_text(_base64(body[:32])):
        return ""
    return as_text(_base64(body))


def _may_be_text(head: bytes) -> bool:
    """Whether a text may begin so: most spans are names and paths, and their ``head`` tells."""
    head = head.replace(b"\0", b"")
    if not head.isascii():
        try:
            head.decode("utf-8")
        except UnicodeDecodeError as error:
            return error.start >= len(head) - 3
    return True


def _base64(body: bytes) -> bytes:
    body = body[: len(body) - (len(body) % 4 == 1)]
    try:
        return binascii.a2b_base64(body + b"=" * (-len(body) % 4))
    except binascii.Error:
        return b""


def from_base32(span: bytes) -> str:
    """Base32, padded or not."""
    body = span.rstrip(b"=").upper()
    try:
        if not _may_be_text(base64.b32decode(body[:16])):
            return ""
        return as_text(base64.b32decode(body + b"=" * (-len(body) % 8)))
    except binascii.Error:
        return ""


_NAME = bytes(range(48, 58)) + bytes(range(65, 91)) + bytes(range(97, 123)) + b"/._-=:"


def _is_name(span: bytes) -> bool:
    """Whether it is rather a path or an address than a coding with many signs."""
    return len(span.translate(None, _NAME)) < 4


def from_base85(span: bytes) -> str:
    """Base85 as git and Python have it."""
    return _from_85(base64.b85decode, span)


def _from_85(decode: Callable[[bytes], bytes], span: bytes) -> str:
    """``span`` decoded by one of the two, which are slow: of a long one the head first."""
    if _is_name(span):
        return ""
    try:
        if len(span) > 2 * _HEAD_85 and not as_text(decode(span[:_HEAD_85])):
            return ""
        return as_text(decode(span))
    except ValueError:
        return ""


_HEAD_85 = 40
"""Signs, four bytes in five."""


def from_ascii85(span: bytes) -> str:
    """Base85 as PostScript has it."""
    return _from_85(base64.a85decode, span.removeprefix(b"<~").removesuffix(b"~>"))


def from_pairs(span: bytes) -> str:
    """Pairs of hexadecimal digits with something between them: ``0x49 0x67``, ``49:67``."""
    digits = span.replace(b"0x", b"").replace(b"\\x", b"").translate(None, b" ,:;-")
    return from_hex(digits)


def from_bits(span: bytes) -> str:
    """Binary numbers of eight digits: ``01001001 01100111``."""
    digits = span.translate(None, b" ,")
    size = len(digits) // 8
    return as_text(int(digits[: 8 * size], 2).to_bytes(size, "big"))


def from_decimals(span: bytes) -> str:
    """Decimal numbers with something between them: ``73 103``."""
    try:
        return as_text(bytes(map(int, span.translate(_COMMAS).split())))
    except ValueError:  # one is over 255
        return ""


_COMMAS = bytes(32 if code in b",;" else code for code in range(256))


def from_hex(span: bytes) -> str:
    """Hexadecimal digits in one run."""
    return as_text(bytes.fromhex(span[: len(span) & ~1].decode("ascii")))


_RUN = re.compile(
    r"(?:\\{1,2}u[0-9A-Fa-f]{4}){2,}|(?:\\{1,2}x[0-9A-Fa-f]{2}){2,}|(?:=[0-9A-F]{2}){3,}"
)
_NO_SIGNS = str.maketrans("", "", "\\ux=")
_ESCAPE = re.compile(
    r"(\\u\{[0-9A-Fa-f]{1,6}\}|\\u[0-9A-Fa-f]{4}|[uU]\+[0-9A-Fa-f]{4,6} ?|"
    r"\\x[0-9A-Fa-f]{2}|\\[0-3][0-7]{2})"
)
_REFERENCE = re.compile(
    r"(&#[0-9]{1,7};?|&#[xX][0-9A-Fa-f]{1,6};?|&[A-Za-z][A-Za-z0-9]{1,31};?)"
)


def _run(match: re.Match[str]) -> str:
    run = match[0]
    data = bytes.fromhex(run.translate(_NO_SIGNS))
    if "u" in run:
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


@lru_cache(maxsize=8192)
def _character(escape: str) -> str:
    base = 8 if escape[1].isdigit() else 16
    code = int(escape.strip("\\uUx+{} "), base)
    return chr(code) if 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _referred(reference: str) -> str:
    if reference[1] == "#":
        return _numbered(reference)
    return html5.get(reference[1:].rstrip(";") + ";", reference)


_numbered = lru_cache(maxsize=8192)(html.unescape)


def from_escapes(text: str) -> str:
    """Backslash escapes, ``U+0049`` and quoted-printable, undone where they stand."""
    if "\\" in text or "=" in text:
        text = _RUN.sub(_run, text)
    return _replaced(_ESCAPE, _character, text) if "\\" in text or "+" in text else text


def _replaced(sign: re.Pattern[str], read: Callable[[str], str], text: str) -> str:
    """``text`` with each ``sign`` read: quicker than a call for every match."""
    pieces = sign.split(text)
    pieces[1::2] = map(read, pieces[1::2])
    return "".join(pieces)


def from_url(span: bytes) -> str:
    """Percent-encodings undone."""
    return unquote(span.decode("ascii", "ignore"), errors="ignore")


def from_spaced(span: bytes) -> str:
    """Letters with the same sign between them (``I.g.n.o.r.e a.l.l``), as words."""
    run = span.decode("ascii", "ignore")
    sign = re.escape(max(" .|*_-/\n,+~", key=run.count))
    return re.sub(f"(?<=[A-Za-z]){sign}(?=[A-Za-z])", "", run)


def from_html(text: str) -> str:
    """Character references undone."""
    return _replaced(_REFERENCE, _referred, text) if "&" in text else text


# -- ciphers: `CIPHERS` names each and gives what undoes it ---------------------------------


def _shift(by: int) -> Callable[[str], str]:
    lower, upper = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    table = str.maketrans(lower + upper, lower[by:] + lower[:by] + upper[by:] + upper[:by])
    return lambda text: text.translate(table)


def _make_atbash() -> Callable[[str], str]:
    lower, upper = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    table = str.maketrans(lower + upper, lower[::-1] + upper[::-1])
    return lambda text: text.translate(table)


_ROT47 = {code: 33 + (code - 33 + 47) % 94 for code in range(33, 127)}


def rot47(text: str) -> str:
    """ROT47, its own inverse."""
    return text.translate(_ROT47)


def reverse(text: str) -> str:
    """The text backwards."""
    return text[::-1]


def reverse_words(text: str) -> str:
    """Every word backwards, in place."""
    return " ".join(word[::-1] for word in text.split())


CIPHERS: dict[str, Callable[[str], str]] = {
    **{f"caesar{by}": _shift(by) for by in range(1, 26)},
    "atbash": _make_atbash(),
    "rot47": rot47,
    "reversed": reverse,
}
"""What undoes each cipher (a shift by n is undone by 26 - n, which is here as well)."""

CIPHERED = (
    "instruct",
    "previous",
    "restrict",
    "anything",
    "passwd",
    "prompt",
    "https://",
    "ignore",
)
"""Words looked for in every cipher: most sentences worth hiding have one of them."""


# -- what shows nothing -----------------------------------------------------------------

_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,16}\U000e007f")
_TAGS = re.compile("[\U000e0020-\U000e007e]{3,}")
_RUNS = {
    "variation_selectors": re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{6,}"),
    "invisible_bits": re.compile(
        "[\u200b-\u200d\u2060-\u2064\ufeff\u180e\u00ad\u034f\u3164\u115f]{24,}"
    ),
    "reversed": re.compile("\u202e([^\u202c\u2069\n]{4,})"),
}

_HIDDEN = re.compile(
    "[\u200b-\u200d\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\u180e\u00ad\u034f\u3164\u115f"
    "\U000e0020-\U000e007e\U000e0100-\U000e01ef]"
)


def has_hidden(other: str) -> bool:
    """Whether `hidden_runs` may find something in a text with these characters."""
    return _HIDDEN.search(other) is not None


def hidden_runs(text: str) -> Iterator[tuple[str, str]]:
    """Runs of ``text`` that show nothing, or run backwards, and what kind each is."""
    if _TAGS.search(text):
        yield "tags", "\U000e0020".join(_TAGS.findall(_FLAG.sub("", text)))
    for kind, runs in _RUNS.items():
        for match in runs.finditer(text):
            yield kind, match[match.lastindex or 0]


def from_hidden(kind: str, run: str) -> list[str]:
    """What a run of `hidden_runs` says."""
    if kind == "tags":
        return [run.encode("utf-32-le")[::4].decode("ascii")]
    if kind == "variation_selectors":
        codes = map(ord, run)
        data = bytes(code - 0xFE00 if code < 0xE0000 else code - 0xE0100 + 16 for code in codes)
        return [as_text(data)]
    if kind == "invisible_bits":
        return _bits(run)
    return [run[::-1]]


def _bits(run: str) -> list[str]:
    """A run of two invisible characters, read as bits both ways, eight or seven a letter."""
    pair = [char for char, _ in Counter(run).most_common(2)]
    if len(pair) < 2:
        return []
    found = []
    for zero, one in (pair, pair[::-1]):
        bits = "".join("1" if char == one else "0" for char in run if char in (zero, one))
        for width in (8, 7):
            codes = [int(bits[at : at + width], 2) for at in range(0, len(bits) - 6, width)]
            text = as_text(bytes(code & 0xFF for code in codes))
            if text:
                found.append(text)
    return found
