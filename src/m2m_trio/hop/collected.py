"""A reply as it goes by: what of it is remembered, whichever kind of body it is."""

from __future__ import annotations

from m2m_trio.errors import UpstreamProtocolError
from m2m_trio.hop.gist import StreamGist, body_gist
from m2m_trio.wire.fields import Fields, field
from m2m_trio.wire.sse import SSESplitter

MAX_EVENT_BYTES = 8 << 20
"""Of one event; a stream with a larger one is remembered up to there."""


class ReplyGist:
    """Collects the gist of a plain reply, piece by piece; at most ``limit`` bytes of it."""

    def __init__(self, fields: Fields, limit: int) -> None:
        self._limit = limit
        kind = field(fields, b"content-type") or b""
        coded = field(fields, b"content-encoding") is not None
        self._stream: StreamGist | None = None
        if kind.lower().startswith(b"text/event-stream") and not coded:
            self._stream = StreamGist(limit)
        self._splitter = SSESplitter(MAX_EVENT_BYTES)
        self._body = bytearray()
        self._last = b""

    def feed(self, piece: bytes) -> None:
        """Take what goes by."""
        stream = self._stream
        if stream is None:
            room = self._limit - len(self._body)
            if room > 0:
                self._body += piece[:room]
            return
        try:
            events = self._splitter.feed(piece)
            stream.feed(events)
            self._last = events[-1] if events else self._last
        except UpstreamProtocolError:
            self._splitter = SSESplitter(MAX_EVENT_BYTES)

    def finish(self) -> bytes:
        """The gist; the reply is complete."""
        if self._stream is None:
            return body_gist(bytes(self._body), self._limit)
        self._stream.feed(self._splitter.finish())
        return self._stream.text

    def leave(self) -> bytes:
        """The gist of a reply that broke off.

        It is empty, unless the stream had said ``[DONE]``: openai-python stops reading there.
        """
        return self.finish() if self._last[:12] == b"data: [DONE]" else b""
