"""Read HTTP/1.1 messages by hand: strictly, and without losing a byte of what was sent.

A library parser lower-cases names, joins lines and forgives; a test of transparency needs
the bytes as they came, and a peer that fails on anything a strict one would refuse.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from attrs import frozen

MAX_HEAD_BYTES = 1024 * 1024
"""A head longer than this is an error here too, so that no test eats the memory."""

_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_FIELD = re.compile(rb"(" + _TOKEN + rb"):[ \t]*([^\x00\r\n]*?)[ \t]*")
_REQUEST_LINE = re.compile(rb"(" + _TOKEN + rb") ([!-~\x80-\xff]+) HTTP/1\.([01])")
_STATUS_LINE = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9][0-9])(?: ([^\x00\r\n]*))?")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})(?:[ \t]*;[^\x00\r\n]*)?")
_CONTENT_LENGTH = re.compile(rb"[0-9]{1,18}")


@frozen
class Head:
    """The start line and fields of one message, names in the case they came in."""

    raw: bytes
    """Every byte, with the empty line at the end."""

    start_line: bytes
    fields: tuple[tuple[bytes, bytes], ...]

    def values(self, name: bytes) -> list[bytes]:
        """All values of ``name``, in any case, in the order they came."""
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]

    def value(self, name: bytes) -> bytes | None:
        """The only value of ``name``, or None.

        Raises:
            ValueError: It came more than once.
        """
        values = self.values(name)
        if len(values) > 1:
            raise ValueError(f"{name!r} came {len(values)} times: {values}")
        return values[0] if values else None


def parse_head(raw: bytes) -> Head:
    """The head in ``raw``, which ends with its empty line.

    Raises:
        ValueError: A bare LF or CR, a NUL, a folded line, a space before a colon, or a
            name that is no token.
    """
    start_line, *lines = raw.removesuffix(b"\r\n\r\n").split(b"\r\n")
    fields = []
    for line in lines:
        match = _FIELD.fullmatch(line)
        if match is None:
            raise ValueError(f"not a header field: {line[:200]!r}")
        fields.append((match[1], match[2]))
    return Head(raw, start_line, tuple(fields))


def take_head(buffer: bytearray) -> Head | None:
    """The head at the front of ``buffer``, removed from it; None while it is incomplete.

    Raises:
        ValueError: It is malformed, or longer than ``MAX_HEAD_BYTES``.
    """
    end = buffer.find(b"\r\n\r\n")
    if end == -1:
        if len(buffer) > MAX_HEAD_BYTES:
            raise ValueError(f"no end of the head within {MAX_HEAD_BYTES} bytes")
        return None
    raw = bytes(buffer[: end + 4])
    del buffer[: end + 4]
    return parse_head(raw)


def parse_request_line(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Method, target and version (``b"1.1"``).

    Raises:
        ValueError: The line is malformed.
    """
    match = _REQUEST_LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a request line: {line[:200]!r}")
    return match[1], match[2], b"1." + match[3]


def parse_status_line(line: bytes) -> tuple[bytes, int, bytes]:
    """Version (``b"1.1"``), status and reason.

    Raises:
        ValueError: The line is malformed.
    """
    match = _STATUS_LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a status line: {line[:200]!r}")
    return b"1." + match[1], int(match[2]), match[3] or b""


class BodyReader:
    """Takes one message body off the front of a buffer, piece by piece.

    ``length`` is the number of bytes to come, or None: chunked when ``chunked``, else until
    the peer closes.
    """

    def __init__(self, length: int | None, *, chunked: bool = False) -> None:
        self.data = bytearray()
        """The body so far, framing removed."""

        self.raw = bytearray()
        """The body so far, framing included."""

        self.chunk_sizes: list[int] = []
        """Sizes of the chunks announced so far, the last one (0) left out."""

        self.trailers: list[tuple[bytes, bytes]] = []
        self.complete = length == 0
        self._until_close = length is None and not chunked
        self._left = length or 0
        self._step = self._size_line if chunked else self._plain

    @classmethod
    def of_request(cls, head: Head) -> BodyReader:
        """For the body after a request's head.

        Raises:
            ValueError: The framing is malformed or ambiguous (RFC 9112 6.1, 6.3).
        """
        length, chunked = _framing(head)
        return cls(None if chunked else length or 0, chunked=chunked)

    @classmethod
    def of_response(cls, head: Head, status: int, *, method: bytes) -> BodyReader:
        """For the body after a response's head, ``method`` being the request's.

        Raises:
            ValueError: The framing is malformed or ambiguous (RFC 9112 6.1, 6.3).
        """
        length, chunked = _framing(head)
        if method == b"HEAD" or status < 200 or status in {204, 304}:
            return cls(0)
        return cls(length, chunked=chunked)

    def feed(self, buffer: bytearray) -> None:
        """Take from ``buffer`` what belongs to the body; leave what comes after it.

        Raises:
            ValueError: A chunk is malformed.
        """
        while not self.complete:
            size = len(buffer)
            self._step(buffer)
            if len(buffer) == size:
                return

    def finish(self) -> None:
        """The peer has closed: that completes a body which lasts until then, and no other."""
        self.complete = self.complete or self._until_close

    def _take(self, buffer: bytearray, size: int) -> bytes:
        taken = bytes(buffer[:size])
        del buffer[:size]
        self.raw += taken
        return taken

    def _take_line(self, buffer: bytearray) -> bytes | None:
        end = buffer.find(b"\n")
        if end == -1:
            return None
        line = self._take(buffer, end + 1)
        if not line.endswith(b"\r\n"):
            raise ValueError(f"a bare LF ends a line of the chunked framing: {line[:200]!r}")
        return line[:-2]

    def _plain(self, buffer: bytearray) -> None:
        taken = self._take(buffer, len(buffer) if self._until_close else self._left)
        self.data += taken
        if not self._until_close:
            self._left -= len(taken)
            self.complete = self._left == 0

    def _size_line(self, buffer: bytearray) -> None:
        line = self._take_line(buffer)
        if line is None:
            return
        match = _CHUNK_SIZE.fullmatch(line)
        if match is None:
            raise ValueError(f"not a chunk size: {line[:200]!r}")
        self._left = int(match[1], 16)
        if self._left:
            self.chunk_sizes.append(self._left)
        self._step = self._chunk if self._left else self._trailer

    def _chunk(self, buffer: bytearray) -> None:
        taken = self._take(buffer, self._left)
        self.data += taken
        self._left -= len(taken)
        if self._left == 0:
            self._step = self._chunk_end

    def _chunk_end(self, buffer: bytearray) -> None:
        line = self._take_line(buffer)
        if line:
            raise ValueError(f"a chunk is longer than it said: {line[:200]!r}")
        if line is not None:
            self._step = self._size_line

    def _trailer(self, buffer: bytearray) -> None:
        line = self._take_line(buffer)
        if line == b"":
            self.complete = True
        elif line is not None:
            match = _FIELD.fullmatch(line)
            if match is None:
                raise ValueError(f"not a trailer field: {line[:200]!r}")
            self.trailers.append((match[1], match[2]))


