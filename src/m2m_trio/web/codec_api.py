"""``POST /v1/compress`` and ``/v1/decompress``: codecs tried by hand.

The work is done in threads, a few at a time, and both sides of it are bounded.
"""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
import trio
from attrs import evolve, frozen
from msgspec import Struct
from quart import Response, request

from m2m_trio.codecs.catalog import find_entry, load_codec, recognise
from m2m_trio.codecs.choose import SELF_EXPLAINING, choose
from m2m_trio.codecs.codec import MIB, Limits
from m2m_trio.errors import (
    BadRequestError,
    BodyTooLargeError,
    TokenCountError,
)
from m2m_trio.proxy.assembly import Proxy
from m2m_trio.proxy.counting import TokenLedger
from m2m_trio.web.blueprint import body_reader
from m2m_trio.web.status_api import json_response
from m2m_trio.wire.base64text import decode_base64

MAX_BYTES = 4 * MIB
"""Of a message, coded or plain: the slowest codec takes seconds for that much."""

AT_ONCE = 2
"""Messages worked on at a time; others wait."""

DEFAULT = "m2m-t1"
AUTO = "auto"
IDENTITY = "identity"
COUNTED_FOR = "gpt-4o"
"""The model whose tokens are told."""

BARE = ("application/octet-stream", "text/plain")
"""What a client accepts who wants the message itself, with no JSON around it."""


@frozen(kw_only=True)
class Outcome:
    """A message, coded or decoded."""

    codec: str
    message: bytes
    """That of the two which was asked for."""

    plain: bytes
    coded: bytes
    elapsed: float
    """Seconds of the codec alone."""

    tokens: dict[str, Any] | None = None
    """What a model would read of both, where that can be counted."""

    def document(self, field: str) -> dict[str, Any]:
        """The answer's JSON, with the message as ``field``."""
        try:
            text, encoding = self.message.decode(), "utf-8"
        except UnicodeDecodeError:
            text, encoding = b64encode(self.message).decode(), "base64"
        ratio = len(self.coded) / len(self.plain) if self.plain else 1.0
        return {
            "codec": self.codec,
            field: text,
            "encoding": encoding,
            "original_bytes": len(self.plain),
            "compressed_bytes": len(self.coded),
            "compression_ratio": round(ratio, 4),
            "tokens": self.tokens,
            "elapsed_ms": round(self.elapsed * 1000, 3),
        }


class CodecApi:
    """Handlers for debugging: nothing else goes through them."""

    def __init__(self, proxy: Proxy) -> None:
        settings = proxy.settings
        self._timeout = settings.timeouts.body
        size_bytes = max(1, min(MAX_BYTES, settings.limits.body_bytes))
        self._limits = Limits(input_bytes=size_bytes, output_bytes=size_bytes)
        self._proxy = proxy  # a reload gives it another counter
        self._limiter = trio.CapacityLimiter(AT_ONCE)

    async def compress(self) -> Response:
        """Encode the body with ``?codec=``; ``auto`` takes the shortest.

        Raises:
            M2MError: No such codec, a message it cannot carry, or a limit.
        """
        work = partial(_compress, await self._read_body(), request.args.get("codec", ""))
        return await self._answer(work, "compressed")

    async def decompress(self) -> Response:
        """Decode the body; with ``?codec=`` where it does not say itself what it is.

        Raises:
            M2MError: It is not what its codec writes, or over a limit.
        """
        body, name = await self._read_body(), request.args.get("codec", "")
        work = partial(_decompress, body, name, self._limits)
        return await self._answer(work, "content")

    async def _answer(self, work: Callable[[], Outcome], field: str) -> Response:
        def work_and_count() -> Outcome:
            outcome = work()
            return evolve(outcome, tokens=_count(outcome, self._proxy.tokens))

        outcome = await trio.to_thread.run_sync(work_and_count, limiter=self._limiter)
        return _respond(outcome, field)

    async def _read_body(self) -> bytes:
        limit = self._limits.input_bytes
        read = body_reader(self._timeout, limit)
        parts = []
        size_bytes = 0
        while part := await read():
            size_bytes += len(part)
            if size_bytes > limit:
                raise BodyTooLargeError(f"the request body is over {limit} bytes")
            parts.append(part)
        return b"".join(parts)


class WrappedPlain(Struct, forbid_unknown_fields=True):
    """A text to be coded inside a JSON object that holds nothing else."""

    content: str
    codec: str = ""


class WrappedCoded(Struct):
    """What ``/v1/compress`` answered, or as much of it as is needed."""

    compressed: str
    codec: str = ""
    encoding: str = ""


def _compress(body: bytes, name: str) -> Outcome:
    plain = body
    if body.lstrip().startswith(b"{"):
        try:
            wrapped = msgspec.json.decode(body, type=WrappedPlain)
        except (ValueError, RecursionError):  # any other object is itself what is to be coded
            pass
        else:
            plain, name = wrapped.content.encode(), name or wrapped.codec
    start = time.perf_counter()
    if name == AUTO:
        name, coded = choose(plain, SELF_EXPLAINING) or (IDENTITY, plain)
    elif name == IDENTITY:
        coded = plain
    else:
        name = find_entry(name or DEFAULT).name
        coded = load_codec(name).encode(plain)
    elapsed = time.perf_counter() - start
    return Outcome(
        codec=name,
        message=coded,
        plain=plain,
        coded=coded,
        elapsed=elapsed,
    )


def _decompress(body: bytes, name: str, limits: Limits) -> Outcome:
    coded = body
    if body.lstrip().startswith(b"{"):
        try:
            wrapped = msgspec.json.decode(body, type=WrappedCoded)
        except (ValueError, RecursionError) as error:
            raise BadRequestError(
                'nothing to decode: send a coded message, or {"compressed": "…"} around one'
            ) from error
        coded, name = wrapped.compressed.encode(), name or wrapped.codec
        if wrapped.encoding == "base64":
            coded = decode_base64(coded)
    start = time.perf_counter()
    if name == IDENTITY:
        plain = coded
    else:
        name = recognise(coded).name if name in ("", AUTO) else find_entry(name).name
        plain = load_codec(name).decode(coded, limits)
    elapsed = time.perf_counter() - start
    return Outcome(
        codec=name,
        message=plain,
        plain=plain,
        coded=coded,
        elapsed=elapsed,
    )


def _count(outcome: Outcome, ledger: TokenLedger) -> dict[str, Any] | None:
    try:
        texts = outcome.plain.decode(), outcome.coded.decode()
        counts = [ledger.count_text(text, COUNTED_FOR) for text in texts]
    except (UnicodeDecodeError, TokenCountError):
        return None
    if any(count.grade == "estimate" for count in counts):
        return None
    original, compressed = counts
    return {
        "vocabulary": original.vocabulary,
        "original": original.tokens,
        "compressed": compressed.tokens,
    }


def _respond(outcome: Outcome, field: str) -> Response:
    wanted = request.accept_mimetypes.best
    if wanted in BARE:
        response = Response(outcome.message, content_type=wanted)
        response.headers["x-m2m-codec"] = outcome.codec
        return response
    return json_response(outcome.document(field))
