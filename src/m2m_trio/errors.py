"""Every error the project raises: what a client sees, whose fault it is, whether to retry.

The tree, by whose fault it is::

    M2MError
    ├── ClientError                 the request must change
    │   ├── BadRequestError 400, InvalidJSONError 400, NestingTooDeepError 400,
    │   │   DuplicateKeyError 400, ContentFilterError 400
    │   ├── AuthenticationError 401, HostNotAllowedError 403,
    │   │   OriginNotAllowedError 403, LoopbackOnlyError 403, NotFoundError 404,
    │   │   MethodNotAllowedError 405
    │   ├── RequestTimeoutError 408, BodyTooLargeError 413, TooManyElementsError 413,
    │   │   TargetTooLongError 414
    │   ├── UnsupportedCodingError 415, ExpectationError 417, HeaderTooLargeError 431
    │   ├── UnknownTokenError 400
    │   ├── ClientGoneError 499     nobody is left to read an answer
    │   └── CodecError 400          a message is not what its codec writes
    │       └── CodecLimitError 413, SealError 400, UnknownCodecError 400,
    │           UnknownDictionaryError 415
    ├── UpstreamError               the upstream, or the way to it
    │   ├── UpstreamConnectError 502, UpstreamProtocolError 502, UpstreamBrokenError 502
    │   └── UpstreamTimeoutError 504
    └── NodeError                   this node
        ├── OverloadedError 429, NotBuiltError 501, MissingExtraError 501, DrainingError 503,
        │   ScanUnavailableError 503, VocabularyError 503, TokenCountError 503
        └── SettingsError           never over HTTP: exit code 2
"""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from typing import ClassVar


class Fault(enum.Enum):
    """Whose fault an error is."""

    CLIENT = "client"
    UPSTREAM = "upstream"
    NODE = "node"