def _framing(head: Head) -> tuple[int | None, bool]:
    """Content length (None without one), and whether the body is chunked."""
    lengths = head.values(b"content-length")
    codings = head.values(b"transfer-encoding")
    if codings and lengths:
        raise ValueError("both Content-Length and Transfer-Encoding")
    if codings and [coding.lower() for coding in codings] != [b"chunked"]:
        raise ValueError(f"a transfer coding other than chunked: {codings}")
    if len(lengths) > 1 or (lengths and not _CONTENT_LENGTH.fullmatch(lengths[0])):
        raise ValueError(f"not one whole number in Content-Length: {lengths}")
    return (int(lengths[0]) if lengths else None), bool(codings)


@frozen
class Response:
    """One response as its bytes said it."""

    head: Head
    version: bytes
    status: int
    reason: bytes
    body: bytes
    """Chunked framing removed, content coding not."""

    raw_body: bytes
    """Chunked framing included."""

    chunk_sizes: tuple[int, ...]
    trailers: tuple[tuple[bytes, bytes], ...]
    complete: bool
    """Whether the framing came to its end; False is what a cut stream looks like."""

    interim: tuple[Head, ...]
    """The 1xx heads before it."""

    @property
    def fields(self) -> tuple[tuple[bytes, bytes], ...]:
        return self.head.fields

    def values(self, name: bytes) -> list[bytes]:
        """All values of the field ``name``, in any case."""
        return self.head.values(name)

    def value(self, name: bytes) -> bytes | None:
        """The only value of the field ``name``, or None; ValueError if there are more."""
        return self.head.value(name)

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class ResponseReader:
    """Builds one `Response` from bytes as they come, keeping a partial one readable."""

    def __init__(self, *, method: bytes = b"GET") -> None:
        self.interim: list[Head] = []
        self.head: Head | None = None
        self.body: BodyReader | None = None
        self._method = method

    @property
    def complete(self) -> bool:
        """Whether the response has come to the end its framing promises."""
        return self.body is not None and self.body.complete

    def feed(self, buffer: bytearray) -> None:
        """Take from ``buffer`` what belongs to the response; leave what comes after it.

        Raises:
            ValueError: The response is malformed.
        """
        while self.body is None:
            head = take_head(buffer)
            if head is None:
                return
            _, status, _ = parse_status_line(head.start_line)
            if status < 200 and status != 101:
                self.interim.append(head)
            else:
                self.head = head
                self.body = BodyReader.of_response(head, status, method=self._method)
        self.body.feed(buffer)

    def finish(self) -> None:
        """The peer has closed."""
        if self.body is not None:
            self.body.finish()

    def response(self) -> Response:
        """What has come so far.

        Raises:
            ValueError: Not even a whole head.
        """
        if self.head is None or self.body is None:
            raise ValueError("the response ended before its head was complete")
        version, status, reason = parse_status_line(self.head.start_line)
        return Response(
            self.head,
            version,
            status,
            reason,
            body=bytes(self.body.data),
            raw_body=bytes(self.body.raw),
            chunk_sizes=tuple(self.body.chunk_sizes),
            trailers=tuple(self.body.trailers),
            complete=self.body.complete,
            interim=tuple(self.interim),
        )


def parse_responses(
    data: bytes, *, methods: Sequence[bytes] = (), closed: bool = True
) -> list[Response]:
    """All responses in ``data``; the last one may be incomplete.

    ``methods`` are the requests' (GET where there are fewer); ``closed`` says that the
    peer closed after ``data``.

    Raises:
        ValueError: One is malformed, or the last has not even a whole head.
    """
    buffer = bytearray(data)
    responses: list[Response] = []
    while buffer:
        method = methods[len(responses)] if len(responses) < len(methods) else b"GET"
        reader = ResponseReader(method=method)
        reader.feed(buffer)
        if closed:
            reader.finish()
        responses.append(reader.response())
        if not reader.complete:
            break
    return responses


def parse_response(data: bytes, *, method: bytes = b"GET", closed: bool = True) -> Response:
    """The one response in ``data``.

    Raises:
        ValueError: It is malformed, missing, or followed by more.
    """
    responses = parse_responses(data, methods=[method], closed=closed)
    if len(responses) != 1:
        raise ValueError(f"one response was expected, {len(responses)} came: {data[:300]!r}")
    return responses[0]
