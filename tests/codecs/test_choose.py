from __future__ import annotations

import itertools

import pytest
from api_json import CHAT, TEXTS
from hypothesis import given, settings

from m2m_trio.codecs.catalog import CODECS, load_codec, recognise
from m2m_trio.codecs.choose import MIN_BYTES, SELF_EXPLAINING, WORLD, choose, compare
from m2m_trio.codecs.codec import LIMITS
from m2m_trio.errors import UnknownCodecError


@given(text=TEXTS)
@settings(max_examples=20)
def test_the_shortest_is_chosen_or_none(text: bytes) -> None:
    found = choose(text)
    if found is None:
        return
    name, coded = found
    assert len(text) >= MIN_BYTES
    assert len(coded) < len(text)
    assert recognise(coded).name == name
    assert load_codec(name).decode(coded, LIMITS) == text


def test_the_shortest_is_the_shortest() -> None:
    lengths = [len(load_codec(name).encode(CHAT)) for name in ("m2m-t1", "m2m-br")]
    found = choose(CHAT, ("m2m-t1", "m2m-br"))
    assert found is not None
    assert len(found[1]) == min(lengths)


def test_what_cannot_carry_a_message_is_passed_over() -> None:
    assert choose(bytes(range(256)) * 9, ("m2m-frame", "m2m-br")) is None
    assert choose(b"x" * (MIN_BYTES - 1)) is None


def test_only_exact_codecs_that_say_what_they_are_are_tried() -> None:
    assert "m2m-t1" in SELF_EXPLAINING
    assert "m2m-t1-compatible" not in SELF_EXPLAINING


def test_everything_is_compared() -> None:
    ticks = itertools.count()
    trials = {trial.name: trial for trial in compare(CHAT, LIMITS, lambda: next(ticks))}
    assert list(trials) == [*(entry.name for entry in CODECS), *WORLD]
    for name, trial in trials.items():
        if trial.problem:
            assert "m2m-trio[tokens]" in trial.problem
            continue
        assert trial.is_exact is (name != "m2m-t1-compatible")
        assert trial.coded_bytes > 0
        assert (trial.encoding, trial.decoding) == (1, 1)
    lost = {trial.name: trial for trial in compare(b"no json", LIMITS, lambda: 0.0)}
    assert "carries JSON" in lost["m2m-frame"].problem
    assert not lost["gzip"].problem


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"#M2M|abcd", "old dictionary"),
        (b"#M2M[v1.0]|x", "old dictionary"),
        (b"#M2M[v2.0]|DATA:eJw=", "zlib"),
        (b"#M3|", "old M3"),
        (b"#DI|abcd", "documents only"),
        (b" #T1|1|{}", "no prefix"),
        (b"", "no prefix"),
    ],
)
def test_other_prefixes_are_refused_by_name(text: bytes, why: str) -> None:
    with pytest.raises(UnknownCodecError, match=why):
        recognise(text)


def test_the_longest_prefix_decides() -> None:
    assert recognise(b"#T1|1|{}").name == "m2m-t1"
    assert recognise(b"#T1|1").name == "m2m-t1-compatible"
    assert recognise(b"#M2M|1|").name == "m2m-frame"
