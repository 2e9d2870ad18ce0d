"""Streaming load on an OpenAI-compatible server of this machine, timing every event.

    python benchmarks/sse_load.py PORT --streams 10 --events 100 --gap-us 50000 --seconds 5

The upstream behind it is ``mock_upstream.py``: each event's content opens with the time it
was sent, so an event's one-way latency is the reading clock less that stamp. Prints one
JSON line. One process on raw epoll; its own share of an event is about 10 µs.
"""

from __future__ import annotations

import argparse
import json
import re
import select
import socket
import time
from array import array

STAMP = re.compile(rb'"content": ?"(\d{20})')
GRACE = 15.0
"""Seconds for streams under way to end after the load has; a slow system is cut."""

END = b"\r\n0\r\n\r\n"


def percentile(values: array[int] | list[int], share: float) -> float:
    """In milliseconds, of nanoseconds."""
    if not values:
        return -1.0
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] / 1e6, 4)


def request_bytes(port: int, model: str, *, stream: bool, path: str) -> bytes:
    body = json.dumps(
        {
            "model": model,
            "messages": [{"role": "user", "content": "Tell me a story about a proxy."}],
            **({"stream": True} if stream else {}),
        },
        separators=(",", ":"),
    ).encode()
    return (
        b"POST %b HTTP/1.1\r\nhost: 127.0.0.1:%d\r\ncontent-type: application/json\r\n"
        b"authorization: Bearer sk-bench\r\nuser-agent: bench\r\naccept: */*\r\n"
        b"content-length: %d\r\n\r\n%b" % (path.encode(), port, len(body), body)
    )


class Stream:
    __slots__ = ("first", "got", "rest", "sent_at", "sock")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.rest = b""
        self.sent_at = 0
        self.got = 0
        self.first = True


class Load:
    def __init__(self, port: int, request: bytes, *, events: int, stamped: bool) -> None:
        self.port = port
        self.request = request
        self.events = events
        self.stamped = stamped
        self.epoll = select.epoll()
        self.open: dict[int, Stream] = {}
        self.latencies = array("q")
        self.first_event = array("q")
        self.received = 0
        self.complete = 0
        self.failed = 0

    def start(self) -> None:
        sock = socket.create_connection(("127.0.0.1", self.port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setblocking(False)
        stream = Stream(sock)
        self.open[sock.fileno()] = stream
        self.epoll.register(sock, select.EPOLLIN)
        self.ask(stream)

    def ask(self, stream: Stream) -> None:
        stream.rest, stream.got, stream.first = b"", 0, True
        stream.sent_at = time.monotonic_ns()
        stream.sock.send(self.request)  # far smaller than an empty socket buffer

    def stop(self, stream: Stream) -> None:
        del self.open[stream.sock.fileno()]
        stream.sock.close()

    def read(self, stream: Stream) -> bool:
        """Take what came; True when this reply is over, well or not."""
        try:
            data = stream.sock.recv(1 << 16)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        now = time.monotonic_ns()
        if not data:
            self.failed += 1
            self.stop(stream)
            return True
        data = stream.rest + data
        if stream.first and not data.startswith(b"HTTP/1.1 200"):
            self.failed += 1
            self.stop(stream)
            return True
        end = self.count(stream, data, now)
        stream.rest = data[max(end, len(data) - 4096) :]
        if not data.endswith(END):
            return False
        if stream.got == self.events:
            self.complete += 1
        else:
            self.failed += 1
        return True

    def count(self, stream: Stream, data: bytes, now: int) -> int:
        """Time the events in ``data``; the offset behind the last of them."""
        end = 0
        if self.stamped:
            for match in STAMP.finditer(data):
                self.latencies.append(now - int(match[1]))
                stream.got += 1
                self.received += 1
                end = match.end()
        else:
            got = data.count(b'"content":')
            if got:
                stream.got += got
                self.received += got
                end = data.rfind(b'"content":') + 10
        if end and stream.first:
            stream.first = False
            self.first_event.append(now - stream.sent_at)
        return end

    def run(self, streams: int, seconds: float, spread: float) -> float:
        """Keep ``streams`` open for ``seconds``, started evenly over ``spread`` seconds."""
        start = time.monotonic()
        end = start + seconds
        started = 0
        while (now := time.monotonic()) < end or self.open:
            while started < streams and now >= start + spread * started / streams:
                self.start()
                started += 1
            if now > end + GRACE:
                self.failed += len(self.open)
                break
            for fd, _ in self.epoll.poll(0.001 if started < streams else 0.1):
                stream = self.open.get(fd)
                if stream and self.read(stream) and time.monotonic() < end:
                    if fd in self.open:
                        self.ask(stream)
                    else:
                        self.start()
                elif stream and stream.rest.endswith(END):
                    self.stop(stream)
        return time.monotonic() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--streams", type=int, default=10)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--gap-us", type=int, default=50_000)
    parser.add_argument("--bytes", type=int, default=24)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--path", default="/v1/chat/completions")
    options = parser.parse_args()
    model = f"bench-{options.events}-{options.gap_us}-{options.bytes}"
    request = request_bytes(options.port, model, stream=True, path=options.path)
    load = Load(options.port, request, events=options.events, stamped=options.gap_us > 0)
    cpu = time.process_time()
    took = load.run(options.streams, options.seconds, options.gap_us / 1e6)
    result = {
        "streams": load.complete,
        "failed": load.failed,
        "events": load.received,
        "seconds": round(took, 3),
        "events_per_s": round(load.received / took, 1),
        "event_ms": {
            "p50": percentile(load.latencies, 0.5),
            "p99": percentile(load.latencies, 0.99),
            "max": percentile(load.latencies, 1.0),
        },
        "first_event_ms": {
            "p50": percentile(load.first_event, 0.5),
            "p99": percentile(load.first_event, 0.99),
        },
        "load_cpu_us_per_event": round(
            (time.process_time() - cpu) * 1e6 / max(1, load.received), 2
        ),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
