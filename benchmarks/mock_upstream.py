"""An OpenAI-shaped upstream that is never the bottleneck: one process on raw epoll.

    python benchmarks/mock_upstream.py PORT

The request's model steers it, ``bench-EVENTS-GAP-BYTES``: that many SSE events, GAP
microseconds apart, each with BYTES of content that open with the CLOCK_MONOTONIC time of
its sending in nanoseconds, so that a client on this machine can time every event. GAP 0 is
a flood: the whole reply is prepared beforehand and its stamps are zeros. Without
``"stream":true`` the answer is one chat completion with BYTES of content, after
EVENTS * GAP microseconds.

The tricks: a request seen before is recognised by its bytes, and ``select`` on the epoll
descriptor waits with microseconds where ``epoll`` has milliseconds.
"""

from __future__ import annotations

import heapq
import re
import select
import socket
import sys
import time
from functools import lru_cache

HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n"
    b"cache-control: no-cache\r\nx-request-id: req_bench\r\ntransfer-encoding: chunked\r\n\r\n"
)
EVENT = (
    b'data: {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion.chunk",'
    b'"created":1741570283,"model":"gpt-4o-2024-08-06","service_tier":"default",'
    b'"system_fingerprint":"fp_fc9f1d7035","choices":[{"index":0,"delta":{"content":"%020d%b"},'
    b'"logprobs":null,"finish_reason":null}],"usage":null}\n\n'
)
DONE = b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"
COMPLETION = (
    b'{"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion",'
    b'"created":1741569952,"model":"gpt-4.1-2025-04-14","choices":[{"index":0,"message":'
    b'{"role":"assistant","content":"%b","refusal":null,"annotations":[]},"logprobs":null,'
    b'"finish_reason":"stop"}],"usage":{"prompt_tokens":119,"completion_tokens":110,'
    b'"total_tokens":229,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},'
    b'"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,'
    b'"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},"service_tier":"default"}'
)
MODEL = re.compile(rb"bench-(\d+)-(\d+)-(\d+)")
LENGTH = re.compile(rb"(?i)\r\ncontent-length:[ \t]*(\d+)")
CHUNKED = re.compile(rb"(?i)\r\ntransfer-encoding:[ \t]*chunked")
STREAM = re.compile(rb'"stream":\s*true')


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


@lru_cache(maxsize=64)
def completion(content_bytes: int) -> bytes:
    body = COMPLETION % (b"x" * content_bytes)
    return (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_bench\r\n"
        b"content-length: %d\r\n\r\n%b" % (len(body), body)
    )


@lru_cache(maxsize=8)
def flood(events: int, content_bytes: int) -> bytes:
    event = chunk(EVENT % (0, b"x" * max(0, content_bytes - 20)))
    return HEAD + event * events + DONE


def request_end(data: bytes) -> int:
    """Offset behind the first request in ``data``, or 0 while it is not complete."""
    head_end = data.find(b"\r\n\r\n") + 4
    if head_end < 4:
        return 0
    head = data[:head_end]
    if CHUNKED.search(head):
        last = data.find(b"\r\n0\r\n\r\n", head_end - 2)
        return last + 7 if last >= 0 else 0
    length = LENGTH.search(head)
    end = head_end + (int(length[1]) if length else 0)
    return end if len(data) >= end else 0


class Connection:
    __slots__ = ("events", "gap", "inbox", "outbox", "pad", "sock")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.inbox = b""
        self.outbox = memoryview(b"")
        self.events = 0  # still to be sent
        self.gap = 0
        self.pad = b""


