"""Cut what a client sends on one HTTP/1.1 connection into heads and bodies. Pure: no waits."""

from __future__ import annotations

from m2m_trio.errors import BodyTooLargeError
from m2m_trio.server.chunks import ChunkDecoder
from m2m_trio.server.heads import (
    CR,
    HEAD_END,
    PREFACE_HEAD,
    HeadLimits,
    HeadParser,
    RequestHead,
    check_partial,
    skip_empty_lines,
)


class Http2PrefaceSeenError(Exception):
    """The connection begins as HTTP/2 does; ``received`` is all that came."""

    def __init__(self, received: bytes) -> None:
        super().__init__("an HTTP/2 preface")
        self.received = received


class RequestFramer:
    """Says where each request ends. The caller knows whether a head or a body is due.

    Bytes are passed in once: what belongs to a later request, or to a head that is not
    complete, is kept in ``ahead``.
    """

    __slots__ = ("_body_bytes", "_decoder", "_first", "_left", "_limits", "_parser", "ahead")

    def __init__(self, limits: HeadLimits, *, body_bytes: int) -> None:
        self.ahead = b""
        self._limits = limits
        self._body_bytes = body_bytes
        self._parser = HeadParser(limits)
        self._first = True
        self._left = 0  # of a body with Content-Length; of a chunked one, up to the limit
        self._decoder: ChunkDecoder | None = None

    def take_head(self, data: bytes) -> RequestHead | None:
        """The request's head, or None while it is not complete.

        What follows it is in ``ahead``; its body begins there.

        Raises:
            ClientError: It is not acceptable.
            Http2PrefaceSeenError: It is the first one, and none of HTTP/1.1.
        """
        seen = len(self.ahead)
        if seen:
            data = self.ahead + data
        if data[0] == CR:  # RFC 9112 2.2: empty lines before the request line
            data, seen = skip_empty_lines(data), 0
            if data in (b"", b"\r"):
                self.ahead = data
                return None
        end = data.find(HEAD_END, max(seen - 3, 0)) + 4
        if end < 4:
            check_partial(data, seen, self._limits)
            self.ahead = data
            return None
        if len(data) == end:
            block, self.ahead = data, b""
        else:
            block, self.ahead = data[:end], data[end:]
        if self._first:
            self._first = False
            if block == PREFACE_HEAD:
                raise Http2PrefaceSeenError(data)
        head = self._parser.parse(block)
        if head.content_length > self._body_bytes:
            raise self._too_large()
        if head.chunked:
            self._decoder = ChunkDecoder()
            self._left = self._body_bytes
        else:
            self._left = head.content_length
        return head

    def take_body(self, data: bytes) -> tuple[bytes, bool]:
        """The part of a request's body in ``data``, and whether it is the last.

        What follows the last is in ``ahead``.

        Raises:
            ClientError: Its coding is malformed, or it is over its limit.
        """
        decoder = self._decoder
        if decoder is not None:
            return self._take_chunks(decoder, data)
        left = self._left
        if len(data) < left:
            self._left = left - len(data)
            return data, False
        if len(data) > left:
            self.ahead = data[left:]
            data = data[:left]
        return data, True

    def _take_chunks(self, decoder: ChunkDecoder, data: bytes) -> tuple[bytes, bool]:
        piece = b"".join(decoder.feed(data))
        self._left -= len(piece)
        if self._left < 0:
            raise self._too_large()
        if decoder.finished:
            self._decoder = None
            self.ahead = decoder.rest
            return piece, True
        return piece, False

    def _too_large(self) -> BodyTooLargeError:
        return BodyTooLargeError(f"the request body is over {self._body_bytes} bytes")
