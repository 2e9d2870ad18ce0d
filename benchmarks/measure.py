"""What a process and its children have used, from /proc: CPU seconds, resident bytes."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """``pid`` and its living descendants."""
    found = [pid]
    for parent in found:
        for listing in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError):
                found += [int(child) for child in listing.read_text().split()]
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of the process tree; the clock ticks every 10 ms."""
    ticks = 0
    for each in tree(pid):
        with suppress(OSError):
            stat = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            ticks += int(stat[11]) + int(stat[12])
    return ticks / TICK


def resident_bytes(pid: int) -> int:
    """Resident set of the process tree; what its processes share counts in each of them."""
    total = 0
    for each in tree(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
                if line.startswith("Rss:"):
                    total += int(line.split()[1]) * 1024
    return total


def machine() -> dict[str, str]:
    """The machine in general terms: nothing here says which one it was."""
    model = "unknown CPU"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return {
        "cpu": model,
        "cores": str(os.cpu_count()),
        "kernel": "Linux " + ".".join(platform.release().split(".")[:2]),
        "python": platform.python_version(),
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def running(command: Sequence[str], *, core: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process on one core, ended (then killed) with the block; its output is not shown."""
    cores = {core} & os.sched_getaffinity(0) or os.sched_getaffinity(0)
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if "BENCH_DEBUG" not in os.environ else sys.stderr,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),  # noqa: PLW1509  (one thread here)
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            for pid in reversed(tree(process.pid)):
                with suppress(ProcessLookupError):
                    os.kill(pid, 9)
            process.wait()


def wait_until_served(port: int, request: bytes, *, within: float) -> float:
    """Seconds until ``request`` gets a 200 on ``port``."""
    start = time.perf_counter()
    while time.perf_counter() - start < within:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as sock:
            sock.settimeout(within)
            sock.sendall(request)
            if sock.recv(65536).startswith(b"HTTP/1.1 200"):
                return time.perf_counter() - start
        time.sleep(0.002)
    raise TimeoutError(f"nothing answers on port {port} within {within} s")
