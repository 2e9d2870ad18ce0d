"""The opt-in ``Server-Timing`` field: what the upstream took, and what the node added."""

from __future__ import annotations

import time

from m2m_trio.proxy.exchange import Exchange
from m2m_trio.proxy.reply import Reply
from m2m_trio.wire.fields import Fields


def with_server_timing(fields: Fields, exchange: Exchange, reply: Reply) -> Fields:
    """``fields`` and ``Server-Timing: m2m;dur=…, upstream;dur=…``, in milliseconds.

    ``m2m`` is the time this node added up to the reply's head, ``upstream`` the time from
    the request sent to its head received (W3C Server Timing).
    """
    upstream = reply.upstream.head_at - reply.upstream.sent_at
    whole = time.perf_counter() - exchange.request.started - exchange.upload_seconds
    value = b"m2m;dur=%.3f, upstream;dur=%.3f" % ((whole - upstream) * 1e3, upstream * 1e3)
    return [*fields, (b"server-timing", value)]
