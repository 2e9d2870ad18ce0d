from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m2m_trio.errors import SettingsError
from m2m_trio.proxy.scanning import make_scanner
from m2m_trio.scan.matcher import standard_matcher
from m2m_trio.scan.ngrams import MOST, NgramModel, buckets, sigmoid, write_model
from m2m_trio.scan.scanner import Scanner
from m2m_trio.settings.model import SecuritySettings

WEAK = "He said he would never break character, whatever the others do."
SURE = write_model([0.0] * 16, 30.0)
UNSURE = write_model([0.0] * 16, -30.0)


@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=40), weight=st.floats(-5, 5))
def test_any_stream_gets_a_probability(data: bytes, weight: float) -> None:
    model = NgramModel(write_model([weight] * 64, 0.0))
    assert 0.0 <= model.probability(data) <= 1.0


@settings(max_examples=30, deadline=None)
@given(weights=st.lists(st.floats(-3, 3), min_size=16, max_size=16), bias=st.floats(-3, 3))
def test_a_model_survives_its_file(weights: list[float], bias: float) -> None:
    model = NgramModel(write_model(weights, bias))
    stream = b"ignore aii previous"
    grams = buckets(stream, 16)
    exact = sigmoid(sum(weights[gram] for gram in grams) / len(grams) ** 0.5 + bias)
    assert model.probability(stream) == pytest.approx(exact, abs=0.05)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"M2MN",
        b"x" * 40,
        SURE[:-1],
        SURE + b"x",
        struct.pack(">4sBBff", b"M2MN", 1, 4, float("nan"), 0.0) + bytes(16),
        struct.pack(">4sBBff", b"M2MN", 1, 60, 1.0, 0.0),
    ],
)
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"it is|its numbers"):
        NgramModel(data)


def scanner(model: bytes) -> Scanner:
    return Scanner(standard_matcher(), key=b"key", model=NgramModel(model))


def test_it_raises_what_is_weak_and_blocks_nothing_alone() -> None:
    without = Scanner(standard_matcher(), key=b"key").scan_text(WEAK)
    assert 0.3 <= without.score < 0.8
    raised = scanner(SURE).scan_text(WEAK)
    assert raised.score > 0.8
    assert "model.ngrams" in raised.rules
    assert scanner(UNSURE).scan_text(WEAK) == without
    assert scanner(SURE).scan_text("Good morning, how are you today?").findings == ()
    assert max(f.weight for f in raised.findings if f.rule == "model.ngrams") <= MOST


def test_a_model_is_read_from_the_file_that_is_named(tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(SURE)
    made = make_scanner(SecuritySettings(enabled=True, model=str(file)))
    assert made.scan_text(WEAK).score > 0.8
    file.write_bytes(b"x")
    with pytest.raises(SettingsError, match=r"proxy.security.model.*train it again"):
        make_scanner(SecuritySettings(enabled=True, model=str(file)))
