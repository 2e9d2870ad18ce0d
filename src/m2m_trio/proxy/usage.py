"""What a reply says it used, read without touching it: `usage` of every OpenAI dialect.

Only looked at: a reply whose ``usage`` is missing, odd or broken is passed on all the same.
"""

from __future__ import annotations

import re
import time
from typing import Annotated

import msgspec

from m2m_trio.wire.sse import SSEEvent

PARSED_BYTES = 64 * 1024
"""A longer text is searched from its end for ``"usage"`` instead of being parsed."""

_COUNT = re.compile(
    rb'"((?:prompt|completion|(?:cache_read_|cache_creation_)?input|output)_tokens)"'
    rb"\s*:\s*(\d{1,12})\b"
)


_STRING = rb'\s*:\s*"([^"\\]*(?:\\.[^"\\]*)*)"'
_TEXT = re.compile(
    rb'"(?:content|text|reasoning_content|reasoning|refusal|arguments|partial_json|thinking)"'
    + _STRING
)
_DELTA = re.compile(rb'"delta"' + _STRING)
TEXTS = {
    "chat": (b'"content":"', _TEXT),
    "completions": (b'"text":"', _TEXT),
    "messages": (b'"text":"', _TEXT),
    "responses": (b'"delta":"', _DELTA),  # it says each text again when that has ended
}
"""By route: how text mostly stands in a stream's events, and all ways it does."""

MODEL_BYTES = 1024
"""At the beginning of a reply or event: its model is looked for there."""

MODEL_NAME_BYTES = 200

UNNAMED_EVENTS = 8
"""At the beginning of a stream that may name no model: comments, what Azure says of filters."""


Tokens = Annotated[int, msgspec.Meta(ge=0, le=10**12)]
"""A count beyond that is none: added up, it would leave a counter's 63 bits."""


class Usage(msgspec.Struct, frozen=True):
    """Tokens as the provider counted them, under whichever names; None: it did not say."""

    prompt_tokens: Tokens | None = None
    completion_tokens: Tokens | None = None
    input_tokens: Tokens | None = None
    output_tokens: Tokens | None = None
    cache_read_input_tokens: Tokens | None = None
    cache_creation_input_tokens: Tokens | None = None
    """Anthropic's, who leaves both out of ``input_tokens``."""

    @property
    def input(self) -> int | None:
        """Tokens of the request, those that the provider had cached too."""
        if self.prompt_tokens is not None or self.input_tokens is None:
            return self.prompt_tokens
        cached = (self.cache_read_input_tokens or 0) + (self.cache_creation_input_tokens or 0)
        return self.input_tokens + cached

    @property
    def output(self) -> int | None:
        """Tokens of the reply."""
        return self.output_tokens if self.completion_tokens is None else self.completion_tokens


class _Holder(msgspec.Struct):
    usage: Usage | None = None


class _Reply(msgspec.Struct):
    usage: Usage | None = None
    response: _Holder | None = None  # Responses API: the response.completed event
    message: _Holder | None = None  # Anthropic: the message_start event


_decode = msgspec.json.Decoder(_Reply).decode


def find_usage(text: bytes) -> Usage | None:
    """The token counts in a JSON reply or event, if it has any.

    Most replies end with them: what follows the last ``"usage"`` is JSON then, with a brace
    before it, and nothing else needs to be parsed.
    """
    start = text.rfind(b'"usage"')
    if start < 0:
        return None
    if len(text) > PARSED_BYTES:
        return search_usage(text)
    reply = _parse(b"{" + text[start:]) or _parse(text)
    if reply is not None:
        for holder in (reply, reply.response):
            if holder is not None and holder.usage is not None:
                return holder.usage
        if reply.message is not None and reply.message.usage is not None:
            return Usage(input_tokens=reply.message.usage.input)  # nothing is written yet
    return None


def _parse(text: bytes) -> _Reply | None:
    try:
        return _decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None


def model_in(text: bytes, start: int = 0) -> bytes:
    """The model that ``text`` names near ``start``, or nothing; no pattern is as fast."""
    at = text.find(b'"model"', start, start + MODEL_BYTES)
    if at < 0:
        return b""
    begin = text.find(b'"', at + 7, at + 12) + 1  # a colon and some space before it
    end = text.find(b'"', begin, begin + MODEL_NAME_BYTES)
    return text[begin:end] if 0 < begin < end else b""


