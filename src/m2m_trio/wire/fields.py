"""Header fields that stay on one hop, and those that travel end to end (RFC 9110 7.6.1).

Names are lower-cased bytes throughout, as ASGI has them.
"""

from __future__ import annotations

from collections.abc import Iterable

Fields = list[tuple[bytes, bytes]]
"""Header fields in the order they came; names lower-cased, duplicates kept."""

HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
"""Fields that a proxy never passes on (RFC 9110 7.6.1, RFC 9112 9.3, RFC 7235 4)."""

REQUEST_FRAMING = HOP_BY_HOP | {b"content-length", b"expect", b"host", b"http2-settings"}
"""Fields of a request that the next hop's connection writes anew."""


NAMES = {
    spelling: name
    for name in (
        b"accept accept-encoding accept-language access-control-expose-headers alt-svc "
        b"api-key authorization cache-control cf-cache-status cf-ray connection "
        b"content-encoding content-length content-type date host keep-alive "
        b"openai-organization openai-processing-ms openai-project openai-version server "
        b"set-cookie strict-transport-security transfer-encoding user-agent vary via "
        b"x-content-type-options x-ratelimit-limit-requests x-ratelimit-limit-tokens "
        b"x-ratelimit-remaining-requests x-ratelimit-remaining-tokens "
        b"x-ratelimit-reset-requests x-ratelimit-reset-tokens x-request-id "
        b"x-stainless-arch x-stainless-async x-stainless-lang x-stainless-os "
        b"x-stainless-package-version x-stainless-raw-response x-stainless-read-timeout "
        b"x-stainless-retry-count x-stainless-runtime x-stainless-runtime-version"
    ).split()
    for spelling in (name, name.title())
}
"""Names that most messages have, lower-cased: one object of each, however many hold it."""


def field(fields: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    """The first value of ``name`` (lower-cased), or None."""
    for key, value in fields:
        if key == name:
            return value
    return None


def end_to_end(fields: Fields, framing: frozenset[bytes] = HOP_BY_HOP) -> Fields:
    """``fields`` less those in ``framing`` and those a ``Connection`` field names."""
    kept = [pair for pair in fields if pair[0] not in framing]
    if len(kept) == len(fields):
        return kept  # and so there is no Connection field either
    for name, value in fields:
        if name == b"connection":
            nominated = connection_options(value)
            if not nominated <= framing:
                kept = [pair for pair in kept if pair[0] not in nominated]
    return kept


def connection_options(value: bytes) -> frozenset[bytes]:
    """The options of one ``Connection`` value, lower-cased: ``b"Close, X"`` gives both.

    ``keep-alive`` and ``close`` are options as well, and name no field worth keeping.
    """
    return frozenset(option.strip(b" \t").lower() for option in value.split(b","))
