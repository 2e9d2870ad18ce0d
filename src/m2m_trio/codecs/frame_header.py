"""The routing header of an M2M/1 frame: written from a message, and read without it.

What the reference garbles is not written: a role it does not know is sent as one it knows,
a token limit that is no 32-bit integer is left out with its flag, and a long name is cut
between characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from attrs import frozen

from m2m_trio.codecs.frame_cost import ASSUMED_TOKENS, cost, read_cost
from m2m_trio.errors import CodecError
from m2m_trio.wire.frame import MAX_HEADER_BYTES, Schema
from m2m_trio.wire.varint import U32_MAX, decode_varint, encode_varint

REQUESTS = (Schema.REQUEST, Schema.EMBEDDING_REQUEST)
RESPONSES = (Schema.RESPONSE, Schema.STREAM, Schema.EMBEDDING_RESPONSE)
"""The schemas that have a routing header, by its form; the others have none."""

ROLES = {
    "system": 0,
    "developer": 0,
    "user": 1,
    "assistant": 2,
    "tool": 3,
    "function": 3,
}
ROLE_NAMES = ("system", "user", "assistant", "tool")
FINISHES = {"stop": 0, "length": 1, "tool_calls": 2, "content_filter": 3}
NO_FINISH = 0xFF
COST_BYTES = 4

REQUEST_FLAGS = (
    ("system", ()),
    ("tools", ("tools", "functions")),
    ("tool_choice", ("tool_choice", "function_call")),
    ("images", ()),
    ("stream", ()),
    ("response_format", ("response_format",)),
    ("max_tokens", ()),
    ("reasoning_effort", ("reasoning_effort",)),
    ("service_tier", ("service_tier",)),
    ("seed", ("seed",)),
    ("logprobs", ("logprobs",)),
    ("user", ("user",)),
    ("temperature", ("temperature",)),
    ("top_p", ("top_p",)),
    ("stop", ("stop",)),
)
"""A request's flags from bit 0, and the keys whose mere presence sets them."""

RESPONSE_FLAGS = (
    "tool_calls",
    "refusal",
    "content_filter",
    "usage",
    "length",
    "cached",
    "reasoning",
    "cost",
)
SYSTEM, IMAGES, STREAM, MAX_TOKENS = 1 << 0, 1 << 3, 1 << 4, 1 << 6
TOOL_CALLS, REFUSAL, FILTERED, USAGE, LENGTH, CACHED, REASONING, COST = (
    1 << bit for bit in range(8)
)
USER = 1
_BY_FINISH = {FINISHES["length"]: LENGTH, FINISHES["content_filter"]: FILTERED}
_NOTHING: Mapping[str, Any] = {}
_BY_KEY = {key: 1 << bit for bit, (_, keys) in enumerate(REQUEST_FLAGS) for key in keys}


class Description(NamedTuple):
    """What a frame says of its message before the body."""

    schema: Schema
    flags: int = 0
    header: bytes = b""


@frozen(kw_only=True)
class RequestHeader:
    """A request's routing header."""

    model: str
    message_count: int
    roles: tuple[str, ...]
    content_bytes: int
    """UTF-8 bytes of all text in the messages."""

    max_tokens: int | None
    cost: float
    """Dollars, as the sender guessed."""


@frozen(kw_only=True)
class ResponseHeader:
    """A response's routing header."""

    id: str
    model: str
    finish_reason: str | None
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int | None
    reasoning_tokens: int | None
    cost: float | None


def describe(document: object) -> Description:
    """What the frame of ``document``, a parsed JSON text, says before its body."""
    if isinstance(document, dict) and "messages" in document and "model" in document:
        return _describe_request(Schema.REQUEST, document)
    return describe_as(_find_schema(_object(document)), document)


def _find_schema(document: Mapping[str, Any]) -> Schema:
    if "choices" in document or _text(document.get("id")).startswith("chatcmpl-"):
        return Schema.RESPONSE
    if isinstance(document.get("error"), dict):
        return Schema.ERROR
    if _holds_embeddings(document.get("data")):
        return Schema.EMBEDDING_RESPONSE
    return Schema.REQUEST


