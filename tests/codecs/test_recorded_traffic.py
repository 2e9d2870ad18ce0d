"""Recorded traffic of 25 back ends through every codec, and back to the byte.

The recordings are not part of the repository: without them these tests are skipped.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from m2m_trio.codecs.catalog import CODECS, Entry, load_codec
from m2m_trio.codecs.codec import LIMITS
from m2m_trio.codecs.t1 import exchange_block
from m2m_trio.errors import CodecError, MissingExtraError
from m2m_trio.wire.sse import SSESplitter

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
EVERY = {"m2m-t1": 1, "zstd": 3, "m2m-frame": 3}
"""Which records a codec is given; the slow ones every tenth."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="no recorded traffic in ../shared/corpus"),
]


def bodies(pattern: str, every: int) -> list[bytes]:
    found = []
    for path in sorted(CORPUS.glob(f"{pattern}.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line).get("body") for line in list(lines)[::every]]
    return [body.encode("utf-8", "surrogatepass") for body in found if body is not None]


@pytest.mark.parametrize(
    "entry", [entry for entry in CODECS if entry.is_exact], ids=lambda entry: entry.name
)
def test_what_is_taken_comes_back(entry: Entry) -> None:
    codec = load_codec(entry.name)
    taken = 0
    found = bodies("*", EVERY.get(entry.name, 10))
    for body in found:
        try:
            coded = codec.encode(body)
        except MissingExtraError as error:
            pytest.skip(error.message)
        except CodecError:
            continue
        assert codec.decode(coded, LIMITS) == body
        taken += 1
    assert taken > len(found) / 2  # frames carry no streams


def test_events_come_back_one_by_one() -> None:
    for stream in bodies("sse-*", 5):
        splitter = SSESplitter(1 << 24)
        for event in splitter.feed(stream) + splitter.finish():
            assert exchange_block(exchange_block(event)) == event
