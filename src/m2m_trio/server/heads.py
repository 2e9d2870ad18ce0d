"""Read the head of an HTTP/1.1 request strictly: what smuggling is made of is refused.

The trick: llhttp (`httptools`) does the work and is fed nothing but the head, so where a
message ends is decided in one place of our own. What llhttp is strict about: line ends,
folding, field names, control characters, Content-Length, the mix with Transfer-Encoding.
What it lets through and `HeadParser` closes: versions other than 1.0 and 1.1 (or none),
runs of spaces in the request line, transfer codings other than ``chunked``, targets that
are no path and no URL, ``Host`` (none or two).
"""

from __future__ import annotations

import re

import httptools
from attrs import frozen

from m2m_trio.errors import (
    BadRequestError,
    ClientError,
    ExpectationError,
    HeaderTooLargeError,
    TargetTooLongError,
)
from m2m_trio.wire.fields import NAMES, Fields, connection_options

CR = 13
HEAD_END = b"\r\n\r\n"
PREFACE_HEAD = b"PRI * HTTP/2.0\r\n\r\n"
"""What looks like a head at the start of an HTTP/2 connection (RFC 9113 3.4)."""

# Fields that the server itself acts on; all but Connection and Expect may come once only.
_HOST, _LENGTH, _CODING = b"host", b"content-length", b"transfer-encoding"
_CONNECTION, _EXPECT = b"connection", b"expect"
_OURS = frozenset({_HOST, _LENGTH, _CODING, _CONNECTION, _EXPECT})
_SINGLE = frozenset({_HOST, _LENGTH, _CODING})

_ABSOLUTE = re.compile(
    rb"https?://(?P<authority>[^/?#@]+)(?P<path>(?:/[^?#]*)?)(?P<query>(?:\?[^#]*)?)",
    re.IGNORECASE,
)


@frozen(kw_only=True)
class HeadLimits:
    """What a request's head may measure."""

    header_bytes: int
    header_fields: int
    target_bytes: int


class RequestHead:
    """A request line and its fields, checked, and what they say about the body."""

    __slots__ = (
        "chunked",
        "content_length",
        "expects_continue",
        "fields",
        "is_http10",
        "keeps_alive",
        "method",
        "target",
    )

    def __init__(self, method: bytes, target: bytes, fields: Fields) -> None:
        self.method = method.decode("ascii")
        self.target = target
        self.fields = fields
        self.content_length = 0
        self.chunked = False
        self.is_http10 = False
        self.keeps_alive = True
        self.expects_continue = False


class HeadParser:
    """Makes a `RequestHead` of a whole head block. One per connection, used again and again."""

    __slots__ = ("_fields", "_limits", "_target")

    # httptools looks for these whenever a parser is made: not finding one costs 0.4 us.
    on_message_begin = on_headers_complete = on_body = on_message_complete = None
    on_chunk_header = on_chunk_complete = on_status = None

    def __init__(self, limits: HeadLimits) -> None:
        self._limits = limits
        self._fields: Fields = []
        self._target = b""

    def on_url(self, target: bytes) -> None:
        """Callback of httptools."""
        self._target = target

    def on_header(self, name: bytes, value: bytes) -> None:
        """Callback of httptools, once for each field."""
        self._fields.append((NAMES.get(name) or name.lower(), value.rstrip(b" \t")))

    def parse(self, head: bytes) -> RequestHead:
        """Parse ``head``, which ends with its one empty line.

        Raises:
            ClientError: It is over a limit, or not the HTTP/1.1 that this server accepts.
        """
        if len(head) > self._limits.header_bytes:
            raise too_large(head, self._limits)
        fields = self._fields = []
        self._target = b""
        parser = httptools.HttpRequestParser(self)
        try:
            parser.feed_data(head)
        except httptools.HttpParserUpgrade:
            pass  # we do not upgrade, and say so by answering the request (RFC 9110 7.8)
        except httptools.HttpParserError as error:
            raise _told(error) from error
        finally:
            self._fields = []  # they are the request's alone
        target = self._target
        method = parser.get_method()
        if len(target) > self._limits.target_bytes or len(fields) > self._limits.header_fields:
            raise too_large(head, self._limits, fields=len(fields))
        minor = head[len(method) + len(target) + 9 : len(method) + len(target) + 10]
        if not head.startswith(b"%b %b HTTP/1." % (method, target)) or minor not in b"01":
            raise BadRequestError("the request line is not METHOD SP target SP HTTP/1.1")
        if not target.startswith(b"/"):
            target = _take_authority(target, fields)
        if b"#" in target or method == b"CONNECT":
            raise BadRequestError("the request target must be a path, as /v1/models")
        request = RequestHead(method, target, fields)
        request.is_http10 = minor == b"0"
        named = dict(fields)
        _apply(named if len(named) == len(fields) else _join(fields), request)
        return request


