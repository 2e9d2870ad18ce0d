"""Connections to one upstream, kept alive, limited in number, and watched by one reaper."""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Mapping

import outcome
import trio

from m2m_trio.errors import (
    BadRequestError,
    DrainingError,
    MethodNotAllowedError,
    OverloadedError,
    UpstreamBrokenError,
    UpstreamTimeoutError,
)
from m2m_trio.settings.model import PoolSettings
from m2m_trio.stats.board import Row
from m2m_trio.stats.metrics import cell
from m2m_trio.upstream.connect import Connector
from m2m_trio.upstream.connection import Connection, Meanwhile, UpstreamReply
from m2m_trio.upstream.proxies import choose_proxy
from m2m_trio.upstream.targets import Target
from m2m_trio.wire.fields import Fields

CONNECTS = cell("upstream_connects_total")
REUSES = cell("upstream_reuses_total")
RETRIES = cell("upstream_retries_total")
OPEN = cell("upstream_connections_open")

REAPER_REST = 0.05
"""Seconds between two looks of the reaper at least: how late it may be."""

_BODY_METHODS = frozenset((b"POST", b"PUT", b"PATCH"))
_NOT_FORWARDED = frozenset((b"TRACE", b"CONNECT"))
"""An upstream that heeds TRACE shows the client the key that was added (RFC 9110 9.3.8)."""


