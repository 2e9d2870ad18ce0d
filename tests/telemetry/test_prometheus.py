from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from m2m_trio import __version__
from m2m_trio.stats.board import Board
from m2m_trio.stats.histogram import record
from m2m_trio.stats.metrics import METRICS, Kind, cell
from m2m_trio.stats.snapshot import take_snapshot
from m2m_trio.telemetry.prometheus import BOUNDS, CONTENT_TYPE, render_metrics

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scrape(board: Board, now: float = 0.0) -> Samples:
    text = render_metrics(take_snapshot(board, now=now)).decode()
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def sample(samples: Samples, name: str, **labels: str) -> float:
    return samples[name, frozenset(labels.items())]


def buckets(samples: Samples, name: str) -> list[tuple[float, float]]:
    return sorted(
        (float(dict(labels)["le"]), value)
        for (key, labels), value in samples.items()
        if key == f"{name}_bucket"
    )


def test_every_metric_is_exported_under_its_name_and_type() -> None:
    text = render_metrics(take_snapshot(Board.in_memory(), now=0.0)).decode()

    families = {family.name: family for family in text_string_to_metric_families(text)}

    for metric in METRICS:
        exported = families.get(metric.exposed.removesuffix("_total"))
        if metric.kind is Kind.MARK:
            assert exported is None
        else:
            assert exported is not None
            assert exported.type == metric.kind.value
            assert exported.documentation == metric.help
            assert exported.samples or metric.name == "tokens_total"  # none before the first


@pytest.mark.parametrize(
    ("cell_name", "labels", "name", "exported_labels"),
    [
        ("requests_total", {"route": "chat"}, "http_requests_total", {"route": "chat"}),
        ("exchanges_open", {}, "http_server_active_requests", {}),
        (
            "tokens_total",
            {"type": "input", "family": "qwen", "grade": "near"},
            "gen_ai_client_token_usage_total",
            {"gen_ai_token_type": "input", "family": "qwen", "grade": "near"},
        ),
        ("errors_total", {"kind": "draining"}, "m2m_errors_total", {"kind": "draining"}),
        ("streams_open", {}, "m2m_streams_open", {}),
    ],
)
def test_counts_of_all_workers_arrive(
    cell_name: str, labels: dict[str, str], name: str, exported_labels: dict[str, str]
) -> None:
    board = Board.in_memory(rows=2)
    for row in board:
        row.cells[cell(cell_name, **labels)] += 21

    assert sample(scrape(board), name, **exported_labels) == 42


@pytest.mark.parametrize(
    ("cell_name", "name"),
    [
        ("request_seconds", "gen_ai_server_request_duration_seconds"),
        ("first_event_seconds", "gen_ai_server_time_to_first_token_seconds"),
        ("output_token_seconds", "gen_ai_server_time_per_output_token_seconds"),
        ("event_gap_seconds", "m2m_event_gap_seconds"),
        ("added_seconds", "m2m_added_seconds"),
        ("upstream_head_seconds", "m2m_upstream_head_seconds"),
    ],
)
@settings(max_examples=20)
@given(values=st.lists(st.floats(1e-6, 3600), max_size=20))
def test_histogram_is_cumulative_and_complete(
    cell_name: str, name: str, values: list[float]
) -> None:
    board = Board.in_memory()
    for value in values:
        record(board.row(0).cells, cell(cell_name), value)

    samples = scrape(board)

    pairs = buckets(samples, name)
    counts = [count for _, count in pairs]
    assert [bound for bound, _ in pairs] == [*BOUNDS[cell_name], math.inf]
    assert counts == sorted(counts)
    assert counts[-1] == sample(samples, f"{name}_count") == len(values)
    assert sample(samples, f"{name}_sum") == pytest.approx(math.fsum(values), abs=1e-6)


def test_bounds_ascend_and_belong_to_a_histogram() -> None:
    histograms = {metric.name for metric in METRICS if metric.kind is Kind.HISTOGRAM}

    assert set(BOUNDS) == histograms
    for bounds in BOUNDS.values():
        assert list(bounds) == sorted(set(bounds))


def test_node_itself_is_described() -> None:
    board = Board.in_memory(rows=3, started=10.0)
    board.row(0).enter(11, 10.0)
    board.row(2).enter(13, 10.0)

    samples = scrape(board, now=12.5)

    assert sample(samples, "m2m_uptime_seconds") == 2.5
    assert sample(samples, "m2m_workers") == 2
    assert sample(samples, "m2m_build_info", version=__version__) == 1


def test_global_registry_is_left_alone() -> None:
    before = [family.name for family in REGISTRY.collect()]

    render_metrics(take_snapshot(Board.in_memory(), now=0.0))

    assert [family.name for family in REGISTRY.collect()] == before
    assert CONTENT_TYPE.startswith("text/plain; version=0.0.4")
