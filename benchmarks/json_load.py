"""JSON load: `probe` times single requests, two servers in turns; `flood` is wrk, flat out."""

from __future__ import annotations

import json
import math
import re
import shutil
import socket
import subprocess
import tempfile
import time
from array import array
from pathlib import Path

from sse_load import percentile

PROMPT = "Please explain in detail how a reverse proxy forwards a request. " * 16
LUA = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer sk-bench"
wrk.body = [==[{body}]==]
"""


def request_body(model: str) -> str:
    """About 1 KB, as a short chat request is."""
    messages = [{"role": "user", "content": PROMPT.strip()}]
    return json.dumps({"model": model, "messages": messages, "temperature": 0.7})


def request_bytes(port: int, model: str) -> bytes:
    body = request_body(model).encode()
    return (
        b"POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:%d\r\n"
        b"content-type: application/json\r\nauthorization: Bearer sk-bench\r\n"
        b"content-length: %d\r\n\r\n%b" % (port, len(body), body)
    )


def exchange(sock: socket.socket, request: bytes) -> int:
    """Nanoseconds of one request and its whole reply, which must say its length."""
    start = time.perf_counter_ns()
    sock.sendall(request)
    data = sock.recv(1 << 16)
    while not whole(data):
        more = sock.recv(1 << 16)
        if not more:
            raise ConnectionError("the server closed inside a reply")
        data += more
    took = time.perf_counter_ns() - start
    if not data.startswith(b"HTTP/1.1 200"):
        raise ConnectionError(data[:200].decode("latin-1"))
    return took


def whole(data: bytes) -> bool:
    head, blank, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    if length is None:
        return bool(blank) and body.endswith(b"0\r\n\r\n")
    return bool(blank) and len(body) >= int(length[1])


def probe(port: int, direct_port: int, *, requests: int, gap: float) -> dict[str, float]:
    """Added latency at low load: one connection each, in turns, ``gap`` seconds apart."""
    times: dict[int, array[int]] = {port: array("q"), direct_port: array("q")}
    socks = {}
    for each in times:
        socks[each] = socket.create_connection(("127.0.0.1", each), 10)
        socks[each].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    messages = {each: request_bytes(each, "bench-0-0-400") for each in times}
    for number in range(requests + 20):
        for each, sock in socks.items():
            took = exchange(sock, messages[each])
            if number >= 20:
                times[each].append(took)
            time.sleep(gap)
    for sock in socks.values():
        sock.close()
    through, direct = times[port], times[direct_port]
    return {
        "p50_ms": percentile(through, 0.5),
        "p99_ms": percentile(through, 0.99),
        "added_p50_ms": round(percentile(through, 0.5) - percentile(direct, 0.5), 4),
        "added_p99_ms": round(percentile(through, 0.99) - percentile(direct, 0.5), 4),
    }


def flood(port: int, *, connections: int, seconds: float, core: int) -> dict[str, float]:
    """As many requests as the server takes. Needs wrk (a Debian package)."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise FileNotFoundError("wrk is not installed: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "post.lua")
        script.write_text(LUA.format(body=request_body("bench-0-0-400")))
        command = [wrk, "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--latency"]
        command += ["-s", str(script), f"http://127.0.0.1:{port}/v1/chat/completions"]
        if pin := shutil.which("taskset"):
            command = [pin, "-c", str(core), *command]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    errors = re.search(r"Socket errors: .*", text)
    if failed or errors:
        raise ConnectionError((failed or errors)[0])  # type: ignore[index]
    done = re.search(r"(\d+) requests in ([\d.]+)(s|m)", text)
    assert done is not None
    took = float(done[2]) * (60 if done[3] == "m" else 1)
    return {
        "requests": int(done[1]),
        "per_s": round(int(done[1]) / took, 1),
        "p50_ms": _milliseconds(text, 50),
        "p99_ms": _milliseconds(text, 99),
    }


def _milliseconds(text: str, percent: int) -> float:
    found = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)\n", text)
    if found is None:  # nothing was answered in time
        return math.nan
    return round(float(found[1]) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[found[2]], 4)
