"""Codings and ciphers that carry text inside text: each takes a span and gives its content.

Every one is total: what is not a coding of readable text gives an empty string.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections import Counter
from collections.abc import Callable
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
    body = span.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    if len(body) > 32:  # most spans are names and paths: their first bytes tell
        head = _base64(body[:32]).replace(b"\0", b"")
        if not head.isascii():
            try:
                head.decode("utf-8")
            except UnicodeDecodeError as error:
                if error.start < len(head) - 3:
                    return ""
    return as_text(_base64(body))


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
        return as_text(base64.b32decode(body + b"=" * (-len(body) % 8)))
    except binascii.Error:
        return ""


_NAME = bytes(range(48, 58)) + bytes(range(65, 91)) + bytes(range(97, 123)) + b"/._-=:"


def _is_name(span: bytes) -> bool:
    """Whether it is rather a path or an address than a coding with many signs."""
    return len(span.translate(None, _NAME)) < 4


def from_base85(span: bytes) -> str:
    """Base85 as git and Python have it."""
    if _is_name(span):
        return ""
    try:
        return as_text(base64.b85decode(span))
    except ValueError:
        return ""


def from_ascii85(span: bytes) -> str:
    """Base85 as PostScript has it."""
    if _is_name(span):
        return ""
    try:
        return as_text(base64.a85decode(span.removeprefix(b"<~").removesuffix(b"~>")))
    except ValueError:
        return ""


def from_numbers(span: bytes, base: int) -> str:
    """Numbers with something between them: ``0x49 0x67``, ``73 103``, ``01001001``."""
    values = []
    for number in re.findall(rb"[0-9a-fA-F]+", span.replace(b"0x", b" ").replace(b"\\x", b" ")):
        try:
            value = int(number, base)
        except ValueError:
            return ""
        if value > 255:
            return ""
        values.append(value)
    return as_text(bytes(values))


def from_hex(span: bytes) -> str:
    """Hexadecimal digits in one run."""
    return as_text(bytes.fromhex(span[: len(span) & ~1].decode("ascii")))


_ESCAPE = re.compile(
    r"\\u\{([0-9A-Fa-f]{1,6})\}|(?:\\u|U\+|u\+)([0-9A-Fa-f]{4,6}) ?|\\x([0-9A-Fa-f]{2})|"
    r"\\([0-3][0-7]{2})|=([0-9A-F]{2})"
)


def _unescape(match: re.Match[str]) -> str:
    octal = match[4]
    code = int(octal, 8) if octal else int(match[1] or match[2] or match[3] or match[5], 16)
    return chr(code) if 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def from_escapes(text: str) -> str:
    """Backslash escapes, ``U+0049`` and quoted-printable, undone where they stand."""
    return _ESCAPE.sub(_unescape, text)


def from_url(span: bytes) -> str:
    """Percent-encodings undone."""
    return unquote(span.decode("ascii", "ignore"), errors="ignore")


def from_spaced(span: bytes) -> str:
    """Letters with the same sign between them (``I.g.n.o.r.e a.l.l``), as words."""
    run = span.decode("ascii", "ignore")
    signs = Counter(char for char in run if not char.isalnum())
    sign = re.escape(signs.most_common(1)[0][0])
    return re.sub(f"(?<=[A-Za-z]){sign}(?=[A-Za-z])", "", run)


def from_html(text: str) -> str:
    """Character references undone."""
    return html.unescape(text)


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
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{6,}")
_ZEROS = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff\u180e\u00ad\u034f\u3164\u115f]{24,}")
_OVERRIDDEN = re.compile("\u202e([^\u202c\u2069\n]{4,})")


_HIDDEN = re.compile(
    "[\u200b-\u200d\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\u180e\u00ad\u034f\u3164\u115f"
    "\U000e0020-\U000e007e\U000e0100-\U000e01ef]"
)


def has_hidden(other: str) -> bool:
    """Whether `hidden_texts` may find something in a text with these characters."""
    return _HIDDEN.search(other) is not None


def hidden_texts(text: str) -> list[tuple[str, str]]:
    """Texts hidden in characters that show nothing, or run backwards: view name, text."""
    found = []
    if _TAGS.search(text):
        runs = _TAGS.findall(_FLAG.sub("", text))
        found.append(("tags", " ".join(_shown(run, 0xE0000) for run in runs)))
    for run in _SELECTORS.findall(text)[:16]:
        codes = [ord(char) for char in run]
        data = bytes(code - 0xFE00 if code < 0xE0000 else code - 0xE0100 + 16 for code in codes)
        found.append(("variation_selectors", as_text(data)))
    for run in _ZEROS.findall(text)[:16]:
        found.extend(("invisible_bits", shown) for shown in _bits(run))
    found.extend(("reversed", run[::-1]) for run in _OVERRIDDEN.findall(text)[:16])
    return found


def _shown(run: str, offset: int) -> str:
    return "".join(chr(ord(char) - offset) for char in run)


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
