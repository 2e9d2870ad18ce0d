"""What a reply says it used, read without touching it: `usage` of every OpenAI dialect.

Only looked at: a reply whose ``usage`` is missing, odd or broken is passed on all the same.
"""

from __future__ import annotations

import re
import time

import msgspec
from attrs import frozen

from m2m_trio.wire.sse import SSEEvent

PARSED_BYTES = 64 * 1024
"""A longer text is searched from its end for ``"usage"`` instead of being parsed."""

_COUNT = re.compile(rb'"(prompt|completion|input|output)_tokens"\s*:\s*(\d{1,15})\b')


@frozen
class Usage:
    """Tokens as the provider counted them; None where it did not say."""

    input_tokens: int | None
    output_tokens: int | None


class _Counts(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None


class _Holder(msgspec.Struct):
    usage: _Counts | None = None


class _Reply(msgspec.Struct):
    usage: _Counts | None = None
    response: _Holder | None = None  # Responses API: the response.completed event
    message: _Holder | None = None  # Anthropic: the message_start event


_decode = msgspec.json.Decoder(_Reply).decode


def find_usage(text: bytes) -> Usage | None:
    """The token counts in a JSON reply or event, if it has any."""
    if b'"usage"' not in text:
        return None
    if len(text) > PARSED_BYTES:
        return _search_usage(text)
    try:
        reply = _decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    for holder in (reply, reply.response, reply.message):
        if holder is not None and holder.usage is not None:
            return _usage_of(holder.usage)
    return None


def _usage_of(counts: _Counts) -> Usage | None:
    input_tokens = counts.prompt_tokens
    if input_tokens is None:
        input_tokens = counts.input_tokens
    output_tokens = counts.completion_tokens
    if output_tokens is None:
        output_tokens = counts.output_tokens
    if input_tokens is None and output_tokens is None:
        return None
    return Usage(input_tokens, output_tokens)


def _search_usage(text: bytes) -> Usage | None:
    start = text.rfind(b'"usage"')
    found = {
        name: int(count) for name, count in reversed(_COUNT.findall(text, start, start + 2048))
    }
    input_tokens = found.get(b"prompt", found.get(b"input"))
    output_tokens = found.get(b"completion", found.get(b"output"))
    if input_tokens is None and output_tokens is None:
        return None
    return Usage(input_tokens, output_tokens)


class UsageTap:
    """The pipeline stage that counts: events, when they came, and what they say was used."""

    def __init__(self) -> None:
        self.events = 0
        self.first_at = 0.0
        """When the first event came (``time.perf_counter``); 0.0 before it."""

        self.last_at = 0.0
        self.input_tokens: int | None = None
        self.output_tokens: int | None = None

    def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        self.last_at = now = time.perf_counter()
        if not self.events:
            self.first_at = now
        self.events += len(events)
        for event in events:
            if event.find(b'"usage":') >= 0 and event.find(b'"usage":null') < 0:
                self._note(find_usage(event.data))
        return events

    def finish(self) -> list[SSEEvent]:
        return []

    def _note(self, usage: Usage | None) -> None:
        if usage is None:
            return
        if usage.input_tokens is not None:
            self.input_tokens = usage.input_tokens
        if usage.output_tokens is not None:
            self.output_tokens = usage.output_tokens