def model_of(body: bytes | None) -> bytes:
    """The model that a request asks for, near its beginning or end, or nothing."""
    if not body:
        return b""
    return model_in(body) or model_in(body, max(0, len(body) - MODEL_BYTES))


def search_usage(text: bytes) -> Usage | None:
    """Counts behind the last ``"usage"`` of a text, or of the end of one."""
    start = text.rfind(b'"usage"')
    if start < 0:
        return None
    counts = reversed(_COUNT.findall(text, start, start + 2048))  # the first of each counts
    return Usage(**{name.decode(): int(count) for name, count in counts})


class UsageTap:
    """The pipeline stage that counts: events, when they came, and what they say was used.

    Up to ``keep`` bytes of the text in them are kept, to be counted where nothing is said.
    """

    __slots__ = (
        "_all",
        "_keep",
        "_mostly",
        "events",
        "first_at",
        "last",
        "last_at",
        "model",
        "text",
        "text_bytes",
        "usage",
    )

    def __init__(self, keep: int = 0, route: str = "chat") -> None:
        self.text = bytearray()
        """The text so far, as it stands in JSON."""

        self.text_bytes = 0
        """Of all of it, kept or not."""

        self.model = b""
        """Who writes, as the stream names it: not every event does."""

        self._keep = keep
        self._mostly, self._all = TEXTS.get(route, TEXTS["chat"])
        self.events = 0
        self.first_at = 0.0
        """When the first event came (``time.perf_counter``); 0.0 before it."""

        self.last_at = 0.0
        self.last: SSEEvent | None = None
        """The event that came last."""

        self.usage: Usage | None = None
        """What was said last, each count by itself."""

    def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        self.last_at = now = time.perf_counter()
        if not self.events:
            self.first_at = now
        if self._keep and not self.model and self.events < UNNAMED_EVENTS:
            self.model = model_in(events[0])
        self.events += len(events)
        self.last = events[-1]
        for event in events:
            if event.find(b'"usage":') >= 0 and event.find(b'"usage":null') < 0:
                self._note(find_usage(event.data))
                self.model = self.model or model_in(event)
        if self._keep:
            self._keep_text(events)
        return events

    def finish(self) -> list[SSEEvent]:
        return []

    def _keep_text(self, events: list[SSEEvent]) -> None:
        mostly = self._mostly
        for event in events:
            start = event.find(mostly) + len(mostly)
            end = event.find(b'"', start)
            if start < len(mostly) or end <= start or event.find(b"\\", start, end) >= 0:
                pieces = self._all.findall(event)
            else:
                pieces = [event[start:end]]
            for piece in pieces:
                self.text_bytes += len(piece)
                if len(self.text) + len(piece) <= self._keep:
                    self.text += piece

    def _note(self, usage: Usage | None) -> None:
        """Keep what ``usage`` says; one dialect tells input first and output last."""
        if usage is None or self.usage is None:
            self.usage = usage or self.usage
            return
        before = self.usage
        self.usage = Usage(
            prompt_tokens=before.input if usage.input is None else usage.input,
            completion_tokens=before.output if usage.output is None else usage.output,
        )


class WithoutUsage:
    """Takes out what a stream says of its usage, for a client that did not ask for it.

    That is one event, and ``"usage":null`` in each of the others.
    """

    def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        return [seen for event in events if (seen := _without_usage(event)) is not None]

    def finish(self) -> list[SSEEvent]:
        return []


class _Chunk(msgspec.Struct):
    choices: list[msgspec.Raw]
    usage: msgspec.Raw


_decode_chunk = msgspec.json.Decoder(_Chunk).decode
_NULL = re.compile(rb',\s*"usage"\s*:\s*null|(?<=\{)\s*"usage"\s*:\s*null\s*,\s*')


def _without_usage(event: SSEEvent) -> SSEEvent | None:
    """``event`` as a client that did not ask would see it; None: not at all."""
    if event.find(b'"usage"') < 0 or event.find(b'"choices"') < 0:
        return event
    try:
        chunk = _decode_chunk(event.data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return event
    if bytes(chunk.usage) != b"null":
        return event if chunk.choices else None
    rest, found = _NULL.subn(b"", event)
    return SSEEvent(rest) if found == 1 else event  # one within another object is its own
