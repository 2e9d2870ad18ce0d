"""Trouble on request: how the model's name makes the demo upstream misbehave."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping

from attrs import frozen

from m2m_trio.demo.conversation import Json

MODELS: Mapping[str, str] = {
    "demo": "answers at once, word by word when streamed",
    "demo-embedding": "embeds",
    "error-429": "is refused with that status, 400 to 599; 429 and 503 say Retry-After",
    "slow-2": "waits that many seconds before its reply's head",
    "pace-0.5": "waits that many seconds before each event",
    "stall-3": "falls silent for ever after that many events",
    "break-3": "breaks the connection after that many events",
}
"""What ``/v1/models`` lists, numbers being examples. Any other name answers like ``demo``."""

_WISH = re.compile(r"(error|slow|pace|stall|break)-([0-9]{1,4}(?:\.[0-9]{1,3})?)")

_TYPES = {
    401: ("invalid_request_error", "invalid_api_key"),
    403: ("permission_error", "forbidden"),
    404: ("invalid_request_error", "model_not_found"),
    413: ("invalid_request_error", "body_too_large"),
    429: ("requests", "rate_limit_exceeded"),
}


@frozen(kw_only=True)
class Behaviour:
    """What to do instead of answering well; None and 0 mean nothing special."""

    error: int | None = None
    head_delay: float = 0.0
    pace: float | None = None
    stall_after: int | None = None
    break_after: int | None = None


def parse_behaviour(model: str) -> Behaviour:
    """What ``model`` asks for by its name (see `MODELS`)."""
    match = _WISH.fullmatch(model)
    if match is None:
        return Behaviour()
    wish, amount = match[1], float(match[2])
    match wish:
        case "error":
            return Behaviour(error=int(amount)) if 400 <= amount < 600 else Behaviour()
        case "slow":
            return Behaviour(head_delay=amount)
        case "pace":
            return Behaviour(pace=amount)
        case "stall":
            return Behaviour(stall_after=int(amount))
    return Behaviour(break_after=int(amount))


def error_body(status: int) -> dict[str, Json]:
    """OpenAI's error shape for ``status``."""
    default = ("server_error", None) if status >= 500 else ("invalid_request_error", None)
    kind, code = _TYPES.get(status, default)
    reason = http.client.responses.get(status, "Error")
    message = f"{reason}: asked for by the model's name, error-{status}"
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def error_fields(status: int) -> list[tuple[bytes, bytes]]:
    """The fields that come with it: when to try again, and what is left."""
    if status == 429:
        return [
            (b"retry-after", b"1"),
            (b"x-ratelimit-limit-requests", b"60"),
            (b"x-ratelimit-remaining-requests", b"0"),
            (b"x-ratelimit-reset-requests", b"1s"),
        ]
    return [(b"retry-after", b"1")] if status == 503 else []