def describe_as(schema: Schema, document: object, *, priced: bool = True) -> Description:
    """What a frame of that schema says of ``document``: the reference picks other ones.

    Not ``priced`` is without the cost, which whoever compares headers leaves out.
    """
    if schema in REQUESTS:
        return _describe_request(schema, _object(document), priced=priced)
    if schema in RESPONSES:
        return _describe_response(schema, _object(document), priced=priced)
    return Description(schema)


def _holds_embeddings(data: object) -> bool:
    return isinstance(data, list) and bool(data) and "embedding" in _object(data[0])


def _describe_request(
    schema: Schema, document: Mapping[str, Any], *, priced: bool = True
) -> Description:
    # The Brotli call beside it leaves nothing in the processor's caches, so what counts here
    # is how much code runs at all: few calls, no objects in between.
    messages = document.get("messages")
    if not isinstance(messages, list):
        messages = []
    flags = 0
    for key in document:
        flags |= _BY_KEY.get(key, 0)
    if document.get("stream") is True:
        flags |= STREAM
    seen, roles, content_bytes = _read_messages(messages)
    spent = document.get("max_tokens", document.get("max_completion_tokens"))
    if type(spent) is int and 0 <= spent <= U32_MAX:
        flags |= MAX_TOKENS
        limit = encode_varint(spent)
    else:
        spent, limit = ASSUMED_TOKENS, b""
    model = _text(document.get("model"))
    header = b"".join(
        (
            *_name(model),
            encode_varint(len(messages)),
            roles,
            encode_varint(content_bytes),
            limit,
            cost(model, content_bytes // 4, spent) if priced else b"",
        )
    )
    if len(header) > MAX_HEADER_BYTES - (0 if priced else COST_BYTES):
        return Description(Schema.CUSTOM)
    return Description(schema, flags | seen, header)


def _read_messages(messages: list[Any]) -> tuple[int, bytearray, int]:
    """Flags that messages set, their packed roles, and the UTF-8 bytes of their text."""
    flags = content_bytes = 0
    roles = bytearray(-(-len(messages) // 4))
    for index, message in enumerate(messages):
        fields = message if type(message) is dict else _NOTHING
        name, content = fields.get("role"), fields.get("content")
        if role := ROLES.get(name, USER) if type(name) is str else USER:
            roles[index >> 2] |= role << (index & 3) * 2
        else:
            flags |= SYSTEM
        if type(content) is str:
            content_bytes += len(content) if content.isascii() else _size(content)
        elif type(content) is list:
            size_bytes, has_image = _measure(content)
            content_bytes += size_bytes
            flags |= IMAGES if has_image else 0
    return flags, roles, content_bytes


def _measure(parts: list[Any]) -> tuple[int, bool]:
    """UTF-8 bytes of the text in a message's parts, and whether one is an image."""
    size_bytes = 0
    has_image = False
    for part in parts:
        fields = _object(part)
        size_bytes += _size(_text(fields.get("text")))
        has_image = has_image or fields.get("type") == "image_url"
    return size_bytes, has_image


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _describe_response(
    schema: Schema, document: Mapping[str, Any], *, priced: bool
) -> Description:
    choices = document.get("choices")
    choice = _object(choices[0]) if isinstance(choices, list) and choices else {}
    message = _object(choice.get("message"))
    finish = FINISHES.get(_text(choice.get("finish_reason")), NO_FINISH)
    usage = document.get("usage")
    prompt, completion, cached, reasoning = _read_usage(usage) if usage else (0, 0, 0, 0)
    model = _text(document.get("model"))
    flags = (
        (TOOL_CALLS if "tool_calls" in message else 0)
        | (REFUSAL if isinstance(message.get("refusal"), str) else 0)
        | _BY_FINISH.get(finish, 0)
        | (USAGE | COST if usage is not None else 0)
        | (CACHED if cached else 0)
        | (REASONING if reasoning else 0)
    )
    header = b"".join(
        (
            *_name(_text(document.get("id"))),
            *_name(model),
            bytes((finish,)),
            encode_varint(prompt),
            encode_varint(completion),
            encode_varint(cached) if cached else b"",
            encode_varint(reasoning) if reasoning else b"",
            cost(model, prompt, completion) if flags & COST and priced else b"",
        )
    )
    return Description(schema, flags, header)


def _read_usage(usage: object) -> tuple[int, int, int, int]:
    """Prompt, completion, cached and reasoning tokens; 0 for what is not said."""
    fields = _object(usage)
    prompt_details = _object(fields.get("prompt_tokens_details"))
    completion_details = _object(fields.get("completion_tokens_details"))
    return (
        _count(fields.get("prompt_tokens")),
        _count(fields.get("completion_tokens")),
        _count(prompt_details.get("cached_tokens")),
        _count(completion_details.get("reasoning_tokens")),
    )


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _NOTHING


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value <= U32_MAX else 0


def _name(text: str) -> tuple[bytes, bytes]:
    """The length of a name, and the name, cut to 255 bytes between characters."""
    encoded = text.encode()
    if len(encoded) > 255:
        encoded = encoded[:255].decode("utf-8", "ignore").encode()
    return bytes((len(encoded),)), encoded


def read_request(header: bytes, flags: int) -> RequestHeader:
    """Read a request's routing header.

    Raises:
        CodecError: It is garbled: it ends early or late, or its parts do not agree.
    """
    model, offset = _read_name(header, 0)
    count, offset = decode_varint(header, offset)
    roles = header[offset : offset + -(-count // 4)]
    if count > 4 * len(roles):
        raise CodecError("the routing header is garbled: it has fewer roles than messages")
    if count % 4 and roles[-1] >> count % 4 * 2:
        raise CodecError("the routing header is garbled: it has more roles than messages")
    content_bytes, offset = decode_varint(header, offset + len(roles))
    max_tokens = None
    if flags & MAX_TOKENS:
        max_tokens, offset = decode_varint(header, offset, largest=U32_MAX)
    _check_end(header, offset + COST_BYTES)
    return RequestHeader(
        model=model,
        message_count=count,
        roles=tuple(ROLE_NAMES[roles[i // 4] >> i % 4 * 2 & 3] for i in range(count)),
        content_bytes=content_bytes,
        max_tokens=max_tokens,
        cost=read_cost(header, offset),
    )


def read_response(header: bytes, flags: int) -> ResponseHeader:
    """Read a response's routing header.

    Raises:
        CodecError: It is garbled: it ends early or late, or its parts do not agree.
    """
    message_id, offset = _read_name(header, 0)
    model, offset = _read_name(header, offset)
    if offset >= len(header):
        raise CodecError("the routing header is garbled: it ends early")
    finish = header[offset]
    prompt, offset = decode_varint(header, offset + 1)
    completion, offset = decode_varint(header, offset)
    cached = reasoning = None
    if flags & CACHED:
        cached, offset = decode_varint(header, offset)
    if flags & REASONING:
        reasoning, offset = decode_varint(header, offset)
    _check_end(header, offset + (COST_BYTES if flags & COST else 0))
    return ResponseHeader(
        id=message_id,
        model=model,
        finish_reason={code: name for name, code in FINISHES.items()}.get(finish),
        prompt_tokens=prompt,
        completion_tokens=completion,
        cached_tokens=cached,
        reasoning_tokens=reasoning,
        cost=read_cost(header, offset) if flags & COST else None,
    )


def _read_name(header: bytes, offset: int) -> tuple[str, int]:
    end = offset + 1 + header[offset] if offset < len(header) else len(header) + 1
    if end > len(header):
        raise CodecError("the routing header is garbled: a name in it is cut short")
    try:
        return header[offset + 1 : end].decode(), end
    except UnicodeDecodeError as error:
        raise CodecError("the routing header is garbled: a name in it is not UTF-8") from error


def _check_end(header: bytes, end: int) -> None:
    if end != len(header):
        when = "early" if end > len(header) else "late"
        raise CodecError(f"the routing header is garbled: it ends {when}")


def has_cost(schema: Schema, flags: int) -> bool:
    """Whether the header ends with a cost."""
    return schema in REQUESTS or (schema in RESPONSES and bool(flags & COST))


def flag_names(schema: Schema, flags: int) -> list[str]:
    """What the flags say, in words."""
    names = [name for name, _ in REQUEST_FLAGS] if schema in REQUESTS else RESPONSE_FLAGS
    return [name for bit, name in enumerate(names) if flags >> bit & 1]
