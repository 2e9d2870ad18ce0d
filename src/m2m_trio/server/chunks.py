"""Take the chunked transfer coding apart (RFC 9112 7.1), strictly, whatever way it is split."""

from __future__ import annotations

from m2m_trio.errors import BadRequestError

MAX_SIZE_DIGITS = 12
"""Hexadecimal digits of a chunk size: 256 TiB, far over any body limit."""

MAX_LINE_BYTES = 256
"""Bytes of a chunk's size line, its extensions included."""

MAX_TRAILER_BYTES = 8 * 1024
"""Bytes of all trailer fields, which are read over and dropped."""

FRAMING = frozenset((b"content-length", b"transfer-encoding", b"host"))
"""Fields that no trailer may have (RFC 9110 6.5.1): whoever merged them would be misled."""

_HEX = frozenset(b"0123456789abcdefABCDEF")
_TEXT = bytes(byte for byte in range(256) if (byte >= 32 and byte != 127) or byte == 9)


class ChunkDecoder:
    """Gives the data of chunks as it comes; ``rest`` is what came behind the body's end."""

    __slots__ = ("_left", "_line", "_trailer_bytes", "finished", "rest")

    def __init__(self) -> None:
        self.finished = False
        self.rest = b""
        self._line = b""
        self._left = -1  # of the chunk and its CRLF; -1 where a size line is due
        self._trailer_bytes = -1  # negative before the last chunk

    def feed(self, data: bytes) -> list[bytes]:
        """The pieces of body in ``data``.

        Raises:
            BadRequestError: The coding is malformed, or a line is longer than its limit.
        """
        pieces: list[bytes] = []
        position, end = 0, len(data)
        while position < end and not self.finished:
            if self._left > 2:
                stop = min(position + self._left - 2, end)
                pieces.append(data[position:stop])
                self._left -= stop - position
                position = stop
            elif self._left > 0:
                if data[position] != b"\n\r"[self._left - 1]:
                    raise BadRequestError("a chunk of the body does not end with CRLF")
                position += 1
                self._left = self._left - 1 or -1
            else:
                position = self._feed_line(data, position)
        self.rest = data[position:]
        return pieces

    def _feed_line(self, data: bytes, position: int) -> int:
        """Take a size line or a trailer line, or the part that came; the position after it."""
        limit = MAX_LINE_BYTES if self._trailer_bytes < 0 else MAX_TRAILER_BYTES
        found = data.find(b"\n", position, position + limit + 1)
        stop = found + 1 if found >= 0 else len(data)
        line = self._line + data[position : min(stop, position + limit + 1)]
        if len(line) > limit:
            raise BadRequestError(f"a line in the chunked body is longer than {limit} bytes")
        self._line = line
        if found < 0:
            return len(data)
        self._line = b""
        if not line.endswith(b"\r\n") or line[:-2].translate(None, _TEXT):
            raise BadRequestError("a line in the chunked body is not clean text and CRLF")
        if self._trailer_bytes < 0:
            self._take_size(line[:-2])
        elif line == b"\r\n":
            self.finished = True
        else:
            self._take_trailer(line)
        return stop

    def _take_size(self, line: bytes) -> None:
        size, semicolon, extensions = line.partition(b";")
        if semicolon:
            size = size.rstrip(b" \t")
            if extensions.count(b'"') % 2:  # so that a CRLF inside the quotes ends no line
                raise BadRequestError("an extension of a chunk has a quote without its pair")
        if not size or len(size) > MAX_SIZE_DIGITS or not _HEX.issuperset(size):
            raise BadRequestError("a chunk size in the body is not a hexadecimal number")
        length = int(size, 16)
        if length:
            self._left = length + 2
        else:
            self._trailer_bytes = 0

    def _take_trailer(self, line: bytes) -> None:
        name, colon, _ = line.partition(b":")
        if not colon or name != name.strip():
            raise BadRequestError("the trailer of the chunked body has a line that is no field")
        if name.lower() in FRAMING:
            raise BadRequestError(
                f"{name.decode().lower()} belongs before a chunked body, not in its trailer"
            )
        self._trailer_bytes += len(line)
        if self._trailer_bytes > MAX_TRAILER_BYTES:
            raise BadRequestError("the trailer of the chunked body is too long")
