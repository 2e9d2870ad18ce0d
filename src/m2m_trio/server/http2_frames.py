"""Cut an HTTP/2 byte stream into frames, and bound what a peer can make us do for nothing.

h2 gets one frame at a time. It would buffer a frame of 16 MiB before it finds it too
long, it loses the events of all frames that came in one read with a broken one, and it
tells nothing about frames it drops, so none of these could be bounded behind it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import NamedTuple

from h2.exceptions import DenialOfServiceError, FrameTooLargeError, ProtocolError

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
FRAME_HEAD_BYTES = 9
MAX_FRAME_BYTES = 16 * 1024
"""SETTINGS_MAX_FRAME_SIZE, which is also the least a peer may ask for."""

END_STREAM = ACK = 0x1
END_HEADERS = 0x4
PADDED = 0x8


class Kind(enum.IntEnum):
    """Frame types of RFC 9113."""

    DATA = 0
    HEADERS = 1
    PRIORITY = 2
    RST_STREAM = 3
    SETTINGS = 4
    PUSH_PROMISE = 5
    PING = 6
    GOAWAY = 7
    WINDOW_UPDATE = 8
    CONTINUATION = 9


class Frame(NamedTuple):
    """One whole frame; ``kind`` may be a number `Kind` does not have."""

    kind: int
    flags: int
    stream_id: int
    raw: bytes
    """The frame as it came, head and payload."""

    @property
    def data_bytes(self) -> int:
        """Payload bytes of a DATA frame without its padding."""
        payload = len(self.raw) - FRAME_HEAD_BYTES
        if self.flags & PADDED and payload:
            return max(0, payload - 1 - self.raw[FRAME_HEAD_BYTES])
        return payload


class FrameCutter:
    """Bytes in, frames out; the client's preface comes first and is checked here."""

    def __init__(self, *, header_block_bytes: int) -> None:
        self._buffer = bytearray()
        self._preface_seen = False
        self._limit = header_block_bytes
        self._block_bytes = 0
        self.in_header_block = False
        """Whether the next frame must be a CONTINUATION."""

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames that ``data`` completes.

        Raises:
            ProtocolError: What came is not HTTP/2, a frame is longer than
                ``MAX_FRAME_BYTES``, or a header block is over its limit.
        """
        self._buffer += data
        if not self._preface_seen and not self._take_preface():
            return
        buffer = self._buffer
        while len(buffer) >= FRAME_HEAD_BYTES:
            length = int.from_bytes(buffer[:3], "big")
            if length > MAX_FRAME_BYTES:
                raise FrameTooLargeError(f"a frame has {length} bytes")
            end = FRAME_HEAD_BYTES + length
            if len(buffer) < end:
                return
            raw = bytes(buffer[:end])
            del buffer[:end]
            stream_id = int.from_bytes(raw[5:9], "big") & 0x7FFFFFFF
            frame = Frame(raw[3], raw[4], stream_id, raw)
            self._count_header_block(frame)
            yield frame

    def _take_preface(self) -> bool:
        buffer = self._buffer
        if not PREFACE.startswith(buffer[: len(PREFACE)]):
            raise ProtocolError("the connection preface is wrong")
        if len(buffer) < len(PREFACE):
            return False
        del buffer[: len(PREFACE)]
        self._preface_seen = True
        return True

    def _count_header_block(self, frame: Frame) -> None:
        if frame.kind == Kind.HEADERS:
            self._block_bytes = 0
        elif frame.kind != Kind.CONTINUATION:
            return
        self._block_bytes += len(frame.raw)
        self.in_header_block = not frame.flags & END_HEADERS
        if self._block_bytes > self._limit:
            raise DenialOfServiceError("a header block is too large")


class Allowance:
    """A token bucket: ``burst`` at once, refilled with ``per_second``."""

    def __init__(self, *, burst: float, per_second: float, now: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._left = burst
        self._at = now

    def earn(self, amount: float) -> None:
        """Add for work that justifies what will be spent."""
        self._left = min(self._burst, self._left + amount)

    def spend(self, now: float) -> None:
        """Take one.

        Raises:
            DenialOfServiceError: Nothing is left (ENHANCE_YOUR_CALM).
        """
        self.earn((now - self._at) * self._per_second)
        self._at = now
        self._left -= 1
        if self._left < 0:
            raise DenialOfServiceError("too many frames that carry nothing")