def _take_authority(target: bytes, fields: Fields) -> bytes:
    """The path of an absolute URL, whose authority overrules ``Host`` (RFC 9112 3.2.2)."""
    found = _ABSOLUTE.fullmatch(target)
    if found is None:
        raise BadRequestError("the request target must be a path, as /v1/models")
    for index, (name, _) in enumerate(fields):
        if name == _HOST:
            fields[index] = (_HOST, found["authority"])
    return (found["path"] or b"/") + found["query"]


def _join(fields: Fields) -> dict[bytes, bytes]:
    """The fields that the server acts on, of some that come more than once."""
    ours: dict[bytes, bytes] = {}
    for name, value in fields:
        if name in ours:
            if name in _SINGLE:
                raise BadRequestError(f"the request has two {name.decode()} fields")
            ours[name] += b"," + value
        elif name in _OURS:
            ours[name] = value
    return ours


def _apply(ours: dict[bytes, bytes], request: RequestHead) -> None:
    """Read the fields that the server acts on into ``request``."""
    if _HOST not in ours and not request.is_http10:
        raise BadRequestError("an HTTP/1.1 request needs a Host field")
    length = ours.get(_LENGTH)
    if length is not None:
        if length.startswith(b"0") and length != b"0":  # some read it as octal
            raise BadRequestError("Content-Length has leading zeros: send the number alone")
        request.content_length = int(length)  # llhttp saw to it that these are digits
    coding = ours.get(_CODING)
    if coding is not None:
        if length is not None:
            raise BadRequestError("a request has Content-Length or Transfer-Encoding, not both")
        if request.is_http10 or coding.lower() != b"chunked":
            raise BadRequestError("the only Transfer-Encoding is chunked, and on HTTP/1.1")
        request.chunked = True
    connection = ours.get(_CONNECTION)
    if connection is None:
        request.keeps_alive = not request.is_http10
    elif connection != b"keep-alive":
        options = connection_options(connection)
        request.keeps_alive = b"close" not in options and (
            not request.is_http10 or b"keep-alive" in options
        )
    expect = ours.get(_EXPECT)
    if expect is not None and not request.is_http10:
        if expect.lower() != b"100-continue":
            raise ExpectationError("the only expectation met here is 100-continue")
        request.expects_continue = bool(request.chunked or request.content_length)


def skip_empty_lines(data: bytes) -> bytes:
    """What follows the empty lines that ``data`` begins with; a last CR is kept."""
    rest = data.lstrip(b"\r\n")
    lines = data[: len(data) - len(rest)]
    left = lines.replace(b"\r\n", b"")
    return left + rest


def check_partial(head: bytes, seen: int, limits: HeadLimits) -> None:
    """Refuse at once what cannot become a head; ``seen`` bytes of it were checked before.

    Raises:
        ClientError: It is over a limit, or no HTTP/1.1.
    """
    if not head[:1].isalpha():
        raise BadRequestError("this is not HTTP: is the client speaking TLS to a plain port?")
    if head.count(b"\n", seen) != head.count(b"\r\n", max(seen - 1, 0)):
        raise BadRequestError("a line of the request ends without CR before its LF")
    if len(head) > limits.header_bytes or (
        len(head) > limits.target_bytes + 32 and b"\r\n" not in head
    ):
        raise too_large(head, limits)


def too_large(head: bytes, limits: HeadLimits, *, fields: int = 0) -> ClientError:
    """The error for a head over one of ``limits``: the target's if the target is."""
    line, _, _ = head.partition(b"\r\n")
    target = line.partition(b" ")[2].partition(b" ")[0]
    if len(target) > limits.target_bytes:
        return TargetTooLongError(
            f"the request target is longer than {limits.target_bytes} bytes"
        )
    if fields > limits.header_fields:
        return HeaderTooLargeError(f"the request has more than {limits.header_fields} fields")
    return HeaderTooLargeError(
        f"the request's header block is longer than {limits.header_bytes} bytes"
    )


def _told(error: httptools.HttpParserError) -> ClientError:
    """What to tell the client about llhttp's complaint."""
    if isinstance(error.__context__, ClientError):
        return error.__context__  # raised in a callback of ours
    if isinstance(error, httptools.HttpParserInvalidMethodError):
        return BadRequestError("the request's method is not one this server knows")
    if isinstance(error, httptools.HttpParserInvalidURLError):
        return BadRequestError("the request target has characters it cannot have")
    return BadRequestError(f"the request's header block is malformed: {error}")
