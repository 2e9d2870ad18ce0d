"""Server-Sent Events, cut into events without changing a byte (WHATWG HTML, 9.2.6).

The trick: an `SSEEvent` *is* its bytes, blank line included, so joining events gives back
the stream, and whoever only looks pays for no copy. Nothing is searched twice, however
small the pieces come.
"""

from __future__ import annotations

import re

from m2m_trio.errors import UpstreamProtocolError

DONE = b"[DONE]"
"""The data of the event that ends a stream of OpenAI's."""

_BLANK_LINE = re.compile(rb"(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)")
_OVERLAP = 3  # the longest end of a piece that may be the start of a blank line: \r\n\r


class SSEEvent(bytes):
    """One event exactly as it came, the blank line that ends it included.

    Where the transport cut a CRLF in two, its line feed comes as an event of its own, or at
    the next one's start; it belongs to no field and is passed on like every other byte.
    """

    __slots__ = ()

    @property
    def data(self) -> bytes:
        """The ``data`` fields' values, joined by line feeds; empty for a comment."""
        if self[:6] == b"data: " and self.count(b"\n") == 2 and self.find(b"\r") == -1:
            return self[6:-2]
        return b"\n".join(self._values(b"data"))

    @property
    def event(self) -> bytes:
        """The last ``event`` field's value; empty where there is none."""
        return next(reversed(self._values(b"event")), b"")

    def _values(self, name: bytes) -> list[bytes]:
        values = []
        for line in self.splitlines():
            key, _, value = line.partition(b":")
            if key == name:
                values.append(value.removeprefix(b" "))
        return values


class SSESplitter:
    """Cuts a byte stream into events; bounded by ``max_event_bytes`` and linear in time."""

    __slots__ = ("_max_event_bytes", "_pending")

    def __init__(self, max_event_bytes: int) -> None:
        self._max_event_bytes = max_event_bytes
        self._pending = bytearray()

    def feed(self, piece: bytes) -> list[SSEEvent]:
        """The events that ``piece`` completes, in order.

        Raises:
            UpstreamProtocolError: An event grows over ``max_event_bytes``.
        """
        pending = self._pending
        if not pending and piece[-2:] == b"\n\n" and b"\r" not in piece:
            if piece.find(b"\n\n") == len(piece) - 2:
                return [SSEEvent(piece)]
            return [SSEEvent(part + b"\n\n") for part in piece[:-2].split(b"\n\n")]
        searched = max(0, len(pending) - _OVERLAP)
        pending += piece
        events = []
        start = 0
        for match in _BLANK_LINE.finditer(pending, searched):
            events.append(SSEEvent(pending[start : match.end()]))
            start = match.end()
        del pending[:start]
        if pending == b"\n":  # the end of a CRLF, for which a client may be waiting
            events.append(SSEEvent(pending))
            pending.clear()
        if len(pending) > self._max_event_bytes and not events:  # those go first
            raise UpstreamProtocolError(
                f"the upstream sent an event of over {self._max_event_bytes} bytes: "
                "raise event_bytes in [proxy.stream] if that is meant"
            )
        return events

    def finish(self) -> list[SSEEvent]:
        """What came after the last blank line, as an event of its own, if anything did."""
        rest = SSEEvent(self._pending)
        self._pending.clear()
        return [rest] if rest else []
