from __future__ import annotations

import json

import pytest

from m2m_trio.errors import (
    AuthenticationError,
    BadRequestError,
    M2MError,
    OverloadedError,
    UpstreamTimeoutError,
)
from m2m_trio.web.problems import Message, problem_fields, send_problem


@pytest.mark.parametrize(
    ("error", "more"),
    [
        (BadRequestError("wrong"), []),
        (AuthenticationError("who?"), [(b"www-authenticate", b"Bearer")]),
        (OverloadedError("busy", retry_after=3), [(b"retry-after", b"3")]),
        (UpstreamTimeoutError("late"), []),
    ],
)
async def test_problem_is_openais_error(
    error: M2MError, more: list[tuple[bytes, bytes]]
) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await send_problem(send, error, "req_1")
    start, body = sent
    assert start["status"] == error.status
    assert start["headers"] == [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body["body"])),
        *more,
        (b"x-request-id", b"req_1"),
    ]
    assert json.loads(body["body"])["error"] == {
        "message": error.message,
        "type": error.type,
        "param": None,
        "code": error.code,
    }
    assert not body.get("more_body")


def test_request_id_is_left_out_where_there_is_none() -> None:
    assert len(problem_fields(BadRequestError("wrong"), 5, None)) == 2
