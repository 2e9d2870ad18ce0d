"""What embedders and our own tests use: a recording upstream, a raw client, odd answers.

::

    from m2m_trio.testing import open_raw_client, open_upstream, reply, sse

    async def test_bodies_arrive_untouched() -> None:
        async with open_upstream(reply(b'{"ok": true}')) as upstream:
            ...  # point a node at upstream.url, send something through it
            request = await upstream.request(0)
            assert request.body == b'{"a": 1}'

Everything runs on loopback and ends with its block. Nothing here has a timeout: put
`trio.fail_after` around a test, so that the test's clock decides.
"""

from __future__ import annotations

from m2m_trio.testing.answers import (
    chunked,
    endless_body,
    endless_head,
    format_chunk,
    format_head,
    garbage,
    gzipped,
    gzipped_sse,
    in_turn,
    lying_length,
    raw,
    reply,
    sse,
    unanswered,
    until_close,
)
from m2m_trio.testing.client import RawClient, open_raw_client, raw_exchange
from m2m_trio.testing.descriptors import count_open_fds
from m2m_trio.testing.messages import (
    Head,
    Response,
    ResponseReader,
    parse_response,
    parse_responses,
)
from m2m_trio.testing.node import Node, open_node
from m2m_trio.testing.pair import Pair, open_pair
from m2m_trio.testing.upstream import Connection, Request, Script, Upstream, open_upstream

__all__ = [
    "Connection",
    "Request",
    "Script",
    "Upstream",
    "open_upstream",
    "chunked",
    "endless_body",
    "endless_head",
    "format_chunk",
    "format_head",
    "garbage",
    "gzipped",
    "gzipped_sse",
    "in_turn",
    "lying_length",
    "raw",
    "reply",
    "sse",
    "unanswered",
    "until_close",
    "Node",
    "open_node",
    "Pair",
    "open_pair",
    "RawClient",
    "open_raw_client",
    "raw_exchange",
    "Head",
    "Response",
    "ResponseReader",
    "parse_response",
    "parse_responses",
    "count_open_fds",
]
