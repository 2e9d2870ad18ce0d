"""Errors as HTTP answers, in OpenAI's shape."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from m2m_trio.errors import ContentFilterError, M2MError
from m2m_trio.wire.fields import Fields

SCAN_FIELD = b"x-m2m-scan"

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


def problem_fields(error: M2MError, size_bytes: int, request_id: str | None) -> Fields:
    """The head fields of the answer to ``error``."""
    fields = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % size_bytes),
    ]
    if error.status == 401:
        fields.append((b"www-authenticate", b"Bearer"))
    if error.retry_after is not None:
        fields.append((b"retry-after", b"%d" % error.retry_after))
    if isinstance(error, ContentFilterError):
        fields = with_scan(fields, "block")
    if request_id is not None:
        fields.append((b"x-request-id", request_id.encode("latin-1")))
    return [*fields, *error.fields]


def with_scan(fields: Fields, verdict: str) -> Fields:
    """``fields`` with this node's ``x-m2m-scan``; one of another node gives way to it."""
    kept = [pair for pair in fields if pair[0] != SCAN_FIELD]
    return [*kept, (SCAN_FIELD, verdict.encode("ascii"))]


async def send_problem(send: Send, error: M2MError, request_id: str | None = None) -> None:
    """Answer with ``error``; nothing may have been sent before."""
    body = error.body()
    fields = problem_fields(error, len(body), request_id)
    await send({"type": "http.response.start", "status": error.status, "headers": fields})
    await send({"type": "http.response.body", "body": body})
