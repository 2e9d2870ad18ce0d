"""Where requests go: an upstream's base URL, and how a client's path maps onto it.

Nothing is decoded and encoded again: path and query reach the upstream byte for byte.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes, urlsplit

from attrs import field, frozen

from m2m_trio.errors import BadRequestError, NotFoundError

ENDPOINTS = frozenset(
    b"assistants audio batches chat completions containers conversations detokenize embeddings "
    b"engines evals files fine_tuning images messages models moderations realtime rerank "
    b"responses score threads tokenize uploads vector_stores videos".split()
)
"""First segments, after an optional ``/v1``, of what the OpenAI-compatible upstreams serve."""

ROUTES = {
    name.encode(): name
    for name in ("chat", "completions", "embeddings", "responses", "models", "messages")
}
"""First segments that statistics tell apart."""

DEFAULT_PORTS = {"http": 80, "https": 443}

_NOT_IN_A_PATH = re.compile(rb"[\x00-\x20\x7f?#]")
_NOT_IN_A_QUERY = re.compile(rb"[\x00-\x20\x7f#]")
_DOT_SEGMENT = re.compile(
    rb"(?:^|[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?=$|[/\\;]|%2f|%5c|%3b)", re.IGNORECASE
)
"""``.`` and ``..`` between anything that some upstream takes for a slash."""

_COMMON = tuple(
    prefix + path
    for prefix in (b"/v1", b"")
    for path in (
        b"/chat/completions",
        b"/completions",
        b"/embeddings",
        b"/responses",
        b"/models",
        b"/messages",
    )
)
"""Paths that nearly every request has; resolved once."""


def endpoint_of(raw_path: bytes) -> bytes:
    """The path below ``/v1``, or below nothing, if it is one of the `ENDPOINTS`, else empty."""
    below = raw_path[3:] if raw_path.startswith(b"/v1/") else raw_path
    return below if below[1:].partition(b"/")[0] in ENDPOINTS else b""


def route_of(raw_path: bytes) -> str:
    """The ``route`` label that a request for this path is counted under."""
    route = _COMMON_ROUTES.get(raw_path)
    if route is None:
        route = ROUTES.get(endpoint_of(raw_path)[1:].partition(b"/")[0], "other")
    return route


_COMMON_ROUTES: dict[bytes, str] = {}
_COMMON_ROUTES |= {path: route_of(path) for path in _COMMON}


@frozen(kw_only=True)
class Target:
    """One upstream. Build it with `parse_target`."""

    url: str
    """The base URL as the operator wrote it."""

    name: str
    """Scheme, host and port, for messages."""

    scheme: str
    """``http`` or ``https``."""

    host: str
    """Host name or address, an IPv6 one without brackets."""

    port: int

    authority: bytes
    """What the ``Host`` field says."""

    credential: tuple[bytes, bytes] | None = field(repr=False)
    """The field that carries the operator's key; None if there is no key."""

    path: bytes
    """The base URL's path, without a slash at its end."""

    query: bytes
    """The base URL's query, without the question mark."""

    _known: dict[bytes, bytes] = field(repr=False, eq=False, init=False)

    @_known.default
    def _resolve_common(self) -> dict[bytes, bytes]:
        return {raw: self.path + endpoint_of(raw) for raw in _COMMON}

    def resolve(self, raw_path: bytes, query: bytes, *, passthrough: bool) -> bytes:
        """The request target to send for a client's path and query.

        A known endpoint, with or without ``/v1`` before it, goes below the base URL's path
        and gets those parameters of the base URL's query that the client did not give. Any
        other path goes to the same path of the upstream's origin.

        Raises:
            BadRequestError: The path has dot segments (also percent-encoded), does not begin
                with a slash, or has bytes that no path or query can have.
            NotFoundError: The path is no known endpoint, and ``passthrough`` is off.
        """
        path = self._known.get(raw_path)
        if path is None:
            _check_path(raw_path)
            below = endpoint_of(raw_path)
            if not below and not passthrough:
                raise NotFoundError(
                    "nothing is served under this path: the OpenAI endpoints are below /v1"
                )
            path = self.path + below if below else raw_path
            base_query = self.query if below else b""
        else:
            base_query = self.query
        if query:
            if _NOT_IN_A_QUERY.search(query):
                raise BadRequestError("the query has bytes that a URL cannot have")
            base_query = _join_queries(query, base_query) if base_query else query
        return path + b"?" + base_query if base_query else path


def _check_path(raw_path: bytes) -> None:
    if not raw_path.startswith(b"/") or _NOT_IN_A_PATH.search(raw_path):
        raise BadRequestError("the path does not begin with /, or has bytes it cannot have")
    if _DOT_SEGMENT.search(raw_path):
        raise BadRequestError("the path has dot segments: send it without /./ and /../")


def _join_queries(query: bytes, base_query: bytes) -> bytes:
    """``query`` as it is, and the parameters of ``base_query`` whose key it has not."""
    given = {_key(parameter) for parameter in query.split(b"&")}
    added = [
        parameter
        for parameter in base_query.split(b"&")
        if parameter and _key(parameter) not in given
    ]
    return b"&".join([query, *added])


def _key(parameter: bytes) -> bytes:
    return unquote_to_bytes(parameter.partition(b"=")[0].replace(b"+", b" "))


def parse_target(url: str, api_key: str) -> Target:
    """Read a base URL that `check_upstream_url` has accepted, and the key to send to it.

    Azure's services want the key as ``api-key``, everybody else as a bearer token.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    authority = f"[{host}]" if ":" in host else host
    if port != DEFAULT_PORTS[parts.scheme]:
        authority = f"{authority}:{port}"
    return Target(
        url=url,
        name=f"{parts.scheme}://{authority}",
        scheme=parts.scheme,
        host=host,
        port=port,
        authority=authority.encode(),
        credential=_credential(host, api_key) if api_key else None,
        path=parts.path.rstrip("/").encode(),
        query=parts.query.encode(),
    )


def _credential(host: str, api_key: str) -> tuple[bytes, bytes]:
    if host.rstrip(".").endswith(".azure.com"):
        return b"api-key", api_key.encode()
    return b"authorization", b"Bearer " + api_key.encode()
