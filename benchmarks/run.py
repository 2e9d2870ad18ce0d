"""Measure a node beside its peers, all on this machine, in one run.

    python benchmarks/run.py              about eight minutes
    python benchmarks/run.py --quick      about one: is everything in order?

Each system runs alone on core 0; the mock upstream and the load share core 1. Systems take
turns, ``--rounds`` times (A B C, A B C, ...), and the median of the rounds counts: only the
ratio of two systems in one run is evidence. CPU time is the process's own accounting, so
it does not matter what the load costs. Writes ``benchmarks/results/NAME.json``, then the
tables in the docs (`report`).
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import json_load
import report
from measure import (
    cpu_seconds,
    free_port,
    machine,
    resident_bytes,
    running,
    wait_until_served,
)

HERE = Path(__file__).parent
PYTHON = sys.executable
SERVED_CORE, LOAD_CORE = 0, 1
Figures = dict[str, float]


@dataclass
class System:
    """Something that forwards ``/v1/chat/completions`` from one port to another."""

    name: str
    command: Callable[[int, int], list[str]]
    starts_within: float = 20.0
    missing: str = ""
    """Why it is not here; empty if it is."""

    is_node: bool = False
    rounds: list[Figures] = field(default_factory=list)


def systems() -> list[System]:
    peers = HERE / "peers"

    def script(name: str) -> Callable[[int, int], list[str]]:
        return lambda port, up: [PYTHON, str(peers / name), str(port), str(up)]

    def node(port: int, up: int) -> list[str]:
        upstream = f"http://127.0.0.1:{up}/v1"
        serve = [PYTHON, "-m", "m2m_trio", "serve", "--port", str(port)]
        return [*serve, "--upstream", upstream, "--log-level", "error"]

    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    return [
        System("m2m-trio", node, is_node=True),
        System("hypercorn + quart-trio + httpx", script("baseline.py")),
        System("nginx", script("nginx.py"), missing="" if nginx else "apt-get install nginx"),
        System(
            "LiteLLM",
            script("litellm.py"),
            starts_within=90.0,
            missing="" if shutil.which("litellm") else "pip install 'litellm[proxy]'",
        ),
    ]


def stream_load(port: int, *options: object) -> dict[str, Any]:
    """One run of ``sse_load.py`` on the load's core."""
    command = [PYTHON, str(HERE / "sse_load.py"), str(port), *map(str, options)]
    if pin := shutil.which("taskset"):
        command = [pin, "-c", str(LOAD_CORE), *command]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@dataclass
class Bench:
    """The measurements of one system in one round."""

    port: int
    pid: int
    mock_port: int
    seconds: float

    def json(self) -> Figures:
        json_load.flood(self.port, connections=32, seconds=1, core=LOAD_CORE)  # warm
        probe = json_load.probe(
            self.port, self.mock_port, requests=int(100 * self.seconds), gap=0.003
        )
        before = cpu_seconds(self.pid)
        flood = json_load.flood(self.port, connections=32, seconds=self.seconds, core=LOAD_CORE)
        used = cpu_seconds(self.pid) - before
        return {
            "json_cpu_us": used / flood["requests"] * 1e6,
            "json_per_s": flood["per_s"],
            "json_per_core_s": flood["requests"] / used,
            "json_busy_p50_ms": flood["p50_ms"],
            "json_busy_p99_ms": flood["p99_ms"],
            "added_p50_ms": probe["added_p50_ms"],
            "added_p99_ms": probe["added_p99_ms"],
        }

    def events(self, name: str, streams: int, events: int, gap_us: int) -> Figures:
        options = ("--streams", streams, "--events", events, "--gap-us", gap_us)
        before = cpu_seconds(self.pid)
        result = stream_load(self.port, *options, "--seconds", self.seconds)
        used = cpu_seconds(self.pid) - before
        if not result["events"]:
            raise RuntimeError(f"{name}: no event arrived: {result}")
        return {
            f"{name}_cpu_us": used / result["events"] * 1e6,
            f"{name}_per_s": result["events_per_s"],
            f"{name}_p50_ms": result["event_ms"]["p50"],
            f"{name}_p99_ms": result["event_ms"]["p99"],
            f"{name}_first_p50_ms": result["first_event_ms"]["p50"],
            f"{name}_failed": result["failed"],
        }

    def streams(self) -> Figures:
        paced = int(max(1.0, self.seconds) * 20)
        return {
            **self.events("paced", 50, paced, 50_000),
            **self.events("flood", 4, 2000, 0),
            **self.events("fleet", 500, paced, 50_000),
        }


