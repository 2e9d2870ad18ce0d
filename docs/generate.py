"""Writes the reference pages that are made from the code: ``python docs/generate.py``.

A test fails when one of them is stale. ``--check`` writes nothing and names those.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from prometheus_client.metrics_core import Metric

from m2m_trio.cli import reference as command_line
from m2m_trio.errors import ClientError, M2MError, NodeError
from m2m_trio.settings import reference as settings
from m2m_trio.stats.board import Board
from m2m_trio.stats.snapshot import take_snapshot
from m2m_trio.telemetry.prometheus import SnapshotCollector

REFERENCE = Path(__file__).parent / "reference"

ERRORS_HEAD = """\
# Errors

<!-- Written by docs/generate.py from m2m_trio/errors.py: change that, not this page. -->

Errors of the upstream pass through untouched. An error of the node's own has OpenAI's
shape, so that client libraries raise the exceptions they always raise:

```json
{"error": {"message": "...", "type": "server_error", "param": null, "code": "draining"}}
```

`code` tells them apart, in answers, in the log (`kind`) and in
[`m2m_errors_total`](metrics.md). The message says what to do. In a stream that has begun,
the error is a last event, `data: {"error": ...}`, and the reply is cut.

| code | status | type | whose fault | may the same request succeed later | when |
|---|--:|---|---|---|---|
"""

ERRORS_TAIL = """
| `internal_error` | 500 | `server_error` | node | no | A defect of the node; see its log. |

`client_gone` is counted and never sent: there is nobody to read it. `settings` ends
the program with exit code 2.
"""

METRICS_HEAD = """\
# Metrics

<!-- Written by docs/generate.py from m2m_trio/stats/metrics.py: change that, not this. -->

`GET /metrics` answers in Prometheus' text format, summed over workers. `GET /stats` has the
same numbers as JSON. Names that OpenTelemetry has defined are used where they fit. Durations
are seconds, sizes bytes.

| name | kind | labels | meaning |
|---|---|---|---|
"""

METRICS_TAIL = """
## Buckets

Histograms are kept finer than this inside (`/stats` reads percentiles from that); these are
the bounds that are exported.

| histogram | upper bounds in seconds |
|---|---|
"""

BRANCHES = (M2MError, ClientError, NodeError)
"""What only holds the tree together."""

SUFFIXES = {"counter": "_total", "info": "_info"}
"""What the text format adds to a family's name."""


def errors_page() -> str:
    """The table of every error."""
    kinds = [kind for kind in _errors(M2MError) if kind not in BRANCHES]
    return ERRORS_HEAD + "\n".join(_error_row(kind) for kind in kinds) + ERRORS_TAIL


def _errors(error: type[M2MError]) -> Iterator[type[M2MError]]:
    for kind in error.__subclasses__():
        if kind.__module__ == M2MError.__module__:
            yield from _errors(kind)
    yield error


def _error_row(error: type[M2MError]) -> str:
    meaning = " ".join(inspect.cleandoc(error.__doc__ or "").split()).replace("``", "`")
    fault = error.fault.value
    later = "yes" if error.retryable else "no"
    return (
        f"| `{error.code}` | {error.status} | `{error.type}` | {fault} | {later} | {meaning} |"
    )


def metrics_page() -> str:
    """The table of everything that is exported."""
    board = Board.in_memory()
    families = list(SnapshotCollector(take_snapshot(board, now=board.started)).collect())
    rows = [_metric_row(family) for family in families]
    bounds = [_bounds_row(family) for family in families if family.type == "histogram"]
    return METRICS_HEAD + "\n".join(rows) + "\n" + METRICS_TAIL + "\n".join(bounds) + "\n"


def _metric_row(family: Metric) -> str:
    labels: dict[str, list[str]] = {}
    for sample in family.samples:
        for label, value in sample.labels.items():
            labels.setdefault(label, []).append(value)
    shown = [_label(name, values) for name, values in labels.items() if name != "le"]
    name = family.name + SUFFIXES.get(family.type, "")
    return f"| `{name}` | {family.type} | {'; '.join(shown)} | {family.documentation} |"


def _label(name: str, values: list[str]) -> str:
    if name == "kind":
        return "`kind`: the [error codes](errors.md)"
    return f"`{name}`" if name == "version" else f"`{name}`: {', '.join(dict.fromkeys(values))}"


def _bounds_row(family: Metric) -> str:
    bounds = [sample.labels["le"] for sample in family.samples if "le" in sample.labels]
    shown = " ".join(f"{float(bound):g}" for bound in bounds if bound != "+Inf")
    return f"| `{family.name}` | {shown} |"


PAGES: dict[str, Callable[[], str]] = {
    "command-line.md": command_line.page,
    "errors.md": errors_page,
    "metrics.md": metrics_page,
    "settings.md": settings.page,
}


def stale() -> list[str]:
    """The pages that are not what the code would write."""
    return [
        name
        for name, page in PAGES.items()
        if not (path := REFERENCE / name).exists() or path.read_text("utf-8") != page()
    ]


def main() -> None:
    """Write the pages, or name the stale ones and fail."""
    if "--check" in sys.argv:
        sys.exit(f"stale, run python docs/generate.py: {names}" if (names := stale()) else 0)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