class Mock:
    def __init__(self, port: int) -> None:
        self.listener = socket.create_server(("127.0.0.1", port), backlog=4096)
        self.listener.setblocking(False)
        self.epoll = select.epoll()
        self.epoll.register(self.listener, select.EPOLLIN)
        self.connections: dict[int, Connection] = {}
        self.due: list[tuple[int, int]] = []  # (CLOCK_MONOTONIC ns, descriptor)
        self.known: dict[bytes, tuple[bool, int, int, int]] = {}

    def run(self) -> None:
        while True:
            timeout = None
            if self.due:
                timeout = max(0, self.due[0][0] - time.monotonic_ns()) / 1e9
            if timeout != 0 and timeout is not None:
                select.select([self.epoll], [], [], timeout)
                timeout = 0
            for fd, flags in self.epoll.poll(timeout):
                if fd == self.listener.fileno():
                    self.accept()
                elif connection := self.connections.get(fd):
                    if flags & select.EPOLLOUT:
                        self.write(connection, b"")
                    if flags & ~select.EPOLLOUT:
                        self.read(connection)
            self.tick()

    def accept(self) -> None:
        while True:
            try:
                sock, _ = self.listener.accept()
            except BlockingIOError:
                return
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections[sock.fileno()] = Connection(sock)
            self.epoll.register(sock, select.EPOLLIN)

    def drop(self, connection: Connection) -> None:
        self.connections.pop(connection.sock.fileno(), None)
        connection.sock.close()

    def read(self, connection: Connection) -> None:
        try:
            data = connection.sock.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.drop(connection)
            return
        if connection.inbox:
            data = connection.inbox + data
        plan = self.known.get(data)
        if plan is None:
            end = request_end(data)
            if not end:
                connection.inbox = data
                return
            request, data = data[:end], data[end:]
            model = MODEL.search(request)
            steps = tuple(int(part) for part in model.groups()) if model else (0, 0, 240)
            plan = (STREAM.search(request) is not None, *steps)
            if len(self.known) < 1024:
                self.known[request] = plan
            connection.inbox = data
        else:
            connection.inbox = b""
        self.answer(connection, *plan)

    def answer(
        self, connection: Connection, stream: bool, events: int, gap: int, size: int
    ) -> None:
        if not stream and not events * gap:
            self.write(connection, completion(size))
        elif not stream:
            connection.events, connection.gap = -1, size
            due = time.monotonic_ns() + events * gap * 1000
            heapq.heappush(self.due, (due, connection.sock.fileno()))
        elif not gap:
            self.write(connection, flood(events, size))
        else:
            connection.events, connection.gap = events, gap * 1000
            connection.pad = b"x" * max(0, size - 20)
            self.write(connection, HEAD)
            due = time.monotonic_ns() + connection.gap
            heapq.heappush(self.due, (due, connection.sock.fileno()))

    def tick(self) -> None:
        """Send what is due, at most a bounded number before the sockets are looked at."""
        for _ in range(64):
            if not self.due or self.due[0][0] > (now := time.monotonic_ns()):
                return
            due, fd = heapq.heappop(self.due)
            connection = self.connections.get(fd)
            if connection is None or connection.events == 0:
                continue
            if connection.events < 0:
                connection.events = 0
                self.write(connection, completion(connection.gap))
                continue
            connection.events -= 1
            event = EVENT % (now, connection.pad)
            if connection.events:
                heapq.heappush(self.due, (due + connection.gap, fd))
                self.write(connection, chunk(event))
            else:
                self.write(connection, chunk(event) + DONE)

    def write(self, connection: Connection, data: bytes) -> None:
        waiting = connection.outbox
        if waiting and data:
            connection.outbox = memoryview(bytes(waiting) + data)
            return
        rest = waiting or memoryview(data)
        try:
            rest = rest[connection.sock.send(rest) :]
        except BlockingIOError:
            pass
        except OSError:
            self.drop(connection)
            return
        if bool(rest) != bool(waiting):
            mask = select.EPOLLIN | (select.EPOLLOUT if rest else 0)
            self.epoll.modify(connection.sock, mask)
        connection.outbox = rest


if __name__ == "__main__":
    Mock(int(sys.argv[1])).run()
