"""The tables in the docs, from a result file.

python benchmarks/report.py benchmarks/results/NAME.json
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
NODE = "m2m-trio"
BASELINE = "hypercorn + quart-trio + httpx"


@dataclass(frozen=True)
class Line:
    """One line of the budget table."""

    what: str
    key: str
    unit: str
    budget: float
    direct: bool = False
    """Whether the figure of the direct load is subtracted: added latency."""

    more_is_better: bool = False


LINES = (
    Line("CPU of a JSON exchange (1 KB)", "json_cpu_us", "µs", 90),
    Line(
        "JSON exchanges per second and core", "json_per_core_s", "", 11_000, more_is_better=True
    ),
    Line("latency added at low load, p50", "added_p50_ms", "ms", 0.3),
    Line("latency added at low load, p99", "added_p99_ms", "ms", 2.0),
    Line("CPU of an SSE event, 50 streams x 20 events/s", "paced_cpu_us", "µs", 90),
    Line("latency added to such an event, p50", "paced_p50_ms", "ms", 0.2, direct=True),
    Line("CPU of an SSE event, flat out", "flood_cpu_us", "µs", 6),
    Line(
        "events/s at 500 streams x 20 events/s", "fleet_per_s", "", 9_500, more_is_better=True
    ),
    Line("CPU of an SSE event, 500 streams x 20 events/s", "fleet_cpu_us", "µs", 90),
    Line("memory, idle", "idle_mb", "MB", 45),
    Line("memory, after the first control request", "control_mb", "MB", 60),
    Line("memory of an open stream (1,000 open)", "kb_per_stream", "KB", 20),
    Line("command to first request served", "start_s", "s", 0.6),
)


def figure(line: Line, result: dict[str, Any], system: str) -> float | None:
    value = result["systems"].get(system, {}).get(line.key)
    if value is None:
        return None
    return float(value) - (result["direct"].get(line.key, 0.0) if line.direct else 0.0)


def shown(value: float | None, unit: str = "") -> str:
    if value is None:
        return "-"
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{text} {unit}".strip()


def machine_line(result: dict[str, Any]) -> str:
    box = result["machine"]
    return (
        f"{box['cpu']}, {box['cores']} cores, {box['kernel']}, CPython {box['python']}; "
        f"every system alone on one core, median of {result['rounds']} rounds of "
        f"{result['seconds']:g} s."
    )


def performance_table(result: dict[str, Any]) -> str:
    """Budgets, what was reached, and the peers of the same run."""
    names = list(result["systems"])
    rows = ["| what | budget | " + " | ".join(names) + " |"]
    rows.append("|---|--:|" + "--:|" * len(names))
    for line in LINES:
        sign = "≥" if line.more_is_better else "≤"
        cells = [shown(figure(line, result, name), line.unit) for name in names]
        rows.append(
            f"| {line.what} | {sign} {shown(line.budget, line.unit)} | "
            + " | ".join(cells)
            + " |"
        )
    return "\n".join([machine_line(result), "", *rows, "", ratios(result)])


def ratios(result: dict[str, Any]) -> str:
    """The sentence that counts: how many times the CPU of the node each peer takes."""
    lines = []
    for name in result["systems"]:
        if name == NODE or NODE not in result["systems"]:
            continue
        parts = []
        for key, what in (("json_cpu_us", "JSON exchange"), ("paced_cpu_us", "SSE event")):
            mine, other = result["systems"][NODE].get(key), result["systems"][name].get(key)
            if mine and other:
                parts.append(f"{other / mine:.2g} times the CPU per {what}")
        lines.append(f"- {name} takes " + " and ".join(parts) + ".")
    return "\n".join(lines)


def readme_table(result: dict[str, Any]) -> str:
    names = list(result["systems"])
    rows = ["| | " + " | ".join(names) + " |", "|---|" + "--:|" * len(names)]
    wanted = (
        ("json_cpu_us", "CPU of a JSON exchange"),
        ("json_per_core_s", "JSON exchanges per second and core"),
        ("added_p50_ms", "latency added at low load, p50"),
        ("paced_cpu_us", "CPU of an SSE event, paced"),
        ("idle_mb", "memory, idle"),
    )
    units = {line.key: line for line in LINES}
    for key, what in wanted:
        cells = [shown(figure(units[key], result, name), units[key].unit) for name in names]
        rows.append(f"| {what} | " + " | ".join(cells) + " |")
    return "\n".join([*rows, "", machine_line(result)])


def replace_block(path: Path, name: str, text: str) -> None:
    """Put ``text`` between ``<!-- NAME -->`` and ``<!-- /NAME -->``."""
    old = path.read_text()
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    new, count = re.subn(pattern, lambda m: f"{m[1]}{text}\n{m[2]}", old, flags=re.DOTALL)
    if count != 1:
        raise SystemExit(f"{path} has no block <!-- {name} -->")
    path.write_text(new)


def write(result: dict[str, Any]) -> None:
    replace_block(
        ROOT / "docs/explanation/performance.md", "benchmark", performance_table(result)
    )
    replace_block(ROOT / "README.md", "benchmark", readme_table(result))


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text()))