def measure_direct(mock_port: int, seconds: float) -> Figures:
    """The same load without a proxy: what is subtracted to get the added latency."""
    bench = Bench(port=mock_port, pid=0, mock_port=mock_port, seconds=seconds)
    paced = int(max(1.0, seconds) * 20)
    return {
        **bench.events("paced", 50, paced, 50_000),
        **bench.events("fleet", 500, paced, 50_000),
    }


def measure_round(system: System, mock_port: int, options: argparse.Namespace) -> Figures:
    port = free_port()
    request = json_load.request_bytes(port, "bench-0-0-400")
    with running(system.command(port, mock_port), core=SERVED_CORE) as process:
        started = wait_until_served(port, request, within=system.starts_within)
        time.sleep(0.2)
        figures = {"start_s": started, "idle_mb": resident_bytes(process.pid) / 1e6}
        bench = Bench(port, process.pid, mock_port, options.seconds)
        figures |= bench.json()
        figures |= bench.streams()
    return figures


def measure_memory(system: System, mock_port: int) -> Figures:
    """Resident memory with 1,000 streams open, on a fresh process."""
    port = free_port()
    request = json_load.request_bytes(port, "bench-0-0-400")
    figures: Figures = {}
    with running(system.command(port, mock_port), core=SERVED_CORE) as process:
        wait_until_served(port, request, within=system.starts_within)
        idle = resident_bytes(process.pid)
        if system.is_node:
            health = b"GET /health HTTP/1.1\r\nhost: 127.0.0.1:%d\r\n\r\n" % port
            wait_until_served(port, health, within=10)
            figures["control_mb"] = resident_bytes(process.pid) / 1e6
        base = resident_bytes(process.pid)
        command = [PYTHON, str(HERE / "sse_load.py"), str(port), "--streams", "1000"]
        command += ["--events", "2", "--gap-us", "4000000", "--seconds", "1"]
        load = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(6.0)  # all are open after 4 s, none has ended before 8 s
        figures["streams_mb"] = resident_bytes(process.pid) / 1e6
        figures["kb_per_stream"] = (resident_bytes(process.pid) - base) / 1e6
        figures["idle_mb"] = idle / 1e6
        load.wait(60)
    return figures


def median(rounds: list[Figures]) -> Figures:
    keys = {key for figures in rounds for key in figures}
    return {
        key: round(statistics.median([f[key] for f in rounds if key in f]), 4)
        for key in sorted(keys)
    }


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each load")
    parser.add_argument("--only", action="append", help="systems, by the start of the name")
    parser.add_argument("--name", default=time.strftime("%Y-%m-%d"), help="of the result file")
    parser.add_argument("--quick", action="store_true", help="one round of one second each")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds = 1, 1.0
    return options


def chosen(options: argparse.Namespace) -> list[System]:
    there = []
    for system in systems():
        if options.only and not any(system.name.startswith(name) for name in options.only):
            continue
        if system.missing:
            print(f"without {system.name}: {system.missing}", file=sys.stderr)
            continue
        there.append(system)
    return there


def main() -> None:
    options = parse_options()
    there = chosen(options)
    mock_port = free_port()
    direct: list[Figures] = []
    mock = [PYTHON, str(HERE / "mock_upstream.py"), str(mock_port)]
    with running(mock, core=LOAD_CORE):
        wait_until_served(mock_port, json_load.request_bytes(mock_port, "m"), within=10)
        for number in range(options.rounds):
            direct.append(measure_direct(mock_port, options.seconds))
            for system in there:
                print(f"round {number + 1}: {system.name}", file=sys.stderr)
                system.rounds.append(measure_round(system, mock_port, options))
        for system in there:
            print(f"memory: {system.name}", file=sys.stderr)
            system.rounds.append(measure_memory(system, mock_port))
    result = {
        "machine": machine(),
        "rounds": options.rounds,
        "seconds": options.seconds,
        "direct": median(direct),
        "systems": {system.name: median(system.rounds) for system in there},
        "all_rounds": {system.name: system.rounds for system in there},
    }
    path = HERE / "results" / f"{options.name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(result, indent=1) + "\n")
    print(f"wrote {path}", file=sys.stderr)
    if options.quick or options.only:
        print(report.performance_table(result))
    else:
        report.write(result)


if __name__ == "__main__":
    main()
