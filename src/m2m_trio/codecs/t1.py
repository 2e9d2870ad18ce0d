"""``#T1|1|``, safe T1: long words of the API's JSON exchanged for short ones, in the text.

The trick: nothing is parsed. One pattern finds whole keys, and roles and models with their
values, and every word changes places with its abbreviation, so that a key that was short to
begin with is written long, nothing is lost, and decoding is the same exchange again. What a
user wrote himself (schemas, metadata, arguments) is found as one piece and left alone.

The pattern finds the same pieces before and after: an exchange puts a word for a word, makes
and unmakes no key of the user's own, and leaves quotes, brackets and backslashes where they
are. So any bytes round-trip, JSON or not; blanks, order, duplicates, nulls and the spelling
of numbers are never touched.

It works block by block, a block ending at a blank line: an event of a stream is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from m2m_trio.codecs.codec import Decoder, Encoder, Limits
from m2m_trio.codecs.t1_words import KEYS, MODELS, ROLES
from m2m_trio.errors import CodecError
from m2m_trio.wire.jsontext import container_pattern

PREFIX = b"#T1|1|"
NOT_SAFE_T1 = "not safe T1: it does not begin with #T1|1|"

USER_KEYS = (
    "arguments",
    "chat_template_kwargs",
    "const",
    "default",
    "definitions",
    "enum",
    "example",
    "examples",
    "extra_body",
    "functions",
    "guided_json",
    "input_schema",
    "json_schema",
    "metadata",
    "options",
    "parameters",
    "properties",
    "response_format",
    "schema",
    "tools",
)
"""Keys whose object or array is the user's own. None of them is ever exchanged, except that
``arguments`` is when its value is a string."""

USER_DEPTH = 16
"""How deep such a value may be nested to be left alone; a deeper one is exchanged as well."""


def _words(words: Iterable[str]) -> bytes:
    longest_first = sorted(words, key=len, reverse=True)
    return b"(?:" + b"|".join(re.escape(word.encode()) for word in longest_first) + b")"


def _pairs() -> Iterator[tuple[str, str]]:
    for word, short in KEYS.items():
        if word not in USER_KEYS:
            yield f'"{word}":', f'"{short}":'
    for blank in ("", " "):  # the two ways SDKs write
        yield f'"arguments":{blank}"', f'"a":{blank}"'
        for word, short in ROLES.items():
            yield f'"role":{blank}"{word}"', f'"role":{blank}"{short}"'
        for word, short in MODELS.items():
            yield f'"model":{blank}"{word}"', f'"M":{blank}"{short}"'
            yield f'"model":{blank}"{short}"', f'"M":{blank}"{word}"'


_BLANKS = rb"[ \n\r\t]*+"
_LONGEST_KEY = max(map(len, (*KEYS, *KEYS.values())))
_PIECE = re.compile(
    b'"(?:'
    + (_words(USER_KEYS) + b'"' + _BLANKS + b":" + _BLANKS + container_pattern(USER_DEPTH))
    + (rb'|role": ?"' + _words([*ROLES, *ROLES.values()]) + b'"(?!:)')
    + (rb'|(?:model|M)": ?"' + _words([*MODELS, *MODELS.values()]) + b'"(?!:)')
    + rb'|(?:arguments|a)": ?"'
    + (b'|[A-Za-z_]{1,%d}+":)' % _LONGEST_KEY),
    re.DOTALL,
)
_EXCHANGE = {
    one.encode(): other.encode() for pair in _pairs() for one, other in (pair, pair[::-1])
}
_BLANK_LINE = re.compile(rb"\n\r?\n|\r\r")
_OVERLAP = 2  # the longest end of a part that may be the start of a blank line


def _exchange_piece(found: re.Match[bytes]) -> bytes:
    piece = found[0]
    return _EXCHANGE.get(piece, piece)


def exchange_block(block: bytes) -> bytes:
    """A block, or an event of a stream, with words and abbreviations changing places."""
    return _PIECE.sub(_exchange_piece, block)


def exchange(text: bytes) -> bytes:
    """The same for a whole text, block by block; its own inverse."""
    if not _has_blank_line(text):
        return exchange_block(text)
    blocks = Blocks()
    return blocks.feed(text) + blocks.finish()


def _has_blank_line(text: bytes) -> bool:
    """As `_BLANK_LINE` finds, ten times faster."""
    if b"\r" in text and (b"\n\r\n" in text or b"\r\r" in text):
        return True
    return b"\n" in text and b"\n\n" in text


class Blocks:
    """`exchange` for a text that comes in parts, however they are cut."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, part: bytes) -> bytes:
        """The blocks that ``part`` completes."""
        pending = self._pending
        searched = max(0, len(pending) - _OVERLAP)
        pending += part
        done = []
        start = 0
        for match in _BLANK_LINE.finditer(pending, searched):
            done.append(exchange_block(bytes(pending[start : match.end()])))
            start = match.end()
        del pending[:start]
        return b"".join(done)

    def finish(self) -> bytes:
        """The last block."""
        rest = exchange_block(bytes(self._pending))
        self._pending.clear()
        return rest


class T1Codec:
    """JSON, or any other bytes, with T1's abbreviations, byte for byte the same afterwards."""

    name = "m2m-t1"

    def encode(self, plain: bytes) -> bytes:
        return PREFIX + exchange(plain)

    def decode(self, coded: bytes, limits: Limits) -> bytes:
        limits.check_input(len(coded))
        if not coded.startswith(PREFIX):
            raise CodecError(NOT_SAFE_T1)
        plain = exchange(coded[len(PREFIX) :])
        limits.check_output(len(plain), len(coded))
        return plain

    def encoder(self) -> Encoder:
        return _T1Encoder()

    def decoder(self, limits: Limits) -> Decoder:
        return _T1Decoder(limits)


class _T1Encoder:
    def __init__(self) -> None:
        self._blocks = Blocks()
        self._prefix = PREFIX

    def feed(self, plain: bytes) -> bytes:
        coded = self._prefix + self._blocks.feed(plain)
        self._prefix = b""
        return coded

    def flush(self) -> bytes:
        return b""  # an event that is not complete waits for its end

    def finish(self) -> bytes:
        return self._prefix + self._blocks.finish()


class _T1Decoder:
    def __init__(self, limits: Limits) -> None:
        self._blocks = Blocks()
        self._limits = limits
        self._coded_bytes = 0
        self._plain_bytes = 0
        self._prefix: bytes | None = b""

    def feed(self, coded: bytes) -> bytes:
        self._coded_bytes += len(coded)
        self._limits.check_input(self._coded_bytes)
        if self._prefix is not None:
            coded = self._prefix + coded
            self._prefix = coded[: len(PREFIX)]
            if not PREFIX.startswith(self._prefix):
                raise CodecError(NOT_SAFE_T1)
            if len(coded) < len(PREFIX):
                return b""
            self._prefix = None
            coded = coded[len(PREFIX) :]
        return self._counted(self._blocks.feed(coded))

    def finish(self) -> bytes:
        if self._prefix is not None:
            raise CodecError(NOT_SAFE_T1)
        return self._counted(self._blocks.finish())

    def _counted(self, plain: bytes) -> bytes:
        self._plain_bytes += len(plain)
        self._limits.check_output(self._plain_bytes, self._coded_bytes)
        return plain
