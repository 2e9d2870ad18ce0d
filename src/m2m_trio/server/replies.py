"""Write the head of an HTTP/1.1 response, and the answers that the server itself gives."""

from __future__ import annotations

import http
import time
from collections.abc import Iterable
from email.utils import formatdate

from m2m_trio.errors import M2MError
from m2m_trio.wire.fields import HOP_BY_HOP, connection_options

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"
NO_CONTENT = 204
"""The final status without a Content-Length, whatever anybody says (RFC 9110 8.6)."""

_STATUS_LINES = {status: b"HTTP/1.1 %d \r\n" % status for status in range(100, 1000)} | {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode("ascii")
    for status in http.HTTPStatus
}

_SPECIAL = HOP_BY_HOP | {b"content-length", b"date"}


class BadReplyError(ValueError):
    """The application's response head is not one that may be sent."""


class _Clock:
    """The ``Date`` field, made once a second."""

    __slots__ = ("line", "second", "value")

    def __init__(self) -> None:
        self.second = -1
        self.value = self.line = b""

    def look(self) -> None:
        second = int(time.time())
        if second != self.second:
            self.second = second
            self.value = formatdate(second, usegmt=True).encode("ascii")
            self.line = b"date: %b\r\n" % self.value


_clock = _Clock()


def http_date() -> bytes:
    """The value of a ``Date`` field now."""
    _clock.look()
    return _clock.value


class ReplyHead:
    """A response head in the making: what the application gave, checked and framed."""

    __slots__ = ("_count", "_parts", "closes", "content_length", "status")

    def __init__(self, status: int, fields: Iterable[tuple[bytes, bytes]]) -> None:
        """Take over the end-to-end fields of a response.

        Raises:
            BadReplyError: The status is no number from 200 to 999, the Content-Length no
                number, or there are two of it.
        """
        line = _STATUS_LINES.get(status)
        if line is None or status < 200:
            raise BadReplyError(f"{status!r} is not the status of a final response")
        self.status = status
        self.content_length: int | None = None
        self.closes = False
        parts = [line]
        count = 1
        dated = False
        for given, value in fields:
            name = given.lower()
            if name in _SPECIAL:
                if name == b"content-length":
                    self._take_length(value)
                    if status == NO_CONTENT:
                        continue
                elif name == b"date":
                    dated = True
                else:
                    if name == b"connection" and b"close" in connection_options(value):
                        self.closes = True
                    continue
            parts += (name, b": ", value, b"\r\n")
            count += 1
        if not dated:
            _clock.look()
            parts.append(_clock.line)
            count += 1
        self._parts = parts
        self._count = count

    def _take_length(self, value: bytes) -> None:
        if self.content_length is not None or not value.isdigit():
            raise BadReplyError(f"Content-Length {value!r} is no number, or the second one")
        self.content_length = int(value)

    def add(self, line: bytes) -> None:
        """Add one whole line, CRLF and all."""
        self._parts.append(line)
        self._count += 1

    def encode(self) -> bytes:
        """The head block.

        Raises:
            BadReplyError: A field has CR, LF or NUL in it.
        """
        self._parts.append(b"\r\n")
        head = b"".join(self._parts)
        ends = self._count + 1
        if head.count(b"\n") != ends or head.count(b"\r") != ends or b"\0" in head:
            raise BadReplyError("a field of the response has CR, LF or NUL in it")
        return head


def allows_body(method: str, status: int) -> bool:
    """Whether a response to ``method`` may carry a body (RFC 9110 6.4.1)."""
    return method != "HEAD" and status >= 200 and status not in {NO_CONTENT, 304}


def error_fields(error: M2MError) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The fields and the body with which ``error`` is answered, in OpenAI's shape."""
    body = error.body()
    fields = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
    ]
    if error.retry_after is not None:
        fields.append((b"retry-after", b"%d" % error.retry_after))
    return fields, body