class M2MError(Exception):
    """Root of the tree: what the client is told, whose fault it is, may a retry help."""

    status: ClassVar[int] = 500
    """HTTP status of the answer."""

    code: ClassVar[str] = "internal_error"
    """``error.code`` of the answer, and the ``kind`` label of the error counters."""

    type: ClassVar[str] = "server_error"
    """``error.type`` of the answer, in OpenAI's vocabulary."""

    fault: ClassVar[Fault] = Fault.NODE

    retryable: ClassVar[bool] = False
    """Whether the same request, sent again later, may succeed."""

    def __init__(
        self, message: str, *, param: str | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        self.retry_after = retry_after
        """Seconds for a ``Retry-After`` field, if the client is told one."""

        self.fields: tuple[tuple[bytes, bytes], ...] = ()
        """More fields of the answer: what a server reads (RFC 7694), what a hop agrees on."""

    def body(self) -> bytes:
        """The answer's JSON body, in OpenAI's shape."""
        error = {
            "message": self.message,
            "type": self.type,
            "param": self.param,
            "code": self.code,
        }
        return json.dumps({"error": error}, separators=(",", ":")).encode()


class ClientError(M2MError):
    """The client's request cannot be served as it is."""

    status = 400
    code = "bad_request"
    type = "invalid_request_error"
    fault = Fault.CLIENT


class BadRequestError(ClientError):
    """The request is not well-formed HTTP, or names something no server should accept."""


class InvalidJSONError(BadRequestError):
    """The request body is not JSON as RFC 8259 has it, in UTF-8 and without a BOM."""

    code = "invalid_json"


class NestingTooDeepError(BadRequestError):
    """The request body has more arrays and objects inside each other than are read."""

    code = "nesting_too_deep"


class DuplicateKeyError(BadRequestError):
    """An object of the request body has the same key twice: readers disagree which counts."""

    code = "duplicate_key"


class ContentFilterError(ClientError):
    """The security scan refuses the request. ``param`` names the part to drop."""

    code = "content_filter"

    def __init__(
        self,
        message: str,
        *,
        param: str | None = None,
        detected: Mapping[str, bool] | None = None,
    ) -> None:
        super().__init__(message, param=param)
        self.detected = detected or {}
        """What was looked for, in Azure's vocabulary, and whether it was found."""

        self.details: dict[str, object] = {}
        """Findings for the client: empty unless ``--scan-verbose`` is on."""

    def body(self) -> bytes:
        """The answer's JSON body: OpenAI's shape, with Azure's ``innererror``."""
        result = {
            kind: {"detected": found, "filtered": found}
            for kind, found in self.detected.items()
        }
        error = {
            "message": self.message,
            "type": self.type,
            "param": self.param,
            "code": self.code,
            "innererror": {
                "code": "ResponsibleAIPolicyViolation",
                "content_filter_result": result,
            },
            **self.details,
        }
        return json.dumps({"error": error}, separators=(",", ":")).encode()


class AuthenticationError(ClientError):
    """The client's key is missing or not one of ours."""

    status = 401
    code = "invalid_api_key"


class HostNotAllowedError(ClientError):
    """The ``Host`` field names a host this node does not answer to (DNS rebinding)."""

    status = 403
    code = "host_not_allowed"


class OriginNotAllowedError(ClientError):
    """A browser page from an origin that is not allowed sent the request."""

    status = 403
    code = "origin_not_allowed"


class LoopbackOnlyError(ClientError):
    """The request changes the node itself, and comes from another machine."""

    status = 403
    code = "loopback_only"


class NotFoundError(ClientError):
    """Nothing is served under this path."""

    status = 404
    code = "unknown_url"


class MethodNotAllowedError(ClientError):
    """The path exists, the method does not."""

    status = 405
    code = "method_not_allowed"


class RequestTimeoutError(ClientError):
    """The client was too slow in sending its request."""

    status = 408
    code = "request_timeout"
    retryable = True


class BodyTooLargeError(ClientError):
    """The request body is over the limit."""

    status = 413
    code = "body_too_large"


class TooManyElementsError(ClientError):
    """The request body has more keys, elements or text in one string than are read."""

    status = 413
    code = "too_many_elements"


class TargetTooLongError(ClientError):
    """The request target (path and query) is over the limit."""

    status = 414
    code = "target_too_long"


class UnsupportedCodingError(ClientError):
    """The request body came in a content coding this node cannot read."""

    status = 415
    code = "unsupported_coding"


class ExpectationError(ClientError):
    """The request expects something other than ``100-continue``."""

    status = 417
    code = "expectation_failed"


class HeaderTooLargeError(ClientError):
    """The header block is over the limit, in bytes or in fields."""

    status = 431
    code = "header_too_large"


class UnknownTokenError(ClientError):
    """Token ids name a token that their vocabulary does not have."""

    code = "unknown_token"


class ClientGoneError(ClientError):
    """The client left before its answer was complete. Counted, never sent (nginx's 499)."""

    status = 499
    code = "client_gone"


class CodecError(ClientError):
    """A coded message is not what its codec writes, or a plain one is nothing it can carry."""

    code = "bad_coding"


class CodecLimitError(CodecError):
    """Decoding a message would go over a limit: its size, its ratio or its nesting."""

    status = 413
    code = "coding_limit"


class SealError(CodecError):
    """A frame is not sealed as its receiver requires, or was changed on its way."""

    code = "bad_seal"


class UnknownCodecError(CodecError):
    """There is no codec of this name, or none that begins like this text."""

    code = "unknown_codec"


class UnknownDictionaryError(CodecError):
    """A message was made with a dictionary this node does not hold: resend it without."""

    status = 415
    code = "unknown_dictionary"
    retryable = True


class UpstreamError(M2MError):
    """The upstream, or the way to it, failed."""

    status = 502
    code = "upstream_error"
    type = "server_error"
    fault = Fault.UPSTREAM
    retryable = True


class UpstreamConnectError(UpstreamError):
    """No connection to the upstream came about, so it has seen nothing of the request."""

    code = "upstream_unreachable"


class UpstreamProtocolError(UpstreamError):
    """The upstream answered something that is not acceptable HTTP/1.1."""

    code = "upstream_protocol"


class UpstreamBrokenError(UpstreamError):
    """The upstream closed or reset the connection before its answer was complete."""

    code = "upstream_broken"


class UpstreamTimeoutError(UpstreamError):
    """The upstream was silent for longer than the named timeout allows."""

    status = 504
    code = "upstream_timeout"


class NodeError(M2MError):
    """This node cannot serve the request now."""

    status = 503


class OverloadedError(NodeError):
    """A limit of this node is reached: the request was shed before the upstream saw it."""

    status = 429
    code = "overloaded"
    type = "rate_limit_error"
    retryable = True


class NotBuiltError(NodeError):
    """The path is kept for a part of the node that this build does not have."""

    status = 501
    code = "not_built"


class MissingExtraError(NodeError):
    """What was asked for needs an optional package; the message names the extra."""

    status = 501
    code = "missing_extra"


class ScanUnavailableError(NodeError):
    """The security scan failed, and requests that were not scanned are not let through."""

    code = "scan_unavailable"
    retryable = True


class VocabularyError(NodeError):
    """A vocabulary cannot be had or used here: counts are estimated without it."""

    code = "vocabulary"


class TokenCountError(NodeError):
    """Tokens of an exchange could not be counted: nobody but the statistics miss them."""

    code = "token_count"


class DrainingError(NodeError):
    """This node finishes what it has and takes nothing new."""

    code = "draining"
    retryable = True


class SettingsError(NodeError):
    """A setting is wrong. The message names its key, its source and the mend, in one line."""

    code = "settings"
