"""What codecs save and cost, on recorded traffic, beside gzip, Brotli and zstd.

python benchmarks/codecs.py            # a minute or two; rewrites the tables in the docs
python benchmarks/codecs.py --quick    # less of everything, prints the tables only

The recordings (``../shared/corpus``) are not part of the repository.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import brotli

from m2m_trio.codecs.catalog import CODECS, load_codec
from m2m_trio.codecs.choose import WORLD
from m2m_trio.codecs.codec import LIMITS, Codec
from m2m_trio.codecs.frame1 import MIN_COMPRESSED_BYTES, FrameCodec
from m2m_trio.codecs.t1 import exchange
from m2m_trio.errors import CodecError, MissingExtraError

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
PAGE = ROOT / "docs" / "explanation" / "what-codecs-save.md"
MARKS = re.compile(r"<!-- (codecs-\w+) -->\n(?:.*?\n)?<!-- /\1 -->", re.DOTALL)

FAMILIES = {
    "requests-chat": "chat requests",
    "requests-tools": "requests with tools",
    "requests-long": "late requests of long sessions",
    "requests-responses-api": "requests, Responses API",
    "requests-multimodal": "requests with images",
    "responses-chat": "chat replies",
    "responses-tools": "replies with tool calls",
    "responses-embeddings": "embeddings",
    "responses-errors": "errors",
    "sse-chat": "chat streams",
    "sse-responses-api": "streams, Responses API",
}
STREAMS = ("sse-chat", "sse-responses-api")
MESSAGES_ONLY = ("m2m-frame", "m2m-frame-text", "m2m-t1-compatible")
ADVERSARIAL = (
    b'"tools":["x',
    b'"tools":["\\"',
    b'"tools":[',
    b'"',
    b'"role":"',
    b'"\\',
    b"\n\n",
    b"{",
)


def bodies(family: str, most_bytes: int) -> list[bytes]:
    """Bodies of a family, evenly picked, of about ``most_bytes`` in all."""
    with gzip.open(CORPUS / f"{family}.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line)["body"].encode("utf-8", "surrogatepass") for line in lines]
    found = [body for body in found if family in STREAMS or is_json(body)]
    total = sum(map(len, found))
    step = max(1, round(total / most_bytes))
    return found[::step]


def is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def codecs() -> dict[str, Callable[[bytes], bytes]]:
    """Every way of coding that is installed."""
    found = {}
    for entry in CODECS:
        codec = load_codec(entry.name)
        try:
            codec.encode(b"{}")
        except MissingExtraError:
            continue
        found[entry.name] = codec.encode
    return found | WORLD


def size(encode: Callable[[bytes], bytes], plain: bytes) -> int:
    """Bytes it becomes; what a codec cannot carry goes plain."""
    try:
        return len(encode(plain))
    except CodecError:
        return len(plain)


def sizes_table(most_bytes: int) -> str:
    ways = codecs()
    rows = []
    for family, title in FAMILIES.items():
        found = bodies(family, most_bytes)
        plain = sum(map(len, found))
        shares = [
            "-"
            if family in STREAMS and name in MESSAGES_ONLY
            else f"{sum(size(way, body) for body in found) / plain:.1%}"
            for name, way in ways.items()
        ]
        rows.append([title, str(len(found)), f"{plain / 1000:.0f}", *shares])
    return table(["", "messages", "KB", *(f"`{name}`" for name in ways)], rows)


def seconds(work: Callable[[bytes], object], items: Sequence[bytes]) -> float:
    start = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - start


def ratio(
    work: Callable[[bytes], object],
    items: Sequence[bytes],
    peer: Callable[[bytes], object],
    peer_items: Sequence[bytes],
    rounds: int,
) -> float:
    """Median over rounds of one's time by the other's, measured in turns."""
    found = []
    for _ in range(rounds):
        one, other = seconds(work, items), seconds(peer, peer_items)
        found.append(one / other)
    return statistics.median(found)


def rewrite(body: bytes) -> str:
    return json.dumps(json.loads(body))


def squeeze(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=5, lgwin=22))


def speed_table(most_bytes: int, rounds: int) -> str:
    rows = []
    everything: list[bytes] = []
    for family, title in FAMILIES.items():
        found = bodies(family, most_bytes)
        if family in STREAMS:
            found = [event_data for body in found for event_data in events(body)]
        everything += found
        rows.append([title, *ratios(found, rounds)])
    rows.append(["**all of them**", *ratios(everything, rounds)])
    heads = ["", "safe T1, encode", "decode", "frame, encode", "decode"]
    return table(heads, rows)


def events(stream: bytes) -> list[bytes]:
    return [line[6:] for line in stream.split(b"\n") if line[:7] == b"data: {"]


def ratios(found: list[bytes], rounds: int) -> list[str]:
    frames: Codec = FrameCodec()
    coded = [exchange(body) for body in found]
    fit = [body for body in found if fits(frames, body)]
    framed, squeezed = [frames.encode(body) for body in fit], [squeeze(body) for body in fit]
    read = partial(frames.decode, limits=LIMITS)
    values = (
        ratio(exchange, found, rewrite, found, rounds),
        ratio(exchange, coded, rewrite, found, rounds),
        ratio(frames.encode, fit, squeeze, fit, rounds),
        ratio(read, framed, brotli.decompress, squeezed, rounds),
    )
    return [f"{value:.2f}" for value in values]


def fits(codec: Codec, body: bytes) -> bool:
    try:
        return len(body) >= MIN_COMPRESSED_BYTES and bool(codec.encode(body))
    except CodecError:
        return False


def growth_table(most_bytes: int) -> str:
    rows = []
    for unit in ADVERSARIAL:
        text = (unit * (most_bytes // len(unit) + 1))[:most_bytes]
        half = text[: most_bytes // 2]
        found = [seconds(exchange, [text]) / seconds(exchange, [half]) for _ in range(5)]
        rows.append([f"`{unit.decode()!r}` again and again", f"{min(found):.2f}"])
    return table(["text", "time of 2n / time of n"], rows)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|--:" * (len(heads) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def main() -> None:
    if not CORPUS.is_dir():
        sys.exit("no recorded traffic in ../shared/corpus: nothing is measured")
    quick = "--quick" in sys.argv
    most = 100_000 if quick else 1_000_000
    tables = {
        "codecs-sizes": sizes_table(most),
        "codecs-speed": speed_table(most, rounds=3 if quick else 7),
        "codecs-growth": growth_table(400_000 if quick else 1_000_000),
    }
    for name, text in tables.items():
        print(f"{name}\n\n{text}\n")
    if not quick:
        page = PAGE.read_text("utf-8")
        PAGE.write_text(
            MARKS.sub(lambda m: f"<!-- {m[1]} -->\n{tables[m[1]]}\n<!-- /{m[1]} -->", page)
        )


if __name__ == "__main__":
    main()