class Pool:
    """HTTP/1.1 connections to a target.

    A request takes the connection that was used last, or opens one, or waits in a queue.
    Deadlines and idle connections are the business of one system task of trio's, the
    reaper. It runs from the first connection until none is left, so a pool needs no
    nursery of its own.

    Args:
        target: Where requests go.
        settings: Limits and timeouts.
        header_bytes: Limit of a reply's header block.
        row: Where connects, reuses, retries and open connections are counted.
        environment: Where outbound proxies are named, read once; the process's by default.

    Raises:
        SettingsError: The environment names a proxy that cannot be used.
    """

    def __init__(
        self,
        target: Target,
        settings: PoolSettings,
        *,
        header_bytes: int,
        row: Row,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._target = target
        self._settings = settings
        self._header_bytes = header_bytes
        self._cells = row.cells
        proxy = choose_proxy(
            target.scheme,
            target.host,
            target.port,
            os.environ if environment is None else environment,
        )
        self._connector = Connector(target, proxy, send_timeout=settings.idle)
        self._target_prefix = b""
        self._first_lines = b" HTTP/1.1\r\nhost: " + target.authority
        self._line_ends = 3  # of the request line, the host, and the end of the block
        if proxy is not None and target.scheme == "http":
            self._target_prefix = target.name.encode()
            if proxy.authorization:
                self._first_lines += b"\r\nproxy-authorization: " + proxy.authorization
                self._line_ends += 1
        self._idle: list[Connection] = []
        self._connections: set[Connection] = set()
        self._slots = 0
        """Connections open, being opened, or promised to a waiter."""
        self._waiters: deque[trio.lowlevel.Task] = deque()
        self._closed = False
        self._nap = trio.CancelScope()
        """The reaper sleeps in it."""
        self._reaping = False
        self.next_look = -math.inf

    async def send(
        self,
        method: bytes,
        request_target: bytes,
        fields: Fields,
        body: bytes,
        meanwhile: Meanwhile | None = None,
    ) -> UpstreamReply:
        """Send a request; the reply's head is here when this returns.

        ``fields`` are the end-to-end ones, without ``host`` and ``content-length``, with
        the credential. ``meanwhile`` is called when the request has been sent. A request
        is sent twice only if the upstream has certainly not seen it, or if it is safe and a
        kept connection ended before any reply.

        Raises:
            BadRequestError: A line break or NUL is where none may be.
            MethodNotAllowedError: It is a TRACE or CONNECT.
            OverloadedError: No connection became free in time.
            UpstreamError: One of its kinds.
            DrainingError: The pool is closed.
        """
        head = self._format_head(method, request_target, fields, body)
        total = self._settings.total
        total_deadline = trio.current_time() + total if total else math.inf
        bodiless = method == b"HEAD"
        connection = self._reuse() or await self._obtain(total_deadline)
        try:
            return await connection.exchange(
                head,
                body,
                total_deadline=total_deadline,
                bodiless=bodiless,
                meanwhile=meanwhile,
            )
        except UpstreamBrokenError:
            if not connection.may_repeat(method):
                raise
        self._cells[RETRIES] += 1
        connection = await self._obtain(total_deadline)
        return await connection.exchange(
            head,
            body,
            total_deadline=total_deadline,
            bodiless=bodiless,
            meanwhile=meanwhile,
        )

    def close(self) -> None:
        """Close idle connections now, and busy ones when they are released."""
        self._closed = True
        while self._idle:
            self._drop(self._idle.pop())
        while self._waiters:
            self._slots += 1
            trio.lowlevel.reschedule(self._waiters.popleft(), outcome.Value(None))
        self._dismiss_reaper()

    def _format_head(
        self, method: bytes, request_target: bytes, fields: Fields, body: bytes
    ) -> bytes:
        lines = [method + b" " + self._target_prefix + request_target + self._first_lines]
        if method in _NOT_FORWARDED:
            raise MethodNotAllowedError(f"{method.decode()} is not passed on to the upstream")
        if body or method in _BODY_METHODS:
            lines.append(b"content-length: %d" % len(body))
        lines += map(b": ".join, fields)
        lines.append(b"\r\n")
        head = b"\r\n".join(lines)
        line_ends = self._line_ends + len(lines) - 2
        if head.count(b"\n") != line_ends or head.count(b"\r") != line_ends or b"\0" in head:
            raise BadRequestError("a header field has a line break or a NUL in it")
        return head

    # -- connections ------------------------------------------------------------------------

    def _reuse(self) -> Connection | None:
        """The connection that was used last, if it is still good."""
        idle = self._idle
        while idle:
            connection = idle.pop()
            if connection.deadline > trio.current_time() and not connection.wire.is_stale():
                connection.reused = True
                self._cells[REUSES] += 1
                return connection
            self._drop(connection)
        return None

    async def _obtain(self, total_deadline: float) -> Connection:
        """A new connection, or one that became free while we waited for our turn."""
        self._check_open()
        if self._slots >= self._settings.connections and self._idle:
            self._drop(self._idle.pop(0))
        if self._slots < self._settings.connections:
            self._slots += 1
        else:
            connection = await self._wait_for_turn(total_deadline)
            if connection is not None and not connection.wire.is_stale():
                connection.reused = True
                self._cells[REUSES] += 1
                return connection
            if connection is not None:  # its slot is ours
                self._discard(connection)
        try:
            return await self._connect(total_deadline)
        except BaseException:  # of whatever kind: the slot must not stay taken
            self._free_slot()
            raise

    def _check_open(self) -> None:
        if self._closed:
            raise DrainingError("the pool of upstream connections is closed")

    async def _connect(self, total_deadline: float) -> Connection:
        self._check_open()  # again, after a wait
        deadline = trio.current_time() + self._settings.connect
        with trio.CancelScope(deadline=min(deadline, total_deadline)) as scope:
            wire = await self._connector.connect()
        if scope.cancelled_caught:
            key = "total" if total_deadline < deadline else "connect"
            seconds = self._settings.total if key == "total" else self._settings.connect
            raise UpstreamTimeoutError(
                f"no connection to {self._target.name} within {seconds:g} s"
                f" ([proxy.pool] {key})"
            )
        self._cells[CONNECTS] += 1
        self._cells[OPEN] += 1
        connection = Connection(
            wire,
            self,
            name=self._target.name,
            settings=self._settings,
            header_bytes=self._header_bytes,
        )
        self._connections.add(connection)
        if not self._reaping:
            self._reaping = True
            trio.lowlevel.spawn_system_task(self._reap, name="upstream pool reaper")
        return connection

    async def _wait_for_turn(self, total_deadline: float) -> Connection | None:
        """A connection, or None for the right to open one."""
        waiters = self._waiters
        task = trio.lowlevel.current_task()

        def leave(_: object) -> trio.lowlevel.Abort:
            waiters.remove(task)
            return trio.lowlevel.Abort.SUCCEEDED

        now = trio.current_time()
        deadline = min(now + self._settings.wait, total_deadline)
        with trio.CancelScope(deadline=deadline):
            waiters.append(task)
            connection: Connection | None = await trio.lowlevel.wait_task_rescheduled(leave)
            return connection
        raise OverloadedError(
            f"all {self._settings.connections} connections to {self._target.name} stayed busy"
            f" for {deadline - now:g} s ([proxy.pool] connections, wait)",
            retry_after=max(1, math.ceil(self._settings.wait)),
        )

    def take_back(self, connection: Connection) -> None:
        if self._closed or not connection.reusable:
            self._drop(connection)
        elif self._waiters:
            connection.deadline = math.inf
            trio.lowlevel.reschedule(self._waiters.popleft(), outcome.Value(connection))
        else:
            deadline = connection.deadline = trio.current_time() + connection.idle_limit
            if deadline < self.next_look:
                self.look_at(deadline)
            self._idle.append(connection)

    def _drop(self, connection: Connection) -> None:
        self._discard(connection)
        self._free_slot()

    def _discard(self, connection: Connection) -> None:
        """Close a connection, keeping its slot."""
        connection.close()
        self._connections.remove(connection)
        self._cells[OPEN] -= 1
        if self._closed:
            self._dismiss_reaper()

    def _free_slot(self) -> None:
        if self._waiters:
            trio.lowlevel.reschedule(self._waiters.popleft(), outcome.Value(None))
        else:
            self._slots -= 1

    # -- deadlines --------------------------------------------------------------------------

    def look_at(self, deadline: float) -> None:
        self.next_look = self._nap.deadline = deadline

    async def _reap(self) -> None:
        """Look at the deadlines when the nearest has come, until no connection is left."""
        while (nearest := self._end_what_is_over()) is not None:
            self.next_look = max(nearest, trio.current_time() + REAPER_REST)
            with trio.CancelScope(deadline=self.next_look) as self._nap:
                await trio.sleep_forever()
        self._reaping = False
        self.next_look = -math.inf

    def _end_what_is_over(self) -> float | None:
        """The nearest deadline there is now; None if there is no connection."""
        now = trio.current_time()
        for connection in tuple(self._connections):
            if connection.deadline <= now:
                self._end(connection)
        return min((connection.deadline for connection in self._connections), default=None)

    def _dismiss_reaper(self) -> None:
        if not self._connections:
            self._nap.cancel()

    def _end(self, connection: Connection) -> None:
        if connection in self._idle:
            self._idle.remove(connection)
            self._drop(connection)
        else:  # whoever has it finds the wire gone, and `expired` tells why
            connection.deadline = math.inf
            connection.expired = True
            connection.wire.abort()
