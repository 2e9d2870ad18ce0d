"""What is kept of an exchange once it is over: numbers in the worker's row, a log line."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from m2m_trio.errors import ClientGoneError, Fault, M2MError
from m2m_trio.proxy.counting import TokenLedger
from m2m_trio.proxy.usage import Usage, UsageTap
from m2m_trio.stats import histogram
from m2m_trio.stats.answers import count_answer, count_error
from m2m_trio.stats.board import Row
from m2m_trio.stats.metrics import PHASES, cell
from m2m_trio.stats.metrics import ROUTES as ROUTE_NAMES
from m2m_trio.telemetry.logs import get_logger
from m2m_trio.wire.fields import field
from m2m_trio.wire.sse import DONE

if TYPE_CHECKING:
    from m2m_trio.proxy.exchange import Exchange
    from m2m_trio.proxy.reply import Reply

ROUTES = {route: cell("requests_total", route=route) for route in ROUTE_NAMES}
CANCELLED = {phase: cell("cancelled_total", phase=phase) for phase in PHASES}
PLAIN_IN = cell("body_bytes_total", direction="request")
PLAIN_OUT = cell("body_bytes_total", direction="response")
CODED_IN = cell("coded_bytes_total", direction="request")
CODED_OUT = cell("coded_bytes_total", direction="response")
EVENTS = cell("events_total")
ADDED = cell("added_seconds")
HEAD = cell("upstream_head_seconds")
FIRST_EVENT = cell("first_event_seconds")
EVENT_GAP = cell("event_gap_seconds")
TOTAL = cell("request_seconds")


class Recorder:
    """Writes what happened into one row, and failures into the log."""

    def __init__(self, row: Row, tokens: TokenLedger, *, access_log: bool = False) -> None:
        self.cells = row.cells
        self._tokens = tokens
        self._access_log = access_log

    def record(self, exchange: Exchange, error: BaseException | None) -> None:
        """The exchange is over; ``error`` is what ended it early, if anything did."""
        cells = self.cells
        now = time.perf_counter()
        cells[ROUTES[exchange.request.route]] += 1
        crossing = exchange.crossing
        if crossing is None:
            cells[PLAIN_IN] += exchange.request_bytes
            cells[CODED_IN] += exchange.request_bytes
        else:
            cells[PLAIN_IN] += crossing.plain_bytes
            cells[CODED_IN] += crossing.coded_bytes
        reply = exchange.reply
        if reply is not None:
            self._record_reply(exchange, now)
        if error is None or (_is_gone(error) and _has_all(reply)):
            histogram.record(cells, TOTAL, now - exchange.request.started)
            if self._access_log:
                self._log(exchange, now, None)
            return
        self._record_error(exchange, now, error)

    def _record_reply(self, exchange: Exchange, now: float) -> None:
        cells = self.cells
        reply = exchange.reply
        assert reply is not None  # noqa: S101  (the caller looked)
        count_answer(cells, reply.status)
        cells[PLAIN_OUT] += reply.sent_bytes
        cells[CODED_OUT] += reply.crossed_bytes
        upstream = reply.upstream
        histogram.record(cells, HEAD, upstream.head_at - upstream.sent_at)
        answered = reply.answered_at or now
        added = upstream.sent_at - exchange.request.started + answered - upstream.head_at
        histogram.record(cells, ADDED, added - exchange.upload_seconds)
        if reply.tap is not None:
            self._record_stream(reply.tap, upstream.sent_at)
        usage = reply.usage()
        if usage is not None:
            self._tokens.report(usage, exchange)
        if exchange.counts_tokens and (usage is None or _ends_before_usage(reply, usage)):
            self._tokens.count_later(exchange, usage)

    def _record_stream(self, tap: UsageTap, sent_at: float) -> None:
        cells = self.cells
        cells[EVENTS] += tap.events
        if tap.events:
            histogram.record(cells, FIRST_EVENT, tap.first_at - sent_at)
        if tap.events > 1:
            histogram.record(cells, EVENT_GAP, (tap.last_at - tap.first_at) / (tap.events - 1))

    def _record_error(self, exchange: Exchange, now: float, error: BaseException) -> None:
        kind, status = M2MError, M2MError.status
        gone = _is_gone(error)
        if gone:  # or the node was told to stop
            kind = ClientGoneError
        elif isinstance(error, M2MError):
            kind, status = type(error), error.status
        answered = exchange.reply is None and not gone
        count_error(self.cells, kind, status if answered else None)
        if gone:
            self.cells[CANCELLED[exchange.phase]] += 1
        self._log(exchange, now, error)

    def _log(self, exchange: Exchange, now: float, error: BaseException | None) -> None:
        request, reply = exchange.request, exchange.reply
        log = get_logger()
        note = log.info
        facts: dict[str, object] = {
            "request_id": exchange.request_id,
            "method": request.method,
            "path": request.path.decode("latin-1"),
            "seconds": round(now - request.started, 6),
            "request_bytes": exchange.request_bytes,
        }
        if reply is not None:
            facts["status"] = reply.status
            facts["reply_bytes"] = reply.sent_bytes
            upstream_id = field(reply.fields, b"x-request-id")
            if upstream_id is not None:
                facts["upstream_request_id"] = upstream_id.decode("latin-1")
        if isinstance(error, M2MError):
            facts.update(kind=error.code, fault=error.fault.value, error=error.message)
            if error.fault is not Fault.CLIENT:
                note = log.warning
        elif isinstance(error, Exception):
            facts.update(kind=M2MError.code, exc_info=error)
            note = log.error
        elif error is not None:
            facts.update(kind=ClientGoneError.code, phase=exchange.phase)
        note("exchange", **facts)


def _is_gone(error: BaseException) -> bool:
    """Whether the client left; an exchange that is cancelled has no client either."""
    return isinstance(error, ClientGoneError) or not isinstance(error, Exception)


def _ends_before_usage(reply: Reply, usage: Usage) -> bool:
    """Whether a stream told what was read, and ended before it told what was written."""
    return reply.tap is not None and usage.output is None


def _has_all(reply: Reply | None) -> bool:
    """Whether ``[DONE]`` came: OpenAI's SDK hangs up at it, and may be before the end."""
    tap = None if reply is None else reply.tap
    return tap is not None and tap.last is not None and tap.last.data == DONE


def request_id_of(fields: list[tuple[bytes, bytes]]) -> str:
    """The client's ``x-request-id``, or a new one where it sent none."""
    given = field(fields, b"x-request-id")
    if given and len(given) <= 200:
        return given.decode("latin-1")
    return f"req_{secrets.token_hex(12)}"
