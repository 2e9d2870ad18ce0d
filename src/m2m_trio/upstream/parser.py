"""What an upstream's bytes say, by llhttp: one reply after the other, pure.

llhttp refuses by itself what replies are smuggled with: two lengths, a length beside
chunks, bad chunk sizes, folded fields, bare line feeds, NULs. The rest is refused here.
"""

from __future__ import annotations

from httptools import HttpParserError, HttpResponseParser

from m2m_trio.errors import UpstreamProtocolError
from m2m_trio.wire.fields import NAMES, Fields

MAX_INTERIM_REPLIES = 16
"""1xx replies before the real one; more is an upstream gone wrong."""


class _StopParsing(Exception):  # noqa: N818  (a signal through llhttp, never seen outside)
    """Nothing after this point is wanted."""


class ReplyParser:
    """The replies on one connection. ``name`` is the upstream, for messages."""

    __slots__ = (
        "_bodiless",
        "_fault",
        "_fields",
        "_interim",
        "_llhttp",
        "_name",
        "complete",
        "fields",
        "keep_alive",
        "pieces",
        "started",
        "status",
    )

    def __init__(self, name: str) -> None:
        self._name = name
        self._llhttp = HttpResponseParser(self)
        self._bodiless = False
        self._fault = ""
        self._fields: Fields = []
        self._interim = 0
        self.started = False
        """Whether any byte of the reply has come, interim ones included."""
        self.status = 0
        """The reply's status; 0 while its head is not complete."""
        self.fields: Fields = []
        """The reply's fields, names lower-cased, as they came; no trailers."""
        self.pieces: list[bytes] = []
        """Pieces of the body that nobody has taken yet."""
        self.complete = False
        """Whether the reply has ended."""
        self.keep_alive = False
        """Whether the upstream takes another request after this reply."""

    def expect(self, *, bodiless: bool) -> None:
        """Get ready for a reply; ``bodiless`` if it has no body whatever it says (HEAD)."""
        self._bodiless = bodiless
        self._interim = 0
        self._fields = []
        self.started = self.complete = False
        self.status = 0
        self.pieces = []

    def feed(self, data: bytes) -> None:
        """Read on. What comes after the end of a reply is dropped, and ends keep-alive.

        Raises:
            UpstreamProtocolError: It is no acceptable HTTP/1.1.
        """
        self.started = True
        try:
            self._llhttp.feed_data(data)
        except HttpParserError as error:
            self.keep_alive = False
            if not self.complete:
                raise self._explain(data, error) from error

    def finish(self) -> None:
        """The input has ended, which is how some bodies end: then the reply is complete."""
        named = dict(self.fields)
        if self.status and not (b"content-length" in named or b"transfer-encoding" in named):
            self.complete = True

    def take_pieces(self) -> bytes:
        """All of the body that came since the last time."""
        pieces = self.pieces
        self.pieces = []
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def close(self) -> None:
        """Nothing is fed any more."""
        del self._llhttp  # it holds methods of this object: both are freed now

    def _explain(self, data: bytes, error: HttpParserError) -> UpstreamProtocolError:
        if self._fault:
            what = self._fault
        elif self.status:
            what = f"the body of its reply is broken: {error}"
        elif data.startswith(b"\x15\x03"):
            what = "it answered in TLS: write https:// in its URL"
        else:
            what = f"its reply is not HTTP/1.1: {error}"
        return UpstreamProtocolError(f"{self._name}: {what}")

    # -- what llhttp calls ------------------------------------------------------------------

    def on_message_begin(self) -> None:
        if self.complete:  # surplus, or a reply to a request that nobody sent
            raise _StopParsing

    def on_header(self, name: bytes, value: bytes) -> None:
        # llhttp leaves the whitespace behind a value (RFC 9110 5.5: it is none of it).
        self._fields.append((NAMES.get(name) or name.lower(), value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        status = self._llhttp.get_status_code()
        fields = self._fields
        self._fields = []  # for trailers, which are dropped, or for the next head
        if not 200 <= status <= 599:
            self._skip_interim(status)
            return
        named = dict(fields)
        if b"transfer-encoding" in named:
            codings = [value for name, value in fields if name == b"transfer-encoding"]
            if b",".join(codings).lower() != b"chunked":
                self._fault = "its reply has a transfer coding that is not just chunked"
                raise _StopParsing
        self.status = status
        self.fields = fields
        self.keep_alive = self._llhttp.should_keep_alive()
        if self._bodiless:  # llhttp does not know, and would take what follows for a body
            self.complete = True
            raise _StopParsing

    def on_body(self, data: bytes) -> None:
        self.pieces.append(data)

    def on_message_complete(self) -> None:
        if self.status:  # else it was an interim reply
            self.complete = True

    def _skip_interim(self, status: int) -> None:
        self._interim += 1
        if status == 101:
            self._fault = "it switched protocols (101), which nobody had asked for"
        elif not 100 <= status <= 199:
            self._fault = f"it answered with status {status}, which HTTP does not have"
        elif self._interim > MAX_INTERIM_REPLIES:
            self._fault = f"it sent more than {MAX_INTERIM_REPLIES} interim (1xx) replies"
        else:
            return
        raise _StopParsing
