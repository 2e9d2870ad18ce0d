"""A snapshot of the statistics as Prometheus text.

Every row of the metrics table is exported under its ``exposed`` name. Import this module
where it is used, not at the top of one that starts the node: prometheus_client takes 0.1 s
and some megabytes, for a page that many nodes never serve.
"""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector, CollectorRegistry

from m2m_trio._version import __version__
from m2m_trio.stats.metrics import METRICS, Kind, Metric
from m2m_trio.stats.snapshot import Reading, Snapshot

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Of what ``render_metrics`` gives: the text format every Prometheus reads."""

# OpenTelemetry's advice for gen_ai.server.request.duration, three doublings longer.
_EXCHANGE = tuple(0.01 * 2**i for i in range(17))

BOUNDS: dict[str, tuple[float, ...]] = {
    "added_seconds": (
        *(50e-6, 100e-6, 200e-6, 300e-6, 500e-6, 750e-6),
        *(0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0),
    ),
    "scan_seconds": (
        *(25e-6, 50e-6, 100e-6, 250e-6, 500e-6),
        *(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0),
    ),
    "upstream_head_seconds": (0.001, 0.0025, 0.005, *_EXCHANGE),
    "request_seconds": _EXCHANGE,
    # The next two are OpenTelemetry's for these very names.
    "first_event_seconds": (
        *(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1),
        *(0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
    ),
    "output_token_seconds": (
        *(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4),
        *(0.5, 0.75, 1.0, 2.5),
    ),
    "event_gap_seconds": (
        *(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4),
        *(0.5, 0.75, 1.0, 2.5),
    ),
}
"""Upper bounds in seconds of each histogram's exported buckets, ``+Inf`` left out."""

_SPARSE = ("tokens_total",)
"""Those with so many labels that a series begins with its first count."""

_LABEL_NAMES = {"tokens_total": {"type": "gen_ai_token_type"}}


def render_metrics(snapshot: Snapshot) -> bytes:
    """The snapshot in Prometheus text exposition, to be sent as ``CONTENT_TYPE``."""
    registry = CollectorRegistry()
    registry.register(SnapshotCollector(snapshot))
    return generate_latest(registry)


class SnapshotCollector(Collector):
    """Gives one snapshot to a Prometheus registry; it does not follow the board."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def collect(self) -> Iterable[Family]:
        for metric in METRICS:
            if metric.kind is not Kind.MARK:
                yield _family(metric, self._snapshot.total)
        yield GaugeMetricFamily(
            "m2m_uptime_seconds", "Since the node began.", value=self._snapshot.uptime
        )
        yield GaugeMetricFamily(
            "m2m_workers",
            "Worker processes running.",
            value=sum(worker.pid != 0 for worker in self._snapshot.workers),
        )
        yield InfoMetricFamily(
            "m2m_build", "What this node runs.", value={"version": __version__}
        )


def _family(metric: Metric, reading: Reading) -> Family:
    renamed = _LABEL_NAMES.get(metric.name, {})
    names = [renamed.get(label, label) for label in metric.labels]
    if metric.kind is Kind.HISTOGRAM:
        return _histogram(metric, reading, names)
    make = CounterMetricFamily if metric.kind is Kind.COUNTER else GaugeMetricFamily
    family = make(metric.exposed, metric.help, labels=names)
    for labels, value in reading.series(metric.name):
        if not value and metric.name in _SPARSE:
            continue
        family.add_metric(list(labels.values()), value)
    return family


def _histogram(metric: Metric, reading: Reading, names: list[str]) -> Family:
    family = HistogramMetricFamily(metric.exposed, metric.help, labels=names)
    bounds = BOUNDS[metric.name]
    for labels in metric.combinations():
        distribution = reading.distribution(metric.name, **labels)
        buckets = [
            (repr(bound), float(count))
            for bound, count in zip(bounds, distribution.cumulative(bounds), strict=True)
        ]
        buckets.append(("+Inf", float(distribution.count)))
        family.add_metric(list(labels.values()), buckets, distribution.sum)
    return family
