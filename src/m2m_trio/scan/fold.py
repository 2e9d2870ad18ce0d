"""Texts as the rules read them: one small alphabet, whatever the letters are dressed as.

Two streams of bytes stand for a text. The Latin one has lower-case ASCII only, accents and
marks taken off, look-alike digits and signs folded into letters (``pr3vi0us``, ``@ll``);
``l``, ``1`` and the Turkish dotless i all are ``i``. The native one is lower-case UTF-8, for
scripts that have no ASCII form. For a text of plain ASCII the Latin stream has the length
of the text, so offsets are the text's own.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from m2m_trio.scan.confusables import (
    CONFUSABLES,
    LETTER_FORMS,
    LOOKALIKE_SCRIPTS,
)

_LEET = dict(zip(b"l1|0345$@7", b"iiioeassat", strict=True))


def _latin_table() -> bytes:
    table = bytearray(range(256))
    for code in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        table[code] = code + 32
    table[ord("L")] = ord("i")
    for code in b"\t\n\v\f\r":
        table[code] = 32
    for code, letter in _LEET.items():
        table[code] = letter
    table[ord("|")] = ord("|")  # it separates letters more often than it stands for one
    return bytes(table)


LATIN = _latin_table()
"""`bytes.translate` table of the Latin stream."""

IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Default_Ignorable_Code_Point as a character class, and the Braille blank: what shows
nothing. Not just category Cf: fillers and inherent vowels are letters and marks."""

MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
"""Marks that fall on Latin, Greek, Cyrillic, Hebrew and Arabic letters."""

_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_MARK = re.compile("[\u0300-\u036f]")
_HAS_LOOKALIKES = re.compile(f"[{LOOKALIKE_SCRIPTS}]")
_UNSEEN = re.compile(f"[{IGNORABLE}{MARKS}]+")


def others(text: str) -> str:
    """The characters of ``text`` that are not ASCII, each once; all where kinds are many."""
    coded = text.encode("utf-8", "ignore").translate(None, _ASCII)
    found = coded.decode("utf-8")
    if len(found) > 2 * _MANY and len(set(found[:_MANY])) > _MANY // 2:
        return found
    return "".join(set(found))


def latin_part(text: str, other: str) -> bytes:
    """``text`` in ASCII letters, before folding; what has no ASCII form is left out.

    ``other`` are its `others`.
    """
    if not other:
        return text.encode("utf-8", "ignore")
    mixed = False
    if _HAS_LOOKALIKES.search(other):
        beside = text.encode("utf-8", "ignore").translate(_LETTER_OR_OTHER)
        mixed = b"ax" in beside or b"xa" in beside
    forms = _ascii_forms(other, mixed=mixed) if len(other) <= _MANY else {}
    letters = {char: form for char, form in forms.items() if len(form) == 1}
    if len(other) > _MANY or len(letters) > _FREE or len(forms) - len(letters) > _FEW:
        return _normalized(text, other, mixed=mixed)
    for char, form in forms.items():
        if len(form) > 1:
            text = text.replace(char, form)
    return _spelled(text, letters)


def _normalized(text: str, other: str, *, mixed: bool) -> bytes:
    """The Latin part of a text with very many kinds of characters."""
    forms = {**LETTER_FORMS, **(CONFUSABLES if mixed else {})}
    named = {chr(code): form for code, form in forms.items()}
    for char in [*filter(other.__contains__, named)]:
        if len(named[char]) > 1 or not unicodedata.is_normalized("NFKD", char):
            text = text.replace(char, named.pop(char))  # by itself, and before it is another
    text = unicodedata.normalize("NFKD", text.replace("\u0131", "i"))
    kinds = unicodedata.normalize("NFKD", other)
    letters = {char: form for char, form in named.items() if len(form) == 1 and char in kinds}
    return _spelled(text, letters)


def _spelled(text: str, letters: Mapping[str, str]) -> bytes:
    """``text`` in ASCII: ``letters`` are what they are there, other characters nothing."""
    if len(letters) <= _FEW:
        for char in sorted(letters, reverse=True):  # in narrower texts others are found sooner
            text = text.replace(char, letters[char])
        return text.encode("utf-8", "ignore").translate(None, _NOT_ASCII)
    if len(letters) > _FREE or max(letters) > "\uffff":
        text = text.translate({ord(char): form for char, form in letters.items()})
        return text.encode("utf-8", "ignore").translate(None, _NOT_ASCII)
    table = "".join((*map(chr, _ASCII), *letters)).ljust(256, "\ufffe")
    codes, _ = codecs.charmap_encode(text, "ignore", codecs.charmap_build(table))
    shown = "".join(letters.values()).encode("ascii")
    return codes.translate(_ASCII + shown.ljust(_FREE, b"?"))


def _ascii_forms(other: str, *, mixed: bool) -> dict[str, str]:
    """What each character of ``other`` is in ASCII; those that have no such form are left out.

    ``mixed``: the text mixes scripts inside words, so that look-alikes count.
    """
    listed = "\n".join(other)
    if mixed:
        listed = listed.translate(CONFUSABLES)
    listed = listed.translate(LETTER_FORMS).replace("\u0131", "i")
    forms = unicodedata.normalize("NFKD", listed).encode("ascii", "ignore").decode("ascii")
    return {char: form for char, form in zip(other, forms.split("\n"), strict=True) if form}


def has_native(other: str) -> bool:
    """Whether there are letters that the Latin stream leaves out."""
    return _NATIVE.search(other) is not None


def native_stream(text: str, other: str) -> bytes:
    """The native stream of ``text``: lower case, compatibility forms and marks undone."""
    if _GREEK.search(other):  # its accents come and go with capitals
        text = _UNSEEN.sub("", unicodedata.normalize("NFD", text))
    elif _MARK.search(other) or not unicodedata.is_normalized("NFKC", other):
        text = unicodedata.normalize("NFKC", text)
    if _UNSEEN.search(other):
        text = _UNSEEN.sub("", text)
    return text.lower().encode("utf-8", "ignore").translate(_SPACES)


def native_letters(text: str) -> set[str]:
    """What the letters of a text's `native_stream`, and more, are made of, without ASCII."""
    parts = unicodedata.normalize("NFKD", text)
    small = unicodedata.normalize("NFKD", text.lower() + parts.lower())
    return {*(parts + small).replace("\u03c2", "\u03c3")}.difference(map(chr, _ASCII))


_MANY = 4096
"""Characters from which a text has too many kinds to look at each."""

_FEW = 16
"""Characters that are several letters in ASCII, as ligatures: each costs a search."""

_FREE = 128
"""Bytes that are not ASCII: so many characters a table can have that gives bytes."""

_NATIVE = re.compile("[\u0370-\u10ff\u1780-\u17ff\u3040-\ud7ff\uff66-\uffdc]")
_ASCII = bytes(range(128))
_NOT_ASCII = bytes(range(128, 256))
_SPACES = bytes(32 if code in b"\t\n\v\f\r" else code for code in range(256))
_LETTER_OR_OTHER = bytes(
    ord("a") if chr(code).isalpha() and code < 128 else ord("x") if code > 127 else 32
    for code in range(256)
)


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """A single word as the lexicon has it, whichever stream it comes from."""
    plain = unicodedata.normalize("NFKD", word.lower())
    plain = _UNSEEN.sub("", plain).replace("\u0131", "i")
    return plain.encode("utf-8", "ignore").translate(LATIN).decode("utf-8", "ignore")
