"""Replies watched as they stream: pictures that carry data away, controls for terminals.

A page that shows a markdown picture asks its address for it, and what the model was talked
into writing behind the ``?`` is gone; a terminal obeys escape sequences in what it prints.
"""

from __future__ import annotations

import re

import msgspec

from m2m_trio.wire.sse import SSEEvent

HELD = 256
"""Characters of a reply that may be held back until it is clear what they begin."""

_KEPT = 512
_PAYLOAD = 16
"""Characters behind a ``?`` or ``#`` from which a picture's address carries something."""

_IMAGE = re.compile(
    r"(?:!\[[^\]\n]{0,100}\]\(\s{0,4}|<img\b[^>\n]{0,60}?\bsrc\s{0,2}=\s{0,2}[\"']?)"
    rf"https?://[^\s)\"'>?#]{{1,200}}[?#][^\s)\"'>]{{{_PAYLOAD},}}",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"!(?:\[[^\]\n]{0,100}(?:\](?:\([^\s)]{0,200})?)?)?$|<(?:i(?:m(?:g[^>\n]{0,200})?)?)?$",
    re.IGNORECASE,
)


class ReplyWatch:
    """Looks at a reply's text as it comes; keeps the last `_KEPT` characters of it."""

    def __init__(self) -> None:
        self._text = ""
        self._found: set[str] = set()

    def feed(self, text: str) -> list[str]:
        """What is new in the reply with ``text``: ``image``, ``terminal``, each once."""
        new = []
        if "terminal" not in self._found and ("\x1b" in text or "\x9b" in text):
            new.append("terminal")
        self._text = (self._text + text)[-_KEPT - len(text) :]
        if "image" not in self._found and "://" in self._text and _IMAGE.search(self._text):
            new.append("image")
        self._text = self._text[-_KEPT:]
        self._found.update(new)
        return new

    @property
    def is_open(self) -> bool:
        """Whether the last characters may be the beginning of a picture."""
        tail = self._text[-HELD:]
        return ("!" in tail or "<" in tail) and _BEGUN.search(tail) is not None


class _Delta(msgspec.Struct):
    content: str | None = None
    text: str | None = None


class _Choice(msgspec.Struct):
    delta: _Delta | None = None
    text: str | None = None


class _Event(msgspec.Struct):
    choices: list[_Choice] = []
    delta: str | _Delta | None = None


_decode = msgspec.json.Decoder(_Event).decode


def text_of(event: SSEEvent) -> str:
    """What an event of OpenAI's or Anthropic's streams adds to the reply's text."""
    if event.find(b'"delta"') < 0 and event.find(b'"text"') < 0:
        return ""
    try:
        read = _decode(event.data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
    if isinstance(read.delta, str):
        return read.delta
    pieces = [choice.text or (choice.delta and choice.delta.content) for choice in read.choices]
    if read.delta is not None:
        pieces.append(read.delta.text or read.delta.content)
    return "".join(piece for piece in pieces if piece)
